"""The page's own logic, run by Streamlit's test harness."""

import re
from html import unescape
from unittest.mock import patch

import pytest
from conftest import ROOT
from streamlit.testing.v1 import AppTest


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


def shown(test: AppTest) -> str:
    """The sentence that says how many targets are shown."""
    return next(text.value for text in test.markdown if text.value.startswith("Targets shown"))


def headings(test: AppTest, level: int = 2) -> list[str]:
    return [
        unescape(words)
        for block in test.get("html")
        for words in re.findall(rf"<h{level}[^>]*>(.*?)</h{level}>", block.proto.body)
    ]


def test_the_filter_and_the_counts_follow_the_address():
    test = app(lang="en", sector=["health-care", "energy"]).run()
    assert test.get_by_key("facet sector").value == ["health-care", "energy"]
    assert headings(test) == [
        "Energy: from the baseline to the 2030 target",
        "Health and care: from the baseline to the 2030 target",
        "Is the recent pace enough? Which targets ask for more, and which do not",
    ]
    assert shown(test).startswith("Targets shown: 23.")


def test_words_and_facets_follow_the_address_together():
    test = app(lang="en", q="亿立方米", sector="water", kind="level", grade="none").run()
    assert test.get_by_key("query").value == "亿立方米"
    assert [test.get_by_key(f"facet {name}").value for name in ("kind", "grade", "place")] == [["level"], ["none"], []]
    assert shown(test).startswith("Targets shown: 1.")


def test_without_a_choice_every_sector_is_shown():
    test = app(lang="en").run()
    assert not test.exception and not test.error and not test.info
    *sectors, ambition = headings(test)
    assert len(sectors) == 11
    assert all(heading.endswith("2030 target") for heading in sectors)
    assert ambition.startswith("Is the recent pace enough?")
    assert shown(test).startswith("Targets shown: 97.")


def test_choices_are_written_into_the_address_and_cleared_from_it():
    test = app(lang="en", units="chinese").run()
    test.get_by_key("query").set_value("  coal ").run()
    assert test.query_params["q"] == "coal"
    test.get_by_key("facet sector").set_value(["energy", "mining"]).run()
    assert test.query_params["sector"] == ["energy", "mining"]
    test.get_by_key("clear").click().run()
    assert dict(test.query_params) == {"lang": "en", "units": "chinese"}
    assert shown(test).startswith("Targets shown: 97.")


def test_a_very_long_search_is_cut():
    test = app(lang="en").run()
    test.get_by_key("query").set_value("coal" * 100).run()
    assert not test.exception and not test.error
    assert len(test.query_params["q"]) == 100


@pytest.mark.parametrize(("language", "units"), [("zh", "chinese"), ("en", "international")])
def test_units_follow_the_language_unless_asked_for(language, units):
    assert app(lang=language).run().get_by_key("units").value == units
    assert app(lang=language, units="furlong").run().get_by_key("units").value == units
    for asked in ("chinese", "international"):
        test = app(lang=language, units=asked).run()
        assert test.get_by_key("units").value == asked
        assert test.get_by_key("lang").value == language


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
    assert "not comparable: output value" in test.code[0].value
    switch.set_value(False).run()
    assert test.query_params["context"] in ("off", ["off"])
    assert "output value" not in test.code[0].value and "now hidden: 1" in test.code[0].value
    test.toggle[0].set_value(True).run()
    assert "context" not in test.query_params and "output value" in test.code[0].value


def test_an_address_that_hides_it_is_followed_and_where_nothing_is_grey_there_is_no_switch():
    test = AppTest.from_function(page, default_timeout=60)
    test.query_params["id"], test.query_params["context"] = "steel-revenue", "off"
    test.run()
    assert not test.toggle[0].value and "output value" not in test.code[0].value
    test.query_params["id"] = "irrigation-coefficient"
    test.run()
    assert not test.exception and not test.toggle
