"""The range chart: each target's baseline on the way to 100 % of the target.

On a screen, and on a sheet where there is room, each row's words stand above its line, so that a 390 px phone shows
them whole; else they stand beside it.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import plotly.graph_objects as go

from charts import style
from charts.sheet import Chart, Plot, Shape
from progress.start import State
from wording.texts import say

SCREEN_COLUMNS = 46
_LINE = 18
# Of a sheet's width, where words stand beside their lines; of its type, where they stand above.
_BESIDE, _MARK = 0.42, 1.9
# Of the height of a row's words, what it takes to stand apart; of the type, what the labels of the axis need.
_APART, _TICKS = 1.2, 1.7
_CLOSE = 0.9  # of that, before a sheet grows beyond its shape
# What the two values of a row are called, by family.
_HEADS = {"mark": ("column.baseline", "column.target"), "ambition": ("outcome.recent", "outcome.needed")}


@dataclass(frozen=True)
class Row:
    """`share` is a percentage of the target; None where nothing can be drawn. `signs` behind the name lead to notes."""

    id: str
    indicator: str
    name: str
    target: str
    baseline: str
    share: float | None
    state: State
    unverified: bool
    has_baseline: bool
    why: str
    signs: str = ""


@dataclass(frozen=True)
class _Placed:
    """A row with the height of its text and of its line, in pixels from the top of the plot."""

    row: Row
    text: str
    text_at: float
    mark_at: float


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
            values = self._values(row, SCREEN_COLUMNS)
            mark = height + _LINE * (len(names) + len(values)) + 12
            placed.append(_Placed(row, _text(names, values), height, mark))
            height = mark + 22
        figure = self._plot(placed, height, 13)
        return style.page(figure, int(height) + 46, 42)

    def plot(self, shape: Shape, room: float) -> Plot:
        """The largest type whose rows stand well apart, their words above the lines rather than beside them; the
        smallest may do with rows that stand closer."""
        for size, close in (*((size, 1.0) for size in shape.label), (shape.label[-1], _CLOSE)):
            for left in (0.0, shape.width * _BESIDE):
                texts = self._texts(style.columns((left or shape.measure) - size, size))
                heights = [size * (1.3 * text.count("<br>") + 1.3 + (0 if left else _MARK)) for text in texts]
                inner, needed = room - _TICKS * size, close * sum(heights) * (_APART if left else 1.15)
                if needed <= inner:
                    return self._spread(texts, heights, inner, size, left)
        return self._spread(texts, heights, max(inner, needed), size, left)

    def _spread(self, texts: list[str], heights: list[float], inner: float, size: int, left: float) -> Plot:
        spare = (inner - sum(heights)) / max(1, len(heights))
        ends = list(accumulate((height + spare for height in heights), initial=0.0))
        placed = []
        for row, text, height, top in zip(self.drawn, texts, heights, ends, strict=False):
            middle = top + (height + spare) / 2
            text_at, mark_at = middle, middle
            if not left:
                text_at = top + spare * 0.4
                mark_at = text_at + height - size * _MARK * 0.45
            placed.append(_Placed(row, text, text_at, mark_at))
        # The subtitle says what the axis shows.
        figure = self._plot(placed, inner, size, left).update_xaxes(title_text="")
        return Plot(figure, left, inner, _TICKS * size)

    def _texts(self, columns: int) -> list[str]:
        return [_text(style.lines(row.name + row.signs, columns), self._values(row, columns)) for row in self.drawn]

    def _plot(self, placed: list[_Placed], height: float, size: int, left: float = 0) -> go.Figure:
        """Marks and words of the rows. One unit of the y axis is one pixel, so that text never overlaps."""
        figure = go.Figure()
        shares = [item.row.share or 0 for item in placed]
        top, low = max([100.0, *shares]), min([0.0, *shares])
        # What is missing has no value: its mark stands off the scale.
        absent, edge = low * 1.06 - 4, low * 1.06 - 6
        self._marks(figure, placed, max(13, round(size * 0.72)), absent)
        notes: list[style.Note] = []
        for item in placed:
            if item.row.share is None:
                notes.append({
                    "text": say(self.head.language, "chart.baseline.missing"), "x": absent, "y": item.mark_at,
                    "xanchor": "left", "xshift": max(10, size * 0.7), "yanchor": "middle", "showarrow": False,
                    "font": {"size": max(12, size - 2), "color": style.MISSING},
                })  # fmt: skip
            notes.append({
                "text": item.text, "x": 0, "xref": "paper", "xanchor": "left", "xshift": -left, "y": item.text_at,
                "yanchor": "middle" if left else "top", "align": "left", "showarrow": False, "font": {"size": size},
            })  # fmt: skip
        ticks, small = style.ticks(low, top), {"size": size if size < 18 else size - 3}
        figure.update_xaxes(
            range=[edge, top * 1.06], tickvals=ticks, ticktext=[f"{tick:g}%" for tick in ticks],
            title={"text": say(self.head.language, f"{self.family}.axis"), "standoff": 6, "font": small},
            tickfont=small, gridcolor=style.GRID, zeroline=False, fixedrange=True,
        )  # fmt: skip
        figure.update_yaxes(range=[height, 0], visible=False, fixedrange=True)
        return style.noted(figure.update_layout(showlegend=False, hovermode="closest", dragmode=False), notes)

    def _marks(self, figure: go.Figure, placed: list[_Placed], size: int, absent: float) -> None:
        """One trace for each look of a line and of a mark: a browser draws few traces much faster than many."""
        lines: dict[str, list[_Placed]] = {}
        points: dict[str, list[tuple[float, _Placed]]] = {}
        for item in placed:
            row, look = item.row, "missing"
            if row.share is not None:
                lines.setdefault(style.DASH.get(row.state, "solid"), []).append(item)
                look = "unverified" if row.unverified else "baseline"
            # The baseline comes after the target, whose points still show where both are one.
            points.setdefault("target", []).append((100, item))
            points.setdefault(look, []).append((absent if row.share is None else row.share, item))
        for dash, found in lines.items():
            figure.add_scatter(
                x=[x for item in found for x in (item.row.share, 100, None)],
                y=[y for item in found for y in (item.mark_at, item.mark_at, None)],
                mode="lines", hoverinfo="skip", line={"color": style.BASELINE, "width": 3, "dash": dash},
            )  # fmt: skip
        for look, marks in points.items():
            symbol, colour = style.MARKS[look].symbol, style.MARKS[look].colour
            figure.add_scatter(
                x=[x for x, _ in marks], y=[item.mark_at for _, item in marks], mode="markers", cliponaxis=False,
                hoverinfo="text", hovertext=[self._hover(item.row) for _, item in marks],
                customdata=[item.row.indicator for _, item in marks],  # what a click opens
                marker={"symbol": symbol, "size": size, "color": colour, "line": {"width": 2, "color": colour}},
            )  # fmt: skip

    def _hover(self, row: Row) -> str:
        return style.hover(say(self.head.language, "chart.rest.item", name=row.name, value=self._whole(row)))

    def _whole(self, row: Row) -> str:
        return say(self.head.language, "chart.values", baseline=row.baseline, target=row.target)

    def _values(self, row: Row, columns: int) -> list[str]:
        """Baseline and target, on one line where they fit, else one below the other.

        Where there is no baseline its mark says so, and these words need not.
        """
        if row.share is None:
            return style.lines(row.target, columns)
        whole = self._whole(row)
        if style.width(whole) <= columns:
            return [whole]
        arrow = say(self.head.language, "chart.values", baseline="", target=row.target).strip()
        return [*style.lines(row.baseline, columns), *style.lines(arrow, columns)]

    @property
    def legend(self) -> dict[str, style.Sign]:
        drawn = [row for row in self.drawn if row.share is not None]
        used = {
            "baseline": any(not row.unverified for row in drawn),
            "unverified": any(row.unverified for row in drawn),
            "partial": any(row.state == "partial" for row in drawn),
            "missing": any(row.share is None for row in self.drawn),
            "target": bool(self.drawn),
        }
        words = {look: say(self.head.language, f"{self.family}.{look}") for look, shown in used.items() if shown}
        return {look: style.sign(look, word) for look, word in words.items()}

    @cached_property
    def sentence(self) -> str:
        language = self.head.language
        rows = [say(language, "chart.rest.item", name=row.name, value=self._whole(row)) for row in self.drawn]
        end = say(language, "source.end")
        listed = say(language, "chart.rest.join").join(rows) + end if rows else ""
        return f"{self.head.title}{end} {self.head.subtitle} {listed}".strip()

    @cached_property
    def table(self) -> list[dict[str, str]]:
        heads = [say(self.head.language, key) for key in ("column.name", *_HEADS[self.family])]
        return [dict(zip(heads, (row.name, row.baseline, row.target), strict=True)) for row in self.drawn]


def _text(names: list[str], values: list[str]) -> str:
    bold = "<br>".join(f"<b>{style.escaped(line)}</b>" for line in names)
    return "<br>".join([bold, *(style.escaped(line) for line in values)])
