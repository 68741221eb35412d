"""How long a reader waits, beside what Streamlit itself takes: `make bench`.

In one run on one machine: an app with one chart and one box that changes it, this dashboard, and this dashboard with a
plan ten times as large. Read the ratios: seconds differ from machine to machine, promises are none.
"""

import asyncio
import os
import re
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import FLAGS, ROOT, chromium_path
from tests.visitor import Visitor, arrive, together

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
VISITORS, RUNS, TIMES = 20, 10, 10
ONE_CHART = """
import plotly.graph_objects as go
import streamlit as st
chosen = st.selectbox("which", ["first", "second"])
figure = go.Figure(go.Bar(x=[1, 2, 3], y=[1, 2, 3] if chosen == "first" else [3, 2, 1]))
figure.add_annotation(text=chosen, x=2, y=3, showarrow=False)
st.plotly_chart(figure, key="chart")
"""
# A chart is there when its words have an extent; a page when the script is done too.
WORDS = """[...document.querySelectorAll('.js-plotly-plot .annotation-text')]
  .filter(one => one.getBoundingClientRect().width)"""
DONE = "document.querySelector('[data-test-script-state=notRunning]')"
ONE = f"() => {WORDS}.length > 0"
SAYS = f"wanted => {WORDS}.some(one => one.textContent === wanted)"
ROWS = f"wanted => document.querySelectorAll('.board tbody tr').length === wanted && {DONE}"
CHARTS = f"""wanted => new Set({WORDS}.map(one => one.closest('.js-plotly-plot'))).size === wanted && {DONE}"""
SECTOR = "energy"


@contextmanager
def serving(script: Path, plan: Path | None = None) -> Iterator[str]:
    """Streamlit with this script and the dashboard's settings, on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.headless", "true"]
    command += ["--server.address", "127.0.0.1", "--server.port", str(port)]
    environment = {**os.environ, **({"PLAN_DIR": str(plan)} if plan else {})}
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        assert process.stdout
        assert any("URL:" in line for line in process.stdout), f"{script.name} did not start"
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(15)


def enlarged(folder: Path) -> Path:
    """The real plan with every indicator TIMES times, under ids of its own; what names targets elsewhere stays away."""
    target = folder / "large"
    target.mkdir()
    for file in sorted((ROOT / "indicators").glob("*.yaml")):
        text = file.read_text(encoding="utf-8")
        if file.name in ("ledger.yaml", "gaps.yaml", "doubts.yaml"):
            continue
        if file.name == "plan.yaml":
            text = re.sub(r"^totals:\n(?:[ -].*\n)*", "", text, flags=re.MULTILINE)
        elif "\nindicators:" in text:
            head, _, body = text.partition("\nindicators:\n")
            named = r"((?:^|[ {-])(?:id|target|series): )([a-z][a-z0-9-]*)"
            # A phrase of several targets must say which of its figures is meant.
            body = re.sub(r"(\n( +)unit: [^\n]*\n +printed: [^\n]*)(\n +section:)", r"\1\n\2figure: 1\3", body)
            copies = [re.sub(named, rf"\g<1>\g<2>-{copy}", body) for copy in range(TIMES)]
            text = head + "\nindicators:\n" + "\n".join(copies)
        (target / file.name).write_text(text, encoding="utf-8")
    return target


def timed(act: Callable[[], object], page: Page, until: str, wanted: object = None) -> float:
    """Seconds from the act to what the reader waits for."""
    begin = perf_counter()
    act()
    page.wait_for_function(until, arg=wanted, timeout=120_000)
    return perf_counter() - begin


def load(browser: Browser, address: str, until: str, wanted: object = None) -> float:
    """A first visit: a browser that has nothing of the site yet."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    page = context.new_page()
    try:
        return timed(partial(page.goto, address, wait_until="commit"), page, until, wanted)
    finally:
        context.close()


def boxes(page: Page) -> Callable[[int], float]:
    """The box of the other app, to and fro."""

    def change(number: int) -> float:
        wanted = ("second", "first")[number % 2]
        page.get_by_role("combobox").click()
        return timed(page.get_by_role("option", name=wanted).click, page, SAYS, wanted)

    return change


def chips(page: Page, name: str, until: str, wanted: int, before: int) -> Callable[[int], float]:
    """A choice of the filter, and all again, which does not count."""

    def change(_: int) -> float:
        chip = page.locator(f".wide .chip[href*='{name}']").first
        found = timed(chip.click, page, until, wanted)
        timed(page.locator(".wide .chip").first.click, page, ROWS, before)
        return found

    return change


async def _runs(site: str, queries: tuple[str, str]) -> tuple[float, float]:
    """The median of a lone visitor's runs, and how many a second VISITORS get together."""
    alone: Visitor = await arrive(site)
    await alone.run()
    lone = median([(await alone.run(queries[number % 2])).seconds for number in range(2 * RUNS)])
    crowd = [await arrive(site) for _ in range(VISITORS)]
    await asyncio.gather(*(one.run() for one in crowd))
    begin = perf_counter()

    async def reads(one: Visitor) -> None:
        for number in range(RUNS):
            await one.run(queries[number % 2])

    await asyncio.gather(*map(reads, crowd))
    rate = VISITORS * RUNS / (perf_counter() - begin)
    for one in (alone, *crowd):
        await one.leave()
    return lone, rate


def main() -> None:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        (folder / "one_chart.py").write_text(ONE_CHART, encoding="utf-8")
        one = stack.enter_context(serving(folder / "one_chart.py"))
        this = stack.enter_context(serving(ROOT / "dashboard.py"))
        large = stack.enter_context(serving(ROOT / "dashboard.py", enlarged(folder)))
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(FLAGS))
        stack.callback(browser.close)
        _report(browser, one, this, large)


def _report(browser: Browser, one: str, this: str, large: str) -> None:
    rows = _count(browser, this)
    first = [
        (one, ONE, None), (this, ROWS, rows), (f"{this}/indicator?id=unconventional-gas-output", ONE, None),
        (large, ROWS, TIMES * rows),
    ]  # fmt: skip
    for visit in first:
        load(browser, *visit)
    # By turns: what else the machine does then falls on all of them.
    turns = [[load(browser, *visit) for visit in first] for _ in range(ROUNDS)]
    chart, overview, indicator, tenfold = map(median, zip(*turns, strict=True))
    box, status, sector = _changes(browser, one, this, rows)
    queries = ("", "kind=level")
    (lone, rate), (own, own_rate) = (together(_runs(site, queries)) for site in (one, this))
    print(f"Medians of {ROUNDS} rounds, in seconds, and how many times those of an app with one chart.")
    for name, value, other, most in (
        ("overview, all rows (its first chart)", overview, chart, "at most 0.75"),
        ("indicator with its chart (its first chart)", indicator, chart, "at most 1.3"),
        ("filter, rows settled (its box)", status, box, "at most 1.5"),
        ("one sector, all its charts drawn (its box)", sector, box, "at most 3"),
        ("a lone run on the server", own, lone, "at most 1.5"),
        (f"runs a second with {VISITORS} visitors", own_rate, rate, "at least 0.6"),
        (f"overview of {TIMES} times the targets (of one time)", tenfold, overview, "at most 1.5"),
    ):
        print(f"{name:52}{value:8.3f}{other:8.3f}{value / other:8.2f}   {most}")


def _count(browser: Browser, site: str) -> int:
    page = browser.new_page(locale="zh-CN")
    page.goto(site)
    page.wait_for_function(f"() => {DONE} && document.querySelector('.foot')", timeout=120_000)
    found = page.locator(".board tbody tr").count()
    page.close()
    return found


def _changes(browser: Browser, one: str, this: str, rows: int) -> tuple[float, float, float]:
    """A change of the box, of a filter, and to one sector with its charts, by turns."""
    pages = [browser.new_page(viewport={"width": 1280, "height": 900}, locale="zh-CN") for _ in range(3)]
    timed(partial(pages[0].goto, one), pages[0], SAYS, "first")
    for page in pages[1:]:
        timed(partial(page.goto, this), page, ROWS, rows)
    pages[2].goto(f"{this}/?sector={SECTOR}")
    pages[2].wait_for_function(f"() => {DONE} && {WORDS}.length")
    pages[2].wait_for_timeout(3000)
    charts = pages[2].evaluate(f"() => new Set({WORDS}.map(one => one.closest('.js-plotly-plot'))).size")
    found = pages[1].locator(".tile").nth(2).locator("b").inner_text()
    timed(pages[2].locator(".wide .chip").first.click, pages[2], ROWS, rows)
    acts = [
        boxes(pages[0]),
        _tile(pages[1], int(found), rows),
        chips(pages[2], f"sector={SECTOR}", CHARTS, charts, rows),
    ]
    turns = [[act(number) for act in acts] for number in range(ROUNDS + 1)][1:]
    for page in pages:
        page.close()
    box, status, sector = map(median, zip(*turns, strict=True))
    return box, status, sector


def _tile(page: Page, wanted: int, before: int) -> Callable[[int], float]:
    """A figure of the overview as a filter, and all again, which does not count."""

    def change(_: int) -> float:
        found = timed(page.locator(".tile").nth(2).click, page, ROWS, wanted)
        timed(page.locator(".chips.used .chip").last.click, page, ROWS, before)
        return found

    return change


if __name__ == "__main__":
    main()
