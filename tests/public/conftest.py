"""The dashboard as the public sees it: the real nginx before two replicas, on the toy plan."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from deploy import serve
from tests.browser.conftest import ROOT, chromium, free_port, unzip, visit, warm

__all__ = ["chromium", "unzip", "visit", "warm"]
PATIENCE = 60


@pytest.fixture(scope="session")
def nginx() -> str:
    """nginx; without it the test is skipped, but never in CI."""
    try:
        return serve.program()
    except serve.Missing as missing:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(str(missing))


def until(true: Callable[[], object], what: str) -> None:
    """What must come, comes within a minute: it is asked for, not slept for."""
    last = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < last, f"not within {PATIENCE} s: {what}"


def alive(pid: int) -> bool:
    """Neither gone nor only waiting to be counted."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def children(pid: int) -> list[int]:
    """The programs that a program has started, in the order of their numbers."""
    threads = Path(f"/proc/{pid}/task").glob("*/children")
    return sorted(int(one) for path in threads for one in path.read_text().split())


def called(pid: int) -> str:
    """The words that a program was started with; none of one that has just gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


@dataclass(frozen=True)
class Served:
    """`make serve`, ready: its address, its program, and what it has said."""

    address: str
    program: subprocess.Popen[str]
    said: Path

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2])

    @property
    def replicas(self) -> list[int]:
        return [one for one in children(self.program.pid) if "streamlit" in called(one)]

    def everything(self) -> list[int]:
        """All its programs, nginx's own among them."""
        first = children(self.program.pid)
        return [*first, *(one for parent in first for one in children(parent))]

    def says(self, words: str) -> None:
        until(lambda: words in self.said.read_text("utf-8"), words)

    def renew(self) -> None:
        self.program.send_signal(signal.SIGHUP)


@contextmanager
def served(folder: Path, plan: Path, replicas: int = 2) -> Iterator[Served]:
    port, said = free_port(), folder / "said.txt"
    command = [sys.executable, "-m", "deploy", "serve", "--port", str(port), "--replicas", str(replicas)]
    with said.open("w", encoding="utf-8") as log:
        program = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, "PLAN_DIR": str(plan)}, stdout=log, stderr=log, text=True
        )
    found = Served(f"http://127.0.0.1:{port}", program, said)
    try:
        until(lambda: "The dashboard:" in said.read_text("utf-8") or program.poll() is not None, "start")
        assert program.poll() is None, said.read_text("utf-8")
        yield found
    finally:
        program.terminate()
        program.wait(PATIENCE)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A copy of the toy plan that a test may spoil."""
    return shutil.copytree(ROOT / "tests" / "base", tmp_path / "plan")


@pytest.fixture(scope="session")
def site(nginx: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:  # noqa: ARG001
    """One for all tests that leave it as it is."""
    with served(tmp_path_factory.mktemp("site"), ROOT / "tests" / "base") as found:
        yield found


@pytest.fixture(scope="session")
def dashboard(site: Served) -> str:
    """What a visit opens."""
    return site.address


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


def ask(site: Served, path: str, *, method: str = "GET", source: str = "127.0.0.1", **headers: str) -> Answer:
    """One answer to a request as it stands: no library tidies the path. From an address of this machine."""
    with socket.create_connection(("127.0.0.1", site.port), PATIENCE, (source, 0)) as line:
        line.sendall(request(site, path, method, **headers))
        whole = b"".join(iter(lambda: line.recv(65536), b""))
    head, _, body = whole.partition(b"\r\n\r\n")
    first, *rest = head.decode("latin-1").split("\r\n")
    fields: dict[str, str] = {}
    for line_of_head in rest:
        name, _, value = line_of_head.partition(": ")
        assert name.lower() not in fields, f"{name} twice for {path}"
        fields[name.lower()] = value
    return Answer(int(first.split()[1]), fields, body)


def request(site: Served, path: str, method: str = "GET", **headers: str) -> bytes:
    given = {"Host": f"127.0.0.1:{site.port}", "Connection": "close"}
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in given.items())
    return f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode()
