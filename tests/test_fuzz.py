"""Damaged data by dice, and any address: what comes of them is a book, problems, or one of a few answers."""

import random
import re
from functools import cache
from types import SimpleNamespace
from unittest.mock import patch
from urllib.parse import parse_qsl, urlsplit

import pytest
from conftest import BASE
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from charts import link, pack
from evidence.changes import KINDS, by_kind
from evidence.search import FACETS, counts, entries, matching, relaxed
from loaders import models
from loaders.book import Book, load
from loaders.models import FILES, SectorFile
from loaders.yamlfile import read
from tests import damage, fuzz
from views import address
from wording import LANGUAGES, UNITS, reader

CASES, PARTS, SEED = 200, 4, 2030


@pytest.mark.parametrize("part", range(PARTS))
def test_whatever_files_hold_is_a_book_or_problems(part):
    before, run = fuzz.peak(), fuzz.Run()
    for number in range(part, CASES, PARTS):
        run.case(SEED, number)
    assert run.faults == {}, [fuzz.repeat(SEED, numbers[0]) for numbers in run.faults.values()]
    # The dice throw both, or nothing is proved.
    assert run.sorts["book"] >= 5 and run.sorts["problems"] >= 20 and len(run.codes) >= 15
    assert fuzz.peak() - before < 200 << 20


def test_a_case_is_the_same_each_time():
    assert damage.case(SEED, 7) == damage.case(SEED, 7)
    assert damage.case(SEED, 7) not in (damage.case(SEED, 8), damage.case(SEED + 1, 7))


def test_a_fault_names_the_call_that_repeats_it(monkeypatch, capsys):
    def broken(_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(fuzz, "judge", broken)
    monkeypatch.setattr("sys.argv", ["fuzz", "--seed", "5", "--cases", "2"])
    with pytest.raises(SystemExit) as end:
        fuzz.main()
    assert end.value.code == 1
    said = capsys.readouterr().out
    assert "2 × ZeroDivisionError in tests/test_fuzz.py" in said
    assert "python -m tests.fuzz --seed 5 --case 0" in said


def test_it_says_how_far_it_is(monkeypatch, capsys):
    monkeypatch.setattr(fuzz, "judge", lambda _: ())
    monkeypatch.setattr(fuzz.damage, "case", lambda *_: {})
    monkeypatch.setattr("sys.argv", ["fuzz", "--cases", str(2 * fuzz.EACH + 1)])
    with pytest.raises(SystemExit) as end:
        fuzz.main()
    assert end.value.code == 0
    said = capsys.readouterr()
    assert said.err == "500 of 1001 cases, 0 faults\n1000 of 1001 cases, 0 faults\n"
    assert "1001 cases: {'book': 1001}" in said.out


def test_what_takes_too_long_is_a_fault(monkeypatch):
    def endless(_: object) -> None:
        with fuzz.within(0.05):
            while True:
                pass

    monkeypatch.setattr(fuzz, "judge", endless)
    run = fuzz.Run()
    run.case(SEED, 0)
    assert [place.split()[0] for place in run.faults] == ["TooLong"]


def full(tmp_path) -> Book:
    for name, raw in damage.files().items():
        (tmp_path / name).write_bytes(raw)
    loaded = load(tmp_path)
    assert loaded.problems == ()
    return loaded.book


def test_the_plan_that_is_damaged_is_whole_and_has_every_key(tmp_path):
    (step,) = full(tmp_path).history
    assert list(by_kind(step)) == list(KINDS)
    missing = {model: set(model.model_fields) for model in vars(models).values() if is_model(model)}

    def look(thing: object) -> None:
        for model, keys in missing.items() if isinstance(thing, BaseModel) else ():
            if isinstance(thing, model):  # a rival is a figure too
                keys.difference_update(thing.model_fields_set)
        for name in thing.model_fields_set if isinstance(thing, BaseModel) else ():
            look(getattr(thing, name))
        for one in thing if isinstance(thing, tuple) else ():
            look(one)

    for name in (name for name in damage.files() if name.endswith(".yaml")):
        look(FILES.get(name, SectorFile).model_validate(read(tmp_path / name, name).data))
    missing[models.Rival] -= set(models.Figure.model_fields)
    assert {model.__name__: keys for model, keys in missing.items() if keys} == {}


def is_model(thing: object) -> bool:
    return isinstance(thing, type) and issubclass(thing, BaseModel)


# What stands in an address: what means something, what nearly does, and anything.
MEANT = [*LANGUAGES, *UNITS, "section 3", "专栏 1", "2400个", "school", "berths", "harbour", "fish-ponds", "none", "A"]
MEANT += [
    "level",
    "strive",
    "north-bank",
    "province",
    "pace",
    "evidence",
    "start.harbour",
    "years.catch",
    "verdicts.2033",
]
NASTY = [
    "",
    " ",
    "\0",
    "\u202e",
    "%",
    "[[",
    "(?P<",
    "\\",
    "*",
    "{0}",
    "$x$",
    "第",
    "第节",
    "box 99999999999999999999",
    "5%",
]
NASTY += [
    "verdicts.",
    "verdicts.-1",
    "verdicts.２０３３",
    "start.",
    "years.",
    ".",
    "start.start.harbour",
    "a" * 5000,
    "１" * 99,
]
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
VALUES = st.one_of(
    st.sampled_from(MEANT), st.sampled_from(NASTY), ANY, st.tuples(st.sampled_from(MEANT), ANY).map("".join)
)
LOOKS = fuzz.LANGUAGES
CHOSEN = st.dictionaries(st.sampled_from(FACETS), st.lists(VALUES, max_size=3))


@cache
def toy() -> Book:
    book = load(BASE).book
    assert book
    return book


@given(VALUES, CHOSEN)
def test_any_search_finds_some_of_the_targets(query, chosen):
    every = entries(toy())
    with fuzz.within(fuzz.READING):
        found = matching(every, query[: address.LONGEST], chosen)
        numbers = [counts(every, query[: address.LONGEST], chosen, facet) for facet in FACETS]
        less = relaxed(every, query[: address.LONGEST], chosen)
    assert set(map(id, found)) <= set(map(id, every))
    assert all(0 <= count <= len(every) for one in numbers for count in one.values())
    assert set(less) <= {"query", *FACETS} and all(0 < count <= len(every) for count in less.values())


@given(VALUES, st.sampled_from(LOOKS), st.lists(VALUES, max_size=3))
def test_any_id_names_a_chart_or_none(identifier, language, ids):
    known = {target.id for sector in toy().sectors for _, target in sector.targets}
    with fuzz.within(fuzz.READING):
        found = pack.chart(toy(), language, identifier, [*ids, *random.Random(identifier).choices([*known], k=2)])
    assert found is None or found.head.id == identifier


class Address(dict[str, list[str]]):
    """The query of an address as Streamlit gives it, without a page."""

    def get_all(self, name: str) -> list[str]:
        return self.get(name) or []

    def __setitem__(self, name: str, value: str | list[str]) -> None:
        super().__setitem__(name, [value] if isinstance(value, str) else value)


@given(VALUES, VALUES)
def test_any_units_and_language_are_one_of_the_four(language, units):
    words = reader(language, units)
    assert words in LOOKS
    assert words[:2] == ("zh" if language == "zh" else "en")


@given(st.lists(VALUES, max_size=4), st.lists(VALUES, max_size=4), st.booleans())
def test_a_choice_follows_any_address_and_the_address_the_choice(first, then, single):
    known, state = [*UNITS, "pace"], {}
    query = Address({"id": first})
    with patch.object(address, "st", SimpleNamespace(query_params=query, session_state=state)):
        for values in (first, then):
            query["id"] = values
            write = address.follow("key", "id", known, known[0] if single else None)
            meant = [value for value in dict.fromkeys(values) if value in known]
            assert state["key"] == ((meant or known)[-1 if meant else 0] if single else meant)
            assert set(address.unknown("id", known)) == {value[:40] for value in values if value not in known}
        state["key"] = known[1] if single else known[1:]
        write()
        assert query["id"] == ([known[1]] if single else known[1:])
        chosen = state["key"]
        address.follow("key", "id", known, known[0] if single else None)
        assert state["key"] == chosen
        assert set(address.filters()) <= {"q", *FACETS} and "id=" not in address.page("")


@given(st.dictionaries(st.sampled_from(["q", *FACETS]), st.lists(VALUES, min_size=1, max_size=3)))
def test_any_choice_makes_an_address_that_reads_back_as_it(choices):
    made = link.overview("https://plan.example", choices, "zh-international")
    parts = urlsplit(made)
    assert (parts.scheme, parts.netloc, parts.path, parts.fragment) == ("https", "plan.example", "/", "")
    wanted = [(name, value) for name, values in choices.items() for value in values]
    wanted += [("lang", "zh"), ("units", "international")]
    assert parse_qsl(parts.query, keep_blank_values=True) == wanted


@given(VALUES)
def test_any_value_is_shown_letter_by_letter(value):
    """But for what parts signs that Markdown would read together."""
    shown = address.literal(value)
    assert re.sub(r"\\(?=[!-/:-@\[-`{-~])", "", shown).replace("\u2060", "") == value.replace("\u2060", "")
