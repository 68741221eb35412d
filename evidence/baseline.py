"""The baseline rule: which observation a target starts from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from evidence.amount import amounts, interval
from loaders.book import Book
from loaders.fields import last_day
from loaders.models import GRADES, Figure, Indicator, Judgement, Pair, Target
from loaders.units import Quantity, half_digit, significant_digits

Candidate = tuple[Figure, Judgement]


@dataclass(frozen=True)
class Baseline:
    """A chosen observation, its amount, its comparability, and whether another contradicts it."""

    figure: Figure
    amount: Quantity
    pair: Judgement
    conflicting: bool


def pair_of(figure: Figure, target: Target) -> Pair | None:
    """The judgement on a figure and a target; None where nobody has judged, which counts as different."""
    return next((pair for pair in figure.pairs if pair.target == target.id), None)


def choose(book: Book, indicator: Indicator, target: Target) -> Baseline | None:
    """The baseline of a target, or None where no observation may serve."""
    return best(book, indicator, usable(indicator, target, until=date(book.plan.base_year, 12, 31)))


def usable(indicator: Indicator, target: Target, until: date) -> list[Candidate]:
    """The observations that may stand for a target: comparable at least in part, whole, and over by a day."""
    return [
        (figure, pair)
        for figure in indicator.observations
        if (pair := pair_of(figure, target))
        and pair.comparability != "different"
        and figure.period
        and end(figure) <= until
        and not part_year_flow(indicator, figure)
        and not figure.superseded
    ]


def best(book: Book, indicator: Indicator, candidates: Sequence[Candidate]) -> Baseline | None:
    """The first of the candidates by the order of the rule; None where there is none."""
    if not candidates:
        return None
    figure, pair = min(candidates, key=lambda item: _rank(book, *item))
    amount = book.units.normalise(indicator.dimension, figure.unit, figure.value[0])
    alike = [other for other, _ in candidates if same_time(indicator, other, figure)]
    return Baseline(figure, amount, pair, any(contradicts(book, indicator, figure, other) for other in alike))


def contradicts(book: Book, indicator: Indicator, one: Figure, other: Figure) -> bool:
    """Another value for the same period. A bound or an `about` that the other value keeps is no other
    value, nor is the same value printed with fewer digits (25.7 beside 25.698)."""
    first, second = amounts(book, indicator, one), amounts(book, indicator, other)
    return first != second and not _keeps(book, indicator, first, other) and not _keeps(book, indicator, second, one)


def _keeps(book: Book, indicator: Indicator, value: tuple[Fraction, ...], figure: Figure) -> bool:
    """Whether a value, with both its ends, is one that the figure allows."""
    ends = amounts(book, indicator, figure)
    if figure.comparator in ("gt", "lt") and value[0] == ends[0]:
        return False
    factor = book.units.row(indicator.dimension, figure.unit).factor
    slack = half_digit(figure.value[0]) * factor if len(ends) == 1 else Fraction(0)
    low, high = interval(figure.comparator, ends[0], ends[-1], slack)
    return (low is None or low <= value[0]) and (high is None or value[-1] <= high)


def end(figure: Figure) -> date:
    """The last day of a figure's period. Only for figures that have one."""
    assert figure.period is not None
    return last_day(figure.period.split("/")[-1])


def same_time(indicator: Indicator, one: Figure, other: Figure) -> bool:
    """Whether two figures speak of one time: the stock of a month and that of its last day do."""
    stocks = all(indicator.measure_of(figure) == "stock" for figure in (one, other))
    lengths = {len(one.period or ""), len(other.period or "")}
    if stocks and lengths == {len("2031-09"), len("2031-09-30")}:
        return end(one) == end(other)
    return one.period == other.period


def part_year_flow(indicator: Indicator, figure: Figure) -> bool:
    """Nine months of output are no year's output, however comparable a person found them; nor is the rate of some
    months a year's. The rate of one day is a state, which a person judged."""
    measure, period = indicator.measure_of(figure), figure.period or ""
    months = len(period.split("/")[0]) == len("2031-09")
    return (measure == "flow" and "-" in period) or (measure == "rate" and months)


def _rank(book: Book, figure: Figure, pair: Judgement) -> tuple[int, int, int, int, int, str]:
    """The order of the rule: comparable in full, verified (not C), later, of the better grade, with more digits."""
    grade = book.source[figure.source].grade
    return (
        0 if pair.comparability == "same" else 1,
        1 if grade == GRADES[-1] else 0,
        -end(figure).toordinal(),
        GRADES.index(grade),
        -max(significant_digits(end) for end in figure.value),
        figure.source,
    )
