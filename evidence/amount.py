"""What a target asks for and what a figure says, as exact amounts and as intervals."""

from fractions import Fraction

from loaders.book import Book
from loaders.models import Figure, Indicator, Reading, Target
from loaders.units import Quantity

Interval = tuple[Fraction | None, Fraction | None]
# How far a figure may lie from one that says `about`, as a share of that.
ABOUT = Fraction(5, 100)


def interval(comparator: str | None, low: Fraction, high: Fraction, slack: Fraction = Fraction(0)) -> Interval:
    """Lowest and highest value that a figure allows; None is open. `about` allows ABOUT either way."""
    if comparator in ("ge", "gt"):
        return low, None
    if comparator in ("le", "lt"):
        return None, high
    slack = abs(high) * ABOUT if comparator == "about" else slack
    return low - slack, high + slack


def apart(one: Interval, other: Interval) -> bool:
    """Whether no value lies in both."""
    return _below(one, other) or _below(other, one)


def _below(one: Interval, other: Interval) -> bool:
    return one[1] is not None and other[0] is not None and one[1] < other[0]


def goal(book: Book, indicator: Indicator, target: Target) -> tuple[Quantity, ...]:
    """Both ends of a target in its canonical unit, a doubted figure as it is read; () without one."""
    return ends(book, indicator, target.stated)


def ends(book: Book, indicator: Indicator, stated: Target | Reading) -> tuple[Quantity, ...]:
    """Both ends of a target, or of a reading of it, in its canonical unit; () where it has no value."""
    if stated.value is None or stated.unit is None:
        return ()
    dimension = book.units.dimension_of(indicator.dimension, stated.unit)
    return tuple(book.units.normalise(dimension, stated.unit, end) for end in stated.value)


def amounts(book: Book, indicator: Indicator, figure: Figure) -> tuple[Fraction, ...]:
    """Both ends of a published figure in the canonical unit."""
    return tuple(book.units.normalise(indicator.dimension, figure.unit, end).value for end in figure.value)
