"""The marks of an indicator's chart by year: which figures it shows, in one unit, and what must be said of them."""

from collections.abc import Collection, Iterator
from fractions import Fraction
from math import ceil, floor

from charts.sheet import Head, head
from charts.years import Mark, Years
from evidence.amount import amounts, goal
from evidence.baseline import Baseline, choose, pair_of, part_year_flow, same_time
from evidence.case import cases
from evidence.kinds import ADDED, NO_PATH
from loaders.book import Book
from loaders.fields import last_day
from loaders.models import GRADES, Figure, Indicator, Rival, Target
from progress.assess import assess
from progress.calendar import asof
from progress.trajectory import decimal_year, span
from wording import Language, phrases
from wording.numbers import shown
from wording.texts import say

# Where all values lie above this part of the highest, zero is left out.
_FAR = 0.7


def years(book: Book, indicator: Indicator, language: Language, ids: Collection[str] | None = None) -> Years | None:
    """The chart of an indicator and the first of its targets, or of those that `ids` names, that asks for a level of
    what is published; None where none does."""
    asked = [one for one in indicator.targets if ids is None or one.id in ids]
    target = next((one for one in asked if _drawn(book, indicator, one)), None)
    if target is None:
        return None
    stated, in_words = target.reading or target, "value-from-words" in target.flags
    pattern, factor, _ = shown(book.units, indicator.dimension, stated.unit or "", language, in_words)
    baseline = choose(book, indicator, target)
    start = baseline.figure if baseline else None
    near = [one for one in (*indicator.observations, *indicator.rivals) if _near(target, one)]
    figures = _kept(book, indicator, [one for one in near if _dated(indicator, one)], start)
    marks = [_figure(book, indicator, target, one, one is start, (pattern, factor), language) for one in figures]
    tick = 1.0 if indicator.measure == "stock" else 0.5
    if start is None:
        cells = (say(language, "evidence.baseline"), say(language, "chart.baseline.missing"), "")
        marks.append(Mark("missing", book.plan.base_year + tick, (), cells))
    marks.append(_target(book, indicator, target, factor, language))
    path = _path(book, target, marks, factor)
    ends = _span([end for mark in marks for end in mark.ends], start is None)
    left_out = (len(indicator.observations) + len(indicator.rivals) - len(near), len(near) - len(figures))
    unit = " ".join(pattern.replace("{}", "").split())
    notes = tuple(_notes(target, baseline, left_out, ends[0] > 0, language))
    words = _head(book, indicator, target, (marks, figures, start), unit, notes, language)
    return Years(
        words,
        unit,
        tuple(marks),
        min([book.plan.base_year, *(mark.over[0] if mark.over else ceil(mark.at - tick) for mark in marks)]),
        max([book.plan.last_year, *(floor(mark.at - 0.01) for mark in marks)]),
        ends,
        path,
        tick,
    )


def _head(
    book: Book, indicator: Indicator, target: Target, drawn: tuple[list[Mark], list[Figure], Figure | None], unit: str,
    notes: tuple[str, ...], language: Language,
) -> Head:  # fmt: skip
    """What stands around the marks of these figures, of which one may be the start."""
    marks, figures, start = drawn
    kind = "" if any(mark.sort in ("point", "baseline") for mark in marks) else ".rivals" if figures else ".none"
    title = say(language, f"years.title{kind}", name=phrases.name(indicator, target, language))
    if indicator.measure == "stock":
        notes = (say(language, "years.ends"), *notes)
    return head(
        book,
        language,
        (f"years.{indicator.id}", "indicator", (("id", indicator.id),)),
        (title, _measured(unit, language) + _where(book, indicator, language)),
        (*notes, *_partly(target, figures, start, language)),
        phrases.sources(book, [book.source[figure.source] for figure in figures], "years.sources", language),
        say(language, f"years.file{kind}", name=indicator.name[language]),
        notes,
    )


def _measured(unit: str, language: Language) -> str:
    """The unit in a sentence. In Chinese it goes without its counter (个百分点), and after 每 where it is a share."""
    if not unit:
        return say(language, "years.unit.none")
    unit = unit.removeprefix("个") or unit
    return say(language, "years.unit", unit=f"每{unit[1:]}" if unit[0] == "/" else unit)


def _where(book: Book, indicator: Indicator, language: Language) -> str:
    """The places that an indicator is limited to, else the whole region of the plan."""
    named = [place.name[language] for place in book.plan.places if place.id in indicator.places]
    place = say(language, "chart.sources.join").join(named) or book.plan.region[language]
    return say(language, "years.scope", place=place[0].upper() + place[1:])


def _partly(target: Target, figures: list[Figure], start: Figure | None, language: Language) -> Iterator[str]:
    """Why the pale marks are only partly comparable; of the baseline that is said with it."""
    pairs = [pair_of(one, target) for one in figures if one is not start]
    reasons = dict.fromkeys(one.reason[language] for one in pairs if one and one.comparability == "partial")
    if reasons:
        yield say(
            language, "years.pale.why", reasons="".join(reasons) if language.startswith("zh") else " ".join(reasons)
        )


def _notes(
    target: Target, baseline: Baseline | None, left_out: tuple[int, int], cut: bool, language: Language
) -> Iterator[str]:
    """What a reader of the chart must know: what is not drawn, why a figure is only partly comparable, doubts."""
    different, rest = left_out
    if cut:
        yield say(language, "years.cut")
    if baseline and baseline.pair.comparability == "partial":
        yield say(language, "years.partial", reason=baseline.pair.reason[language])
    yield from phrases.weighty(target, language, conflicting=bool(baseline and baseline.conflicting))
    if different:
        yield say(language, "years.different", count=different)
    if rest:
        yield say(language, "years.rest", count=rest)


def _drawn(book: Book, indicator: Indicator, target: Target) -> bool:
    stated = target.reading or target
    alike = stated.unit and book.units.dimension_of(indicator.dimension, stated.unit) == indicator.dimension
    return bool(alike) and target.kind not in (*NO_PATH, *ADDED) and not target.superseded


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


def _kept(book: Book, indicator: Indicator, figures: list[Figure], start: Figure | None) -> list[Figure]:
    """Without what is unverified beside a better source for the same period; a baseline (`start`) always stays."""
    known = [figure for figure in figures if not _weak(book, figure)]
    stays = [one is start or isinstance(one, Rival) or not _weak(book, one) for one in figures]
    return [
        one
        for one, stay in zip(figures, stays, strict=True)
        if stay or not any(same_time(indicator, one, other) for other in known)
    ]


def _weak(book: Book, figure: Figure) -> bool:
    return book.source[figure.source].grade == GRADES[-1]


def _at(period: str, stock: bool) -> float:
    """A day at its end, several years at their middle, a year at its end for a stock, else at its middle."""
    if own := span(period):
        return own[1] + 1.0 if stock and "/" not in period else sum(own) / 2 + 0.5
    return float(decimal_year(last_day(period)))


def _figure(
    book: Book, indicator: Indicator, target: Target, figure: Figure, chosen: bool, unit: tuple[str, Fraction],
    language: Language,
) -> Mark:  # fmt: skip
    rival, pair = isinstance(figure, Rival), pair_of(figure, target)
    kind = figure.kind if isinstance(figure, Rival) else "baseline" if chosen else "observation"
    partial = pair is not None and pair.comparability == "partial"
    text = phrases.weighed(book, indicator, figure, partial, language)
    source = phrases.citation(book.source[figure.source], language, address=False)
    cells = (say(language, f"evidence.{kind}"), text, source)
    ends = tuple(float(end / unit[1]) for end in amounts(book, indicator, figure))
    at = _at(str(figure.period), (figure.measure or indicator.measure) == "stock")
    sort = "rival" if rival else "baseline" if chosen else "point"
    bare = _bare(book, indicator, figure, unit[0], language)
    return Mark(sort, at, ends, cells, bare, partial, _weak(book, figure), _over(figure.period))


def _bare(book: Book, indicator: Indicator, figure: Figure, pattern: str, language: Language) -> str:
    """The value without the unit, which stands above the chart; with it where it is another."""
    text = phrases.figure(book, indicator, figure, language)
    if pattern == "{}%" or shown(book.units, indicator.dimension, figure.unit, language)[0] != pattern:
        return text
    single = book.units.dimensions[indicator.dimension].one
    if single and text == single.replace("{}", "1"):
        return "1"
    before, after = pattern.split("{}")
    return text.replace(before or after, "").replace(after or before, "").strip()


def _target(book: Book, indicator: Indicator, target: Target, factor: Fraction, language: Language) -> Mark:
    ends = tuple(dict.fromkeys(float(end.value / factor) for end in goal(book, indicator, target)))
    where = say(language, "section.plan", plan=book.plan.short[language], place=phrases.place(target, language))
    cells = (say(language, "evidence.target"), phrases.full_value(book, indicator, target, language), where)
    first, last = book.plan.first_year, book.plan.last_year
    over = (first, last + 1) if target.kind in phrases.YEARLY else None
    at = sum(over) / 2 if over else _at(target.deadline or str(last), indicator.measure == "stock")
    return Mark("target", at, ends, cells, over=over)


def _span(values: list[float], missing: bool) -> tuple[float, float]:
    """The ends of the axis. It begins at zero, unless a way from a baseline would be too short to see."""
    low, high = min(values), max(values)
    if missing or low < _FAR * high or low == high:
        low = min(0.0, low)
    return low, high if high > low else low + 1
