"""What counts as reached: the values that a target allows, and which of its ends a path leads to."""

from dataclasses import dataclass
from fractions import Fraction

from evidence.amount import ABOUT, interval
from evidence.case import Case
from evidence.kinds import ADDED
from loaders.units import half_digit

# All of a set, in percent of it.
WHOLE = 100


@dataclass(frozen=True)
class Bounds:
    """`low` and `high` bound what is allowed, None is open; a `strict` bound is itself not allowed.
    `ends` are the printed figure, twice the same but for a range."""

    low: Fraction | None
    high: Fraction | None
    strict: bool
    ends: tuple[Fraction, Fraction]

    def allows(self, value: Fraction) -> bool:
        if self.strict and value in (self.low, self.high):
            return False
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)

    def path_end(self, value: Fraction) -> Fraction:
        """The printed end that a path from `value` leads to; the nearer one of a range."""
        return self.ends[0] if value < self.ends[0] else self.ends[1]

    def remaining(self, value: Fraction) -> Fraction:
        """The change that is still needed; 0 where none is."""
        return Fraction(0) if self.allows(value) else self.path_end(value) - value

    def exceeded_by(self, value: Fraction) -> bool:
        """Whether a value left a range or an exact figure on its far side, above it."""
        return self.low is not None and self.high is not None and value > self.high

    @property
    def cap(self) -> bool:
        return self.low is None


def bounds_of(case: Case) -> Bounds:
    """What a target with a figure allows. More than asked for is no failure where the indicator says what is
    better: only a thing without a direction can overshoot a range or an exact figure."""
    if case.target.kind == "milestone":  # a figure for a dated state is 1 where it is reached
        return Bounds(Fraction(1), None, False, (Fraction(1), Fraction(1)))
    ends, comparator = (case.goal[0], case.goal[-1]), case.target.comparator
    stated = case.target.reading or case.target
    assert stated.value and stated.unit
    if case.target.kind == "coverage":
        # All of a set is all: the number that stands for the word has no half digit. Nearly none may be missed by
        # as much of the set as nearly all, since a share of nothing is nothing.
        low, high = interval("eq", *ends, ABOUT * WHOLE if comparator == "about" else Fraction(0))
    else:
        slack = half_digit(stated.value[0]) * case.book.units.row(stated_dimension(case), stated.unit).factor
        low, high = interval(comparator, *ends, slack if comparator == "eq" else Fraction(0))
    # What is added up counts from zero, a reduction too: more of it is what is asked for.
    better = "up" if case.target.kind in ADDED else case.indicator.direction
    if better == "up" and low is not None:
        high = None
    elif better == "down" and high is not None:
        low = None
    return Bounds(low, high, comparator in ("gt", "lt"), ends)


def stated_dimension(case: Case) -> str:
    """The dimension that a target's figure is stated in; a rate may be one of another thing than is measured."""
    unit = (case.target.reading or case.target).unit
    own = case.indicator.dimension
    return case.book.units.dimension_of(own, unit) if unit else own
