"""Figures that say something about a target without being able to start it: which may be shown, and which is best.

Context never enters a calculation: no distance, share, pace, ratio or verdict comes from it.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from evidence.amount import amounts
from evidence.baseline import end, pair_of, part_year_flow
from loaders.book import Book
from loaders.fields import last_day
from loaders.models import GRADES, Figure, Indicator, Pair, Target
from loaders.units import significant_digits

# Why a comparable figure is none to start from.
Obstacle = Literal["no_year", "part_year", "after_base"]
# A stock is no addition and a cap no amount, what is planned has not come: no mark beside the target could say so.
NEVER = ("sort", "stage")
# How far a figure is from being the province's own: a part of it says more than the nation around it.
_FAR = {"province": 0, "part": 1, "basin": 1, "city": 1, "station": 1, "nation": 2}


@dataclass(frozen=True)
class Context:
    """A figure beside a target, its amounts in the canonical unit, and the day that it stands at: the end of its
    period, the date of its source where no period is printed, None where that has none either."""

    figure: Figure
    pair: Pair
    amounts: tuple[Fraction, ...]
    day: date | None

    @property
    def codes(self) -> tuple[str, ...]:
        """What differs; empty where the figure is comparable."""
        return self.pair.differs if self.pair.comparability == "different" else ()


def shown(book: Book, indicator: Indicator, target: Target, figure: Figure) -> Context | None:
    """A figure that may stand beside a target on one axis, whatever it is worth; None where it must not."""
    pair, unit = pair_of(figure, target), target.stated.unit
    if pair is None or figure.superseded or set(pair.differs) & set(NEVER):
        return None
    if unit is None or book.units.dimension_of(indicator.dimension, unit) != indicator.dimension:
        return None
    return Context(figure, pair, amounts(book, indicator, figure), day(book, figure))


def day(book: Book, figure: Figure) -> date | None:
    """Where a figure stands in time; see Context."""
    dated = book.source[figure.source].date
    return end(figure) if figure.period else last_day(dated) if dated else None


def obstacle(book: Book, indicator: Indicator, figure: Figure) -> Obstacle | None:
    """What keeps a comparable observation from being a baseline."""
    if figure.period is None:
        return "no_year"
    if part_year_flow(indicator, figure):
        return "part_year"
    return "after_base" if end(figure).year > book.plan.base_year else None


def choose(book: Book, indicator: Indicator, target: Target) -> Context | None:
    """The observation that says most about a target without a baseline; None where none may be shown."""
    found = [one for figure in indicator.observations if (one := shown(book, indicator, target, figure))]
    return min(found, key=lambda one: rank(book, indicator, one), default=None)


def total(book: Book, indicator: Indicator, target: Target) -> Context | None:
    """The latest amount of what an addition adds to, to be named in words and never drawn: a stock, which on the
    addition's axis would look like a part of it."""
    found = [
        Context(figure, pair, amounts(book, indicator, figure), day(book, figure))
        for figure in indicator.observations
        if (pair := pair_of(figure, target))
        and "sort" in pair.differs
        and "stage" not in pair.differs
        and indicator.measure_of(figure) == "stock"
        and not figure.superseded
    ]
    return min(found, key=lambda one: (-(one.day or date.min).toordinal(), rank(book, indicator, one)), default=None)


def rank(book: Book, indicator: Indicator, context: Context) -> tuple[int, bool, bool, int, int, int, str]:
    """The order of the rule: the province before a part or the nation, a whole year, verified (not C), later, of the
    better grade, with more digits."""
    figure, grade = context.figure, book.source[context.figure.source].grade
    return (
        _FAR[context.pair.extent or "province"],
        not whole_year(indicator, figure),
        grade == GRADES[-1],
        -context.day.toordinal() if context.day else 0,
        GRADES.index(grade),
        -max(significant_digits(one) for one in figure.value),
        figure.source,
    )


def whole_year(indicator: Indicator, figure: Figure) -> bool:
    """One year, or a state at a time: neither a part of a year nor several in one."""
    return figure.period is not None and "/" not in figure.period and not part_year_flow(indicator, figure)
