"""In which order targets can be read."""

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any, Literal, get_args

from evidence.standing import STATUSES
from progress.assess import Assessment

Order = Literal["plan", "hard", "weak", "due"]
ORDERS: tuple[Order, ...] = get_args(Order)


def ordered(found: Iterable[Assessment], order: Order) -> list[Assessment]:
    """The assessments in an order; the plan's own decides between equals."""
    keys: dict[str, Callable[[Assessment], Any]] = {"hard": hardness, "weak": _weakness, "due": lambda one: one.due}
    return sorted(found, key=keys[order]) if order in keys else list(found)


def hardness(assessment: Assessment) -> tuple[int, Fraction]:
    """The hardest first: what went the other way or did not move, then the pace needed as a multiple of the recent
    one; last what allows no comparison."""
    ratio = assessment.ratio
    if ratio == "no_movement":
        return 0, Fraction(0)
    if isinstance(ratio, str):
        return 2, Fraction(0)
    return (0, ratio) if ratio < 0 else (1, -ratio)


def _weakness(assessment: Assessment) -> int:
    """The weakest evidence first among what needs a start."""
    order = ("nothing", "rivals_only", "context", "partial", "comparable")
    status = assessment.case.status
    return order.index(status) if status in order else len(order) + STATUSES.index(status)
