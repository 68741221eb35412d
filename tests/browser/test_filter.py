"""Searching and filtering: what stands in the address, and what a link, Back and Forward bring back."""

import re

import pytest
from playwright.sync_api import expect

from evidence.search import FACETS

# Each of the three conditions leaves something out that the two others let through.
LINK = "q=亿立方米&sector=water&kind=level"
FOUND = {"q": "亿立方米", "sector": "water", "kind": "level"}
NAMES = {"zh-CN": ("水", "水平", "非常规水"), "en-GB": ("Water", "level", "Use of unconventional water")}
EITHER = pytest.mark.parametrize("locale", NAMES)


def told(found):
    """What the page says where nothing fits."""
    return found.page.locator("p[role=status]").filter(has_text=re.compile("符合|matches"))


def shown(found, count: int, language: str = "en"):
    main = found.page.get_by_test_id("stMain")
    one = "target" if count == 1 else "targets"
    words = f"{count} {one} shown" if language == "en" else f"共{count}项目标"
    # What was there before may stand beside it for a moment.
    expect(main.locator(".controls", has_text=re.compile(rf"(?<!\d){words}"))).to_have_count(1)
    expect(found.targets).to_have_count(count)


def clear(found):
    return found.page.locator(".more .used").get_by_role("link", name=re.compile("清除全部|Clear all"))


def rows(found):
    """The rows of the Data page's first table."""
    return found.page.get_by_role("table").first.locator("tbody tr")


def expect_link_restored(found, locale):
    sector, kind, name = NAMES[locale]
    expect(found.box).to_have_value("亿立方米")
    expect(found.pill("sector", sector)).to_have_attribute("aria-current", "true")
    expect(found.pill("kind", kind)).to_have_attribute("aria-current", "true")
    # What is chosen is not hidden in a closed drawer.
    expect(found.page.locator(".used").get_by_role("link", name=f"{kind} ×")).to_be_visible()
    expect(found.pressed).to_have_count(2)
    shown(found, 1, locale[:2])
    expect(found.targets).to_contain_text(name)


@pytest.mark.parametrize(("locale", "words"), [("zh-CN", "煤层气"), ("en-GB", "coal-bed"), ("en-GB", "＆ ? #")])
def test_a_search_stands_in_the_address(visit, locale, words):
    found = visit("?sector=energy", locale=locale)
    found.search(words)
    found.arrives("/", q=words, sector="energy")
    expect(found.box).to_have_value(words)
    found.search("")
    found.arrives("/", sector="energy")
    shown(found, 13, locale[:2])


def test_a_search_finds_by_words_of_the_other_language(visit):
    found = visit("?q=nowhere", locale="en-GB")
    found.search("煤层气")
    expect(found.targets.first).to_contain_text("Unconventional natural gas output")


@EITHER
def test_a_sent_link_brings_back_words_and_facets(visit, locale):
    found = visit(f"?{LINK}", locale=locale)
    expect_link_restored(found, locale)
    found.page.reload()
    expect_link_restored(found, locale)
    found.arrives("/", **FOUND)


@pytest.mark.parametrize("locale", ["zh-CN"])
def test_the_same_link_to_the_data_page_shows_the_same_targets(visit, locale):
    found = visit(f"data?{LINK}", locale=locale)
    expect(rows(found)).to_have_count(1)
    expect(found.box).to_have_value("亿立方米")
    expect(found.pressed).to_have_count(2)


def test_the_table_of_all_targets_has_97_rows(visit):
    found = visit("data")
    expect(rows(found)).to_have_count(97)
    found.choose("sector", "健康与照护")
    expect(rows(found)).to_have_count(10)
    found.arrives("/data", sector="health-care")


def test_counts_tell_what_each_choice_would_give(visit):
    found = visit("data", locale="en-GB")
    expect(found.pill("sector", "Water")).to_have_text("Water 6")
    found.choose("kind", "level")
    expect(found.pill("sector", "Water")).to_have_text("Water 2")
    expect(found.pill("kind", "share")).to_have_text("share 14")
    found.search("亿立方米")
    expect(found.pill("sector", "Water")).to_have_text("Water 1")
    expect(found.pill("sector", "Culture")).to_have_text("Culture 0")
    found.arrives("/data", kind="level", q="亿立方米")


def test_values_of_one_facet_add_and_facets_narrow(visit):
    found = visit("?sector=water", locale="en-GB")
    shown(found, 6)
    found.choose("sector", "Energy")
    shown(found, 19)
    found.choose("firmness", 'with "strive to"')
    shown(found, 7)
    found.arrives("/", sector=["water", "energy"], firmness="strive")
    found.choose("sector", "Energy")  # a second click takes it back
    shown_none(found)
    found.arrives("/", sector="water", firmness="strive")
    found.page.locator(".used").get_by_role("link", name='with "strive to"').click()
    shown(found, 6)
    found.page.locator(".wide .chip").first.click()  # all sectors
    found.arrives("/")
    shown(found, 97)


def shown_none(found):
    expect(told(found)).to_be_visible()
    expect(found.targets).to_have_count(0)


def test_choices_are_made_one_after_the_other_in_an_open_drawer(visit):
    found = visit(locale="en-GB")
    found.drawer.locator("summary").click()
    for name in ("counted from zero", "comparable", "done or not done"):
        found.pill("status", name).click()
        expect(found.pill("status", name)).to_have_attribute("aria-current", "true")
        expect(found.pill("status", name)).to_be_visible()
    found.pill("status", "comparable").focus()
    found.page.keyboard.press("Enter")
    found.arrives("/", status=["from_zero", "yes_no"])
    expect(found.pill("status", "comparable")).to_be_focused()


def test_back_and_forward_walk_over_searches_and_facets(visit):
    found = visit(locale="en-GB")
    found.search("coal")
    found.arrives("/", q="coal")
    shown(found, 7)
    found.choose("sector", "Energy")
    found.arrives("/", q="coal", sector="energy")
    shown(found, 3)
    found.choose("kind", "level")
    found.arrives("/", q="coal", sector="energy", kind="level")
    shown(found, 2)
    for count, value in ((3, "coal"), (7, "coal"), (97, "")):
        found.page.go_back()
        shown(found, count)
        expect(found.box).to_have_value(value)
    for count in (7, 3, 2):
        found.page.go_forward()
        shown(found, count)
        expect(found.box).to_have_value("coal")


def test_an_old_word_of_a_link_leads_to_what_came_after_it_and_back_leads_away(visit):
    """On every page with the filter, and in a chart alone."""
    found = visit(locale="en-GB")
    for path in ("", "data"):
        found.page.goto(f"{found.address}/{path}?status=no_path&sector=energy&lang=en")
        expect(found.pressed).to_have_count(3)  # its two successors, and the sector
        expect(found.pill("status", "done or not done")).to_have_attribute("aria-current", "true")
        expect(found.page.get_by_test_id("stAlert")).to_have_count(0)
        assert "status=no_path" in found.page.url
    expect(rows(found)).to_have_count(2)
    found.page.go_back()
    shown(found, 2)
    found.page.go_back()
    shown(found, 97)
    found.page.goto(f"{found.address}/chart?id=start.energy&status=no_baseline&lang=en&embed=true")
    away = found.page.get_by_role("link", name="See all the evidence on the site")
    expect(away).to_have_attribute("href", re.compile("status=from_zero.*status=rivals_only"))


def test_back_shows_the_choices_that_hold(visit):
    found = visit(locale="en-GB")
    found.choose("sector", "Energy")
    found.arrives("/", sector="energy")
    found.choose("kind", "share")
    expect(found.pill("sector", "Energy")).to_have_text("Energy 2")
    expect(found.pressed).to_have_text(["Energy 2", "share 2"])
    found.page.go_back()
    expect(found.pill("sector", "Energy")).to_have_text("Energy 13")
    expect(found.pressed).to_have_text(["Energy 13"])
    found.page.go_forward()
    expect(found.pressed).to_have_text(["Energy 2", "share 2"])


@pytest.mark.parametrize("locale", ["zh-CN"])
def test_one_action_clears_all(visit, locale):
    language = locale[:2]
    found = visit(f"?{LINK}&lang={language}&units=chinese", locale="fr-FR")
    expect_link_restored(found, locale)
    clear(found).click()
    shown(found, 97, language)
    expect(found.box).to_have_value("")
    expect(found.pressed).to_have_count(0)
    expect(clear(found)).to_have_count(0)
    found.arrives("/", lang=language, units="chinese")


def test_back_after_clearing_brings_the_whole_filter_back(visit):
    found = visit(f"?{LINK}", locale="en-GB")
    expect_link_restored(found, "en-GB")
    clear(found).click()
    shown(found, 97)
    found.arrives("/")
    found.page.go_back()
    expect(clear(found)).to_be_visible()
    expect_link_restored(found, "en-GB")


@pytest.mark.parametrize(
    ("locale", "sector", "ways"),
    [("zh-CN", "文化", "去掉“查找的词”有1项"), ("en-GB", "Culture", "without the search words, 1")],
)
def test_an_empty_result_says_what_to_leave_out(visit, locale, sector, ways):
    found = visit("?sector=culture&kind=cumulative&q=亿立方米", locale=locale)
    expect(told(found)).to_contain_text(ways)
    expect(found.targets).to_have_count(0)
    expect(found.pill("sector", sector)).to_have_attribute("aria-current", "true")
    found.search("")
    expect(told(found)).to_have_count(0)
    found.arrives("/", sector="culture", kind="cumulative")
    expect(found.pill("kind", "累计量" if locale == "zh-CN" else "total over the period")).to_contain_text("1")
    assert found.complaints == []


def test_an_empty_result_names_each_way_out(visit):
    found = visit("?sector=water&kind=growth", locale="en-GB")
    expect(told(found)).to_contain_text("without Sector, 2")
    expect(told(found)).to_contain_text("without Kind of target, 6")


@pytest.mark.parametrize("path", ["", "data"])
def test_where_no_single_choice_helps_clearing_is_offered(visit, path):
    found = visit(f"{path}?q=nowhere&sector=water&kind=growth", locale="en-GB")
    expect(told(found)).to_contain_text("clear all")
    clear(found).click()
    expect(told(found)).to_have_count(0)
    found.arrives(f"/{path}")


@pytest.mark.parametrize("locale", ["en-GB"])
def test_the_filter_goes_along_through_the_head(visit, locale):
    language = locale[:2]
    choices = {**FOUND, "lang": language, "units": "international"}
    found = visit(f"?{LINK}&lang={language}&units=international", locale="fr-FR")
    links = found.page.locator(".top nav").get_by_role("link")
    expect_link_restored(found, locale)
    links.nth(3).click()
    found.arrives("/data", **choices)
    expect(rows(found)).to_have_count(1)
    for number, path in ((4, "/method"), (1, "/indicator"), (2, "/evaluation")):
        links.nth(number).click()
        found.arrives(path, **choices)
    links.nth(0).click()
    found.arrives("/", **choices)
    expect_link_restored(found, locale)


def test_a_filter_that_came_along_can_be_seen_and_changed(visit):
    found = visit(f"?{LINK}", locale="en-GB")
    expect_link_restored(found, "en-GB")
    found.link("Data").click()
    found.arrives("/data", **FOUND)
    expect(rows(found)).to_have_count(1)
    expect(found.box).to_have_value("亿立方米")
    expect(found.pressed).to_have_text(["Water 1", "level 1"])
    found.choose("sector", "Energy")
    found.arrives("/data", q="亿立方米", sector=["water", "energy"], kind="level")
    expect(rows(found)).to_have_count(2)


def test_a_head_link_opened_in_a_new_tab_keeps_the_filter(visit):
    found = visit(f"?{LINK}&lang=en")
    link = found.link("Data")
    address = link.evaluate("element => element.href")
    other = visit(address.removeprefix(f"{found.address}/"))
    expect(rows(other)).to_have_count(1)


def test_a_switch_of_language_keeps_the_filter(visit):
    found = visit(f"?{LINK}", locale="zh-CN")
    expect_link_restored(found, "zh-CN")
    found.link("English").click()
    expect_link_restored(found, "en-GB")
    found.arrives("/", **FOUND, lang="en")


def test_an_unknown_value_of_any_facet_is_named_and_ignored(visit):
    found = visit("?" + "&".join(f"{facet}=no_such_{facet}" for facet in FACETS), locale="en-GB")
    for facet in FACETS:
        expect(found.page.get_by_test_id("stAlert")).to_contain_text(f"no_such_{facet}")
    expect(found.targets).to_have_count(97)
    assert found.complaints == []


AT_ONCE = """names => names.forEach(name => [...document.querySelectorAll(".wide .chip, .controls .chip")]
  .find(one => one.textContent.startsWith(name)).click())"""


def test_choices_that_are_quicker_than_the_page_all_count(visit):
    found = visit("?lang=en", locale="en-GB")
    found.page.evaluate(AT_ONCE, ["Energy", "difficulty", "Water", "due date"])
    found.arrives("/", lang="en", sector=["energy", "water"], order="due")
    shown(found, 19)
    with found.rerun():
        found.page.evaluate(AT_ONCE, ["Energy", "Culture"])
    found.arrives("/", lang="en", sector=["water", "culture"], order="due")
    shown(found, 10)
    with found.rerun():
        found.page.go_back()
    found.arrives("/", lang="en", sector="water", order="due")  # each is a step of its own
    shown(found, 6)
