"""Where a figure comes from, and what is missing: the indicator page and the data page, in real Chromium."""

import csv
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

GAS = "indicator?id=unconventional-gas-output"


def cards(found):
    return found.page.locator("article.evidence")


@pytest.mark.parametrize(
    ("locale", "value", "done", "grade"),
    [
        ("zh-CN", "166.9亿立方米", "由“亿立方米”精确换算|照来源所印", "B：官方或主要媒体"),
        ("en-GB", "16.69 billion m³", "Converted exactly from", "B: an official or major outlet"),
    ],
)
def test_the_baseline_stands_first_with_all_that_a_sceptic_asks(visit, locale, value, done, grade):
    found = visit(GAS, locale=locale)
    first = cards(found).nth(2)  # behind the target and the verdict
    expect(first.locator(".value")).to_have_text(value)
    text = first.inner_text()
    assert any(word in text for word in done.split("|"))
    assert grade in text
    assert "166億9千万立方メートル" in text
    assert first.locator("a").get_attribute("href").startswith("https://jp.xinhuanet.com/")
    assert found.complaints == []
    assert found.foreign() == []


def test_a_mirror_is_named_and_never_linked(visit):
    found = visit(GAS)
    mirrors = cards(found).filter(has_text="转载件")
    expect(mirrors.first).to_be_visible()
    assert mirrors.locator("a").count() == 0


def test_citations_can_be_copied(visit):
    found = visit(GAS, locale="en-GB")
    found.page.get_by_text("Citations to copy").click()
    drawer = found.page.locator("details").filter(has_text="Citations to copy")
    cited = drawer.get_by_test_id("stCode")
    expect(cited.first).to_contain_text("Section 6")
    expect(cited.filter(has_text="https://jp.xinhuanet.com/")).to_have_count(1)


def test_a_derived_value_is_called_so_with_its_arithmetic(visit):
    found = visit("indicator?id=intelligent-factories", locale="en-GB")
    derived = cards(found).filter(has_text="Derived")
    expect(derived).to_contain_text("76 + 5 = 81")


def test_an_unknown_indicator_is_named_and_another_can_be_chosen(visit):
    found = visit("indicator?id=<b>nonsense", locale="en-GB")
    expect(found.page.get_by_test_id("stAlert")).to_contain_text("<b>nonsense")
    expect(found.page.get_by_role("heading", level=1)).to_be_visible()


def click_mark(found, number):
    """Click a mark of the first chart (targets come before starts), once the chart has noticed the pointer over it."""
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


def click_row(found, number):
    """Click into a row of the Data page's first table, beside its link."""
    found.page.get_by_role("table").first.locator("tbody tr").nth(number).click(position={"x": 300, "y": 12})


def title(found):
    return found.page.get_by_role("heading", level=1)


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("number", [0, 1], ids=["target", "baseline"])
def test_a_mark_opens_its_indicator(visit, number, width):
    found = visit("?q=煤层气&lang=en", width=width)
    click_mark(found, number)
    expect(title(found)).to_have_text("Unconventional natural gas output")
    found.arrives("/indicator", q="煤层气", lang="en", id="unconventional-gas-output")
    assert found.complaints == []


def test_a_mark_without_a_baseline_opens_its_indicator_too(visit):
    found = visit("?sector=health-care&lang=en")
    click_mark(found, 5)  # the empty start of the second of four rows
    expect(title(found)).to_contain_text("Neonatal mortality")
    found.arrives("/indicator", sector="health-care", lang="en", id="neonatal-mortality")


def test_a_row_of_the_table_opens_its_indicator(visit):
    found = visit("data?sector=health-care&lang=en")
    click_row(found, 0)
    expect(title(found)).to_contain_text("Maternal mortality")
    found.arrives("/indicator", sector="health-care", lang="en", id="maternal-mortality")


OPENERS = pytest.mark.parametrize(("path", "click"), [("", click_mark), ("data", click_row)], ids=["mark", "row"])


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
    expect(found.pill("sector", "Health and care")).to_have_attribute("aria-pressed", "true")
    expect(found.pill("kind", "level")).to_have_attribute("aria-pressed", "true")
    with found.rerun():  # whatever runs the page again must not take the reader away either
        found.choose("firmness", "does not state “strives”")
    expect(title(found)).to_have_text(here)
    assert urlsplit(found.page.url).path == f"/{path}"
    click(found, 2)
    expect(title(found)).to_contain_text("Infant mortality")


def test_a_small_chart_opens_its_indicator(visit):
    found = visit("sector?id=water&lang=en")
    click_mark(found, 0)
    expect(title(found)).to_contain_text("Yellow River")
    found.page.go_back()
    expect(title(found)).to_have_text("Water")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_the_evidence_whole(visit, scheme):
    found = visit(GAS, width=390, height=844, scheme=scheme)
    expect(cards(found).first).to_be_visible()
    assert found.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert cards(found).evaluate_all("all => all.filter(one => one.scrollWidth > one.clientWidth).length") == 0


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
    counts = found.page.get_by_role("table").filter(has_text="In which sectors")
    expect(counts).to_contain_text("No baseline")
    expect(counts).to_contain_text("Energy")
    found.page.get_by_text("A start that follows from a reduction").last.click()
    expect(found.page.get_by_text("about 1700 = 1000 + 700")).to_be_visible()
