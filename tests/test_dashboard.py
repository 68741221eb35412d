"""The page's own logic, run by Streamlit's test harness."""

import re
from html import unescape
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

import pytest
from conftest import ROOT
from streamlit.testing.v1 import AppTest

from wording.texts import say


def app(**parameters) -> AppTest:
    test = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    for name, value in parameters.items():
        test.query_params[name] = value
    return test


@pytest.mark.parametrize(("language", "words"), [("zh", "暂时无法显示"), ("en", "cannot be shown")])
def test_a_failure_is_a_calm_notice_and_no_traceback(language, words, caplog):
    with patch("views.overview.show", side_effect=RuntimeError("secret detail")):
        test = app(lang=language).run()
    assert not test.exception
    assert words in test.error[0].value
    assert "secret" not in "".join(error.value for error in test.error)
    assert "secret detail" in caplog.text


def html(test: AppTest) -> str:
    """What the page says in HTML of ours."""
    return "".join(block.proto.body for block in test.get("html"))


def shown(test: AppTest) -> str:
    """The words that say how many targets are shown."""
    return re.search(r"<b>(\d+ targets? shown)</b>", html(test))[1]


def headings(test: AppTest, level: int = 2) -> list[str]:
    found = re.findall(rf"<h{level}[^>]*>(.*?)</h{level}>", html(test))
    return [" ".join(unescape(re.sub("<[^>]*>", "", words)).split()) for words in found]


def links(test: AppTest, *, chosen: bool = False) -> dict[str, dict[str, list[str]]]:
    """What the links of the page ask for, by their words; or those that are chosen."""
    found = re.findall(r'<a href="([^"]*)"([^>]*)>(.*?)</a>', html(test))
    return {
        " ".join(unescape(re.sub("<[^>]*>", " ", words)).split()): parse_qs(urlsplit(unescape(href)).query)
        for href, attributes, words in found
        if not chosen or 'aria-current="true"' in attributes
    }


def pressed(test: AppTest) -> list[str]:
    return list(links(test, chosen=True))


def test_the_filter_and_the_counts_follow_the_address():
    test = app(lang="en", units="international", sector=["health-care", "energy"]).run()
    assert pressed(test) == ["English", "International units", "Energy 13", "Health and care 10", "plan order"]
    assert headings(test) == ["Energy 13", "Health and care 10"]
    assert shown(test) == "23 targets shown"


def test_words_and_facets_follow_the_address_together():
    test = app(lang="en", q="亿立方米", sector="water", kind="level", grade="none").run()
    assert test.get_by_key("query").value == "亿立方米"
    assert [one for one in pressed(test) if one.endswith(" ×")] == ["level ×", "none found or none needed ×"]
    assert shown(test) == "1 target shown"


def test_without_a_choice_every_sector_is_shown():
    test = app(lang="en").run()
    assert not test.exception and not test.error and not test.info
    assert len(headings(test)) == 11
    assert sum(int(heading.split()[-1]) for heading in headings(test)) == 97
    assert headings(test, 1) == ["97 targets for 2030: where each one starts"]
    assert "Clear all" not in links(test)
    assert shown(test) == "97 targets shown"


def test_a_search_is_written_into_the_address():
    test = app(lang="en", units="chinese").run()
    test.get_by_key("query").set_value("  coal ").run()
    assert test.query_params["q"] in ("coal", ["coal"])


def test_a_choice_is_a_link_that_adds_it_and_one_that_takes_it_back():
    test = app(lang="en", units="chinese", q="coal", sector="energy").run()
    kept = {"lang": ["en"], "units": ["chinese"], "q": ["coal"]}
    (mining,) = [asked for words, asked in links(test).items() if words.startswith("Non-coal mining ")]
    assert mining == {**kept, "sector": ["energy", "mining"]}
    (energy,) = [asked for words, asked in links(test, chosen=True).items() if words.startswith("Energy ")]
    assert energy == kept
    assert links(test)["Clear all"] == {"lang": ["en"], "units": ["chinese"]}


def test_a_tile_leads_to_as_many_targets_as_it_counts():
    every = links(app(lang="en").run())
    words, asked = next(one for one in every.items() if "comparable baseline" in one[0])
    assert asked == {"lang": ["en"], "status": ["comparable"]}
    assert shown(app(**{name: value[0] for name, value in asked.items()}).run()).split()[0] == words.split()[0]


@pytest.mark.parametrize("query", ["coal" * 100, "nothing like it"], ids=["very long", "of nothing"])
def test_a_search_that_finds_nothing_is_cut_and_says_so(query):
    test = app(lang="en").run()
    test.get_by_key("query").set_value(query).run()
    assert not test.exception and not test.error
    assert len("".join(test.query_params["q"])) == min(len(query), 100)
    assert shown(test) == "0 targets shown"
    assert 'role="status"' in html(test)


@pytest.mark.parametrize("others", ["show", ""])
def test_what_a_filter_leaves_out_is_shown_pale_where_it_is_asked_for(others):
    page = html(app(lang="en", sector="water", others=others).run())
    assert ('<tr role="row" class="out">' in page) == (others == "show")


@pytest.mark.parametrize(("language", "units"), [("zh", "chinese"), ("en", "international")])
def test_units_follow_the_language_unless_asked_for(language, units):

    def choices(**asked) -> list[str]:
        return pressed(app(lang=language, **asked).run())[:2]

    def words(chosen: str) -> list[str]:
        return [say(language, f"page.language.{language}"), say(language, f"units.{chosen}")]

    assert choices() == choices(units="furlong") == words(units)
    for asked in ("chinese", "international"):
        assert choices(units=asked) == words(asked)


def words(test) -> str:
    """The chart in words, which stand first among what is to be copied."""
    return next(block.proto.body for block in test.get("html") if "<pre>" in block.proto.body)


def page():
    """An indicator's page alone: the harness opens no other page than the first."""
    from conftest import real_book

    from views import address, indicator

    address.enter("indicator")
    indicator.show(real_book(), "en")


def test_a_switch_hides_what_is_not_comparable_and_the_address_keeps_it():
    test = AppTest.from_function(page, default_timeout=60)
    test.query_params["id"] = "steel-revenue"
    test.run()
    assert not test.exception
    (switch,) = test.toggle
    assert switch.value and "context" not in test.query_params
    assert "not comparable: output value" in words(test)
    switch.set_value(False).run()
    assert test.query_params["context"] in ("off", ["off"])
    assert "output value" not in words(test) and "1 figure hidden" in words(test)
    test.toggle[0].set_value(True).run()
    assert "context" not in test.query_params and "output value" in words(test)


def test_an_address_that_hides_it_is_followed_and_where_nothing_is_grey_there_is_no_switch():
    test = AppTest.from_function(page, default_timeout=60)
    test.query_params["id"], test.query_params["context"] = "steel-revenue", "off"
    test.run()
    assert not test.toggle[0].value and "output value" not in words(test)
    test.query_params["id"] = "irrigation-coefficient"
    test.run()
    assert not test.exception and not test.toggle


def test_the_page_of_one_sector_leads_to_the_overview_with_that_sector():
    test = AppTest.from_function(_leave)
    for name, value in {"id": "water", "lang": "en", "kind": "level"}.items():
        test.query_params[name] = value
    (script,) = [block.proto.body for block in test.run().get("html")]
    assert "replaceState" in script and "location.assign" not in script, "Back leads past the page that was"
    asked = re.search(r'"(\./\?[^"]*)"', script)[1]
    assert parse_qs(urlsplit(asked).query) == {"sector": ["water"], "lang": ["en"], "kind": ["level"]}


def _leave() -> None:
    from views import address, sector

    address.enter("sector")
    sector.leave()
