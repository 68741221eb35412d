"""What ties an earlier goal to the figure of its own time on a chart by year: a line between both marks, and beside it
a sign that says whether the goal was kept. Colour repeats the sign; neither is a colour of alarm."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from charts import style
from charts.labels import Box, Frame

Named = TypeVar("Named")
# In the order of the legend.
CAME = ("kept", "missed")
# The strokes of a sign, in parts of its half size; up is positive.
_STROKES: dict[str, tuple[tuple[tuple[float, float], ...], ...]] = {
    "kept": (((-1, 0), (-0.3, -0.7), (1, 0.8)),),
    "missed": (((-0.8, -0.8), (0.8, 0.8)), ((-0.8, 0.8), (0.8, -0.8))),
}


@dataclass(frozen=True)
class Stem:
    """The places of goal and figure among the marks of a chart, and what came of the goal (one of CAME)."""

    goal: int
    outcome: int
    came: str


class Marked(Protocol):
    """What of a mark is needed here."""

    @property
    def at(self) -> float: ...
    @property
    def ends(self) -> tuple[float, ...]: ...
    def half(self, type_size: int) -> float: ...


def lines(
    stems: Sequence[Stem], marks: Sequence[Marked], asides: Sequence[float], frame: Frame
) -> tuple[list[style.Note], list[Box]]:  # fmt: skip
    """The lines between goals and figures, and the room that they take."""
    made = [_line(stem, marks, asides, frame) for stem in stems]
    return [line for line, _ in made], [box for _, along in made for box in along]


def placed(
    stems: Sequence[Stem], marks: Sequence[Marked], asides: Sequence[float], frame: Frame,
    words: tuple[list[style.Note], list[Box]],
    label: Callable[[list[style.Note], list[Box]], Named],
) -> tuple[list[style.Note], Named]:  # fmt: skip
    """The signs, and what `label` gives, which puts values beside marks where nothing is taken: it adds to `words`, the
    notes of the plot and the room that is taken. Values first, since a sign finds room more easily; where one finds
    none signs first, for no value is worth one."""
    notes, taken = words
    before, room = list(notes), list(taken)
    named = label(notes, taken)
    if found := signs(stems, marks, asides, frame, taken):
        return found[0], named
    found = signs(stems, marks, asides, frame, room, forced=True)
    assert found
    notes[:] = before
    return found[0], label(notes, [*room, *found[1]])


def signs(
    stems: Sequence[Stem], marks: Sequence[Marked], asides: Sequence[float], frame: Frame, taken: Iterable[Box],
    *, forced: bool = False,
) -> tuple[list[style.Note], list[Box]] | None:  # fmt: skip
    """A sign for each beside its line or its goal, where nothing is, so that whatever is `taken` stays to be seen. None
    where one of them has no such place; `forced` it stands above its goal then."""
    shapes: list[style.Note] = []
    boxes: list[Box] = []
    full = list(taken)
    for stem in stems:
        goal, half = marks[stem.goal], _half(stem.came, frame.size)
        tried = list(_tried(stem, marks, asides, frame, half))
        free = (one for one in tried if _free(_box(*one, half), frame, [*full, *boxes]))
        found = next(free, tried[-1] if forced else None)
        if found is None:
            return None
        offset = found[0] - frame.x(goal.at), frame.y(goal.ends[0]) - found[1]
        shapes.append(sign(stem.came, goal.at, goal.ends[0], offset, half))
        boxes.append(_box(*found, half))
    return shapes, boxes


def _free(box: Box, frame: Frame, taken: Iterable[Box]) -> bool:
    inside = box.left > 0 and box.right < frame.width + 8 and box.top > 0 and box.bottom < frame.height
    return inside and not any(box.meets(other) for other in taken)


def legend(stems: Iterable[Stem], words: dict[str, str]) -> dict[str, style.Sign]:
    """The signs that are used, with their words."""
    used = {stem.came for stem in stems}
    return {came: style.sign(came, words[came]) for came in CAME if came in used}


def _half(came: str, size: int) -> float:
    """A sign grows with the type, as marks do."""
    return max(style.MARKS[came].size, style.MARKS[came].size * size / 18) / 2


def _box(x: float, y: float, half: float) -> Box:
    """A sign with a pixel around it."""
    return Box(x - half - 1, y - half - 1, x + half + 1, y + half + 1)


def _ends(stem: Stem, marks: Sequence[Marked]) -> tuple[float, float]:
    """The ends of goal and figure that are nearest to each other."""
    goal, outcome = marks[stem.goal].ends, marks[stem.outcome].ends
    return min(((one, other) for one in goal for other in outcome), key=lambda pair: abs(pair[0] - pair[1]))


def _line(
    stem: Stem, marks: Sequence[Marked], asides: Sequence[float], frame: Frame
) -> tuple[style.Note, list[Box]]:  # fmt: skip
    """The line between both marks, and what it takes of the plot."""
    goal, outcome = marks[stem.goal], marks[stem.outcome]
    y0, y1 = _ends(stem, marks)
    line = {"color": style.MARKS[stem.came].colour, "width": 2}
    note: style.Note = {"type": "line", "y0": y0, "y1": y1, "line": line, "layer": "below"}
    if goal.at == outcome.at:
        # Marks of one time may stand side by side, by so many pixels on a page of any width.
        note |= {"xsizemode": "pixel", "xanchor": goal.at, "x0": asides[stem.goal], "x1": asides[stem.outcome]}
    else:
        note |= {"x0": goal.at, "x1": outcome.at}
    xs = frame.x(goal.at) + asides[stem.goal], frame.x(outcome.at) + asides[stem.outcome]
    ys = frame.y(y0), frame.y(y1)
    steps = [step / 12 for step in range(13)]
    points = [(xs[0] + (xs[1] - xs[0]) * step, ys[0] + (ys[1] - ys[0]) * step) for step in steps]
    reach = max(2.0, abs(ys[1] - ys[0]) / 24)
    return note, [Box(x - 2, y - reach, x + 2, y + reach) for x, y in points]


def _tried(
    stem: Stem, marks: Sequence[Marked], asides: Sequence[float], frame: Frame, half: float
) -> Iterator[tuple[float, float]]:  # fmt: skip
    """Where a sign may stand, in pixels, the best place first; the last one is above the goal."""
    goal, outcome = marks[stem.goal], marks[stem.outcome]
    y0, y1 = map(frame.y, _ends(stem, marks))
    xs = frame.x(goal.at) + asides[stem.goal], frame.x(outcome.at) + asides[stem.outcome]
    middle = (sum(xs) / 2, (y0 + y1) / 2)
    beside, away = half + 4, goal.half(frame.size) + half + 1
    yield from ((middle[0] + side * beside, middle[1]) for side in (1, -1))
    for more in (0, half, 2 * half):
        reach = away + more
        yield from ((xs[0] + side * reach, y0) for side in (1, -1))
        yield from ((xs[0], y0 + side * reach) for side in (-1, 1))
        yield from ((xs[0] + x * reach * 0.8, y0 + y * reach * 0.8) for x in (1, -1) for y in (-1, 1))
    yield xs[0], y0 - away


def sign(came: str, x: float, y: float, offset: tuple[float, float], half: float) -> style.Note:
    """A sign so many pixels right of and above a place."""
    parts = [
        " ".join(f"{'L' if number else 'M'}{offset[0] + dx * half:.2f},{offset[1] + dy * half:.2f}" for number, (dx, dy)
                 in enumerate(stroke))
        for stroke in _STROKES[came]
    ]  # fmt: skip
    line = {"width": 2.5, "color": style.MARKS[came].colour}
    return {
        "type": "path", "path": " ".join(parts), "xsizemode": "pixel", "ysizemode": "pixel", "xanchor": x, "yanchor": y,
        "line": line,
    }  # fmt: skip
