"""The range chart: each target's baseline on the way to 100 % of the target.

Two layouts of one chart. `screen` puts each row's words above its line, so that a 390 px phone shows them whole;
`printed` is a fixed 1200 × 675 sheet, white, with title, legend and source line, laid out and not scaled.
"""

from dataclasses import dataclass
from itertools import accumulate

import plotly.graph_objects as go

from charts import style
from charts.rows import RangeChart, Row
from wording.texts import say

SCREEN_COLUMNS = 46
_LINE = 18
_PRINT_LEFT, _PRINT_TOP, _PRINT_SHIFT = 490, 122, 468


@dataclass(frozen=True)
class _Placed:
    """A row with the height of its text and of its line, in pixels from the top of the plot."""

    row: Row
    text: str
    text_at: float
    mark_at: float


def screen(chart: RangeChart) -> go.Figure:
    """The chart for a page of any width; colours of text and ground come from the page's theme."""
    placed, height = [], 4.0
    for row in chart.drawn:
        names = style.lines(row.name, SCREEN_COLUMNS)
        values = _values(chart, row, SCREEN_COLUMNS)
        mark = height + _LINE * (len(names) + len(values)) + 12
        placed.append(_Placed(row, _text(names, values), height, mark))
        height = mark + 22
    figure = _plot(chart, placed, height, size=13, beside=False)
    return style.page(figure, int(height) + 46, 42)


def printed(chart: RangeChart) -> go.Figure:
    """The sheet for publication: the same from every window, device and theme; higher where many rows need it."""
    notes = [line for note in (_beside(chart), chart.sources) for line in style.lines(note, 176) if note]
    around = _PRINT_TOP + 18 * len(notes) + 78
    size, texts, heights = _fitting(chart, style.PRINT_HEIGHT - around)
    inner = max(style.PRINT_HEIGHT - around, sum(heights))
    spare = (inner - sum(heights)) / max(1, len(heights))
    ends = list(accumulate(height + spare for height in heights))
    places = [end - (height + spare) / 2 for end, height in zip(ends, heights, strict=True)]
    placed = [_Placed(row, text, at, at) for row, text, at in zip(chart.drawn, texts, places, strict=True)]
    figure = _plot(chart, placed, inner, size, beside=True)
    heads = ((style.escaped(chart.title), 40, 27), (style.escaped(chart.subtitle), 75, 16), (legend(chart), 103, 15))
    margin = (_PRINT_LEFT, _PRINT_TOP, 40, around - _PRINT_TOP)
    return style.sheet(figure, size, inner, margin, _PRINT_SHIFT, heads, notes, 70)


def _fitting(chart: RangeChart, room: float) -> tuple[int, list[str], list[float]]:
    """The largest type whose rows stand well apart in this room, with the rows' texts and heights."""
    for size in (20, 18, 16, 14, 12):
        columns = (_PRINT_LEFT - 50) * 2 // size
        texts = [_text(style.lines(row.name, columns), _values(chart, row, columns)) for row in chart.drawn]
        heights = [size * 1.3 * (text.count("<br>") + 1) for text in texts]
        if sum(heights) * 1.4 <= room:
            break
    return size, texts, heights


def _plot(chart: RangeChart, placed: list[_Placed], height: float, size: int, beside: bool) -> go.Figure:
    """Marks and words of the rows. One unit of the y axis is one pixel, so that text never overlaps."""
    figure = go.Figure()
    shares = [item.row.share or 0 for item in placed]
    top, low = max([100.0, *shares]), min([0.0, *shares])
    _marks(figure, chart, placed)
    for item in placed:
        if item.row.share is None:
            figure.add_annotation(
                text=say(chart.language, "chart.baseline.missing"), x=0, y=item.mark_at, xanchor="left", xshift=10,
                yanchor="middle", showarrow=False, font={"size": 12, "color": style.MISSING},
            )  # fmt: skip
        figure.add_annotation(
            text=item.text, x=0, xref="paper", xanchor="left", xshift=-_PRINT_SHIFT if beside else 0, y=item.text_at,
            yanchor="middle" if beside else "top", align="left", showarrow=False, font={"size": size},
        )  # fmt: skip
    ticks, small = style.ticks(low, top), {"size": min(size, 15)}
    figure.update_xaxes(
        range=[low * 1.06 - 3, top * 1.06], tickvals=ticks, ticktext=[f"{tick:g}%" for tick in ticks],
        title={"text": say(chart.language, f"{chart.family}.axis"), "standoff": 6, "font": small}, tickfont=small,
        gridcolor=style.GRID, zeroline=False, fixedrange=True,
    )  # fmt: skip
    figure.update_yaxes(range=[height, 0], visible=False, fixedrange=True)
    figure.update_layout(showlegend=False, hovermode="closest", dragmode=False)
    return figure


def _marks(figure: go.Figure, chart: RangeChart, placed: list[_Placed]) -> None:
    """One trace for each look of a line and of a mark: a browser draws few traces much faster than many."""
    lines: dict[str, list[_Placed]] = {}
    points: dict[tuple[str, str], list[tuple[float, _Placed]]] = {}
    for item in placed:
        row, look = item.row, (style.MARK_MISSING, style.MISSING)
        if row.share is not None:
            lines.setdefault(style.DASH.get(row.state, "solid"), []).append(item)
            look = (style.MARK_UNVERIFIED if row.unverified else style.MARK_BASELINE, style.BASELINE)
        # The baseline comes after the target, whose points still show where both are one.
        points.setdefault((style.MARK_TARGET, style.TARGET), []).append((100, item))
        points.setdefault(look, []).append((row.share or 0, item))
    for dash, found in lines.items():
        figure.add_scatter(
            x=[x for item in found for x in (item.row.share, 100, None)],
            y=[y for item in found for y in (item.mark_at, item.mark_at, None)],
            mode="lines", hoverinfo="skip", line={"color": style.BASELINE, "width": 3, "dash": dash},
        )  # fmt: skip
    for (symbol, colour), marks in points.items():
        figure.add_scatter(
            x=[x for x, _ in marks], y=[item.mark_at for _, item in marks], mode="markers", cliponaxis=False,
            hoverinfo="text", hovertext=[_hover(chart, item.row) for _, item in marks],
            customdata=[item.row.indicator for _, item in marks],  # what a click opens
            marker={"symbol": symbol, "size": 13, "color": colour, "line": {"width": 2, "color": colour}},
        )  # fmt: skip


def _hover(chart: RangeChart, row: Row) -> str:
    return style.hover(say(chart.language, "chart.rest.item", name=row.name, value=_whole(chart, row)))


def _whole(chart: RangeChart, row: Row) -> str:
    return say(chart.language, "chart.values", baseline=row.baseline, target=row.target)


def _values(chart: RangeChart, row: Row, columns: int) -> list[str]:
    """Baseline and target, on one line where they fit, else one below the other.

    Where there is no baseline its mark says so, and these words need not.
    """
    if row.share is None:
        return style.lines(row.target, columns)
    whole = _whole(chart, row)
    if style.width(whole) <= columns:
        return [whole]
    arrow = say(chart.language, "chart.values", baseline="", target=row.target).strip()
    return [*style.lines(row.baseline, columns), *style.lines(arrow, columns)]


def _text(names: list[str], values: list[str]) -> str:
    bold = "<br>".join(f"<b>{style.escaped(line)}</b>" for line in names)
    return "<br>".join([bold, *(style.escaped(line) for line in values)])


def _beside(chart: RangeChart) -> str:
    """The targets that have no place on the axis, so that a printed sheet does not hide them."""
    if not chart.beside:
        return ""
    key = f"{chart.family}.beside.item"
    items = [say(chart.language, key, name=row.name, value=row.target, why=row.why) for row in chart.beside]
    return say(chart.language, f"{chart.family}.beside", items=say(chart.language, "chart.rest.join").join(items))


def legend(chart: RangeChart) -> str:
    """Sign and word of each mark that the chart uses, as the HTML that both Plotly and Markdown read."""
    drawn = [row for row in chart.drawn if row.share is not None]
    used = [
        ("●", style.BASELINE, "baseline", any(not row.unverified for row in drawn)),
        ("○", style.BASELINE, "unverified", any(row.unverified for row in drawn)),
        ("┄", style.BASELINE, "partial", any(row.state == "partial" for row in drawn)),
        ("□", style.MISSING, "missing", any(row.share is None for row in chart.drawn)),
        ("◆", style.TARGET, "target", bool(chart.drawn)),
    ]
    words = ((sign, colour, f"{chart.family}.{key}") for sign, colour, key, shown in used if shown)
    return style.legend((sign, colour, say(chart.language, key)) for sign, colour, key in words)


def sentence(chart: RangeChart) -> str:
    """The chart in words, from the same rows: title, then each target."""
    rows = "; ".join(f"{row.name}: {_whole(chart, row)}" for row in chart.drawn)
    return f"{chart.title}. {chart.subtitle} {rows}."
