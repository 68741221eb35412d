"""The assessments as rows: the columns of the loaders' table, then every input and output of the verdict."""

from collections.abc import Callable, Collection, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path

from evidence.case import cases
from evidence.tables import COLUMNS as LOADED
from evidence.tables import TABLES, Cell, Row, row, targets, ways
from loaders.book import Book
from progress.assess import OUTCOMES, Assessment, assess
from progress.calendar import asof as until

_WAYS = ways(Path(__file__).with_name("columns.yaml"))
_OUTCOMES = tuple(column for name in OUTCOMES for column in (name, f"{name}_reason"))
COLUMNS = (*LOADED["table"], *_WAYS["inputs"], *_OUTCOMES, *_WAYS["verdict"])


def assessments(book: Book, asof: date) -> tuple[Assessment, ...]:
    """Every target in the order of the plan's sectors."""
    return tuple(assess(case, asof) for case in cases(book))


def rows(book: Book, asof: date) -> list[Row]:
    """One row per target, with COLUMNS."""
    pairs = zip(targets(book), assessments(book, asof), strict=True)
    return [{**first, **_inputs(found), **_outcomes(found), **row(_WAYS["verdict"], found)} for first, found in pairs]


def _inputs(found: Assessment) -> Row:
    track, source = found.track, found.case.book.source
    return row(
        _WAYS["inputs"],
        found,
        as_of=str(found.asof),
        due_day=str(found.due),
        reached_at=track.now if isinstance(found.reached, Fraction) else None,
        latest=source[track.latest.figure.source] if track.latest else None,
        recent=source[track.first.figure.source] if track.first else None,
        used_periods=tuple(str(one.figure.period) for one in track.used),
        used_source_ids=tuple(one.figure.source for one in track.used),
    )


def _outcomes(found: Assessment) -> Row:
    cells: dict[str, Cell] = {}
    for name in OUTCOMES:
        outcome = getattr(found, name)
        given = isinstance(outcome, Fraction)
        cells |= {name: outcome if given else None, f"{name}_reason": None if given else outcome}
    return cells


# What can be downloaded: each table's rows, and its columns.
FILES: dict[str, tuple[Callable[[Book], list[Row]], Sequence[str]]] = {
    "table": (targets, LOADED["table"]),
    "observations": (TABLES["observations"], LOADED["observations"]),
    "verdicts": (lambda book: rows(book, until(book)), COLUMNS),
}


def chosen(what: str, book: Book, ids: Collection[str]) -> list[Row]:
    """The rows of one of FILES that are about the targets which `ids` names."""
    column = "target_id" if what == "observations" else "id"
    return [one for one in FILES[what][0](book) if one[column] in ids]
