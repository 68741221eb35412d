"""One indicator over the years: what was published, where it must be, what others asked for.

Every mark is a printed figure; nothing is drawn between them, and one unit serves the whole chart.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor

import plotly.graph_objects as go

from charts import style
from loaders.amount import amounts, goal
from loaders.baseline import NO_PATH, choose, pair_of, part_year_flow
from loaders.book import Book
from loaders.models import GRADES, Figure, Indicator, Rival, Target, last_day
from wording import LOCAL_UNITS, Language, phrases
from wording.texts import say

_TOP, _LEFT, _COLUMNS = 130, 90, 34


@dataclass(frozen=True)
class Mark:
    """A figure of a `sort` (baseline, point, target, rival) at a time in years (mid-2031 is 2031.5), with one or
    two ends in the chart's unit. `words` say all of it, `label` what stands beside it; "" for none."""

    sort: str
    at: float
    ends: tuple[float, ...]
    words: str
    label: str = ""
    partial: bool = False
    unverified: bool = False


@dataclass(frozen=True)
class Years:
    title: str
    unit: str
    marks: tuple[Mark, ...]
    first: int
    last: int
    notes: tuple[str, ...]
    sources: str
    language: Language


def years(book: Book, indicator: Indicator, language: Language) -> Years | None:
    """The chart of an indicator; None where no target asks for a level of what is published."""
    target = next((one for one in indicator.targets if _drawn(book, indicator, one)), None)
    if target is None:
        return None
    unit, factor = _unit(book, indicator, target, language)
    baseline = choose(book, indicator, target)
    start = baseline.figure if baseline else None
    near = [one for one in (*indicator.observations, *indicator.rivals) if _near(target, one)]
    figures = _kept(book, [one for one in near if _dated(indicator, one)])
    marks = [_figure(book, indicator, target, one, one is start, factor, language) for one in figures]
    marks.append(_target(book, indicator, target, factor, language))
    different = len(indicator.observations) + len(indicator.rivals) - len(near)
    notes = [say(language, "years.missing")] if start is None else []
    notes += [say(language, "years.different", count=different)] if different else []
    notes += [say(language, "years.rest", count=len(near) - len(figures))] if len(near) > len(figures) else []
    return Years(
        say(language, "years.title", name=phrases.name(indicator, target, language)),
        unit,
        tuple(marks),
        min([book.plan.base_year, *(floor(mark.at) for mark in marks)]),
        max([book.plan.last_year, *(floor(mark.at - 0.01) for mark in marks)]),
        tuple(notes),
        phrases.sources(book, [book.source[figure.source] for figure in figures], "years.sources", language),
        language,
    )


def _drawn(book: Book, indicator: Indicator, target: Target) -> bool:
    stated = target.reading or target
    alike = stated.unit and book.units.dimension_of(indicator.dimension, stated.unit) == indicator.dimension
    return bool(alike) and target.kind not in (*NO_PATH, "increment", "cumulative") and not target.superseded


def _unit(book: Book, indicator: Indicator, target: Target, language: Language) -> tuple[str, Fraction]:
    """The unit in words, and what one of it is in the canonical unit."""
    measured = book.units.dimensions[indicator.dimension]
    if language not in LOCAL_UNITS:
        return measured.pattern[language].replace("{}", "").strip(), Fraction(1)
    row = book.units.row(indicator.dimension, (target.reading or target).unit or "")
    row = row if any("\u4e00" <= char <= "\u9fff" for char in row.symbol) else measured.units[0]
    return "" if "" in row.aliases else row.symbol, row.factor


def _near(target: Target, figure: Figure) -> bool:
    pair = pair_of(figure, target)
    return pair is not None and pair.comparability != "different" and not figure.superseded


def _dated(indicator: Indicator, figure: Figure) -> bool:
    """A figure for a year, or a stock of a day: what has one place on the axis."""
    return bool(figure.period) and "/" not in str(figure.period) and not part_year_flow(indicator, figure)


def _kept(book: Book, figures: list[Figure]) -> list[Figure]:
    """Without what is unverified beside a better source for the same period."""
    known = {figure.period for figure in figures if book.source[figure.source].grade != GRADES[-1]}
    return [one for one in figures if isinstance(one, Rival) or not (_weak(book, one) and one.period in known)]


def _weak(book: Book, figure: Figure) -> bool:
    return book.source[figure.source].grade == GRADES[-1]


def _at(period: str, middle: bool) -> float:
    """A year at its middle or its end, a day at its own place."""
    day = last_day(period)
    if middle and len(period) == 4:
        return day.year + 0.5
    return day.year + (day - date(day.year, 1, 1)).days / 365.25


def _figure(
    book: Book, indicator: Indicator, target: Target, figure: Figure, chosen: bool, factor: Fraction, language: Language
) -> Mark:
    rival, pair = isinstance(figure, Rival), pair_of(figure, target)
    kind = figure.kind if isinstance(figure, Rival) else "baseline" if chosen else "observation"
    value, when = phrases.figure(book, indicator, figure, language), phrases.when(indicator, figure, language)
    text = say(language, "chart.baseline", value=value, period=when)
    source = phrases.citation(book.source[figure.source], language, address=False)
    words = say(language, "data.line", name=say(language, f"evidence.{kind}"), figures=f"{text} {source}")
    ends = tuple(float(end / factor) for end in amounts(book, indicator, figure))
    at = _at(str(figure.period), not rival and (figure.measure or indicator.measure) != "stock")
    sort = "rival" if rival else "baseline" if chosen else "point"
    partial = pair is not None and pair.comparability == "partial"
    return Mark(sort, at, ends, words, text if chosen else "", partial, _weak(book, figure))


def _target(book: Book, indicator: Indicator, target: Target, factor: Fraction, language: Language) -> Mark:
    ends = tuple(dict.fromkeys(float(end.value / factor) for end in goal(book, indicator, target)))
    words = phrases.full_value(book, indicator, target, language)
    return Mark("target", _at(target.deadline or str(book.plan.last_year), False), ends, words, words)


def sentence(chart: Years) -> str:
    """The chart in words: every mark, and the notes."""
    return " ".join((chart.title + ".", "; ".join(mark.words for mark in chart.marks), *chart.notes))


def legend(chart: Years) -> str:
    kinds = {(mark.sort if mark.sort in ("target", "rival") else "point", mark.unverified) for mark in chart.marks}
    seen = [
        ("●", style.BASELINE, "years.point", ("point", False) in kinds),
        ("○", style.BASELINE, "mark.unverified", ("point", True) in kinds),
        ("◆", style.TARGET, "mark.target", True),
        ("◇", style.TARGET, "years.rival", bool(kinds & {("rival", False), ("rival", True)})),
    ]
    return style.legend((sign, colour, say(chart.language, key)) for sign, colour, key, shown in seen if shown)


def screen(chart: Years) -> go.Figure:
    """For a page of any width; colours of text and ground come from the page's theme."""
    figure = _plot(chart, 13)
    figure.update_layout(height=320, margin={"l": 50, "r": 12, "t": 8, "b": 30})
    return figure.update_layout(paper_bgcolor="rgba(0,0,0,0)", plot_bgcolor="rgba(0,0,0,0)")


def printed(chart: Years) -> go.Figure:
    """The sheet for publication: the same from every window, device and theme."""
    figure = _plot(chart, 18)
    notes = [line for note in (*chart.notes, chart.sources) for line in style.lines(note, 168)]
    bottom = 60 + 18 * len(notes)
    style.sheet(figure, 16, _LEFT, _TOP, 50, bottom)
    size = min(26, 2100 // style.width(chart.title))
    style.sheet_line(figure, style.escaped(chart.title), _LEFT - 22, 36 - _TOP, size, bold=True)
    style.sheet_line(figure, say(chart.language, "years.unit", unit=chart.unit), _LEFT - 22, 72 - _TOP, 16)
    style.sheet_line(figure, legend(chart), _LEFT - 22, 102 - _TOP, 15)
    for number, note in enumerate(notes):
        y = style.PRINT_HEIGHT - _TOP - bottom + 50 + 18 * number
        style.sheet_line(figure, style.escaped(note), _LEFT - 22, y, 13, grey=True)
    return figure


def _plot(chart: Years, size: int) -> go.Figure:
    """Marks, axes and the words of target and baseline: one above its mark, the other below, so that they part."""
    figure = go.Figure()
    values = [end for mark in chart.marks for end in mark.ends]
    low, high = min(0.0, *values), max(values) or 1.0
    looks = {"target": (style.MARK_TARGET, 15), "rival": ("diamond-open", 10), "baseline": ("circle", 15)}
    asked = next(mark.ends[0] for mark in chart.marks if mark.sort == "target")
    falling = any(mark.sort == "baseline" and mark.ends[0] > asked for mark in chart.marks)
    for mark in chart.marks:
        symbol, width = looks.get(mark.sort, ("circle", 9))
        symbol = symbol.removesuffix("-open") + ("-open" if mark.unverified or mark.sort == "rival" else "")
        colour = style.TARGET if mark.sort in ("target", "rival") else style.BASELINE
        hover = "<br>".join(style.escaped(line) for line in style.lines(mark.words, 44)) + "<extra></extra>"
        figure.add_scatter(
            x=[mark.at] * len(mark.ends), y=list(mark.ends), hovertemplate=hover, mode="lines+markers",
            marker={"symbol": symbol, "size": width, "line": {"width": 2, "color": colour}}, line={"color": colour},
            cliponaxis=False, opacity=0.55 if mark.partial and mark.sort != "baseline" else 1,
        )  # fmt: skip
        if mark.label:
            above = (mark.sort == "target") != falling
            right = (mark.at - chart.first) / (chart.last + 1 - chart.first) > 0.5
            text = "<br>".join(style.escaped(line) for line in style.lines(mark.label, _COLUMNS))
            figure.add_annotation(
                text=f"<b>{text}</b>", x=mark.at, y=mark.ends[-1 if above else 0], xanchor="right" if right else "left",
                yanchor="bottom" if above else "top", yshift=10 if above else -10, xshift=8 if right else -8,
                align="right" if right else "left", showarrow=False, font={"size": size},
            )  # fmt: skip
    room = (high - low) * 0.3
    step = (chart.last - chart.first + 5) // 6
    shown = [year for year in range(chart.first, chart.last + 1) if (chart.last - year) % step == 0]
    figure.update_xaxes(
        range=[chart.first - 0.2, chart.last + 1.2], tickvals=[year + 0.5 for year in shown],
        ticktext=[str(year) for year in shown], showgrid=False, zeroline=False, fixedrange=True, tickangle=0,
    )  # fmt: skip
    figure.update_yaxes(
        range=[low - room * 0.6, high + room], gridcolor=style.GRID, zerolinecolor=style.MISSING, fixedrange=True,
        nticks=6, tickformat=",~f" if chart.language.startswith("en") else "~f",
    )  # fmt: skip
    figure.update_layout(showlegend=False, hovermode="closest", dragmode=False)
    return figure
