"""Readers who do not see well, who use no mouse, or who want it on paper."""

import re
from math import ceil
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import expect

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
PAGES = {
    "overview": "?",
    "one sector": "?sector=water&",
    "all in another order": "?status=comparable&order=hard&others=show&",
    "indicator": "indicator?id=unconventional-gas-output&",
    "evaluation": "evaluation?year=2028&",
    "data": "data?",
    "method": "method?",
}
A4 = 1123  # CSS pixels from edge to edge

EVERY_PAGE = pytest.mark.parametrize("page_name", PAGES)
BOTH_LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])


@pytest.fixture
def opened(visit):
    """A page with everything on it drawn, every drawer open, and nothing outside the window."""

    def open_page(name: str, language: str, *, drawers: bool = True, **options):
        found = visit(f"{PAGES[name]}lang={language}", **options)
        drawn(found)
        if drawers:
            found.page.locator("details:not([open]) > summary").evaluate_all("all => all.forEach(one => one.click())")
            drawn(found)
        return found

    return open_page


def drawn(found) -> None:
    """Wait for what Streamlit fetches late."""
    found.settles()
    expect(found.page.get_by_test_id("stSkeleton")).to_have_count(0)


def whole(found, width: int, scheme: str) -> None:
    """Show the page in a window as high as it is: axe judges colours only where it can see them."""
    found.page.emulate_media(color_scheme=scheme)
    found.page.set_viewport_size({"width": width, "height": 900})
    found.page.wait_for_function(GROUND_IS, arg=scheme)
    high = found.page.get_by_test_id("stMain").evaluate("element => element.scrollHeight")
    found.page.set_viewport_size({"width": width, "height": high + 200})
    drawn(found)


GROUND_IS = """scheme => {
  const [red] = getComputedStyle(document.querySelector(".stApp")).backgroundColor.match(/[0-9.]+/g).map(Number);
  return scheme === "dark" ? red < 128 : red > 127;
}"""


def violations(found) -> list[str]:
    """What axe finds, in Streamlit's markup or in ours."""
    if not found.page.evaluate("window.axe !== undefined"):
        found.page.evaluate(AXE)
    return found.page.evaluate(FOUND)


FOUND = """async () => {
  const { violations } = await axe.run({ resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) => nodes
    .map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`));
}"""


@EVERY_PAGE
@BOTH_LANGUAGES
def test_axe_finds_nothing_wrong_words_of_charts_stand_out_and_nothing_is_too_wide(opened, page_name, language):
    found = opened(page_name, language)
    for width, scheme in ((1280, "light"), (390, "dark")):
        whole(found, width, scheme)
        assert (width, scheme, violations(found)) == (width, scheme, [])
        found.page.wait_for_function(f"() => ({PALE})().length === 0")  # axe does not judge SVG
        assert found.page.evaluate("document.documentElement.scrollWidth") <= width


PALE = """() => {
  const light = colour => colour.match(/[0-9.]+/g).slice(0, 3)
    .map(part => part / 255).map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  const page = light(getComputedStyle(document.querySelector(".stApp")).backgroundColor);
  const behind = text => {  // an opaque bar, or the page
    const bar = text.closest(".point")?.querySelector("path");
    return bar && Number(getComputedStyle(bar).fillOpacity) === 1 ? light(getComputedStyle(bar).fill) : page;
  };
  return [...document.querySelectorAll(".js-plotly-plot text")].filter(text => text.textContent.trim()).filter(text => {
    const style = getComputedStyle(text), ink = light(style.fill), ground = behind(text);
    const ratio = (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05);
    return ratio < 4.5 || Number(style.opacity) < 1 || Number(style.fillOpacity) < 1;
  });
}"""


def test_the_page_says_which_language_it_is_in(opened):
    found = opened("method", "zh", drawers=False)
    expect(found.page.locator("html")).to_have_attribute("lang", "zh")
    found.link("English").click()
    expect(found.page.locator("html")).to_have_attribute("lang", "en")


def at(found) -> str:
    """What has the keyboard, in the page or in one of our controls, by its name."""
    return found.page.evaluate(
        """() => {
          let here = document.activeElement;
          while (here.shadowRoot?.activeElement) here = here.shadowRoot.activeElement;
          const group = here.closest("[class*=st-key-]")?.className.match(/st-key-[^ ]+/)?.[0] ?? "";
          const name = here.getAttribute("aria-label") ?? here.innerText;
          return `${here.tagName} ${group} ${name}`.replace(/\\s+/g, " ");
        }"""
    )


def go(found, wanted: str, key: str = "Tab") -> None:
    """Press a key until what has the keyboard fits."""
    passed = []
    for _ in range(150):
        found.page.keyboard.press(key)
        passed.append(at(found))
        if re.search(wanted, passed[-1]):
            return
    raise AssertionError(f"{key} does not come to {wanted!r}: {passed}")


def test_the_overview_needs_no_mouse(opened):
    found = opened("overview", "zh", drawers=False)
    keys = found.page.keyboard
    go(found, "A .*English")
    keys.press("Enter")
    expect(found.page.get_by_role("heading", level=1)).to_contain_text("where each one starts")
    go(found, "A .*next due 31 Dec")  # the last of the figures
    go(found, "A .*Energy 13")
    with found.rerun():
        keys.press("Enter")
    found.arrives("/", lang="en", sector="energy")
    go(found, "SUMMARY .*More filters")
    keys.press("Enter")
    go(found, r"A .*\blevel \d+$")
    with found.rerun():
        keys.press("Enter")
    found.arrives("/", lang="en", sector="energy", kind="level")
    go(found, "A .*level ×")
    go(found, "INPUT st-key-query")
    keys.type("capacity")
    keys.press("Enter")
    found.arrives("/", lang="en", q="capacity", sector="energy", kind="level")
    expect(found.targets).to_have_count(2)
    drawn(found)
    go(found, "A .*difficulty")
    go(found, "SUMMARY .*Download a sector chart")
    keys.press("Enter")
    go(found, "BUTTON .*PNG")
    with found.page.expect_download() as waiting:
        keys.press("Space")
    assert waiting.value.suggested_filename.endswith(".png")
    go(found, "A .*Pumped-storage")
    keys.press("Enter")
    expect(found.page.get_by_role("heading", level=1)).to_contain_text("Pumped-storage")
    drawn(found)
    go(found, "SUMMARY .*Data table")
    keys.press("Enter")
    expect(found.page.get_by_role("table").first).to_be_visible()
    go(found, "SUMMARY .*one station")  # a line of the evidence
    keys.press("Enter")
    expect(found.page.locator(".pieces details[open] dl")).to_be_visible()


def test_another_indicator_is_chosen_without_a_mouse(opened):
    found = opened("indicator", "en", drawers=False)
    go(found, "INPUT .*Choose")
    found.page.keyboard.type("Maternal")
    found.page.keyboard.press("Enter")
    expect(found.page.get_by_role("heading", level=1)).to_contain_text("Maternal mortality")


def test_the_data_is_sorted_and_downloaded_without_a_mouse(opened):
    found = opened("data", "en", drawers=False)
    go(found, "A .*Due$")
    with found.rerun():
        found.page.keyboard.press("Enter")
    assert "sort=" in found.page.url
    go(found, "BUTTON .*CSV .opens")
    with found.page.expect_download() as waiting:
        found.page.keyboard.press("Enter")
    assert waiting.value.suggested_filename.endswith(".csv")


# Whatever cuts off one of the elements: a box around it that scrolls, or the edge of the window.
CUT = """all => all.flatMap(one => {
  const around = [];
  for (let box = one; box; box = box.parentElement) around.push(box);
  const cutting = around.filter(box => getComputedStyle(box).overflowY !== "visible"
    && box.scrollHeight > box.clientHeight + 1);
  return [...cutting, ...(one.getBoundingClientRect().right > innerWidth ? [one] : [])]
    .map(box => box.outerHTML.slice(0, 80));
})"""


@pytest.mark.parametrize(
    ("page_name", "scheme", "parts", "least"),
    [
        ("overview", "light", ".board tbody tr", 60),
        ("one sector", "dark", ".stElementContainer:has(.js-plotly-plot)", 5),
        ("indicator", "light", ".pieces > li", 20),
    ],
)
def test_paper_is_white_and_whole_without_controls_and_tears_nothing(opened, page_name, scheme, parts, least):
    found = opened(page_name, "zh", drawers=False, scheme=scheme)
    found.page.wait_for_function(GROUND_IS, arg=scheme)
    found.page.emulate_media(media="print")
    expect(found.page.get_by_role("heading", level=1)).to_be_visible()
    for role in ("button", "textbox", "combobox", "radio"):
        assert found.page.get_by_role(role).all_inner_texts() == []
    # No link to another page, no filter, no empty place of a control.
    for controls in (".top nav", ".choices", ".chips", ".more", "[class*=st-key-image]"):
        assert found.page.locator(controls).locator("visible=true").count() == 0
    ink, ground = found.page.locator(".stApp").evaluate(
        "element => { const { color, backgroundColor } = getComputedStyle(element); return [color, backgroundColor]; }"
    )
    assert ground == "rgb(255, 255, 255)"
    assert max(int(part) for part in re.findall(r"\d+", ink)[:3]) < 64
    breaks = "all => [...new Set(all.map(one => getComputedStyle(one).breakInside))]"
    shown = found.page.locator(parts)
    assert shown.evaluate_all(breaks) == ["avoid"]
    # Paper holds the whole page.
    assert shown.count() >= least
    expect(shown.last).to_be_visible()
    sheets = len(re.findall(rb"/Type\s*/Page\b(?!s)", found.page.pdf(format="A4")))
    # The window is wider than paper, so that its lines are fewer.
    assert sheets >= ceil(shown.last.evaluate("element => element.getBoundingClientRect().bottom") / A4 / 1.5)
    assert shown.evaluate_all(CUT) == []


def test_in_the_systems_own_colours_a_choice_is_seen_and_signs_differ(opened):
    found = opened("overview", "en", drawers=False)
    found.page.emulate_media(forced_colors="active")
    look = "all => all.map(one => [one.ariaCurrent, getComputedStyle(one).outlineStyle])"
    for among in (".choices a", ".wide .chip", ".controls .chip"):
        seen = found.page.locator(among).evaluate_all(look)
        assert {(current, outline) for current, outline in seen} == {("true", "solid"), (None, "none")}, among
    signs = found.page.locator(".legend .mark").locator("visible=true")
    colours = signs.evaluate_all("all => all.map(one => getComputedStyle(one).borderTopColor)")
    assert len(set(colours)) >= 3  # targets, starts, context


# A4 upright between the margins that a browser leaves; what lies to the right of it, or in a box that shuts it off.
PAPER = 718
LOST = """edge => [...document.querySelectorAll("[data-testid=stMain] :is(th, td, p, li, h1, h2, h3, .main-svg, dd)")]
  .filter(one => one.getBoundingClientRect().width)
  .filter(one => !one.closest(".board ~ .board thead")) // seen once, above the first table
  .filter(one => {
    let right = Math.min(edge, innerWidth);
    for (let box = one.parentElement; box; box = box.parentElement)
      if (getComputedStyle(box).overflowX !== "visible") right = Math.min(right, box.getBoundingClientRect().right);
    return one.getBoundingClientRect().right > right + 1 || one.scrollWidth > one.clientWidth + 1 && one.clientWidth;
  })
  .map(one => `${one.tagName} ${one.textContent.slice(0, 40)}`)"""


@BOTH_LANGUAGES
@EVERY_PAGE
def test_upright_paper_loses_nothing_at_its_edge(opened, page_name, language):
    found = opened(page_name, language, drawers=False, width=PAPER)
    found.page.emulate_media(media="print")
    assert found.page.evaluate(LOST, PAPER) == []
    assert found.page.evaluate("document.documentElement.scrollWidth") <= PAPER
