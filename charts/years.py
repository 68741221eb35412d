"""One indicator over the years: what was published, where it must be, what others asked for.

Every mark is a printed figure, or the zero that an addition counts from; between them only the required path is
drawn, a reference line from the start's own date, and named as one. One unit serves the whole chart.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil

import plotly.graph_objects as go

from charts import stem, style
from charts.labels import Box, Frame, Label, covered, leader, place
from charts.mark import OTHER, Mark, halves, rank, symbol, texts
from charts.sheet import Chart, Plot, Shape
from wording.texts import say

_COLUMNS, _SHEET_COLUMNS, _HEIGHT = 34, 40, 300
# The least that a plot on a page is wide: what has room there has room on any.
_NARROW = 255
# The smallest type on a sheet.
_SMALLEST = 13
# What has its words beyond all marks, led to by a thin line.
_NAMED = ("target", "baseline")
# The order of the legend; what is named in the plot itself is not in it.
_LEGEND = ("point", "context", "zero", "path", "rival", "rival other")


@dataclass(frozen=True)
class Years(Chart):
    """`span` are the ends of the axis before room for words, `path` the two ends of the required path, `tick` how far
    into its year a tick stands: at the end where stocks are drawn, else in the middle; `stems` tie goals to
    outcomes."""

    unit: str
    marks: tuple[Mark, ...]
    first: int
    last: int
    span: tuple[float, float]
    path: tuple[tuple[float, float], ...]
    tick: float = 0.5
    stems: tuple[stem.Stem, ...] = ()

    @cached_property
    def screen(self) -> go.Figure:
        figure, _ = self._plot(13, _HEIGHT - 38, 0)
        # Margins that the axes may widen are found by drawing every chart twice.
        figure.update_xaxes(automargin=False).update_yaxes(automargin=False)
        return style.page(figure, _HEIGHT, 30, max(50, ceil(self._left(13)))).update_layout(margin_t=8)

    def plot(self, shape: Shape, room: float) -> Plot:
        size = shape.label[1]
        left, below = self._left(size), size * 1.6
        height = max(room - below, 12.0 * size)
        figure, named = self._plot(size, height, shape.measure - left - 8)
        return Plot(figure, left, height, below, named)

    def _left(self, size: int) -> float:
        """What the labels of the upright axis take."""
        ticks = [f"{tick:,.6g}" for tick in style.ticks(*self.span)]
        return (max(map(len, ticks)) + 1) * size * 0.55 + 8

    @property
    def has_context(self) -> bool:
        """Whether it draws what is not comparable, which a reader may hide."""
        return any(mark.sort in OTHER for mark in self.marks)

    @cached_property
    def legend(self) -> dict[str, style.Sign]:
        """Without what always has its words beside it."""
        language = self.head.language
        used = {mark.sort for mark in self.marks} | ({"path"} if self.path else set())
        signs = {
            look: style.sign(look, say(language, f"years.{look.replace(' ', '_')}")) for look in _LEGEND if look in used
        }
        if any(mark.over for mark in self.marks):
            signs["over"] = ("━", style.GREY, say(language, "years.over"))
        for weight in style.WEIGHTS:
            if first := next((mark for mark in self.marks if getattr(mark, weight)), None):
                signs[weight] = (style.WEIGHTS[weight], first.look.colour, say(language, f"years.weight.{weight}"))
        return signs | stem.legend(self.stems, {came: say(language, f"years.{came}") for came in stem.CAME})

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
        below all marks. Without a width it is for a page."""
        figure = go.Figure()
        named = {
            mark.sort: self._beside(mark, _SHEET_COLUMNS if width else _COLUMNS)
            for mark in self.marks
            if mark.sort in _NAMED
        }
        first = {mark.sort: mark.ends[0] for mark in self.marks}
        above = "baseline" if first.get("baseline", first["target"]) > first["target"] else "target"
        away = max(mark.half(size) for mark in self.marks) + 3
        frame = self._frame(size, (height, width), {s == above: len(lines) for s, lines in named.items()}, away)
        asides = self._asides(frame)
        shapes: list[style.Note] = list(self._lines(asides))
        self._draw(figure, asides, size)
        for mark, aside in zip(self.marks, asides, strict=True):
            shapes += halves(mark, aside, size)
        taken: list[Box] = []
        notes: list[style.Note] = []
        beyond = away * (frame.high - frame.low) / height
        for mark in self.marks:
            if mark.sort in named:
                up = mark.sort == above
                edge = self.span[1] + beyond if up else self.span[0] - beyond
                align = self._name(notes, frame, mark, named[mark.sort], edge, up)
                shapes.append(leader(mark.at, mark.ends[-1 if up else 0], edge))
                taken += covered(frame, mark.at, mark.ends, (named[mark.sort], edge, up, align))
        self._axes(figure, frame, size)
        ties, room = stem.lines(self.stems, self.marks, asides, frame)
        room += [*taken, *self._drawn(frame, asides)]

        def values(notes: list[style.Note], taken: list[Box]) -> frozenset[str]:
            return frozenset(self._label(notes, frame, taken, asides, sheet=bool(width)))

        signs, labelled = stem.placed(self.stems, self.marks, asides, frame, (notes, room), values)
        return style.noted(figure.update_layout(shapes=[*shapes, *ties, *signs]), notes), labelled

    def _frame(self, size: int, plot: tuple[float, float], lines: dict[bool, int], away: float) -> Frame:
        """The axes, with a band for so many lines above (True) and below all marks."""
        low, high = self.span
        height, width = plot
        bands = {up: 1.35 * size * lines[up] + away + size * 0.35 if up in lines else away + 4 for up in (True, False)}
        pixel = (high - low) / (height - bands[True] - bands[False])
        return Frame(
            size, height, width or _NARROW, low - bands[False] * pixel, high + bands[True] * pixel, self.first - 0.2,
            self.last + 1.2,
        )  # fmt: skip

    def _axes(self, figure: go.Figure, frame: Frame, size: int) -> None:
        small = {"size": size if size < 15 else size - 2}
        room = int(frame.width / (small["size"] * 3))  # how many years have room
        step = ceil((self.last - self.first + 1) / room)
        # The year that is asked about has its tick; the end of a year is still that year's.
        asked = next((ceil(mark.at - 1e-6) - 1 for mark in self.marks if mark.sort == "target"), self.last)
        shown = [year for year in range(self.first, self.last + 1) if (asked - year) % step == 0]
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

    def _draw(self, figure: go.Figure, asides: Sequence[float], size: int) -> None:
        """Every mark in one trace: a browser draws one of thirty marks much faster than thirty of one."""
        drawn = [(mark, end, aside) for mark, aside in zip(self.marks, asides, strict=True) for end in mark.ends]
        colours = [mark.look.colour for mark, _, _ in drawn]
        figure.add_scatter(
            x=[mark.at for mark, _, _ in drawn], y=[end for _, end, _ in drawn], mode="markers", cliponaxis=False,
            hoverinfo="text", hovertext=[self._hover(mark) for mark, _, _ in drawn],
            marker={
                "symbol": [symbol(mark, aside) for mark, _, aside in drawn], "opacity": 1,
                "size": [mark.size(size) for mark, _, _ in drawn], "color": colours,
                "line": {"width": [3 if mark.sort == "zero" else 2 for mark, _, _ in drawn], "color": colours},
                "angle": [0 if not aside else -90 if aside > 0 else 90 for _, _, aside in drawn],
                "standoff": [abs(aside) for _, _, aside in drawn],
            },
            customdata=[self.head.id.partition(".")[2]] * len(drawn),  # what a click opens
        )  # fmt: skip

    def _hover(self, mark: Mark) -> str:
        """Of marks at one place a reader can touch only one."""
        alike = [one for one in self.marks if (one.at, one.ends) == (mark.at, mark.ends)]
        return "<br>".join(style.hover(self._words(one)) for one in alike)

    def _lines(self, asides: Sequence[float]) -> Iterator[style.Note]:
        """The path, the years that a rate holds for, and what joins both ends of a range."""
        if self.path:
            (x0, y0), (x1, y1) = self.path
            line = {"color": style.PATH, "width": 2, "dash": "dash"}
            yield {"type": "line", "x0": x0, "y0": y0, "x1": x1, "y1": y1, "line": line, "layer": "below"}
        for mark, aside in zip(self.marks, asides, strict=True):
            line = {"color": mark.look.colour, "width": 2}
            y0, y1 = mark.ends[0], mark.ends[-1]
            if mark.over:
                yield {"type": "line", "x0": mark.over[0], "x1": mark.over[1], "y0": y0, "y1": y0, "line": line}
            if y0 != y1:
                yield {
                    "type": "line", "xsizemode": "pixel", "xanchor": mark.at, "x0": aside, "x1": aside, "y0": y0,
                    "y1": y1, "line": line, "layer": "below",
                }  # fmt: skip

    def _asides(self, frame: Frame) -> tuple[float, ...]:
        """How far each mark is moved to a side, in pixels, so that none lies on another."""
        order = sorted(self.marks, key=lambda mark: mark.sort not in (*_NAMED, "zero"))
        taken: list[Box] = []
        found: dict[int, float] = {}
        for mark in order:
            half, step = mark.half(frame.size), mark.size(frame.size) * 0.6
            for tried in range(13):
                aside = (tried + 1) // 2 * step * (-1 if tried % 2 else 1)
                boxes = [frame.around(mark.at, end, half * 0.95, aside) for end in mark.ends]
                inside = min(box.left for box in boxes) > 0 and max(box.right for box in boxes) < frame.width + 8
                if inside and not any(box.meets(other) for box in boxes for other in taken):
                    break
            found[id(mark)] = aside
            taken += boxes
        return tuple(found[id(mark)] for mark in self.marks)

    def _name(
        self, notes: list[style.Note], frame: Frame, mark: Mark, lines: list[str], edge: float, above: bool
    ) -> str:  # fmt: skip
        """The words of a mark, beyond the `edge` of all marks; returns how they are aligned."""
        part = (mark.at - self.first) / (self.last + 1 - self.first)
        reach = max(map(style.width, lines)) * frame.size * 0.53 / 2
        right, left = part > 2 / 3, part < 1 / 3
        if not right and not left:
            # Left of the axis its own labels leave some room below and above them.
            right, left = frame.x(mark.at) + reach > frame.width + 8, frame.x(mark.at) - reach < -40
        align = "right" if right else "left" if left else "center"
        notes.append({
            "text": f"<b>{'<br>'.join(map(style.escaped, lines))}</b>", "x": mark.at, "y": edge, "showarrow": False,
            "align": align, "xanchor": align, "xshift": {"right": 8, "left": -8, "center": 0}[align],
            "font": {"size": frame.size}, "yanchor": "bottom" if above else "top",
        })  # fmt: skip
        return align

    def _label(
        self, notes: list[style.Note], frame: Frame, taken: list[Box], asides: Sequence[float], *, sheet: bool
    ) -> Iterator[str]:
        """Values, and what a figure is that is not comparable, beside their marks, and on a sheet the name of the path
        along it, wherever they cover nothing: what was observed and is comparable first, and of it the latest."""
        taken += self._drawn(frame, asides)
        size = round(frame.size * 0.85)
        sizes = (size, max(_SMALLEST, round(size * 0.8))) if sheet else (size,)
        boxes = [
            [frame.around(mark.at, end, mark.half(frame.size), aside) for end in mark.ends]
            for mark, aside in zip(self.marks, asides, strict=True)
        ]
        for mark, aside, own in sorted(zip(self.marks, asides, boxes, strict=True), key=lambda one: rank(one[0])):
            others = [box for each in boxes if each is not own for box in each]
            if mark.value and mark.sort not in _NAMED:
                ends = [(mark.at, end, aside) for end in reversed(mark.ends)]
                for lines in texts(mark, self.head.language):
                    gaps = [(kind, more) for kind in sizes for more in (0, 6, 14)]
                    colour = (style.GREY if mark.sort in OTHER else style.INK) if sheet else ""
                    half = mark.half(frame.size)
                    labels = (Label(lines, k, colour, ends, half + 2 + more, half, others) for k, more in gaps)
                    if any(place(notes, frame, taken, label) for label in labels):
                        break
        if self.path and sheet:
            (x0, y0), (x1, y1) = self.path
            along = [(x0 + (x1 - x0) * part, y0 + (y1 - y0) * part, 0) for part in (0.5, 0.4, 0.6, 0.3, 0.7)]
            words = (say(self.head.language, "years.path"),)
            if any(place(notes, frame, taken, Label(words, size, style.GREY, along, gap)) for gap in (8, 20, 36)):
                yield "path"

    def _drawn(self, frame: Frame, asides: Sequence[float]) -> Iterator[Box]:
        """What a label must not cover: marks and lines, and the ground."""
        if self.span[0] == 0:
            yield Box(0, frame.y(0) - 1, frame.width, frame.y(0) + 1)
        for mark, aside in zip(self.marks, asides, strict=True):
            yield from (frame.around(mark.at, end, mark.half(frame.size), aside) for end in mark.ends)
            if mark.over:
                y = frame.y(mark.ends[0])
                yield Box(frame.x(mark.over[0]), y - 2, frame.x(mark.over[1]), y + 2)
            if len(mark.ends) > 1:
                x = frame.x(mark.at) + aside
                yield Box(x - 2, frame.y(mark.ends[-1]), x + 2, frame.y(mark.ends[0]))
        if self.path:
            (x0, y0), (x1, y1) = self.path
            steps = [step / 60 for step in range(61)]
            yield from (frame.around(x0 + (x1 - x0) * step, y0 + (y1 - y0) * step, 3) for step in steps)
