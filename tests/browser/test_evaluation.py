"""The evaluation: a year of choice on the page, and one file that opens with no network."""

import re

import pytest
from playwright.sync_api import expect


def test_a_year_is_chosen_and_stands_in_the_address(visit):
    found = visit("evaluation?sector=energy", locale="en-GB", height=800)
    year = found.link("2028", ".controls")
    expect(found.page.get_by_role("heading", name="Evaluation 2026")).to_be_visible()
    year.click()
    found.arrives("/evaluation", sector="energy", year="2028")
    expect(found.page.get_by_role("heading", name="Evaluation 2028")).to_be_visible()
    expect(found.page.get_by_text("2028 is not over")).to_be_visible()
    expect(found.charts).to_have_count(2)
    # With all parts closed the page is short, and no table scrolls in a box of its own.
    assert found.page.get_by_test_id("stMain").evaluate("element => element.scrollHeight") <= 4000
    found.page.locator("details#energy summary").click()
    row = found.page.locator("details#energy").get_by_role("row", name="Unconventional natural gas output")
    expect(row).to_contain_text("25.6 billion m³")  # the path's value at the end of 2028
    assert found.page.locator("details.part .rows").evaluate_all(SCROLLS) == []
    row.get_by_role("link").click()
    found.arrives("/indicator", sector="energy", year="2028", id="unconventional-gas-output")
    found.page.go_back()
    found.arrives("/evaluation", sector="energy", year="2028")
    expect(year).to_have_attribute("aria-current", "true")
    assert found.complaints == []


SCROLLS = """all => all.filter(one => one.clientHeight && one.scrollHeight > one.clientHeight + 1)
  .map(one => one.ariaLabel)"""


@pytest.mark.parametrize(("locale", "name"), [("zh-CN", "评估报告"), ("en-GB", "Download the evaluation")])
def test_the_report_opens_with_no_network_and_no_server(visit, chromium, tmp_path, locale, name):
    found = visit("evaluation?year=2030", locale=locale)
    with found.page.expect_download() as waiting:
        found.page.get_by_role("button", name=name).click()
    assert re.fullmatch(r"(2030年评估|evaluation_2030)\.html", waiting.value.suggested_filename)
    waiting.value.save_as(tmp_path / "report.html")
    context = chromium.new_context(offline=True, viewport={"width": 1100, "height": 900})
    page, asked, complaints = context.new_page(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"file://{tmp_path / 'report.html'}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("2030")
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    expect(page.locator(".js-plotly-plot")).to_have_count(3)
    expect(page.locator("html")).to_have_attribute("lang", locale[:2])
    assert page.get_by_role("row").count() > 97
    assert page.evaluate("document.documentElement.scrollWidth") <= 1100
    assert asked == [page.url]
    assert complaints == []
    context.close()


def test_the_method_is_worked_through_on_another_target(visit):
    found = visit("method?id=irrigation-coefficient", locale="en-GB")
    worked = found.page.get_by_role("region", name="Our calculation")
    expect(worked).to_contain_text("(0.578 − 0.546) ÷ (0.6 − 0.546)")
    expect(found.page.get_by_text("This is not a verdict")).to_be_visible()
    assert found.complaints == []


def test_how_hard_it_is_follows_the_filter_and_leads_to_the_indicator(visit):
    found = visit("evaluation?sector=water&kind=level", locale="en-GB")
    pace = found.page.locator("[class*=st-key-chart-pace] .js-plotly-plot")
    expect(pace).to_contain_text("recent: 0.0064 a year (2019–2024)")
    table = found.page.locator("details.drawer").last
    table.locator("summary").click()
    table.get_by_role("table").get_by_role("link").click()
    found.arrives("/indicator", sector="water", kind="level", id="irrigation-coefficient")
    assert found.complaints == []


@pytest.mark.parametrize("width", [390, 1280])
def test_the_rule_of_comparability_is_seen_whole(visit, width):
    rule = visit("method?lang=en", width=width).page.get_by_role("region", name="Difference")
    expect(rule).to_be_visible()
    assert rule.evaluate("one => one.scrollHeight <= one.clientHeight + 1")
