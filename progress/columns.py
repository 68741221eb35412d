"""By what the rows of the targets' table can be sorted: each column by what it means, not by its words."""

from collections.abc import Callable, Sequence
from typing import Any

from evidence.baseline import end
from evidence.standing import STATUSES
from progress.assess import Assessment
from progress.verdict import VERDICTS

Key = Callable[[Assessment], Any]
# Amounts of different things are no order of each other: they are sorted within their unit.
KEYS: dict[str, Key] = {
    "target": lambda one: (_unit(one), one.case.goal) if one.case.goal else None,
    "deadline": lambda one: one.due,
    "baseline": lambda one: (_unit(one), one.case.baseline.amount.value) if one.case.baseline else None,
    "period": lambda one: end(one.case.baseline.figure) if one.case.baseline else None,
    "status": lambda one: STATUSES.index(one.case.status),
    "verdict": lambda one: (VERDICTS.index(one.verdict), bool(one.tentative)),
    "section": lambda one: (not one.case.target.section.isdigit(), int(one.case.target.section.split()[-1])),
}


def _unit(assessment: Assessment) -> str:
    return assessment.case.book.units.dimensions[assessment.case.indicator.dimension].canonical


def by_column(found: Sequence[Assessment], column: str, *, down: bool, name: Key) -> list[Assessment]:
    """Sorted by a column, `name` giving the words of the first; what has nothing there comes last either way, and the
    plan's order decides between equals."""
    key = {"name": name, **KEYS}[column]
    known = [one for one in found if key(one) is not None]
    return [*sorted(known, key=key, reverse=down), *(one for one in found if key(one) is None)]
