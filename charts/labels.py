"""Where the words inside a plot have room: boxes in pixels, and places that cover nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

from charts import style

_LEADING = 1.3


@dataclass(frozen=True)
class Box:
    """A part of the plot, in pixels from its upper left."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def apart(self, other: "Box") -> float:
        """How far the nearest points of both lie from each other."""
        across = max(self.left - other.right, other.left - self.right, 0)
        return hypot(across, max(self.top - other.bottom, other.top - self.bottom, 0))


@dataclass(frozen=True)
class Frame:
    """The axes in pixels: the type, the plot's size (on a page the least that it may have), and what the heights and
    the sides stand for."""

    size: int
    height: float
    width: float
    low: float
    high: float
    first: float
    last: float

    def x(self, at: float) -> float:
        return (at - self.first) / (self.last - self.first) * self.width

    def y(self, value: float) -> float:
        return (self.high - value) / (self.high - self.low) * self.height

    def around(self, at: float, value: float, half: float, aside: float = 0) -> Box:
        x, y = self.x(at) + aside, self.y(value)
        return Box(x - half, y - half, x + half, y + half)


@dataclass(frozen=True)
class Label:
    """Words in lines, to stand at a `gap` from the first of these places (time, value, pixels aside) that has room.
    Without a colour they have that of the page. What stands there is so wide from its middle (`half`), and none of
    the `others` may lie as near: a reader takes words for those of the nearest mark."""

    lines: tuple[str, ...]
    size: int
    colour: str
    places: Sequence[tuple[float, float, float]]
    gap: float
    half: float = 0
    others: Sequence[Box] = ()

    @property
    def wide(self) -> float:
        return max(map(style.width, self.lines)) * self.size / 2

    @property
    def high(self) -> float:
        return self.size * _LEADING * len(self.lines)


def place(notes: list[style.Note], frame: Frame, taken: list[Box], label: Label) -> bool:
    """Put words above, below, right or left of a place, or aslant, where they cover nothing."""
    wide, high, gap = label.wide, label.high, label.gap
    up, beside = gap + high / 2, gap + wide / 2
    offsets = [(0, -up), (0, up), (beside, 0), (-beside, 0)]
    offsets += [(x * (wide / 2 + gap / 2), y * (high / 2 + gap / 2)) for x in (1, -1) for y in (-1, 1)]
    for at, value, aside in label.places:
        for dx, dy in offsets:
            left, top = frame.x(at) + aside + dx - wide / 2, frame.y(value) + dy - high / 2
            box = Box(left - 4, top, left + wide + 4, top + high)
            inside = box.left > 0 and box.right < frame.width + 8 and box.top > 0 and box.bottom < frame.height
            own = box.apart(frame.around(at, value, label.half, aside))
            nearest = all(own < box.apart(other) for other in label.others)
            if inside and nearest and not any(box.meets(other) for other in taken):
                font = {"size": label.size} | ({"color": label.colour} if label.colour else {})
                notes.append({
                    "text": "<br>".join(map(style.escaped, label.lines)), "x": at, "y": value, "xshift": aside + dx,
                    "yshift": -dy, "showarrow": False, "font": font,
                })  # fmt: skip
                taken.append(box)
                return True
    return False


def covered(frame: Frame, at: float, ends: Sequence[float], words: tuple[Sequence[str], float, bool, str]) -> list[Box]:
    """What the words of a mark, in lines beyond the `edge` of all marks, and the line that leads to them take; they
    stand above or below, and are aligned."""
    lines, edge, above, align = words
    x, y, wide = frame.x(at), frame.y(edge), max(map(style.width, lines)) * frame.size * 0.53
    left = {"right": x + 8 - wide, "left": x - 8, "center": x - wide / 2}[align]
    high = 1.35 * frame.size * len(lines)
    end = frame.y(ends[0])
    box = Box(left, y - high if above else y, left + wide, y if above else y + high)
    return [box, Box(x - 2, min(end, y), x + 2, max(end, y))]


def leader(at: float, end: float, edge: float) -> style.Note:
    """The thin line from the end of a mark to its words beyond the `edge` of all marks."""
    line = {"color": style.MISSING, "width": 1, "dash": "dot"}
    return {"type": "line", "x0": at, "x1": at, "y0": end, "y1": edge, "layer": "below", "line": line}
