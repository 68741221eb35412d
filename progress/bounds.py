"""What counts as reached: the values that a target allows, and which of its ends a path leads to."""

from dataclasses import dataclass
from fractions import Fraction

from evidence.amount import ABOUT, Interval, amounts, interval
from evidence.baseline import pair_of
from evidence.case import Case
from evidence.kinds import ADDED
from loaders.book import Book
from loaders.models import Direction, Figure, Indicator, Rival
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

    def holds(self, values: Interval, strict: bool = False) -> bool | None:
        """Whether all of the values of an interval are allowed (True) or none (False); None where only some are. The
        finite ends of a `strict` interval are themselves none of its values."""
        (low, high), open_ = values, self.strict and not strict
        above = self.low is None or (low is not None and (low > self.low or (low == self.low and not open_)))
        below = self.high is None or (high is not None and (high < self.high or (high == self.high and not open_)))
        if above and below:
            return True
        apart = strict or self.strict
        under = self.low is not None and high is not None and (high < self.low or (high == self.low and apart))
        over = self.high is not None and low is not None and (low > self.high or (low == self.high and apart))
        return False if under or over else None

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
    stated = case.target.stated
    assert stated.value and stated.unit
    half = half_digit(stated.value[0]) * case.book.units.row(stated_dimension(case), stated.unit).factor
    # What is added up counts from zero, a reduction too: more of it is what is asked for.
    better: Direction = "up" if case.target.kind in ADDED else case.indicator.direction
    coverage = case.target.kind == "coverage"
    return _bounds(case.target.comparator, (case.goal[0], case.goal[-1]), half, better, coverage)


def promised(book: Book, indicator: Indicator, rival: Rival) -> Bounds:
    """What somebody else's target allows, by the rules of the plan's own."""
    found = amounts(book, indicator, rival)
    half = half_digit(rival.value[0]) * book.units.row(indicator.dimension, rival.unit).factor
    covered = all(target.kind == "coverage" for target in indicator.targets)
    whole = covered and rival.comparator in ("eq", "about") and found[0] in (0, WHOLE)
    return _bounds(rival.comparator, (found[0], found[-1]), half, _better(indicator, rival), whole)


def _better(indicator: Indicator, rival: Rival) -> Direction:
    """Which way is better for what a rival counts. It may be of another sort than a target (an addition beside a
    level): then the indicator's direction, which is that of the level, would call a small reduction a good one."""
    pairs = {target: pair_of(rival, target) for target in indicator.targets}
    alike = [target.kind in ADDED for target, pair in pairs.items() if pair is None or "sort" not in pair.differs]
    if alike:
        return "up" if all(alike) else indicator.direction
    added = indicator.measure_of(rival) == "flow" and indicator.measure == "stock"
    return "up" if added or indicator.direction == "up" else "none"


def of_figure(book: Book, indicator: Indicator, figure: Figure) -> Interval:
    """What a published figure says that the value is: a number is just that, as for every verdict."""
    found = amounts(book, indicator, figure)
    return interval(figure.comparator, found[0], found[-1])


def _bounds(
    comparator: str | None, ends: tuple[Fraction, Fraction], half: Fraction, better: Direction, coverage: bool
) -> Bounds:
    if coverage:
        # All of a set is all: the number that stands for the word has no half digit. Nearly none may be missed by
        # as much of the set as nearly all, since a share of nothing is nothing.
        low, high = interval("eq", *ends, ABOUT * WHOLE if comparator == "about" else Fraction(0))
    else:
        low, high = interval(comparator, *ends, half if comparator == "eq" else Fraction(0))
    if better == "up" and low is not None:
        high = None
    elif better == "down" and high is not None:
        low = None
    return Bounds(low, high, comparator in ("gt", "lt"), ends)


def stated_dimension(case: Case) -> str:
    """The dimension that a target's figure is stated in; a rate may be one of another thing than is measured."""
    unit = case.target.stated.unit
    own = case.indicator.dimension
    return case.book.units.dimension_of(own, unit) if unit else own
