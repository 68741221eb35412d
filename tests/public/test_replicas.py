"""Replicas come and go, and readers hardly notice."""

import asyncio
import os
import re
import secrets
import signal
import socket
from concurrent.futures import ThreadPoolExecutor

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import ConnectionClosed

from tests.public.conftest import PATIENCE, ask, request, served, until
from tests.visitor import Visitor, arrive, together

pytestmark = pytest.mark.serve
CHOICES = ("", "sector=schools", "sector=fish-ponds", "q=a&lang=en")


@pytest.fixture
def own(nginx, tmp_path, plan):  # noqa: ARG001 - without it there is nothing to test
    """A site that a test may spoil."""
    with served(tmp_path, plan) as found:
        yield found


async def guest(site, page: str = "") -> Visitor:
    """A visitor with a cookie of its own, as a browser has it after its first page."""
    return await arrive(site.address, page, Cookie=f"visitor={secrets.token_hex(16)}")


async def at_once(*work):
    return await asyncio.gather(*work)


def test_when_one_of_two_dies_under_twenty_visitors_each_comes_back_with_its_filter(own):
    async def visits() -> list[str]:
        visitors = await at_once(*(guest(own, "data") for _ in range(20)))
        choices = [CHOICES[number % len(CHOICES)] for number in range(20)]
        before = await at_once(*(one.run(choice) for one, choice in zip(visitors, choices, strict=True)))
        assert all(run.well for run in before)
        os.kill(own.replicas[0], signal.SIGKILL)
        lost = 0

        async def again(visitor: Visitor, choice: str):
            nonlocal lost
            try:
                run = await visitor.run(choice)
            except ConnectionClosed:
                # What the browser does by itself: the same page with the same address once more.
                lost += 1
                visitor = await guest(own, "data")
                run = await visitor.run(choice)
            return run, await visitor.download(run.files[lost % len(run.files)])

        after = await at_once(*(again(*pair) for pair in zip(visitors, choices, strict=True)))
        assert [run.html for run, _ in after] == [run.html for run in before]
        assert 0 < lost < 20
        return [file for _, file in after]

    files = together(visits())
    until(lambda: len(own.replicas) == 2, "two replicas again")
    answers = [ask(own, file) for file in files]
    assert {answer.status for answer in answers} == {200} and all(answer.body for answer in answers)


def test_all_are_renewed_one_after_another_without_a_failed_request(own):
    before = own.replicas
    own.renew()
    done, seen = False, []

    def ask_on() -> None:
        while not done:
            seen.append(ask(own, "/").status)

    with ThreadPoolExecutor(2) as threads:
        asked, visited = threads.submit(ask_on), threads.submit(lambda: asyncio.run(first_runs(own, lambda: done)))
        try:
            own.says("renewed: 2 replicas")
        finally:
            done = True
        asked.result()
        well = visited.result()
    assert not set(before) & set(own.replicas) and len(own.replicas) == 2
    assert set(seen) == {200} and len(seen) > 20
    assert all(well)


def test_one_that_is_back_is_asked_though_it_was_passed_by_a_moment_ago(own):
    """nginx leaves whoever refused alone for some seconds; meanwhile the others may go."""

    def asked() -> set[int]:
        return {ask(own, "/", Cookie=f"visitor={secrets.token_hex(16)}").status for _ in range(16)}

    first, second = own.replicas
    os.kill(first, signal.SIGKILL)
    own.says("is started again")
    (port,) = re.findall(r"replica on 127\.0\.0\.1:(\d+) ended", own.said.read_text("utf-8"))
    back = False
    while not back:
        assert asked() == {200}
        with socket.socket() as probe:
            back = probe.connect_ex(("127.0.0.1", int(port))) == 0
    os.kill(second, signal.SIGKILL)
    assert asked() == {200}


async def first_runs(site, done) -> list[bool]:
    """One visit after another, some at least. A visitor whose replica goes meanwhile comes again, as a browser
    does."""
    well: list[bool] = []
    while not done() or len(well) < 5:
        try:
            visitor = await guest(site)
            well.append((await visitor.run("q=a")).well)
            await visitor.leave()
        except ConnectionClosed:
            continue
    return well


def test_with_broken_data_every_replica_keeps_the_last_good_and_none_is_renewed(own, plan):
    file = plan / "schools.yaml"

    async def reads() -> list:
        visitors = await at_once(*(guest(own) for _ in range(12)))
        return await at_once(*(one.run() for one in visitors))

    good = together(reads())
    file.write_text(file.read_text("utf-8") + "\tbroken", encoding="utf-8")
    before = own.replicas
    broken = together(reads())
    assert all(run.well for run in broken)
    assert {run.html for run in broken} == {run.html for run in good}
    own.renew()
    own.says("not renewed: the data has problems")
    assert own.replicas == before


def test_no_visitor_can_make_a_replica_forget_the_last_good(own, plan):
    """Streamlit empties the caches of all for whoever asks."""
    file = plan / "schools.yaml"

    async def reads(spoil: bool) -> set[str]:
        visitors = await at_once(*(guest(own) for _ in range(8)))
        if spoil:
            await at_once(*(one.socket.send(BackMsg(clear_cache=True).SerializeToString()) for one in visitors))
        return {run.html for run in await at_once(*(one.run() for one in visitors))}

    good = together(reads(False))
    file.write_text(file.read_text("utf-8") + "\tbroken", encoding="utf-8")
    assert together(reads(True)) == good


def test_a_download_is_found_wherever_it_lies(own):
    """A visitor may have moved to another replica than the one that its cookie names."""

    async def made() -> str:
        visitor = await guest(own, "evaluation")
        (file,) = (await visitor.run()).files
        return await visitor.download(file)

    for _ in range(6):
        path = together(made())
        answers = [ask(own, path, Cookie=f"visitor={secrets.token_hex(16)}") for _ in range(6)]
        assert [answer.status for answer in answers] == [200] * 6
        assert all("sandbox" in answer.headers["content-security-policy"] for answer in answers)


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        # Under a name of its own, behind a balancer that speaks TLS, on a port.
        ("plan.example", "https://plan.example", 101),
        ("plan.example", "http://plan.example", 101),
        ("plan.example:8443", "https://plan.example:8443", 101),
        ("plan.example", "https://elsewhere.example", 403),
        ("plan.example", "https://plan.example.elsewhere.example", 403),
        ("plan.example", "null", 403),
    ],
)
def test_the_sites_own_page_opens_a_visit_and_a_foreign_one_cannot(site, host, origin, status):
    upgrade = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13"}
    key = {"Sec-WebSocket-Key": "MDEyMzQ1Njc4OTAxMjM0NQ=="}
    words = request(site, "/_stcore/stream", **{"Host": host, "Origin": origin, **upgrade, **key})
    with socket.create_connection(("127.0.0.1", site.port), PATIENCE) as line:
        line.sendall(words)
        assert line.recv(12).decode() == f"HTTP/1.1 {status}"
