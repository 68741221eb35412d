"""What an address means: words that were given up lead to what came after them; which address a link has."""

from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest
from conftest import ROOT
from streamlit.testing.v1 import AppTest
from test_dashboard import app, links, pressed, shown

from evidence.search import FACETS, counts, entries, matching
from evidence.standing import STATUSES, SUCCESSORS
from evidence.tables import TABLES
from loaders.book import load
from views import address
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


class Given(dict):
    """The parameters of an address, as Streamlit gives them."""

    def get_all(self, name):
        return list(self[name]) if name in self else []

    def get(self, name, default=None):
        return self[name][-1] if self.get_all(name) else default


def at(monkeypatch, page: str = "", **given) -> None:
    """Stand on a page whose address holds these."""
    every = {name: [value] if isinstance(value, str) else value for name, value in given.items()}
    stub = SimpleNamespace(query_params=Given(every), session_state={"page": page})
    monkeypatch.setattr(address, "st", stub)


def asks(made: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(made).query, keep_blank_values=True)


@pytest.mark.parametrize(
    ("path", "wanted"), [("", "./?lang=en&sector=water"), ("data", "data?lang=en&sector=water")], ids=["first", "other"]
)
def test_a_page_has_the_readers_choices_and_not_what_only_another_shows(path, wanted, monkeypatch):
    at(monkeypatch, "indicator", lang="en", sector="water", id="gas")
    assert address.page(path) == wanted
    assert asks(address.link("coal")) == {"id": ["coal"], "lang": ["en"], "sector": ["water"]}


def test_a_bare_address_has_no_question_mark(monkeypatch):
    at(monkeypatch)
    assert (address.page(""), address.page("data"), address.with_value("q", None)) == ("./", "data", "./")


def test_what_a_link_asks_for_comes_before_what_the_reader_chose(monkeypatch):
    """A link to one sector, from a page where another is chosen, leads to that one."""
    at(monkeypatch, "indicator", sector="energy", id="gas")
    assert asks(address.page("", sector="water")) == {"sector": ["water"]}


def test_one_value_takes_the_place_of_all_and_none_of_the_parameter(monkeypatch):
    at(monkeypatch, "data", lang="en", sector=["water", "energy"])
    assert address.with_value("sector", "mining") == "data?lang=en&sector=mining"
    assert address.with_value("sector", None) == "data?lang=en"
    assert address.with_value("sort", "-due") == "data?lang=en&sector=water&sector=energy&sort=-due"


@pytest.mark.parametrize(
    ("value", "wanted"), [("energy", ["water"]), ("mining", ["water", "energy", "mining"])], ids=["taken back", "added"]
)
def test_a_choice_is_added_or_taken_back_and_the_rest_stays(value, wanted, monkeypatch):
    at(monkeypatch, lang="en", sector=["water", "energy"], kind="level")
    assert asks(address.toggled("sector", value)) == {"lang": ["en"], "kind": ["level"], "sector": wanted}


@pytest.mark.parametrize("value", FACETS)
def test_a_choice_made_twice_changes_nothing(value, monkeypatch):
    at(monkeypatch, sector=["water"])
    once = asks(address.toggled("kind", value))
    at(monkeypatch, **once)
    assert asks(address.toggled("kind", value)) == {"sector": ["water"]}


def test_part_of_what_an_old_word_stood_for_can_be_taken_back(monkeypatch):
    at(monkeypatch, status="no_path")
    assert asks(address.toggled("status", "yes_no")) == {"status": ["unmeasured"]}


def test_a_filter_alone_leaves_the_words_and_every_facet_and_keeps_the_rest(monkeypatch):
    at(monkeypatch, lang="en", q="coal", order="due", **{facet: ["x", "y"] for facet in FACETS})
    assert asks(address.only(status="partial")) == {"lang": ["en"], "order": ["due"], "status": ["partial"]}
    assert asks(address.only()) == {"lang": ["en"], "order": ["due"]}


@pytest.mark.parametrize(
    ("given", "chosen"), [({}, "plan"), ({"order": "due"}, "due"), ({"order": "nonsense"}, "plan"),
                          ({"order": ["due", "hard"]}, "hard")]
)  # fmt: skip
def test_a_choice_is_one_of_the_words_that_mean_something_else_the_first(given, chosen, monkeypatch):
    at(monkeypatch, **given)
    assert address.choice("order", ("plan", "hard", "due")) == chosen


@pytest.mark.parametrize("evil", ["a&b=c", "#x", "?", "水 能", "%26", '"><script>', "../..", "//evil.example"])
def test_whatever_a_value_holds_it_stays_a_value(evil, monkeypatch):
    at(monkeypatch, lang=evil)
    for made in (address.page("", sector=evil), address.toggled("sector", evil), address.with_value("sector", evil)):
        assert asks(made) == {"lang": [evil], "sector": [evil]}
        assert (urlsplit(made).netloc, urlsplit(made).path, urlsplit(made).fragment) == ("", "./", "")
