"""Data and addresses that try to be more than text."""

import csv
import json
import random
import re
import shutil
from collections.abc import Mapping
from time import process_time
from xml.etree import ElementTree

import pytest
from playwright.sync_api import expect
from streamlit.runtime.state.query_params_proxy import QueryParamsProxy
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from evidence.search import FACETS
from loaders.book import load
from tests import fuzz
from tests.browser.conftest import ROOT, serving
from wording.texts import TEXTS

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


PARAMETERS = ("lang", "units", "q", "id", "year", "order", "others", "sort", "context", "scope", "what", *FACETS)
PATHS = ("", "indicator", "evaluation", "data", "method", "chart", "sector")
KNOWN = (
    "en",
    "zh",
    "chinese",
    "international",
    "pond-area",
    "fish-ponds",
    "level",
    "strive",
    "none",
    "A",
    "north-bank",
    "2033",
)
NASTY = (
    *(
        "",
        " ",
        "\0",
        "\u202e",
        "\ufeff",
        "\u200d",
        "\U0001f9d1\u200d\U0001f680",
        "a" * 5_000,
        "%00",
        "%",
        "None",
        "nan",
    ),
    *("-1", "1e999", "../../etc/passwd", "<script>alert(1)</script>", "' OR 1=1 --", "{0}", "{plan}", "${x}", "(?P<"),
    *(
        "[[",
        "\\",
        "*",
        "$x$",
        ":smile:",
        "# h",
        "EN",
        "zh-CN",
        "en-chinese",
        "facet sector",
        "\n",
        "第",
        "第节",
        "section",
    ),
)


def addresses(count: int):
    """Pages with parameters: known values, nasty ones and noise, once and many times over."""
    dice = random.Random(2030)

    def value() -> str:
        noise = "".join(chr(dice.choice((dice.randrange(32, 127), dice.randrange(160, 0xD7FF)))) for _ in range(8))
        return dice.choice((dice.choice(KNOWN), dice.choice(NASTY), dice.choice(NASTY), noise))

    for _ in range(count):
        names = dice.sample(PARAMETERS, dice.randrange(1, 5))
        yield (dice.choice(PATHS), {name: [value() for _ in range(dice.choice((1, 1, 1, 3)))] for name in names})


def asked(page: str, parameters: Mapping[str, list[str]]) -> AppTest:
    """The page at this address, made without a browser."""
    test = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    test._page_hash = calc_hash(page)
    for name, values in parameters.items():
        test.query_params[name] = values
    return test.run()


@pytest.fixture
def toy(monkeypatch):
    monkeypatch.setenv("PLAN_DIR", str(ROOT / "tests" / "base"))
    for page in PATHS:  # what is imported and read once takes no part
        asked(page, {})


@pytest.mark.usefixtures("toy")
@pytest.mark.parametrize("part", range(5))
def test_any_address_gives_a_page_soon(part):
    begin = fuzz.peak()
    for page, parameters in list(addresses(500))[part::5]:
        before = process_time()
        test = asked(page, parameters)
        assert process_time() - before < fuzz.READING, (page, parameters)
        assert not test.exception and not test.error, (page, parameters)
        words = "".join(block.proto.body for block in test.get("html"))
        titles = re.findall(r"<h1[^>]*>(.*?)</h1>", words)
        if page == "sector":
            assert not titles, "it leads to another page and shows nothing"
            continue
        # A chart that is not there is told in a line.
        assert len(titles) + (len(test.info) if page == "chart" else 0) == 1, (page, parameters)
        # It is the page that was asked for.
        assert (bool(titles) and titles[0] in TEXTS["nav.method"].values()) == (page == "method"), (page, parameters)
    assert fuzz.peak() - begin < 200 << 20


@pytest.mark.usefixtures("toy")
def test_these_are_all_the_parameters_that_pages_read(monkeypatch):
    read = set()
    for name in ("get_all", "__getitem__", "__contains__"):
        real = getattr(QueryParamsProxy, name)
        monkeypatch.setattr(QueryParamsProxy, name, lambda own, key, real=real: (read.add(key), real(own, key))[1])
    for page in PATHS:
        asked(page, {"id": ["fish-ponds"], "sector": ["fish-ponds"]})
    assert read == set(PARAMETERS)
