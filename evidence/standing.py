"""Where a target starts and what is known of it: one ladder, whose first step that holds decides."""

from dataclasses import dataclass
from typing import Literal, get_args

from evidence import baseline, context
from evidence.baseline import Baseline, pair_of
from evidence.context import Context
from evidence.kinds import ADDED, ALL_OR_NONE, EACH_YEAR
from loaders.book import Book
from loaders.models import Figure, Indicator, Rival, Target

# In the order in which they are counted: what has a start, what needs none, what is weaker, what has no way at all.
Status = Literal[
    "comparable", "partial", "from_zero", "each_year", "context", "rivals_only", "nothing", "yes_no", "unmeasured"
]
STATUSES: tuple[Status, ...] = get_args(Status)
# Whose start nobody published, so that the target has no baseline.
WITHOUT: tuple[Status, ...] = ("context", "rivals_only", "nothing")
# What a status was called before it was told apart: links that were handed out still hold these words.
SUCCESSORS: dict[str, tuple[Status, ...]] = {
    "no_baseline": ("from_zero", "each_year", "context", "rivals_only", "nothing"),
    "no_path": ("yes_no", "unmeasured"),
}


@dataclass(frozen=True)
class Standing:
    """What a target starts from, else the best that is known. `rivals` are the goals that others set for the same, or
    that were set before, as far as they may be shown."""

    status: Status
    baseline: Baseline | None
    context: Context | None
    rivals: tuple[Context, ...]


def standing(book: Book, indicator: Indicator, target: Target) -> Standing:
    """Start, context and status of a target. Context is sought only where no observation can be the start."""
    start = baseline.choose(book, indicator, target)
    best = None if start else context.choose(book, indicator, target)
    shown = (context.shown(book, indicator, target, figure) for figure in indicator.rivals)
    rivals = tuple(one for one in shown if one)
    return Standing(_status(target, start, best, rivals), start, best, rivals)


def _status(target: Target, start: Baseline | None, best: Context | None, rivals: tuple[Context, ...]) -> Status:
    """The first that holds."""
    steps: tuple[tuple[bool, Status], ...] = (
        (target.kind in ALL_OR_NONE, "yes_no"),
        (target.kind == "scale", "unmeasured"),
        (target.kind in ADDED, "from_zero"),
        (start is not None and start.pair.comparability == "same", "comparable"),
        (start is not None, "partial"),
        (target.kind in EACH_YEAR, "each_year"),
        (best is not None, "context"),
        (bool(rivals), "rivals_only"),
    )
    return next((status for holds, status in steps if holds), "nothing")


@dataclass(frozen=True)
class Counted:
    """From the end of which year an addition counts; `rival` is the goal of one's own that says so where the plan
    itself does not print it."""

    year: int
    rival: Figure | None = None


def counted(book: Book, indicator: Indicator, target: Target) -> Counted | None:
    """What an addition counts from; None where nobody prints it, and for what is no addition."""
    if target.kind != "increment":
        return None
    if target.counts_from is not None:
        return Counted(target.counts_from)
    own = f"{book.plan.first_year}/{book.plan.last_year}"
    for rival in indicator.rivals:
        if _says(rival, target) and rival.period == own:
            return Counted(book.plan.first_year - 1, rival)
    return None


def _says(rival: Rival, target: Target) -> bool:
    """Whether a goal set elsewhere is the very same one."""
    pair = pair_of(rival, target)
    return pair is not None and pair.comparability == "same" and not rival.superseded
