"""How far a target is, how fast it moves and how hard it is, with a verdict: each a value or a named reason.

Nothing is estimated: what a missing figure or the kind of a target rules out has a reason instead of a value.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Any

from evidence.case import Case
from evidence.kinds import ADDED, EACH_YEAR, NO_PATH
from progress import figures
from progress.bounds import Bounds, bounds_of, stated_dimension
from progress.calendar import due
from progress.figures import Chosen
from progress.track import Outcome, Reason, Track, root, track_of
from progress.trajectory import Point, Trajectory, at, decimal_year
from progress.verdict import Verdict, by_pace

# What a method may be unable to give.
OUTCOMES = ("reached", "distance", "share", "required", "needed", "recent", "ratio", "pace", "months")
_OF_THE_PATH = ("share", "required", "pace", "months")


@dataclass(frozen=True)
class Assessment:
    """Amounts in the canonical unit; `needed` and `recent` in it per year; `months` ahead of the path (behind below 0).

    `reached` is the value that says how far the target is: by the baseline rule's order, so that a later figure which
    is only partly comparable does not replace one that is comparable in full; of what is added the sum, of a yearly
    amount the mean (of `annual` the worst year). `distance` is what is left to change, `share` the part of the way
    gone, `required` what the path asks for at its time; `needed` is the pace from there to the target (of a yearly
    amount what each year left must be), `recent` that of the recent past (of a yearly amount its baseline) and `ratio`
    needed ÷ recent, below 0 where the recent past went the other way; `pace` is the share of the way ÷ that of the
    time, 1 being the line. `reason` says why there is no verdict, or what else is to be known about one; a verdict is
    tentative for the doubts in `tentative`, the ratio for those in `loose`.
    """

    case: Case
    asof: date
    due: date
    bounds: Bounds | None = None
    track: Track = field(default_factory=Track)
    path: tuple[Point, Point] | None = None
    reached: Outcome = "no_observation"
    distance: Outcome = "no_observation"
    share: Outcome = "no_observation"
    required: Outcome = "no_observation"
    needed: Outcome = "no_observation"
    recent: Outcome = "one_observation"
    ratio: Outcome = "one_observation"
    pace: Outcome = "no_observation"
    months: Outcome = "no_observation"
    verdict: Verdict = "cannot_say"
    reason: Reason | None = None
    tentative: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()

    @property
    def over(self) -> bool:
        """Whether the target's day has come."""
        return self.due <= self.asof

    def required_on(self, day: date) -> Fraction | None:
        """What the path, or each year, asks for at the end of a day; None where nothing does."""
        if self.path:
            return at(*self.path, min(decimal_year(day), self.path[1].at))
        return self.required if isinstance(self.required, Fraction) else None


def assess(case: Case, asof: date) -> Assessment:
    """The assessment of a target from the figures for the time up to `asof`."""
    assessment = Assessment(case, asof, due(case))
    if case.target.superseded:
        return _without(assessment, "superseded")
    if case.target.kind == "scale":
        return _without(assessment, "measure_not_named")
    if stated_dimension(case) != case.indicator.dimension:
        return _without(assessment, "other_dimension")
    bounds = bounds_of(case)
    track = track_of(case, bounds, min(asof, assessment.due))
    assessment = replace(assessment, bounds=bounds, track=track, recent=track.recent)
    if case.target.kind in NO_PATH:
        assessment = _all_or_none(assessment, bounds)
    elif track.none:
        return _without(assessment, track.none)
    else:
        assess_kind = _average if case.target.kind in EACH_YEAR else _line
        assessment = assess_kind(assessment, bounds)
    return replace(
        assessment,
        ratio=_ratio(assessment, bounds),
        tentative=figures.weak(case.book, *_rests_on(assessment)),
        loose=figures.weak(case.book, track.first, track.last),
    )


def _rests_on(assessment: Assessment) -> tuple[Chosen, ...]:
    """The figures that a verdict rests on: whether a state is met its newest one says alone."""
    used = assessment.track.used
    if assessment.verdict in ("not_yet_due", "cannot_say"):
        return ()
    alone = assessment.verdict == "met" and assessment.case.target.kind not in (*ADDED, *EACH_YEAR)
    return used[-1:] if alone else used


def _without(assessment: Assessment, reason: Reason) -> Assessment:
    reasons: dict[str, Any] = dict.fromkeys(OUTCOMES, reason)
    return replace(assessment, reason=reason, **reasons)


def _line(assessment: Assessment, bounds: Bounds) -> Assessment:
    """Against the straight line from the start to the target."""
    track, due = assessment.track, decimal_year(assessment.due)
    start, now = track.start, track.now
    assert now
    remaining = bounds.remaining(now.value)
    if track.moved or track.base:
        assessment = replace(assessment, reached=now.value, distance=remaining)
    needed: Outcome = "gap" if track.gap else remaining / (due - now.at) if now.at < due else "due"
    assessment = replace(assessment, needed="met" if bounds.allows(now.value) else needed)
    no_path = _no_path(assessment, bounds)
    if no_path or not track.moved:
        still: Reason = "none_since" if track.base else "no_observation"
        reasons: dict[str, Any] = dict.fromkeys(_OF_THE_PATH, no_path or still)
        assessment = replace(assessment, **reasons)
    if start and not no_path:
        end = Point(due, bounds.path_end(start.value))
        assessment = replace(assessment, path=(start, end))
        if track.moved:
            trajectory = Trajectory(start, now, end)
            outcomes: dict[str, Any] = {name: getattr(trajectory, name) for name in _OF_THE_PATH}
            if trajectory.months is None:
                outcomes["months"] = "off_path"
            assessment = replace(assessment, **outcomes)
    verdict, reason = _judged(assessment, bounds, no_path)
    return replace(assessment, verdict=verdict, reason=reason)


def _no_path(assessment: Assessment, bounds: Bounds) -> Reason | None:
    """Why no path leads from the start to the target."""
    start = assessment.track.start
    if start is None:
        return "no_baseline"
    if bounds.allows(start.value):
        return "cap" if bounds.cap and assessment.case.indicator.direction != "down" else "met_at_start"
    if bounds.path_end(start.value) == start.value:
        return "at_the_bound"
    return "due" if decimal_year(assessment.due) <= start.at else None


def _judged(assessment: Assessment, bounds: Bounds, no_path: Reason | None) -> tuple[Verdict, Reason | None]:
    """The verdict against the line, and why there is none or what else is to be known. The order is the rule: what is
    met; what nobody can know on the day or behind a gap; what has no figure yet; what has no line; then the pace."""
    track, added = assessment.track, assessment.case.target.kind in ADDED
    assert track.now
    held = bounds.allows(track.now.value) and (track.moved or track.base is not None)
    if held and added and not bounds.cap:
        return "met", None  # what was added stays
    # A state that held before the year in which it falls due may be lost since.
    since = decimal_year(assessment.due) if added or not held else Fraction(assessment.due.year)
    if assessment.over and track.now.at <= since and track.now.at != decimal_year(assessment.due):
        return "cannot_say", "gap" if track.gap else "no_due_figure"
    if held and (assessment.over or not added):
        return "met", no_path if no_path == "cap" else None if track.moved else "met_at_start"
    if track.gap:
        return "cannot_say", "gap"
    if not track.moved:
        return _waiting(assessment)
    if track.start is None:
        return ("behind", "not_reached") if assessment.over else ("cannot_say", "no_baseline")
    if held or (no_path == "at_the_bound" and track.now.value == track.start.value):
        return "cannot_say", no_path
    if no_path:
        return "moving_away", "lost"
    assert isinstance(assessment.pace, Fraction) and isinstance(assessment.share, Fraction)
    if assessment.share > 1:  # beyond the end, and yet not what is allowed
        return "moving_away", "overshot"
    return by_pace(assessment.pace, assessment.over), None


def _waiting(assessment: Assessment) -> tuple[Verdict, Reason]:
    """Without a figure since the start: none can be expected before the plan's first year is over."""
    if assessment.over or assessment.track.gap:
        return "cannot_say", "gap" if assessment.track.gap else "no_due_figure"
    early = assessment.asof <= date(assessment.case.book.plan.first_year, 12, 31)
    return "not_yet_due" if early else "cannot_say", "no_observation"


def _average(assessment: Assessment, bounds: Bounds) -> Assessment:
    """Against what each year, or the average of the plan's years, is to be."""
    track, kind = assessment.track, assessment.case.target.kind
    every = assessment.due.year - assessment.case.book.plan.first_year + 1
    end = bounds.ends[1 if bounds.cap else 0]
    assessment = replace(assessment, share="kind_has_no_path", months="kind_has_no_path", required=end, needed=end)
    if track.now is None:
        verdict, reason = _waiting(assessment)
        return replace(assessment, verdict=verdict, reason=reason)
    mean = track.now.value
    pace = _part(mean, end, bounds.cap)
    needed: Outcome = "gap" if track.gap else _rest(assessment, mean, end, every)
    assessment = replace(assessment, reached=mean, distance=bounds.remaining(mean), pace=pace, needed=needed)
    held = bounds.allows(mean)
    if kind != "annual" or held:  # one year that fails is enough
        if track.gap or (assessment.over and track.done < every):
            return replace(assessment, verdict="cannot_say", reason="no_due_figure" if assessment.over else "gap")
        if held:
            return replace(assessment, verdict="met" if track.done == every else "on_track")
    if bounds.exceeded_by(mean):
        return replace(assessment, verdict="moving_away", reason="overshot")
    return replace(assessment, verdict="moving_away" if isinstance(pace, str) else by_pace(pace, due=True))


def _part(mean: Fraction, end: Fraction, cap: bool) -> Outcome:
    """A mean that misses as a part of what is asked for, between 0 and 1; of a cap what is allowed as a part of it."""
    upper, lower = (end, mean) if cap == (end > 0) else (mean, end)
    return upper / lower if end and lower else "zero"


def _rest(assessment: Assessment, mean: Fraction, end: Fraction, every: int) -> Outcome:
    """What each of the years that are left must bring for the whole to come to `end`."""
    done, kind = assessment.track.done, assessment.case.target.kind
    if done >= every:
        return "due"
    if kind == "annual":
        return end
    if kind == "growth":
        return root((1 + end / 100) ** every / (1 + mean / 100) ** done, every - done) if mean > -100 else "zero"
    return (end * every - mean * done) / (every - done)


def _all_or_none(assessment: Assessment, bounds: Bounds) -> Assessment:
    """A coverage or a dated state is reached or not: no line leads there."""
    now = assessment.track.now
    assessment = replace(_without(assessment, "kind_has_no_path"), reached="no_observation", distance="no_observation")
    if now:
        assessment = replace(assessment, reached=now.value, distance=bounds.remaining(now.value))
        if bounds.allows(now.value):
            return replace(assessment, verdict="met", reason=None if assessment.track.latest else "met_at_start")
        if now.at == decimal_year(assessment.due):
            return replace(assessment, verdict="behind", reason="not_reached")
    if assessment.over:
        return replace(assessment, reason="no_due_figure")
    return replace(assessment, verdict="not_yet_due")


def _ratio(assessment: Assessment, bounds: Bounds) -> Outcome:
    """The pace that is needed, as a multiple of the recent one."""
    if assessment.reason == "met_at_start":
        return "met_at_start"
    if isinstance(assessment.needed, str) or isinstance(assessment.recent, str):
        return assessment.needed if isinstance(assessment.needed, str) else assessment.recent
    yearly = assessment.case.target.kind in EACH_YEAR
    if yearly and bounds.cap:
        return "cap"
    if not assessment.needed or (yearly and assessment.needed < 0):
        return "zero"
    return assessment.needed / assessment.recent if assessment.recent else "no_movement"


def example(assessment: Assessment) -> tuple[Trajectory, bool] | None:
    """A way to work the formulas through on, and whether it is the judged one; where no figure of the plan's years
    exists yet it is that of the recent past, towards the same end."""
    track, path = assessment.track, assessment.path
    if path is None or track.now is None:
        return None
    if track.moved:
        return Trajectory(path[0], track.now, path[1]), True
    if track.first is None or assessment.case.target.kind in ADDED:
        return None
    start = figures.point(track.first)
    return (Trajectory(start, track.now, path[1]), False) if start.value != path[1].value else None
