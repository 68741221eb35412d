"""In a real browser the policy costs a reader nothing, and keeps others from framing what they must not."""

import functools
import os
import re
import signal
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.public.conftest import served, until

pytestmark = [pytest.mark.serve, pytest.mark.browser]


def test_page_and_charts_come_without_a_complaint_or_another_host(visit):
    found = visit("?lang=en")
    found.charts.first.locator(".main-svg").first.wait_for()
    found.page.locator("[data-guarded]").wait_for(state="attached")
    assert found.foreign() == [] and found.complaints == []


@pytest.mark.parametrize("path", ["sector?id=schools", "indicator?id=pond-area", "evaluation", "data", "method"])
def test_every_page_comes_without_a_complaint(visit, path):
    found = visit(path)
    found.page.locator("[data-guarded]").wait_for(state="attached")
    assert found.foreign() == [] and found.complaints == []


@pytest.mark.parametrize("format", ["png", "svg"])
def test_an_image_is_drawn_and_saved(visit, tmp_path, format):
    found = visit("indicator?id=pond-area")
    path = tmp_path / f"sheet.{format}"
    found.download(format).save_as(path)
    if format == "png":
        assert Image.open(path).size[0] > 1000
    else:
        assert b"<svg" in path.read_bytes()[:200]
    assert found.foreign() == [] and found.complaints == []


def test_all_charts_and_data_are_packed(visit, unzip, tmp_path):
    found = visit("?sector=fish-ponds")
    path = tmp_path / "pack.zip"
    found.download("png", -1).save_as(path)
    names = [one.name for one in unzip(path).iterdir()]
    assert any(name.endswith(".png") for name in names) and any(name.endswith(".csv") for name in names)
    assert found.complaints == []


def test_the_table_and_the_report_are_saved(visit):
    found = visit("data?lang=en")
    with found.page.expect_download() as waiting:
        found.page.get_by_test_id("stDownloadButton").get_by_role("button").first.click()
    assert waiting.value.path().stat().st_size > 100
    found.page.goto(f"{found.address}/evaluation?lang=en")
    found.settles()
    with found.page.expect_download() as waiting:
        found.page.get_by_test_id("stDownloadButton").get_by_role("button").first.click()
    assert "<html" in waiting.value.path().read_text("utf-8")
    assert found.complaints == []


@pytest.fixture
def elsewhere(tmp_path):
    """Another site, which frames what it is given: `localhost` and 127.0.0.1 are two sites to a browser."""
    handler = functools.partial(SimpleHTTPRequestHandler, directory=tmp_path)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()

        def framing(address: str) -> str:
            frame = f'<!DOCTYPE html><iframe src="{address}" width="700" height="600"></iframe>'
            (tmp_path / "page.html").write_text(frame, encoding="utf-8")
            return f"http://localhost:{server.server_port}/page.html"

        yield framing
        server.shutdown()


def test_another_site_may_frame_the_chart_alone(chromium, site, elsewhere):
    page = chromium.new_page()
    page.goto(elsewhere(f"{site.address}/chart?id=start.fish-ponds&amp;embed=true"))
    page.frame_locator("iframe").locator(".js-plotly-plot .main-svg").first.wait_for()
    page.close()


@pytest.mark.parametrize("path", ["", "data?embed=true", "chart?id=start.fish-ponds", "_stcore/health"])
def test_another_site_may_frame_nothing_else(chromium, site, elsewhere, path):
    page = chromium.new_page()
    with page.expect_console_message(lambda said: "frame-ancestors 'none'" in said.text or "X-Frame" in said.text):
        page.goto(elsewhere(f"{site.address}/{path}"))
    (frame,) = page.main_frame.child_frames
    assert frame.url.startswith("chrome-error:")
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
def test_the_page_for_a_reader_who_must_wait_looks_like_one(chromium, tmp_path, plan):
    with served(tmp_path, plan, replicas=1) as site:
        site.program.send_signal(signal.SIGSTOP)
        os.kill(site.replicas[0], signal.SIGKILL)
        page = chromium.new_page()
        page.goto(f"{site.address}/data")
        expect(page.get_by_role("heading", level=1)).to_have_text("马上回来")
        site.program.send_signal(signal.SIGCONT)
        # It tries again by itself and comes to the page that was asked for.
        page.get_by_test_id("stApp").wait_for(timeout=60_000)
        assert page.url == f"{site.address}/data" or page.url.startswith(f"{site.address}/data?")
        page.close()
