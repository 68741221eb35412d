"""What an assessment says, case by case. Each reads: the target, the figures, the time of the judgement, the word."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction as F
from typing import get_args

import pytest
import test_baseline
import test_health
from conftest import BASE
from hypothesis import assume, given
from hypothesis import strategies as st

from evidence import tables
from evidence.case import Case
from loaders.book import Book, Sector, load
from loaders.fields import Both, last_day
from loaders.models import COMPARATORS, KINDS, Comparability, Indicator, Measure, Source, Sources
from loaders.rules import ALLOWED, SLIPS, STATES
from loaders.units import Units, UnitTable
from progress.assess import OUTCOMES, Assessment, assess
from progress.calendar import asof, calendar, elapsed
from progress.table import ADDED
from progress.track import Reason
from progress.verdict import BEHIND, ON_TRACK, VERDICTS, by_pace

WORDS = test_baseline.WORDS
# The toy plan with five years: from the end of 2031 to that of 2036.
PLAN = test_baseline.BOOK.plan.model_copy(update={"last_year": 2036})
SOURCES = Sources(
    sources=tuple(Source(id=name, publisher=WORDS, date_precision="none", grade=name.upper()) for name in "abc")
)


def units(factor: str) -> UnitTable:
    def one(name: str, unit: str, factor: str) -> dict[str, object]:
        row = {"symbol": unit, "factor": factor}
        return {
            "id": name,
            "canonical": name,
            "pattern": Both(zh="{}字", en="{} words"),
            "decimals": 1,
            "rate": unit == "%",
            "units": (row,),
        }

    return UnitTable(Units.model_validate({"dimensions": (one("amount", "u", factor), one("percent", "%", "1"))}))


def figure(text: str) -> dict[str, object]:
    """`9@2033:partial:c:s1:ge` is 9 for 2033, comparable in part, from a source of grade C, of the series s1, a
    lower bound; without marks it is the same thing, from one of grade A, exact."""
    amount, *marks = text.split(":")
    value, _, period = amount.partition("@")
    found: dict[str, object] = {"source": "a", "comparator": "eq"}
    pair = "same"
    for mark in marks:
        if mark in get_args(Comparability):
            pair = mark
        else:
            name = "comparator" if mark in COMPARATORS else "series" if mark.startswith("s") else "source"
            found[name] = mark
    pairs = ({"target": "goal", "comparability": pair, "reason": WORDS},)
    return {**found, "value": Decimal(value), "unit": "u", "printed": value, "period": period, "pairs": pairs}


def make(goal: str, seen: str = "", factor: str = "1") -> Case:
    """`level ge 120 down flow` and the figures: up and a stock unless named. `since=2031` is the year from whose end
    an addition counts, `gone` a target that is superseded."""
    kind, comparator, value, *rest = goal.split()
    more = dict(word.split("=") for word in rest if "=" in word)
    target: dict[str, object] = {"id": "goal", "kind": kind, "printed": value, "section": "1"}
    if ALLOWED.get(kind, COMPARATORS):
        target |= {"comparator": comparator, "value": tuple(map(Decimal, value.split(".."))), "unit": "u"}
    factor = more.pop("factor", factor)
    if "since" in more:
        more["counts_from"] = int(more.pop("since"))
    if "gone" in rest:
        more["superseded"] = {"date": "2033", "reason": WORDS}
    plain: dict[str, object] = {"id": "ponds", "name": WORDS, "definition": WORDS, "dimension": "amount"}
    plain["measure"] = next((word for word in rest if word in get_args(Measure)), "stock")
    plain["direction"] = next((word for word in rest if word in SLIPS), "up")
    figures = tuple(figure(one) for one in seen.split() if one != "-")
    indicator = Indicator.model_validate({**plain, "targets": (target | more,), "observations": figures})
    sector = Sector("water", WORDS, (indicator,))
    book = Book(PLAN, test_baseline.BOOK.sections, SOURCES, units(factor), (sector,))
    return Case(book, sector, indicator, indicator.targets[0])


def say(goal: str, seen: str, when: int | str, factor: str = "1") -> Assessment:
    return assess(make(goal, seen, factor), last_day(str(when)))


def word(found: Assessment) -> str:
    return " ".join(filter(None, (found.verdict, found.reason)))


# What it is | the target | figures | time of the judgement | verdict and reason | what else comes out.
SPECIFICATION = """
# The thresholds, before the day and on it.
just on track | level ge 120 | 100@2031 107.6@2033 | 2033 | on_track | pace=19/20 months=-6/5
just not on track | level ge 120 | 100@2031 107.59@2033 | 2033 | behind
just behind | level ge 120 | 100@2031 104.8@2033 | 2033 | behind | pace=3/5 months=-48/5
just far behind | level ge 120 | 100@2031 104.79@2033 | 2033 | far_behind
standing still | level ge 120 | 100@2031 100@2033 | 2033 | far_behind | pace=0 ratio=no_movement
just the wrong way | level ge 120 | 100@2031 99.99@2033 | 2033 | moving_away
the wrong way | level ge 120 | 100@2031 99@2033 | 2033 | moving_away | ratio=-14 months=off_path share=-1/20
just met on the day | level ge 120 | 100@2031 120@2036 | 2036 | met | needed=met ratio=met months=0
just missed on the day | level ge 120 | 100@2031 119.99@2036 | 2036 | behind | distance=1/100 needed=due
behind on the day | level ge 120 | 100@2031 112@2036 | 2036 | behind | pace=3/5
far behind on the day | level ge 120 | 100@2031 111.99@2036 | 2036 | far_behind
the wrong way on the day | level ge 120 | 100@2031 99@2036 | 2036 | moving_away
# Numbers that divide badly, or would.
a start at zero | level ge 5 | 0@2031 2@2033 | 2033 | on_track | share=2/5 needed=1 ratio=1
a target of zero | level le 0 down | 10@2031 7@2033 | 2033 | behind
    | share=3/10 pace=3/4 needed=-7/3 months=-6 distance=-7 required=6
below zero | level ge -5 | -10@2031 -9@2033 | 2033 | far_behind | pace=1/2 distance=4
across zero | level ge 5 | -5@2031 -1@2033 | 2033 | on_track | share=2/5 required=-1
# Nothing to gain, nothing to go on.
the target is the start | level ge 100 | 100@2031 | 2031 | met met_at_start | share=met_at_start
met before the start | level ge 100 | 105@2031 | 2031 | met met_at_start | ratio=met_at_start
met before the start and kept | level ge 100 | 105@2031 101@2033 | 2033 | met | months=met_at_start
met before the start and lost | level ge 100 | 105@2031 99@2033 | 2033 | moving_away lost
    | distance=1 needed=1/3 pace=met_at_start
one point, in the first year | level ge 120 | 100@2031 | 2032-12-31 | not_yet_due no_observation
    | reached=100 needed=4 recent=one_observation share=none_since
one point, after the first year | level ge 120 | 100@2031 | 2033-01-01 | cannot_say no_observation | needed=4
one point, on the day | level ge 120 | 100@2031 | 2036 | cannot_say no_due_figure | needed=4
no start | level ge 120 | 108@2033 | 2033 | cannot_say no_baseline
    | reached=108 distance=12 needed=4 share=no_baseline recent=one_observation
no start but met | level ge 120 | 120@2033 | 2033 | met | share=no_baseline
nothing | level ge 120 | - | 2033 | cannot_say no_baseline | all=no_baseline
a later figure is not known yet | level ge 120 | 100@2031 104@2032 120@2034 | 2033 | on_track | reached=104
an older start | level ge 120 | 90@2029 111@2033 | 2033 | on_track | share=7/10 pace=49/40
the recent past is five years | level ge 120 | 60@2027 98@2028 100@2031 108@2033 | 2033 | on_track | recent=2
no sum of years is a recent past | level ge 120 flow | 300@2028/2030 100@2031 108@2033 | 2033 | on_track | recent=4
the recent past before the plan | level ge 120 | 70@2026 95@2031 | 2032 | not_yet_due no_observation | ratio=1
# Part of a year.
nine months are no level of output | level ge 120 flow | 100@2031 999@2032-01/2032-09 | 2033 | - | reached=100
nine months are no total | cumulative ge 100 flow | 9@2032-01/2032-09 | 2033 | - | reached=no_observation
nine months are no average | annual ge 9 flow | 9@2032-01/2032-09 | 2033 | - | reached=no_observation
a month is no level of output | level ge 120 flow | 100@2031 999@2032-09 | 2033 | - | reached=100
a month is no total | cumulative ge 100 flow | 9@2032-09 | 2033 | - | reached=no_observation
a month is no average | annual ge 9 flow | 9@2032-09 | 2033 | - | reached=no_observation
a month is no yearly rate | level ge 9 rate | 5@2031 9@2033-09 | 2033 | - | reached=5
a month of a stock is its last day | level ge 120 | 100@2031 110@2032-06 | 2032-06-30 | on_track | pace=915/182
a month that is not over yet | level ge 120 | 100@2031 110@2032-06 | 2032-06-29 | not_yet_due no_observation
nine months are no start | level ge 9 rate | 5@2031-01/2031-09 | 2033 | cannot_say no_baseline
nine months are no rate | level ge 9 rate | 5@2031 9@2033-01/2033-09 | 2033 | - | reached=5
a day is a state | level ge 120 | 100@2031 110@2032-06-30 | 2032-06-30 | on_track | pace=915/182
# Ranges: more is no failure unless the indicator has no direction.
a range, up | level range 110..120 | 100@2031 104@2033 | 2033 | on_track | share=2/5
a range, up and beyond | level range 110..120 | 100@2031 130@2033 | 2033 | met | distance=0
a range, down | level range 80..90 down | 100@2031 96@2033 | 2033 | on_track | distance=-6
a range, down and beyond | level range 80..90 down | 100@2031 70@2033 | 2033 | met
a range, inside | level range 110..120 none | 100@2031 120@2033 | 2033 | met
a range, overshot | level range 110..120 none | 100@2031 120.1@2033 | 2033 | moving_away overshot
a range, from above | level range 110..120 none | 130@2031 126@2033 | 2033 | on_track | share=2/5
# Caps.
a cap, rising below it | level le 100 none | 90@2031 95@2033 | 2033 | met cap | share=cap needed=met
a cap, broken | level le 100 none | 90@2031 101@2033 | 2033 | moving_away lost | distance=-1 months=cap
a cap, from above | level le 100 none | 110@2031 106@2033 | 2033 | on_track | share=2/5
a cap on a sum, kept so far | cumulative le 100 flow | 30@2032 | 2032 | cannot_say cap | needed=met
a cap on a sum, broken | cumulative le 100 flow | 101@2032 | 2032 | moving_away lost
a cap on a sum, kept | cumulative le 100 flow | 20@2032 20@2033 20@2034 20@2035 20@2036 | 2036 | met cap
# The bound itself.
at a bound that counts | level le 30 down | 40@2031 30@2036 | 2036 | met
at a bound that does not count | level lt 30 down | 40@2031 30@2036 | 2036 | behind | share=1
just above a bound | level gt 120 | 100@2031 120.01@2036 | 2036 | met
at a bound before the day | level gt 120 | 100@2031 120@2034 | 2034 | on_track
a start at the bound | level gt 100 | 100@2031 100@2033 | 2033 | cannot_say at_the_bound | share=at_the_bound
a start at the bound, lost | level gt 100 | 100@2031 99@2033 | 2033 | moving_away lost
# About, and exactly.
about, the low edge | level about 200 none | 100@2031 190@2036 | 2036 | met
about, below | level about 200 none | 100@2031 189.99@2036 | 2036 | behind
about, the high edge | level about 200 none | 100@2031 210@2036 | 2036 | met
about, above | level about 200 none | 100@2031 210.01@2036 | 2036 | moving_away overshot
about, above and better | level about 200 | 100@2031 300@2036 | 2036 | met
about, falling to the edge | level about 200 down | 300@2031 210@2036 | 2036 | met
about, falling short | level about 200 down | 300@2031 210.01@2036 | 2036 | behind
half a digit below | level eq 120 none | 100@2031 119.5@2036 | 2036 | met
more than half a digit below | level eq 120 none | 100@2031 119.49@2036 | 2036 | behind
half a digit above | level eq 120 none | 100@2031 120.5@2036 | 2036 | met
more than half a digit above | level eq 120 none | 100@2031 120.51@2036 | 2036 | moving_away overshot
half of a digit after the point | level eq 120.0 none | 100@2031 119.94@2036 | 2036 | behind
half a digit in a large unit | level eq 1.2 none factor=1000 | 1@2031 1.15@2036 | 2036 | met
# Due before the plan ends; no longer asked for.
due earlier, with a figure | level ge 110 deadline=2034 | 100@2031 108@2034 130@2035 | 2036 | behind
    | share=4/5 pace=4/5
due earlier, without one | level ge 110 deadline=2034 | 100@2031 108@2033 130@2035 | 2036 | cannot_say no_due_figure
    | reached=108
superseded | level ge 120 gone | 100@2031 120@2033 | 2033 | cannot_say superseded | all=superseded
# All or none.
covered | coverage eq 100 | 60@2031 100@2034 | 2034 | met | reached=100 distance=0
covered from the start | coverage eq 100 | 100@2031 | 2034 | met met_at_start | ratio=met_at_start
not covered | coverage eq 100 | 60@2031 90@2036 | 2036 | behind not_reached | distance=10
not covered yet | coverage eq 100 | 90@2033 | 2033 | not_yet_due kind_has_no_path | pace=kind_has_no_path
not known to be covered | coverage eq 100 | 90@2035 | 2036 | cannot_say no_due_figure | reached=90
no figure, not yet due | coverage eq 100 | - | 2033 | not_yet_due kind_has_no_path | reached=no_observation
nothing left | coverage eq 0 down | 3@2031 0@2034 | 2034 | met | reached=0
a date ahead | milestone - - deadline=2033-08-31 | - | 2033-08-30 | not_yet_due kind_has_no_path
a date past | milestone - - deadline=2033-08-31 | - | 2033-08-31 | cannot_say no_due_figure
a date kept | milestone - - deadline=2033-08-31 | 1@2033-05-01 | 2033 | met | needed=kind_has_no_path
a date kept too late | milestone - - deadline=2033-08-31 | 1@2034-05-01 | 2034 | cannot_say no_due_figure
an order of size | scale about 5 | 4@2031 5@2033 | 2033 | cannot_say measure_not_named | reached=measure_not_named
a rate of another thing | growth ge 8 unit=% | 4@2031 5@2033 | 2033 | cannot_say other_dimension
# Additions and reductions since the end of a year.
added since no year | increment ge 50 | 100@2031 120@2033 | 2033 | cannot_say base_year_not_printed
added since a year | increment ge 50 since=2031 | 100@2031 120@2033 | 2033 | on_track
    | reached=20 distance=30 needed=10 recent=10 ratio=1 share=2/5
added since another year | increment ge 50 since=2031 | 100@2030 120@2033 | 2033 | cannot_say base_not_at_start
added since within a year | increment ge 50 since=2031 | 1@2031-09-30 | 2033 | cannot_say base_not_at_start
added to nothing known | increment ge 50 since=2031 | 120@2033 | 2033 | cannot_say start_unpublished
nothing added yet | increment ge 50 since=2031 | 100@2031 | 2032 | not_yet_due no_observation | needed=10
reduced | increment ge 50 down since=2031 | 200@2031 180@2033 | 2033 | on_track | reached=20 recent=10
reduced by more than a range | increment range 40..60 down since=2031 | 200@2031 100@2033 | 2033 | met | reached=100
reduced below zero | increment ge 50 down since=2031 | 200@2031 210@2033 | 2033 | moving_away | share=-1/5
# Sums over the plan's years.
a total | cumulative ge 100 flow | 15@2031 10@2032 30@2033 | 2033 | on_track
    | reached=40 needed=20 recent=15 ratio=4/3 months=0
a total from several years in one | cumulative ge 100 flow | 50@2032/2034 10@2035 | 2035 | behind
    | reached=60 pace=3/4 needed=40 months=-12 recent=no_baseline
each year counts once | cumulative ge 100 flow | 50@2032/2034 9@2032 9@2033 9@2034 10@2035 | 2035 | behind | reached=60
a total reached early | cumulative ge 100 flow | 101@2032 | 2032 | met | needed=met
a total with a gap | cumulative ge 100 flow | 20@2032 20@2034 | 2034 | - | reached=20 needed=gap
a total with a gap, on the day | cumulative ge 100 flow | 20@2032 90@2034 9@2036 | 2036 | cannot_say gap
a total without its first year | cumulative ge 100 flow | 20@2033 | 2033 | cannot_say gap | reached=no_observation
a total before its first year | cumulative ge 100 flow | - | 2032-06-15 | not_yet_due no_observation | needed=20
# Each year, and the average of the years.
each year so far | annual ge 10 flow | 12@2032 10@2033 | 2033 | on_track | reached=10 needed=10
not each year | annual ge 10 flow | 9@2032 12@2033 | 2033 | behind | pace=9/10 distance=1
far from each year | annual ge 10 flow | 5@2032 12@2033 | 2033 | far_behind | share=kind_has_no_path
each year, to the end | annual ge 10 flow | 10@2032 10@2033 10@2034 10@2035 10@2036 | 2036 | met | needed=due
one year is not known | annual ge 10 flow | 10@2033 10@2034 10@2035 10@2036 | 2036 | cannot_say gap
each year at most | annual le 10 down flow | 8@2032 12@2033 | 2033 | behind | reached=12 pace=5/6
an average at most | annual_average le 10 down flow | 8@2032 11@2033 | 2033 | on_track | ratio=no_baseline
an average above its cap | annual_average le 10 down flow | 9@2031 8@2032 14@2033 | 2033 | behind
    | reached=11 pace=10/11 distance=-1 needed=28/3 ratio=cap
an average of several years in one | annual_average le 10 down flow | 24@2032/2034 | 2034 | on_track | reached=8
an average with a gap | annual_average ge 10 flow | 10@2032 10@2034 | 2036 | cannot_say no_due_figure
an average kept | annual_average le 10 down flow | 10@2032 10@2033 10@2034 10@2035 10@2036 | 2036 | met | needed=due
no average yet | annual_average ge 10 flow | 8@2031 | 2032 | not_yet_due no_observation | ratio=5/4
equal rates | growth ge 6.1 rate | 6.1@2032 6.1@2033 | 2033 | on_track | reached=61/10 needed=61/10
equal rates of three years | growth ge 900 rate | 900@2032 900@2033 900@2034 | 2034 | on_track | reached=900 needed=900
growth all along | growth ge 6 rate | 6@2032 6@2033 6@2034 6@2035 6@2036 | 2036 | met | reached=6 distance=0
growth that compounds to less | growth ge 6 rate | 4@2032 8@2033 | 2033 | behind
# Weak evidence.
a figure of another thing is none | level ge 120 | 100@2031 120@2033:different | 2033 | cannot_say no_observation
a start of another thing is none | level ge 120 | 100@2031:different 108@2033 | 2033 | cannot_say no_baseline
comparable in part | level ge 120 | 100@2031 108@2033:partial | 2033 | on_track | tentative=partial
a start comparable in part | level ge 120 | 100@2031:partial 108@2033 | 2033 | on_track | tentative=partial
unverified | level ge 120 | 100@2031 108@2033:c | 2033 | on_track | tentative=unverified
only a bound | level ge 120 | 100@2031 108@2033:ge | 2033 | on_track | tentative=inexact
only an about | level ge 120 | 100@2031 108@2033:about | 2033 | on_track | tentative=inexact
conflicting | level ge 120 | 100@2031 108@2033 105@2033:b | 2033 | on_track | tentative=conflicting
met on weak evidence | level ge 120 | 100@2031 120@2033:c:ge | 2033 | met | tentative=unverified+inexact
no doubt where no verdict | level ge 120 | 100@2031:c | 2033 | cannot_say no_observation | tentative=
a recent pace on weak evidence | level ge 120 | 95@2029 100@2031:ge | 2032 | not_yet_due no_observation
    | loose=inexact tentative=
good evidence | level ge 120 | 100@2031:b 108@2033 | 2033 | on_track | tentative= loose=
two series have no pace | level ge 120 | 100@2031:partial:s1 108@2033:partial:s2 | 2033 | -
    | recent=one_observation ratio=one_observation
one series has | level ge 120 | 100@2031:partial:s1 108@2033:partial:s1 | 2033 | - | recent=4 loose=partial
# What the first version said otherwise.
a cap on a sum of which years are missing | cumulative le 100 flow | 40@2032 | 2036 | cannot_say no_due_figure
a cap of which the day's figure is missing | level le 100 none | 90@2031 99@2033 | 2036 | cannot_say no_due_figure
met at the start and never seen since | level ge 100 | 105@2031 | 2036 | cannot_say no_due_figure
the worst year under a cap | annual le 100 none flow | 90@2032 120@2033 | 2033 | - | reached=120
the worst year of an exact amount | annual about 100 none flow | 100@2032 150@2033 | 2033 | not on_track
an average that overshoots | annual_average about 100 none flow | 150@2032 | 2033 | moving_away overshot
a pace towards a rate of zero | growth ge 0 rate | 1@2032 | 2033 | - | pace=?
a fall that is nearly fast enough | growth le -3 down rate | -2.9@2032 | 2033 | behind
everything lost in a year | growth ge 5 rate | -100@2032 | 2033 | moving_away
nearly all is not all | coverage eq 100 | 99.6@2036 | 2036 | behind not_reached
nearly none is not none | coverage eq 0 down | 0.4@2036 | 2036 | behind not_reached
nearly all is enough where that is asked | coverage about 100 | 95@2036 | 2036 | met | distance=0
less than nearly all is not | coverage about 100 | 94.9@2036 | 2036 | behind not_reached | distance=51/10
nearly none is enough where that is asked | coverage about 0 down | 5@2036 | 2036 | met | distance=0
more than nearly none is not | coverage about 0 down | 5.1@2036 | 2036 | behind not_reached | distance=-51/10
none is nearly none | coverage about 0 down | 0@2036 | 2036 | met | distance=0
a better year comes before a weaker sum | cumulative ge 100 flow | 60@2032/2033:partial:c 10@2032 10@2033 | 2033 | -
    | reached=20
a start that sums five years | level ge 120 flow | 450@2027/2031 108@2033 | 2033 | cannot_say no_baseline
a judgement before the base year | level ge 120 | 100@2031 | 2029 | cannot_say no_baseline | reached=no_baseline
an addition since an earlier year | increment ge 50 since=2030 | 90@2030 100@2031 110@2033 | 2033 | - | reached=20
an addition across two series | increment ge 50 since=2031 | 100@2031:partial:s1 150@2033:partial:s2 | 2033 | not met
months ahead of what is overshot | level range 110..120 none | 100@2031 130@2033 | 2033 | - | months=?
what a total that is met still needs | cumulative ge 100 flow | 120@2032 30@2034 | 2034 | met | needed=met
what an average with a gap still needs | annual_average ge 10 flow | 8@2032 30@2034 | 2034 | - | needed=gap
missed on the day, whatever the start | level ge 120 | 108@2036 | 2036 | not cannot_say
one bad year decides | annual ge 10 flow | 5@2032 12@2034 | 2036 | far_behind
"""


def cases(text: str) -> Iterator[object]:
    for line in text.replace("\n    ", " ").splitlines():
        name, *row = [cell.strip() for cell in f"{line}|||||".split("|")]
        if name and not line.startswith("#"):
            yield pytest.param(*row[:5], id=name)


@pytest.mark.parametrize(("goal", "seen", "when", "verdict", "outcomes"), list(cases(SPECIFICATION)))
def test_it_says(goal, seen, when, verdict, outcomes):
    found = say(goal, seen, when)
    if verdict.startswith("not "):
        assert found.verdict != verdict.removeprefix("not ")
    else:
        assert verdict in ("-", word(found))
    for name, value in (item.split("=") for item in outcomes.split()):
        for outcome in OUTCOMES if name == "all" else (name,):
            given = getattr(found, outcome)
            if value == "?":
                assert given in get_args(Reason)
            else:
                assert ("+".join(given) if isinstance(given, tuple) else str(given)) == value, outcome


def test_a_needed_rate_multiplies_out():
    found = say("growth ge 6 rate", "4@2032 8@2033", 2033)
    assert float(found.reached) == pytest.approx(100 * ((1.04 * 1.08) ** 0.5 - 1), rel=1e-12)
    assert 1.04 * 1.08 * float(1 + found.needed / 100) ** 3 == pytest.approx(1.06**5, rel=1e-12)


def test_the_thresholds():
    below = F(1, 10**9)
    paces = (-below, 0, BEHIND - below, BEHIND, ON_TRACK - below, ON_TRACK, 1, 5)
    words = ["moving_away", "far_behind", "far_behind", *["behind"] * 2, *["on_track"] * 3]
    assert [by_pace(F(pace), due=False) for pace in paces] == words
    assert [by_pace(F(pace), due=True) for pace in paces] == [*words[:5], *["behind"] * 3]


ASKED = [
    (kind, comparator, direction)
    for kind in KINDS
    for comparator in ALLOWED.get(kind, COMPARATORS) or ["-"]
    for direction in SLIPS
    if kind not in STATES or comparator not in SLIPS[direction]
]
HISTORIES = (
    *("", "8@2031", "9@2033", "0@2031 0@2032", "-3@2031 -4@2032 -5@2036"),
    "6@2028 7@2029 8@2031 8.5@2032:ge 9@2033 9.5@2034:c 11@2035:partial 12@2036 31@2032/2034 7@2032-01/2032-06",
)


@pytest.mark.parametrize(("kind", "comparator", "direction"), ASKED, ids="-".join)
@pytest.mark.parametrize("seen", HISTORIES)
def test_whatever_is_asked_has_an_answer(kind, comparator, direction, seen):
    for value in ("9..12",) if comparator == "range" else ("10", "0"):
        for measure in ("stock", "flow", "rate"):
            case = make(f"{kind} {comparator} {value} {direction} {measure} since=2031", seen)
            for day in ("2032-06-15", "2034-12-31", "2036-12-30", "2036-12-31", "2039-12-31"):
                answers(assess(case, date.fromisoformat(day)), over=day > "2036-12-30")


def answers(found: Assessment, over: bool) -> None:
    given = {name: getattr(found, name) for name in OUTCOMES}
    assert all(isinstance(one, F) or one in get_args(Reason) for one in given.values())
    assert found.verdict in VERDICTS and found.over is over
    assert found.reason in (None, *get_args(Reason))
    assert found.verdict != "cannot_say" or found.reason
    assert found.verdict not in (("on_track", "not_yet_due") if over else ())
    assert not found.tentative or found.verdict not in ("cannot_say", "not_yet_due")
    assert found.verdict != "met" or found.distance == 0
    assert isinstance(found.reached, F) == isinstance(found.distance, F)
    assert found.path or not isinstance(found.share, F)


# One decimal, between -20 and 20.
TENTHS = st.integers(-200, 200).map(lambda tenths: str(Decimal(tenths).scaleb(-1)))
YEARS = st.integers(2032, 2036)
UP = ("ge", "gt", "eq", "about", "range")
ALIKE = ("verdict", "reason", "share", "pace", "months", "ratio", "tentative")
AMOUNTS = ("reached", "distance", "required", "needed", "recent")


def asked(comparator: str, value: str) -> str:
    return f"{value}..{Decimal(value) + 3}" if comparator == "range" else value


def same_but_for(found: Assessment, other: Assessment, factor: F) -> None:
    """All words and ratios are equal; the amounts of the other are so many times those of the one."""
    assert {name: getattr(found, name) for name in ALIKE} == {name: getattr(other, name) for name in ALIKE}
    for name in AMOUNTS:
        one, two = getattr(found, name), getattr(other, name)
        assert two == (one * factor if isinstance(one, F) else one), name


@given(
    st.sampled_from(["level", "share", "increment", "cumulative", "annual", "annual_average"]),
    st.sampled_from(("ge", "eq", "about", "range")),
    st.tuples(*[TENTHS] * 5),
    YEARS,
    st.tuples(st.integers(1, 999), st.integers(1, 999)),
)
def test_the_unit_decides_nothing(kind, comparator, values, year, factor):
    goal = f"{kind} {comparator} {asked(comparator, values[0])} flow since=2031"
    if kind == "increment":
        goal = goal.replace("flow", "stock")
    seen = "{}@2029 {}@2031 {}@2032 {}@2033".format(*values[1:])
    numerator, denominator = factor
    scaled = say(goal, seen, year, f"{numerator}/{denominator}")
    same_but_for(say(goal, seen, year), scaled, F(numerator) / denominator)


def test_a_known_factor():
    """12亩 are 0.8 ha."""
    found = say("level ge 12", "9@2031 10@2033", 2033, "1/15")
    assert (found.reached, found.distance, found.needed) == (F(2, 3), F(2, 15), F(2, 45))
    assert (found.share, found.verdict) == (F(1, 3), "behind")


@given(st.sampled_from(["level", "share"]), st.sampled_from(UP), st.tuples(*[TENTHS] * 4), YEARS, YEARS)
def test_a_mirror_changes_signs_and_no_word(kind, comparator, values, year, when):
    low, earlier, base, now = values
    high = str(Decimal(low) + 3)
    mirrored = {"ge": "le", "gt": "lt"}.get(comparator, comparator)
    value = f"{low}..{high}" if comparator == "range" else low
    other = f"{-Decimal(high)}..{-Decimal(low)}" if comparator == "range" else -Decimal(low)
    up = say(f"{kind} {comparator} {value}", f"{earlier}@2029 {base}@2031 {now}@{year}", when)
    minus = [-Decimal(one) for one in (earlier, base, now)]
    down = say(f"{kind} {mirrored} {other} down", "{}@2029 {}@2031 {}@{}".format(*minus, year), when)
    same_but_for(up, down, F(-1))


WORSE_TO_BETTER = ("moving_away", "far_behind", "behind", "on_track", "met")


@given(
    *(st.sampled_from(["level", "share"]), st.sampled_from(UP), st.booleans()),
    *(st.tuples(*[TENTHS] * 3), st.integers(1, 300), YEARS, st.booleans()),
)
def test_more_of_the_good_is_never_worse(kind, comparator, falls, values, tenths, year, over):
    target, base, now = values
    direction, better = ("down", -tenths) if falls else ("up", tenths)
    comparator = {"ge": "le", "gt": "lt"}.get(comparator, comparator) if falls else comparator
    deadline = f"deadline={year}" if over else ""
    goal = f"{kind} {comparator} {asked(comparator, target)} {direction} {deadline}"
    more = Decimal(now) + Decimal(better).scaleb(-1)
    found = [say(goal, f"{base}@2031 {value}@{year}", year).verdict for value in (now, more)]
    assume("cannot_say" not in found)  # standing at the bound where both began
    assert WORSE_TO_BETTER.index(found[0]) <= WORSE_TO_BETTER.index(found[1])


def test_how_much_of_the_plan_is_over():
    book = make("level ge 120").book
    days = ("2020-01-01", "2031-12-31", "2032-06-30", "2033-12-31", "2036-12-31", "2040-01-01")
    over = [elapsed(book, date.fromisoformat(day)) for day in days]
    assert over == [0, 0, F(182, 366) / 5, F(2, 5), 1, 1]


@pytest.mark.parametrize(
    ("year", "day"), [(None, "2032-06-15"), (2031, "2031-12-31"), (2032, "2032-06-15"), (2035, "2032-06-15")]
)
def test_figures_count_up_to_a_year_and_never_past_the_data(folder, year, day):
    book = load(folder()).book
    assert book and asof(book, year) == date.fromisoformat(day)


def test_the_calendar_keeps_printed_days_and_implied_ones_apart(folder):
    review = "evaluations: [{name: {zh: 评估, en: Review}, year: 2033, section: 1}]\nplaces:"
    book = load(folder(edits={"plan.yaml": ("places:", review)})).book
    assert book
    assert [
        (str(one.day), [case.target.id for case in one.printed], [case.target.id for case in one.implied])
        for one in calendar(book)
    ] == [
        ("2033-08-31", ["second-middle-school-2033"], []),
        ("2033-12-31", [], []),
        *[
            (
                "2034-12-31",
                ["pond-area-2034"],
                ["fry-released-2032-2034", "tail-water-nitrogen-2034", "school-places-added-2034"],
            )
        ],
    ]
    assert [[one.name.en for one in day.evaluations] for day in calendar(book)] == [[], ["Review"], []]


def test_what_no_longer_counts_is_in_no_calendar(folder):
    gone = "deadline: 2033-08-31\n        superseded: {date: 2033, reason: {zh: 字, en: words}}"
    book = load(folder(edits={"schools.yaml": ("deadline: 2033-08-31", gone)})).book
    assert book and [str(one.day) for one in calendar(book)] == ["2034-12-31"]


@pytest.fixture
def watched(folder):
    """Three years of ponds with figures, the plan's other targets without."""
    seen = test_health.seen

    def goal(*words: object, **more: object) -> str:
        return test_health.goal(*words, figure=1, **more)

    ponds = {
        "level": test_health.ponds(goal(12), seen(8, 2029), seen(9, 2031), seen(10, 2032), seen("10.4", 2033)),
        "sum": test_health.ponds(goal(31, kind="cumulative"), seen(9), seen(10, 2032), seen(9, 2033), measure="flow"),
        "mean": test_health.ponds(goal(10, "about", kind="annual_average"), seen(7, 2032), measure="flow"),
        "fall": test_health.ponds(goal(7, "le"), seen(9), seen("9.3", 2033, "mirror", "partial"), direction="down"),
        "bare": test_health.ponds(goal(12)),
    }
    text = "".join(one.replace("ponds", f"{name}-ponds").replace("goal", name) for name, one in ponds.items())
    plan = (BASE / "plan.yaml").read_text("utf-8").partition("words:")[0]
    return folder(
        files={
            "fish-ponds.yaml": "name: {zh: 鱼塘, en: Ponds}\nindicators:\n" + text,
            "sources.yaml": test_health.SOURCES.replace("date: 2032", "date: 2034"),
            "plan.yaml": plan.replace("updated: 2032-06-15", "updated: 2034-06-15"),
        }
    )


COLUMNS = (*tables.TARGETS, *ADDED)


def printed(run_cli, *arguments: object) -> list[dict[str, object]]:
    done = run_cli("table", *arguments, "--format", "json", module="progress")
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def test_the_columns_begin_as_the_loaders_do(run_cli, watched):
    rows, loaded = printed(run_cli, watched), json.loads(run_cli("table", watched, "--format", "json").stdout)
    start = len(tables.TARGETS)
    assert not set(tables.TARGETS) & set(ADDED)
    assert all(tuple(row) == COLUMNS for row in rows)
    assert [dict(list(row.items())[:start]) for row in rows] == loaded


def test_each_row_has_its_word(run_cli, watched):
    words = {
        row["id"]: (row["verdict"], row["verdict_reason"], row["verdict_doubts"]) for row in printed(run_cli, watched)
    }
    assert words == {
        "level": ("behind", None, []),
        "sum": ("behind", None, []),
        "mean": ("behind", None, []),
        "fall": ("moving_away", None, ["partial", "unverified"]),
        "bare": ("cannot_say", "no_baseline", []),
        "school-places-added-2034": ("cannot_say", "base_year_not_printed", []),
        "second-middle-school-2033": ("cannot_say", "no_due_figure", []),
    }


def test_each_outcome_has_a_value_or_a_reason(run_cli, watched):
    for row in printed(run_cli, watched):
        for name in OUTCOMES:
            assert (row[name] is None) == (row[f"{name}_reason"] in get_args(Reason)), (row["id"], name)
        if row["id"] == "bare":
            assert {row[name] for name in ("path_from_value", "reached_time", "latest_value", *OUTCOMES)} == {None}


def test_each_number_follows_from_its_row(run_cli, watched):
    """By hand, in floats, from nothing but the inputs that the row prints."""
    rows = [row for row in printed(run_cli, watched) if row["path_to_value"] is not None and row["share"] is not None]
    assert [row["id"] for row in rows] == ["level", "sum", "fall"]
    for row in rows:
        due = date.fromisoformat(row["due"]).year + 1
        whole, gone = due - row["path_from_time"], row["reached_time"] - row["path_from_time"]
        rise = (row["path_to_value"] - row["path_from_value"]) / whole
        on_path = (row["reached"] - row["path_from_value"]) / rise
        expected = {"share": on_path / whole, "pace": on_path / gone, "months": 12 * (on_path - gone)}
        if not 0 <= expected["share"] <= 1:
            expected["months"] = None  # the path never has such a value
        expected["required"] = row["path_from_value"] + rise * gone
        expected["needed"] = (row["path_to_value"] - row["reached"]) / (due - row["reached_time"])
        expected["ratio"] = expected["needed"] / row["recent"] if row["recent"] is not None else None
        for name, value in expected.items():
            assert row[name] == (None if value is None else pytest.approx(value, rel=1e-12, abs=1e-12)), name


def test_a_level_in_its_row(run_cli, watched):
    """9 to 12亩 in three years, 10.4 after two: 7/15 of the way in 2/3 of the time; a 亩 is 1/15 ha."""
    row = printed(run_cli, watched)[0]
    assert (row["path_from_time"], row["reached_time"], row["as_of"], row["due"]) == (
        2032,
        2034,
        "2034-06-15",
        "2034-12-31",
    )
    assert (row["latest_value"], row["latest_period"], row["latest_grade"]) == (pytest.approx(10.4 / 15), "2033", "A")
    assert (row["recent_from_period"], row["used_periods"]) == ("2029", ["2031", "2033"])
    assert [row[name] for name in ("share", "pace", "months", "recent")] == pytest.approx([7 / 15, 0.7, -7.2, 0.04])
    assert (row["allowed_low"], row["allowed_high"], row["needed"]) == (0.8, None, pytest.approx(1.6 / 15))


def test_a_year_takes_the_later_figures_away(run_cli, watched):
    early = {row["id"]: row for row in printed(run_cli, watched, "--year", 2032)}
    assert {row["as_of"] for row in early.values()} == {"2032-12-31"}
    assert (early["level"]["latest_period"], early["level"]["verdict"]) == ("2032", "on_track")
    assert (early["fall"]["latest_value"], early["fall"]["verdict"]) == (None, "not_yet_due")


def test_csv_and_json_say_the_same(run_cli, watched):
    done = run_cli("table", watched, module="progress")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert rows and tuple(rows[0]) == COLUMNS
    for cells, row in zip(rows, printed(run_cli, watched), strict=True):
        for name, cell in row.items():
            if isinstance(cell, int | float) and not isinstance(cell, bool):
                assert float(cells[name]) == cell
            else:
                joined = ";".join(cell) if isinstance(cell, list) else cell
                assert cells[name] == {None: "", True: "true", False: "false"}.get(joined, joined), name


def test_bad_data_prints_problems_and_no_table(run_cli, folder):
    done = run_cli("table", folder(edits={"schools.yaml": ("unit: 个", "unit: 席")}), module="progress")
    assert (done.returncode, done.stdout) == (1, "")
    assert "schools.yaml" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        *(["table", "no-such-folder"], ["table", "--format", "xml"], ["table", "--year", "soon"], ["chart"], []),
        *(["table", "--year", year] for year in ("99999", "0", "2031")),
    ],
    ids=" ".join,
)
def test_a_wrong_call(run_cli, arguments):
    done = run_cli(*arguments, module="progress")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
