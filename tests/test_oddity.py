"""Notes on what is odd and can be: nothing new goes uncounted without a word, and nothing known is told again."""

import json
from dataclasses import replace
from datetime import date

import pytest
from conftest import BASE, real_book

from evidence import health, notes
from loaders.__main__ import main
from loaders.book import load
from loaders.dates import over_a_year
from loaders.models import Ledger, LedgerFigure, LedgerSection

CODES = {
    *("note-period-after-data", "note-source-after-data", "note-not-judged", "note-part-of-year"),
    *("note-deadline-outside", "note-deadline-printed", "note-updated-alone"),
}
FIGURE = """      - value: {value}
        unit: {unit}
        period: {period}
        printed: {value}{unit}
        source: {source}
{pairs}"""
PAIR = """        pairs:
          - {{target: {target}, comparability: {pair}, reason: {{zh: 口径。, en: How it was counted.}}{differs}}}
"""
YEARBOOK = (
    "  - {id: yearbook-2032, publisher: {zh: 统计局, en: Statistics}, date: 2033-02, date_precision: month, grade: A}\n"
)
MARK = "      - value: 9800\n"


def figure(period, source="yearbook-2032", pair="same", value="1.05", unit="万亩", target="pond-area-2034"):
    codes = {"partial": "definition", "different": "measure"}.get(pair)
    differs = f", differs: [{codes}], extent: province, word: {{zh: 口径, en: count}}" if codes else ""
    pairs = PAIR.format(target=target, pair=pair, differs=differs) if pair else ""
    return FIGURE.format(value=value, unit=unit, period=period, source=source, pairs=pairs)


@pytest.fixture
def toy(folder):
    """The toy plan with these observations before the first, a source of next year, and texts replaced."""

    def make(*observations, **edits):
        texts = {path.name: path.read_text("utf-8") for path in BASE.glob("*.yaml")}
        texts["sources.yaml"] += YEARBOOK
        texts["fish-ponds.yaml"] = texts["fish-ponds.yaml"].replace(MARK, "".join(observations) + MARK, 1)
        for name, (old, new) in edits.items():
            file = name.replace("_", "-") + ".yaml"
            assert texts[file].count(old) == 1, f"{old!r} stands {texts[file].count(old)} times in {file}"
            texts[file] = texts[file].replace(old, new)
        return folder(files=texts)

    return make


def told(data):
    loaded = load(data)
    assert loaded.problems == ()
    return [(note.file, note.line, note.code, note.found) for note in notes.problems(loaded.book)]


LATE = ("fish-ponds.yaml", 22, "note-period-after-data", "2032-12-31")
UNJUDGED = ("fish-ponds.yaml", 22, "note-not-judged", "pond-area-2034")
# The document that no figure of the toy cites is told of by itself.
UNCITED = ("sources.yaml", 20, "note-source-after-data", "2033-02")


@pytest.mark.parametrize(
    ("observation", "expected"),
    [
        pytest.param(figure("2032-12-31"), [LATE], id="a period after the data"),
        pytest.param(
            figure("2032"), [("fish-ponds.yaml", 22, "note-period-after-data", "2032")], id="a year not over yet"
        ),
        pytest.param(figure("2032-12-31", pair="partial"), [LATE], id="comparable in part"),
        pytest.param(figure("2032-12-31", pair="different"), [], id="judged different: no news"),
        pytest.param(figure("2032-12-31", pair=None), [LATE, UNJUDGED], id="late, and judged by nobody"),
        pytest.param(
            figure("2031-11"),
            [("fish-ponds.yaml", 22, "note-source-after-data", "2033-02")],
            id="a source after the data of a figure before it",
        ),
        pytest.param(
            figure("2031-11", "county-yearbook-2031", None), [UNJUDGED, UNCITED], id="in time, and judged by nobody"
        ),
        pytest.param(figure("2031-11", "county-yearbook-2031"), [UNCITED], id="in time and judged"),
        pytest.param(
            figure("2032-12-31") + "        superseded: {date: 2033-03, reason: {zh: 改了。, en: Revised.}}\n",
            [],
            id="superseded",
        ),
    ],
)
def test_a_new_figure_is_counted_or_told_of(toy, observation, expected):
    assert sorted(told(toy(observation))) == sorted(expected)


def test_a_day_that_is_moved_ends_the_note(toy):
    assert told(toy(figure("2032-12-31"), plan=("updated: 2032-06-15", "updated: 2033-02"))) == []


def test_a_source_of_a_year_may_be_of_its_first_day():
    """annual-plan-2032 is dated by its year alone, and the data is of June."""
    assert "annual-plan-2032" in (BASE / "sources.yaml").read_text("utf-8")
    assert told(BASE) == []


def test_a_stock_over_several_months_stands_for_no_time_and_that_is_told(toy):
    data = toy(figure("2032-01/2032-03", "annual-plan-2032"))
    assert "note-part-of-year" in [code for _, _, code, _ in told(data)]


@pytest.mark.parametrize("period", ["2031-11", "2031-01/2031-09"])
def test_a_comparable_part_of_a_year_is_told_of(toy, period):
    entry = "    observations:\n" + figure(
        period, "county-yearbook-2031", "same", "300", "万尾", "fry-released-2032-2034"
    )
    data = toy(fish_ponds=("        section: box 1\n", "        section: box 1\n" + entry))
    assert [(code, found) for _, _, code, found in told(data) if code != UNCITED[2]] == [("note-part-of-year", period)]


def test_a_rival_that_nobody_judged_is_told_of_and_its_period_may_lie_ahead(toy):
    text = (BASE / "fish-ponds.yaml").read_text("utf-8")
    start = text.index("        pairs:\n", text.index("rivals:"))
    end = text.index("\n  - id: fry-released")
    data = toy(fish_ponds=(text[start:end], ""), sources=(YEARBOOK, ""))
    assert [(code, found) for _, _, code, found in told(data)] == [("note-not-judged", "pond-area-2034")]


def test_a_deadline_that_is_printed_may_lie_outside_the_plan(toy):
    data = toy(fish_ponds=("deadline: 2034", "deadline: 2040"), sources=(YEARBOOK, ""))
    assert [(code, found) for _, _, code, found in told(data)] == [("note-deadline-outside", "2040")]


def test_a_deadline_that_was_reckoned_may_too_and_its_flag_says_so(toy):
    old, new = "deadline: 2034\n        deadline_printed: true", "deadline: 2040\n        flags: [undated]"
    data = toy(fish_ponds=(old, new), sources=(YEARBOOK, ""))
    assert told(data) == []


def test_a_year_in_the_phrase_is_a_printed_deadline(toy):
    data = toy(schools=("deadline_printed: true", "deadline_printed: false"), sources=(YEARBOOK, ""))
    assert [(code, found) for _, _, code, found in told(data)] == [("note-deadline-printed", "2033")]


def test_a_figure_that_looks_like_the_year_is_no_deadline(toy):
    old = "value: 2400\n        unit: 个\n        printed: 新增公办学位2400个"
    assert told(toy(schools=(old, old.replace("2400", "2034")), sources=(YEARBOOK, ""))) == []


def test_a_deadline_in_the_ledger_is_a_printed_one(toy):
    book = load(toy(fish_ponds=("deadline_printed: true", "deadline_printed: false"), sources=(YEARBOOK, ""))).book
    figures = tuple(LedgerFigure(token=token, sort="deadline", of=("pond-area-2034",)) for token in ("十五五", "2034"))
    ledger = Ledger(sections=(LedgerSection(section="1", figures=figures),))
    assert notes.problems(book) == []
    assert [note.code for note in notes.problems(replace(book, ledger=ledger))] == ["note-deadline-printed"]


@pytest.mark.parametrize(("day", "codes"), [("2033-12-31", []), ("2034-01-01", ["note-updated-alone"])])
def test_a_day_that_nothing_in_the_data_explains_is_told_of(toy, day, codes):
    """The newest source of the toy is dated by its year, 2032, which ends with December."""
    data = toy(plan=("updated: 2032-06-15", f"updated: {day}"), sources=(YEARBOOK, ""))
    assert [code for _, _, code, _ in told(data)] == codes


def test_check_prints_each_note_on_a_line_and_lists_it_and_is_content(toy, capsys):
    data = toy(figure("2032-12-31"))
    assert main(["check", str(data)]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    (line,) = err.splitlines()
    assert line.startswith("fish-ponds.yaml:22:9 note-period-after-data ")
    assert line.endswith("(expected ≤ 2032-06-15, found 2032-12-31)")
    assert main(["check", str(data), "--format", "json"]) == 0
    out, err = capsys.readouterr()
    (item,) = json.loads(out)
    assert (item["code"], item["line"], item["found"]) == ("note-period-after-data", 22, "2032-12-31")
    assert err == ""


def test_of_two_figures_that_are_alike_each_has_its_own_place(toy):
    data = toy(figure("2032-12-31"), figure("2032-12-31"))
    assert [line for _, line, _, _ in told(data)] == [22, 29]


def test_the_findings_on_the_evidence_hold_the_notes(toy):
    found = health.findings(load(toy(figure("2032-12-31", pair=None))).book)
    assert [one.code for one in found if one.code in CODES] == ["note-period-after-data", "note-not-judged"]


def test_the_real_plan_has_nothing_uncounted():
    assert notes.problems(real_book()) == []


@pytest.mark.parametrize(
    ("day", "text", "over"),
    [
        (date(2032, 6, 15), "2033-06-15", False),
        (date(2032, 6, 15), "2033-06-16", True),
        (date(2032, 6, 15), "2033", False),
        (date(2032, 6, 15), "2034", True),
        (date(2032, 2, 29), "2033-02-28", False),
        (date(2032, 2, 29), "2033-03-01", True),
        (date(2031, 2, 28), "2032-02-29", True),
    ],
)
def test_a_year_after_a_day_ends_with_that_day_of_the_next(day, text, over):
    assert over_a_year(day, text) is over
