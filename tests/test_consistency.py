"""Notes on valid data: what cannot all hold, and what follows."""

import json

import pytest
from conftest import BASE, real_book

from evidence.consistency import notes as find_notes
from loaders.book import load

CODES = {
    "note-share-over-100",
    "note-parts-exceed-total",
    "note-implied-start",
    "note-reduction-contradicts",
    "note-cannot-both-hold",
}

INDICATOR = """  - id: {id}
    name: {{zh: 甲, en: A}}
    definition: {{zh: 甲的数量。, en: How many of A there are.}}
    dimension: {dimension}
    measure: stock
    direction: {direction}
    targets:
"""
TARGET = """      - id: {id}
        kind: {kind}
        comparator: {comparator}
        value: {value}
        unit: '{unit}'
        printed: {value}{unit}
        section: 3
        flags: [{flags}]
"""


def indicator(name, direction, *targets, dimension="count:place", observations=""):
    head = INDICATOR.format(id=name, direction=direction, dimension=dimension)
    return head + "".join(targets) + observations


def target(name, kind, comparator, value, unit="个"):
    flags = "" if comparator in ("eq", "about") else "bare-verb"
    return TARGET.format(id=name, kind=kind, comparator=comparator, value=value, unit=unit, flags=flags)


@pytest.fixture
def notes(folder):
    """The notes on the toy plan with these schools, and with these totals in its plan file."""

    def found(*indicators, totals=""):
        schools = "name: {zh: 学校, en: Schools}\nindicators:\n" + "".join(indicators)
        data = folder(files={"schools.yaml": schools})
        plan = (data / "plan.yaml").read_text(encoding="utf-8")
        # The words for comparators are not the matter here.
        plan = "\n".join(line for line in plan.splitlines() if "means:" not in line and line != "words:")
        (data / "plan.yaml").write_text(plan + totals + "\n", encoding="utf-8")
        loaded = load(data)
        assert loaded.problems == ()
        return [(note.code, note.expected, note.found) for note in find_notes(loaded.book)]

    return found


def test_a_reduction_and_the_level_it_leaves_imply_a_start(notes):
    mines = indicator("a", "down", target("a-cut", "increment", "ge", 700), target("a-left", "level", "eq", 1000))
    assert notes(mines) == [("note-implied-start", "1700 = 1000 + 700", "no observed start")]


@pytest.mark.parametrize(("seen", "codes"), [(1700, []), (1650, ["note-reduction-contradicts"])])
def test_an_observed_start_agrees_or_contradicts(notes, seen, codes):
    book = load(BASE).book
    observation = f"""    observations:
      - value: {seen}
        unit: 个
        period: {book.plan.base_year}
        printed: {seen}个
        source: {book.sources.sources[0].id}
"""
    targets = (target("a-cut", "increment", "ge", 700), target("a-left", "level", "eq", 1000))
    found = notes(indicator("a", "down", *targets, observations=observation))
    assert [code for code, _, _ in found] == codes


@pytest.mark.parametrize(
    ("period", "code"),
    [
        ("12", "note-reduction-contradicts"),
        ("12-31", "note-reduction-contradicts"),
        ("06", "note-implied-start"),
        ("06-30", "note-implied-start"),
    ],
)
def test_only_what_ends_with_the_base_year_is_an_observed_start(notes, period, code):
    book = load(BASE).book
    observation = f"""    observations:
      - value: 1650
        unit: 个
        period: {book.plan.base_year}-{period}
        printed: 1650个
        source: {book.sources.sources[0].id}
"""
    targets = (target("a-cut", "increment", "ge", 700), target("a-left", "level", "eq", 1000))
    found = notes(indicator("a", "down", *targets, observations=observation))
    assert [one for one, _, _ in found] == [code]


def test_an_addition_implies_no_start(notes):
    more = indicator("a", "up", target("a-more", "increment", "ge", 700), target("a-level", "level", "eq", 1000))
    assert notes(more) == []


@pytest.mark.parametrize(("value", "codes"), [(100, []), (101, ["note-share-over-100"])])
def test_a_share_is_not_more_than_the_whole(notes, value, codes):
    part = indicator("a", "up", target("a-share", "share", "ge", value, "%"), dimension="percent")
    assert [code for code, _, _ in notes(part)] == codes


@pytest.mark.parametrize(("second", "codes"), [(600, []), (601, ["note-parts-exceed-total"])])
def test_parts_do_not_ask_for_more_than_their_total(notes, second, codes):
    rows = [("total", 1000), ("one", 400), ("two", second)]
    indicators = [indicator(name, "up", target(name, "level", "ge", value)) for name, value in rows]
    totals = "\ntotals:\n  - {total: total, parts: [one, two]}"
    assert [code for code, _, _ in notes(*indicators, totals=totals)] == codes


@pytest.mark.parametrize(
    ("first", "second", "codes"),
    [
        (("ge", 10), ("ge", 20), []),
        (("eq", 10), ("eq", 20), ["note-cannot-both-hold"]),
        (("eq", 30), ("ge", 20), []),
        (("eq", 10), ("ge", 20), ["note-cannot-both-hold"]),
    ],
)
def test_two_targets_of_one_indicator_must_be_able_to_hold_together(notes, first, second, codes):
    both = indicator("a", "up", target("a-one", "level", *first), target("a-two", "level", *second))
    assert [code for code, _, _ in notes(both)] == codes


def test_check_lists_notes_as_json_and_is_content(folder, run_cli):
    cut, left = target("a-cut", "increment", "ge", 700), target("a-left", "level", "eq", 1000)
    plan = (BASE / "plan.yaml").read_text(encoding="utf-8")
    plan = "\n".join(line for line in plan.splitlines() if "means:" not in line and line != "words:")
    schools = "name: {zh: 学校, en: Schools}\nindicators:\n" + indicator("a", "down", cut, left)
    data = folder(files={"schools.yaml": schools, "plan.yaml": plan})
    done = run_cli("check", data, "--format", "json")
    assert done.returncode == 0
    assert [item["code"] for item in json.loads(done.stdout)] == ["note-implied-start"]
    assert run_cli("check", data).stderr == ""


def test_the_real_plan_has_one_note():
    notes = find_notes(real_book())
    assert [(note.sector, note.code, note.expected) for note in notes] == [
        ("mining", "note-implied-start", "about 1700 = 1000 + 700")
    ]
