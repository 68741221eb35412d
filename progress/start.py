"""Where each target starts and what stands beside it, as exact shares of what it asks for."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, get_args

from evidence.baseline import end, part_year_flow
from evidence.case import Case
from evidence.context import Context, rank
from evidence.kinds import NO_PATH
from loaders.models import COMPARABILITIES, Figure, Judgement
from progress.bounds import stated_dimension
from progress.calendar import due, year

# Who set another target, or when: the nation, the province for an earlier day, for this year, for the same day.
Role = Literal["nation", "earlier", "this_year", "elsewhere"]
ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True)
class Share:
    """A figure and its ends as shares of the target, of whose range 1 is the lower end."""

    figure: Figure
    pair: Judgement
    ends: tuple[Fraction, ...]


@dataclass(frozen=True)
class Start:
    """What a row of the overview shows of a target. `goal` are its ends as shares: 1, and of a range the upper one;
    () where shares cannot be: nothing of such a target has a place on an axis."""

    case: Case
    goal: tuple[Fraction, ...]
    baseline: Share | None = None
    context: Share | None = None
    rivals: tuple[tuple[Role, Share], ...] = ()

    @property
    def from_zero(self) -> bool:
        return self.case.status == "from_zero"


def start(case: Case) -> Start:
    if not on_axis(case):
        return Start(case, ())
    standing = case.standing
    first, best = standing.baseline, standing.context
    return Start(
        case,
        _goal(case),
        Share(first.figure, first.pair, _shares(case, first.figure)) if first else None,
        _share(case, best) if best else None,
        tuple(_rivals(case)),
    )


def on_axis(case: Case) -> bool:
    """Whether figures can be shares of the target: it has a path, a value that is not zero, and measures the same."""
    return case.target.kind not in NO_PATH and bool(case.goal and case.goal[0]) and _measured(case)


def _measured(case: Case) -> bool:
    return stated_dimension(case) == case.indicator.dimension


def _share(case: Case, context: Context) -> Share:
    return Share(context.figure, context.pair, _shares(case, context.figure))


def _shares(case: Case, figure: Figure) -> tuple[Fraction, ...]:
    """A baseline that is a range starts at its lower end; so do the others, with the upper one beside it."""
    return tuple(dict.fromkeys(one / case.goal[0] for one in case.amounts(figure)))


def _rivals(case: Case) -> list[tuple[Role, Share]]:
    """One other target of each role, the most comparable; what is not comparable only where nothing else is known."""
    whole = [one for one in case.standing.rivals if not part_year_flow(case.indicator, one.figure)]
    fit = [one for one in whole if not _different(one)]
    if not fit and case.status == "rivals_only":
        fit = whole
    # A document that repeats the plan's own figure for the plan's own day is no rival, but better than nothing.
    own = [one for one in fit if not _repeats(case, one)]
    if not own and case.status == "rivals_only":
        own = fit
    found: dict[Role, list[Context]] = {role: [] for role in ROLES}
    for one in own:
        found[role(case, one)].append(one)
    best = {role: min(ones, key=lambda one: _order(case, one)) for role, ones in found.items() if ones}
    return [(role, _share(case, one)) for role, one in best.items()]


def _repeats(case: Case, context: Context) -> bool:
    figure = context.figure
    same_day = figure.period is None or end(figure) == due(case)
    return role(case, context) == "elsewhere" and same_day and _shares(case, figure) == _goal(case)


def _goal(case: Case) -> tuple[Fraction, ...]:
    return tuple(dict.fromkeys(one / case.goal[0] for one in case.goal))


def _different(context: Context) -> bool:
    return context.pair.comparability == "different"


def _order(case: Case, context: Context) -> tuple[object, ...]:
    return (COMPARABILITIES.index(context.pair.comparability), *rank(case.book, case.indicator, context))


def role(case: Case, context: Context) -> Role:
    """What another target is to this one."""
    figure = context.figure
    if context.pair.extent == "nation":
        return "nation"
    if figure.period == str(year(case.book)):
        return "this_year"
    return "earlier" if figure.period and end(figure) < due(case) else "elsewhere"
