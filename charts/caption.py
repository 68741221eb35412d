"""The words of an indicator's chart by year: its title, what is said of each mark, and what a reader must know."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from charts.entries import Entry, word
from charts.link import CONTEXT, OFF
from charts.scene import Scene
from charts.sheet import Head
from charts.sheet import head as framed
from evidence.standing import standing
from loaders.models import Source
from progress.promises import Promise
from wording import Language, phrases
from wording.numbers import amount, period
from wording.texts import say

# What has neither a start nor a reason to begin at zero.
_STARTLESS = ("context", "rivals_only", "nothing")


def head(scene: Scene, cut: bool, context: bool) -> Head:
    """What stands around the marks; `cut` says that the axis does not begin at zero, `context` that all are shown."""
    book, indicator, language = scene.book, scene.indicator, scene.language
    sorts = {entry.sort for entry in scene.drawn}
    kinds = (({"point", "baseline"}, ""), ({"context"}, ".context"), ({"rival", "rival other"}, ".rivals"))
    kind = next((kind for own, kind in kinds if sorts & own), ".none")
    words = (
        say(language, f"years.title{kind}", name=phrases.name(indicator, scene.target, language)),
        _measured(scene.unit, language) + _where(scene),
    )
    own = (("id", indicator.id), *(() if context else ((CONTEXT, OFF),)))
    notes, cited = list(_notes(scene, cut)), _sources(scene)
    return framed(
        book, language, (f"years.{indicator.id}", "indicator", own), words,
        (*notes, *_beside(scene), *_left_out(scene), *_partly(scene)),
        phrases.sources(book, cited, "years.sources", language),
        say(language, f"years.file{kind}", name=indicator.name[language]), (*notes, *_left_out(scene, brief=True)),
        phrases.sources(book, cited, "years.sources", language, brief=True),
    )  # fmt: skip


def told(around: Head, made: Sequence[Promise]) -> Head:
    """The head with what its lines from goals to outcomes say, where there are any."""
    if not made:
        return around
    counts = {came: sum(one.came == came for one in made) for came in ("kept", "missed")}
    note = say(around.language, "earlier.drawn", firm=sum(one.firm for one in made), **counts)
    # In one paragraph where room is short: a legend with two signs more takes some already.
    brief = ("" if around.language.startswith("zh") else " ").join((note, *around.brief))
    return replace(around, notes=(note, *around.notes), brief=(brief,))


def cells(scene: Scene, entry: Entry, short: str) -> tuple[str, str, str]:
    """What a figure is, its value and period, and all that print it."""
    book, indicator, language = scene.book, scene.indicator, scene.language
    kinds = [getattr(figure, "kind", "observation") for figure in entry.figures]
    if entry.sort == "baseline":
        kinds = ["baseline"]
    what = _joined((say(language, f"evidence.{kind}") for kind in kinds), language)
    if short:
        what = say(language, "years.other", what=what, word=short)
    # In words only what the best source prints: a copy beside it makes nothing unverified.
    best = book.source[entry.figures[0].source].grade
    said = [one for one in entry.figures if book.source[one.source].grade == best]
    values = (phrases.weighed(book, indicator, one, entry.partial, language) for one in said)
    cited = (phrases.citation(book.source[one.source], language, address=False) for one in entry.figures)
    return what, _joined(values, language), " ".join(dict.fromkeys(cited))


def zero(scene: Scene, first: int) -> tuple[str, str, str]:
    """What an addition counts from, when, and who says so."""
    book, language = scene.book, scene.language
    unit = scene.target.stated.unit or ""
    nothing = amount(book.units, scene.indicator.dimension, unit, (Decimal(0),), language)
    value = say(language, "years.zero.value", value=nothing, year=first - 1)
    rival = scene.counted.rival if scene.counted else None
    source = phrases.citation(book.source[rival.source], language, address=False) if rival else ""
    return say(language, "years.zero.what"), value, source


def _joined(parts: Iterable[str], language: Language) -> str:
    return say(language, "chart.rest.join").join(dict.fromkeys(parts))


def _sources(scene: Scene) -> list[Source]:
    figures = [figure for entry in scene.drawn for figure in entry.figures]
    figures += [scene.counted.rival] if scene.counted and scene.counted.rival else []
    return [scene.book.source[figure.source] for figure in figures]


def _measured(unit: str, language: Language) -> str:
    """The unit in a sentence. In Chinese it goes without its counter (个百分点), and after 每 where it is a share."""
    if not unit:
        return say(language, "years.unit.none")
    unit = unit.removeprefix("个") or unit
    return say(language, "years.unit", unit=f"每{unit[1:]}" if unit[0] == "/" else unit)


def _where(scene: Scene) -> str:
    """The places that an indicator is limited to, else the whole region of the plan."""
    language, plan = scene.language, scene.book.plan
    named = [place.name[language] for place in plan.places if place.id in scene.indicator.places]
    place = say(language, "chart.sources.join").join(named) or plan.region[language]
    return say(language, "years.scope", place=place[0].upper() + place[1:])


def _notes(scene: Scene, cut: bool) -> Iterator[str]:
    """Where the axes and the path begin, what the start is worth, and doubts."""
    language, baseline = scene.language, scene.baseline
    if scene.ends_of_years:
        yield say(language, "years.ends")
    if cut:
        yield say(language, "years.cut")
    if scene.added:
        yield from _counted(scene)
    elif baseline is None and standing(scene.book, scene.indicator, scene.target).status in _STARTLESS:
        yield say(language, "years.no_baseline")
    if baseline and baseline.pair.comparability == "partial":
        yield say(language, "years.partial", reason=baseline.pair.reason[language])
    yield from phrases.weighty(scene.target, language, conflicting=bool(baseline and baseline.conflicting))


def _counted(scene: Scene) -> Iterator[str]:
    """Who says from when an addition counts, where the plan does not."""
    language, source = scene.language, scene.book.source
    if scene.counted and scene.counted.rival:
        said = source[scene.counted.rival.source]
        day = period(str(scene.counted.year), language)
        yield say(language, "years.zero.elsewhere", year=day, source=phrases.citation(said, language, address=False))
    elif not scene.counted and scene.indicator.measure == "stock":
        yield say(language, "years.zero.unknown")


def _beside(scene: Scene) -> Iterator[str]:
    """The figures that stand beside the chart instead of in it."""
    for what in ("far", "undated"):
        if found := getattr(scene, what):
            told = (_listed(scene, entry) for entry in found)
            yield say(scene.language, f"years.{what}", figures=_joined(told, scene.language))


def _listed(scene: Scene, entry: Entry) -> str:
    what, value, source = cells(scene, entry, word(scene.book, scene.indicator, entry, scene.language))
    end = say(scene.language, "source.end").strip()
    return say(scene.language, "data.line", name=what, figures=f"{value} {source.rstrip(end)}".strip())


def _left_out(scene: Scene, *, brief: bool = False) -> Iterator[str]:
    """How many are not drawn, and why; `brief` also those that are listed where there is room."""
    counts = {"hidden": scene.hidden, "different": scene.unfit, "rest": scene.lesser}
    if brief:
        counts = {"beside": len(scene.far) + len(scene.undated), **counts}
    for key, count in counts.items():
        if count:
            yield say(scene.language, f"years.{key}", count=count)


def _partly(scene: Scene) -> Iterator[str]:
    """Why the half-filled marks are only partly comparable; of the baseline that is said with it."""
    language = scene.language
    pairs = [entry.known.pair for entry in scene.drawn if entry.sort in ("point", "rival") and entry.partial]
    if reasons := dict.fromkeys(pair.reason[language] for pair in pairs):
        joined = "".join(reasons) if language.startswith("zh") else " ".join(reasons)
        yield say(language, "years.half.why", reasons=joined)
