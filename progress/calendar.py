"""Where the plan's period stands, and what falls due when."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from evidence.case import Case, live
from loaders.book import Book
from loaders.fields import last_day
from loaders.models import Evaluation
from progress.trajectory import decimal_year


@dataclass(frozen=True)
class Due:
    """What a day brings: targets whose date is printed, those that only the plan's end implies, evaluations."""

    day: date
    printed: tuple[Case, ...]
    implied: tuple[Case, ...]
    evaluations: tuple[Evaluation, ...]


def elapsed(book: Book, day: date) -> Fraction:
    """How much of the plan's period is over at the end of a day, between 0 and 1."""
    first, last = Fraction(book.plan.first_year), Fraction(book.plan.last_year + 1)
    return min(Fraction(1), max(Fraction(0), (decimal_year(day) - first) / (last - first)))


def calendar(book: Book) -> tuple[Due, ...]:
    """Every day on which something falls due, in order."""
    cases = [(due(case), case) for case in live(book)]
    evaluations = [(date(one.year, 12, 31), one) for one in book.plan.evaluations]
    return tuple(
        Due(
            day,
            tuple(case for when, case in cases if when == day and case.target.deadline_printed),
            tuple(case for when, case in cases if when == day and not case.target.deadline_printed),
            tuple(one for when, one in evaluations if when == day),
        )
        for day in sorted({when for when, _ in (*cases, *evaluations)})
    )


def due(case: Case) -> date:
    """The day by which a target is to be reached: the last of the plan where none is stated."""
    return last_day(case.deadline)


def asof(book: Book, year: int | None = None) -> date:
    """The day up to which figures count: the end of a year, but never later than the data was last changed."""
    updated = last_day(book.plan.updated)
    return min(date(year, 12, 31), updated) if year else updated


def year(book: Book) -> int:
    """The year of the plan in which the data was last changed; its first or last where that lies outside."""
    return min(max(last_day(book.plan.updated).year, book.plan.first_year), book.plan.last_year)
