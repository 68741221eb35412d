"""How many targets of each sector are in what state: backed by what evidence, or come to what verdict."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from charts import style
from loaders.baseline import STATUSES
from loaders.book import Book
from loaders.finding import cases
from progress.assess import Assessment
from progress.verdict import VERDICTS
from wording import Language
from wording.texts import say

_ROW, _TOP, _BOTTOM, _LEFT = 46, 120, 60, 330
# Full, half, hollow and faint: told apart in grey print and on a dark page. No patterns: in a
# Streamlit page their references do not resolve and the bars vanish.
_LOOKS = {
    "comparable": ("■", style.BASELINE),
    "partial": ("■", style.HALF),
    "no_baseline": ("□", style.HOLLOW),
    "no_path": ("■", style.GRID),
    "met": ("■", style.BASELINE),
    "on_track": ("■", style.HALF),
    "behind": ("■", style.HALF_TARGET),
    "far_behind": ("■", style.TARGET),
    "moving_away": ("■", style.AWAY),
    "not_yet_due": ("■", style.GRID),
    "cannot_say": ("□", style.HOLLOW),
}
# A tentative verdict is the same frame, empty.
_LOOKS |= {f"{verdict}?": ("□", style.HOLLOW) for verdict in VERDICTS}
_DARK = ("comparable", "met", "far_behind", "moving_away")


@dataclass(frozen=True)
class Tally:
    """`counts` are the numbers of targets by state, for each of `names`, in the plan's order; a state's word is the
    text `family.state`."""

    title: str
    file: str
    family: str
    states: tuple[str, ...]
    names: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    sources: str
    language: Language

    def word(self, state: str) -> str:
        word = say(self.language, f"{self.family}.{state.rstrip('?')}")
        return say(self.language, "verdicts.tentative", verdict=word) if state.endswith("?") else word


def coverage(book: Book, language: Language) -> Tally:
    """The evidence of the targets."""
    states = [(case.sector.id, case.status) for case in cases(book)]
    return _tally(book, "status", STATUSES, states, say(language, "coverage.title"), language)


def verdicts(book: Book, found: Iterable[Assessment], language: Language, year: int) -> Tally:
    """The verdicts of an evaluation."""
    states = [(one.case.sector.id, one.verdict + ("?" if one.tentative else "")) for one in found]
    known = tuple(f"{verdict}{mark}" for verdict in VERDICTS for mark in ("", "?"))
    return _tally(book, "verdict", known, states, say(language, "verdicts.title", year=year), language)


def _tally(
    book: Book, family: str, known: tuple[str, ...], states: Sequence[tuple[str, str]], title: str, language: Language
) -> Tally:
    """Only states that occur; only sectors that have any."""
    used = tuple(state for state in known if any(one == state for _, one in states))
    sectors = [sector for sector in book.sectors if any(one == sector.id for one, _ in states)]
    return Tally(
        title,
        say(language, f"{family}.file"),
        family,
        used,
        tuple(sector.name[language] for sector in sectors),
        tuple(tuple(states.count((sector.id, state)) for state in used) for sector in sectors),
        say(language, "coverage.sources", plan=book.plan.short[language], updated=book.plan.updated),
        language,
    )


def screen(chart: Tally) -> go.Figure:
    """For a page of any width: the names stand above their bars."""
    figure = _bars(chart, 0.42, xanchor="left")
    return style.page(figure, _ROW * len(chart.names) + 30, 4).update_layout(bargap=0.55)


def printed(chart: Tally) -> go.Figure:
    """The sheet for publication."""
    figure = _bars(chart, 0, xanchor="right", xshift=-12)
    heads = ((style.escaped(chart.title), 38, 27), (legend(chart), 88, 16))
    inner = style.PRINT_HEIGHT - _TOP - _BOTTOM
    return style.sheet(figure, 16, inner, (_LEFT, _TOP, 40, _BOTTOM), _LEFT - 22, heads, [chart.sources], 30)


def legend(chart: Tally) -> str:
    """Each state once; that a frame alone is tentative stands behind them."""
    firm = dict.fromkeys(state.rstrip("?") for state in chart.states)
    entries = [(_LOOKS[state][0], _frame(state), chart.word(state)) for state in firm]
    if any(state.endswith("?") for state in chart.states):
        entries.append(("□", style.BASELINE, say(chart.language, "verdicts.frame")))
    return style.legend(entries)


def _frame(state: str) -> str:
    """The colour of a bar's frame and of its sign: that of the bar, of the firm verdict, or grey."""
    sign, colour = _LOOKS[state.rstrip("?")]
    return style.MISSING if sign == "□" else colour


def _line(state: str) -> dict[str, object]:
    return {"color": _frame(state), "width": 2} if state.endswith("?") else {"color": style.MISSING, "width": 1}


def sentence(chart: Tally) -> str:
    """The chart in words."""
    parts = []
    for name, counts in zip(chart.names, chart.counts, strict=True):
        items = [
            say(chart.language, "coverage.part", state=chart.word(state), count=count)
            for state, count in zip(chart.states, counts, strict=True)
            if count
        ]
        figures = say(chart.language, "source.join").join(items)
        parts.append(say(chart.language, "data.line", name=name, figures=figures))
    return say(chart.language, "chart.rest.join").join((chart.title, *parts))


def table(chart: Tally) -> list[dict[str, str]]:
    """The counts, one row per sector."""
    heads = [say(chart.language, "column.sector"), *map(chart.word, chart.states)]
    rows = zip(chart.names, chart.counts, strict=True)
    return [dict(zip(heads, (name, *map(str, counts)), strict=True)) for name, counts in rows]


def _bars(chart: Tally, above: float, **place: object) -> go.Figure:
    """The bars, and each one's name so far `above` its middle."""
    figure = go.Figure()
    for number, state in enumerate(chart.states):
        counts = [row[number] for row in chart.counts]
        figure.add_bar(
            x=counts, y=list(range(len(counts))), orientation="h", text=[str(count or "") for count in counts],
            textposition="inside", insidetextanchor="middle", textangle=0, constraintext="none",
            textfont={"color": style.PAPER if state in _DARK else style.INK},
            marker={"color": _LOOKS[state][1], "line": _line(state)},
            hovertemplate=f"{chart.word(state)}: %{{x}}<extra></extra>",
        )  # fmt: skip
    figure.update_xaxes(visible=False, fixedrange=True)
    figure.update_yaxes(range=[len(chart.names) - 0.4, -0.8], visible=False, fixedrange=True)
    figure.update_layout(barmode="stack", showlegend=False, dragmode=False)
    for number, name in enumerate(chart.names):
        figure.add_annotation(
            text=style.escaped(name), x=0, xref="paper", y=number - above, yanchor="middle", showarrow=False, **place
        )
    return figure
