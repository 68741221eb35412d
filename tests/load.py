"""How many readers this machine serves: `make load`. Visitors without a browser, on this machine only.

In one run: an app with one chart, and the dashboard behind nginx by one and by two replicas. Each visitor opens the
page, chooses filters by turns as fast as it is answered, and leaves: a reader who thinks for twenty seconds between
two clicks asks for a twentieth of what one who does not asks for in a second. Read the ratios.
"""

import asyncio
import os
import secrets
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from deploy import serve
from tests.bench import ONE_CHART, serving
from tests.browser.conftest import free_port
from tests.visitor import Run, Visitor, arrive

# Bounds: no step of an app is begun after so many seconds of it, nor one visit after another after four times as many,
# nor are more visits made, nor more at once.
LIMIT = float(os.environ.get("LOAD_SECONDS", "300"))
MOST = min(int(os.environ.get("LOAD_MOST", "200")), 200)
VISITS = min(int(os.environ.get("LOAD_VISITS", "2000")), 10_000)
STEPS = (1, 5, 20, 50, 100, 200)
CLICKS = ("sector=water", "", "q=a", "sector=energy&status=comparable")


@dataclass(frozen=True)
class Step:
    """What so many visitors at once met with, and what the replicas held before them and while all were there."""

    visitors: int
    runs: list[Run]
    errors: int
    seconds: float
    before: float
    held: float

    def line(self, name: str) -> str:
        waits = [one.seconds for one in self.runs] or [0.0]
        late = quantiles(waits, n=20)[-1] if len(waits) > 1 else waits[0]
        sent = sum(one.size for one in self.runs) / max(1, len(self.runs)) / 1000
        numbers = f"{len(self.runs) / self.seconds:8.1f}{median(waits):8.2f}{late:8.2f}{sent:8.0f}"
        each = (self.held - self.before) / self.visitors
        return f"{name:24}{self.visitors:8}{numbers}{self.errors:8}{self.held:8.0f}{each:8.2f}"


async def guest(site: str) -> Visitor:
    # Each from an address of its own, as most readers are; the limits are what the tests look at.
    part = secrets.token_bytes(2)
    return await arrive(site, source=f"127.1.{part[0]}.{1 + part[1] % 254}", Cookie=f"visitor={secrets.token_hex(16)}")


async def visit(site: str, runs: list[Run]) -> tuple[list[Visitor], int]:
    """One visit; who stays there, and how many errors it met."""
    stays: list[Visitor] = []
    try:
        stays.append(await guest(site))
        found = [await stays[0].run(query) for query in ("", *CLICKS)]
    except Exception as error:
        print(f"  {type(error).__name__}: {error}")
        return stays, 1
    runs += found
    return stays, sum(not one.well for one in found)


async def step(site: str, visitors: int, pids: list[int]) -> Step:
    runs: list[Run] = []
    before, begin = memory(pids), perf_counter()
    visits = await asyncio.gather(*(visit(site, runs) for _ in range(visitors)))
    seconds, held = perf_counter() - begin, memory(pids)
    for stays, _ in visits:
        for one in stays:
            await one.leave()
    return Step(visitors, runs, sum(errors for _, errors in visits), seconds, before, held)


def memory(pids: list[int]) -> float:
    """What these programs hold, in MB."""
    pages = (int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in pids)
    return sum(pages) * os.sysconf("SC_PAGE_SIZE") / 1e6


@contextmanager
def dashboard(replicas: int) -> Iterator[tuple[str, list[int]]]:
    order = serve.Order("127.0.0.1", free_port(), replicas)
    with serve.running(order) as (started, _):
        yield f"http://{order.host}:{order.port}", [one.process.pid for one in started]


def steps(name: str, site: str, pids: list[int]) -> None:
    last = perf_counter() + LIMIT
    for _ in range(4):
        asyncio.run(step(site, 2, pids))  # what the first visitors pay
    for visitors in (number for number in STEPS if number <= MOST):
        if perf_counter() > last:
            print(f"{name}: time is up before {visitors} visitors")
            return
        print(asyncio.run(step(site, visitors, pids)).line(name), flush=True)


def growth(site: str, pids: list[int]) -> None:
    """Visits one after another: what stays of them."""
    last = perf_counter() + 4 * LIMIT
    done, errors, begin = 0, 0, memory(pids)
    marks = [f"{begin:.0f}"]
    while done < VISITS and perf_counter() < last:
        errors += asyncio.run(step(site, 1, pids)).errors
        done += 1
        if done % max(1, VISITS // 8) == 0:
            marks.append(f"{memory(pids):.0f}")
    print(f"{done} visits one after another, {errors} errors; MB held meanwhile: {', '.join(marks)}")


def main() -> None:
    # Ended from outside, it still ends what it has started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    heads = ("visitors", "runs/s", "median", "95%", "kB/run", "errors", "MB", "MB each")
    print(f"{'':24}" + "".join(f"{one:>8}" for one in heads))
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "one_chart.py"
        script.write_text(ONE_CHART, encoding="utf-8")
        with serving(script) as address:
            steps("one-chart app", address.rstrip("/"), [])
    for replicas in (1, 2):
        with dashboard(replicas) as (site, pids):
            steps(f"dashboard, {replicas} replica(s)", site, pids)
            if replicas == 1:
                growth(site, pids)


if __name__ == "__main__":
    main()
