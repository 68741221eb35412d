"""Where each target starts: its baseline as a share of what it must reach."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from evidence.amount import goal
from evidence.baseline import Baseline, choose
from loaders.book import Book, Sector
from loaders.models import Indicator, Target
from loaders.units import Quantity

# Kinds whose target and baseline are amounts of one and the same thing, so that one is a
# share of the other. An addition counts from zero, a growth rate, a lead and a size class
# have no starting level, coverage and milestones are reached or not.
ON_AXIS = ("level", "share", "annual", "annual_average")

State = Literal["same", "partial", "missing", "not_applicable"]


@dataclass(frozen=True)
class Start:
    """A target and its start. `share` = baseline ÷ goal, exact; None unless both are amounts.

    Below 1 the indicator must rise, above 1 it must fall. For a range the goal is
    its lower end; a doubted figure counts as it is read, not as it is printed.
    """

    indicator: Indicator
    target: Target
    goal: tuple[Quantity, ...]
    baseline: Baseline | None
    share: Fraction | None
    state: State


def start(book: Book, indicator: Indicator, target: Target) -> Start:
    baseline = choose(book, indicator, target)
    asked = goal(book, indicator, target)
    if target.kind not in ON_AXIS or not asked or not asked[0].value:
        return Start(indicator, target, asked, baseline, None, "not_applicable")
    if baseline is None:
        return Start(indicator, target, asked, None, None, "missing")
    share = baseline.amount.value / asked[0].value
    state: State = "same" if baseline.pair.comparability == "same" else "partial"
    return Start(indicator, target, asked, baseline, share, state)


def starts(book: Book, sector: Sector) -> tuple[Start, ...]:
    """The targets of a sector in the order of its file."""
    return tuple(start(book, indicator, target) for indicator, target in sector.targets)
