"""In a real browser the policy costs a reader nothing, and keeps others from framing what they must not."""

import functools
import io
import json
import os
import re
import signal
import threading
import zipfile
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import openpyxl
import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.public.conftest import ask, served, until

pytestmark = [pytest.mark.serve, pytest.mark.browser]
# Every page, with rows and with charts; and the charts that may stand alone, rows and drawn ones.
PAGES = ("?lang=en", "?sector=fish-ponds", "indicator?id=pond-area", "evaluation", "data", "method")
ALONE = ("start.fish-ponds", "years.pond-area", "evidence", "verdicts.2032")
CHART = ".js-plotly-plot .main-svg, .board tbody tr"


@pytest.fixture
def found(visit):
    """visit(…) of which no page may complain, nor ask another host."""
    opened = []

    def open_page(query: str = "", **more):
        opened.append(visit(query, **more))
        return opened[-1]

    yield open_page
    for one in opened:
        assert (one.foreign(), one.complaints) == ([], [])


def drawn(page) -> None:
    """Charts are asked for last: what draws them is the last that the policy could keep back."""
    for chart in page.charts.all():
        chart.locator(".main-svg").first.wait_for()


@pytest.mark.parametrize("path", PAGES)
def test_every_page_comes_whole(found, path):
    page = found(path)
    drawn(page)
    # The page's own looks and the language that it tells readers of screens came too.
    assert page.page.evaluate("document.documentElement.lang") == ("en" if "lang=en" in path else "zh")
    assert page.page.locator(".top").evaluate("one => getComputedStyle(one).display") == "flex"
    assert page.page.evaluate("window.runOfPage")


def test_links_switch_in_place(found):
    page = found("?lang=en")
    page.page.evaluate("window.mine = true")
    page.choose("sector", "Schools")
    page.arrives("/", lang="en", sector="schools")
    with page.rerun():
        page.link("Data").click()
    page.page.go_back()
    page.arrives("/", lang="en", sector="schools")
    page.settles()
    assert page.page.evaluate("mine")


def test_the_page_of_before_leads_to_its_successor_and_back_to_where_one_was(found):
    page = found("data?lang=en")
    page.page.goto(f"{page.address}/sector?id=schools&lang=en")
    page.arrives("/", sector="schools", lang="en")
    expect(page.targets.first).to_be_visible()
    page.page.go_back()
    page.arrives("/data", lang="en")


def test_an_address_in_capitals_leads_to_its_page(visit):
    page = visit("Data?sector=schools&lang=en")
    page.arrives("/data", sector="schools", lang="en")
    expect(page.page.get_by_role("table").first).to_be_visible()
    # Streamlit itself says that it knows no such page, and is right.
    assert [said for said in page.complaints if "does not seem to exist" not in said] == []


@pytest.mark.parametrize("path", ["?sector=fish-ponds", "indicator?id=pond-area"])
def test_an_image_is_seen_before_it_is_saved(found, tmp_path, path):
    page = found(path)
    for format in ("png", "svg"):
        page.download(format).save_as(tmp_path / f"sheet.{format}")
    shown = page.control().locator(".preview img")
    expect(shown).to_be_visible()
    page.page.wait_for_function("one => one.naturalWidth > 500", arg=shown.element_handle())
    assert Image.open(tmp_path / "sheet.png").size[0] > 1000
    assert b"<svg" in (tmp_path / "sheet.svg").read_bytes()[:200]


def test_all_charts_and_data_are_packed(found, unzip, tmp_path):
    page = found("?sector=fish-ponds")
    path = tmp_path / "pack.zip"
    page.download("png", -1).save_as(path)
    names = [one.name for one in unzip(path).iterdir()]
    assert any(name.endswith(".png") for name in names) and any(name.endswith(".csv") for name in names)


def saved(page, button) -> bytes:
    with page.page.expect_download() as waiting:
        button.click()
    return waiting.value.path().read_bytes()


def test_every_file_that_the_server_makes_is_saved(found):
    page = found("data?lang=en")
    buttons = page.page.get_by_test_id("stDownloadButton").get_by_role("button")
    table, records, workbook, package, *more = (saved(page, one) for one in buttons.all())
    assert more and all(one.startswith(b"\xef\xbb\xbf") for one in (table, *more))
    assert json.loads(records)
    assert len(openpyxl.load_workbook(io.BytesIO(workbook)).sheetnames) == 2
    assert "datapackage.json" in zipfile.ZipFile(io.BytesIO(package)).namelist()
    with page.rerun():
        page.link("Evaluation").click()
    assert b"<html" in saved(page, page.page.get_by_test_id("stDownloadButton").get_by_role("button").first)


@pytest.fixture
def elsewhere(tmp_path):
    """Another site, which holds what it is given: `localhost` and 127.0.0.1 are two sites to a browser."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=tmp_path)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()

        def holding(code: str) -> str:
            (tmp_path / "page.html").write_text(f"<!DOCTYPE html><h1>News</h1>{code}", encoding="utf-8")
            return f"http://localhost:{server.server_port}/page.html"

        yield holding
        server.shutdown()


def frame(address: str) -> str:
    return f'<iframe src="{escape(address)}" width="700" height="600"></iframe>'


def test_the_code_that_a_page_offers_shows_its_chart_in_another_site(found, elsewhere):
    page = found("indicator?id=pond-area&lang=en")
    share = page.page.locator("details.share").first
    share.locator("summary").click()
    code = share.locator("input").last.input_value()
    assert code.startswith("<iframe")
    page.page.goto(elsewhere(code))
    page.page.frame_locator("iframe").locator(CHART).first.wait_for()
    page.requests.clear()  # the other site is no part of ours


@pytest.mark.parametrize("identifier", ALONE)
def test_another_site_may_frame_a_chart_alone(chromium, site, elsewhere, identifier):
    page, said = chromium.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    page.goto(elsewhere(frame(f"{site.address}/chart?id={identifier}&embed=true")))
    page.frame_locator("iframe").locator(CHART).first.wait_for()
    assert not [words for words in said if "Content Security Policy" in words]
    page.close()


@pytest.mark.parametrize("path", ["", "data?embed=true", "chart?id=pace", "_stcore/health"])
def test_another_site_may_frame_nothing_else(chromium, site, elsewhere, path):
    page = chromium.new_page()
    with page.expect_console_message(lambda said: "frame-ancestors 'none'" in said.text or "X-Frame" in said.text):
        page.goto(elsewhere(frame(f"{site.address}/{path}")))
    (inner,) = page.main_frame.child_frames
    assert inner.url.startswith("chrome-error:")
    page.close()


def test_what_the_policy_forbids_does_not_happen(chromium, site, elsewhere):
    """Had a stranger's words become part of a page, nothing of theirs would run, show, or be told elsewhere."""
    page = chromium.new_page()
    page.goto(f"{site.address}/?lang=en")
    page.get_by_role("heading", level=1).wait_for()
    refused = page.evaluate(
        """async (there) => {
          const said = new Set();
          document.addEventListener("securitypolicyviolation", (one) => said.add(one.effectiveDirective));
          const put = (name, more) => document.body.append(Object.assign(document.createElement(name), more));
          put("script", { textContent: "window.harmed = true" });
          put("script", { src: there });
          put("img", { src: there });
          put("iframe", { src: there });
          put("div", { innerHTML: "<b onclick='window.harmed = true'>x</b>" });
          document.querySelector("body > div > b").click();
          await fetch(there).then(() => { window.harmed = true; }, () => {});
          while (said.size < 5) await new Promise((done) => setTimeout(done, 20));
          return [...said].sort();
        }""",
        elsewhere("<p>harm</p>"),
    )
    assert refused == ["connect-src", "frame-src", "img-src", "script-src-attr", "script-src-elem"]
    assert page.evaluate("window.harmed") is None
    page.close()


@pytest.mark.usefixtures("nginx")
def test_an_open_page_outlives_both_replicas_in_turn_with_its_filter_and_its_downloads(visit, tmp_path, plan):
    with served(tmp_path, plan) as site:
        found = visit("data?sector=schools&lang=en", at=site.address)
        found.page.locator("[data-guarded]").wait_for(state="attached")
        rows = found.page.get_by_role("table").first.locator("tbody tr")
        before, address = rows.count(), found.page.url
        for number in range(2):
            # One of the two has the page.
            old = site.replicas
            os.kill(old[number], signal.SIGKILL)
            until(lambda old=old: len(site.replicas) == 2 and site.replicas != old, "two replicas")
            expect(found.page.locator("p.guard")).to_have_count(0, timeout=60_000)
            expect(rows).to_have_count(before)
        assert found.page.url == address
        with found.page.expect_download() as waiting:
            found.page.get_by_test_id("stDownloadButton").get_by_role("button").first.click()
        assert waiting.value.path().stat().st_size > 100
        found.choose("sector", "Fish ponds")
        found.page.wait_for_url(re.compile("fish-ponds"))


@pytest.mark.usefixtures("nginx")
def test_while_none_is_up_a_reader_gets_a_page_that_tries_again_by_itself(chromium, tmp_path, plan):
    with served(tmp_path, plan, replicas=1) as site:
        # Held, so that it does not start the replica again at once.
        site.program.send_signal(signal.SIGSTOP)
        os.kill(site.replicas[0], signal.SIGKILL)
        until(lambda: ask(site, "/").status != 200, "nobody is up")
        answer = ask(site, "/data?q=a")
        assert answer.status == 503
        assert answer.headers["retry-after"] == "10" and answer.headers["cache-control"] == "no-store"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        text = answer.body.decode("utf-8")
        waits = '<meta http-equiv="refresh" content="15">'
        assert "马上回来" in text and "Back in a moment" in text and waits in text
        page = chromium.new_page()

        def impatient(route) -> None:
            """The page as it is, but for how long it waits."""
            answer = route.fetch()
            route.fulfill(response=answer, body=answer.text().replace(waits, waits.replace("15", "1")))

        page.route("**/data", impatient)
        page.goto(f"{site.address}/data")
        expect(page.get_by_role("heading", level=1)).to_have_text("马上回来")
        site.program.send_signal(signal.SIGCONT)
        # It comes to the page that was asked for.
        page.get_by_test_id("stApp").wait_for(timeout=60_000)
        assert page.url == f"{site.address}/data" or page.url.startswith(f"{site.address}/data?")
        page.close()
