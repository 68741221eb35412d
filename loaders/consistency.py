"""What cannot all hold among valid targets, or follows from them.

Pure functions over a book; `check --format json` lists their findings as notes.
"""

from collections.abc import Iterator
from fractions import Fraction

from loaders.amount import amounts, apart, goal, interval
from loaders.book import Book
from loaders.finding import Finding, indicators, live
from loaders.units import Quantity, decimal_text


def shares(book: Book) -> Iterator[Finding]:
    """A share or a coverage of more than the whole."""
    for sector, indicator in indicators(book):
        for target in live(indicator):
            stated = target.reading or target
            part = target.kind in ("share", "coverage") and stated.unit == "%"
            if part and stated.value and max(stated.value) > 100:
                found = str(max(stated.value))
                yield Finding("note-share-over-100", sector, indicator, target, (), None, "at most 100", found)


def parts(book: Book) -> Iterator[Finding]:
    """The parts of a total ask for more than the total itself."""
    every = {
        target.id: (sector, indicator, target) for sector, indicator in indicators(book) for target in live(indicator)
    }
    for total in book.plan.totals:
        if not {total.total, *total.parts} <= set(every):
            continue
        sector, indicator, target = every[total.total]
        whole = goal(book, indicator, target)
        asked = [goal(book, *every[part][1:]) for part in total.parts]
        if not whole or not all(asked):
            continue
        added = sum((part[-1].value for part in asked), Fraction(0))
        if added > whole[-1].value:
            expected, found = f"at least {decimal_text(added)}", decimal_text(whole[-1].value)
            yield Finding("note-parts-exceed-total", sector, indicator, target, (), None, expected, found)


def reductions(book: Book) -> Iterator[Finding]:
    """A reduction and the level that it should leave imply a start; an observed one may contradict it."""
    for sector, indicator in indicators(book):
        cuts = [target for target in live(indicator) if target.kind == "increment"]
        for cut in cuts if indicator.direction == "down" else ():
            for left in live(indicator):
                if left.kind != "level" or left.deadline != cut.deadline:
                    continue
                level, reduction = (goal(book, indicator, target)[-1].value for target in (left, cut))
                about = "about " if "about" in (cut.comparator, left.comparator) else ""
                sum_ = f"{decimal_text(level)} + {decimal_text(reduction)}"
                expected = f"{about}{decimal_text(level + reduction)} = {sum_}"
                seen = [
                    figure
                    for figure in indicator.observations
                    if figure.period and figure.period[:4] == str(book.plan.base_year)
                ]
                starts = [amounts(book, indicator, figure)[0] for figure in seen]
                code, found = "note-implied-start", "no observed start"
                if level + reduction in starts:
                    continue
                if starts:
                    code, found = "note-reduction-contradicts", decimal_text(starts[0])
                yield Finding(code, sector, indicator, cut, tuple(seen), None, expected, found)


def together(book: Book) -> Iterator[Finding]:
    """Two states of one indicator, asked for by the same date, that exclude each other."""
    for sector, indicator in indicators(book):
        states = [target for target in live(indicator) if target.kind in ("level", "share", "annual")]
        for number, one in enumerate(states):
            for other in states[number + 1 :]:
                alike = one.kind == other.kind and one.deadline == other.deadline
                ends = [goal(book, indicator, target) for target in (one, other)]
                spans = [
                    interval(target.comparator, *_both(end)) for target, end in zip((one, other), ends, strict=True)
                ]
                if alike and apart(*spans):
                    expected = f"what allows {other.id}"
                    yield Finding("note-cannot-both-hold", sector, indicator, one, (), None, expected, one.id)


def _both(ends: tuple[Quantity, ...]) -> tuple[Fraction, Fraction]:
    return ends[0].value, ends[-1].value


CODES = (
    "note-share-over-100",
    "note-parts-exceed-total",
    "note-implied-start",
    "note-reduction-contradicts",
    "note-cannot-both-hold",
)
RULES = (shares, parts, reductions, together)


def notes(book: Book) -> tuple[Finding, ...]:
    return tuple(finding for rule in RULES for finding in rule(book))
