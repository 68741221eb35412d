"""`make serve`: begun and ended as one, and it says in a line what is missing."""

import os
import re
import signal
import socket
import subprocess
import sys

import pytest

from tests.browser.conftest import ROOT, free_port
from tests.public.conftest import PATIENCE, alive, served, until

pytestmark = pytest.mark.serve
COMMAND = [sys.executable, "-m", "deploy", "serve", "--replicas", "1"]


@pytest.mark.usefixtures("nginx")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda number: number.name)
def test_whatever_ends_it_ends_all_of_it(tmp_path, plan, number):
    with served(tmp_path, plan) as site:
        every = site.everything()
        assert len(every) >= 4  # two replicas, nginx and one worker at least
        site.program.send_signal(number)
        code = site.program.wait(PATIENCE)
        until(lambda: not any(map(alive, every)), "all have ended")
        assert code == (-9 if number == signal.SIGKILL else 0)
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", site.port)) != 0
        assert "Traceback" not in site.said.read_text("utf-8")


@pytest.mark.usefixtures("nginx")
def test_ctrl_c_in_the_terminal_of_make_ends_all_of_it(tmp_path, plan):
    """The terminal tells everyone in the foreground at once: make, and what it started."""
    rule = f"it:\n\t@{' '.join(COMMAND)} --port {free_port()}\n"
    (tmp_path / "Makefile").write_text(rule, encoding="utf-8")
    said = tmp_path / "said.txt"
    with said.open("w") as log:
        make = subprocess.Popen(
            ["make", "-f", str(tmp_path / "Makefile"), "it"],
            cwd=ROOT,
            env={**os.environ, "PLAN_DIR": str(plan)},
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    until(lambda: "The dashboard:" in said.read_text("utf-8") or make.poll() is not None, "start")
    names = re.findall(r"http://127\.0\.0\.1:(\d+)", said.read_text("utf-8"))
    os.killpg(make.pid, signal.SIGINT)
    make.wait(PATIENCE)
    for port in names:
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", int(port))) != 0
    assert names and "Traceback" not in said.read_text("utf-8")


def refused(**environment: str) -> str:
    """What it says when it does not start."""
    port = environment.pop("port", "") or str(free_port())
    done = subprocess.run(
        [*COMMAND, "--port", port],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    return done.stderr


def test_without_nginx_it_says_so_in_a_line(tmp_path, monkeypatch):
    from deploy import serve

    monkeypatch.setattr(serve, "_NGINX_PLACES", "")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(serve.Missing, match=r"^nginx is missing .*apt-get install nginx"):
        serve.program()


@pytest.mark.usefixtures("nginx")
def test_a_port_that_is_taken_is_said_in_a_line():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        said = refused(port=str(taken.getsockname()[1]))
    assert re.match(r"127\.0\.0\.1:\d+ cannot be listened on: .*PORT=", said)


@pytest.mark.usefixtures("nginx")
def test_a_replica_that_dies_is_started_again(tmp_path, plan):
    with served(tmp_path, plan) as site:
        before = site.replicas
        os.kill(before[0], signal.SIGKILL)
        site.says("is started again")
        until(lambda: len(site.replicas) == 2 and site.replicas != before, "two replicas")
        assert before[1] in site.replicas


@pytest.mark.parametrize(("host", "given"), [("127.0.0.1", {}), ("0.0.0.0", {"HOST": "0.0.0.0"})])
def test_make_run_listens_on_this_machine_unless_told(host, given):
    made = subprocess.run(
        ["make", "-n", "-o", ".venv/run.done", "run"],
        cwd=ROOT,
        env={**{k: v for k, v in os.environ.items() if k != "HOST"}, **given},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert f"--server.address {host} " in made


def test_by_hand_too_it_listens_on_this_machine_only():
    call = [sys.executable, "-m", "streamlit", "config", "show"]
    shown = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert re.search(r'^address = "127\.0\.0\.1"$', shown, re.MULTILINE)
