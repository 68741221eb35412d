"""What a reader sees of earlier goals: lines and signs on charts by year, a tally by sector, sentences and tables; and
that every page, the report and the command line say the same numbers."""

import colorsys
import csv
import html
import io
import re
from dataclasses import replace
from fractions import Fraction as F
from functools import partial

import pytest
from conftest import real_book
from test_promises import made, say

from charts import goals, pack, stem, style
from charts import years as drawing
from charts.labels import Box
from charts.marks import years
from charts.sheet import SHAPES
from progress.calendar import asof
from progress.promises import CAME, national, promises, tally
from views import earlier, report
from wording import promised
from wording.numbers import period
from wording.texts import TEXTS
from wording.texts import say as words

LANGUAGES = ("zh", "en")
EVERY_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)
# Whose charts by year tie goals to outcomes, with how many were kept and missed.
TIED = {
    "gdp-growth": (1, 3),
    "urban-unemployment": (1, 0),
    "unconventional-gas-output": (1, 4),
    "consumer-goods-revenue": (1, 0),
    "specialized-towns-output-growth": (1, 0),
    "equipment-manufacturing-revenue": (0, 1),
    "electronics-revenue": (1, 0),
    "farmland-upgraded": (1, 0),
    "upgraded-villages": (1, 0),
    "soil-conservation-rate": (2, 0),
}


@pytest.fixture(scope="module")
def book():
    return real_book()


def indicators(book):
    return {item.id: item for sector in book.sectors for item in sector.indicators}


def chart(book, name, language="en", **more):
    return years(book, indicators(book)[name], language, **more)


def text(found: list[str]) -> str:
    return " ".join(html.unescape(re.sub("<[^>]*>", " ", "".join(found))).split())


# on a chart by year


def test_only_goals_that_could_be_judged_are_tied_to_their_outcomes(book):
    tied = {}
    for name, item in indicators(book).items():
        if (found := years(book, item, "en")) and found.stems:
            came = [one.came for one in found.stems]
            tied[name] = (came.count("kept"), came.count("missed"))
    assert tied == TIED


def test_a_line_joins_the_mark_of_a_goal_to_that_of_the_figure_for_its_time(book):
    found = chart(book, "unconventional-gas-output")
    ends = {(found.marks[one.goal].ends, found.marks[one.outcome].ends): one.came for one in found.stems}
    assert ends == {
        ((8.5,), (8.15,)): "missed",
        ((12.0,), (9.5,)): "missed",
        ((20.0,), (11.33,)): "missed",
        ((16.0,), (16.69,)): "kept",
        ((20.0,), (18.23,)): "missed",
    }
    assert all(found.marks[one.goal].sort.startswith("rival") for one in found.stems)
    assert all(found.marks[one.outcome].sort in ("point", "baseline", "context") for one in found.stems)


def test_what_is_hidden_ties_nothing(book):
    """Goal and figure are both of another definition than the target: with one hidden no line leads anywhere."""
    assert len(chart(book, "urban-unemployment").stems) == 1
    assert chart(book, "urban-unemployment", context=False).stems == ()
    assert len(chart(book, "unconventional-gas-output", context=False).stems) == 5


@EVERY_LANGUAGE
def test_kept_and_missed_differ_in_sign_and_colour_and_the_legend_names_what_is_used(book, language):
    gas, revenue = chart(book, "unconventional-gas-output", language), chart(book, "electronics-revenue", language)
    assert [gas.legend[came] for came in stem.CAME] == [
        ("✓", style.KEPT, TEXTS["years.kept"][language]),
        ("×", style.MISSED, TEXTS["years.missed"][language]),
    ]
    assert "kept" in revenue.legend and "missed" not in revenue.legend
    paths = {shape.line.color: shape.path.count("M") for shape in signs(gas.screen)}
    assert paths == {style.KEPT: 1, style.MISSED: 2}  # a tick is one stroke, a cross two


def signs(figure):
    own = (style.KEPT, style.MISSED)
    return [one for one in figure.layout.shapes if one.type == "path" and one.line.color in own and not one.fillcolor]


def lines(figure):
    own = (style.KEPT, style.MISSED)
    return [one for one in figure.layout.shapes if one.type == "line" and one.line.color in own]


@pytest.mark.parametrize("name", TIED)
def test_each_has_one_line_and_one_sign_on_a_page_and_on_every_sheet(book, name):
    found = chart(book, name)
    for figure in (found.screen, *(found.printed(shape) for shape in SHAPES.values())):
        assert len(signs(figure)) == len(lines(figure)) == len(found.stems)
        assert all(one.layer == "below" for one in lines(figure))


@pytest.mark.parametrize("name", TIED)
@EVERY_LANGUAGE
def test_no_sign_lies_on_a_mark_or_on_words(book, name, language, monkeypatch):
    """Boxes as the charts themselves reckon with them: those before the signs are of marks, of what is named and of
    lines; those behind them of words."""
    seen: list[tuple[list[Box], list[Box], list[Box]]] = []
    real, put = stem.signs, drawing.place

    def signs(stems, marks, asides, frame, taken, *, forced=False):
        found = real(stems, marks, asides, frame, taken, forced=forced)
        seen.extend([(list(taken), found[1], [])] if found else [])
        return found

    def place(notes, frame, taken, label):
        done = put(notes, frame, taken, label)
        if done and seen:
            seen[-1][2].append(taken[-1])
        return done

    monkeypatch.setattr(stem, "signs", signs)
    monkeypatch.setattr(drawing, "place", place)
    found = chart(book, name, language)
    for figure in (lambda: found.screen, *(partial(found.plot, shape, 300) for shape in SHAPES.values())):
        seen.clear()
        assert figure() and len(seen) == 1
        before, own, after = seen[0]
        assert own and not any(one.meets(other) for one in own for other in (*before, *after))
        assert not any(one.meets(other) for number, one in enumerate(own) for other in own[:number])


@EVERY_LANGUAGE
def test_the_mark_of_a_goal_says_what_came_of_it_and_the_notes_how_many_are_firm(book, language):
    found = chart(book, "unconventional-gas-output", language)
    by = {"zh": "未实现，相差25亿立方米（为目标的21%）", "en": "missed by 2.5 billion m³ (21% of the goal)"}[language]
    head = words(language, "years.what")
    assert any(by in row[head] for row in found.table) and by in found.sentence
    note = words(language, "earlier.drawn", kept=1, missed=4, firm=0)
    assert found.head.notes[0] == note and found.head.brief[0].startswith(note)
    assert not any(note in one.head.notes for one in (chart(book, "steel-revenue", language),))


@pytest.mark.parametrize("colour", [style.KEPT, style.MISSED])
def test_neither_colour_alarms(colour):
    """Neither is red or green, nor loud."""
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    hue, _, saturation = colorsys.rgb_to_hls(red, green, blue)
    assert saturation <= 0.35 and not 80 <= 360 * hue <= 170 and 20 <= 360 * hue <= 340


# in words


CASES = """
kept | ge_120@2033 | 120@2033 | kept
missed in the unit and in percent | ge_120@2033 | 119@2033 | missed by 1 words (0.83% of the goal)
of an outcome that is a bound the least | ge_120@2033 | lt_90@2033 | missed by at least 30 words (25% of the goal)
at a bound that does not count | gt_120@2033 | 120@2033 | missed: exactly at the bound, which does not count
no figure | ge_120@2033 | - | cannot be judged: no figure for that time
a part of the year | ge_120@2033 flow | 90@2033-01/2033-09 | cannot be judged: figures for only a part of that time
too rough | ge_120@2033 | gt_100@2033 | cannot be judged: the figure is too rough to tell
of another definition | ge_120@2033 | 90@2033:different:definition:came:different:definition
    | cannot be judged: the figure for that time counts something else
"""


@pytest.mark.parametrize(
    "case", re.sub(r"\n +\|", " |", CASES).strip().splitlines(), ids=lambda one: one.split(" |")[0]
)
def test_what_came_of_a_goal_is_said_with_its_reason(case):
    _, goal, seen, expected = (part.strip() for part in case.split("|"))
    assert promised.came(say(goal, seen), "en") == expected


def test_a_share_is_missed_by_points_and_not_by_percent(book):
    found = {one.rival.period: one for one in promises(book, asof(book)) if one.indicator.id == "gdp-growth"}
    assert promised.came(found["2022"], "en") == "missed by 2.1 percentage points (32% of the goal)"
    assert promised.came(found["2022"], "zh") == "未实现，相差2.1个百分点（为目标的32%）"


def test_what_is_weak_is_named_and_what_is_firm_says_so():
    firm, copy = say("ge_120@2033:a", "119@2033:a"), say("ge_120@2033:c", "119@2033:c")
    assert promised.weak(firm, "en") == "firm"
    assert promised.weak(copy, "en") == "figure seen only as a copy; goal seen only as a copy"
    assert promised.weak(say("ge_120@2033", "-"), "en") == ""


def test_a_goal_that_is_counted_elsewhere_says_so(book):
    (twice,) = [one for one in promises(book, asof(book)) if one.again]
    assert promised.came(twice, "en") == "kept (the same goal is counted elsewhere)"


def test_what_the_data_notes_of_goal_and_figure_stands_beside_a_verdict(book):
    """Where a source says why a goal was missed its words stand there too."""
    (gas,) = [one for one in promises(book, asof(book)) if one.rival.printed.startswith("力争非常规天然气产量达到120")]
    assert gas.outcome and gas.outcome.figure.note
    assert promised.cells(gas, "en")["Note"] == gas.outcome.figure.note.en


# on the page of an indicator


@EVERY_LANGUAGE
def test_an_indicator_has_a_sentence_and_a_row_for_each_goal_that_is_over(book, language):
    shown = earlier.of_one(book, indicators(book)["gdp-growth"], language)
    assert 'id="earlier"' in shown[0] and shown[2].count("<tr>") == 1 + 5
    assert words(language, "earlier.one", goals=5, checked=4, kept=1, missed=3) in text(shown)
    assert words(language, "earlier.firm.none") in text(shown)
    assert words(language, "earlier.because.no_outcome") in text(shown)


def test_an_indicator_counts_its_own_goals_even_where_another_has_the_same(book):
    """The sentence is of this measure; only the counts of the whole plan take the goal once."""
    shown = text(earlier.of_one(book, indicators(book)["farmland-upgraded"], "en"))
    assert "Earlier goals for this measure whose time is over: 1. Of them 1 can be checked: 1 kept, 0 missed." in shown


def test_an_indicator_without_earlier_goals_says_nothing(book):
    some = {one.indicator.id for one in promises(book, asof(book))}
    none = [item for name, item in indicators(book).items() if name not in some]
    assert none and all(earlier.of_one(book, item, "en") == [] for item in none)


# by sector


@EVERY_LANGUAGE
def test_the_tally_counts_every_goal_once_and_a_tentative_verdict_is_a_frame(book, language):
    found, counts = goals.earlier(book, language), tally(promises(book, asof(book)))
    assert found
    sums = dict(zip(found.states, map(sum, zip(*found.counts, strict=True)), strict=True))
    assert sums == {"kept?": counts.kept, "missed?": counts.missed, "cannot_say": counts.goals - counts.checked}
    assert [sign for sign, _, _ in found.legend.values()] == ["□"] * 3
    bars = dict(zip(found.states, found.screen.data, strict=True))
    assert [bars[state].marker.color for state in found.states] == [
        style.faint(style.KEPT),
        style.faint(style.MISSED),
        style.HOLLOW,
    ]
    assert [set(bars[state].marker.line.width) for state in ("kept?", "missed?")] == [{0, 2}, {0, 2}]
    assert found.head.id == goals.ID and str(counts.goals) in found.head.subtitle


def test_a_firm_verdict_is_a_full_bar():
    old = made("ge_120@2033:a&ge_100@2032:c", "119@2033:a")
    found = goals.earlier(replace(old, plan=old.plan.model_copy(update={"updated": "2035-01-01"})), "en")
    assert found and found.states == ("missed", "cannot_say")
    bar, _ = found.screen.data
    assert bar.marker.color == style.MISSED and found.counts == ((1, 1),)


def test_without_goals_that_are_over_there_is_no_chart_and_no_word():
    young = replace(made("ge_120@2099"), version="")
    assert goals.earlier(young, "en") is None
    assert earlier.heading(young, "en") == [] == earlier.section(young, "en", lambda _: ())


def test_goals_of_the_nation_stand_apart_and_are_in_no_count(book):
    apart, own = national(book, asof(book)), promises(book, asof(book))
    title = words("en", "earlier.national", count=len(apart))
    shown = earlier.parts(book, "en")
    assert apart and title in text(shown[-1:]) and title not in text(shown[:-1])
    assert shown[-1].count("<tr>") == 1 + len(apart)
    assert sum(part.count("<tr>") - 1 for part in shown[3:-1]) == len(own)


# everywhere the same


def test_overview_evaluation_report_sheet_and_command_line_say_the_same_numbers(book, run_cli):
    from test_dashboard import app
    from test_dashboard import html as page

    rows = list(csv.DictReader(io.StringIO(run_cli("promises", module="progress").stdout)))
    once = [row for row in rows if row["again"] == "false"]
    kept, missed, unsaid = (sum(row["verdict"] == came for row in once) for came in CAME)
    firm = sum(row["verdict"] != "cannot_say" and not row["verdict_doubts"] for row in once)
    checked, every = kept + missed, kept + missed + unsaid
    counts = tally(promises(book, asof(book)))
    assert (counts.kept, counts.missed, counts.firm, counts.goals) == (kept, missed, firm, every)
    (tile,) = re.findall(r'<a href="[^"]*#earlier" class="tile">(.*?)</a>', page(app(lang="en").run()))
    assert text([tile]) == f"{kept}/{checked} earlier goals kept firm verdicts: {firm}"
    day = period(str(asof(book)), "en")
    sentence = words("en", "earlier.every", day=day, goals=every, checked=checked, kept=kept, missed=missed)
    assert sentence in text(earlier.heading(book, "en"))
    assert sentence in text([report.document(book, 2028, "en")])
    kinds = re.findall(r"<td>(\d+)</td>", earlier.parts(book, "en")[1])
    sums = [sum(int(one) for one in kinds[place::5]) for place in range(5)]
    assert sums == [every, kept, missed, unsaid, firm]
    sheet = pack.chart(book, "en", goals.ID, ())
    assert sheet and sum(map(sum, sheet.counts)) == every


def test_the_pack_of_the_whole_plan_has_the_sheet_and_that_of_a_filter_has_not(book):
    ids = {target.id for sector in book.sectors for _, target in sector.targets}
    assert [one.head.id for one in pack.charts(book, "en", ids)][-1] == goals.ID
    assert goals.ID not in [one.head.id for one in pack.charts(book, "en", {"irrigation-coefficient-2030"})]


def test_a_percent_is_told_of_a_goal_that_is_not_zero():
    none = say("le_0@2033 down", "6@2033")
    assert none.missed_percent is None and none.missed_by == F(6)
    assert promised.came(none, "en") == "missed by 6 words"
