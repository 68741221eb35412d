"""What a person does with the page, in real Chromium."""

import re

import pytest
from playwright.sync_api import expect


def heading(found):
    return found.page.get_by_role("heading", level=1)


def sectors(found):
    """The headings over the rows."""
    return found.page.locator("h2.sector")


def option(found, name):
    """A choice of language or units in the head."""
    return found.link(name, ".choices")


def chosen(found, name):
    expect(option(found, name)).to_have_attribute("aria-current", "true")


def words(found):
    """The rows of the overview."""
    return found.page.locator(".board tbody tr")


@pytest.mark.parametrize(
    ("locale", "first", "title", "sector"),
    [
        ("zh-CN", "从哪里起步", "总览 – 山西省“十五五”规划纲要", "水"),
        ("en-GB", "where each one starts", "Overview – Shanxi's 15th Five-Year Plan", "Water"),
    ],
)
def test_the_bare_address_shows_all_targets_in_the_browsers_language_without_plotly(
    visit, locale, first, title, sector
):
    found = visit(locale=locale)
    expect(heading(found)).to_contain_text(first)
    expect(found.page).to_have_title(title)
    expect(found.targets).to_have_count(97)
    expect(found.charts).to_have_count(0)
    expect(sectors(found)).to_have_count(11)
    expect(sectors(found).filter(has_text=re.compile(f"^{sector} "))).to_have_count(1)
    assert found.plotly == []
    # The sheets for publication bring it when one of them is asked for.
    found.download("png")
    assert len(found.plotly) == 1
    assert found.foreign() == []
    assert found.complaints == []


FIRST_SCREEN = {
    "sentence": ".lead",
    "tiles": "a.tile >> nth=5",
    "sectors": ".wide .chip >> nth=11",
    "search": ".st-key-query input",
    "rows": ".board tbody tr >> nth=1",
}


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_the_first_screen_holds_a_sentence_figures_sectors_search_and_rows(visit, locale):
    found = visit(locale=locale, width=1280, height=800)
    for name, place in FIRST_SCREEN.items():
        box = found.page.locator(place).bounding_box()
        assert box["y"] >= 0 and box["y"] + box["height"] <= 800, name
    found.page.set_viewport_size({"width": 390, "height": 844})
    expect(found.page.locator(".narrow summary").first).to_be_visible()
    box = words(found).first.locator("th").bounding_box()
    assert box["y"] + box["height"] <= 844


@pytest.mark.parametrize(("number", "facet", "value"), [(0, "status", "comparable"), (3, "weak", "asks-no-more")])
def test_a_figure_leads_to_what_it_counts_and_nothing_else(visit, number, facet, value):
    found = visit("?sector=water&q=x&units=chinese&order=due", locale="en-GB")
    tile = found.page.locator("a.tile").nth(number)
    count = int(tile.locator("b").inner_text())
    tile.click()
    found.arrives("/", **{facet: value, "units": "chinese", "order": "due"})
    expect(found.targets).to_have_count(count)
    expect(tile).to_have_attribute("aria-current", "true")
    expect(found.box).to_have_value("")
    found.page.go_back()
    found.arrives("/", sector="water", q="x", units="chinese", order="due")
    expect(found.box).to_have_value("x")


def test_the_next_date_leads_to_what_falls_due(visit):
    found = visit(locale="en-GB")
    tile = found.page.locator("a.tile").last
    count = int(re.search(r": (\d+)", tile.inner_text())[1])
    tile.click()
    found.arrives("/", due=tile.locator("b").inner_text())
    expect(found.targets).to_have_count(count)


def test_links_switch_in_place_and_a_new_tab_is_the_readers_choice(visit):
    found = visit(locale="en-GB")
    found.page.evaluate("window.mine = true")
    row = words(found).first.get_by_role("link")
    name = row.inner_text()
    row.click()
    expect(heading(found)).to_have_text(name)
    found.arrives("/indicator", id="gdp-growth")
    found.link("Data").click()
    found.arrives("/data")
    expect(heading(found)).to_contain_text("Data")
    found.page.go_back()
    expect(heading(found)).to_have_text(name)
    found.page.go_back()
    expect(found.targets).to_have_count(97)
    assert found.page.evaluate("mine")
    with found.page.context.expect_page() as opened:
        words(found).first.get_by_role("link").click(modifiers=["ControlOrMeta"])
    opened.value.wait_for_url("**/indicator?id=gdp-growth")
    opened.value.close()
    found.arrives("/")


def test_a_filter_leaves_its_sector_and_its_id_in_the_address(visit):
    found = visit()
    found.choose("sector", "健康与照护")
    expect(found.targets).to_have_count(10)
    expect(sectors(found)).to_have_text([re.compile("^健康与照护")])
    found.arrives("/", sector="health-care")


@pytest.mark.parametrize(
    ("page", "first"),
    [
        ("indicator?id=maternal-mortality", "Maternal mortality"),
        ("evaluation?year=2028", "Evaluation 2028"),
        ("data?", "Data"),
        ("method?", "Method"),
        ("chart?id=start.water", "Water: starting points"),
    ],
)
def test_a_tab_says_first_what_it_shows(visit, page, first):
    found = visit(f"{page}&lang=en")
    expect(found.page).to_have_title(re.compile(f"^{first}.* – Shanxi's 15th Five-Year Plan$"))


@pytest.mark.parametrize(
    ("asked", "locale", "name"),
    [
        *((asked, "en-GB", "水") for asked in ("zh-CN", "ZH", "zh_Hans_CN")),
        *((asked, "zh-CN", "Water") for asked in ("EN", "en-US")),
        ("english", "zh-CN", "水"),
    ],
)
def test_a_language_is_known_as_other_sites_write_it_over_that_of_the_browser(visit, asked, locale, name):
    found = visit(f"?sector=water&lang={asked}", locale=locale)
    expect(sectors(found)).to_have_text([re.compile(f"^{name} ")])


def test_the_address_of_a_sectors_page_leads_to_the_overview_with_all_else_of_it(visit):
    found = visit("data?lang=en")
    found.page.goto(f"{found.address}/sector?id=water&lang=en&status=context&units=chinese")
    found.arrives("/", sector="water", lang="en", status="context", units="chinese")
    expect(sectors(found)).to_have_text([re.compile("^Water ")])
    expect(found.pressed).to_have_count(2)
    expect(found.page.get_by_role("dialog")).to_have_count(0)
    found.page.go_back()
    found.arrives("/data", lang="en")
    expect(heading(found)).to_contain_text("Data")
    assert found.complaints == []


def test_an_unknown_sector_of_such_an_address_is_named(visit):
    found = visit("sector?id=nonsense", locale="en-GB")
    expect(found.page.get_by_test_id("stAlert")).to_contain_text("nonsense")
    expect(found.targets).to_have_count(97)


def test_the_name_of_a_page_may_be_in_capitals(visit):
    found = visit("Data?sector=water&lang=zh")
    found.arrives("/data", sector="water", lang="zh")
    expect(found.page.get_by_role("table").first.locator("tbody tr")).to_have_count(6)
    expect(found.page.get_by_role("dialog")).to_have_count(0)


def test_a_switch_of_language_keeps_the_view(visit):
    found = visit("?sector=health-care")
    option(found, "English").click()
    expect(sectors(found)).to_have_text([re.compile("^Health and care")])
    expect(found.targets).to_have_count(10)
    found.arrives("/", sector="health-care", lang="en")
    chosen(found, "English")
    found.page.go_back()
    expect(sectors(found)).to_have_text([re.compile("^健康与照护")])
    chosen(found, "中文")


def test_back_and_forward_walk_through_sectors_order_and_the_others(visit):
    found = visit(locale="en-GB")
    found.choose("sector", "Energy")
    expect(found.targets).to_have_count(13)
    found.choose("sector", "Health and care")
    expect(found.targets).to_have_count(23)
    order = found.page.locator(".controls")
    order.get_by_role("link", name="difficulty").click()
    found.arrives("/", sector=["energy", "health-care"], order="hard")
    expect(sectors(found)).to_have_count(0)  # one table in another order than the plan's
    order.get_by_role("link", name="show the other targets too").click()
    found.arrives("/", sector=["energy", "health-care"], order="hard", others="show")
    expect(found.page.locator(".board tr.out").first).to_be_attached()
    expect(found.page.locator(".board tbody tr, .rest li")).to_have_count(97)
    for count, tables in ((23, 0), (23, 2), (13, 1), (97, 11)):
        found.page.go_back()
        expect(sectors(found)).to_have_count(tables)
        expect(found.targets).to_have_count(count)
    found.page.go_forward()
    expect(found.targets).to_have_count(13)
    sectors(found).get_by_role("link").click()  # the heading of what is chosen
    found.arrives("/", sector="energy")


@pytest.mark.parametrize("query", ["?sector=<script>alert(1)</script>&sector=能源"])
def test_an_unknown_value_is_named_and_ignored(visit, query):
    found = visit(query)
    expect(found.page.get_by_test_id("stAlert")).to_contain_text("已忽略")
    expect(found.targets).to_have_count(97)
    assert found.complaints == []


@pytest.mark.parametrize("query", ["?lang=zh-international&units=furlong&order=odd&others=maybe", "?lang=&units="])
def test_an_unknown_language_unit_or_order_does_no_harm(visit, query):
    found = visit(query + "&sector=energy", locale="en-GB")
    expect(sectors(found)).to_have_text([re.compile("^Energy ")])
    expect(found.targets).to_have_count(13)
    chosen(found, "English")
    chosen(found, "International units")
    assert found.complaints == []


def test_the_head_leads_to_every_page(visit):
    found = visit()
    links = found.page.locator(".top nav").get_by_role("link")
    expect(links).to_have_text(["总览", "指标", "评估", "数据", "方法"])
    pages = ("/indicator", "/evaluation", "/data", "/method")
    for number, path in (*enumerate(pages, 1), (0, "/")):
        links.nth(number).click()
        found.arrives(path)
        expect(heading(found)).to_have_count(1)
        expect(links.nth(number)).to_have_attribute("aria-current", "page")
        expect(found.page.get_by_test_id("stAlert")).to_have_count(0)
    assert found.foreign() == []
    assert found.complaints == []


@pytest.mark.parametrize("width", [1280, 390])
def test_one_sector_shows_its_rows_and_a_chart_for_each_indicator_that_has_years(visit, width):
    found = visit("?sector=water", locale="en-GB", width=width)
    expect(found.targets).to_have_count(6)
    expect(found.charts).to_have_count(5)
    assert found.page.locator("h3.small").all_inner_texts()[2:4] == [
        "Use of unconventional water",
        "Utilization rate of reclaimed water",
    ]
    boxes = [found.charts.nth(number).bounding_box() for number in range(5)]
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= width for box in boxes)
    assert (len({box["x"] for box in boxes}) == 1) == (width == 390)  # one column on a phone
    table = found.page.locator("details.drawer", has=found.page.locator("table")).first
    table.locator("summary").focus()
    found.page.keyboard.press("Enter")
    expect(table.get_by_role("table").locator("tbody tr").first).to_be_visible()
    assert found.complaints == []


def test_a_sector_among_others_shows_rows_alone(visit):
    found = visit("?sector=culture&sector=water", locale="en-GB")
    expect(found.targets).to_have_count(10)
    expect(found.charts).to_have_count(0)
    assert found.plotly == []
    found.choose("sector", "Water")
    expect(found.charts).to_have_count(1)


@pytest.mark.parametrize("width", [390, 360])
@pytest.mark.parametrize(("locale", "scheme"), [("zh-CN", "dark"), ("en-GB", "light")])
def test_a_phone_shows_every_row_whole(visit, locale, scheme, width):
    found = visit(locale=locale, scheme=scheme, width=width, height=844)
    expect(found.targets).to_have_count(97)
    assert found.page.evaluate("document.documentElement.scrollWidth") <= width
    assert found.page.locator(".board :is(th, td), .board i, .rest li").evaluate_all(CUT) == []
    found.page.locator(".narrow summary").first.click()
    found.page.locator(".narrow .chip").nth(2).click()
    found.arrives("/", sector="energy")
    expect(found.targets).to_have_count(13)


CUT = """all => all.filter(one => { const box = one.getBoundingClientRect();
  return box.width && (box.left < 0 || box.right > innerWidth || one.scrollWidth > one.clientWidth + 1
    && one.clientWidth); }).map(one => one.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize(
    ("language", "switch", "units", "before", "after"),
    [
        ("zh", "国际单位", "international", "300亿立方米", "30×10⁹立方米"),
        ("en", "Chinese units", "chinese", "30 billion m³", "300 亿立方米"),
    ],
)
def test_units_are_the_readers_choice_in_either_language(visit, language, switch, units, before, after):
    found = visit(f"?lang={language}&q=煤层气")
    row = words(found).first
    expect(row).to_contain_text(before)
    option(found, switch).click()
    expect(row).to_contain_text(after)
    assert not re.search(r"e\+|000000", row.inner_text())
    found.arrives("/", lang=language, q="煤层气", units=units)
    found.page.reload()
    expect(row).to_contain_text(after)
    chosen(found, switch)
    found.page.go_back()
    expect(row).to_contain_text(before)


def test_units_stay_when_the_language_changes_and_go_along_to_the_evidence(visit):
    found = visit("?lang=en&units=chinese&q=煤层气")
    expect(words(found).first).to_contain_text("300 亿立方米")
    option(found, "中文").click()
    expect(words(found).first).to_contain_text("300亿立方米")
    found.arrives("/", lang="zh", q="煤层气", units="chinese")
    chosen(found, "中国统计单位")
    option(found, "English").click()
    expect(words(found).first).to_contain_text("300 亿立方米")  # else the link is still that of the Chinese page
    words(found).first.get_by_role("link").click()
    expect(found.page.locator("article.asked .value")).to_contain_text("300 亿立方米")
    expect(found.page.locator(".pieces summary b").first).to_contain_text("166.9 亿立方米")


def test_a_row_and_its_table_say_to_readers_of_screens_what_the_marks_show(visit):
    found = visit("?sector=health-care", locale="en-GB")
    table = found.page.get_by_role("table", name="Health and care")
    expect(table.get_by_role("columnheader")).to_have_count(5)
    row = table.get_by_role("row", name="Maternal mortality")
    expect(row.get_by_role("rowheader")).to_have_count(1)
    expect(row).to_contain_text("12 per 100,000")
    expect(row).to_contain_text("Other targets")
