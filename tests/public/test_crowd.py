"""Many readers behind one address get through; too much from one does not take the place of others."""

import asyncio
import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from websockets.exceptions import InvalidStatus

from deploy import files
from tests.public.conftest import PATIENCE, ask, request
from tests.visitor import arrive, together

pytestmark = pytest.mark.serve
FILES = [f"/{name}" for name, _ in files._files()][:130]
BIGGEST = "/" + max(files._files(), key=lambda file: file[1].stat().st_size)[0]


@pytest.fixture(scope="module", autouse=True)
def slow(site) -> Iterator[dict[str, list[socket.socket]]]:
    """Slow and half-open clients, who are there while all else happens here."""
    with ExitStack() as stack:

        def opened(words: bytes, count: int) -> list[socket.socket]:
            made = []
            for _ in range(count):
                line = socket.create_connection(("127.0.0.1", site.port), PATIENCE, ("127.0.1.7", 0))
                made.append(stack.enter_context(line))
                line.sendall(words)
            return made

        upgrade = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13"}
        begin = request(site, "/_stcore/stream", **upgrade, **{"Sec-WebSocket-Key": "MDEyMzQ1Njc4OTAxMjM0NQ=="})
        yield {
            "half a request": opened(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ", 300),
            "nothing": opened(b"", 100),
            # They ask for something big and read nothing of it.
            "deaf": opened(request(site, BIGGEST), 50),
            # They begin a visit and say nothing more.
            "mute": opened(begin, 50),
        }


def statuses(site, paths, source, lines):
    """The statuses of all paths, asked for at once over so many lines."""
    with ExitStack() as stack:
        opened = []
        for _ in range(lines):
            line = stack.enter_context(socket.create_connection(("127.0.0.1", site.port), PATIENCE, (source, 0)))
            *early, last = paths
            asked = [request(site, path, "HEAD", Connection="keep-alive") for path in early]
            line.sendall(b"".join((*asked, request(site, last, "HEAD"))))
            opened.append(line)
        whole = b"".join(part for line in opened for part in iter(lambda line=line: line.recv(65536), b""))
    return Counter(int(part[:3]) for part in whole.split(b"HTTP/1.1 ")[1:])


def test_two_hundred_readers_behind_one_address_get_every_file(site):
    assert statuses(site, FILES, "127.0.1.1", 200) == {200: 200 * len(FILES)}


def test_two_hundred_readers_behind_one_address_get_their_page(site):
    async def visit() -> bool:
        visitor = await arrive(site.address, source="127.0.1.2")
        run = await visitor.run()
        await visitor.leave()
        return run.well

    async def everybody() -> list[bool]:
        return await asyncio.gather(*(visit() for _ in range(200)))

    # What comes before a page: itself, health, what hosts may do, the icon.
    first = ["/", "/_stcore/health", "/_stcore/host-config", "/favicon.png"]
    assert statuses(site, first, "127.0.1.2", 200) == {200: 800}
    assert together(everybody()) == [True] * 200


def test_a_flood_from_one_address_is_limited_while_others_are_served(site):
    flood = statuses(site, ["/_stcore/health"] * 20, "127.0.1.3", 100)
    assert flood[429] > 400 and flood[200] >= 1400
    assert set(flood) == {200, 429}
    assert ask(site, "/", source="127.0.1.4").status == 200
    # Some places come free each second; one of the next asks for one too many.
    tries = (ask(site, "/data?q=a", source="127.0.1.3") for _ in range(200))
    limited = next(answer for answer in tries if answer.status == 429)
    assert limited.headers["retry-after"] == "10" and limited.headers["cache-control"] == "no-store"
    text = limited.body.decode("utf-8")
    assert "请稍候" in text and "One moment, please" in text and 'http-equiv="refresh"' in text


def test_a_flood_of_visits_from_one_address_is_limited_while_others_read(site):
    async def flood() -> tuple[Counter[str], bool]:
        reader = await arrive(site.address, source="127.0.1.6")

        async def begin():
            try:
                return await arrive(site.address, source="127.0.1.5")
            except InvalidStatus as refused:
                return refused.response.status_code

        met = await asyncio.gather(*(begin() for _ in range(400)))
        well = (await reader.run("q=a")).well
        another = await arrive(site.address, source="127.0.1.6")
        well &= (await another.run()).well
        for one in (*met, reader, another):
            if not isinstance(one, int):
                await one.leave()
        return Counter("in" if not isinstance(one, int) else str(one) for one in met), well

    met, well = together(flood())
    assert well
    assert set(met) == {"in", "429"} and met["in"] >= 300


def test_slow_and_half_open_clients_stop_nobody_and_are_cut_off(site, slow):
    assert ask(site, "/", source="127.0.1.8").status == 200

    async def read() -> bool:
        return (await (await arrive(site.address, source="127.0.1.8")).run()).well

    assert together(read())
    assert all(line.recv(12) == b"HTTP/1.1 101" for line in slow["mute"])
    # Nothing more is said: the other side gives up waiting, with or without a last word.
    assert all(cut(line) for line in (*slow["half a request"], *slow["nothing"]))


def cut(line: socket.socket) -> bool:
    """Wait for the end that the other side makes."""
    try:
        while line.recv(4096):
            pass
    except ConnectionResetError:
        pass
    return True
