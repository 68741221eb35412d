"""Assessments in words, worked through and drawn: on the real plan and on toy cases with figures in its years."""

import re
from dataclasses import replace
from fractions import Fraction as F
from math import exp, floor, log, log10
from typing import get_args

import pytest
import test_charts
from conftest import BASE, real_book
from test_progress import SPECIFICATION, cases, make, say

from charts import ambition, style, tally
from charts.marks import years
from evidence.case import Case
from loaders.book import Sector, load
from loaders.fields import last_day
from progress.assess import OUTCOMES, Assessment, assess
from progress.calendar import asof
from progress.table import assessments
from progress.track import Reason
from progress.verdict import VERDICTS
from wording import Language, judged
from wording.numbers import computed, shown
from wording.texts import TEXTS
from wording.worked import FORMULAS, worked

LANGUAGES = get_args(Language)
TOY = load(BASE).book
DIMENSION = {"亩": "pond-area", "公顷": "pond-area", "%": "percent", "‰": "permille"}


@pytest.fixture(scope="module")
def book():
    return real_book()


@pytest.fixture(scope="module")
def real(book):
    return assessments(book, asof(book))


def toy(goal: str, seen: str = "") -> Case:
    """A case of test_progress in the units of tests/base, by the hectare or as in `unit=亩`."""
    case = make(goal if "unit=" in goal else f"{goal} unit=公顷", seen)
    unit = case.target.unit
    assert unit
    figures = tuple(one.model_copy(update={"unit": unit}) for one in case.indicator.observations)
    changes = {"dimension": DIMENSION[unit], "observations": figures}
    indicator = case.indicator.model_copy(update=changes)
    sector = Sector("water", case.sector.name, (indicator,))
    return Case(replace(case.book, units=TOY.units, sectors=(sector,)), sector, indicator, case.target)


def found(goal: str, seen: str, when: object = 2033) -> Assessment:
    return assess(toy(goal, seen), last_day(str(when)))


# What is said | the target | figures | outcome | in English | in Chinese.
WORDS = """
a state as it was printed | level ge 300 | 90@2031 166.9@2033 | reached | 166.9 ha (2033) | 166.9公顷（2033年）
a printed zero stays | level ge 9 | 1@2031 3.0@2033 | reached | 3.0 ha (2033) | 3.0公顷（2033年）
a bound stays one | level ge 300 | 166@2033:ge | reached | at least 166 ha (2033) | 166公顷以上（2033年）
weakness is named | level ge 9 | 5@2033:partial:c | reached
    | 5 ha (2033, partly comparable, unverified) | 5公顷（2033年，部分可比，待核实）
another unit | level ge 300 unit=亩 | 90@2031 165@2033 | reached | 11 ha (2033) | 165亩（2033年）
a total names its years | cumulative ge 100 flow | 10.5@2032 30.2@2033 | reached
    | 40.7 ha (2032–2033 in total) | 40.7公顷（2032—2033年合计）
a mean names its years | annual_average ge 10.0 flow | 12.0@2032 11.0@2033 | reached
    | 11.5 ha (average of 2032–2033) | 11.5公顷（2032—2033年平均）
the worst of its years | annual ge 10 flow | 9@2032 12@2033 | reached
    | 9 ha (the worst year of 2032–2033) | 9公顷（2032—2033年中最差的一年）
one year is no span | cumulative ge 100 flow | 10@2032 | reached | 10 ha (2032 in total) | 10公顷（2032年合计）
a share in points | share ge 82 unit=% | 70.5@2031 77.5@2033 | distance | 4.5 percentage points | 4.5个百分点
its need in points | share ge 82 unit=% | 70.5@2031 77.5@2033 | needed | 1.5 percentage points a year | 每年1.5个百分点
a share's past in points | share ge 82 unit=% | 70.5@2031 77.5@2033 | recent
    | 3.5 percentage points a year (2031–2033) | 每年3.5个百分点（2031—2033年）
a share's path in % | share ge 82 unit=% | 70.5@2031 77.5@2033 | required | 75% | 75%
per mille in its points | level le 3.0 down unit=‰ | 4.2@2031 3.6@2033 | distance | -0.6 points per 1,000 | -0.6个千分点
growth stays in % | growth ge 6.0 rate unit=% | 4.5@2032 | needed | 6.4% a year | 每年6.4%
growth misses by points | growth ge 6.0 rate unit=% | 4.5@2032 | distance | 1.5 percentage points | 1.5个百分点
past growth stays in % | growth ge 6.0 rate unit=% | 4.5@2031:about | recent
    | about 4.5% a year (2031) | 每年4.5%左右（2031年）
a pace with the years of the past | level ge 13 | 6@2028 7@2031 9@2033 | recent
    | 0.6 ha a year (2028–2033) | 每年0.6公顷（2028—2033年）
two digits at the least | level ge 13 | 7@2031 9@2033 | needed | 1.3 ha a year | 每年1.3公顷
as many as the figures | level ge 1.300 | 0.7000@2031 0.9000@2033 | needed | 0.1333 ha a year | 每年0.1333公顷
no more than the weakest | level ge 1.300 | 0.7000@2031 0.90@2033 | needed | 0.13 ha a year | 每年0.13公顷
a ratio | level ge 13 | 7@2031 9@2033 | ratio | 1.3 times the recent pace | 近年的1.3倍
the wrong way | level ge 13 | 7@2031 6@2033 | ratio | opposite to the recent trend | 与近年方向相反
behind in months | level le 30 down | 40@2031 37@2033 | months | 6 months behind | 晚6个月
ahead in months | level le 5 down | 50@2031 20@2033 | months | 16 months ahead | 提前16个月
no value, a reason | level ge 13 | 9@2033 | share | no comparable baseline | 没有可比的基期值
"""


def specified() -> dict[str, list[str]]:
    rows = [[cell.strip() for cell in line.split("|")] for line in WORDS.replace("\n    ", " ").splitlines()]
    return {name: row for name, *row in rows if row}


@pytest.mark.parametrize(("goal", "seen", "name", "english", "chinese"), specified().values(), ids=specified())
def test_an_outcome_reads(goal, seen, name, english, chinese):
    one = found(goal, seen)
    assert (judged.outcome(one, name, "en"), judged.outcome(one, name, "zh")) == (english, chinese)


def test_each_reader_sees_one_unit_and_the_same_amount():
    one = found("level ge 150 unit=亩", "90@2031 105@2033")
    assert [judged.outcome(one, "distance", language) for language in LANGUAGES] == ["45亩", "3 ha", "3公顷", "45 亩"]


def test_a_percent_sign_stands_as_it_does_in_the_other_english():
    one = found("share ge 82 unit=%", "70.5@2031 77.5@2033")
    assert judged.outcome(one, "required", "en-chinese") == judged.outcome(one, "required", "en")


@pytest.mark.parametrize("goal", ["cumulative ge 100 flow", "annual_average ge 10 flow", "growth ge 5 rate"])
def test_the_recent_pace_of_a_yearly_amount_is_that_of_its_own_year(goal):
    assert judged.years(found(goal, "15@2031 10@2032 30@2033"), "en") == "2031"


def test_a_rise_since_a_year_does_not_count_that_year():
    one = found("increment ge 50 since=2031", "100@2031 120@2033")
    assert "2031–2033" not in judged.outcome(one, "reached", "en")


def test_a_pace_below_the_threshold_is_not_shown_as_on_it():
    one = found("level ge 120", "100@2031 107.59@2033")
    assert one.verdict == "behind" and judged.outcome(one, "pace", "en") != "95%"


def test_a_weak_verdict_is_tentative_and_names_its_doubts():
    one = found("level ge 120", "100@2031 108@2033:partial:c:ge")
    assert judged.verdict(one, "en") == "on track (tentative: partly comparable, unverified, inexact figure)"
    assert judged.verdict(one, "zh").startswith("进度正常（暂定：部分可比、待核实、")
    assert judged.verdict(found("level ge 120", "100@2031 108@2033"), "en") == "on track"


def test_why_says_how_far_or_the_reason():
    assert judged.why(found("level le 30 down", "40@2031 37@2033"), "en") == (
        "30% of the change made, 6 months behind the required path"
    )
    assert judged.why(found("level ge 5", "0@2031 2@2033"), "zh") == "已完成进度40%，与匀速进度一致"
    assert judged.why(found("level ge 5", "2@2033"), "en") == "no comparable baseline"


@pytest.mark.parametrize("words", [get_args(Reason), VERDICTS], ids=["reason", "verdict"])
def test_each_word_is_there_once_in_both_languages(words, request):
    family = request.node.callspec.id
    for language in ("zh", "en"):
        said = [TEXTS[f"{family}.{word}"][language].strip() for word in words]
        assert all(said) and len(set(said)) == len(words)


def nothing_is_empty(one: Assessment, language: Language) -> None:
    lines = judged.rows(one, language)
    silent = lines.pop()[1] if lines[-1][0] == TEXTS["outcome.none"][language[:2]] else ""
    told, joint = dict(lines), TEXTS["chart.rest.join"][language[:2]]
    assert len(told) == len(lines)
    assert all(text.strip() and text not in ("—", "0") for text in told.values())
    assert not re.search(r"\bnan\b|None|[{}]|Fraction", " ".join((*told.values(), silent)))
    for name in OUTCOMES:
        label, value = TEXTS[f"outcome.{name}"][language[:2]], getattr(one, name)
        if isinstance(value, str):
            # Each reason once, in a sentence or in a line of its own.
            assert label not in told and TEXTS[f"reason.{value}"][language[:2]] in (
                silent,
                *told.values(),
                *silent.split(joint),
            )
        else:
            assert label in told or (name, value) == ("distance", 0)
    row = judged.cells(one, last_day("2034"), language)
    name, target, baseline, latest, asked, verdict, why = row.values()
    assert name and target and verdict
    given = (one.case.baseline, one.track.latest, one.required_on(last_day("2034")) is not None)
    assert [bool(cell) for cell in (baseline, latest, asked)] == [bool(one) for one in given]
    assert why or not (one.reason or isinstance(one.months, F))


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_that_has_a_value_is_empty(real, language):
    toys = [say(*one.values[:3]) for one in cases(SPECIFICATION)]
    for one in (*real, *toys):
        nothing_is_empty(one, language)


def test_where_all_can_be_given_no_line_is_empty():
    assert all(text for _, text in judged.rows(found("level ge 120", "100@2031 108@2033"), "en"))


def test_a_computed_number_has_so_many_digits_and_whole_ones_stay():
    numbers = [
        (F(1, 3), 2),
        (F(200, 3), 2),
        (F(0), 2),
        (F(1, 3000), 4),
        (F("99.96"), 3),
        (F("9.96"), 2),
        (F(-52, 3), 4),
    ]
    assert [computed(*one, "en") for one in numbers] == ["0.33", "67", "0", "0.0003333", "100", "10", "-17.33"]
    assert [computed(F(1234567, 100), 2, language) for language in ("en", "zh")] == ["12,346", "12346"]


def test_a_unit_is_shown_in_words_and_units_of_choice():
    ten, one = (
        [shown(TOY.units, "pond-area", unit, language) for language in LANGUAGES] for unit in ("万亩", "hectares")
    )
    assert [pattern for pattern, *_ in ten] == ["{}万亩", "{} ha", "{}公顷", "{} 万亩"]
    assert [pattern for pattern, *_ in one] == ["{}公顷", "{} ha", "{}公顷", "{} 公顷"]
    assert [factor for _, factor, _ in (*ten, *one)] == [F(2000, 3), 1, 1, F(2000, 3), 1, 1, 1, 1]


# Target, figures, and what the table of the peers prints for Eurostat's ratio, the straight pace and the UN's share.
PEERS = {
    "100 to 120": ("level ge 120", (100, 107.5, 120), (0.992, 0.938, 0.991)),
    "1 to 10": ("level ge 10", (1, 2, 10), (0.708, 0.278, 0.517)),
    "40 to 30": ("level le 30 down", (40, 37, 30), (0.684, 0.750, 0.708)),
    "50 to 5": ("level le 5 down", (50, 20, 5), (0.996, 1.667, 0.999)),
}


def lines(goal: str, values: tuple[float, ...]):
    one = worked(found(goal, f"{values[0]}@2031 {values[1]}@2033"), "en")
    assert one and one.judged
    return (*one.ours, *one.others)


def number(line) -> float:
    return float(line.result.replace("：", ":").partition(":")[0].replace(",", ""))


def evaluated(text: str) -> float:
    text, _, inner = text.partition(", P = ")
    text = text.replace("P", f"({inner})").replace(",", "")
    assert re.fullmatch(r"[0-9.()×÷−^+ ]+", text), text
    return eval(text.translate(str.maketrans({"×": "*", "÷": "/", "−": "-", "^": "**"})))


def comes_to(line) -> bool:
    """Whether the numbers come to the printed result, to half of its fourth digit."""
    last = 10.0 ** (floor(log10(abs(number(line)))) - 3) if number(line) else 1e-4
    return abs(evaluated(line.numbers) - number(line)) <= 0.5001 * last


@pytest.mark.parametrize(("goal", "values", "printed"), PEERS.values(), ids=PEERS)
def test_the_results_are_those_of_an_independent_calculation(goal, values, printed):
    b, c, T = values
    p, q = (c - b) / (T - b), 2 / 5
    ends = c + (c - b) / 2 * 3
    expected = [p, q, p / q, 12 * (p - q) * 5, b + (T - b) * q, (T - c) / 3]
    expected += [(exp(log(c / b) / 2) - 1) / (exp(log(T / b) / 5) - 1), (c * exp(log(c / b) * 1.5) - b) / (T - b)]
    expected += [(T - ends) / (T - c)]
    results = [number(line) for line in lines(goal, values)]
    assert results == pytest.approx(expected, rel=5e-4)
    assert [results[6], results[2], results[7]] == pytest.approx(printed, abs=6e-4)


@pytest.mark.parametrize("place", [0, 1, 2, 3, 4, 5, 6, 7, 8])
@pytest.mark.parametrize("name", PEERS)
def test_the_numbers_put_in_come_to_the_result(name, place):
    assert comes_to(lines(*PEERS[name][:2])[place])


def test_years_are_no_amounts():
    text = worked(found("level ge 12000", "10000@2031 10800@2033"), "en")
    assert "b = 10,000 (2031); c = 10,800 (2033); T = 12,000 (2036)" in text.inputs
    assert text.ours[1].numbers == "(2033 − 2031) ÷ (2036 − 2031)"


def test_below_zero_numbers_have_brackets_and_compound_methods_a_reason_and_off_the_path_months_too():
    one = worked(found("level ge 5", "-5@2031 -1@2033"), "en")
    assert one.ours[0].numbers == "((-1) − (-5)) ÷ (5 − (-5))"
    assert [line.result for line in one.others[:2]] == ["not applicable: needs values above zero"] * 2
    assert worked(found("level ge 120", "100@2031 99@2033"), "en").ours[3].result == TEXTS["reason.off_path"]["en"]


def test_on_the_day_the_formulas_still_work():
    assert worked(found("level ge 120", "100@2031 119@2036", 2036), "en")


def test_a_day_within_a_year_is_of_that_year():
    assert "2030.5" not in worked(found("level ge 120", "100@2031-06-30 110@2033"), "en").inputs


def test_inputs_are_shown_as_printed():
    assert comes_to(lines("level ge 1.3", (1.23456, 1.24001))[0])


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_the_real_plan_the_recent_past_is_worked_through_and_not_called_a_verdict(real, language):
    texts = [(one, text) for one in real if (text := worked(one, language))]
    assert texts
    for one, text in texts:
        assert text.judged is bool(one.track.latest)
        assert not re.search(r"\d,\d{3} in |\d,\d{3}年", text.inputs)
        named = dict(zip(FORMULAS, (*text.ours, *text.others), strict=True))
        assert all(comes_to(named[name]) for name in ("share", "elapsed", "required", "needed"))


def test_on_the_real_plan_pace_and_months_can_be_followed_by_hand(real):
    texts = [text for one in real if (text := worked(one, "en"))]
    assert [line for text in texts for line in text.ours[2:4] if not comes_to(line)] == []


HARD = {
    "fast": ("level ge 120", "80@2029 100@2031"),
    "turning": ("level ge 120", "110@2029 100@2031"),
    "slow": ("level ge 120", "98@2029 100@2031:ge"),
    "still": ("level ge 120", "100@2029 100@2031"),
    "met": ("level ge 100", "105@2031"),
    "gone": ("level ge 120 gone", "98@2029 100@2031"),
    "bare": ("level ge 120", ""),
}


@pytest.fixture(scope="module")
def hard():
    every = [found(*words, 2032) for words in HARD.values()]
    return ambition.ambition(every, every[0].case.book, "en")


def test_the_hardest_comes_first_by_recent_over_needed_pace(hard):
    assert [row.line for row in hard.drawn] == [-125, 0, 25, 250]
    assert [row.start.partial for row in hard.drawn] == [False, False, True, False]
    assert hard.drawn[2].target == "needed: 4 ha a year (4 times the recent pace)"
    assert hard.drawn[1].target == "needed: 4 ha a year (no change in recent years)"
    assert hard.drawn[0].start.text == "recent: -5 ha a year (2029–2031)"


def test_met_stands_beside_and_all_that_counts_is_counted(hard):
    assert [row.line for row in hard.beside] == [None]
    assert hard.about == (
        "4 targets can be compared; 1 was met at the start; the other 1 lacks comparable figures or has no yearly path."
    )


def test_the_counts_and_shares_of_the_real_plan(real, book):
    chart = ambition.ambition(real, book, "en")
    live = [one for one in real if not one.case.target.superseded]
    assert sum(map(int, re.findall(r"\d+", chart.about))) == len(live)
    own = {one.case.target.id: float(100 * one.recent / one.needed) for one in live if isinstance(one.ratio, F)}
    assert {row.id: row.line for row in chart.drawn} == pytest.approx(own)
    assert len(chart.table) == len(chart.drawn) > 0


@pytest.mark.parametrize("build", [test_charts.screen, test_charts.printed])
def test_a_pace_the_wrong_way_lies_left_of_zero_on_an_axis_that_holds_it(hard, build):
    for chart in (hard, test_charts.chart(test_charts.row(share=-125.0), test_charts.row(share=250.0))):
        figure = build(chart)
        low, high = figure.layout.xaxis.range
        assert low < -125 and high > 250 and min(figure.layout.xaxis.tickvals) < 0
        assert -125 in [x for trace in test_charts.marks(figure, "baseline") for x in trace.x]
        assert any(trace.x[:2] == (-125, 100) for trace in figure.data if trace.mode == "lines")


@pytest.mark.parametrize(
    "words",
    [
        *(("level gt 120", "100@2031 120@2033"), ("annual_average ge 10 flow", "10@2031 25@2032 25@2033")),
        ("growth ge 0 rate", "5@2031"),
    ],
)
def test_where_no_pace_is_needed_there_is_a_chart(words):
    one = found(*words)
    assert ambition.ambition([one], one.case.book, "en")


def test_an_average_far_above_its_target_is_not_the_hardest():
    one = found("annual_average ge 10 flow", "10@2031 30@2032 30@2033")
    assert judged.outcome(one, "ratio", "en") != "opposite to the recent trend"
    assert all((row.line or 0) >= 0 for row in ambition.ambition([one], one.case.book, "en").drawn)


def test_the_tally_counts_each_target_once_in_its_sector(real, book):
    chart = tally.verdicts(book, real, "en", 2027)
    per_sector = {sector.name["en"]: len(list(sector.targets)) for sector in book.sectors}
    assert {name: sum(row) for name, row in zip(chart.names, chart.counts, strict=True)} == per_sector
    for row in chart.table:
        name, *counts = row.values()
        assert sum(map(int, counts)) == per_sector[name]
    assert all(map(sum, zip(*chart.counts, strict=True))) and sum(map(sum, chart.counts)) == len(real)


def test_a_tentative_verdict_is_a_state_of_its_own_fainter_than_the_firm_one_and_not_empty():
    firm, weak = (found("level ge 120", f"100@2031 108@2033{mark}") for mark in ("", ":partial"))
    chart = tally.verdicts(firm.case.book, [firm, weak, weak], "en", 2033)
    assert (chart.states, chart.counts) == (("on_track", "on_track?"), ((1, 2),))
    full, faint = chart.screen.data
    assert len({full.marker.color, faint.marker.color, style.HOLLOW}) == 3
    assert faint.marker.line.color == full.marker.color
    legend = style.legend(chart.legend.values())
    assert legend.count("<span") == 2 and "□</span>\u00a0▨ on track (tentative)" in legend
    assert "behind" not in legend + chart.sentence and "2" in chart.sentence


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_path_ends_on_the_marks_of_start_and_target(real, book, language):
    drawn = 0
    for one in real:
        chart = years(book, one.case.indicator, language)
        if chart and chart.path:
            drawn += 1
            start = "zero" if any(mark.sort == "zero" for mark in chart.marks) else "baseline"
            ends = [next(mark for mark in chart.marks if mark.sort == sort) for sort in (start, "target")]
            assert [at for at, _ in chart.path] == [mark.at for mark in ends]
            assert all(value in mark.ends for (_, value), mark in zip(chart.path, ends, strict=True))
    assert drawn


def path(goal: str, seen: str, language: Language = "zh"):
    case = toy(f"{goal} unit=亩", seen)
    return years(case.book, case.indicator, language).path


def test_international_units_draw_the_same_path_in_theirs():
    assert path("level ge 150", "90@2031") == ((2032, 90), (2037, 150))
    assert path("level ge 150", "90@2031", "en") == ((2032, 6), (2037, 10))
    assert path("level range 150..180", "90@2031")[1] == (2037, 150)


@pytest.mark.parametrize(
    ("goal", "seen"),
    [
        *(("level ge 100", "105@2031"), ("level ge 120", "110@2032"), ("level ge 120", "-"), ("level gt 9", "9@2031")),
        *(("annual ge 10 flow", "9@2031"), ("annual_average ge 10 flow", "9@2031"), ("level le 9 none", "8@2031")),
    ],
)
def test_there_is_no_path_where_none_leads(goal, seen):
    assert path(goal, seen) == ()
