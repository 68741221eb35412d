"""Where a target's indicator stands and where it came from: the points that an assessment works on.

A state (level, share, coverage) starts at its baseline; what is added starts at zero; a yearly amount or a
growth rate is held against its average over the plan's years.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Context, Decimal
from fractions import Fraction
from math import prod
from typing import Literal

from evidence.case import Case
from evidence.kinds import ADDED, EACH_YEAR
from progress import figures
from progress.bounds import Bounds
from progress.figures import Chosen, Run
from progress.trajectory import Point, annual_change

# fmt: off
Reason = Literal[
    "no_baseline", "no_observation", "one_observation", "kind_has_no_path", "measure_not_named",
    "base_year_not_printed", "base_not_at_start", "cap", "met", "met_at_start", "at_the_bound", "gap",
    "no_due_figure", "no_movement", "due", "overshot", "lost", "not_reached", "off_path", "other_dimension",
    "none_since", "start_unpublished", "superseded", "zero",
]
# fmt: on
Outcome = Fraction | Reason


@dataclass(frozen=True)
class Track:
    """`start` is where the path begins, `now` the point that says how far it has come, chosen by the order of the
    baseline rule (`start` itself where nothing came after it); either is None where no figure gives it. `recent` is
    the pace of the recent past, a year.

    `base` and `latest` are the figures behind start and now, `first` and `last` those between which the recent past
    lies; `used` are all that went into it. For a yearly amount `now` is the mean (of `annual` the worst year), `done`
    the years in it, and `recent`, `first` and `last` are its baseline. `none` says why there is nothing to follow.
    """

    start: Point | None = None
    now: Point | None = None
    recent: Outcome = "one_observation"
    base: Chosen | None = None
    latest: Chosen | None = None
    first: Chosen | None = None
    last: Chosen | None = None
    used: tuple[Chosen, ...] = ()
    done: int = 0
    gap: bool = False
    none: Reason | None = None

    @property
    def moved(self) -> bool:
        """Whether a figure came after the start, whatever its value."""
        return self.now is not None and self.now != self.start


def track_of(case: Case, bounds: Bounds, until: date) -> Track:
    """From the figures for the time up to a day; `none` says why there is nothing to follow."""
    if case.target.kind in EACH_YEAR:
        return _average(case, bounds, figures.run(case, until))
    if case.target.kind not in ADDED:
        return _state(figures.start(case, until), figures.latest(case, until), case)
    return _total(case, figures.run(case, until)) if case.indicator.measure == "flow" else _added(case, until)


def _state(base: Chosen | None, latest: Chosen | None, case: Case) -> Track:
    seen = latest or base
    if seen is None:
        return Track(none="no_baseline")
    first, now = figures.before(case, seen), figures.point(seen)
    recent: Outcome = annual_change(figures.point(first), now) if first else "one_observation"
    used = tuple(one for one in (base, latest) if one)
    return Track(figures.point(base) if base else None, now, recent, base, latest, first, seen, used)


def _added(case: Case, until: date) -> Track:
    """A rise or a reduction of a stock since the end of a printed year, as an amount above zero."""
    if case.counted is None:
        return Track(none="base_year_not_printed")
    base = figures.of_day(case, date(case.counted.year, 12, 31))
    if base is None:
        return Track(none="base_not_at_start" if case.baseline else "start_unpublished")
    level = _state(base, figures.latest(case, until, like=base), case)
    assert level.start and level.now
    sign = -1 if case.indicator.direction == "down" else 1
    now = Point(level.now.at, sign * (level.now.value - level.start.value))
    recent = level.recent if isinstance(level.recent, str) else sign * level.recent
    return replace(level, start=Point(level.start.at, Fraction(0)), now=now, recent=recent)


def _total(case: Case, run: Run) -> Track:
    """What was added in each of the plan's years, from zero at their beginning."""
    start = Point(Fraction(case.book.plan.first_year), Fraction(0))
    total = sum((one.amount.value for one in run.figures), Fraction(0))
    return _over_years(case, run, start, Point(start.at + run.done, total))


def _average(case: Case, bounds: Bounds, run: Run) -> Track:
    amounts = [figures.yearly(case, one) for one in run.figures]
    if not amounts:
        return _over_years(case, run, None, None)
    if case.target.kind == "growth":
        grown = ((1 + one / 100) ** span for one, span in zip(amounts, run.spans, strict=True))
        mean = root(prod(grown, start=Fraction(1)), run.done)
    elif case.target.kind == "annual":  # the worst year decides
        mean = max(amounts, key=lambda one: (abs(bounds.remaining(one)), one if bounds.cap else -one))
    else:
        mean = sum(one * span for one, span in zip(amounts, run.spans, strict=True)) / Fraction(run.done)
    return _over_years(case, run, None, Point(Fraction(case.book.plan.first_year + run.done), mean))


def root(product: Fraction, years: int) -> Fraction:
    """The yearly growth in % that compounds to a product, which is not below zero."""
    context = Context(prec=40)
    base = context.divide(Decimal(product.numerator), Decimal(product.denominator))
    factor = context.power(base, context.divide(Decimal(1), Decimal(years)))
    # Twenty digits are kept, so that equal rates have exactly themselves as their mean.
    return 100 * (Fraction(round(factor, 20)) - 1)


def _over_years(case: Case, run: Run, start: Point | None, now: Point | None) -> Track:
    base = case.baseline
    recent: Outcome = figures.yearly(case, base) if base else "no_baseline"
    latest = run.figures[-1] if run.figures else None
    return Track(start, now, recent, None, latest, base, base, run.figures, run.done, run.gap)
