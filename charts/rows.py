"""What a range chart shows, in words and shares: one frozen row per target."""

from collections.abc import Collection
from dataclasses import dataclass

from loaders.baseline import status
from loaders.book import Book, Sector
from loaders.models import GRADES, Section
from progress.calendar import asof
from progress.start import Start, State, starts
from progress.table import assessments
from wording import Language, judged, phrases
from wording.texts import TEXTS, say


@dataclass(frozen=True)
class Row:
    """`share` is a percentage of the target; None where nothing can be drawn."""

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


@dataclass(frozen=True)
class RangeChart:
    """One sector's chart: the rows on the axis, those beside it, and the lines around it. `family` are the texts
    that name its axis and its marks."""

    sector: str
    title: str
    subtitle: str
    chapters: str
    drawn: tuple[Row, ...]
    beside: tuple[Row, ...]
    sources: str
    language: Language
    family: str = "mark"


def range_chart(book: Book, sector: Sector, language: Language, ids: Collection[str] | None = None) -> RangeChart:
    """The chart of a sector, or of those of its targets that `ids` names."""
    chosen = [start for start in starts(book, sector) if ids is None or start.target.id in ids]
    rows = [_row(book, start, language) for start in chosen]
    drawn = [start.baseline for start in chosen if start.baseline and start.state != "not_applicable"]
    used = [book.source[baseline.figure.source] for baseline in drawn]
    return RangeChart(
        sector.name[language],
        say(language, "chart.title", sector=sector.name[language], year=book.plan.last_year),
        say(language, "chart.subtitle"),
        say(language, "chart.chapters", chapters=_chapters(book, sector, language)),
        tuple(row for row in rows if row.state != "not_applicable"),
        tuple(row for row in rows if row.state == "not_applicable"),
        phrases.sources(book, used, "chart.sources", language),
        language,
    )


def _row(book: Book, start: Start, language: Language) -> Row:
    target, figure = start.target, start.baseline.figure if start.baseline else None
    why = f"rest.{target.kind}"
    return Row(
        target.id,
        start.indicator.id,
        phrases.name(start.indicator, target, language),
        phrases.full_value(book, start.indicator, target, language),
        _baseline(book, start, language),
        float(start.share * 100) if start.share is not None else None,
        start.state,
        figure is not None and book.source[figure.source].grade == GRADES[-1],
        figure is not None,
        say(language, why if why in TEXTS else "rest.other"),
    )


def _baseline(book: Book, start: Start, language: Language) -> str:
    if start.baseline is None:
        return say(language, "chart.baseline.missing")
    partial = start.baseline.pair.comparability == "partial"
    return phrases.weighed(book, start.indicator, start.baseline.figure, partial, language)


def table(book: Book, language: Language) -> dict[str, dict[str, str]]:
    """The table behind the charts: the cells of each target in words, by the target's id."""
    every = (start for sector in book.sectors for start in starts(book, sector))
    verdicts = {found.case.target.id: judged.verdict(found, language) for found in assessments(book, asof(book))}
    return {start.target.id: _cells(start, verdicts[start.target.id], book, language) for start in every}


def _cells(start: Start, verdict: str, book: Book, language: Language) -> dict[str, str]:
    target, baseline = start.target, start.baseline
    cells = {
        "name": phrases.name(start.indicator, target, language),
        "target": phrases.value(book, start.indicator, target, language) if target.value else "",
        "deadline": phrases.deadline(target, language),
        "baseline": phrases.figure(book, start.indicator, baseline.figure, language) if baseline else "",
        "period": phrases.when(start.indicator, baseline.figure, language) if baseline else "",
        "status": say(language, f"status.{status(target, baseline)}"),
        "verdict": verdict,
        "section": phrases.place(target, language),
    }
    return {say(language, f"column.{name}"): cell for name, cell in cells.items()}


def _chapters(book: Book, sector: Sector, language: Language) -> str:
    """The chapters that hold the sector's targets, in the order of the plan."""
    found = {_chapter(book, book.section[target.section]).id for _, target in sector.targets}
    chapters = [section for section in book.sections.sections if section.id in found]
    names = [
        say(language, "section.named", number=section.id.split()[-1], name=phrases.title(section, language))
        for section in chapters
    ]
    return say(language, "chart.rest.join").join(names)


def _chapter(book: Book, section: Section) -> Section:
    return _chapter(book, book.section[section.parent]) if section.parent else section
