"""A real dashboard in real Chromium: one server and one warm context a language for all tests, one page a visit."""

import os
import re
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image

from evidence.search import FACETS

ROOT = Path(__file__).resolve().parents[2]
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# What a page may complain about: Streamlit looks for its base path under sub-pages, and is told no.
KNOWN_NOISE = re.compile(r"/_stcore/(health|host-config)")
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)


def chromium_path() -> str:
    """Debian's Chromium, the one without windows first: it opens a page in four fifths of the time. Without any the
    tests are skipped, but never in CI."""
    for name in BROWSERS:
        if path := shutil.which(name):
            return path
    message = f"no browser found (looked for {', '.join(BROWSERS)}): browser tests not run"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(
    plan: Path | None = None, *, port: int = 0, installed: Path = ROOT, through: tuple[str, ...] = ()
) -> Iterator[str]:
    """A dashboard, ready when Streamlit has printed its address: on a free port where none is given, of another
    installation, or started through another program."""
    port = port or free_port()
    environment = {**os.environ, **({"PLAN_DIR": str(plan)} if plan else {})}
    options = {"port": port, "address": "127.0.0.1", "headless": "true"}
    flags = [word for name, value in options.items() for word in (f"--server.{name}", str(value))]
    process = subprocess.Popen(
        [*through, sys.executable, "-m", "streamlit", "run", "dashboard.py", *flags],
        cwd=installed,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert process.stdout
        said = []
        for line in process.stdout:
            said.append(line)
            if "URL:" in line:
                break
        else:
            raise AssertionError("the dashboard did not start:\n" + "".join(said))
        address = f"http://127.0.0.1:{port}"
        assert urllib.request.urlopen(f"{address}/_stcore/health", timeout=30).read() == b"ok"
        yield address
    finally:
        process.terminate()
        process.wait(15)


@pytest.fixture(scope="session")
def chromium():
    sync = pytest.importorskip("playwright.sync_api")
    path = chromium_path()
    # A busy machine is no failure: wait long for what must come, not at all for what must not.
    sync.expect.set_options(timeout=30_000)
    with sync.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def dashboard() -> Iterator[str]:
    with serving() as address:
        yield address


@pytest.fixture
def other_renderer(tmp_path) -> Callable[..., Image.Image]:
    """Opens an SVG in a program that is no browser. Without it the test is skipped, but never in CI."""
    program = shutil.which("rsvg-convert")
    if not program:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no rsvg-convert: install librsvg2-bin")

    def opened(path: Path, zoom: int = 1) -> Image.Image:
        picture = tmp_path / "opened.png"
        call = [program, "--zoom", str(zoom), "--background-color", "white", "-o", picture, path]
        subprocess.run(call, check=True, timeout=60)
        return Image.open(picture).convert("RGB")

    return opened


@pytest.fixture
def unzip(tmp_path) -> Callable[[Path], Path]:
    """Unpacks with Info-ZIP's program, which many systems call for a ZIP. Without it the test is skipped, but never in
    CI."""
    program = shutil.which("unzip")
    if not program:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no unzip: install unzip")

    def unpacked(packed: Path) -> Path:
        folder = tmp_path / "unpacked"
        # The names do not depend on what the terminal can show.
        environment = {**os.environ, "LC_ALL": "C.UTF-8"}
        call = [program, "-q", "-d", folder, packed]
        done = subprocess.run(call, env=environment, capture_output=True, text=True, timeout=60, check=False)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        return folder

    return unpacked


@dataclass
class Visit:
    """A page with what it asked of the network and complained about."""

    page: object
    address: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def foreign(self) -> list[str]:
        mine = (self.address, self.address.replace("http", "ws"), "data:", "blob:")
        return [url for url in self.requests if not url.startswith(mine)]

    @property
    def charts(self):
        return self.page.locator(".js-plotly-plot")

    @property
    def targets(self):
        """The targets of the overview that fit its filter, with a track or in the line of those without."""
        return self.page.locator(".board tbody tr:not(.out), .rest li")

    @property
    def plotly(self) -> list[str]:
        """What was fetched to draw charts: Streamlit's or ours."""
        return [url for url in self.requests if re.search("(?i)plotly[^/]*[.]js", url)]

    def settles(self) -> None:
        """Wait until the page has a title, its links switch in place, and the server has nothing more to say."""
        self.page.get_by_role("heading", level=1).wait_for()
        self.page.locator("[data-guarded]").wait_for(state="attached")
        self.page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()

    def arrives(self, path: str = "/", **parameters: str | list[str]) -> None:
        """Wait for the address that has this path and these parameters, in whatever order, and no other."""
        wanted = {name: [value] if isinstance(value, str) else value for name, value in parameters.items()}

        def there(url: str) -> bool:
            parts = urlsplit(url)
            return parts.path == path and parse_qs(parts.query, keep_blank_values=True) == wanted

        self.page.wait_for_url(there)

    @contextmanager
    def rerun(self) -> Iterator[None]:
        """What is done inside leads the same document to another address; waits until the page has been made anew."""
        before = self.page.evaluate("runOfPage")
        yield
        self.page.wait_for_function("before => window.runOfPage !== before", arg=before)
        self.settles()

    @property
    def box(self):
        """The search box."""
        return self.page.locator(".st-key-query input")

    def search(self, words: str) -> None:
        self.box.fill(words)
        self.box.press("Enter")

    @property
    def pressed(self):
        """What is chosen of the facets, but for the word that says that all sectors are."""
        return self.page.locator(".wide .chip:not(:first-child)[aria-current], .more details .chip[aria-current]")

    @property
    def drawer(self):
        """What holds all facets but the sectors."""
        return self.page.locator(".more details")

    def pill(self, facet: str, name: str):
        """A value of a facet by the name before its count, whether or not it can be seen."""
        row = ".wide .chips" if facet == FACETS[0] else f".more details .chips >> nth={FACETS.index(facet) - 1}"
        named = re.compile(rf"^{re.escape(name)} \d")
        return self.page.locator(f"{row} >> a").filter(has_text=named)

    def choose(self, facet: str, name: str) -> None:
        """Click a value of a facet; all but the sectors first want the drawer under them opened."""
        pill = self.pill(facet, name)
        pill.wait_for(state="attached")
        if facet != FACETS[0] and not self.drawer.evaluate("element => element.open"):
            self.drawer.locator("summary").click()
        with self.rerun():
            pill.click()

    def link(self, name: str, within: str = ".top"):
        """A link by its name: of the head, where nothing else is said."""
        return self.page.locator(within).get_by_role("link", name=name, exact=True)

    def control(self, chart: int = 0):
        """The image control of a chart; on the overview the first is that of the sectors' sheets and the last that of
        the pack."""
        return self.page.locator("details:has(button[data-format])").nth(chart)

    def download(self, format: str, chart: int = 0, shape: str = "wide"):
        """Open a chart's image control, choose a shape and a format, and get the download."""
        control = self.control(chart)
        choice, button = control.locator(f"input[value={shape}]"), control.locator(f"button[data-format={format}]")
        from playwright.sync_api import TimeoutError as Late

        button.wait_for(state="attached")
        with self.page.expect_download() as waiting:
            # A page that is still being made may make the control anew, shut, under the hand.
            for _ in range(10):
                if not control.evaluate("element => element.open"):
                    control.locator("summary").click()
                with suppress(Late):
                    choice.check(timeout=5_000)
                    button.click(timeout=5_000)
                    break
        return waiting.value


@pytest.fixture(scope="session")
def warm(chromium) -> Iterator[Callable[[str], object]]:
    """One context a language, so that nothing is loaded twice: sizes and colour schemes are a page's own."""
    contexts = {}

    def context(locale: str):
        if locale not in contexts:
            contexts[locale] = chromium.new_context(locale=locale, accept_downloads=True)
        return contexts[locale]

    yield context
    for one in contexts.values():
        one.close()


@pytest.fixture
def visit(chromium, dashboard, warm) -> Iterator[Callable[..., Visit]]:
    """visit("?sector=…", locale=…, width=…, scheme=…) opens the dashboard and waits until it is all there.

    `ready=False` is for what shows a notice instead of a page, `apart` for what changes more than its own page: its
    clock, its permissions.
    """
    opened, contexts = [], []

    def open_page(
        query: str = "", *, locale="zh-CN", width=1280, height=900, scheme="light", at="", ready=True, apart=False
    ) -> Visit:
        context = chromium.new_context(locale=locale, accept_downloads=True) if apart else warm(locale)
        contexts.extend([context] if apart else [])
        page = context.new_page()
        opened.append(page)
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        found = Visit(page, at or dashboard)
        page.on("request", lambda request: found.requests.append(request.url))
        page.on("websocket", lambda socket: found.requests.append(socket.url))
        page.on("pageerror", lambda error: found.complaints.append(str(error)))
        page.on("console", lambda message: note(found, message))
        page.goto(f"{found.address}/{query}")
        if ready:
            found.settles()
        return found

    def note(found: Visit, message) -> None:
        place = message.location.get("url", "")
        if message.type == "error" and not KNOWN_NOISE.search(message.text + place):
            found.complaints.append(f"{message.text} {place}")

    yield open_page
    for one in (*opened, *contexts):
        one.close()
