"""What a person does with the page, in real Chromium."""

import re

import pytest
from playwright.sync_api import expect


def charts(found):
    return found.charts


def headings(found):
    return found.page.get_by_role("heading", level=2)


def option(found, name):
    """A choice of the controls for language and units in the head."""
    return found.page.locator(".st-key-choices").get_by_role("radio", name=name, exact=True)


def test_the_page_opens_in_the_browsers_language(visit):
    for locale, heading, title in (
        ("zh-CN", "从哪里起步", "总览 – 山西省“十五五”规划纲要"),
        ("en-GB", "where each target", "Overview – Shanxi's 15th Five-Year Plan"),
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
    found.choose("sector", "健康与照护")
    expect(charts(found)).to_have_count(1)
    expect(headings(found).first).to_contain_text("健康")
    found.arrives("/", sector="health-care")


@pytest.mark.parametrize(("locale", "name"), [("zh-CN", "水"), ("en-GB", "Water")])
def test_a_link_opens_the_same_view_in_either_language(visit, locale, name):
    found = visit("?sector=water", locale=locale)
    expect(charts(found)).to_have_count(1)
    expect(headings(found).first).to_contain_text(name)


def test_the_address_chooses_the_language_over_the_browser(visit):
    found = visit("?lang=en&sector=health-care", locale="zh-CN")
    expect(headings(found).first).to_contain_text("Health")


@pytest.mark.parametrize(
    ("page", "first"),
    [
        ("sector?id=water", "Water"),
        ("indicator?id=maternal-mortality", "Maternal mortality"),
        ("evaluation?year=2028", "Evaluation 2028"),
        ("data?", "Data"),
        ("method?", "Method"),
        ("chart?id=start.water", "Water: from the baseline"),
    ],
)
def test_a_tab_says_first_what_it_shows(visit, page, first):
    found = visit(f"{page}&lang=en")
    expect(found.page).to_have_title(re.compile(f"^{first}.* – Shanxi's 15th Five-Year Plan$"))


@pytest.mark.parametrize(
    ("asked", "locale", "words"),
    [
        *((asked, "en-GB", "水") for asked in ("zh-CN", "ZH", "zh_Hans_CN")),
        *((asked, "zh-CN", "Water") for asked in ("EN", "en-US")),
        ("english", "zh-CN", "水"),
    ],
)
def test_a_language_is_known_as_other_sites_write_it(visit, asked, locale, words):
    found = visit(f"sector?id=water&lang={asked}", locale=locale)
    expect(found.page.get_by_role("heading", level=1)).to_have_text(words)


def test_the_name_of_a_page_may_be_in_capitals(visit):
    found = visit("Sector?id=water&lang=zh")
    found.arrives("/sector", id="water", lang="zh")
    expect(found.page.get_by_role("heading", level=1)).to_have_text("水")
    expect(found.page.get_by_role("dialog")).to_have_count(0)


def test_a_switch_of_language_keeps_the_view(visit):
    found = visit("?sector=health-care")
    option(found, "English").click()
    expect(headings(found).first).to_contain_text("Health")
    expect(charts(found)).to_have_count(1)
    found.arrives("/", sector="health-care", lang="en")
    expect(option(found, "English")).to_be_checked()


def test_back_and_forward_walk_through_the_views(visit):
    found = visit()
    found.choose("sector", "能源")
    expect(charts(found)).to_have_count(1)
    found.choose("sector", "健康与照护")
    expect(charts(found)).to_have_count(2)
    found.page.go_back()
    expect(charts(found)).to_have_count(1)
    expect(headings(found).first).to_contain_text("能源")
    found.page.go_back()
    expect(charts(found)).to_have_count(10)
    found.page.go_forward()
    expect(charts(found)).to_have_count(1)


@pytest.mark.parametrize("query", ["?sector=<script>alert(1)</script>&sector=能源"])
def test_an_unknown_value_is_named_and_ignored(visit, query):
    found = visit(query)
    expect(found.page.get_by_test_id("stAlert")).to_contain_text("已忽略")
    expect(charts(found)).to_have_count(10)
    assert found.complaints == []


@pytest.mark.parametrize("query", ["?lang=zh-international&units=furlong", "?lang=&units="])
def test_an_unknown_language_or_unit_does_no_harm(visit, query):
    found = visit(query + "&sector=energy", locale="en-GB")
    expect(headings(found).first).to_contain_text("Energy")
    expect(charts(found)).to_have_count(1)
    expect(option(found, "English")).to_be_checked()
    expect(option(found, "International units")).to_be_checked()
    assert found.complaints == []


@pytest.mark.parametrize(("locale", "name"), [("zh-CN", "数据")])
def test_the_head_leads_to_every_page(visit, locale, name):
    found = visit(locale=locale)
    links = found.page.locator(".st-key-head").get_by_role("link")
    expect(links).to_have_count(6)
    pages = ("/sector", "/indicator", "/evaluation", "/data", "/method")
    for number, path in (*enumerate(pages, 1), (0, "/")):
        links.nth(number).click()
        found.arrives(path)
        expect(found.page.get_by_role("heading", level=1)).to_have_count(1)
        expect(found.page.get_by_test_id("stAlert")).to_have_count(0)
    expect(links.nth(4)).to_have_text(name)
    assert found.foreign() == []
    assert found.complaints == []


def test_the_table_of_a_chart_is_one_key_away(visit):
    found = visit("?sector=health-care", locale="en-GB")
    drawer = found.page.locator("details", has=found.page.locator("table"))
    drawer.locator("summary").focus()
    found.page.keyboard.press("Enter")
    table = drawer.get_by_role("table")
    expect(table.locator("tbody tr")).to_have_count(10)
    expect(table.locator("tbody tr").first).to_contain_text("12 per 100,000")
    table.locator("tbody tr").first.click(position={"x": 400, "y": 12})  # beside its link
    expect(found.page.get_by_role("heading", level=1)).to_contain_text("Maternal mortality")
    found.arrives("/indicator", sector="health-care", id="maternal-mortality")
    found.page.go_back()
    found.arrives("/", sector="health-care")
    expect(charts(found)).to_have_count(1)


@pytest.mark.parametrize("width", [1280, 390])
def test_a_sector_has_a_small_chart_for_each_indicator_that_has_years(visit, width):
    found = visit("?sector=water", locale="en-GB", width=width)
    found.page.get_by_role("link", name="year by year").click()
    expect(found.page.get_by_role("heading", level=1)).to_have_text("Water")
    found.arrives("/sector", id="water", sector="water")
    expect(charts(found)).to_have_count(5)
    assert headings(found).all_inner_texts()[2:4] == [
        "Use of unconventional water",
        "Utilization rate of reclaimed water",
    ]
    boxes = [charts(found).nth(number).bounding_box() for number in range(5)]
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= width for box in boxes)
    assert (len({box["x"] for box in boxes}) == 1) == (width == 390)  # one column on a phone
    assert found.complaints == []


def test_a_sector_lists_what_has_no_chart(visit):
    found = visit("sector?id=culture", locale="en-GB")
    expect(charts(found)).to_have_count(0)
    expect(found.page.get_by_test_id("stMain").get_by_role("listitem")).to_have_count(4)


def test_another_sector_is_chosen_and_an_unknown_one_is_named(visit):
    found = visit("sector?id=nonsense", locale="en-GB")
    expect(found.page.get_by_test_id("stAlert")).to_contain_text("nonsense")
    found.page.get_by_role("combobox").click()
    with found.rerun():  # while a page changes, what it showed stands beside what it will show
        found.page.get_by_role("option", name="Health and care").click()
    found.arrives("/sector", id="health-care")
    expect(found.page.get_by_role("heading", level=1)).to_have_text("Health and care")
    expect(found.page.get_by_test_id("stAlert")).to_have_count(0)


@pytest.mark.parametrize(("locale", "scheme"), [("zh-CN", "dark"), ("en-GB", "light")])
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


def test_numbers_read_as_people_write_them(visit):
    for locale, wanted in (("zh-CN", "166.9亿立方米"), ("en-GB", "16.69 billion m³")):
        found = visit("?sector=energy", locale=locale)
        expect(charts(found).first.locator(".annotation-text", has_text=wanted)).to_be_visible()
        texts = " ".join(charts(found).first.locator("text").all_text_contents())
        assert "e+" not in texts
        assert "000000" not in texts


@pytest.mark.parametrize(
    ("language", "switch", "units", "before", "after"),
    [
        ("zh", "国际单位", "international", "300亿立方米", "30×10⁹立方米"),
        ("en", "Chinese units", "chinese", "30 billion m³", "300 亿立方米"),
    ],
)
def test_units_are_the_readers_choice_in_either_language(visit, language, switch, units, before, after):
    found = visit(f"?lang={language}&q=煤层气")
    words = charts(found).first.locator(".annotation-text")
    expect(words.filter(has_text=before)).to_have_count(1)
    option(found, switch).click()
    expect(words.filter(has_text=after)).to_have_count(1)
    found.arrives("/", lang=language, q="煤层气", units=units)
    found.page.reload()
    expect(words.filter(has_text=after)).to_have_count(1)
    expect(option(found, switch)).to_be_checked()
    found.page.go_back()
    expect(words.filter(has_text=before)).to_have_count(1)


def test_units_stay_when_the_language_changes(visit):
    found = visit("?lang=en&units=chinese&q=煤层气")
    words = charts(found).first.locator(".annotation-text")
    expect(words.filter(has_text="300 亿立方米")).to_have_count(1)
    option(found, "中文").click()
    expect(words.filter(has_text="300亿立方米")).to_have_count(1)
    found.arrives("/", lang="zh", q="煤层气", units="chinese")
    expect(option(found, "中国统计单位")).to_be_checked()


def test_units_go_along_to_the_evidence(visit):
    found = visit("indicator?id=unconventional-gas-output&lang=en&units=chinese")
    values = found.page.locator("article.evidence .value")
    expect(values.first).to_contain_text("300 亿立方米")
    expect(values.nth(2)).to_contain_text("166.9 亿立方米")


def test_each_chart_says_in_words_what_it_shows(visit):
    found = visit("?sector=health-care", locale="en-GB")
    label = found.page.locator("[role=figure]").first.get_attribute("aria-label")
    assert "Maternal mortality ratio: no comparable baseline → target: at most 12 per 100,000" in label
