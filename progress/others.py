"""What other platforms' methods say on the same way. For comparison: no verdict rests on them.

The formulas are those of Eurostat's SDG monitoring, the UN's SDG Progress Chart and Germany's sustainability
strategy. The first two compound, so that they need values above zero; their results are rounded, ours are not.
"""

import math
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from progress.trajectory import Trajectory, at

Because = Literal["not_above_zero", "beyond_numbers", "met", "due"]
Figure = float | Because


@dataclass(frozen=True)
class Opinion:
    """A method's figure, or why it has none, and the class that it puts the figure into ("" without one)."""

    method: str
    figure: Figure
    word: str


def opinions(trajectory: Trajectory) -> tuple[Opinion, ...]:
    """What each method makes of a way."""
    found = []
    for name, (method, classes) in METHODS.items():
        figure = _reckoned(method, trajectory)
        word = "" if isinstance(figure, str) else next(word for word, fits in classes.items() if fits(figure))
        found.append(Opinion(name, figure, word))
    return tuple(found)


def _reckoned(method: Callable[[Trajectory], Figure], trajectory: Trajectory) -> Figure:
    """A growth compounds beyond all floats where it is steep, and is none where two values are all but one."""
    with suppress(OverflowError, ZeroDivisionError, ValueError):
        figure = method(trajectory)
        if isinstance(figure, str) or math.isfinite(figure):
            return figure
    return "beyond_numbers"


def eurostat(trajectory: Trajectory) -> Figure:
    """Actual ÷ required compound growth a year."""
    if not _above_zero(trajectory):
        return "not_above_zero"
    return _growth(trajectory) / _yearly(
        trajectory.end.value / trajectory.start.value, trajectory.end.at - trajectory.start.at
    )


def un_chart(trajectory: Trajectory) -> Figure:
    """The share of the way that the growth so far, compounded to the target's date, would cover."""
    if not _above_zero(trajectory):
        return "not_above_zero"
    grown = math.pow(1 + _growth(trajectory), float(trajectory.end.at - trajectory.now.at))
    return (float(trajectory.now.value) * grown - float(trajectory.start.value)) / float(
        trajectory.end.value - trajectory.start.value
    )


def germany(trajectory: Trajectory) -> Figure:
    """The part of what is left that the mean yearly change so far, carried on, would miss; below 0 it arrives early.

    The rule takes the last five yearly changes; here it has those from start to now.
    """
    if trajectory.share >= 1 or trajectory.now.at >= trajectory.end.at:
        return "met" if trajectory.share >= 1 else "due"
    missed = trajectory.end.value - at(trajectory.start, trajectory.now, trajectory.end.at)
    return float(missed / (trajectory.end.value - trajectory.now.value))


def _above_zero(trajectory: Trajectory) -> bool:
    return min(trajectory.start.value, trajectory.now.value, trajectory.end.value) > 0


def _growth(trajectory: Trajectory) -> float:
    return _yearly(trajectory.now.value / trajectory.start.value, trajectory.now.at - trajectory.start.at)


def _yearly(ratio: Fraction, years: Fraction) -> float:
    return math.pow(ratio, 1 / years) - 1


Classes = dict[str, Callable[[float], bool]]
# Each method's classes from the best down, as its authors draw them.
METHODS: dict[str, tuple[Callable[[Trajectory], Figure], Classes]] = {
    "eurostat": (
        eurostat,
        {
            "significant": lambda ratio: ratio >= 0.95,
            "moderate": lambda ratio: ratio >= 0.60,
            "insufficient": lambda ratio: ratio >= 0,
            "away": lambda ratio: True,  # noqa: ARG005
        },
    ),
    "un": (
        un_chart,
        {
            "on_track": lambda score: score >= 0.95,
            "fair": lambda score: score >= 0.10,
            "stagnation": lambda score: True,  # noqa: ARG005
        },
    ),
    "germany": (
        germany,
        {
            "sun": lambda miss: miss < 0.05,
            "light_cloud": lambda miss: miss <= 0.20,
            "cloud": lambda miss: miss < 1,
            "thunderstorm": lambda miss: True,  # noqa: ARG005
        },
    ),
}
