"""The chart of one indicator over the years: what was published, where it must be, what others asked for.

Every mark is a printed figure; no year without one is bridged, and one unit serves the whole chart.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from math import ceil, floor, inf, log10

import plotly.graph_objects as go

from charts import style
from loaders.amount import amounts, goal
from loaders.baseline import NO_PATH, Baseline, choose, contradicts, pair_of, part_year_flow
from loaders.book import Book
from loaders.models import GRADES, Figure, Indicator, Rival, Target, UnitRow, last_day
from loaders.units import significant_digits
from wording import LOCAL_UNITS, Language, phrases
from wording.numbers import LOCAL_DECIMALS, amount, compared, grouped, rounded
from wording.texts import say

ADDED = ("increment", "cumulative")  # they count from zero: a level has no place on their axis
NARROW = Fraction(85, 100)  # zero is left out where the least value is above this share of the greatest
WIDTHS = (350, 1280)  # of a figure on screen: at both, and so at all between, no label touches another
SET_BY = {"annual_target": "path.annual_target", "other_target": "path.other_target"}
LABELLED = 3  # rivals of one year
_MARGIN = {"l": 46, "r": 16, "t": 30, "b": 28}
_SHEET = (90, 160, 60)
_ORDER = ("baseline", "target", "missing", "rival")
_Box = tuple[float, float, float, float, float]  # share of the plot's width; px left, right of it; px top, bottom


@dataclass(frozen=True)
class Mark:
    """A printed figure: a baseline, point, target or rival. `span` and `at`, where its sign stands, in years
    (mid-2031 is 2031.5); `ends` are one or two exact amounts in the chart's unit. Without `label` only `hover`
    has its words; `full` is the year that a `same` figure states exactly."""

    sort: str
    span: tuple[Fraction, Fraction]
    at: Fraction
    ends: tuple[Fraction, ...]
    hover: str
    label: str = ""
    partial: bool = False
    unverified: bool = False
    full: int | None = None


@dataclass(frozen=True)
class Trajectory:
    """`years`: first and last of the axis; `scale`: its lowest and highest value; `missing`: words where no
    baseline is, else empty."""

    title: str
    subtitle: str
    unit: str
    points: tuple[Mark, ...]
    targets: tuple[Mark, ...]
    rivals: tuple[Mark, ...]
    years: tuple[int, int]
    scale: tuple[Fraction, Fraction]
    missing: str
    notes: tuple[str, ...]
    sources: str
    language: Language

    @property
    def marks(self) -> tuple[Mark, ...]:
        return self.points + self.targets + self.rivals


@dataclass(frozen=True)
class _Scene:
    """An indicator, the targets that share an axis, their baselines, the axis' dimension, unit and factor."""

    book: Book
    indicator: Indicator
    language: Language
    targets: tuple[Target, ...]
    baselines: tuple[Baseline, ...]
    dimension: str
    row: UnitRow
    factor: Fraction


def trajectory(book: Book, indicator: Indicator, language: Language) -> Trajectory | None:
    """The chart of an indicator; None where no target asks for an amount that has a path."""
    scene = _scene(book, indicator, language)
    if scene is None:
        return None
    figures = [figure for figure in (*indicator.observations, *indicator.rivals) if not figure.superseded]
    near = [figure for figure in figures if _judged(scene, figure) != "different"]
    fit = [figure for figure in near if _fits(scene, figure)]
    kept = _kept(scene, [figure for figure in fit if not isinstance(figure, Rival)])
    others = [figure for figure in fit if isinstance(figure, Rival)]
    points = tuple(_point(scene, figure) for figure in kept)
    targets = tuple(_target(scene, target) for target in scene.targets)
    rivals = tuple(_rival(scene, figure, others) for figure in others)
    marks, unit = points + targets + rivals, _unit(scene)
    least, most = (find(end for mark in marks for end in mark.ends) for find in (min, max))
    shown = least >= 0 and (least <= NARROW * most or least == most)
    low = Fraction(0) if shown else least - ((most - least) or 1) / Fraction(4)
    added = scene.targets[0].kind in ADDED
    return Trajectory(
        say(language, "path.title", name=indicator.name[language]),
        say(language, "path.subtitle", unit=unit),
        unit,
        points,
        targets,
        rivals,
        (
            min(book.plan.base_year, *(floor(mark.span[0]) for mark in marks)),
            max(book.plan.last_year, *(ceil(mark.span[1]) - 1 for mark in marks)),
        ),
        (low, most + ((most - low) / 8 or 1)),
        "" if scene.baselines or added else say(language, "chart.baseline.missing"),
        tuple(_notes(scene, len(figures) - len(near), len(near) - len(kept) - len(others), low)),
        _sources(scene, [*kept, *others]),
        language,
    )


def _scene(book: Book, indicator: Indicator, language: Language) -> _Scene | None:
    """The first target gives the axis and its unit; levels, where there are any, come before additions."""
    asked = [t for t in indicator.targets if t.kind not in NO_PATH and t.value and not t.superseded]
    asked = [target for target in asked if target.kind not in ADDED] or asked
    units = [(target.reading or target).unit or "" for target in asked]
    dimensions = [book.units.dimension_of(indicator.dimension, unit) for unit in units]
    if not asked:
        return None
    row = book.units.row(dimensions[0], units[0])
    if "value-from-words" in asked[0].flags or not any("\u4e00" <= char <= "\u9fff" for char in row.symbol):
        row = book.units.dimensions[dimensions[0]].units[0]
    targets = tuple(target for target, kind in zip(asked, dimensions, strict=True) if kind == dimensions[0])
    baselines = tuple(found for target in targets if (found := choose(book, indicator, target)))
    factor = row.factor if language in LOCAL_UNITS else Fraction(1)
    return _Scene(book, indicator, language, targets, baselines, dimensions[0], row, factor)


def _judged(scene: _Scene, figure: Figure) -> str:
    """The best that was said of a figure beside any of the targets."""
    said = {pair.comparability for target in scene.targets if (pair := pair_of(figure, target))}
    return next((word for word in ("same", "partial") if word in said), "different")


def _fits(scene: _Scene, figure: Figure) -> bool:
    """Whether it has a time, and an amount of what the axis shows."""
    level = scene.targets[0].kind in ADDED and (figure.measure or scene.indicator.measure) != "flow"
    alike = scene.indicator.dimension == scene.dimension and not level
    return alike and figure.period is not None and not part_year_flow(scene.indicator, figure)


def _kept(scene: _Scene, figures: Sequence[Figure]) -> list[Figure]:
    """Without what is unverified, or says the same less exactly, beside another figure of the same period."""
    starts, kept = [baseline.figure for baseline in scene.baselines], list[Figure]()
    figures = sorted(figures, key=lambda f: (f not in starts, _unverified(scene, f), -significant_digits(f.value[0])))
    for figure in figures:
        for other in (other for other in kept if other.period == figure.period and figure not in starts):
            better = _unverified(scene, figure) - _unverified(scene, other)
            if better > 0 or (better == 0 and not contradicts(scene.book, scene.indicator, figure, other)):
                break
        else:
            kept.append(figure)
    return kept


def _amounts(scene: _Scene, figure: Figure) -> tuple[Fraction, ...]:
    return tuple(end / scene.factor for end in amounts(scene.book, scene.indicator, figure))


def _unverified(scene: _Scene, figure: Figure) -> bool:
    return scene.book.source[figure.source].grade == GRADES[-1]


def _span(period: str, stock: bool) -> tuple[Fraction, Fraction]:
    """In years: the whole of several years or months, the day of a day and a stock, else the middle of the year."""
    first, _, last = period.partition("/")
    if last:
        return int(first[:4]) + Fraction(int(first[5:7] or 1) - 1, 12), _moment(last)
    moment = _moment(first) if stock or len(first) > len("2031") else int(first) + Fraction(1, 2)
    return moment, moment


def _moment(text: str) -> Fraction:
    """The end of a day, month or year, in years."""
    day = last_day(text)
    start, after = date(day.year, 1, 1), date(day.year + 1, 1, 1)
    return day.year + Fraction((day - start).days + 1, (after - start).days)


def _words(scene: _Scene, figure: Figure) -> str:
    """16.69 billion m³ (2024, unverified), in the axis' unit, with no digit that was not printed."""
    unit, value, language = figure.unit, figure.value, scene.language
    factor = scene.book.units.row(scene.dimension, unit).factor / scene.row.factor
    if language in LOCAL_UNITS and factor != 1:
        value = tuple(rounded(Fraction(end) * factor, significant_digits(end), LOCAL_DECIMALS) for end in value)
        unit = scene.row.symbol
    text = compared(figure.comparator, amount(scene.book.units, scene.dimension, unit, value, language), language)
    weak = {"partial": _judged(scene, figure) == "partial", "unverified": _unverified(scene, figure)}
    key = f"chart.baseline.{'_'.join(name for name, so in weak.items() if so)}".rstrip(".")
    return say(language, key, value=text, period=phrases.when(scene.indicator, figure, language))


def _hover(scene: _Scene, figure: Figure, kind: str) -> str:
    source, language = scene.book.source[figure.source], scene.language
    named = say(language, "source.join").join((source.publisher[language], phrases.published(source, language)))
    return say(language, "path.hover", kind=say(language, kind), figure=_words(scene, figure), source=named)


def _point(scene: _Scene, figure: Figure) -> Mark:
    stock = (figure.measure or scene.indicator.measure) == "stock"
    span, period = _span(figure.period or "", stock), figure.period or ""
    chosen = any(figure is baseline.figure for baseline in scene.baselines)
    partial = _judged(scene, figure) == "partial"
    exact = not partial and figure.comparator == "eq" and len(figure.value) == 1
    full = int(period[:4]) if exact and (len(period) == 4 or (stock and period.endswith("-12-31"))) else None
    hover = _hover(scene, figure, "evidence.baseline" if chosen else "evidence.observation")
    label, sort = _words(scene, figure) if chosen else "", "baseline" if chosen else "point"
    at, ends = (span[0] + span[1]) / 2, _amounts(scene, figure)
    return Mark(sort, span, at, ends, hover, label, partial, _unverified(scene, figure), full)


def _target(scene: _Scene, target: Target) -> Mark:
    """At its deadline, or the plan's end where it has none; one that is asked of each year, over these years."""
    plan, language, indicator = scene.book.plan, scene.language, scene.indicator
    stock = indicator.measure == "stock" or target.kind in ADDED
    by = _span(target.deadline or str(plan.last_year), stock)
    span = _span(f"{plan.first_year}/{plan.last_year}", stock) if target.kind in phrases.YEARLY else by
    ends = tuple(dict.fromkeys(end.value / scene.factor for end in goal(scene.book, indicator, target)))
    key = "chart.target.strive" if target.firmness == "strive" else "chart.target"
    label = say(language, key, value=phrases.value(scene.book, indicator, target, language))
    if len(scene.targets) > 1:
        label = say(language, "chart.rest.item", name=phrases.name(indicator, target, language), value=label)
    return Mark("target", span, by[1], ends, phrases.full_value(scene.book, indicator, target, language), label)


def _last_year(figure: Figure) -> str:
    return (figure.period or "").split("/")[-1][:4]


def _rival(scene: _Scene, figure: Rival, others: Sequence[Rival]) -> Mark:
    """At the end of its period; the latest three of a year have a label."""
    stock = (figure.measure or scene.indicator.measure) == "stock" or scene.targets[0].kind in ADDED
    span = _span(figure.period or "", stock)
    year = _last_year(figure)
    peers = [one for one in others if _last_year(one) == year]
    peers.sort(key=lambda one: scene.book.source[one.source].date or "", reverse=True)
    if scene.targets[0].kind in ADDED:
        span = span[1], span[1]
    label = say(scene.language, SET_BY[figure.kind], year=year) if figure in peers[:LABELLED] else ""
    partial = _judged(scene, figure) == "partial"
    hover = _hover(scene, figure, f"evidence.{figure.kind}")
    return Mark("rival", span, span[1], _amounts(scene, figure), hover, label, partial, _unverified(scene, figure))


def _unit(scene: _Scene) -> str:
    """What is left of an amount without its number."""
    pattern = scene.book.units.dimensions[scene.dimension].pattern[scene.language]
    if scene.language in LOCAL_UNITS and "" not in scene.row.aliases:
        pattern = scene.row.symbol
    return " ".join(pattern.replace("{}", "").split()) or say(scene.language, "path.unit.none")


def _notes(scene: _Scene, different: int, rest: int, low: Fraction) -> Iterator[str]:
    book, indicator, language = scene.book, scene.indicator, scene.language
    if low:
        yield say(language, "path.note.zero")
    if scene.targets[0].kind in ADDED:
        yield say(language, "path.note.added")
        for baseline in scene.baselines:
            yield say(language, "path.note.start", figure=_words(scene, baseline.figure))
    beside = [target for target in indicator.targets if target.value and target not in scene.targets]
    for target in beside:
        name, value = phrases.name(indicator, target, language), phrases.full_value(book, indicator, target, language)
        yield say(language, "chart.rest", items=say(language, "chart.rest.item", name=name, value=value))
    for target in scene.targets:
        if target.reading:
            value, reason = phrases.full_value(book, indicator, target, language), target.reading.reason[language]
            yield say(language, "path.note.reading", value=value, reason=reason)
    if any(baseline.conflicting for baseline in scene.baselines):
        yield say(language, "flag.conflicting")
    if different:
        yield say(language, "path.note.different", count=different)
    if rest:
        yield say(language, "path.note.rest", count=rest)


def _sources(scene: _Scene, figures: Sequence[Figure]) -> str:
    """Publisher and date of every figure drawn, each once."""
    plan, language = scene.book.plan, scene.language
    dates: dict[str, dict[str, None]] = {}
    for figure in figures:
        source = scene.book.source[figure.source]
        dates.setdefault(source.publisher[language], {})[source.date or ""] = None
    named = [
        " ".join((publisher, say(language, "chart.sources.join").join(filter(None, of)))).strip()
        for publisher, of in dates.items()
    ]
    words = say(language, "chart.sources.join").join(named) or say(language, "chart.sources.none")
    short, updated = plan.short[language], plan.updated
    return say(language, "path.sources", plan=short, number=plan.number, figures=words, updated=updated)


def legend(t: Trajectory) -> str:
    """Sign and words of each mark that the chart uses, as HTML."""
    seen = [
        ("●", style.BASELINE, "path.mark.point", any(not mark.unverified for mark in t.points)),
        ("○", style.BASELINE, "path.mark.unverified", any(mark.unverified for mark in t.points)),
        ("◌", style.BASELINE, "path.mark.partial", any(mark.partial for mark in t.points)),
        ("□", style.MISSING, "mark.missing", bool(t.missing)),
        ("◆", style.TARGET, "mark.target", True),
        ("◇", style.TARGET, "path.mark.rival", bool(t.rivals)),
    ]
    return style.legend((sign, colour, say(t.language, key)) for sign, colour, key, shown in seen if shown)


def sentence(t: Trajectory) -> str:
    """The chart in words: every mark, what is missing, and the notes."""
    marks = "; ".join(mark.hover for mark in t.marks)
    return " ".join(part for part in (f"{t.title}.", t.subtitle, t.missing, f"{marks}.", *t.notes) if part)


def screen(t: Trajectory) -> go.Figure:
    """The chart for a page of any width; its height is the least at which every label finds room."""
    widths = [width - _MARGIN["l"] - _MARGIN["r"] for width in WIDTHS]
    tried = ((_settle(t, widths, height, 13), height) for height in (240, 320, 400, 480))
    labels, height = max(tried, key=lambda one: (sum(label.sort != "rival" for label in one[0]), len(one[0]), -one[1]))
    figure = _plot(t, labels, height, 12)
    clear = "rgba(0,0,0,0)"
    figure.update_layout(height=height + 58, margin=_MARGIN, paper_bgcolor=clear, plot_bgcolor=clear)
    return figure


def printed(t: Trajectory) -> go.Figure:
    """The sheet for publication: the same from every window, device and theme."""
    left, top, right = _SHEET
    notes = [style.escaped(line) for note in (*t.notes, t.sources) for line in style.lines(note, 168)]
    height = style.PRINT_HEIGHT - top - 18 * len(notes) - 60
    figure = _plot(t, _settle(t, [style.PRINT_WIDTH - left - right], height, 17), height, 15)
    style.sheet(figure, 15, left, top, right, style.PRINT_HEIGHT - top - height)
    heads = [(t.title, 40, min(27, 2100 // style.width(t.title)), True), (t.subtitle, 74, 16, False)]
    for text, y, size, bold in heads:
        style.sheet_line(figure, style.escaped(text), left - 22, y - top, size, bold=bold)
    style.sheet_line(figure, legend(t), left - 22, 102 - top, 15)
    for index, note in enumerate(notes):
        style.sheet_line(figure, note, left - 22, height + 52 + 18 * index, 13, grey=True)
    return figure


@dataclass(frozen=True)
class _Label:
    """Words of a mark at `share` of the plot's width and `y` pixels from its top; `dx`, `dy` lead to them."""

    sort: str
    share: float
    y: float
    lines: tuple[str, ...]
    size: int
    dx: float
    dy: float
    anchor: str

    @cached_property
    def boxes(self) -> list[_Box]:
        """What the words cover, and the line that leads to them."""
        wide, high = max(map(style.width, self.lines)) * self.size * 0.57, self.size * 0.68 * len(self.lines)
        left, middle = self.dx - wide * {"left": 0, "center": 0.5, "right": 1}[self.anchor], self.y + self.dy
        steps = int(abs(self.dy) - high) // 6 if self.anchor == "center" else int(abs(self.dy)) // 6
        way = [(self.dx * n / (steps + 1), self.y + self.dy * n / (steps + 1)) for n in range(4, steps)]
        led = [(self.share, x - 2, x + 2, y - 3, y + 3) for x, y in way]
        return [(self.share, left, left + wide, middle - high, middle + high), *led]

    def free(self, taken: Sequence[_Box], widths: Sequence[float], height: float) -> bool:
        inside = all(
            share * width + left >= 2 and share * width + right <= width + 12 and top >= -8 and bottom <= height - 2
            for share, left, right, top, bottom in self.boxes for width in widths
        )  # fmt: skip
        return inside and all(_apart(one, other, widths) for one in self.boxes for other in taken)


def _apart(one: _Box, other: _Box, widths: Sequence[float]) -> bool:
    """Whether two boxes lie above each other, or on the same side of each other at all widths."""
    (a, left, right, top, bottom), (b, other_left, other_right, other_top, other_bottom) = one, other
    before = all(a * width + right <= b * width + other_left for width in widths)
    after = all(b * width + other_right <= a * width + left for width in widths)
    return bottom <= other_top or other_bottom <= top or before or after


def _settle(t: Trajectory, widths: Sequence[float], height: float, size: int) -> list[_Label]:
    """Words that touch neither each other nor a mark at any width; what finds no room is left to the hover."""
    taken, labels = [box for mark in t.marks for box in _covered(t, mark, height)], list[_Label]()
    taken += [box for pair in _links(t) for box in _between(t, *pair, height)]
    words = {
        (mark.sort, _x(t, mark.at), _y(t, mark.ends, height), mark.label): _reach(t, mark) + 1
        for mark in t.marks
        if mark.label
    }
    if t.missing:
        words["missing", 0.04, _empty(t, height), t.missing] = 11
        taken.append((0.04, -9, 9, _empty(t, height) - 9, _empty(t, height) + 9))
    for (sort, share, y, text), gap in sorted(words.items(), key=lambda one: (_ORDER.index(one[0][0]), -one[0][1])):
        font = size - 1 if sort == "rival" else size
        lines = tuple(style.lines(text, 26 if len(widths) > 1 else 40))
        half = font * 0.68 * len(lines)
        ways = [
            way
            for far in range(0, 96 if sort == "rival" else 160, 6)
            for way in (
                (gap, far, "left"), (-gap, far, "right"),
                (0, -half - gap - far, "center"), (0, half + gap + far, "center"),
                (gap, -far, "left"), (-gap, -far, "right"),
            )
        ]  # fmt: skip
        tried = (_Label(sort, share, y, lines, font, *way) for way in ways)
        if found := next((label for label in tried if label.free(taken, widths, height)), None):
            labels.append(found)
            taken += found.boxes
    return labels


def _x(t: Trajectory, years: Fraction) -> float:
    """Share of the plot's width."""
    return float((years - t.years[0]) / (t.years[1] + 1 - t.years[0]))


def _year(t: Trajectory, share: float) -> float:
    return t.years[0] + share * (t.years[1] + 1 - t.years[0])


def _y(t: Trajectory, ends: Sequence[Fraction], height: float) -> float:
    """Pixels from the plot's top, of the middle of `ends`."""
    return height * float((t.scale[1] - sum(ends) / len(ends)) / (t.scale[1] - t.scale[0]))


def _empty(t: Trajectory, height: float) -> float:
    """Where the sign of a missing baseline stands at the left edge, in pixels from the plot's top."""
    near = [_y(t, mark.ends, height) for mark in t.marks if _x(t, mark.span[0]) < 0.1] or [inf]
    return max((height / 2, height * 0.3, height * 0.7), key=lambda y: min(abs(y - other) for other in near))


def _covered(t: Trajectory, mark: Mark, height: float) -> list[_Box]:
    """What the sign of a mark and the lines of its years and its range cover."""
    ys, (first, last) = [_y(t, (end,), height) for end in mark.ends], mark.span
    along = [_x(t, first + (last - first) * n / 16) for n in range(17) if first < last]
    bars = [(share, -20, 20, y - 4, y + 4) for y in ys for share in along]
    reach = _reach(t, mark)
    return [(_x(t, mark.at), -reach, reach, min(ys) - reach, max(ys) + reach), *bars]


def _reach(t: Trajectory, mark: Mark) -> int:
    """Pixels from a mark's middle to where words may begin; signs on one spot lie around each other."""
    return 10 + 6 * (sum((other.at, other.ends) == (mark.at, mark.ends) for other in t.marks) > 1)


def _links(t: Trajectory) -> list[tuple[Mark, Mark]]:
    """Comparable figures of consecutive years; a year with two of them is joined to none."""
    years = [mark.full for mark in t.points]
    lone = {mark.full: mark for mark in t.points if mark.full is not None and years.count(mark.full) == 1}
    return [(mark, lone[year + 1]) for year, mark in sorted(lone.items()) if year + 1 in lone]


def _between(t: Trajectory, one: Mark, other: Mark, height: float) -> list[_Box]:
    (x, y), (to_x, to_y) = ((_x(t, mark.at), _y(t, mark.ends, height)) for mark in (one, other))
    parts = [n / 8 for n in range(1, 8)]
    return [(x + (to_x - x) * n, -6, 6, y + (to_y - y) * n - 4, y + (to_y - y) * n + 4) for n in parts]


def _plot(t: Trajectory, labels: Sequence[_Label], height: float, size: int) -> go.Figure:
    """Axes, marks and words; the ground and the margins are the caller's."""
    figure = go.Figure()
    for pair in _links(t):
        _line(figure, [(mark.at, mark.ends[0]) for mark in pair], style.BASELINE, 2)
    order = (*t.targets, *t.rivals, *t.points)
    for mark in order:
        _lines(figure, mark)
    for index, mark in enumerate(order):
        under = [other for other in order[:index] if (other.at, other.ends) == (mark.at, mark.ends)]
        _signs(figure, mark, sum(1 + (other.sort == "target") for other in under))
    if t.missing:
        y = t.scale[1] - Fraction(_empty(t, 100)) / 100 * (t.scale[1] - t.scale[0])
        _sign(figure, _year(t, 0.04), y, style.MARK_MISSING, style.MISSING, 13, t.missing)
    for label in labels:
        far = abs(label.dy) > (16 if label.anchor != "center" else 12 + label.size * 0.68 * len(label.lines))
        bold = label.sort in ("target", "baseline")
        text = "<br>".join(f"<b>{style.escaped(line)}</b>" if bold else style.escaped(line) for line in label.lines)
        figure.add_annotation(
            text=text, x=_year(t, label.share), xanchor=label.anchor,
            y=float(t.scale[1]) - label.y / height * float(t.scale[1] - t.scale[0]), yanchor="middle",
            font={"size": label.size}, align=label.anchor,
            **({"showarrow": True, "ax": label.dx, "ay": label.dy, "arrowhead": 0, "arrowwidth": 1, "standoff": 8,
                "arrowcolor": style.MISSING} if far else
               {"showarrow": False, "xshift": label.dx, "yshift": -label.dy}),
        )  # fmt: skip
    _axes(figure, t, size)
    return figure


def _lines(figure: go.Figure, mark: Mark) -> None:
    """The years that a mark covers, and from one end of a range to the other."""
    wide, dash = (5 if mark.sort in ("baseline", "target") else 2), ("dot" if mark.partial else "solid")
    years = [[(year, end) for year in mark.span] for end in mark.ends if mark.span[0] < mark.span[1]]
    for ends in (*years, *([[(mark.at, end) for end in mark.ends]] if len(mark.ends) > 1 else [])):
        _line(figure, ends, _colour(mark), wide, dash)


def _colour(mark: Mark) -> str:
    return style.BASELINE if mark.sort in ("baseline", "point") else style.TARGET


def _signs(figure: go.Figure, mark: Mark, under: int) -> None:
    """The sign at each end of a mark; a ring around what is partly comparable; `under` it is what it must not hide."""
    symbol = {"target": style.MARK_TARGET, "rival": style.MARK_RIVAL}.get(
        mark.sort, style.MARK_UNVERIFIED if mark.unverified else style.MARK_BASELINE
    )
    size = {"baseline": 14, "target": 14, "rival": 8 + 7 * under}.get(mark.sort, 8)
    for end in mark.ends:
        _sign(figure, mark.at, end, symbol, _colour(mark), size, mark.hover)
        if mark.partial and mark.sort != "rival":
            edge = size / 2 + 4 + 4 * bool(under)
            figure.add_shape(
                type="circle", xsizemode="pixel", ysizemode="pixel", xanchor=float(mark.at), yanchor=float(end),
                x0=-edge, x1=edge, y0=-edge, y1=edge, line={"color": style.BASELINE, "width": 1.5, "dash": "dot"},
            )  # fmt: skip


def _line(
    figure: go.Figure, ends: Sequence[tuple[Fraction, Fraction]], colour: str, width: int, dash: str = "solid"
) -> None:
    xs, ys = ([float(value) for value in values] for values in zip(*ends, strict=True))
    line = {"color": colour, "width": width, "dash": dash}
    figure.add_scatter(x=xs, y=ys, mode="lines", hoverinfo="skip", line=line, cliponaxis=False)


def _sign(figure: go.Figure, x: Fraction | float, y: Fraction, symbol: str, colour: str, size: int, hover: str) -> None:
    shown = "<br>".join(style.escaped(line) for line in style.lines(hover, 44))
    figure.add_scatter(
        x=[float(x)], y=[float(y)], mode="markers", cliponaxis=False, hovertemplate=shown + "<extra></extra>",
        marker={"symbol": symbol, "size": size, "color": colour, "line": {"width": 2, "color": colour}},
    )  # fmt: skip


def _axes(figure: go.Figure, t: Trajectory, size: int) -> None:
    """Years in the middle of their bands, round numbers, and the unit above them."""
    (first, last), (low, high) = t.years, t.scale
    every = next(step for step in (1, 2, 5, 10, 20, 50) if (last - first) / step < 8)
    shown = [year for year in range(first, last + 1) if (last - year) % every == 0]
    ticks = _ticks(low, high, all(end.denominator == 1 for mark in t.marks for end in mark.ends))
    figure.update_xaxes(
        range=[first, last + 1], tickvals=[year + 0.5 for year in shown], ticktext=[str(year) for year in shown],
        minor={"tickvals": list(range(first, last + 2)), "showgrid": True, "gridcolor": style.GRID}, showgrid=False,
        tickfont={"size": size}, zeroline=False, fixedrange=True, ticks="", tickangle=0,
    )  # fmt: skip
    figure.update_yaxes(
        range=[float(low), float(high)], tickvals=[float(tick) for tick in ticks],
        ticktext=[grouped(rounded(tick, 9, 9), t.language) for tick in ticks],
        tickfont={"size": size}, gridcolor=style.GRID, zeroline=not low, zerolinecolor=style.MISSING, fixedrange=True,
    )  # fmt: skip
    figure.add_annotation(
        text=style.escaped(t.unit), x=0, xref="paper", xanchor="left", xshift=-40, y=1, yref="paper", yanchor="bottom",
        yshift=8, showarrow=False, font={"size": size},
    )  # fmt: skip
    figure.update_layout(showlegend=False, hovermode="closest", dragmode=False)


def _ticks(low: Fraction, high: Fraction, whole: bool) -> list[Fraction]:
    """Round values between two ends, four to eight of them; only whole ones among whole figures."""
    size = Fraction(10) ** floor(log10((high - low) / 4))
    step = next(size * part for part in (1, 2, 5, 10) if (high - low) / (size * part) <= 6)
    step = max(step, Fraction(1)) if whole else step
    return [step * count for count in range(ceil(low / step), floor(high / step) + 1)]
