"""What cannot all hold among valid targets, or follows from them.

Pure functions over a book; `check --format json` lists their findings as notes.
"""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import combinations, permutations

from evidence.amount import apart, interval
from evidence.baseline import end
from evidence.case import Case, live
from evidence.context import whole_year
from evidence.finding import Finding
from loaders.book import Book
from loaders.models import Figure, Indicator
from loaders.units import decimal_text


def shares(book: Book) -> Iterator[Finding]:
    """A share or a coverage of more than the whole."""
    for case in live(book):
        stated = case.target.stated
        part = case.target.kind in ("share", "coverage") and stated.unit == "%"
        if part and stated.value and max(stated.value) > 100:
            yield case.finding("note-share-over-100", expected="at most 100", found=str(max(stated.value)))


def parts(book: Book) -> Iterator[Finding]:
    """The parts of a total ask for more than the total itself."""
    every = {case.target.id: case for case in live(book)}
    for total in book.plan.totals:
        goals = [every[one].goal if one in every else () for one in (total.total, *total.parts)]
        if not all(goals):
            continue
        whole, added = goals[0][-1], sum((goal[-1] for goal in goals[1:]), Fraction(0))
        if added > whole:
            expected, found = f"at least {decimal_text(added)}", decimal_text(whole)
            yield every[total.total].finding("note-parts-exceed-total", expected=expected, found=found)


def reductions(book: Book) -> Iterator[Finding]:
    """A reduction and the level that it should leave imply a start; an observed one may contradict it."""
    for cut, left in permutations(live(book), 2):
        kinds = (cut.target.kind, left.target.kind)
        if cut.indicator.direction != "down" or kinds != ("increment", "level") or not _together(cut, left):
            continue
        level, reduction = left.goal[-1], cut.goal[-1]
        about = "about " if "about" in (cut.target.comparator, left.target.comparator) else ""
        expected = f"{about}{decimal_text(level + reduction)} = {decimal_text(level)} + {decimal_text(reduction)}"
        seen = [figure for figure in cut.indicator.observations if _at_base(book, cut.indicator, figure)]
        starts = [cut.amounts(figure)[0] for figure in seen]
        if not starts:
            yield cut.finding("note-implied-start", expected=expected, found="no observed start")
        elif level + reduction not in starts:
            yield cut.finding("note-reduction-contradicts", *seen, expected=expected, found=decimal_text(starts[0]))


def _at_base(book: Book, indicator: Indicator, figure: Figure) -> bool:
    """The state at the end of the base year, or that year's amount; no month or day within it says what it ended at."""
    return whole_year(indicator, figure) and end(figure) == date(book.plan.base_year, 12, 31)


def exclusions(book: Book) -> Iterator[Finding]:
    """Two states of one indicator, asked for by the same date, that exclude each other."""
    for one, other in combinations(live(book), 2):
        kind = one.target.kind
        if kind not in ("level", "share", "annual") or kind != other.target.kind or not _together(one, other):
            continue
        if apart(*(interval(case.target.comparator, case.goal[0], case.goal[-1]) for case in (one, other))):
            expected = f"what allows {other.target.id}"
            yield one.finding("note-cannot-both-hold", expected=expected, found=one.target.id)


def _together(one: Case, other: Case) -> bool:
    """Two targets of one indicator for the same date."""
    return one.indicator is other.indicator and one.target.deadline == other.target.deadline


CODES = (
    "note-share-over-100",
    "note-parts-exceed-total",
    "note-implied-start",
    "note-reduction-contradicts",
    "note-cannot-both-hold",
)
RULES = (shares, parts, reductions, exclusions)


def notes(book: Book) -> tuple[Finding, ...]:
    return tuple(finding for rule in RULES for finding in rule(book))
