"""The evaluation as a file, as it is opened: in a browser, on a narrow phone, where no script runs."""

import pytest
from playwright.sync_api import expect

from loaders.book import load
from tests.browser.conftest import ROOT
from views import report

BOOK = load(ROOT / "indicators").book
BOTH = pytest.mark.parametrize("language", ["zh", "en"])
# What is right of the window with nothing around it that scrolls.
BEYOND = """() => [...document.querySelectorAll("body :is(p, li, h1, h2, h3, text)")]
  .filter(one => !one.closest(".rows") && one.getBoundingClientRect().right > innerWidth + 1)
  .map(one => one.textContent.slice(0, 40))"""


@pytest.fixture
def opened(chromium, tmp_path):
    contexts = []

    def open_file(language: str, **options):
        path = tmp_path / "evaluation.html"
        path.write_text(report.document(BOOK, 2027, language), encoding="utf-8")
        contexts.append(chromium.new_context(**options))
        page = contexts[-1].new_page()
        page.goto(path.as_uri())
        return page

    yield open_file
    for context in contexts:
        context.close()


@BOTH
@pytest.mark.parametrize("width", [360, 390])
def test_on_a_phone_the_page_is_as_wide_as_the_screen(opened, language, width):
    page = opened(language, viewport={"width": width, "height": 800})
    expect(page.locator(".js-plotly-plot .main-svg").last).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate(BEYOND) == []
    expect(page.locator("noscript .rows")).to_have_count(0)


@BOTH
def test_without_scripts_each_chart_is_a_sentence_and_a_table(opened, language):
    page = opened(language, viewport={"width": 360, "height": 800}, java_script_enabled=False)
    for drawn in page.locator(".drawn").all():
        expect(drawn).to_be_hidden()
    told = page.locator("noscript .rows")
    expect(told).to_have_count(3)  # verdicts, paces, earlier goals
    for one in told.all():
        expect(one).to_be_visible()
        expect(one.locator("xpath=preceding-sibling::p")).to_be_visible()
