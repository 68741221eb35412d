"""Data and addresses that try to be more than text."""

import csv
import json
import re
import shutil
from xml.etree import ElementTree

import pytest
from playwright.sync_api import expect

from loaders.book import load
from tests.browser.conftest import ROOT, serving

# What turns or hides text by a character of its own never gets here: `check` refuses it. Letters from right to left
# and the joiners of their scripts do. No digits: a printed phrase may hold none but its own figure.
FORMULA = '=HYPERLINK("https://evil.example/f","x")'
PIECES = (
    *(FORMULA, "<b>x</b>", "<script>window.pwned=true</script>", "<img src=x onerror=window.pwned=true>"),
    *("<a href=javascript:window.pwned=true>a</a>", "</style></svg>", "&lt;i&gt;", "%{x}", "{plan}", "%s"),
    *("[l](https://evil.example/l)", "![i](https://evil.example/i.png)", "**b**", "_i_", "# h", "`c`", "~~s~~", "|p|"),
    *("$x^n$", ":smile:", ":red[r]", "\\n", "\u05d0\u05d1", "\u0645\u06cc\u200c\u062e", "\u0915\u094d\u200d\u0937"),
)
# What Streamlit's Markdown changes in any text, even behind a backslash.
TYPOGRAPHY = (":material/home:", "a -> b", "c -- d", "y >= z", "www.evil.example", "https://evil.example/bare")
LONG = "W" * 400
PAGES = {
    "overview": "?",
    "indicator": "indicator?id=pond-area&",
    "named target": "indicator?id=school-places&",
    "one sector": "?sector=fish-ponds&",
    "another order": "?sector=fish-ponds&order=weak&others=show&",
    "evaluation": "evaluation?",
    "data": "data?",
    "method": "method?",
}
EVERY_PAGE = pytest.mark.parametrize("page_name", PAGES)
TEXT = re.compile(r"""(?m)(?<=[ {])(zh|en|printed|title|number): ('[^']*'|[^,}\n]+)""")


# So that a row has a mark with a short word.
SAME = "comparability: same\n            reason: {zh: 同一口径"
PARTLY = SAME.replace("same", "partial").replace(
    "reason",
    "differs: [definition]\n            extent: province\n            word: {zh: 甲, en: a}\n            reason",
)


def spoiled(folder, words: str):
    """The toy plan with these words before every name, definition, phrase, reason, title and publisher, and a tag for
    each short word."""
    plan = shutil.copytree(ROOT / "tests" / "base", folder / "plan")
    for name in ("plan", "sections", "sources", "fish-ponds", "schools"):
        path = plan / f"{name}.yaml"
        # The line break lets a key at the start of a line follow a blank, as the others do.
        text = path.read_text("utf-8").replace(SAME, PARTLY)
        text = "\n ".join(text.splitlines())
        text = TEXT.sub(lambda found: f"{found[1]}: {json.dumps(f'{words} {found[2].strip(chr(39))}')}", text)
        # The short words of labels have no room for all of it.
        text = re.sub(r"word: \{zh.*", 'word: {zh: "<b>x</b>", en: "<script>x()</script>"}', text)
        path.write_text(text.replace("\n ", "\n"), "utf-8")
    return plan


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    return spoiled(tmp_path_factory.mktemp("hostile"), " ".join((*PIECES, *TYPOGRAPHY)))


@pytest.fixture(scope="module")
def hostile(plan):
    with serving(plan) as address:
        yield address


@pytest.fixture(scope="module")
def long_words(tmp_path_factory):
    with serving(spoiled(tmp_path_factory.mktemp("long"), LONG)) as address:
        yield address


@pytest.fixture
def opened(visit):
    """A page with everything drawn and every drawer open, in a phone's width; dialogs become complaints."""

    def open_page(address: str, name: str):
        found = visit(f"{PAGES[name]}lang=en", at=address, width=390, height=844, locale="en-GB")
        found.page.on("dialog", lambda dialog: (found.complaints.append(dialog.message), dialog.dismiss()))
        found.page.locator("details:not([open]) > summary").evaluate_all("all => all.forEach(one => one.click())")
        found.settles()
        expect(found.page.get_by_test_id("stSkeleton")).to_have_count(0)
        return found

    return open_page


def test_the_check_allows_the_words(plan):
    assert load(plan).problems == ()


@EVERY_PAGE
def test_nothing_runs_and_texts_stay_text(opened, hostile, page_name):
    found = opened(hostile, page_name)
    assert changed(found, (*PIECES, *TYPOGRAPHY)) == []
    assert found.page.evaluate("window.pwned") is None
    assert found.complaints == []
    assert found.foreign() == []
    odd = "img[onerror], a[href^='javascript:'], svg [onerror], iframe[src*=evil]"
    assert found.page.locator(odd).count() == 0


def changed(found, pieces) -> list[str]:
    """The smallest elements that show a hostile text, each with what is missing of it."""
    shown = [(place, text.replace("\u2060", "")) for place, text in found.page.evaluate(SHOWN, "HYPERLINK")]
    assert shown
    missing = {(place, tuple(piece for piece in pieces if piece not in text)) for place, text in shown}
    return sorted(f"{place} lacks {' '.join(lost)}" for place, lost in missing if lost)


SHOWN = """word => {
  const all = "h1, h2, h3, p, li, td, th, dd, dt, summary, button, label, code";
  return [...document.querySelectorAll(all)]
    .filter(one => one.textContent.includes(word))
    .filter(one => ![...one.querySelectorAll(all)].some(part => part.textContent.includes(word)))
    .map(one => [`${one.closest("[data-testid]").dataset.testid} ${one.tagName}`, one.textContent]);
}"""


def solid(text: str) -> str:
    """Without blanks: lines of a chart are broken anywhere."""
    return re.sub(r"\s", "", text)


def test_words_of_rows_tracks_and_figures_stay_text(opened, hostile):
    found = opened(hostile, "overview")
    assert "<script>x()</script>" in found.page.locator("td.known").all_inner_texts()[0]
    for place in (".board tbody th", ".rest summary", ".rest li", "h2.sector"):
        words = " ".join(found.page.locator(place).all_text_contents())
        assert [piece for piece in (*PIECES, *TYPOGRAPHY) if piece not in words] == [], place
    # Streamlit takes away a title that looks like a script; it must not become one.
    assert found.page.locator(".rail :is(script, b, img)").count() == 0
    assert found.page.locator(".board :is(b, i, td, th, small) :is(script, img, a[href*=evil])").count() == 0
    assert found.page.locator("a.tile").evaluate_all("all => all.filter(one => one.children.length !== 3)") == []


def test_words_of_a_chart_stay_text(opened, hostile):
    chart = opened(hostile, "data").charts.first
    words = solid("".join(chart.locator(".annotation-text").all_text_contents()))
    assert [piece for piece in (*PIECES, *TYPOGRAPHY) if solid(piece) not in words] == []
    assert chart.locator("a, script, image").count() == 0
    label = chart.locator("xpath=ancestor-or-self::*[@role='figure']").first.get_attribute("aria-label")
    assert [piece for piece in (*PIECES, *TYPOGRAPHY) if piece not in label] == []


def test_the_words_over_a_mark_stay_text(opened, hostile):
    found = opened(hostile, "indicator")
    mark = found.charts.first.locator(".points path").first
    mark.scroll_into_view_if_needed()
    mark.hover(force=True)
    over = found.charts.first.locator(".hoverlayer .hovertext")
    expect(over.first).to_be_visible()
    words = solid(over.first.text_content())
    assert [piece for piece in (*PIECES, *TYPOGRAPHY) if solid(piece) not in words] == []
    box = over.first.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390


def test_a_picture_holds_them_as_text(opened, hostile, tmp_path):
    path = tmp_path / "sheet.svg"
    found = opened(hostile, "overview")
    found.download("svg").save_as(path)
    preview = found.page.locator(".preview img").first
    expect(preview).to_be_visible()
    assert [piece for piece in (*PIECES, *TYPOGRAPHY) if piece not in preview.get_attribute("alt")] == []
    sheet = ElementTree.parse(path).getroot()
    words = solid("".join(sheet.itertext()))
    assert [piece for piece in (*PIECES, *TYPOGRAPHY) if solid(piece) not in words] == []
    assert {node.tag.rpartition("}")[2] for node in sheet.iter()}.isdisjoint({"script", "a", "image", "foreignObject"})
    assert not [name for node in sheet.iter() for name in node.attrib if name.lower().startswith("on")]


@pytest.mark.parametrize(("what", "column"), [("Targets and baselines", "name_en"), ("All evidence", "publisher")])
def test_a_spreadsheet_runs_no_formula(opened, hostile, tmp_path, what, column):
    found = opened(hostile, "data")
    found.page.get_by_role("radio", name=what).click()
    found.settles()
    with found.page.expect_download() as waiting:
        found.page.get_by_test_id("stDownloadButton").get_by_role("button", name="CSV").first.click()
    waiting.value.save_as(tmp_path / "table.csv")
    with (tmp_path / "table.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows and all(row[column].startswith(f"'{' '.join((*PIECES, *TYPOGRAPHY))}") for row in rows)
    assert not [cell for row in rows for cell in row.values() if cell[:1] in ("=", "+", "@", "\t", "\r")]
    assert not [cell for row in rows for cell in row.values() if re.match(r"-(?!\d)", cell)]


@EVERY_PAGE
def test_a_long_word_leaves_the_page_in_its_width(opened, long_words, page_name):
    found = opened(long_words, page_name)
    assert LONG[:20] in found.page.inner_text("body")
    assert found.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert found.page.get_by_test_id("stMain").evaluate("element => element.scrollWidth") <= 390
    assert found.page.evaluate(BEYOND) == []


# What reaches beyond the right edge, with nothing around it that scrolls.
BEYOND = """() => [...document.querySelectorAll("[data-testid=stMain] *")]
  .filter(one => one.getBoundingClientRect().width && one.getBoundingClientRect().right > innerWidth + 1)
  .filter(one => {
    for (let box = one.parentElement; box && box.dataset.testid !== "stMain"; box = box.parentElement)
      if (["auto", "scroll"].includes(getComputedStyle(box).overflowX) && !box.matches("svg")) return false;
    return true;
  })
  .map(one => `${one.tagName} ${one.closest("[data-testid]").dataset.testid} ${one.textContent.slice(0, 30)}`)"""
