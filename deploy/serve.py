"""nginx before some replicas of the dashboard on one port, begun and ended as one.

A replica that dies is started again. HUP starts all of them anew, one after another, so that readers always find one.
"""

import os
import pwd
import queue
import resource
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from ctypes import CDLL
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep

from deploy import files, nginx

ROOT = Path(__file__).resolve().parent.parent
FILES = ROOT / ".serve"
# How long a replica may take to come and to go, in seconds.
_COMING, _GOING = 60, 15
# A replica that dies sooner than this is not started again at once: it would keep a processor from the others.
_PAUSE = 2.0
_NGINX_PLACES = "/usr/sbin:/usr/local/sbin"
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


class Missing(Exception):
    """What it takes and is not there, in one line."""


@dataclass(frozen=True)
class Order:
    """What is to be served: where, by how many."""

    host: str
    port: int
    replicas: int


def program() -> str:
    """nginx, which Debian keeps out of the path of ordinary users."""
    found = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:{_NGINX_PLACES}")
    if not found:
        raise Missing("nginx is missing (on Debian: apt-get install nginx)")
    return found


def _check(order: Order) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((order.host, order.port))
        except OSError as error:
            wanted = f"{order.host}:{order.port}"
            raise Missing(f"{wanted} cannot be listened on: {error.strerror} (PORT=… takes another)") from None


def _follow() -> None:
    """Between fork and start: whatever happens to this program, what it started ends with it."""
    if sys.platform == "linux":
        CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGTERM)


def start(command: list[str], environment: dict[str, str] | None = None) -> subprocess.Popen[bytes]:
    """A program in a session of its own: Ctrl-C in the terminal is for us, who then end the others in order."""
    return subprocess.Popen(  # noqa: S603 - our own commands
        command,
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=_follow,  # noqa: PLW1509 - this program has one thread
    )


def stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_GOING)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class Replica:
    """One Streamlit process on a port of this machine that it keeps when it is started again."""

    def __init__(self, environment: dict[str, str]) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.environment = environment
        self.start()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def start(self) -> None:
        options = {"port": self.port, "address": "127.0.0.1", "headless": "true", "fileWatcherType": "none"}
        words = [word for name, value in options.items() for word in (f"--server.{name}", str(value))]
        command = [sys.executable, "-m", "streamlit", "run", "deploy/replica.py", *words]
        self.process, self.since = start(command, self.environment), monotonic()

    def wait(self) -> None:
        """Until it answers."""
        last = monotonic() + _COMING
        while not self._well():
            if self.process.poll() is not None or monotonic() > last:
                raise Missing(f"the replica on {self.address} did not come up")
            sleep(0.05)

    def _well(self) -> bool:
        with suppress(OSError), urllib.request.urlopen(f"http://{self.address}/_stcore/health", timeout=5) as answer:
            return bool(answer.read() == b"ok")
        return False

    def revive(self) -> None:
        """Start it again if it is dead."""
        if (code := self.process.poll()) is not None:
            sleep(max(0.0, _PAUSE - (monotonic() - self.since)))
            say(f"the replica on {self.address} ended ({code}) and is started again")
            self.start()

    def stop(self) -> None:
        stop(self.process)


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def _sound() -> bool:
    """Whether the data can be read: a replica that runs keeps the last good, a new one would have none."""
    data = [os.environ["PLAN_DIR"]] if os.environ.get("PLAN_DIR") else []
    return subprocess.run([sys.executable, "-m", "loaders", "check", *data], cwd=ROOT, check=False).returncode == 0  # noqa: S603


def renew(replicas: list[Replica]) -> None:
    """All of them anew, one after another."""
    if not _sound():
        say("not renewed: the data has problems, and the replicas that run keep the last good")
        return
    for replica in replicas:
        replica.stop()
        replica.start()
        replica.wait()
    say(f"renewed: {len(replicas)} replicas")


def _config(order: Order, replicas: list[Replica], work: Path) -> Path:
    user = pwd.getpwuid(os.getuid()).pw_name if os.getuid() == 0 else ""
    addresses = [replica.address for replica in replicas]
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    text = nginx.render(nginx.Site(f"{order.host}:{order.port}", addresses, FILES, work, user=user, most=most))
    path = work / "nginx.conf"
    path.write_text(text, encoding="utf-8")
    return path


@contextmanager
def running(order: Order) -> Iterator[tuple[list[Replica], subprocess.Popen[bytes]]]:
    """All of it, ready; ended in the end, nginx first, so that nobody is let in to what goes."""
    found = program()
    _check(order)
    files.prepare(FILES)
    # The same secret for all, so that each knows a visitor of another.
    secret = os.environ.get("STREAMLIT_SERVER_COOKIE_SECRET") or secrets.token_hex(32)
    with ExitStack() as stack:
        work = Path(stack.enter_context(TemporaryDirectory(prefix="dashboard-")))
        replicas = []
        for _ in range(order.replicas):
            replicas.append(Replica({"STREAMLIT_SERVER_COOKIE_SECRET": secret}))
            stack.callback(replicas[-1].stop)
        for replica in replicas:
            replica.wait()
        front = start([found, "-e", "stderr", "-c", str(_config(order, replicas, work)), "-g", "daemon off;"])
        stack.callback(stop, front)
        _answering(order, front)
        yield replicas, front


def _answering(order: Order, front: subprocess.Popen[bytes]) -> None:
    while front.poll() is None:
        with suppress(OSError), socket.create_connection((order.host.replace("0.0.0.0", "127.0.0.1"), order.port), 1):  # noqa: S104
            return
        sleep(0.02)
    raise Missing("nginx did not start: what it says stands above")


def main(order: Order) -> None:
    """Serve until told to end."""
    events: queue.SimpleQueue[int] = queue.SimpleQueue()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _end)
    for number in (signal.SIGHUP, signal.SIGCHLD):
        signal.signal(number, lambda got, _: events.put(got))
    with running(order) as (replicas, front):
        say(f"The dashboard: http://{_shown(order.host)}:{order.port} ({order.replicas} replicas behind nginx)")
        while front.poll() is None:
            if events.get() == signal.SIGHUP:
                renew(replicas)
            for replica in replicas:
                replica.revive()
    raise Missing("nginx ended by itself")


def _shown(host: str) -> str:
    return "localhost" if host in ("127.0.0.1", "0.0.0.0") else host  # noqa: S104


def _end(*_: object) -> None:
    # Once is enough: a second Ctrl-C must not leave half of it running.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    raise SystemExit(0)
