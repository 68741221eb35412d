"""What an address means: words that were given up lead to what came after them."""

import pytest
from conftest import ROOT
from streamlit.testing.v1 import AppTest
from test_dashboard import app, links, pressed, shown

from evidence.search import counts, entries, matching
from evidence.standing import STATUSES, SUCCESSORS
from evidence.tables import TABLES
from loaders.book import load
from views.address import read
from wording.texts import say

OLD = {
    "no_baseline": ["from_zero", "each_year", "context", "rivals_only", "nothing"],
    "no_path": ["yes_no", "unmeasured"],
}


@pytest.mark.parametrize("word", OLD)
def test_an_old_word_is_the_union_of_its_successors(word):
    assert read("status", [word]) == OLD[word]


@pytest.mark.parametrize(
    ("given", "means"),
    [
        ([], []),
        (["comparable"], ["comparable"]),
        (["no_path", "yes_no"], ["yes_no", "unmeasured"]),
        (["yes_no", "no_path"], ["yes_no", "unmeasured"]),
        (["nonsense", "no_path"], ["nonsense", "yes_no", "unmeasured"]),
        (["no_baseline", "no_path", "partial", "comparable"], [*OLD["no_baseline"], *OLD["no_path"], *STATUSES[1::-1]]),
    ],
)
def test_each_word_counts_once_and_a_new_one_means_itself(given, means):
    assert read("status", given) == means


def test_an_old_word_is_one_of_its_own_parameter_only():
    assert read("grade", ["no_baseline"]) == ["no_baseline"]


def test_the_old_words_and_those_that_stayed_make_up_all():
    """Whoever held a link to every target but some still gets every target but those."""
    every = sorted([*SUCCESSORS["no_baseline"], *SUCCESSORS["no_path"], "comparable", "partial"])
    assert every == sorted(STATUSES)


@pytest.mark.parametrize("word", OLD)
def test_an_old_link_shows_presses_and_counts_what_it_leads_to(word):
    every = entries(load(ROOT / "indicators").book)
    given = counts(every, "", {}, "status")
    test = app(lang="en", status=word).run()
    assert not test.info
    words = [f"{say('en', f'status.{one}')} {given[one]}" for one in OLD[word] if one in given]
    assert [one for one in pressed(test) if one in words] == words
    assert shown(test) == f"{sum(given.get(one, 0) for one in OLD[word])} targets shown"
    assert test.query_params["status"] in (word, [word]), "the address stays, so that Back leaves the page"


def test_a_click_after_an_old_link_writes_the_words_of_today():
    asked = links(app(lang="en", status="no_path").run())
    assert asked[f"{say('en', 'status.unmeasured')} ×"] == {"lang": ["en"], "status": ["yes_no"]}


def test_an_old_word_is_known_where_the_plan_has_only_some_of_its_successors(monkeypatch):
    monkeypatch.setenv("PLAN_DIR", str(ROOT / "tests" / "base"))
    test = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    for name, value in {"lang": "en", "status": ["no_baseline", "nonsense"]}.items():
        test.query_params[name] = value
    test.run()
    taken = [one.removesuffix(" ×") for one in pressed(test) if one.endswith(" ×")]
    assert taken == [say("en", f"status.{one}") for one in ("from_zero", "nothing")]
    assert ["nonsense" in one.value and "no_baseline" not in one.value for one in test.info] == [True]


@pytest.mark.parametrize("place", ["tests/base", "indicators"])
def test_the_facet_counts_in_the_order_of_all_and_as_the_tables_do(place):
    book = load(ROOT / place).book
    every = entries(book)
    given = counts(every, "", {}, "status")
    assert list(given) == [status for status in STATUSES if status in given]
    table = TABLES["table"](book)["status"].value_counts()
    assert {status: int(table[status]) for status in given} == given
    sectors = TABLES["sectors"](book)
    assert {status: int(sectors[status].sum()) for status in STATUSES} == {one: given.get(one, 0) for one in STATUSES}
    assert sum(given.values()) == len(matching(every, "", {}))
