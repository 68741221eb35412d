"""Which observations a judgement rests on, all by the order of the baseline rule."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from evidence.baseline import Baseline, Candidate, best, end, usable
from evidence.case import Case
from loaders.book import Book
from loaders.models import GRADES, Figure
from progress.trajectory import Point, decimal_year, span

# How far the recent past goes back.
RECENT = 5
Chosen = Baseline


def point(chosen: Chosen) -> Point:
    return Point(decimal_year(end(chosen.figure)), chosen.amount.value)


def years(figure: Figure) -> tuple[int, int] | None:
    """First and last year of a figure for whole years; None of any other."""
    return span(figure.period)


def _single(figure: Figure) -> bool:
    """A state or one year's amount, not several years in one."""
    return "/" not in str(figure.period)


def start(case: Case, until: date) -> Chosen | None:
    """The baseline, where it is known by then and is one amount and no sum of years."""
    base = case.baseline
    summed = base and case.indicator.measure_of(base.figure) == "flow" and not _single(base.figure)
    return base if base and not summed and end(base.figure) <= until else None


def of_day(case: Case, day: date) -> Chosen | None:
    """The observation of the state on one day."""
    found = usable(case.indicator, case.target, day)
    return best(case.book, case.indicator, [one for one in found if end(one[0]) == day and _single(one[0])])


def latest(case: Case, until: date, like: Chosen | None = None) -> Chosen | None:
    """The first by the baseline rule's order of the observations from the plan's own years; only what measures the
    very same thing as `like`, where that is given."""
    found = [one for one in usable(case.indicator, case.target, until) if _single(one[0])]
    own = [one for one in found if end(one[0]).year > case.book.plan.base_year and (not like or _alike(one, like))]
    return best(case.book, case.indicator, own)


def before(case: Case, chosen: Chosen) -> Chosen | None:
    """The earliest observation of the recent past that measures the very same thing as `chosen`."""
    day = end(chosen.figure)
    found = [
        one
        for one in usable(case.indicator, case.target, day - timedelta(days=1))
        if end(one[0]).year >= day.year - RECENT and _single(one[0]) and _alike(one, chosen)
    ]
    first = min((end(figure) for figure, _ in found), default=None)
    return best(case.book, case.indicator, [one for one in found if end(one[0]) == first])


def _alike(one: Candidate, chosen: Chosen) -> bool:
    """Both comparable with the target in full; or both in part, and of one series."""
    if one[1].comparability != chosen.pair.comparability:
        return False
    return chosen.pair.comparability == "same" or (one[0].series or "") == chosen.figure.series


@dataclass(frozen=True)
class Run:
    """Yearly figures without a gap from the plan's first year on. `gap`: there are more, behind a gap."""

    figures: tuple[Chosen, ...]
    gap: bool

    @property
    def spans(self) -> tuple[int, ...]:
        """How many years each figure covers."""
        return tuple(own[1] - own[0] + 1 for one in self.figures if (own := years(one.figure)))

    @property
    def done(self) -> int:
        return sum(self.spans)


def run(case: Case, until: date) -> Run:
    """Each year once, of the figures that begin with a year the first by the rule."""
    known = [(own, one) for one in usable(case.indicator, case.target, until) if (own := years(one[0]))]
    found: list[Chosen] = []
    year = case.book.plan.first_year
    while chosen := best(case.book, case.indicator, [one for own, one in known if own[0] == year]):
        found.append(chosen)
        year = end(chosen.figure).year + 1
    return Run(tuple(found), any(own[0] > year for own, _ in known))


def yearly(case: Case, chosen: Chosen) -> Fraction:
    """A figure for one or several years as an amount a year; a rate is one already."""
    own = years(chosen.figure)
    rate = case.indicator.measure_of(chosen.figure) == "rate"
    return chosen.amount.value / (1 if rate or not own else own[1] - own[0] + 1)


def weak(book: Book, *used: Chosen | None) -> tuple[str, ...]:
    """Why a judgement that rests on these figures is tentative; nothing where it is not."""
    found = {
        "partial": any(one and one.pair.comparability == "partial" for one in used),
        "unverified": any(one and book.source[one.figure.source].grade == GRADES[-1] for one in used),
        "conflicting": any(one and one.conflicting for one in used),
        "inexact": any(one and one.figure.comparator != "eq" for one in used),
    }
    return tuple(code for code, true in found.items() if true)
