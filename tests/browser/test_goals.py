"""Earlier goals as a reader meets them: a figure that leads to all of them, a table, a picture."""

import re

import pytest
from PIL import Image
from playwright.sync_api import expect

TOP = "element => element.getBoundingClientRect().top"


@pytest.mark.parametrize("width", [1280, 390])
def test_the_figure_of_the_overview_leads_to_all_of_them(visit, width):
    found = visit("?sector=water", locale="en-GB", width=width, height=844)
    tile = found.page.locator("a.tile", has_text="earlier goals kept")
    kept, checked = tile.locator("b").inner_text().split("/")
    expect(tile.locator("small")).to_contain_text("firm verdicts: 0")
    tile.click()
    found.arrives("/evaluation", sector="water", earlier="show")
    title = found.page.locator("h2#earlier")
    expect(title).to_have_text("What earlier goals came to")
    expect(title.locator("xpath=following-sibling::p").first).to_contain_text(f"{checked} can be checked: {kept} kept")
    expect(found.charts).to_have_count(3)
    # The page was led to it, though charts stand above.
    found.page.wait_for_function(
        "() => Math.abs(document.querySelector('h2#earlier').getBoundingClientRect().top) < 300"
    )
    found.page.go_back()
    found.arrives("/", sector="water")
    assert found.complaints == []


def test_all_of_them_are_shown_and_hidden_and_each_leads_to_its_indicator(visit):
    found = visit("evaluation?year=2028", locale="en-GB")
    expect(found.charts).to_have_count(2)
    with found.rerun():
        found.page.get_by_role("link", name="Show all 70").click()
    found.arrives("/evaluation", year="2028", earlier="show")
    part = found.page.locator("details#earlier-energy")
    expect(part.locator("summary")).to_have_text("Energy: 7 goals, 1 kept, 4 missed, 2 cannot be judged")
    part.locator("summary").click()
    row = part.get_by_role("row", name="9.5 billion m³")
    expect(row).to_contain_text("missed by 2.5 billion m³ (21% of the goal)")
    row.get_by_role("link").click()
    found.arrives("/indicator", year="2028", id="unconventional-gas-output")
    found.page.go_back()
    with found.rerun():
        found.page.get_by_role("link", name="Hide them").click()
    found.arrives("/evaluation", year="2028")
    expect(found.charts).to_have_count(2)
    assert found.complaints == []


@pytest.mark.parametrize(
    ("locale", "missed"), [("zh-CN", "未实现，相差25亿立方米"), ("en-GB", "missed by 2.5 billion m³")]
)
def test_an_indicators_table_stands_under_its_evidence_and_tells_how_it_is_judged(visit, locale, missed):
    found = visit("indicator?id=unconventional-gas-output", locale=locale)
    table = found.page.locator(".goals .rows")
    expect(table.get_by_role("row")).to_have_count(1 + 6)
    expect(table).to_contain_text(missed)
    assert table.evaluate(TOP) > found.page.locator(".pieces").last.evaluate(TOP)
    # A page on which a place was asked for is led there, from another page too.
    found.page.locator("a[href$='#earlier']").click()
    expect(found.page.locator("h2#earlier")).to_have_text(
        {"zh-CN": "以往目标怎么看"}.get(locale, "How to read earlier goals")
    )
    found.page.wait_for_function(
        "() => Math.abs(document.querySelector('h2#earlier').getBoundingClientRect().top) < 300"
    )
    assert found.complaints == []


def test_its_chart_is_downloaded_in_the_shape_that_was_asked_for(visit, tmp_path):
    found = visit("evaluation?earlier=show", locale="zh-CN")
    expect(found.charts).to_have_count(3)
    saved = found.download("png", chart=2, shape="square")
    assert re.fullmatch(r"各领域以往目标的结果_方图_[0-9-]{10}\.png", saved.suggested_filename)
    saved.save_as(tmp_path / "sheet.png")
    with Image.open(tmp_path / "sheet.png") as picture:
        assert picture.size == (2160, 2160)
    assert found.foreign() == [] and found.complaints == []
