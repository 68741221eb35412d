"""One indicator over the years: what was published, where it must be, what others asked for.

Every mark is a printed figure; between them only the required path is drawn, a reference line from the baseline's
own date, and named as one. One unit serves the whole chart.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import ceil

import plotly.graph_objects as go

from charts import style
from charts.sheet import Chart, Plot, Shape
from wording.texts import say

_COLUMNS, _SHEET_COLUMNS, _HEIGHT = 34, 40, 300
# What has its words beyond all marks, led to by a thin line.
_NAMED = ("target", "baseline", "missing")


@dataclass(frozen=True)
class Mark:
    """A figure of a `sort` (see style.MARKS) at a time in years (mid-2031 is 2031.5), with one or two ends in the
    chart's unit, none where a baseline is missing. `cells` say what it is, its value and period, and its source,
    `value` is the bare value; `over` is the time from year to year that a rate holds for. One that is only `partial`ly
    comparable is drawn pale."""

    sort: str
    at: float
    ends: tuple[float, ...]
    cells: tuple[str, str, str]
    value: str = ""
    partial: bool = False
    unverified: bool = False
    over: tuple[int, int] | None = None

    @property
    def look(self) -> str:
        """Its name in style.MARKS."""
        weak = {"rival": "rival unverified"}.get(self.sort, "unverified")
        return weak if self.unverified and self.sort != "baseline" else self.sort


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


@dataclass(frozen=True)
class Frame:
    """The axes in pixels: the type, the plot's size (no width on a page, which may have any), and what the heights
    and the sides stand for."""

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

    def around(self, at: float, value: float, half: float) -> Box:
        x, y = self.x(at), self.y(value)
        return Box(x - half, y - half, x + half, y + half)


@dataclass(frozen=True)
class Years(Chart):
    """`span` are the ends of the axis before room for words, `path` the two ends of the required path, `tick` how far
    into its year a tick stands: at the end where stocks are drawn, else in the middle."""

    unit: str
    marks: tuple[Mark, ...]
    first: int
    last: int
    span: tuple[float, float]
    path: tuple[tuple[float, float], ...]
    tick: float = 0.5

    @cached_property
    def screen(self) -> go.Figure:
        figure, _ = self._plot(13, _HEIGHT - 38, 0)
        return style.page(figure, _HEIGHT, 30, 50).update_layout(margin_t=8)

    def plot(self, shape: Shape, room: float) -> Plot:
        size = shape.label[1]
        ticks = [f"{tick:,.6g}" for tick in style.ticks(*self.span)]
        left, below = (max(map(len, ticks)) + 1) * size * 0.55 + 8, size * 1.6
        height = max(room - below, 12.0 * size)
        figure, named = self._plot(size, height, shape.measure - left - 8)
        return Plot(figure, left, height, below, named)

    @cached_property
    def legend(self) -> dict[str, style.Sign]:
        """Without what always has its words beside it."""
        looks = {mark.look for mark in self.marks} | ({"path"} if self.path else set())
        looks |= {"unverified"} if any(mark.sort == "baseline" and mark.unverified for mark in self.marks) else set()
        order = ("point", "unverified", "path", "rival", "rival unverified")
        words = {look: say(self.head.language, f"years.{look.replace(' ', '_')}") for look in order if look in looks}
        signs = {look: style.sign(look, words) for look, words in words.items()}
        if any(mark.over for mark in self.marks):
            signs["over"] = ("━", style.GREY, say(self.head.language, "years.over"))
        if pale := next((mark for mark in self.marks if mark.partial), None):
            look = style.MARKS[pale.look]
            faint = {style.TARGET: style.HALF_TARGET}.get(look.colour, style.HALF)
            signs["pale"] = (look.sign, faint, say(self.head.language, "years.pale"))
        return signs

    @cached_property
    def table(self) -> list[dict[str, str]]:
        heads = [say(self.head.language, key) for key in ("years.what", "years.value", "evidence.source")]
        return [dict(zip(heads, mark.cells, strict=True)) for mark in self.marks]

    @cached_property
    def sentence(self) -> str:
        marks = say(self.head.language, "chart.rest.join").join(self._words(mark).rstrip("。.") for mark in self.marks)
        end = say(self.head.language, "source.end")
        return " ".join((self.head.title + end, marks + end, *self.head.notes))

    def _words(self, mark: Mark) -> str:
        what, value, source = mark.cells
        return say(self.head.language, "data.line", name=what, figures=f"{value} {source}".strip())

    def _beside(self, mark: Mark, columns: int) -> list[str]:
        """The words of a mark of _NAMED."""
        text = mark.cells[1]
        if mark.sort == "baseline":
            text = say(self.head.language, "data.line", name=mark.cells[0], figures=text)
        return style.lines(text, columns)

    def _plot(self, size: int, height: float, width: float) -> tuple[go.Figure, frozenset[str]]:
        """Marks and axes, and what is named directly. The words of target and baseline stand in bands above and
        below all marks."""
        figure = go.Figure()
        low, high = self.span
        columns = _SHEET_COLUMNS if width else _COLUMNS
        named = {mark.sort: self._beside(mark, columns) for mark in self.marks if mark.sort in _NAMED}
        first = {mark.sort: mark.ends[0] for mark in self.marks if mark.ends}
        above = "baseline" if first.get("baseline", first["target"]) > first["target"] else "target"
        away = max(_scaled(style.MARKS["target"], size), *(self._size(mark, size) for mark in self.marks)) / 2 + 3
        extra = away * (2 if "missing" in named else 1) + size * 0.35
        bands = {sort: 1.35 * size * len(lines) + extra for sort, lines in named.items()}
        top = bands.get(above, 10)
        bottom = max([10, *(band for sort, band in bands.items() if sort != above)])
        pixel = (high - low) / (height - top - bottom)
        beyond = pixel * away
        frame = Frame(
            size, height, width, low - bottom * pixel, high + top * pixel, self.first - 0.2, self.last + 1.2
        )  # fmt: skip
        if self.path:
            (x0, y0), (x1, y1) = self.path
            line = {"color": style.PATH, "width": 2, "dash": "dash"}
            figure.add_shape(type="line", x0=x0, y0=y0, x1=x1, y1=y1, line=line, layer="below")
        taken: list[Box] = []
        notes: list[style.Note] = []
        for mark in self.marks:
            # What is missing has no value: its mark stands off the scale.
            self._draw(figure, mark, mark.ends or (low - beyond,), size)
            if mark.sort in named:
                up = mark.sort == above
                edge = high + beyond if up else low - beyond * (1 if mark.ends else 2)
                anchor = self._name(figure, notes, mark, named[mark.sort], edge, up, size)
                taken += _covered(frame, mark, named[mark.sort], edge, up, anchor)
        self._axes(figure, frame, size)
        labelled = frozenset(self._label(notes, frame, taken) if width else ())
        return style.noted(figure, notes), labelled

    def _axes(self, figure: go.Figure, frame: Frame, size: int) -> None:
        small = {"size": size if size < 15 else size - 2}
        room = int(frame.width / (small["size"] * 3)) or 6  # how many years have room
        step = ceil((self.last - self.first + 1) / room)
        shown = [year for year in range(self.first, self.last + 1) if (self.last - year) % step == 0]
        figure.update_xaxes(
            range=[frame.first, frame.last], tickvals=[year + self.tick for year in shown], tickfont=small,
            ticktext=[str(year) for year in shown], showgrid=False, zeroline=False, fixedrange=True, tickangle=0,
        )  # fmt: skip
        figure.update_yaxes(
            range=[frame.low, frame.high], tickvals=style.ticks(*self.span), gridcolor=style.GRID, tickfont=small,
            zerolinecolor=style.MISSING, fixedrange=True,
            tickformat=",~f" if self.head.language.startswith("en") else "~f",
        )  # fmt: skip
        figure.update_layout(showlegend=False, hovermode="closest", dragmode=False)

    def _draw(self, figure: go.Figure, mark: Mark, ends: tuple[float, ...], size: int) -> None:
        look = style.MARKS[mark.look]
        symbol = "circle-open" if mark.sort == "baseline" and mark.unverified else look.symbol
        if mark.over:
            line = {"color": look.colour, "width": 2}
            figure.add_shape(type="line", x0=mark.over[0], x1=mark.over[1], y0=ends[0], y1=ends[0], line=line)
        figure.add_scatter(
            x=[mark.at] * len(ends), y=list(ends), hoverinfo="text", hovertext=style.hover(self._words(mark)),
            marker={
                "symbol": symbol, "size": self._size(mark, size),
                "line": {"width": 2, "color": look.colour},
            },
            mode="lines+markers", line={"color": look.colour}, opacity=0.55 if mark.partial else 1, cliponaxis=False,
            customdata=[self.head.id.partition(".")[2]] * 2,  # what a click opens
        )  # fmt: skip

    def _size(self, mark: Mark, size: int) -> float:
        """A mark grows with the type, and shows as a ring around those of other looks that lie on it."""
        alike = [one for one in self.marks if (one.at, one.ends) == (mark.at, mark.ends)]
        looks = sorted({one.look for one in alike}, key=lambda look: look not in _NAMED)
        place = looks.index(mark.look)
        return _scaled(style.MARKS[looks[0]], size) + 9 * place if place else _scaled(style.MARKS[mark.look], size)

    def _name(
        self, figure: go.Figure, notes: list[style.Note], mark: Mark, lines: list[str], edge: float, above: bool,
        size: int,
    ) -> str:  # fmt: skip
        """The words of a mark, beyond the `edge` of all marks, and a thin line that leads to it; returns how they are
        aligned."""
        part = (mark.at - self.first) / (self.last + 1 - self.first)
        anchor = "right" if part > 2 / 3 else "left" if part < 1 / 3 else "center"
        if mark.ends:
            figure.add_shape(
                type="line", x0=mark.at, x1=mark.at, y0=mark.ends[-1 if above else 0], y1=edge, layer="below",
                line={"color": style.MISSING, "width": 1, "dash": "dot"},
            )  # fmt: skip
        notes.append({
            "text": f"<b>{'<br>'.join(map(style.escaped, lines))}</b>", "x": mark.at, "y": edge, "showarrow": False,
            "align": anchor, "xanchor": anchor, "xshift": {"right": 8, "left": -8, "center": 0}[anchor],
            "font": {"size": size}, "yanchor": "bottom" if above else "top",
        })  # fmt: skip
        return anchor

    def _label(self, notes: list[style.Note], frame: Frame, taken: list[Box]) -> Iterator[str]:
        """Values beside their points, and the name of the path along it, wherever they cover nothing."""
        taken += self._drawn(frame)
        size = round(frame.size * 0.85)
        seen = set()
        for mark in self.marks:
            where = (mark.at, mark.ends, mark.value)
            if mark.value and mark.sort not in _NAMED and where not in seen:
                seen.add(where)
                gap = self._size(mark, frame.size) / 2 + 3
                ends = [(mark.at, end) for end in reversed(mark.ends)]
                tries = [(kind, more) for kind in (size, round(size * 0.8)) for more in (0, 6, 14)]
                for kind, more in tries:
                    if _place(notes, frame, taken, (mark.value, kind, style.INK), ends, gap + more):
                        break
        if self.path:
            (x0, y0), (x1, y1) = self.path
            along = [(x0 + (x1 - x0) * part, y0 + (y1 - y0) * part) for part in (0.5, 0.4, 0.6, 0.3, 0.7)]
            words = (say(self.head.language, "years.path"), size, style.GREY)
            if any(_place(notes, frame, taken, words, along, gap) for gap in (8, 20, 36)):
                yield "path"

    def _drawn(self, frame: Frame) -> Iterator[Box]:
        """What a label must not cover: marks and lines."""
        for mark in self.marks:
            half = self._size(mark, frame.size) / 2 + 1
            yield from (frame.around(mark.at, end, half) for end in mark.ends)
            if mark.over:
                y = frame.y(mark.ends[0])
                yield Box(frame.x(mark.over[0]), y - 2, frame.x(mark.over[1]), y + 2)
        if self.path:
            (x0, y0), (x1, y1) = self.path
            steps = [step / 60 for step in range(61)]
            yield from (frame.around(x0 + (x1 - x0) * step, y0 + (y1 - y0) * step, 3) for step in steps)


def _covered(frame: Frame, mark: Mark, lines: list[str], edge: float, above: bool, anchor: str) -> list[Box]:
    """What the words of a mark and the line that leads to them take."""
    x, y, wide = frame.x(mark.at), frame.y(edge), max(map(style.width, lines)) * frame.size * 0.53
    left = {"right": x + 8 - wide, "left": x - 8, "center": x - wide / 2}[anchor]
    high = 1.35 * frame.size * len(lines)
    end = frame.y(mark.ends[0]) if mark.ends else y
    words = Box(left, y - high if above else y, left + wide, y if above else y + high)
    return [words, Box(x - 2, min(end, y), x + 2, max(end, y))]


def _place(
    notes: list[style.Note], frame: Frame, taken: list[Box], words: tuple[str, int, str],
    places: list[tuple[float, float]], gap: float,
) -> bool:  # fmt: skip
    """Put words above, below, right or left of the first of these places, or aslant, where they cover nothing."""
    text, size, colour = words
    wide, high = style.width(text) * size / 2, size * 1.3
    up, aside = gap + high / 2, gap + wide / 2
    offsets = [(0, -up), (0, up), (aside, 0), (-aside, 0)]
    offsets += [(x * (wide / 2 + gap / 2), y * (high / 2 + gap / 2)) for x in (1, -1) for y in (-1, 1)]
    for at, value in places:
        x, y = frame.x(at), frame.y(value)
        for dx, dy in offsets:
            left, top = x + dx - wide / 2, y + dy - high / 2
            box = Box(left - 4, top, left + wide + 4, top + high)
            inside = box.left > 0 and box.right < frame.width + 8 and box.top > 0 and box.bottom < frame.height
            if inside and not any(box.meets(other) for other in taken):
                notes.append({
                    "text": style.escaped(text), "x": at, "y": value, "xshift": dx, "yshift": -dy,
                    "showarrow": False, "font": {"size": size, "color": colour},
                })  # fmt: skip
                taken.append(box)
                return True
    return False


def _scaled(look: style.Look, size: int) -> float:
    """A mark grows with the type."""
    return max(look.size, look.size * size / 18)
