"""How long a reader waits, beside what Streamlit itself takes: `make bench`.

In one run on one machine: an almost empty app, an app with one chart and one box that changes
it, and this dashboard. Read the ratios: seconds differ from machine to machine, promises are none.
"""

import os
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

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
EMPTY = "import streamlit as st\nst.title('ready')\n"
ONE_CHART = """
import plotly.graph_objects as go
import streamlit as st
chosen = st.selectbox("which", ["first", "second"])
figure = go.Figure(go.Bar(x=[1, 2, 3], y=[1, 2, 3] if chosen == "first" else [3, 2, 1]))
figure.add_annotation(text=chosen, x=2, y=3, showarrow=False)
st.plotly_chart(figure, key="chart")
"""
TITLE = "() => document.querySelector('h1')"
# A chart is there when its words have an extent, and the last one of a page when the script is done.
WORDS = """[...document.querySelectorAll('.js-plotly-plot .annotation-text')]
  .filter(one => one.getBoundingClientRect().width)"""
ONE = f"() => {WORDS}.length > 0"
SAYS = f"wanted => {WORDS}.some(one => one.textContent === wanted)"
# The charts of sectors; how hard the targets are stands below them.
SECTORS = ".js-plotly-plot:not([class*=st-key-chart-pace] *)"
HOLDS = f"""wanted => {WORDS}.length && document.querySelectorAll('{SECTORS}').length === wanted
  && document.querySelector('[data-test-script-state=notRunning]')"""


@contextmanager
def serving(script: Path) -> Iterator[str]:
    """Streamlit with this script and the dashboard's settings, on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.headless", "true"]
    command += ["--server.address", "127.0.0.1", "--server.port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        assert process.stdout
        assert any("URL:" in line for line in process.stdout), f"{script.name} did not start"
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait(15)


def timed(act: Callable[[], object], page: Page, until: str, wanted: object = None) -> float:
    """Seconds from the act to what the reader waits for."""
    begin = perf_counter()
    act()
    page.wait_for_function(until, arg=wanted, timeout=120_000)
    return perf_counter() - begin


def load(browser: Browser, address: str, until: str) -> float:
    """A first visit: a browser that has nothing of the site yet."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    try:
        return timed(partial(page.goto, address, wait_until="commit"), page, until)
    finally:
        context.close()


def change_one(browser: Browser, address: str) -> list[float]:
    """The box of the second app, to and fro."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    timed(partial(page.goto, address), page, SAYS, "first")
    found = []
    for number in range(ROUNDS + 1):
        wanted = ("second", "first")[number % 2]
        page.get_by_role("combobox").click()
        found.append(timed(page.get_by_role("option", name=wanted).click, page, SAYS, wanted))
    page.close()
    return found[1:]


def change_filter(browser: Browser, address: str) -> tuple[list[float], list[float]]:
    """One sector of the overview chosen, and all of them again."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    timed(partial(page.goto, address), page, ONE)
    page.wait_for_function("() => !document.querySelector('[data-testid=stSkeleton]')", timeout=120_000)
    every = page.locator(SECTORS).count()
    sector = page.locator(".st-key-facet-sector button").nth(1)
    found = [(timed(sector.click, page, HOLDS, 1), timed(sector.click, page, HOLDS, every)) for _ in range(ROUNDS + 1)][
        1:
    ]
    page.close()
    return [one for one, _ in found], [all_again for _, all_again in found]


def main() -> None:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        scripts = {"empty.py": EMPTY, "one_chart.py": ONE_CHART}
        for name, text in scripts.items():
            (folder / name).write_text(text, encoding="utf-8")
        paths = [*(folder / name for name in scripts), ROOT / "dashboard.py"]
        addresses = [stack.enter_context(serving(path)) for path in paths]
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(FLAGS))
        stack.callback(browser.close)
        pages = list(zip(addresses, (TITLE, ONE, ONE), strict=True))
        first = [load(browser, *page) for page in pages]
        # The three by turns: what else the machine does then falls on all of them.
        rounds = [[load(browser, *page) for page in pages] for _ in range(ROUNDS)]
        loads = [median(times) for times in zip(*rounds, strict=True)]
        box = median(change_one(browser, addresses[1]))
        narrow, wide = map(median, change_filter(browser, addresses[2]))
    print(f"Medians of {ROUNDS} rounds, in seconds; then how many times the other app's.")
    print(f"{'':48}{'empty':>8}{'chart':>8}{'this':>8}{'/empty':>8}{'/chart':>8}")
    for name, (empty, chart, this) in {
        "first load to first chart, server just started": first,
        "first load to first chart": loads,
        "filter to one sector, to chart changed": (None, box, narrow),
        "filter to all sectors, to all charts drawn": (None, box, wide),
    }.items():
        cells = [f"{empty:8.2f}" if empty else f"{'–':>8}", f"{chart:8.2f}{this:8.2f}"]
        cells += [f"{this / empty:8.1f}" if empty else f"{'–':>8}", f"{this / chart:8.1f}"]
        print(f"{name:48}"[:48] + "".join(cells))


if __name__ == "__main__":
    main()
