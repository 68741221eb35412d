"""One indicator over the years: what was published, where it must be, what others asked for.

Every mark is a printed figure; between them only the required path is drawn, a reference line from the baseline's
own date, and named as one. One unit serves the whole chart.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import floor

import plotly.graph_objects as go

from charts import style
from loaders.amount import amounts, goal
from loaders.baseline import NO_PATH, choose, pair_of, part_year_flow
from loaders.book import Book
from loaders.finding import cases
from loaders.models import GRADES, Figure, Indicator, Rival, Target, last_day
from progress.assess import assess
from progress.calendar import asof
from progress.way import moment, span
from wording import Language, phrases
from wording.numbers import shown
from wording.texts import say

_TOP, _LEFT, _COLUMNS, _HEIGHT = 130, 90, 30, 300
# Symbol, size and colour of each sort of mark.
_LOOKS = {
    "target": (style.MARK_TARGET, 15, style.TARGET),
    "rival": (style.MARK_RIVAL, 10, style.TARGET),
    "baseline": (style.MARK_BASELINE, 15, style.BASELINE),
    "point": (style.MARK_BASELINE, 9, style.BASELINE),
    "missing": (style.MARK_MISSING, 13, style.MISSING),
}
# Where all values lie above this part of the highest, zero is left out.
_FAR = 0.7
# What has its words beside it.
_NAMED = ("target", "baseline", "missing")


@dataclass(frozen=True)
class Mark:
    """A figure of a `sort` (see _LOOKS) at a time in years (mid-2031 is 2031.5), with one or two ends in the
    chart's unit, none where a baseline is missing. `cells` say what it is, its value and period, and its source;
    `over` is the time from year to year that a rate holds for."""

    sort: str
    at: float
    ends: tuple[float, ...]
    cells: tuple[str, str, str]
    partial: bool = False
    unverified: bool = False
    over: tuple[int, int] | None = None


@dataclass(frozen=True)
class Years:
    indicator: str
    title: str
    file: str
    unit: str
    marks: tuple[Mark, ...]
    first: int
    last: int
    span: tuple[float, float]
    path: tuple[tuple[float, float], ...]
    notes: tuple[str, ...]
    sources: str
    language: Language


def years(book: Book, indicator: Indicator, language: Language) -> Years | None:
    """The chart of an indicator; None where no target asks for a level of what is published."""
    target = next((one for one in indicator.targets if _drawn(book, indicator, one)), None)
    if target is None:
        return None
    pattern, factor, _ = shown(book.units, indicator.dimension, (target.reading or target).unit or "", language)
    baseline = choose(book, indicator, target)
    start = baseline.figure if baseline else None
    near = [one for one in (*indicator.observations, *indicator.rivals) if _near(target, one)]
    figures = _kept(book, [one for one in near if _dated(indicator, one)], start)
    marks = [_figure(book, indicator, target, one, one is start, factor, language) for one in figures]
    if start is None:
        cells = (say(language, "evidence.baseline"), say(language, "chart.baseline.missing"), "")
        marks.append(Mark("missing", book.plan.base_year + 0.5, (), cells))
    marks.append(_target(book, indicator, target, factor, language))
    path = _path(book, target, marks, factor)
    different = len(indicator.observations) + len(indicator.rivals) - len(near)
    ends = _span([end for mark in marks for end in mark.ends], start is None)
    notes = [say(language, "years.cut")] if ends[0] > 0 else []
    notes += [say(language, "years.different", count=different)] if different else []
    notes += [say(language, "years.rest", count=len(near) - len(figures))] if len(near) > len(figures) else []
    return Years(
        indicator.id,
        say(language, "years.title", name=phrases.name(indicator, target, language)),
        say(language, "years.file", name=indicator.name[language]),
        pattern.replace("{}", "").strip(),
        tuple(marks),
        min([book.plan.base_year, *(mark.over[0] if mark.over else floor(mark.at) for mark in marks)]),
        max([book.plan.last_year, *(floor(mark.at - 0.01) for mark in marks)]),
        ends,
        path,
        tuple(notes),
        phrases.sources(book, [book.source[figure.source] for figure in figures], "years.sources", language),
        language,
    )


def _drawn(book: Book, indicator: Indicator, target: Target) -> bool:
    stated = target.reading or target
    alike = stated.unit and book.units.dimension_of(indicator.dimension, stated.unit) == indicator.dimension
    return bool(alike) and target.kind not in (*NO_PATH, "increment", "cumulative") and not target.superseded


def _near(target: Target, figure: Figure) -> bool:
    pair = pair_of(figure, target)
    return pair is not None and pair.comparability != "different" and not figure.superseded


def _dated(indicator: Indicator, figure: Figure) -> bool:
    """A figure for a year, a stock of a day, or a rate over years: what has one place on the axis."""
    over = _over(figure.period) and (figure.measure or indicator.measure) == "rate"
    return (
        bool(figure.period) and (bool(over) or "/" not in str(figure.period)) and not part_year_flow(indicator, figure)
    )


def _over(period: str | None) -> tuple[int, int] | None:
    """Beginning and end of several whole years; None of any other period."""
    own = span(period)
    return (own[0], own[1] + 1) if own and "/" in str(period) else None


def _path(book: Book, target: Target, marks: list[Mark], factor: Fraction) -> tuple[tuple[float, float], ...]:
    """Both ends of the required path, on the marks of baseline and target; () where no path leads there."""
    case = next(case for case in cases(book) if case.target is target)
    path, at = assess(case, asof(book)).path, {mark.sort: mark.at for mark in marks}
    if not path or "baseline" not in at:
        return ()
    return tuple((at[sort], float(end.value / factor)) for sort, end in zip(("baseline", "target"), path, strict=True))


def _kept(book: Book, figures: list[Figure], start: Figure | None) -> list[Figure]:
    """Without what is unverified beside a better source for the same period; a baseline (`start`) always stays."""
    known = {figure.period for figure in figures if book.source[figure.source].grade != GRADES[-1]}
    stays = [one is start or isinstance(one, Rival) or not _weak(book, one) for one in figures]
    return [one for one, stay in zip(figures, stays, strict=True) if stay or one.period not in known]


def _weak(book: Book, figure: Figure) -> bool:
    return book.source[figure.source].grade == GRADES[-1]


def _at(period: str, stock: bool) -> float:
    """A day at its end, several years at their middle, a year at its end for a stock, else at its middle."""
    if own := span(period):
        return own[1] + 1.0 if stock and "/" not in period else sum(own) / 2 + 0.5
    return float(moment(last_day(period)))


def _figure(
    book: Book, indicator: Indicator, target: Target, figure: Figure, chosen: bool, factor: Fraction, language: Language
) -> Mark:
    rival, pair = isinstance(figure, Rival), pair_of(figure, target)
    kind = figure.kind if isinstance(figure, Rival) else "baseline" if chosen else "observation"
    partial = pair is not None and pair.comparability == "partial"
    text = phrases.weighed(book, indicator, figure, partial, language)
    source = phrases.citation(book.source[figure.source], language, address=False)
    cells = (say(language, f"evidence.{kind}"), text, source)
    ends = tuple(float(end / factor) for end in amounts(book, indicator, figure))
    at = _at(str(figure.period), (figure.measure or indicator.measure) == "stock")
    sort = "rival" if rival else "baseline" if chosen else "point"
    return Mark(sort, at, ends, cells, partial, _weak(book, figure), _over(figure.period))


def _target(book: Book, indicator: Indicator, target: Target, factor: Fraction, language: Language) -> Mark:
    ends = tuple(dict.fromkeys(float(end.value / factor) for end in goal(book, indicator, target)))
    where = say(language, "section.plan", plan=book.plan.short[language], place=phrases.place(target, language))
    cells = (say(language, "evidence.target"), phrases.full_value(book, indicator, target, language), where)
    first, last = book.plan.first_year, book.plan.last_year
    over = (first, last + 1) if target.kind in phrases.YEARLY else None
    at = sum(over) / 2 if over else _at(target.deadline or str(last), indicator.measure == "stock")
    return Mark("target", at, ends, cells, over=over)


def table(chart: Years) -> list[dict[str, str]]:
    """The marks in words, one row each."""
    heads = [say(chart.language, key) for key in ("years.what", "years.value", "evidence.source")]
    return [dict(zip(heads, mark.cells, strict=True)) for mark in chart.marks]


def _words(chart: Years, mark: Mark) -> str:
    what, value, source = mark.cells
    return say(chart.language, "data.line", name=what, figures=f"{value} {source}")


def unit(chart: Years) -> str:
    """The unit in a sentence; "" where there is none."""
    return say(chart.language, "years.unit", unit=chart.unit) if chart.unit else ""


def sentence(chart: Years) -> str:
    """The chart in words: every mark, and the notes."""
    return " ".join((chart.title + ".", "; ".join(_words(chart, mark) for mark in chart.marks), *chart.notes))


def legend(chart: Years) -> str:
    kinds = {("point" if mark.sort == "baseline" else mark.sort, mark.unverified) for mark in chart.marks}
    seen = [
        ("●", style.BASELINE, "years.point", ("point", False) in kinds),
        ("○", style.BASELINE, "years.unverified", ("point", True) in kinds),
        ("□", style.MISSING, "mark.missing", ("missing", False) in kinds),
        ("◆", style.TARGET, "mark.target", True),
        ("╌", style.PATH, "years.path", bool(chart.path)),
        ("◇", style.TARGET, "years.rival", bool(kinds & {("rival", False), ("rival", True)})),
    ]
    return style.legend((sign, colour, say(chart.language, key)) for sign, colour, key, shown in seen if shown)


def screen(chart: Years) -> go.Figure:
    """For a page of any width; colours of text and ground come from the page's theme."""
    figure = _plot(chart, 13, _HEIGHT - 38)
    figure.update_layout(height=_HEIGHT, margin={"l": 50, "r": 12, "t": 8, "b": 30})
    return figure.update_layout(paper_bgcolor="rgba(0,0,0,0)", plot_bgcolor="rgba(0,0,0,0)")


def printed(chart: Years) -> go.Figure:
    """The sheet for publication: the same from every window, device and theme."""
    notes = [line for note in (*chart.notes, chart.sources) for line in style.lines(note, 168)]
    bottom = 60 + 18 * len(notes)
    inner = style.PRINT_HEIGHT - _TOP - bottom
    figure = _plot(chart, 18, inner)
    size = min(26, 2100 // style.width(chart.title))
    heads = ((style.escaped(chart.title), 36, size), (unit(chart), 72, 16), (legend(chart), 102, 15))
    return style.sheet(figure, 16, inner, (_LEFT, _TOP, 50, bottom), _LEFT - 22, heads, notes, 50)


def _plot(chart: Years, size: int, height: int) -> go.Figure:
    """Marks and axes; the words of target and baseline stand in bands above and below all marks."""
    figure = go.Figure()
    low, high = chart.span
    named = {mark.sort: style.lines(mark.cells[1], _COLUMNS) for mark in chart.marks if mark.sort in _NAMED}
    first = {mark.sort: mark.ends[0] for mark in chart.marks if mark.ends}
    above = "baseline" if first.get("baseline", first["target"]) > first["target"] else "target"
    bands = {sort: 1.35 * size * len(lines) + 14 for sort, lines in named.items()}
    top = bands.get(above, 10)
    bottom = max([10, *(band for sort, band in bands.items() if sort != above)])
    pixel = (high - low) / (height - top - bottom)
    if chart.path:
        (x0, y0), (x1, y1) = chart.path
        line = {"color": style.PATH, "width": 2, "dash": "dash"}
        figure.add_shape(type="line", x0=x0, y0=y0, x1=x1, y1=y1, line=line, layer="below")
    for mark in chart.marks:
        _draw(figure, chart, mark, mark.ends or (low,))
        if mark.sort in named:
            edge = high + 8 * pixel if mark.sort == above else low - 8 * pixel
            _name(figure, chart, mark, named[mark.sort], edge, mark.sort == above, size)
    step = (chart.last - chart.first + 5) // 6
    shown = [year for year in range(chart.first, chart.last + 1) if (chart.last - year) % step == 0]
    figure.update_xaxes(
        range=[chart.first - 0.2, chart.last + 1.2], tickvals=[year + 0.5 for year in shown],
        ticktext=[str(year) for year in shown], showgrid=False, zeroline=False, fixedrange=True, tickangle=0,
    )  # fmt: skip
    figure.update_yaxes(
        range=[low - bottom * pixel, high + top * pixel], tickvals=style.ticks(low, high), gridcolor=style.GRID,
        zerolinecolor=style.MISSING, fixedrange=True, tickformat=",~f" if chart.language.startswith("en") else "~f",
    )  # fmt: skip
    return figure.update_layout(showlegend=False, hovermode="closest", dragmode=False)


def _span(values: list[float], missing: bool) -> tuple[float, float]:
    """The ends of the axis. It begins at zero, unless a way from a baseline would be too short to see."""
    low, high = min(values), max(values)
    if missing or low < _FAR * high or low == high:
        low = min(0.0, low)
    return low, high if high > low else low + 1


def _draw(figure: go.Figure, chart: Years, mark: Mark, ends: tuple[float, ...]) -> None:
    symbol, width, colour = _LOOKS[mark.sort]
    symbol += "-open" if mark.unverified and not symbol.endswith("-open") else ""
    hover = style.hover(_words(chart, mark))
    if mark.over:
        line = {"color": colour, "width": 2}
        figure.add_shape(type="line", x0=mark.over[0], x1=mark.over[1], y0=ends[0], y1=ends[0], line=line)
    figure.add_scatter(
        x=[mark.at] * len(ends), y=list(ends), hoverinfo="text", hovertext=hover, mode="lines+markers",
        marker={"symbol": symbol, "size": width, "line": {"width": 2, "color": colour}}, line={"color": colour},
        opacity=0.55 if mark.partial and mark.sort != "baseline" else 1, cliponaxis=False,
        customdata=[chart.indicator] * 2,
    )  # fmt: skip


def _name(figure: go.Figure, chart: Years, mark: Mark, lines: list[str], edge: float, above: bool, size: int) -> None:
    """The words of a mark, beyond the `edge` of all marks, and a thin line that leads to it."""
    part = (mark.at - chart.first) / (chart.last + 1 - chart.first)
    anchor = "right" if part > 2 / 3 else "left" if part < 1 / 3 else "center"
    if mark.ends:
        figure.add_shape(
            type="line", x0=mark.at, x1=mark.at, y0=mark.ends[-1 if above else 0], y1=edge, layer="below",
            line={"color": style.MISSING, "width": 1, "dash": "dot"},
        )  # fmt: skip
    figure.add_annotation(
        text=f"<b>{'<br>'.join(map(style.escaped, lines))}</b>", x=mark.at, y=edge, showarrow=False, align=anchor,
        xanchor=anchor, xshift={"right": 8, "left": -8, "center": 0}[anchor], font={"size": size},
        yanchor="bottom" if above else "top",
    )  # fmt: skip
