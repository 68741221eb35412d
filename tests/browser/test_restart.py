"""A page that outlives its server: stopped and started again on the same port, the page works or says what to do."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import free_port, serving


class Server:
    """A dashboard that can be stopped and started on its port."""

    def __init__(self) -> None:
        self.port, self.running = free_port(), ExitStack()

    def start(self) -> str:
        return self.running.enter_context(serving(port=self.port))

    def stop(self) -> None:
        self.running.close()


@pytest.fixture
def server() -> Iterator[Server]:
    one = Server()
    with one.running:
        yield one


def guard(found):
    return found.page.locator("p.guard")


def guarded(visit, server, query: str, **more):
    """A page whose guard has come: it comes last, behind what a visit waits for."""
    found = visit(query, at=server.start(), **more)
    found.page.locator("[data-guarded]").wait_for(state="attached")
    return found


@pytest.fixture
def outlived(visit, server):
    """A page whose server was stopped and started again, once it says that it is back."""

    def open_page(query: str, **more):
        found = guarded(visit, server, query, **more)
        server.stop()
        expect(guard(found)).to_be_visible()
        server.start()
        expect(guard(found)).to_have_count(0, timeout=60_000)
        return found

    return open_page


@pytest.mark.parametrize(("locale", "words"), [("zh-CN", "点击无效"), ("en-GB", "clicks have no effect")])
def test_without_its_server_a_page_says_so_and_takes_no_clicks(visit, server, locale, words):
    found = guarded(visit, server, "data?sector=water", locale=locale)
    server.stop()
    expect(guard(found)).to_contain_text(words)
    assert found.page.get_by_test_id("stMain").evaluate("element => element.inert")
    # Streamlit opens its own dialog after some tries, in English: it stays out of sight.
    found.page.get_by_test_id("stDialog").wait_for(state="attached", timeout=60_000)
    expect(found.page.get_by_role("dialog")).to_have_count(0)
    expect(guard(found)).to_be_visible()


def test_a_click_on_a_filter_counts(outlived):
    found = outlived("data?sector=water&lang=en")
    found.choose("sector", "Energy")
    found.arrives("/data", sector=["water", "energy"], lang="en")
    expect(found.page.get_by_role("table").first.locator("tbody tr")).to_have_count(19)


def test_a_click_that_is_quicker_than_the_page_waits_for_it(visit, server):
    """The bar is not waited for: what is clicked as soon as the page takes clicks must count."""
    found = guarded(visit, server, "data?sector=water&lang=en")
    server.stop()
    expect(guard(found)).to_be_visible()
    server.start()
    found.pill("sector", "Energy").click()
    found.arrives("/data", sector=["water", "energy"], lang="en")
    expect(found.page.get_by_role("table").first.locator("tbody tr")).to_have_count(19)


def test_files_images_and_packs_are_there_again(outlived, tmp_path):
    found = outlived("data?sector=water&kind=level", locale="zh-CN")
    with found.page.expect_download() as waiting:
        found.page.get_by_test_id("stDownloadButton").get_by_role("button").first.click()
    assert waiting.value.suggested_filename == "目标与基期值.csv" and waiting.value.failure() is None
    for chart, ending in ((0, ".zip"), (1, ".png")):
        path: Path = tmp_path / "made"
        download = found.download("png", chart)
        download.save_as(path)
        assert download.suggested_filename.endswith(ending) and path.stat().st_size > 10_000


def test_a_chart_alone_is_there_again(outlived):
    found = outlived("chart?id=start.water&lang=en&embed=true")
    expect(found.page.locator(".board tbody tr")).to_have_count(5)
    expect(found.page.get_by_role("link", name="See all the evidence")).to_have_attribute("href", re.compile("lang=en"))


def test_where_nothing_answers_the_page_asks_to_be_loaded_again(visit, server):
    found = guarded(visit, server, "data?sector=water&lang=en", apart=True)
    found.page.clock.install()
    server.stop()
    expect(guard(found)).to_be_visible()
    # The line is back, but what the page asks is lost on the way.
    found.page.evaluate("WebSocket.prototype.send = () => {}")
    server.start()
    for _ in range(60):
        found.page.clock.fast_forward(1_000)
        if "reload" in guard(found).inner_text():
            break
    expect(guard(found)).to_have_text("This page could not be restored. Please reload it.")
