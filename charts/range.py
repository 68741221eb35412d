"""The range chart: each target's start, or what else is known, on the way to 100 % of the target.

On a screen, and on a sheet where there is room, each row's words stand above its line, so that a 390 px phone shows
them whole; else they stand beside it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import plotly.graph_objects as go

from charts import style
from charts.row import TRACK, Row, Spot
from charts.sheet import Chart, Plot, Shape
from wording.texts import say

SCREEN_COLUMNS, _LINE = 46, 18
# Of a sheet's width, where words stand beside their lines; of its type, where they stand above.
_BESIDE, _MARK = 0.42, 1.9
# Of the height of a row's words, what it takes to stand apart, and part of that before a sheet grows beyond its shape;
# of the type, what the labels of the axis need.
_APART, _CLOSE, _TICKS = 1.2, 0.85, 1.7
# What the axis leaves free at its ends, in parts of what lies between, how long all of it is then, and its width on a
# phone in pixels.
_SIDES, _AXIS, _PHONE = (0.03, 0.05), 1.08, 340
_AROUND = 0.6  # how far from its middle a line begins that must not be seen in a mark, in its size
# What the two values of a row are called, by family.
_HEADS = {"mark": ("column.known", "column.target"), "ambition": ("outcome.recent", "outcome.needed")}


@dataclass(frozen=True)
class _Placed:
    """A row with the height of its text and of its line, in pixels from the top of the plot."""

    row: Row
    text: str
    text_at: float
    mark_at: float


@dataclass(frozen=True)
class _Drawn:
    """A spot at a height; `edge` is -1 or 1 where it lies beyond the left or the right end, which `at` then is."""

    spot: Spot
    at: float
    mark_at: float
    row: Row
    edge: int = 0


@dataclass(frozen=True)
class RangeChart(Chart):
    """The rows on the axis, those beside it, what a page says above, and what the signs behind names mean; `family`
    are the texts that name its axis and its marks."""

    about: str
    doubts: tuple[str, ...]
    drawn: tuple[Row, ...]
    beside: tuple[Row, ...]
    family: str = "mark"

    @cached_property
    def screen(self) -> go.Figure:
        placed, height = [], 4.0
        for row in self.drawn:
            names = style.lines(row.name + row.signs, SCREEN_COLUMNS)
            values = self._values(row, SCREEN_COLUMNS, True)
            mark = height + _LINE * (len(names) + len(values)) + 4 + _above(row, 15)
            placed.append(_Placed(row, _text(names, values), height, mark))
            height = mark + 22
        figure = self._plot(placed, height, 13)
        return style.page(figure, int(height) + 46, 42)

    @property
    def height(self) -> float:
        """Rows of a page of our own where these are drawn instead, as high as they are on a phone."""
        return 40 + 92.0 * len(self.drawn) if self.family == "mark" else super().height

    def plot(self, shape: Shape, room: float) -> Plot:
        """The largest type whose rows stand well apart, with the other targets in words where there is room for them,
        and with words above the lines rather than beside them; the smallest may do with rows that stand closer."""
        sizes = (*((size, 1.0) for size in shape.label), (shape.label[-1], _CLOSE))
        for rivals, size, close in ((rivals, *one) for rivals in (True, False) for one in sizes):
            for left in (0.0, shape.width * _BESIDE):
                texts = self._texts(style.columns((left or shape.measure) - size, size), rivals)
                heights = self._heights(texts, size, close * _APART if left else 0)
                inner, needed = room - _TICKS * size, sum(heights) * (1 if left else close * 1.15)
                if needed <= inner:
                    return self._spread(texts, heights, inner, size, (left, shape.measure - left))
        return self._spread(texts, heights, max(inner, needed), size, (left, shape.measure - left))

    def _spread(
        self, texts: list[str], heights: list[float], inner: float, size: int, sides: tuple[float, float]
    ) -> Plot:
        """The rows over the height; `sides` are how far the axis stands from the left margin, and its width."""
        left, width = sides
        spare = (inner - sum(heights)) / max(1, len(heights))
        ends = list(accumulate((height + spare for height in heights), initial=0.0))
        placed = []
        for row, text, height, top in zip(self.drawn, texts, heights, ends, strict=False):
            text_at = top + (height + spare) / 2
            # What stands above the track takes its room from above it.
            mark_at = text_at + max(0.0, _above(row, _mark(size)) - _above(None, _mark(size))) / 2
            if not left:
                text_at = max(0.0, top + spare * 0.4)  # Plotly leaves out what begins beyond the axis
                mark_at = text_at + height - size * _MARK * 0.45
            placed.append(_Placed(row, text, text_at, mark_at))
        # The subtitle says what the axis shows.
        figure = self._plot(placed, inner, size, left, width).update_xaxes(title_text="")
        return Plot(figure, left, inner, _TICKS * size)

    def _heights(self, texts: list[str], size: int, apart: float) -> list[float]:
        """What each row takes: its words, so far `apart`, beside its marks; above them where that is 0."""
        words = [size * 1.3 * (text.count("<br>") + 1) for text in texts]
        marks = [_above(row, _mark(size)) for row in self.drawn]
        plain = _above(None, _mark(size))
        if apart:
            return [max(word * apart, mark + plain + 1) for word, mark in zip(words, marks, strict=True)]
        return [word + size * _MARK + mark - plain for word, mark in zip(words, marks, strict=True)]

    def _texts(self, columns: int, rivals: bool) -> list[str]:
        return [
            _text(style.lines(row.name + row.signs, columns), self._values(row, columns, rivals)) for row in self.drawn
        ]

    def _plot(self, placed: list[_Placed], height: float, size: int, left: float = 0, width: float = 0) -> go.Figure:
        """Marks and words of the rows. One unit of the y axis is one pixel, so that text never overlaps; how many
        pixels `width` the x axis has only a sheet knows."""
        figure = go.Figure()
        low, top = self._reach(size, width)
        notes = self._marks(figure, placed, size, (low, top), width)
        for item in placed:
            if not item.row.placed:
                # On the side of the target that has more room.
                aside = sum(item.row.goal) / len(item.row.goal) < (low + top) / 2
                notes.append({
                    "text": style.escaped(item.row.why), "y": item.mark_at,
                    "x": top if aside else low, "xanchor": "right" if aside else "left",
                    "yanchor": "middle", "showarrow": False, "bgcolor": style.PAPER if left or size > 13 else None,
                    "font": {"size": size if width else 12, "color": style.OTHER},
                })  # fmt: skip
            notes.append({
                "text": item.text, "x": 0, "xref": "paper", "xanchor": "left", "xshift": -left, "y": item.text_at,
                "yanchor": "middle" if left else "top", "align": "left", "showarrow": False, "font": {"size": size},
            })  # fmt: skip
        ticks, small = style.ticks(low, top), {"size": size if size < 18 else size - 3}
        figure.update_xaxes(
            range=[low - _SIDES[0] * (top - low), top + _SIDES[1] * (top - low)], tickvals=ticks,
            ticktext=[f"{tick:g}%" for tick in ticks],
            title={"text": say(self.head.language, f"{self.family}.axis"), "standoff": 6, "font": small},
            tickfont=small, gridcolor=style.GRID, zeroline=False, fixedrange=True,
        )  # fmt: skip
        figure.update_yaxes(range=[height, 0], visible=False, fixedrange=True)
        return style.noted(figure.update_layout(showlegend=False, hovermode="closest", dragmode=False), notes)

    def _reach(self, size: int, width: float) -> tuple[float, float]:
        """The ends of the axis: whole for a way and its target, the track's for all else, with room between the target
        and an arrow for its number in words of this size."""
        ways = [share for row in self.drawn for share in (*row.goal, *(row.start.shares if row.start else ()))]
        others = [share for row in self.drawn for _, share, _ in row.placed]
        within = [min(share, TRACK[1]) for share in others]
        low, top = min([TRACK[0], *ways]), max([100.0, *ways, *within])
        numbers = [spot.value for row in self.drawn for spot, share, _ in row.placed if share > top]
        if numbers:
            whole = width or _PHONE
            part = _AXIS * min(0.6, ((max(map(style.width, numbers)) + 6) * size / 2) / whole)
            top = max(top, (max(100.0, *(share for row in self.drawn for share in row.goal)) - part * low) / (1 - part))
        return low, top

    def _marks(
        self, figure: go.Figure, placed: list[_Placed], words: int, reach: tuple[float, float], width: float
    ) -> list[style.Note]:
        """Bands, lines and marks; returns the numbers of what lies beyond the edge. One trace for each look: a browser
        draws few traces much faster than many."""
        size = _mark(words)
        shapes = [_band(item, reach, size) for item in placed if item.row.allowed]
        _lines(figure, placed, size / width * _AXIS * (reach[1] - reach[0]) * _AROUND if width else 0)
        groups: dict[tuple[str, bool, int], list[_Drawn]] = {}
        for one in _all(placed, reach, size):
            # Half filled is made of a hollow one; an arrow has no halves, its number says so.
            hollow = one.spot.unverified or (one.spot.partial and not one.edge)
            groups.setdefault((one.spot.look, hollow, one.edge), []).append(one)
        for (name, hollow, edge), found in groups.items():
            look = style.MARKS[name]
            wide = round(size * look.size / 15)
            symbol = {-1: "triangle-left", 0: look.symbol, 1: "triangle-right"}[edge] + ("-open" if hollow else "")
            line = {"width": 2, "color": look.colour}
            figure.add_scatter(
                x=[one.at for one in found], y=[one.mark_at for one in found], mode="markers",
                cliponaxis=False, hoverinfo="text", hovertext=[self._hover(one) for one in found],
                customdata=[one.row.indicator for one in found],  # what a click opens
                marker={"symbol": symbol, "size": wide, "color": look.colour, "line": line},
            )  # fmt: skip
            halves = [one for one in found if one.spot.partial and not edge]
            shapes += [style.half(look, one.at, one.mark_at, wide, one.spot.unverified) for one in halves]
        figure.update_layout(shapes=shapes)
        return [_number(one, size, words) for group in groups.values() for one in group if one.edge]

    def _hover(self, one: _Drawn) -> str:
        words = one.spot.text if one.spot.text else self._whole(one.row)
        return style.hover(say(self.head.language, "chart.rest.item", name=one.row.name, value=words))

    def _whole(self, row: Row, brief: bool = False) -> str:
        """What is known and the target; an arrow only where a way leads there."""
        key = "chart.values" if row.start else "chart.beside"
        return say(self.head.language, key, baseline=self._known(row, brief), target=row.target)

    def _known(self, row: Row, brief: bool = False) -> str:
        """What a row shows and where it starts; why there is neither."""
        spots = dict.fromkeys(one for one in (row.known, row.start) if one)
        words = [one.brief if brief else one.text for one in spots] or [row.why]
        return say(self.head.language, "chart.rest.join").join(words)

    def _rivals(self, row: Row, brief: bool = False) -> str:
        """The other targets in words."""
        words = (spot.brief if brief else spot.text for spot in row.rivals)
        return say(self.head.language, "chart.rest.join").join(words)

    def _values(self, row: Row, columns: int, rivals: bool) -> list[str]:
        """What is known and the target, on one line where they fit, else one below the other; then other targets."""
        whole = self._whole(row, True) if row.known else row.target
        others = style.lines(self._rivals(row, True), columns) if rivals and row.rivals else []
        return [*style.lines(whole, columns), *others]

    @property
    def legend(self) -> dict[str, style.Sign]:
        spots = [spot for row in self.drawn for spot, _, _ in row.placed]
        used = {
            "target": bool(self.drawn),
            **{look: any(spot.look == look for spot in spots) for look in _LOOKS},
            **{weight: any(getattr(spot, weight) for spot in spots) for weight in style.WEIGHTS},
            "allowed": any(row.allowed for row in self.drawn),
        }
        words = {
            look: say(self.head.language, f"{self.family}.{look.replace(' ', '_')}") for look in used if used[look]
        }
        return {look: style.sign(look, word) for look, word in words.items()}

    @cached_property
    def sentence(self) -> str:
        language = self.head.language
        rows = []
        for row in self.drawn:
            value = say(language, "chart.rest.join").join(filter(None, (self._whole(row), self._rivals(row))))
            rows.append(say(language, "chart.rest.item", name=row.name, value=value))
        end = say(language, "source.end")
        listed = say(language, "chart.rest.join").join(rows) + end if rows else ""
        return f"{self.head.title}{end} {self.head.subtitle} {listed}".strip()

    @cached_property
    def table(self) -> list[dict[str, str]]:
        heads = [say(self.head.language, key) for key in ("column.name", *_HEADS[self.family])]
        cells = [(row.name, self._known(row), row.target) for row in self.drawn]
        if not any(row.rivals for row in self.drawn):
            return [dict(zip(heads, one, strict=True)) for one in cells]
        heads.append(say(self.head.language, "column.rivals"))
        return [
            dict(zip(heads, (*one, self._rivals(row)), strict=True)) for one, row in zip(cells, self.drawn, strict=True)
        ]


# The marks in the order of a legend.
_LOOKS = ("baseline", "point", "zero", "context", "rival", "rival other")


def _all(placed: list[_Placed], reach: tuple[float, float], size: int) -> Iterator[_Drawn]:
    """Every mark; what stands above the track touches neither it nor the target, which has this size."""
    for item in placed:
        for share in item.row.goal:
            yield _at(Spot("target", (share,), ""), share, item, reach, 0)
        for spot, share, level in item.row.placed:
            yield _at(spot, share, item, reach, _up(level) * size)


def _at(spot: Spot, share: float, item: _Placed, reach: tuple[float, float], up: float) -> _Drawn:
    low, top = reach
    edge = -1 if share < low else 1 if share > top else 0
    return _Drawn(spot, min(max(share, low), top) + edge * 0.03 * (top - low), item.mark_at - up, item.row, edge)


def _mark(size: int) -> int:
    """The size of a mark beside words of this size."""
    return max(12, round(size * 0.72))


# How far the largest mark, and what stands above the track, reach from their middles, in sizes of the largest; what is
# left between two of them.
_TARGET, _RAISED = style.up(style.MARKS["target"]), max(style.up(style.MARKS[look]) for look in ("rival", "context"))
_BETWEEN = 0.3


def _up(level: int) -> float:
    """How far above the track a step lies, so that marks on two steps never touch."""
    return (_TARGET + _RAISED + _BETWEEN + (level - 1) * (2 * _RAISED + _BETWEEN)) if level else 0.0


def _above(row: Row | None, size: int) -> float:
    """How far the marks of a row reach above its track; without one, the target alone."""
    steps = row.steps if row else 0
    return (max(_TARGET, _up(steps) + _RAISED) if steps else _TARGET) * size


def _lines(figure: go.Figure, placed: list[_Placed], rim: float) -> None:
    """The ways from the starts to the targets, dotted from what is only partly comparable, and what lies between the
    ends of a range. A line begins at the `rim` of a mark that it would else be seen in."""
    lines: dict[tuple[str, str], list[tuple[float, float, float]]] = {}
    for item in placed:
        start, way, goal = item.row.start, item.row.way, item.row.goal
        if len(goal) > 1:
            lines.setdefault((style.TARGET, style.DASH["same"]), []).append((goal[0], goal[-1], item.mark_at))
        if start and way:
            first, last = way
            gap = min(rim, abs(last - first)) if start.partial or start.unverified else 0.0
            first += gap if last > first else -gap
            dash = style.DASH["partial" if start.partial else "same"]
            lines.setdefault((style.BASELINE, dash), []).append((first, last, item.mark_at))
    for (colour, dash), found in lines.items():
        figure.add_scatter(
            x=[x for first, last, _ in found for x in (first, last, None)],
            y=[y for *_, height in found for y in (height, height, None)],
            mode="lines", hoverinfo="skip", line={"color": colour, "width": 3, "dash": dash},
        )  # fmt: skip


def _number(one: _Drawn, size: int, words: int) -> style.Note:
    """The value of what lies beyond the edge, beside its arrow, which cannot be half filled itself."""
    sign = style.WEIGHTS["partial"] + "\u00a0" if one.spot.partial else ""
    return {
        "text": sign + style.escaped(one.spot.value), "x": one.at, "y": one.mark_at, "showarrow": False,
        "xanchor": "right" if one.edge > 0 else "left", "xshift": -one.edge * 0.7 * size, "yanchor": "middle",
        "font": {"size": words, "color": style.OTHER},
    }  # fmt: skip


def _band(item: _Placed, reach: tuple[float, float], size: int) -> dict[str, object]:
    """What keeps the target, shaded, so that a mark at its lower end is not read as what must rise."""
    low, high = item.row.allowed or TRACK
    if high == TRACK[1]:  # a track of a page ends there
        high = max(high, item.row.goal[-1])
    ends = {"x0": max(low, reach[0]), "x1": min(high, reach[1])}
    sides = {"y0": item.mark_at - 0.45 * size, "y1": item.mark_at + 0.45 * size}
    return {"type": "rect", "layer": "below", "fillcolor": style.ALLOWED, "line": {"width": 0}, **ends, **sides}


def _text(names: list[str], values: list[str]) -> str:
    bold = "<br>".join(f"<b>{style.escaped(line)}</b>" for line in names)
    return "<br>".join([bold, *(style.escaped(line) for line in values)])
