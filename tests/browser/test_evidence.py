"""Where a figure comes from, and what is missing: the indicator page and the data page, in real Chromium."""

import csv
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

GAS = "indicator?id=unconventional-gas-output"


def lines(found):
    return found.page.locator(".pieces details")


@pytest.mark.parametrize(
    ("locale", "value", "done", "grade"),
    [
        ("zh-CN", "166.9亿立方米", "由“亿立方米”精确换算|与来源一致", "B：官方或主要媒体"),
        ("en-GB", "16.69 billion m³", "Converted exactly from", "B: an official or major outlet"),
    ],
)
def test_the_baseline_stands_first_and_opens_to_all_that_a_sceptic_asks(visit, locale, value, done, grade):
    found = visit(GAS, locale=locale)
    expect(found.page.locator("article.asked")).to_be_visible()
    first = lines(found).first
    expect(first.locator("summary b")).to_have_text(value)
    expect(first.locator("dl")).to_be_hidden()
    first.locator("summary").click()
    text = first.locator("dl").inner_text()
    assert any(word in text for word in done.split("|"))
    assert grade in text
    assert "166億9千万立方メートル" in text
    assert first.locator("a:not(.term)").get_attribute("href").startswith("https://jp.xinhuanet.com/")
    # A mirror is named and never linked.
    mirrors = lines(found).filter(has_text="转载件" if locale == "zh-CN" else "seen as a")
    assert mirrors.count() and mirrors.locator("a:not(.term)").count() == 0
    assert found.complaints == []
    assert found.foreign() == []


def test_much_evidence_is_short_while_it_is_closed(visit):
    found = visit(GAS, locale="en-GB", height=800)
    expect(found.charts).to_have_count(1)
    assert lines(found).count() >= 20
    assert found.page.get_by_test_id("stMain").evaluate("element => element.scrollHeight") <= 3000


def test_a_word_leads_to_what_it_means_and_that_to_other_words(visit):
    found = visit(GAS, locale="en-GB", height=800)
    found.page.locator("article.asked a.term").click()
    expect(found.page.locator("#term-target")).to_be_in_viewport()
    found.page.get_by_role("link", name="other target", exact=True).first.click()
    expect(found.page.locator("#term-rival-target")).to_be_in_viewport()
    found.page.go_back()
    found.page.go_back()
    expect(title(found)).to_contain_text("Unconventional natural gas output")
    again = visit("method?lang=en#term-grade", height=800)
    expect(again.page.locator("#term-grade")).to_be_in_viewport()
    assert found.complaints == again.complaints == []


def test_citations_can_be_copied(visit):
    found = visit(GAS, locale="en-GB")
    found.page.get_by_text("Citations to copy").click()
    cited = found.page.locator("details.drawer").filter(has_text="Citations to copy").locator("pre")
    expect(cited).to_contain_text("Section 6")
    expect(cited).to_contain_text("https://jp.xinhuanet.com/")


def test_a_derived_value_is_called_so_with_its_arithmetic(visit):
    found = visit("indicator?id=intelligent-factories", locale="en-GB")
    derived = found.page.get_by_role("list", name="Derived")
    expect(derived.locator("details")).to_have_count(1)
    derived.locator("summary").click()
    expect(derived).to_contain_text("76 + 5 = 81")


def test_the_sector_and_its_other_indicators_are_one_step_away(visit):
    found = visit("indicator?id=maternal-mortality&lang=en")
    found.page.evaluate("window.mine = true")
    way = found.page.locator("p.path").get_by_role("link")
    expect(way).to_have_text(["Health and care", "Neonatal mortality rate ›"])
    way.last.click()
    expect(title(found)).to_contain_text("Neonatal mortality")
    expect(way.nth(1)).to_contain_text("‹ Maternal mortality")
    found.page.go_back()
    expect(title(found)).to_contain_text("Maternal mortality")
    way.first.click()
    found.arrives("/", lang="en", sector="health-care")
    expect(found.targets).to_have_count(10)
    assert found.page.evaluate("mine")


def test_an_unknown_indicator_is_named_and_another_can_be_chosen(visit):
    found = visit("indicator?id=<b>nonsense", locale="en-GB")
    expect(found.page.get_by_test_id("stAlert")).to_contain_text("<b>nonsense")
    expect(found.page.get_by_role("heading", level=1)).to_be_visible()


def click_mark(found, number):
    """Click a mark of the first chart, once the chart has noticed the pointer over it."""
    mark = found.charts.first.locator(".points path").nth(number)
    label = found.charts.first.locator(".hoverlayer .hovertext")
    for _ in range(20):  # a chart that is being drawn anew notices nothing
        found.page.mouse.move(0, 0)
        mark.hover(force=True)  # an invisible layer over the chart takes the pointer
        try:
            expect(label).to_have_count(1, timeout=2_000)
            break
        except AssertionError:
            continue
    mark.click(force=True)


def click_board(found, number):
    found.targets.nth(number).get_by_role("link").click()


def click_row(found, number):
    """Click into a row of the Data page's first table, beside its link."""
    found.page.get_by_role("table").first.locator("tbody tr").nth(number).click(position={"x": 300, "y": 12})


def title(found):
    return found.page.get_by_role("heading", level=1)


@pytest.mark.parametrize("width", [1280, 390])
def test_a_mark_of_a_chart_by_year_opens_its_indicator(visit, width):
    found = visit("?sector=water&lang=en", width=width)
    click_mark(found, 0)
    expect(title(found)).to_contain_text("Yellow River")
    found.arrives("/indicator", sector="water", lang="en", id="soil-conservation-rate")
    found.page.go_back()
    found.arrives("/", sector="water", lang="en")
    expect(found.targets).to_have_count(6)
    assert found.complaints == []


def test_a_row_of_the_table_opens_its_indicator(visit):
    found = visit("data?sector=health-care&lang=en")
    click_row(found, 0)
    expect(title(found)).to_contain_text("Maternal mortality")
    found.arrives("/indicator", sector="health-care", lang="en", id="maternal-mortality")


OPENERS = pytest.mark.parametrize(("path", "click"), [("", click_board), ("data", click_row)], ids=["board", "table"])


@OPENERS
def test_one_step_back_from_an_indicator_shows_the_filtered_page_and_does_not_open_it_again(visit, path, click):
    found = visit(f"{path}?sector=health-care&kind=level&q=mortality&lang=en")
    here = title(found).inner_text()
    click(found, 0)
    expect(title(found)).to_contain_text("Maternal mortality")
    found.page.go_back()
    expect(title(found)).to_have_text(here)
    found.arrives(f"/{path}", sector="health-care", kind="level", q="mortality", lang="en")
    expect(found.box).to_have_value("mortality")
    expect(found.pill("sector", "Health and care")).to_have_attribute("aria-current", "true")
    expect(found.pill("kind", "level")).to_have_attribute("aria-current", "true")
    # Whatever runs the page again must not take the reader away either.
    found.choose("firmness", 'without "strive to"')
    expect(title(found)).to_have_text(here)
    assert urlsplit(found.page.url).path == f"/{path}"
    click(found, 2)
    expect(title(found)).to_contain_text("Infant mortality")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_the_evidence_whole(visit, scheme):
    found = visit(GAS, width=390, height=844, scheme=scheme)
    found.page.locator(".pieces summary").evaluate_all("all => all.forEach(one => one.click())")
    expect(lines(found).first.locator("dl")).to_be_visible()
    assert found.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert lines(found).evaluate_all("all => all.filter(one => one.scrollWidth > one.clientWidth).length") == 0


def test_the_gap_list_is_a_file_that_excel_reads_as_utf_8(visit, tmp_path):
    found = visit("data", locale="zh-CN")
    with found.page.expect_download() as waiting:
        found.page.get_by_role("button", name="下载缺口清单（CSV）", exact=True).click()
    assert waiting.value.suggested_filename == "缺口清单.csv"
    waiting.value.save_as(tmp_path / "gaps.csv")
    assert (tmp_path / "gaps.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (tmp_path / "gaps.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    named = [row for row in rows if row["target_id"] == "pumped-storage-capacity-2030"]
    assert len(named) == 1
    assert named[0]["figure_zh"] and named[0]["publisher_en"] and named[0]["when_en"] and named[0]["unit"]


def test_findings_are_counted_by_sector_and_listed(visit):
    found = visit("data", locale="en-GB")
    counts = found.page.get_by_role("table").filter(has_text="No baseline and no other figure")
    expect(counts).to_contain_text("No baseline")
    expect(counts).to_contain_text("Energy")
    found.page.get_by_text("Starting value implied by a reduction and what remains; stated").last.click()
    expect(found.page.get_by_text("about 1700 = 1000 + 700")).to_be_visible()
