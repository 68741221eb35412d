"""What changed between two folders: each kind of edit gives just its own rows, and nothing else does."""

import csv
import io
import json
import random
from collections import Counter
from dataclasses import replace
from html import escape

import pytest
from conftest import BASE, real_book

from evidence import frames
from evidence.changes import CHANGES, KINDS, by_kind, changes, kind, table
from evidence.changes import _things as things
from loaders.book import load
from loaders.history import COLUMNS, WHAT, Change, Step, file_of, files
from views import history

NEWER = """      - value: 1.05
        unit: 万亩
        period: 2031
        printed: 全县1.05万亩
        source: county-yearbook-2031
"""
SECOND = """      - value: 9810
        unit: 亩
        period: 2031-12-31
        printed: 另有口径9810亩
        source: county-yearbook-2031
"""
AT = "    observations:\n      - value: 9800\n"
GAPS = """gaps:
  - target: school-places-added-2034
    figure: {zh: 新增学位, en: Places added}
    publisher: {zh: 教育局, en: The school office}
    when: {zh: 每年三月, en: Each March}
"""


@pytest.fixture
def told(folder):
    """The rows, without empty cells, that an edit of the toy plan gives."""

    def tell(**edits):
        return rows(load(BASE).book, load(folder(**edits)).book)

    return tell


def rows(old, new):
    return [{name: cell for name, cell in row.items() if cell is not None} for row in frames.rows(changes(old, new))]


def test_the_same_data_has_no_changes(told):
    assert told() == []
    assert rows(real_book(), real_book()) == []


def test_a_changed_key_is_told_with_both_values(told):
    words = "900, {0}]\n        unit: 万尾\n        printed: 三年累计投放鱼苗900—{0}万尾"
    edit = {"fish-ponds.yaml": (words.format(1000), words.format(1100))}
    where = {"change": "changed", "what": "target", "sector": "fish-ponds", "indicator_id": "fry-released"}
    assert told(edits=edit) == [
        {**where, "id": "fry-released-2032-2034", "field": "value", "old": "900;1000", "new": "900;1100"},
        {**where, "id": "fry-released-2032-2034", "field": "printed", "old": "三年累计投放鱼苗900—1000万尾",
         "new": "三年累计投放鱼苗900—1100万尾"},
    ]  # fmt: skip


def test_digits_that_were_printed_count(told):
    (row,) = told(edits={"fish-ponds.yaml": ("value: 3.0\n", "value: 3.00\n")})
    assert (row["field"], row["old"], row["new"]) == ("value", "3.0", "3.00")


def test_a_key_that_came_has_no_old_value_and_one_inside_a_key_has_a_dot(told):
    edit = ("        firmness: strive\n", "        firmness: strive\n        note: {zh: 注, en: Mind}\n")
    where = {"change": "changed", "what": "target", "sector": "fish-ponds", "indicator_id": "tail-water-nitrogen"}
    where["id"] = "tail-water-nitrogen-2034"
    assert told(edits={"fish-ponds.yaml": edit}) == [
        {**where, "field": "note.zh", "new": "注"},
        {**where, "field": "note.en", "new": "Mind"},
    ]


def test_a_figure_that_was_added_is_told_by_source_period_and_phrase(told):
    assert told(edits={"fish-ponds.yaml": (AT, "    observations:\n" + NEWER + AT.partition("\n")[2])}) == [
        {"change": "added", "what": "observation", "sector": "fish-ponds", "indicator_id": "pond-area",
         "id": "county-yearbook-2031 2031", "new": "全县1.05万亩"},
    ]  # fmt: skip


def test_what_was_added_one_way_was_removed_the_other_way(folder):
    new = load(folder(edits={"fish-ponds.yaml": (AT, "    observations:\n" + NEWER + AT.partition("\n")[2])})).book
    (row,) = rows(new, load(BASE).book)
    assert (row["change"], row["old"], "new" in row) == ("removed", "全县1.05万亩", False)


def test_two_figures_of_a_source_and_period_are_told_apart_by_their_phrase(told):
    (row,) = told(edits={"fish-ponds.yaml": (AT, "    observations:\n" + SECOND + AT.partition("\n")[2])})
    assert (row["change"], row["id"]) == ("added", "county-yearbook-2031 2031-12-31 另有口径9810亩")


def test_a_pair_is_told_by_its_figure_and_target(told):
    edit = (
        "comparability: partial\n            differs: [definition]",
        "comparability: different\n            differs: [scope]",
    )
    where = {"change": "changed", "what": "pair", "sector": "fish-ponds", "indicator_id": "pond-area"}
    where["id"] = "bay-daily-2031-03 2030 pond-area-2034"
    assert told(edits={"fish-ponds.yaml": edit}) == [
        {**where, "field": "comparability", "old": "partial", "new": "different"},
        {**where, "field": "differs", "old": "definition", "new": "scope"},
    ]


def test_a_source_a_unit_the_plan_and_a_gap_are_compared_too(told):
    found = told(
        edits={
            "sources.yaml": ("date_precision: month\n    grade: B", "date_precision: month\n    grade: C"),
            "units.yaml": ("factor: 1/100}", "factor: 1/10}"),
            "plan.yaml": ("updated: 2032-06-15", "updated: 2032-06-16"),
        },
        files={"gaps.yaml": GAPS},
    )
    assert [(row["what"], row["id"], row.get("field"), row.get("old"), row["new"]) for row in found] == [
        ("plan", "plan", "updated", "2032-06-15", "2032-06-16"),
        ("dimension", "count:fry", "units.万尾.factor", "1/100", "1/10"),
        ("source", "bay-daily-2031-03", "grade", "B", "C"),
        ("gap", "school-places-added-2034", None, None, "Places added"),
    ]


def test_one_more_word_of_the_plan_changes_no_other(told):
    edit = ("words:\n  - {word: 以上", "words:\n  - {word: 不低于, means: [ge]}\n  - {word: 以上")
    assert {row["field"] for row in told(edits={"plan.yaml": edit})} == {"words.不低于.word", "words.不低于.means"}


def test_a_moved_indicator_is_changed_not_lost(folder):
    data = folder()
    fish, schools = ((data / name).read_text("utf-8") for name in ("fish-ponds.yaml", "schools.yaml"))
    head, moved = fish.split("\n  - id: tail-water-nitrogen\n")
    (data / "fish-ponds.yaml").write_text(head + "\n", "utf-8")
    (data / "schools.yaml").write_text(f"{schools}\n  - id: tail-water-nitrogen\n{moved}", "utf-8")
    (row,) = rows(load(BASE).book, load(data).book)
    assert (row["what"], row["field"], row["old"], row["new"]) == ("indicator", "sector", "fish-ponds", "schools")


def test_the_order_of_figures_is_no_change():
    """Every figure of the real data is itself, wherever it stands."""
    book = real_book()
    shuffled = random.Random(1)

    def mixed(indicator):
        lists = {name: list(getattr(indicator, name)) for name in ("observations", "rivals")}
        for one in lists.values():
            shuffled.shuffle(one)
        return indicator.model_copy(update={name: tuple(one) for name, one in lists.items()})

    sectors = [replace(one, indicators=tuple(map(mixed, one.indicators))) for one in book.sectors]
    other = replace(book, sectors=tuple(sectors))
    assert other.sectors != book.sectors
    assert rows(book, other) == []


def test_from_the_toy_plan_to_the_real_one_is_every_kind_of_thing():
    found = rows(load(BASE).book, real_book())
    assert [what for what in WHAT if not any(row["what"] == what for row in found)] == []
    assert {row["what"] for row in found} <= set(WHAT)


def test_the_command_prints_the_table(run_cli, folder):
    data = folder(edits={"fish-ponds.yaml": ("value: 3.0\n", "value: 3.00\n")})
    done = run_cli("changes", BASE, data)
    (row,) = csv.DictReader(io.StringIO(done.stdout))
    assert (done.returncode, done.stderr, list(row)) == (0, "", list(CHANGES))
    read = json.loads(run_cli("changes", BASE, data, "--format", "json").stdout)
    assert read == [{name: cell or None for name, cell in row.items()}]
    assert run_cli("changes", BASE, BASE, "--format", "json").stdout == "[]\n"


def test_a_broken_folder_is_named_and_nothing_is_compared(run_cli, folder):
    data = folder("bad-date")
    done = run_cli("changes", BASE, data)
    assert (done.returncode, done.stdout) == (1, "")
    assert [line.partition(":")[0] for line in done.stderr.splitlines()] == [f"{data}/plan.yaml"]
    assert run_cli("changes", BASE).returncode == 2
    assert run_cli("changes", BASE, data / "nowhere").returncode == 2


def kept(run_cli, data):
    done = run_cli("changes", BASE, data, "--keep")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", f"{file_of('2032-06-15')}\n")


def test_what_is_kept_is_read_again_as_the_step_that_it_is(run_cli, folder):
    data = folder(edits={"fish-ponds.yaml": ("value: 3.0\n", "value: 3.00\n")})
    kept(run_cli, data)
    (step,) = load(data).book.history
    new = load(data).book
    assert step.since == load(BASE).book.plan.updated
    assert rows_of(table(step)) == rows_of(changes(load(BASE).book, new)) != []
    kept(run_cli, data)  # once more: the file is written anew, the history no longer
    assert load(data).book.history == (step,)


def rows_of(found):
    return frames.to_csv(found)


def test_nothing_is_kept_where_nothing_may_be_written(run_cli, folder):
    data = folder()
    (data / file_of("2032-06-15")).mkdir()
    done = run_cli("changes", BASE, data, "--keep")
    assert (done.returncode, done.stdout) == (1, "") and " unreadable-file " in done.stderr


def test_the_latest_step_comes_first(folder):
    head = ",".join(COLUMNS) + "\n"
    data = folder(files={file_of(day): head for day in ("2031-09-30", "2032-01", "2030")})
    assert [step.since for step in load(data).book.history] == ["2032-01", "2031-09-30", "2030"]


@pytest.mark.parametrize(
    ("name", "what", "field"),
    [
        ("figures", "observation", None),
        ("figures", "rival", "value"),
        ("rest", "rival", "unread"),
        ("targets", "target", "comparator"),
        ("targets", "target", None),
        ("targets", "indicator", None),
        ("rest", "target", "note.en"),
        ("comparability", "pair", "comparability"),
        ("rest", "pair", "reason.en"),
        ("rest", "pair", None),
        ("grades", "source", "grade"),
        ("rest", "source", None),
        ("wording", "indicator", "name.en"),
        ("wording", "indicator", "sector"),
        ("rest", "plan", "updated"),
    ],
)
def test_a_change_is_of_one_kind(name, what, field):
    change = Change("changed" if field else "added", what, None, None, "x", field, None, None)
    assert kind(change) == name


@pytest.mark.parametrize("old", ["<b>x</b>", "soon", "2031-13", "2031-09-31", "2031/", ""])
@pytest.mark.parametrize("what", [("target", "deadline"), ("pair", "comparability"), ("source", "grade")], ids=repr)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_an_earlier_version_said_is_repeated_as_text_where_todays_has_no_word_for_it(what, old, language):
    toy = load(BASE).book
    change = Change("changed", what[0], None, "pond-area", "pond-area-2034", what[1], old or None, "B")
    said = history.told(toy, Step("2031", (change,)), language)
    # A target that had no day before stands as it is now.
    assert (what[0] == "target" and not old) or (escape(old) or "–") in said
    assert "<b>" not in said and "None" not in said


def test_every_change_of_a_step_is_told_once():
    for step in real_book().history:
        told = by_kind(step)
        assert sorted(map(repr, step.changes)) == sorted(repr(one) for many in told.values() for one in many)
        assert list(told) == [name for name in KINDS if name in told]


def test_what_the_latest_step_calls_new_stands_in_the_data():
    """Where this fails the data has gone on: `changes OLD indicators --keep`, with OLD as it was at that version."""
    book = real_book()
    (latest, *_) = book.history
    assert len(files(BASE.parents[1] / "indicators")) == len(book.history)
    said = {(thing.what, thing.id, found.indicator): found.said for thing, found in things(book, Counter())}
    wrong = [
        change
        for change in latest.changes
        if change.what in ("target", "source", "indicator") and change.field
        if said[change.what, change.id, change.indicator_id].get(change.field) != change.new
    ]
    assert wrong == []
