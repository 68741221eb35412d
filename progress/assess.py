"""How far a target is, how fast it moves and how hard it is, with a verdict: each a value or a named reason.

Nothing is estimated: what a missing figure or the kind of a target rules out has a reason instead of a value.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Any

from evidence.baseline import NO_PATH
from evidence.case import Case
from progress import figures
from progress.aim import ADDED, Aim, aim, asked_in
from progress.calendar import due
from progress.figures import Chosen
from progress.track import YEARLY, Outcome, Reason, Track, root, track
from progress.verdict import Verdict, by_pace
from progress.way import Point, Way, at, moment

# What a method may be unable to give.
OUTCOMES = ("reached", "distance", "share", "required", "needed", "recent", "ratio", "pace", "months")
_OF_THE_WAY = ("share", "required", "pace", "months")


@dataclass(frozen=True)
class Assessment:
    """Amounts in the canonical unit, paces in it per year, `months` ahead of the path (behind it below 0).

    `reached` is the newest value, `distance` what is left to change, `share` the part of the way gone, `required` what
    the path asks for at its time; `needed` is the pace from there to the target, `recent` that of the
    recent past and `ratio` needed ÷ recent, below 0 where the recent past went the other way; `pace` is way ÷ time
    gone. `reason` says why there is no verdict, or what else is to be known about one; a verdict is tentative for
    the doubts in `tentative`, the ratio for those in `loose`.
    """

    case: Case
    asof: date
    due: date
    aim: Aim | None = None
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

    def asked(self, day: date) -> Fraction | None:
        """What the path, or each year, asks for at the end of a day; None where nothing does."""
        if self.path:
            return at(*self.path, min(moment(day), self.path[1].at))
        return self.required if isinstance(self.required, Fraction) else None

    def but(self, **values: Any) -> "Assessment":
        """The same with other values."""
        return replace(self, **values)


def assess(case: Case, asof: date) -> Assessment:
    """The assessment of a target from the figures for the time up to `asof`."""
    found = Assessment(case, asof, due(case))
    if case.target.superseded:
        return _silent(found, "superseded")
    if case.target.kind == "scale":
        return _silent(found, "measure_not_named")
    if asked_in(case) != case.indicator.dimension:
        return _silent(found, "other_dimension")
    asked = aim(case)
    known = track(case, asked, min(asof, found.due))
    found = found.but(aim=asked, track=known, recent=known.recent)
    if case.target.kind in NO_PATH:
        found = _all_or_none(found, asked)
    elif known.none:
        return _silent(found, known.none)
    else:
        found = _average(found, asked) if case.target.kind in YEARLY else _line(found, asked)
    return found.but(
        ratio=_ratio(found, asked),
        tentative=figures.doubts(case, *_rests_on(found)),
        loose=figures.doubts(case, known.first, known.last),
    )


def _rests_on(found: Assessment) -> tuple[Chosen, ...]:
    """The figures that a verdict rests on: whether a state is met its newest one says alone."""
    used = found.track.used
    if found.verdict in ("not_yet_due", "cannot_say"):
        return ()
    alone = found.verdict == "met" and found.case.target.kind not in (*ADDED, *YEARLY)
    return used[-1:] if alone else used


def _silent(found: Assessment, reason: Reason) -> Assessment:
    return found.but(reason=reason, **dict.fromkeys(OUTCOMES, reason))


def _line(found: Assessment, asked: Aim) -> Assessment:
    """Against the straight line from the start to the target."""
    known, due = found.track, moment(found.due)
    start, now = known.start, known.now
    assert now
    left = asked.left(now.value)
    if known.moved or known.base:
        found = found.but(reached=now.value, distance=left)
    needed: Outcome = "gap" if known.gap else left / (due - now.at) if now.at < due else "due"
    found = found.but(needed="met" if asked.holds(now.value) else needed)
    no_way = _no_way(found, asked)
    if no_way or not known.moved:
        still: Reason = "one_observation" if known.base else "no_observation"
        found = found.but(**dict.fromkeys(_OF_THE_WAY, no_way or still))
    if start and not no_way:
        end = Point(due, asked.toward(start.value))
        found = found.but(path=(start, end))
        if known.moved:
            way = Way(start, now, end)
            outcomes = {name: getattr(way, name) for name in _OF_THE_WAY}
            found = found.but(**outcomes | ({"months": "off_path"} if way.months is None else {}))
    verdict, reason = _judged(found, asked, no_way)
    return found.but(verdict=verdict, reason=reason)


def _no_way(found: Assessment, asked: Aim) -> Reason | None:
    """Why no path leads from the start to the target."""
    start = found.track.start
    if start is None:
        return "no_baseline"
    if asked.holds(start.value):
        return "cap" if asked.cap and found.case.indicator.direction != "down" else "met_at_start"
    if asked.toward(start.value) == start.value:
        return "at_the_bound"
    return "due" if moment(found.due) <= start.at else None


def _judged(found: Assessment, asked: Aim, no_way: Reason | None) -> tuple[Verdict, Reason | None]:
    """The verdict on a way, and why there is none or what else is to be known."""
    known, added = found.track, found.case.target.kind in ADDED
    assert known.now
    held = asked.holds(known.now.value) and (known.moved or known.base is not None)
    if held and added and not asked.cap:
        return "met", None  # what was added stays
    # A state that held before the year in which it falls due may be lost since.
    since = moment(found.due) if added or not held else Fraction(found.due.year)
    if found.over and known.now.at <= since and known.now.at != moment(found.due):
        return "cannot_say", "gap" if known.gap else "no_due_figure"
    if held and (found.over or not added):
        return "met", no_way if no_way == "cap" else None if known.moved else "met_at_start"
    if known.gap:
        return "cannot_say", "gap"
    if not known.moved:
        return _waiting(found)
    if known.start is None:
        return ("behind", "not_reached") if found.over else ("cannot_say", "no_baseline")
    if held or (no_way == "at_the_bound" and known.now.value == known.start.value):
        return "cannot_say", no_way
    if no_way:
        return "moving_away", "lost"
    assert isinstance(found.pace, Fraction) and isinstance(found.share, Fraction)
    if found.share > 1:  # beyond the end, and yet not what is allowed
        return "moving_away", "overshot"
    return by_pace(found.pace, found.over), None


def _waiting(found: Assessment) -> tuple[Verdict, Reason]:
    """Without a figure since the start: none can be expected before the plan's first year is over."""
    if found.over or found.track.gap:
        return "cannot_say", "gap" if found.track.gap else "no_due_figure"
    early = found.asof <= date(found.case.book.plan.first_year, 12, 31)
    return "not_yet_due" if early else "cannot_say", "no_observation"


def _average(found: Assessment, asked: Aim) -> Assessment:
    """Against what each year, or the average of the plan's years, is to be."""
    known, kind = found.track, found.case.target.kind
    every = found.due.year - found.case.book.plan.first_year + 1
    end = asked.ends[1 if asked.cap else 0]
    found = found.but(share="kind_has_no_path", months="kind_has_no_path", required=end, needed=end)
    if known.now is None:
        verdict, reason = _waiting(found)
        return found.but(verdict=verdict, reason=reason)
    mean = known.now.value
    pace = _part(mean, end, asked.cap)
    needed: Outcome = "gap" if known.gap else _rest(found, mean, end, every)
    found = found.but(reached=mean, distance=asked.left(mean), pace=pace, needed=needed)
    held = asked.holds(mean)
    if kind != "annual" or held:  # one year that fails is enough
        if known.gap or (found.over and known.done < every):
            return found.but(verdict="cannot_say", reason="no_due_figure" if found.over else "gap")
        if held:
            return found.but(verdict="met" if known.done == every else "on_track")
    if asked.beyond(mean):
        return found.but(verdict="moving_away", reason="overshot")
    return found.but(verdict="moving_away" if isinstance(pace, str) else by_pace(pace, due=True))


def _part(mean: Fraction, end: Fraction, cap: bool) -> Outcome:
    """An average as a part of what is asked for, below 1 where it misses; of a cap the other way round."""
    upper, lower = (end, mean) if cap == (end > 0) else (mean, end)
    return upper / lower if end and lower else "zero"


def _rest(found: Assessment, mean: Fraction, end: Fraction, every: int) -> Outcome:
    """What each of the years that are left must bring for the whole to come to `end`."""
    done, kind = found.track.done, found.case.target.kind
    if done >= every:
        return "due"
    if kind == "annual":
        return end
    if kind == "growth":
        return root((1 + end / 100) ** every / (1 + mean / 100) ** done, every - done) if mean > -100 else "zero"
    return (end * every - mean * done) / (every - done)


def _all_or_none(found: Assessment, asked: Aim) -> Assessment:
    """A coverage or a dated state is reached or not: no line leads there."""
    now = found.track.now
    found = _silent(found, "kind_has_no_path").but(reached="no_observation", distance="no_observation")
    if now:
        found = found.but(reached=now.value, distance=asked.left(now.value))
        if asked.holds(now.value):
            return found.but(verdict="met", reason=None if found.track.latest else "met_at_start")
        if now.at == moment(found.due):
            return found.but(verdict="behind", reason="not_reached")
    return found.but(reason="no_due_figure") if found.over else found.but(verdict="not_yet_due")


def _ratio(found: Assessment, asked: Aim) -> Outcome:
    """The pace that is needed, as a multiple of the recent one."""
    if found.reason == "met_at_start":
        return "met_at_start"
    if isinstance(found.needed, str) or isinstance(found.recent, str):
        return found.needed if isinstance(found.needed, str) else found.recent
    yearly = found.case.target.kind in YEARLY
    if yearly and asked.cap:
        return "cap"
    if not found.needed or (yearly and found.needed < 0):
        return "zero"
    return found.needed / found.recent if found.recent else "no_movement"


def example(found: Assessment) -> tuple[Way, bool] | None:
    """A way to work the formulas through on, and whether it is the judged one; where no figure of the plan's years
    exists yet it is that of the recent past, towards the same end."""
    known, path = found.track, found.path
    if path is None or known.now is None:
        return None
    if known.moved:
        return Way(path[0], known.now, path[1]), True
    if known.first is None or found.case.target.kind in ADDED:
        return None
    start = figures.point(known.first)
    return (Way(start, known.now, path[1]), False) if start.value != path[1].value else None
