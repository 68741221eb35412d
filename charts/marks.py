"""The marks of an indicator's chart by year: which figures it shows, in one unit, and where its axes end."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from math import ceil, floor

from charts import caption, goals
from charts.entries import Entry, word
from charts.scene import Scene
from charts.scene import scene as build
from charts.stem import Stem
from charts.years import OTHER, Mark, Years
from evidence import context as beside
from evidence.amount import goal
from evidence.case import cases
from evidence.kinds import ADDED, ALL_OR_NONE, NO_PATH
from loaders.book import Book
from loaders.fields import last_day
from loaders.models import Figure, Indicator, Target
from progress.assess import assess
from progress.calendar import asof
from progress.promises import Promise, of_indicator
from progress.trajectory import decimal_year, span
from wording import Language, phrases, promised
from wording.numbers import shown
from wording.texts import say

# Where all values lie above this part of the highest, zero is left out. Without a baseline no way is to be seen, and a
# grey figure on the ground would look like one: only what could not be told apart then.
_FAR, _CLOSE = 0.7, 0.85


def years(
    book: Book, indicator: Indicator, language: Language, ids: Collection[str] | None = None, *, context: bool = True
) -> Years | None:
    """The chart of an indicator and the first of its targets, or of those that `ids` names, that asks for a level of
    what is published, or where none does for an addition; None where none does. Without `context` what is not
    comparable is hidden."""
    every = [one for one in indicator.targets if _fits(book, indicator, one)]
    levels = [one for one in every if one.kind not in ADDED]
    # Whatever a filter leaves, the chart of an indicator shows the same.
    target = next((one for one in levels or every if ids is None or one.id in ids), None)
    if target is None:
        return None
    scene = build(book, indicator, target, language, context)
    marks = [_mark(scene, entry) for entry in scene.drawn]
    if scene.added:
        marks.insert(0, _zero(scene))
    marks.append(_target(scene))
    stems, made = _stems(scene, marks)
    tick = 1.0 if scene.ends_of_years else 0.5
    ends = _span(marks)
    return Years(
        caption.told(caption.head(scene, ends[0] > 0, context), made),
        scene.unit,
        tuple(marks),
        min([book.plan.base_year, *(_year(mark, tick) for mark in marks)]),
        max([book.plan.last_year, *(floor(mark.at - 0.01) for mark in marks)]),
        ends,
        _path(scene, marks),
        tick,
        stems,
    )


def _year(mark: Mark, tick: float) -> int:
    """The first year that the axis must have for a mark; one at the date of its source may stand before its tick."""
    return mark.over[0] if mark.over else min(ceil(mark.at - tick), floor(mark.at - 0.01))


def _fits(book: Book, indicator: Indicator, target: Target) -> bool:
    """Whether a target has a chart. All of a set or none of it is drawn where a share was published that it is not
    yet; a dated state and an order of size have no level."""
    unit = target.stated.unit
    alike = unit and book.units.dimension_of(indicator.dimension, unit) == indicator.dimension
    if not alike or target.superseded:
        return False
    if target.kind not in ALL_OR_NONE:
        return target.kind not in NO_PATH
    known = (beside.shown(book, indicator, target, figure) for figure in indicator.observations)
    asked = tuple(end.value for end in goal(book, indicator, target))
    return any(one and one.day and {*one.amounts} != {*asked} for one in known)


def _mark(scene: Scene, entry: Entry) -> Mark:
    book, indicator, language = scene.book, scene.indicator, scene.language
    ends = tuple(dict.fromkeys(float(end / scene.factor) for end in entry.amounts))
    bare = _bare(book, indicator, entry.figures[0], scene.pattern, language)
    short = word(book, indicator, entry, language)
    cells = caption.cells(scene, entry, short)
    assert entry.at is not None
    return Mark(entry.sort, entry.at, ends, cells, bare, short, _half(entry), entry.unverified, entry.over)


def _stems(scene: Scene, marks: list[Mark]) -> tuple[tuple[Stem, ...], list[Promise]]:
    """What ties goals to their outcomes, and these goals; the words of each mark of a goal say what came of it."""
    made = of_indicator(scene.book, scene.indicator, asof(scene.book))
    found = goals.stems(scene.drawn, made, int(scene.added))
    for stem, promise in found:
        mark = marks[stem.goal]
        what = say(scene.language, "earlier.what", what=mark.cells[0], came=promised.came(promise, scene.language))
        marks[stem.goal] = replace(mark, cells=(what, *mark.cells[1:]))
    return tuple(stem for stem, _ in found), [promise for _, promise in found]


def _half(entry: Entry) -> bool:
    """Of what is grey the colour says enough."""
    return entry.partial and entry.sort not in OTHER


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


def _zero(scene: Scene) -> Mark:
    """What an addition counts from: the end of a printed year, else the beginning of the plan."""
    first = scene.counted.year + 1 if scene.counted else scene.book.plan.first_year
    return Mark("zero", float(first), (0.0,), caption.zero(scene, first))


def _target(scene: Scene) -> Mark:
    book, target, language = scene.book, scene.target, scene.language
    ends = tuple(dict.fromkeys(float(end.value / scene.factor) for end in goal(book, scene.indicator, target)))
    where = say(language, "section.plan", plan=book.plan.short[language], place=phrases.place(target, language))
    cells = (say(language, "evidence.target"), phrases.full_value(book, scene.indicator, target, language), where)
    first, last = book.plan.first_year, book.plan.last_year
    over = (first, last + 1) if target.kind in phrases.YEARLY else None
    at = sum(over) / 2 if over else _due(target.deadline or str(last), scene.ends_of_years)
    return Mark("target", at, ends, cells, over=over)


def _due(deadline: str, ends: bool) -> float:
    """A day at its end; a year at its end for what is complete only then, else at its middle."""
    own = span(deadline)
    return own[0] + 0.5 if own and not ends else float(decimal_year(last_day(deadline)))


def _path(scene: Scene, marks: Sequence[Mark]) -> tuple[tuple[float, float], ...]:
    """Both ends of the required path, on the marks of start and target; () where no path leads there."""
    at = {mark.sort: mark for mark in marks}
    if scene.added:
        # Where nobody says from when an addition counts, no line does.
        known = scene.counted or scene.indicator.measure == "flow"
        return ((at["zero"].at, 0.0), (at["target"].at, at["target"].ends[0])) if known else ()
    case = next(case for case in cases(scene.book) if case.target is scene.target)
    path = assess(case, asof(scene.book)).path
    if not path or "baseline" not in at:
        return ()
    both = zip(("baseline", "target"), path, strict=True)
    return tuple((at[sort].at, float(end.value / scene.factor)) for sort, end in both)


def _span(marks: Sequence[Mark]) -> tuple[float, float]:
    """The ends of the axis. It begins at zero, unless what was published would lie too close together to be told
    apart; goals alone are no way that is to be seen."""
    values = [end for mark in marks for end in mark.ends]
    low, high = min(values), max(values)
    published = [mark.sort for mark in marks if mark.sort in ("point", "baseline", "context")]
    start = "baseline" in published
    if low < (_FAR if start else _CLOSE) * high or low == high or (len(published) < 2 and not start):
        low = min(0.0, low)
    return low, high if high > low else low + 1
