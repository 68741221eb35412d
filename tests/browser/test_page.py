"""What a person does with the page, in real Chromium."""

import pytest
from playwright.sync_api import expect


def charts(found):
    return found.page.locator(".js-plotly-plot")


def headings(found):
    return found.page.get_by_test_id("stHeading").locator("h3")


def pill(found, name):
    return found.page.get_by_test_id("stButtonGroup").get_by_text(name)


def test_the_page_opens_in_the_browsers_language(visit):
    for locale, heading, title in (
        ("zh-CN", "从哪里起步", "山西省“十五五”规划纲要"),
        ("en-GB", "where each target", "Shanxi's 15th Five-Year Plan"),
    ):
        page = visit(locale=locale).page
        expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
        expect(page).to_have_title(title)


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_nothing_is_asked_of_another_host_and_nothing_fails(visit, locale):
    found = visit(locale=locale)
    expect(charts(found).first).to_be_visible()
    found.download("png")
    assert found.foreign() == []
    assert found.complaints == []


def test_a_filter_leaves_its_sector_and_its_id_in_the_address(visit):
    found = visit()
    expect(charts(found)).to_have_count(10)
    pill(found, "健康").click()
    expect(charts(found)).to_have_count(1)
    expect(headings(found).first).to_contain_text("健康")
    found.page.wait_for_url("**/?sector=health-care")


@pytest.mark.parametrize(("locale", "name"), [("zh-CN", "水"), ("en-GB", "Water")])
def test_a_link_opens_the_same_view_in_either_language(visit, locale, name):
    found = visit("?sector=water", locale=locale)
    expect(charts(found)).to_have_count(1)
    expect(headings(found).first).to_contain_text(name)


def test_the_address_chooses_the_language_over_the_browser(visit):
    found = visit("?lang=en&sector=health-care", locale="zh-CN")
    expect(headings(found).first).to_contain_text("Health")


def test_a_switch_of_language_keeps_the_view(visit):
    found = visit("?sector=health-care")
    found.page.get_by_text("English", exact=True).click()
    expect(headings(found).first).to_contain_text("Health")
    expect(charts(found)).to_have_count(1)
    found.page.wait_for_url("**/?sector=health-care&lang=en")


def test_back_and_forward_walk_through_the_views(visit):
    found = visit()
    pill(found, "能源").click()
    expect(charts(found)).to_have_count(1)
    pill(found, "健康").click()
    expect(charts(found)).to_have_count(2)
    found.page.go_back()
    expect(charts(found)).to_have_count(1)
    expect(headings(found).first).to_contain_text("能源")
    found.page.go_back()
    expect(charts(found)).to_have_count(10)
    found.page.go_forward()
    expect(charts(found)).to_have_count(1)


@pytest.mark.parametrize("query", ["?sector=nonsense", "?sector=<script>alert(1)</script>", "?sector=能源"])
def test_an_unknown_value_is_named_and_ignored(visit, query):
    found = visit(query)
    expect(found.page.get_by_test_id("stAlert")).to_contain_text("已忽略")
    expect(charts(found)).to_have_count(10)
    assert found.complaints == []


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_charts_whole(visit, locale, scheme):
    found = visit(locale=locale, scheme=scheme, width=390, height=844)
    expect(charts(found)).to_have_count(10)
    for number in range(10):
        expect(charts(found).nth(number).locator(".annotation-text").first).to_be_visible()
    assert found.page.evaluate("document.documentElement.scrollWidth") <= 390
    cut = found.page.evaluate(
        """() => [...document.querySelectorAll('.js-plotly-plot text')]
            .filter(text => { const box = text.getBoundingClientRect();
                              return box.width && (box.left < 0 || box.right > innerWidth); })
            .map(text => text.textContent)"""
    )
    assert cut == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_chart_words_have_the_ink_of_the_page(visit, scheme):
    found = visit("?sector=energy", scheme=scheme)
    expect(charts(found)).to_have_count(1)
    found.page.wait_for_function(SAME_INK)


# The words of a chart are about as bright as the page's heading (they are redrawn as the theme arrives).
SAME_INK = """() => {
  const brightness = (element, property) => {
    const parts = getComputedStyle(element)[property].match(/[0-9.]+/g) || [];
    return parts.slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 3;
  };
  const words = document.querySelector(".js-plotly-plot .annotation-text");
  const heading = document.querySelector("h1");
  return words && heading && Math.abs(brightness(words, "fill") - brightness(heading, "color")) < 40;
}"""


def test_numbers_read_as_people_write_them(visit):
    for locale, wanted in (("zh-CN", "166.9亿立方米"), ("en-GB", "16.69 billion m³")):
        found = visit("?sector=energy", locale=locale)
        expect(charts(found).first.locator(".annotation-text", has_text=wanted)).to_be_visible()
        texts = " ".join(charts(found).first.locator("text").all_text_contents())
        assert "e+" not in texts
        assert "000000" not in texts


def test_each_chart_says_in_words_what_it_shows(visit):
    found = visit("?sector=health-care", locale="en-GB")
    label = found.page.locator("[role=figure]").first.get_attribute("aria-label")
    assert "Maternal mortality ratio: no comparable baseline → target: at most 12 per 100,000" in label
