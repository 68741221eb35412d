"""What earlier goals came to, case by case. Each reads: the goal, the figures, the word, what else comes out."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction as F
from typing import get_args

import pytest
import test_baseline
import test_progress
from conftest import real_book
from hypothesis import given
from hypothesis import strategies as st

from evidence.frames import to_csv
from loaders.book import Book, Sector, load
from loaders.fields import last_day
from loaders.models import COMPARATORS, EXTENTS, Comparability, Direction, Indicator, Measure
from loaders.outcomes import within
from progress.assess import assess
from progress.bounds import Bounds
from progress.calendar import asof
from progress.promise_table import table
from progress.promises import BECAUSE, CAME, Promise, Tally, national, promises, tallies, tally

WORDS = test_baseline.WORDS
CONTRACT = (
    "indicator_id, sector, name_zh, name_en, kind, normalised_unit, comparator, value_low, value_high, unit, "
    "normalised_low, normalised_high, period, printed, grade, source_id, allowed_low, allowed_high, "
    "outcome_comparator, outcome_value_low, outcome_value_high, outcome_unit, outcome_normalised_low, "
    "outcome_normalised_high, outcome_period, outcome_printed, outcome_grade, outcome_source_id, comparability, "
    "comparability_reason, verdict, verdict_reason, verdict_doubts, missed_by, missed_percent, again"
)


def told(words: list[str]) -> dict[str, object]:
    """How a figure compares, as a pair and as an outcome state it: `partial`, `different:measure`, `nation`."""
    differs = tuple(one for one in words if one in ("measure", "scope", "place", "period", "sort", "definition"))
    extent = next((one for one in words if one in EXTENTS), None)
    said = next((one for one in words if one in get_args(Comparability)), "same")
    return {"comparability": said, "reason": WORDS, "differs": differs, "extent": extent}


def figure(text: str) -> tuple[dict[str, object], dict[str, object] | None]:
    """`about 9@2033` is a figure; behind colons follow the grade of its source (`a` unless named), its measure, how it
    compares with the target (`same`, `partial`, `none` where nobody has judged), `gone` where it is superseded, and
    behind `came` how it compares with the goal: the second value."""
    stated, *marks = text.split(":")
    marks, came = (marks[: marks.index("came")], marks[marks.index("came") + 1 :]) if "came" in marks else (marks, None)
    value, _, period = stated.partition("@")
    comparator, _, number = value.rpartition("_")
    source = next((one for one in marks if one in "abc"), "a")
    found: dict[str, object] = {"value": tuple(map(Decimal, number.split(".."))), "unit": "u", "printed": text}
    found |= {"comparator": comparator or "eq", "source": source, "period": period or None}
    found |= {"measure": next((one for one in marks if one in get_args(Measure)), None)}
    found["pairs"] = () if "none" in marks else ({"target": "goal", **told(marks)},)
    if "gone" in marks:
        found["superseded"] = {"date": "2034", "reason": WORDS}
    return found, None if came is None else {"source": source, "period": period, **told(came)}


def made(goal: str, seen: str = "-", factor: str = "1") -> Book:
    """A book with one goal, `ge_120@2033 down flow`: up and a stock unless named, beside a target of the kind level
    unless one is named (`coverage`). Several goals stand apart by `&`."""
    stated, *rest = goal.split()
    judged = [figure(one) for one in seen.split() if one != "-"]
    outcomes = tuple(came for _, came in judged if came)
    rivals = tuple(
        {**figure(one)[0], "kind": "annual_target", "outcomes": outcomes if not n else ()}
        for n, one in enumerate(stated.split("&"))
    )
    kind = next((word for word in rest if word in test_progress.KINDS), "level")
    target = {"id": "goal", "kind": kind, "comparator": "ge", "value": (Decimal(9),), "unit": "u", "printed": "9"}
    words: dict[str, object] = {"id": "ponds", "name": WORDS, "definition": WORDS, "dimension": "amount"}
    words["measure"] = next((word for word in rest if word in get_args(Measure)), "stock")
    words["direction"] = next((word for word in rest if word in get_args(Direction)), "up")
    words |= {"targets": ({**target, "section": "1"},), "observations": tuple(one for one, _ in judged)}
    indicator = Indicator.model_validate(words | {"rivals": rivals})
    sector = Sector("water", WORDS, (indicator,))
    base = test_baseline.BOOK.sections
    return Book(test_progress.PLAN, base, test_progress.SOURCES, test_progress.units(factor), (sector,))


def say(goal: str, seen: str, when: str = "2036", factor: str = "1") -> Promise:
    (promise,) = promises(made(goal, seen, factor), last_day(when))
    return promise


def word(promise: Promise) -> str:
    return " ".join(filter(None, (promise.came, promise.because)))


# What it is | the goal | figures | the word, with a reason | what else comes out.
SPECIFICATION = """
# Each comparator, just kept and just missed.
at least, reached | ge_120@2033 | 120@2033 | kept
at least, not reached | ge_120@2033 | 119@2033 | missed | missed_by=1 missed_percent=5/6
more than, reached | gt_120@2033 | 120.1@2033 | kept
more than, only reached | gt_120@2033 | 120@2033 | missed | missed_by=0 missed_percent=0
at most, kept | le_120@2033 down | 120@2033 | kept
at most, exceeded | le_120@2033 down | 126@2033 | missed | missed_by=6 missed_percent=5
less than, kept | lt_120@2033 down | 119.9@2033 | kept
less than, only reached | lt_120@2033 down | 120@2033 | missed | missed_by=0
exact, more where more is better | 120@2033 | 130@2033 | kept
exact, less where more is better | 120@2033 | 119@2033 | missed | missed_by=1
exact, as far as it was printed | 120@2033 | 119.5@2033 | kept
exact, less where less is better | 120@2033 down | 90@2033 | kept
exact, more where less is better | 120@2033 down | 121@2033 | missed | missed_by=1
exact, where nothing is better | 120@2033 none | 121@2033 | missed | missed_by=1
# A goal of about 6 is no promise of 6.0.
about, a twentieth less | about_6@2033 | 5.7@2033 | kept
about, more than a twentieth less | about_6@2033 | 5.69@2033 | missed | missed_by=31/100
about, missed by the distance from what was printed | about_6@2033 | 5.0@2033 | missed
    | missed_by=1 missed_percent=50/3
about, above | about_6@2033 | 9@2033 | kept
about, above where nothing is better | about_6@2033 none | 6.4@2033 | missed | missed_by=2/5
about, below zero | about_-6@2033 | -6.3@2033 | kept
# A range.
a range, inside | range_3..5@2033 none | 4@2033 | kept
a range, at its end | range_3..5@2033 none | 5@2033 | kept
a range, below | range_3..5@2033 none | 2@2033 | missed | missed_by=1 missed_percent=100/3
a range, above | range_3..5@2033 none | 6@2033 | missed | missed_by=1 missed_percent=20
a range, above where more is better | range_3..5@2033 | 6@2033 | kept
a range, below where less is better | range_3..5@2033 down | 2@2033 | kept
# Zero, and all of a set.
a goal of zero | le_0@2033 down | 2@2033 | missed | missed_by=2 missed_percent=None
none of a set, and there is none | 0@2033 down coverage | 0@2033 | kept
none of a set, and a little is left | 0@2033 down coverage | 0.4@2033 | missed | missed_by=2/5
nearly none of a set | about_0@2033 down coverage | 5@2033 | kept
all of a set is all | 100@2033 coverage | 99.9@2033 | missed | missed_by=1/10
nearly all of a set | about_100@2033 coverage | 95@2033 | kept
a share of a set is none of it all | 81@2033 coverage | 80.5@2033 | kept
# An outcome that is itself a bound, an about or a range.
over what was promised | ge_16@2033 | gt_16.5@2033 | kept | tentative=inexact
over just what was promised | gt_16@2033 | gt_16@2033 | kept | tentative=inexact
at least what was promised, when more was | gt_16@2033 | ge_16@2033 | cannot_say inexact
over less than was promised | ge_20@2033 | gt_16.5@2033 | cannot_say inexact
over the cap | le_16@2033 down | gt_16.5@2033 | missed | missed_by=1/2 tentative=inexact
over just the cap | le_16@2033 down | gt_16@2033 | missed | missed_by=0 tentative=inexact
at least the cap | le_16@2033 down | ge_16@2033 | cannot_say inexact
within the cap | le_16@2033 down | le_15@2033 | kept | tentative=inexact
about what was promised | ge_20@2033 | about_20@2033 | cannot_say inexact
about what was promised about | about_20@2033 | about_20@2033 | kept | tentative=inexact
about less than was promised | ge_20@2033 | about_18@2033 | missed | missed_by=2 tentative=inexact
a range above what was promised | ge_20@2033 | range_20..22@2033 | kept | tentative=inexact
a range around what was promised | ge_20@2033 | range_19..22@2033 | cannot_say inexact
a range below what was promised | ge_20@2033 | range_17..18@2033 | missed | missed_by=2 tentative=inexact
a bound that leaves it open beside a number | ge_16.6@2033 | gt_16.5@2033 16.69@2033:b | kept
# What is comparable with what.
nothing | ge_120@2033 | - | cannot_say no_outcome
another year alone | ge_120@2033 | 130@2032 130@2034 | cannot_say no_outcome
comparable in part, which says nothing of goal and outcome | ge_120@2033 | 130@2033:partial | cannot_say not_judged
nobody has judged the figure | ge_120@2033 | 130@2033:none | cannot_say not_judged
nobody has judged the goal | ge_120@2033:none | 130@2033 | cannot_say not_judged
the goal is of another sort, and nobody has said more | ge_120@2033:different:sort | 130@2033:different:sort
    | cannot_say not_judged
both differ from the target, and not from each other | ge_120@2033:different:sort
    | 130@2033:different:sort:came:same | kept
both differ from the target, and from each other | ge_120@2033:partial:definition
    | 130@2033:different:scope:came:different:scope:part | cannot_say not_comparable
comparable in part with what was promised | ge_120@2033 | 130@2033:partial:came:partial:definition | kept
    | tentative=partial
missed in part comparable | ge_120@2033 | 100@2033:partial:came:partial:definition | missed
    | missed_by=20 tentative=partial
another definition | ge_120@2033 | 130@2033:partial:came:different:measure | cannot_say not_comparable
a comparable figure goes before one that is not | ge_120@2033 | 90@2033:b:partial:came:different:measure 130@2033 | kept
in full before in part | ge_120@2033 | 130@2033:c 119@2033:b:partial:came:partial:definition | kept
    | tentative=unverified,conflicting
in full before in part, both verified | ge_120@2033 | 130@2033:b 119@2033:a:partial:came:partial:definition | kept
    | tentative=conflicting
# Who says so.
an unverified outcome | ge_120@2033 | 130@2033:c | kept | tentative=unverified
an unverified goal | ge_120@2033:c | 130@2033 | kept | tentative=goal_unverified
both unverified | ge_120@2033:c | 100@2033:c | missed | tentative=unverified,goal_unverified
verified both | ge_120@2033:b | 130@2033:b | kept | tentative=
verified before unverified | ge_120@2033 | 110@2033:c 130@2033:b | kept | tentative=conflicting
# Two outcomes that conflict, and figures that were revised.
two that both keep it | ge_120@2033 | 130@2033:a 131@2033:b | kept | tentative=conflicting
two that both miss it | ge_120@2033 | 110@2033:a 111@2033:b | missed | missed_by=10 tentative=conflicting
two of which one keeps it | ge_120@2033 | 119@2033:a 121@2033:b | cannot_say disputed
two in part of which one keeps it | ge_120@2033
    | 119@2033:a:partial:came:partial:definition 121@2033:b:partial:came:partial:definition | cannot_say disputed
the same with fewer digits | ge_120@2033 | 120.4@2033:a 120@2033:b | kept | tentative=
the same, once as a bound | ge_120@2033 | 121@2033:a gt_120@2033:b | kept | tentative=
a revised figure no longer counts | ge_120@2033 | 119@2033:a:gone 121@2033:b | kept | tentative=
only a revised figure | ge_120@2033 | 121@2033:gone | cannot_say no_outcome
a goal that was given up | ge_120@2033:gone | 121@2033 | cannot_say superseded
# Parts of a year, and states.
nine months of output | ge_120@2033 flow | 130@2033-01/2033-09:different:period | cannot_say part_of_period
nine months, however comparable | ge_120@2033 flow | 130@2033-01/2033-09 | cannot_say part_of_period
a month of output | ge_120@2033 flow | 130@2033-09:different:period | cannot_say part_of_period
nine months of something else | ge_120@2033 flow | 130@2033-01/2033-09:different:measure | cannot_say no_outcome
nine months of a rate | le_5@2033 rate down | 4@2033-01/2033-09:different:period | cannot_say part_of_period
the whole beside a part | ge_120@2033 flow | 90@2033-01/2033-09 119@2033 | missed | missed_by=1
one year of several | ge_120@2031/2033 flow | 130@2033:different:period | cannot_say part_of_period
the sum of just these years | ge_120@2031/2033 flow | 130@2031/2033 | kept
the half year that was promised | ge_60@2033-01/2033-06 flow | 61@2033-01/2033-06 | kept
the state on the last day | ge_120@2033 | 121@2033-12-31 | kept
the state on the last day, missed | ge_120@2033 | 119@2033-12-31 | missed | missed_by=1
a state that is reached within the last year | ge_120@2033 | 121@2033-06-30 | kept
a state that is not reached before the end | ge_120@2033 | 119@2033-06-30 | cannot_say part_of_period
a state that was reached a year early | ge_120@2033 | 121@2032-12-31 | cannot_say no_outcome
a state that was lost before the end | ge_120@2033 | 121@2033-06-30 119@2033-12-31 | missed
a state within the year that nobody has judged | ge_120@2033 | 121@2033-06-30:partial | cannot_say not_judged
the end of the month of its day | ge_120@2033-06 | 121@2033-06-30 | kept
the state of a day stands for no addition of a year | ge_120@2033:flow | 130@2033-06-30:came:same
    | cannot_say part_of_period
# Additions and reductions beside a level.
more was added than promised | 120@2033:different:sort:flow | 130@2033:different:sort:flow:came:same | kept
more was saved than promised | 8@2033:different:sort:flow down | 9@2033:different:sort:flow:came:same | kept
less was saved than promised | 8@2033:different:sort:flow down | 7@2033:different:sort:flow:came:same | missed
    | missed_by=1
of another sort, so that nobody knows which way is better | 8@2033:different:sort down
    | 7@2033:different:sort:came:same | missed | missed_by=1
# An order of size with no measure named.
a size class | about_100@2033 scale flow | 120@2033 | cannot_say measure_not_named
"""


def cases() -> Iterator[object]:
    for line in SPECIFICATION.replace("\n    |", " |").strip().splitlines():
        if not line.startswith("#"):
            name, *rest = (part.strip() for part in line.split(" | "))
            yield pytest.param(*rest[:3], rest[3] if len(rest) > 3 else "", id=name)


@pytest.mark.parametrize(("goal", "seen", "wanted", "more"), list(cases()))
def test_what_a_goal_came_to(goal, seen, wanted, more):
    promise = say(goal, seen)
    assert word(promise) == wanted
    assert (promise.missed_by is None) == (promise.came != "missed")
    for name, value in (one.split("=") for one in more.split()):
        found = getattr(promise, name)
        assert (",".join(found) if name == "tentative" else str(found)) == value, name


def test_the_specification_has_every_comparator_word_and_reason():
    lines = [line.values for line in cases()]
    said = {line[2] for line in lines}
    assert {one.split()[0] for one in said} == set(CAME)
    assert {one.split()[1] for one in said if " " in one} == set(BECAUSE)
    for came in ("kept", "missed"):
        used = {say(goal, seen).rival.comparator for goal, seen, wanted, _ in lines if wanted == came}
        assert used == set(COMPARATORS), came


@pytest.mark.parametrize(("when", "count"), [("2033-12-30", 0), ("2033-12-31", 1)])
def test_a_goal_whose_time_is_not_over_is_no_goal_yet(when, count):
    assert len(promises(made("ge_120@2033", "130@2033-06-30"), last_day(when))) == count


def test_a_goal_without_a_time_is_never_judged():
    assert promises(made("ge_120@", "130@2033"), last_day("2036")) == ()


def test_the_goals_of_the_nation_stand_apart_and_are_held_against_national_figures():
    nation = "ge_120@2033:partial:place:nation rate"
    own, other = "130@2033", "125@2033:b:different:place:nation:came:same"
    assert promises(made(nation, f"{own} {other}"), last_day("2036")) == ()
    (promise,) = national(made(nation, f"{own} {other}"), last_day("2036"))
    assert promise.outcome and (promise.outcome.amount.value, word(promise)) == (125, "kept")
    (promise,) = national(made(nation, own), last_day("2036"))
    assert word(promise) == "cannot_say no_outcome"
    assert word(say("ge_120@2033 rate", other)) == "cannot_say no_outcome"
    assert tally([promise]) == Tally()


@pytest.mark.parametrize("extent", ["city", "station"])
def test_a_goal_of_one_city_or_site_is_none_of_the_region(extent):
    book = made(f"ge_120@2033:different:place:{extent}", "130@2033:came:same")
    assert promises(book, last_day("2036")) == national(book, last_day("2036")) == ()


def test_a_goal_that_two_documents_print_counts_once_with_what_is_known_of_it_best():
    found = promises(made("ge_120@2033:c&ge_120@2033:b", "130@2033"), last_day("2036"))
    assert [(one.again, one.firm) for one in found] == [(True, False), (False, True)]
    assert tally(found) == Tally(kept=1, kept_firm=1)


@pytest.mark.parametrize("other", ["ge_121@2033", "gt_120@2033", "ge_120@2034", "ge_120@2033:partial:definition"])
def test_another_goal_for_the_same_thing_is_one_of_its_own(other):
    found = promises(made(f"ge_120@2033&{other}", "130@2033"), last_day("2036"))
    assert [one.again for one in found] == [False, False]


def test_a_goal_that_stands_under_two_indicators_counts_once():
    book = made("ge_120@2033", "130@2033")
    (sector,) = book.sectors
    twin = sector.indicators[0].model_copy(update={"id": "twin", "observations": ()})
    found = promises(replace(book, sectors=(replace(sector, indicators=(twin, *sector.indicators)),)), last_day("2036"))
    assert [(one.indicator.id, one.again) for one in found] == [("twin", True), ("ponds", False)]
    assert tally(found) == Tally(kept=1, kept_firm=1)


def test_the_count_says_how_many_are_firm_and_why_nobody_can_say():
    goals = "ge_120@2033&ge_140@2033&ge_150@2033:c&ge_110@2033:c&ge_9@2034&ge_9@2035&ge_9@2035-06"
    found = promises(made(f"{goals} flow", "130@2033 9@2035-01/2035-03:different:period"), last_day("2036"))
    assert tally(found) == Tally(2, 1, 2, 1, (("no_outcome", 2), ("part_of_period", 1)))
    assert (tally(found).checked, tally(found).firm, tally(found).goals) == (4, 2, 7)


@pytest.mark.parametrize(
    ("measure", "goal", "seen", "inside"),
    [
        ("flow", "2033", "2033-01/2033-09", True),
        ("flow", "2033", "2032/2033", False),
        ("flow", "2033-12", "2033", False),
        ("flow", "2031/2033", "2032", True),
        ("stock", "2033-12-31", "2033-12", True),
        ("stock", "2033-12-31", "2033-11", False),
        ("stock", "2033", "2034-01-01", False),
    ],
)
def test_a_figure_lies_in_a_time_with_all_of_its_own_and_a_stock_with_its_last_day(measure, goal, seen, inside):
    (sector,) = made(f"ge_9@{goal} {measure}", f"9@{seen}").sectors
    (indicator,) = sector.indicators
    assert within(indicator, indicator.observations[0], goal) is inside


NUMBERS = st.integers(-40, 40).map(lambda n: F(n, 4))
INTERVALS = st.tuples(st.one_of(st.none(), NUMBERS), st.one_of(st.none(), NUMBERS)).filter(
    lambda ends: None in ends or ends[0] <= ends[1]
)


@given(INTERVALS, st.booleans(), INTERVALS, st.booleans())
def test_whether_an_interval_is_allowed_is_what_its_values_say(bound, strict, values, open_):
    """A strict bound or figure has one end, as `more than` has."""
    strict, open_ = strict and None in bound, open_ and None in values
    bounds = Bounds(*bound, strict, (F(0), F(0)))
    low, high = values
    points = [F(n, 8) for n in range(-100, 101)]
    inside = [one for one in points if (low is None or low <= one) and (high is None or one <= high)]
    allowed = {bounds.allows(one) for one in inside if not (open_ and one in values)}
    assert bounds.holds(values, open_) is (allowed.pop() if len(allowed) == 1 else None)


EXACT = st.decimals(-50, 50, places=1)
SAYS = st.sampled_from([one for one in COMPARATORS if one != "range"])
WAYS = st.sampled_from(get_args(Direction))


@given(SAYS, EXACT, EXACT, WAYS)
def test_a_goal_is_kept_where_a_target_of_the_plan_would_be_met(comparator, goal, seen, way):
    """The same rules: a state on its day, judged as the plan's own target and as somebody else's."""
    plan = test_progress.make(f"level {comparator} {goal} {way} deadline=2033", f"{seen}@2033")
    met = assess(plan, last_day("2033")).verdict == "met"
    assert say(f"{comparator}_{goal}@2033 {way}", f"{seen}@2033").came == ("kept" if met else "missed")


@given(SAYS, EXACT, EXACT, WAYS, st.sampled_from(("1/15", "3", "1000")))
def test_no_unit_changes_a_word_or_a_percentage(comparator, goal, seen, way, factor):
    stated = (f"{comparator}_{goal}@2033 {way}", f"{seen}@2033")
    plain, other = say(*stated), say(*stated, factor=factor)
    assert (plain.came, plain.missed_percent) == (other.came, other.missed_percent)
    assert (plain.missed_by is None) == (other.missed_by is None)
    if plain.missed_by is not None:
        assert plain.missed_by * F(factor) == other.missed_by


@given(SAYS, EXACT, EXACT, EXACT)
def test_more_of_what_is_better_never_turns_a_kept_goal_into_a_missed_one(comparator, goal, seen, more):
    if comparator in ("le", "lt"):
        return
    low, high = sorted((seen, more))
    if say(f"{comparator}_{goal}@2033", f"{low}@2033").came == "kept":
        assert say(f"{comparator}_{goal}@2033", f"{high}@2033").came == "kept"


SEEN = st.lists(
    st.tuples(SAYS, st.integers(110, 130), st.sampled_from(("a", "b", "c"))).map(
        lambda one: "{}_{}@2033:{}".format(*one)
    ),
    min_size=1,
    max_size=4,
    unique=True,
)


@given(SEEN, st.randoms(use_true_random=False))
def test_the_order_of_the_figures_says_nothing(seen, random):
    shuffled = list(seen)
    random.shuffle(shuffled)
    one, other = say("ge_120@2033", " ".join(seen)), say("ge_120@2033", " ".join(shuffled))
    assert (one.came, one.because) == (other.came, other.because)


@given(
    SEEN, st.sampled_from(("990@2032", "1@2034", "1@2033:gone", "1@2033:b:different:measure:came:different:measure"))
)
def test_what_is_of_another_time_or_gone_or_of_another_measure_changes_nothing(seen, other):
    seen = [one for one in seen if not one.endswith("b")] or ["121@2033:a"]
    one, more = say("ge_120@2033", " ".join(seen)), say("ge_120@2033", " ".join((*seen, other)))
    assert (one.came, one.because, one.missed_by, one.tentative) == (
        *(more.came, more.because, more.missed_by, more.tentative),
    )


@given(st.lists(st.sampled_from(("119@2033", "121@2033:c", "-", "121@2033:partial", "121@2032")), max_size=8))
def test_counts_by_anything_add_up_to_the_count_of_all(seen):
    found = [say("ge_120@2033", one) for one in seen]
    parts = tallies(found, lambda one: word(one) + str(one.firm)).values()
    whole = tally(found)
    for name in ("kept", "kept_firm", "missed", "missed_firm", "checked", "firm", "goals"):
        assert getattr(whole, name) == sum(getattr(part, name) for part in parts)
    assert whole.goals == len(found)


def test_the_real_data_is_judged_and_told_in_the_columns_of_the_contract():
    book = real_book()
    found, nation = promises(book, asof(book)), national(book, asof(book))
    assert found and nation
    assert ", ".join(table(found).columns) == CONTRACT == ", ".join(table(nation).columns)
    assert not any(one.again and one.national for one in (*found, *nation))
    assert tally(found).goals == sum(not one.again for one in found)


# The goals for growth and for gas: goal as printed | figure as printed | the word | doubts | missed by | in %.
# What is missed is reckoned from the two phrases: 85 and 81.5 of 亿立方米 are 0.35 apart in billion m³, 35/850 of 85.
REAL = """
地区生产总值增长8% | 9.1 percent of GDP growth | kept | goal_unverified | |
economic growth of about 6.5 percent | 4.4% | missed | unverified | 21/10 | 420/13
地区生产总值增长6%左右 | 5・0% | missed | goal_unverified | 1 | 50/3
地区生产总值增长5%左右 | 全年GDP增长4% | missed | unverified,goal_unverified | 1 | 20
# Another source of the same year, not verified, prints 85.2, which would keep the goal.
85亿立方米以上 | 8.15 billion cubic meters | missed | conflicting | 7/20 | 70/17
力争非常规天然气产量达到120亿立方米 | 非常规天然气产量达到95亿立方米 | missed | unverified,goal_unverified | 5/2 | 125/6
200亿立方米 | 11.33 billion cubic meters | missed | partial,goal_unverified | 867/100 | 867/20
# 13.43 of coal-bed methane alone neither misses the goal nor contradicts the figure that keeps it.
年产量达到160亿立方米 | 166億9千万立方メートル | kept | goal_unverified | |
200億立方メートル | 182.3亿立方米 | missed | partial,unverified | 177/100 | 177/20
# Coal-bed methane that is extracted, beside all gas that is produced.
20 billion to 25 billion cubic meters | - | cannot_say not_comparable | | |
"""


@pytest.mark.parametrize("line", [one for one in REAL.strip().splitlines() if not one.startswith("#")])
def test_what_the_goals_for_growth_and_gas_came_to(line):
    goal, seen, wanted, doubts, *missed = (part.strip() for part in line.split("|"))
    book = real_book()
    (promise,) = (one for one in promises(book, asof(book)) if one.rival.printed == goal and not one.again)
    assert (word(promise), ",".join(promise.tentative)) == (wanted, doubts)
    assert (promise.outcome.figure.printed if promise.outcome else "-") == seen
    assert [promise.missed_by, promise.missed_percent] == [F(one) if one else None for one in missed]


LAST_YEAR = """    observations:
      - value: 0.97
        unit: 万亩
        period: 2032-12-31
        printed: 0.97万亩
        source: annual-plan-2033
        pairs:
          - {target: pond-area-2034, comparability: same, reason: {zh: 同口径。, en: The same measure.}}
      - value: 9800
"""
LATER = (
    "  - {id: annual-plan-2033, publisher: {zh: 县政府, en: County}, date: 2033-02, date_precision: month, grade: A}\n"
)


@pytest.fixture
def later(folder):
    """The toy plan a year on, with the figure that its yearly goal for 2032 waited for."""
    data = folder(
        edits={
            "plan.yaml": ("updated: 2032-06-15", "updated: 2033-03-01"),
            "fish-ponds.yaml": ("    observations:\n      - value: 9800\n", LAST_YEAR),
        }
    )
    sources = data / "sources.yaml"
    sources.write_text(sources.read_text("utf-8") + LATER, "utf-8")
    return data


def test_the_command_says_what_became_of_a_goal(later, run_cli):
    done = run_cli("promises", later, "--format", "json", module="progress")
    assert (done.returncode, done.stderr) == (0, "")
    (row,) = json.loads(done.stdout, parse_float=str, parse_int=str)
    assert ", ".join(row) == CONTRACT
    wanted = {
        "indicator_id": "pond-area", "kind": "annual_target", "period": "2032", "source_id": "annual-plan-2032",
        "outcome_period": "2032-12-31", "outcome_source_id": "annual-plan-2033", "comparability": "same",
        "verdict": "missed", "verdict_reason": None, "verdict_doubts": [], "missed_by": "20", "missed_percent": "3",
        "again": False,
    }  # fmt: skip
    assert {name: row[name] for name in wanted} == wanted


def test_the_command_writes_csv_with_the_same_cells(later, run_cli):
    done = run_cli("promises", later, module="progress")
    (row,) = csv.DictReader(io.StringIO(done.stdout))
    assert (row["verdict"], row["missed_percent"], row["verdict_doubts"], row["again"]) == ("missed", "3", "", "false")
    book = load(later).book
    assert book
    assert done.stdout == to_csv(table(promises(book, asof(book))))


def test_the_command_gives_the_goals_of_the_nation_apart(later, run_cli):
    done = run_cli("promises", later, "--national", "--format", "json", module="progress")
    assert (done.returncode, done.stdout) == (0, "[]\n")


def test_the_command_refuses_what_check_refuses(folder, run_cli):
    done = run_cli("promises", folder("outcome-outside-its-own-time"), module="progress")
    assert (done.returncode, done.stdout) == (1, "")
    assert "outcome-period" in done.stderr


OUTCOME = """        outcomes:
          - source: annual-plan-2033
            period: 2032-12-31
            comparability: partial
            judged: [partial, partial]
            differs: [definition]
            extent: province
            word: {zh: 快报数, en: first estimate}
            reason: {zh: 快报数。, en: A first estimate.}
"""


def test_an_outcome_that_a_person_judged_is_read_and_makes_the_verdict_tentative(later):
    """The observation's own pair says nothing of the goal: what was written under the goal does."""
    path = later / "fish-ponds.yaml"
    text = path.read_text("utf-8")
    pair = "{target: pond-area-2034, comparability: same, reason: {zh: 同口径。, en: The same measure.}}"
    assert text.count(pair) == 1
    path.write_text(text.replace(f"          - {pair}\n", "").replace("        pairs:\n      - value", "      - value"))
    (unjudged,) = promises(book := load(later).book, asof(book))
    assert word(unjudged) == "cannot_say not_judged"
    path.write_text(path.read_text("utf-8").replace("\n\n  - id: fry", f"\n{OUTCOME}\n  - id: fry"))
    (judged,) = promises(book := load(later).book, asof(book))
    assert (word(judged), judged.tentative) == ("missed", ("partial",))
    assert judged.outcome and judged.outcome.pair.reason.en == "A first estimate."
