"""The tables: scripts rest on their columns, their order and how a cell is written."""

import csv
import io
import json
import subprocess
import sys
from dataclasses import FrozenInstanceError
from decimal import Decimal
from fractions import Fraction

import pandas as pd
import pytest
from conftest import ROOT, real_book
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from evidence import frames, tables
from evidence.frames import for_excel, to_csv, to_json
from evidence.standing import STATUSES
from evidence.tables import TABLES
from loaders.book import Book, load

# The contract. To change a line here is to break somebody's script.
CONTRACT = {
    "table": (
        "id, indicator_id, sector, name_zh, name_en, kind, comparator, value_low, value_high, unit, printed, "
        "normalised_low, normalised_high, normalised_unit, reading_low, reading_high, reading_unit, "
        "reading_reason, direction, deadline, deadline_printed, firmness, scope, section, parent_section, "
        "flags, baseline_value, baseline_unit, baseline_normalised, baseline_period, baseline_grade, "
        "baseline_source_id, comparability, comparability_reason, status, context_value_low, context_value_high, "
        "context_unit, context_normalised_low, context_normalised_high, context_period, context_differs, "
        "context_grade, context_source_id"
    ),
    "observations": (
        "target_id, indicator_id, kind, comparator, value_low, value_high, unit, normalised_low, "
        "normalised_high, normalised_unit, period, measure, comparability, comparability_reason, differs, "
        "extent, grade, source_id, publisher, title, date, date_precision, url, printed, flags, note"
    ),
}
COLUMNS = {table: columns.split(", ") for table, columns in CONTRACT.items()}
NUMBERS = ("value_low", "value_high", "normalised_low", "normalised_high", "reading_low", "baseline_value")

MISPRINT = """        reading: {value: 4800, unit: 个, reason: {zh: 表中为4800。, en: The table has 4800.}}
        flags: [suspected-misprint, bare-verb]
"""
FLAGS = "        flags: [bare-verb, definition-unknown]\n"
TWO_CODES = (
    "comparability: partial\n            differs: [definition]\n            extent: province\n",
    "comparability: different\n            differs: [scope, period]\n            extent: part\n",
)
SECOND_YEARBOOK = """      - value: 9750
        unit: 亩
        period: 2031-12-31
        printed: 9750亩
        source: annual-plan-2032
        pairs:
          - target: pond-area-2034
            comparability: partial
            differs: [definition]
            extent: province
            word: {zh: 快报数, en: first estimate}
            reason: {zh: 快报数。, en: A first estimate.}
      - value: 610
"""


@pytest.fixture
def book(folder) -> Book:
    loaded = load(folder()).book
    assert loaded
    return loaded


def rows(data, table: str = "table") -> dict[str, dict]:
    """The rows as a reader of the JSON gets them, by id; numbers as they are printed."""
    book = load(data).book
    assert book
    read = json.loads(to_json(TABLES[table](book)), parse_float=str, parse_int=str)
    return {row.get("id", row.get("source_id")): row for row in read}


@pytest.mark.parametrize("table", COLUMNS)
def test_columns_and_their_order(book, table):
    written = TABLES[table](book)
    assert len(written)
    assert to_csv(written).split("\n")[0] == ",".join(COLUMNS[table])
    assert all(list(row) == COLUMNS[table] for row in json.loads(to_json(written)))


@pytest.mark.parametrize("table", COLUMNS)
def test_the_real_data_has_the_same_columns(table):
    book = real_book()
    assert book
    assert list(TABLES[table](book).columns) == COLUMNS[table]


def test_targets_stand_in_the_order_of_the_plan_and_its_files(book):
    assert list(TABLES["table"](book)["id"]) == [
        "pond-area-2034",
        "fry-released-2032-2034",
        "tail-water-nitrogen-2034",
        "school-places-added-2034",
        "second-middle-school-2033",
    ]


def test_a_target_with_a_baseline(folder):
    row = rows(folder())["pond-area-2034"]
    assert row.pop("scope")
    assert row == {
        "id": "pond-area-2034",
        "indicator_id": "pond-area",
        "sector": "fish-ponds",
        "name_zh": "养殖水面",
        "name_en": "Pond area",
        "kind": "level",
        "comparator": "ge",
        "value_low": "1.2",
        "value_high": "1.2",
        "unit": "万亩",
        "printed": "养殖水面达到1.2万亩以上",
        "normalised_low": "800",
        "normalised_high": "800",
        "normalised_unit": "ha",
        "reading_low": None,
        "reading_high": None,
        "reading_unit": None,
        "reading_reason": None,
        "direction": "up",
        "deadline": "2034",
        "deadline_printed": True,
        "firmness": "committed",
        "section": "1",
        "parent_section": None,
        "flags": [],
        "baseline_value": "9800",
        "baseline_unit": "亩",
        "baseline_normalised": "653.3333333333333",
        "baseline_period": "2031-12-31",
        "baseline_grade": "A",
        "baseline_source_id": "county-yearbook-2031",
        "comparability": "same",
        "comparability_reason": "The same measure, the whole county, at year end.",
        "status": "comparable",
        "context_value_low": None,
        "context_value_high": None,
        "context_unit": None,
        "context_normalised_low": None,
        "context_normalised_high": None,
        "context_period": None,
        "context_differs": [],
        "context_grade": None,
        "context_source_id": None,
    }


def test_a_range_has_two_ends_and_a_box_its_section(folder):
    row = rows(folder())["fry-released-2032-2034"]
    assert (row["value_low"], row["value_high"]) == ("900", "1000")
    assert (row["normalised_low"], row["normalised_high"], row["normalised_unit"]) == ("9", "10", "million fry")
    assert (row["section"], row["parent_section"]) == ("box 1", "1")
    assert row["scope"] == "north-bank"


def test_a_deadline_that_only_the_period_implies_is_filled(folder):
    row = rows(folder())["tail-water-nitrogen-2034"]
    assert (row["deadline"], row["deadline_printed"]) == ("2034", False)


def test_a_number_keeps_the_zero_that_was_printed(folder):
    assert rows(folder())["tail-water-nitrogen-2034"]["value_low"] == "3.0"


def test_a_milestone_has_no_figure(folder):
    row = rows(folder())["second-middle-school-2033"]
    assert [row[name] for name in ("comparator", "unit", *NUMBERS)] == [None] * (2 + len(NUMBERS))
    assert (row["deadline"], row["status"]) == ("2033-08-31", "yes_no")


def test_a_scale_has_a_value_and_no_amount(folder):
    data = folder(edits={"schools.yaml": ("kind: increment", "kind: scale")})
    row = rows(data)["school-places-added-2034"]
    assert (row["value_low"], row["normalised_low"], row["normalised_unit"]) == ("2400", None, None)
    assert row["status"] == "unmeasured"


def test_an_indicators_target_may_have_a_name_of_its_own(folder):
    row = rows(folder())["school-places-added-2034"]
    assert (row["name_zh"], row["name_en"]) == ("新增公办学位", "School places added")


def test_a_doubted_print_and_its_reading_stand_side_by_side(folder):
    row = rows(folder(edits={"schools.yaml": (FLAGS, MISPRINT)}))["school-places-added-2034"]
    assert (row["value_low"], row["normalised_low"]) == ("2400", "2400")
    assert (row["reading_low"], row["reading_high"], row["reading_unit"]) == ("4800", "4800", "个")
    assert row["reading_reason"] == "The table has 4800."
    assert row["flags"] == ["bare-verb", "suspected-misprint"]


def test_a_printed_percent_stays_percent_where_permille_is_read(folder):
    text = """name: {zh: 学校, en: Schools}
indicators:
  - id: dropouts
    name: {zh: 辍学率, en: Drop-out rate}
    definition: {zh: 一学年辍学学生所占比重。, en: Pupils who leave school in a year.}
    dimension: permille
    measure: rate
    direction: down
    targets:
      - id: dropouts-2034
        kind: level
        comparator: le
        value: 2.0
        unit: '%'
        printed: 辍学率控制在2.0%以下
        section: 3
        flags: [suspected-misprint]
        reading: {value: 2.0, unit: ‰, reason: {zh: 应为千分率。, en: It must be per thousand.}}
"""
    row = rows(folder(files={"schools.yaml": text}))["dropouts-2034"]
    assert (Decimal(row["normalised_low"]), row["normalised_unit"]) == (2, "%")
    assert (row["reading_low"], row["reading_unit"]) == ("2.0", "‰")


def test_growth_is_in_percent_of_whatever_grows(folder):
    lines = "kind: {}\n        comparator: ge\n        value: {}\n        unit: {}\n        printed: {}"
    places = lines.format("increment", 2400, "个", "新增公办学位2400个")
    growth = lines.format("growth", "4.0", "'%'", "公办学位新增4.0%")
    row = rows(folder(edits={"schools.yaml": (places, growth)}))["school-places-added-2034"]
    assert (row["value_low"], row["unit"]) == ("4.0", "%")
    assert (Decimal(row["normalised_low"]), row["normalised_unit"]) == (4, "%")


def test_another_value_for_the_same_period_is_flagged(folder):
    row = rows(folder(edits={"fish-ponds.yaml": ("      - value: 610\n", SECOND_YEARBOOK)}))["pond-area-2034"]
    assert row["baseline_value"] == "9800"
    assert row["flags"] == ["conflicting"]


GONE = "superseded: {date: 2032-05-01, reason: {zh: 已修订。, en: Revised.}}"


def test_a_superseded_target_is_flagged(folder):
    edit = (FLAGS, f"{FLAGS}        {GONE}\n")
    found = rows(folder(edits={"schools.yaml": edit}))
    assert found["school-places-added-2034"]["flags"] == ["bare-verb", "definition-unknown", "superseded"]
    assert found["pond-area-2034"]["flags"] == []


def test_a_superseded_figure_is_flagged(folder):
    """It keeps its row and its judgement, and is no baseline."""
    edit = ("printed: 全县养殖水面9800亩\n", f"printed: 全县养殖水面9800亩\n        {GONE}\n")
    data = folder(edits={"fish-ponds.yaml": edit})
    found = rows(data, "observations")
    assert {name: row["flags"] for name, row in found.items()} == {
        "county-yearbook-2031": ["superseded"],
        "bay-daily-2031-03": [],
        "annual-plan-2032": [],
    }
    assert found["county-yearbook-2031"]["comparability"] == "same"
    assert rows(data)["pond-area-2034"]["baseline_source_id"] == "bay-daily-2031-03"
    assert rows(data)["pond-area-2034"]["flags"] == []


def test_a_superseded_rival_is_flagged(folder):
    edit = ("printed: 2032年养殖水面稳定在1万亩以上\n", f"printed: 2032年养殖水面稳定在1万亩以上\n        {GONE}\n")
    assert rows(folder(edits={"fish-ponds.yaml": edit}), "observations")["annual-plan-2032"]["flags"] == ["superseded"]


def test_a_partial_baseline_makes_a_partial_status(folder):
    same = "comparability: same\n            reason: {zh: 同一口径"
    differs = "differs: [definition]\n            extent: province\n            word: {zh: 含季节水面, en: seasonal}"
    edit = (same, same.replace("same", f"partial\n            {differs}"))
    row = rows(folder(edits={"fish-ponds.yaml": edit}))["pond-area-2034"]
    assert (row["comparability"], row["status"]) == ("partial", "partial")


def test_no_baseline_leaves_its_columns_absent(folder):
    row = rows(folder())["tail-water-nitrogen-2034"]
    absent = [name for name in COLUMNS["table"] if name.startswith(("baseline_", "comparability"))]
    assert [row[name] for name in absent] == [None] * 8
    assert row["status"] == "nothing"


def test_an_observation_and_a_rival_are_rows(folder):
    found = rows(folder(), "observations")
    assert list(found) == ["county-yearbook-2031", "bay-daily-2031-03", "annual-plan-2032"]
    assert [row["kind"] for row in found.values()] == ["observation", "observation", "annual_target"]
    assert {row["target_id"] for row in found.values()} == {"pond-area-2034"}
    assert found["county-yearbook-2031"] == {
        "target_id": "pond-area-2034",
        "indicator_id": "pond-area",
        "kind": "observation",
        "comparator": "eq",
        "value_low": "9800",
        "value_high": "9800",
        "unit": "亩",
        "normalised_low": "653.3333333333333",
        "normalised_high": "653.3333333333333",
        "normalised_unit": "ha",
        "period": "2031-12-31",
        "measure": "stock",
        "comparability": "same",
        "comparability_reason": "The same measure, the whole county, at year end.",
        "differs": [],
        "extent": None,
        "grade": "A",
        "source_id": "county-yearbook-2031",
        "publisher": "Heron Bay County Bureau of Statistics",
        "title": "鹭湾县统计年鉴（2031）",
        "date": "2032-02-20",
        "date_precision": "day",
        "url": "https://heron-bay.example/yearbook/2031",
        "printed": "全县养殖水面9800亩",
        "flags": [],
        "note": None,
    }


def test_what_differs_is_a_list_of_codes_and_what_the_figure_covers(folder):
    data = folder(edits={"fish-ponds.yaml": TWO_CODES})
    row = rows(data, "observations")["bay-daily-2031-03"]
    assert (row["comparability"], row["differs"], row["extent"]) == ("different", ["scope", "period"], "part")
    book = load(data).book
    assert book
    (line,) = [one for one in csv.DictReader(io.StringIO(to_csv(TABLES["observations"](book)))) if one["differs"]]
    assert (line["differs"], line["extent"]) == ("scope;period", "part")


def test_a_bound_lives_in_the_comparator(folder):
    row = rows(folder(), "observations")["bay-daily-2031-03"]
    assert (row["comparator"], row["value_low"], row["unit"]) == ("about", "610", "hectares")


def test_a_mirror_has_no_title_and_no_link(folder):
    row = rows(folder(), "observations")["bay-daily-2031-03"]
    assert (row["title"], row["url"]) == (None, None)


def test_what_nobody_has_judged_is_different(folder):
    text = (ROOT / "tests/base/fish-ponds.yaml").read_text("utf-8")
    pairs = text[text.index("        pairs:\n") : text.index("      - value: 610")]
    row = rows(folder(edits={"fish-ponds.yaml": (pairs, "")}), "observations")["county-yearbook-2031"]
    assert (row["comparability"], row["comparability_reason"]) == ("different", None)
    assert (row["differs"], row["extent"]) == ([], None)


def test_each_figure_is_paired_with_each_target_of_its_indicator(folder):
    second = """      - id: pond-area-kept-2034
        kind: annual
        comparator: gt
        value: 9000
        unit: 亩
        printed: 每年超过9000亩
        section: 1
    observations:
      - value: 9800
"""
    data = folder(edits={"fish-ponds.yaml": ("    observations:\n      - value: 9800\n", second)})
    book = load(data).book
    assert book
    pairs = [(row["target_id"], row["source_id"]) for row in frames.rows(TABLES["observations"](book))]
    assert len(pairs) == len(set(pairs)) == 2 * 3


def test_sectors_count_their_targets(book):
    ponds, schools = frames.rows(TABLES["sectors"](book))
    assert (ponds["id"], ponds["name_zh"], ponds["name_en"]) == ("fish-ponds", "鱼塘", "Fish ponds")
    assert (ponds["indicators"], ponds["targets"], schools["targets"]) == (3, 3, 2)
    given = ("comparable", "from_zero", "nothing", "yes_no")
    assert [ponds[name] for name in given] == [1, 1, 1, 0]
    assert [schools[name] for name in given] == [0, 1, 0, 1]
    assert all(sum(row[name] for name in STATUSES) == row["targets"] for row in (ponds, schools))


def test_csv_cells(book):
    found = {row["id"]: row for row in csv.DictReader(io.StringIO(to_csv(TABLES["table"](book))))}
    assert found["tail-water-nitrogen-2034"]["value_low"] == "3.0"
    assert found["tail-water-nitrogen-2034"]["baseline_value"] == ""
    assert found["tail-water-nitrogen-2034"]["flags"] == ""
    assert found["school-places-added-2034"]["flags"] == "bare-verb;definition-unknown"
    assert found["pond-area-2034"]["deadline_printed"] == "true"
    assert found["fry-released-2032-2034"]["deadline_printed"] == "false"


@pytest.mark.parametrize("table", COLUMNS)
def test_json_cells(book, table):
    for row in json.loads(to_json(TABLES[table](book))):
        assert isinstance(row["flags"], list)
        assert all(isinstance(row[name], int | float | None) for name in NUMBERS if name in row)
        assert not any(cell == "" for cell in row.values())


# A text is one line: `check` refuses control characters in it (broken/carriage-return-in-text).
LETTERS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8)
CELLS = st.one_of(
    st.none(),
    LETTERS,
    st.booleans(),
    st.integers(-(10**9), 10**9),
    st.decimals(-1000, 1000, places=2),
    st.fractions(-1000, 1000, max_denominator=1000),
    st.lists(st.sampled_from(["undated", "bare-verb", "conflicting"]), unique=True).map(tuple),
)


def as_csv(cell: object) -> str:
    """What the CSV must hold where the JSON holds `cell` (numbers read as their own text)."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return ";".join(cell) if isinstance(cell, list) else str(cell)


def framed(rows: list[dict]) -> pd.DataFrame:
    """Any cells as a table."""
    return pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=object) for name in rows[0]})


@given(st.lists(st.fixed_dictionaries({"a": CELLS, "b": CELLS, 'c,"d': CELLS}), min_size=1, max_size=5).map(framed))
def test_csv_and_json_hold_the_same_cells(table):
    out_of_json = json.loads(to_json(table), parse_float=str, parse_int=str)
    out_of_csv = list(csv.DictReader(io.StringIO(to_csv(table), newline="")))
    assert out_of_csv == [{name: as_csv(cell) for name, cell in row.items()} for row in out_of_json]


@given(st.decimals(-(10**9), 10**9, places=3), st.fractions(max_denominator=7))
def test_json_numbers_are_numbers(printed, exact):
    text = to_json(framed([{"printed": printed, "exact": exact}]))
    assert json.loads(text, parse_float=Decimal, parse_int=Decimal)[0]["printed"] == printed
    assert abs(Fraction(json.loads(text)[0]["exact"]) - exact) <= abs(exact) / 10**14


def excel_cells(*cells: object) -> list[str]:
    """What stands in the file for Excel where a row has these cells."""
    text = for_excel(framed([{str(number): cell for number, cell in enumerate(cells)}]))
    assert text.startswith("\ufeff") and text.count("\ufeff") == 1
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))[1]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_text_that_excel_would_run_is_made_harmless(start):
    text = start + "cmd|'/c calc'!A1"
    assert excel_cells(text, "能源" + text, (text, "b")) == ["'" + text, "能源" + text, f"'{text};b"]
    assert excel_cells(start) == ["'" + start]


def test_numbers_stay_numbers_for_excel():
    numbers = [Decimal("-3.0"), Fraction(-1, 4), -7, 0, Decimal("3.0"), Fraction(3050, 1), True, None, ()]
    assert excel_cells(*numbers) == ["-3.0", "-0.25", "-7", "0", "3.0", "3050", "true", "", ""]


def test_a_table_without_rows_has_its_head_for_excel():
    assert for_excel(frames.frame({"id": "text", "unit": "word"}, [])) == "\ufeffid,unit\n"


@given(st.lists(st.fixed_dictionaries({"a": CELLS, "b": CELLS}), min_size=1, max_size=5))
def test_for_excel_changes_nothing_but_text_that_it_would_run(table):
    plain = list(csv.DictReader(io.StringIO(to_csv(framed(table)), newline="")))
    excel = list(csv.DictReader(io.StringIO(for_excel(framed(table))[1:], newline="")))
    for row, before, after in zip(table, plain, excel, strict=True):
        for name, cell in row.items():
            risky = isinstance(cell, str) and cell.startswith(("=", "+", "-", "@"))
            assert after[name] == ("'" + before[name] if risky else before[name])


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("place", ["tests/base", "indicators"])
def test_the_data_as_it_is_needs_no_quote_for_excel(place, table):
    """So that nobody finds a stray `'` in front of a phrase; a text that needs one shows up here."""
    book = load(ROOT / place).book
    assert book
    assert for_excel(TABLES[table](book)) == "\ufeff" + to_csv(TABLES[table](book))


def test_the_command_line_prints_text_as_it_stands(folder, run_cli):
    """What makes text harmless is for files from the page; scripts get the cell itself."""
    data = folder(
        edits={"fish-ponds.yaml": ("name: {zh: 养殖水面, en: Pond area}", "name: {zh: '@养殖水面', en: =1+1}")}
    )
    done = run_cli("table", data)
    assert not done.stdout.startswith("\ufeff")
    cells = next(row for row in csv.DictReader(io.StringIO(done.stdout)) if row["id"] == "pond-area-2034")
    assert (cells["name_zh"], cells["name_en"]) == ("@养殖水面", "=1+1")
    book = load(data).book
    assert book
    assert done.stdout == to_csv(TABLES["table"](book))
    assert ",'@养殖水面,'=1+1," in for_excel(TABLES["table"](book))


def nodes(value: object):
    """A value and everything inside it."""
    yield value
    fields = vars(value).values() if isinstance(value, BaseModel) else value if isinstance(value, tuple) else ()
    for field in fields:
        yield from nodes(field)


def test_data_is_frozen_all_the_way_down(book):
    """Sessions share one book: none can change it under another."""
    found = list(nodes((book.plan, book.sections, book.sources, book.units.units, *book.sectors[0].indicators)))
    assert not any(isinstance(value, list | dict | set) for value in found)
    models = [value for value in found if isinstance(value, BaseModel)]
    assert len(models) > 50
    for model in models:
        with pytest.raises(ValidationError):
            setattr(model, next(iter(type(model).model_fields)), None)
    for holder, name in ((book, "plan"), (book.sectors[0], "id"), (book.units, "units")):
        with pytest.raises(FrozenInstanceError):
            setattr(holder, name, None)


SCHEMAS = {
    "table": tables.TARGETS,
    "observations": tables.OBSERVATIONS,
    "sectors": tables.SECTORS,
    "health": tables.HEALTH,
    "gaps": tables.GAPS,
}


@pytest.mark.parametrize("table", TABLES)
def test_a_column_has_the_dtype_of_its_schema_and_exact_values_stay_exact(table):
    book = real_book()
    assert book
    made = TABLES[table](book)
    for name, dtype in SCHEMAS[table].items():
        assert str(made[name].dtype) == frames.PANDAS[dtype], name
        if dtype == "exact":
            assert {type(cell) for cell in made[name]} <= {Decimal, Fraction, type(None)}, name
        if dtype == "words":
            assert {type(cell) for cell in made[name]} == {tuple}, name


def test_floats_are_for_arithmetic_and_keep_what_is_absent():
    made = frames.floats(TABLES["table"](real_book()))
    assert str(made["value_low"].dtype) == "Float64"
    assert made["baseline_value"].isna().sum() == 97 - made["baseline_source_id"].notna().sum() > 0


def test_a_row_with_another_column_is_no_row_of_a_table():
    with pytest.raises(AssertionError):
        frames.frame({"id": "text"}, [{"id": "a", "more": "b"}])


@pytest.mark.parametrize("module", ["loaders.__main__", "evidence.health", "evidence.search", "progress.assess"])
def test_pandas_is_loaded_only_where_tables_are_made(module):
    code = f"import {module}, sys; sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
