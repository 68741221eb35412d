"""How well each sector's targets are backed: how many have a comparable baseline, and how many none."""

from dataclasses import dataclass

import plotly.graph_objects as go

from charts import style
from loaders.baseline import STATUSES
from loaders.book import Book
from loaders.tables import sectors
from wording import Language
from wording.texts import say

_ROW, _TOP, _BOTTOM, _LEFT = 46, 120, 60, 330
# Full, half, hollow and faint: told apart in grey print and on a dark page. No patterns: in a
# Streamlit page their references do not resolve and the bars vanish.
_LOOK = {
    "comparable": ("■", style.BASELINE),
    "partial": ("■", style.HALF),
    "no_baseline": ("□", style.HOLLOW),
    "no_path": ("■", style.GRID),
}


@dataclass(frozen=True)
class Coverage:
    """`counts` are the numbers of targets by STATUSES, for each of `names`, in the plan's order."""

    title: str
    names: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    sources: str
    language: Language


def coverage(book: Book, language: Language) -> Coverage:
    rows = sectors(book)
    return Coverage(
        say(language, "coverage.title"),
        tuple(str(row[f"name_{language[:2]}"]) for row in rows),
        tuple(tuple(int(str(row[state])) for state in STATUSES) for row in rows),
        say(language, "coverage.sources", plan=book.plan.short[language], updated=book.plan.updated),
        language,
    )


def screen(chart: Coverage) -> go.Figure:
    """For a page of any width: the names stand above their bars."""
    figure = _bars(chart, 0.42, xanchor="left")
    style.page(figure, _ROW * len(chart.names) + 30, 4)
    return figure.update_layout(bargap=0.55)


def printed(chart: Coverage) -> go.Figure:
    """The sheet for publication."""
    figure = _bars(chart, 0, xanchor="right", xshift=-12)
    heads = ((style.escaped(chart.title), 38, 27), (legend(chart), 88, 16))
    inner = style.PRINT_HEIGHT - _TOP - _BOTTOM
    style.sheet(figure, 16, inner, (_LEFT, _TOP, 40, _BOTTOM), _LEFT - 22, heads, [chart.sources], 30)
    return figure


def legend(chart: Coverage) -> str:
    marks = ((state, *_LOOK[state]) for state in STATUSES)
    return style.legend(
        (sign, style.MISSING if sign == "□" else colour, say(chart.language, f"status.{state}"))
        for state, sign, colour in marks
    )


def sentence(chart: Coverage) -> str:
    """The chart in words."""
    parts = []
    for name, counts in zip(chart.names, chart.counts, strict=True):
        items = [
            say(chart.language, "coverage.part", state=say(chart.language, f"status.{state}"), count=count)
            for state, count in zip(STATUSES, counts, strict=True)
            if count
        ]
        parts.append(
            say(chart.language, "data.line", name=name, figures=say(chart.language, "source.join").join(items))
        )
    return say(chart.language, "chart.rest.join").join((chart.title, *parts))


def table(chart: Coverage) -> list[dict[str, str]]:
    """The counts, one row per sector."""
    heads = [say(chart.language, key) for key in ("column.sector", *(f"status.{state}" for state in STATUSES))]
    rows = zip(chart.names, chart.counts, strict=True)
    return [dict(zip(heads, (name, *map(str, counts)), strict=True)) for name, counts in rows]


def _bars(chart: Coverage, above: float, **place: object) -> go.Figure:
    """The bars, and each one's name so far `above` its middle."""
    figure = go.Figure()
    for number, state in enumerate(STATUSES):
        counts = [row[number] for row in chart.counts]
        figure.add_bar(
            x=counts, y=list(range(len(counts))), orientation="h", text=[str(count or "") for count in counts],
            textposition="inside", insidetextanchor="middle", textangle=0, constraintext="none",
            textfont={"color": style.PAPER if state == "comparable" else style.INK},
            marker={"color": _LOOK[state][1], "line": {"color": style.MISSING, "width": 1}},
            hovertemplate=f"{say(chart.language, f'status.{state}')}: %{{x}}<extra></extra>",
        )  # fmt: skip
    figure.update_xaxes(visible=False, fixedrange=True)
    figure.update_yaxes(range=[len(chart.names) - 0.4, -0.8], visible=False, fixedrange=True)
    figure.update_layout(barmode="stack", showlegend=False, dragmode=False)
    for number, name in enumerate(chart.names):
        figure.add_annotation(
            text=style.escaped(name), x=0, xref="paper", y=number - above, yanchor="middle", showarrow=False, **place
        )
    return figure
