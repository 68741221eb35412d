"""What the range chart of a sector shows, in words and shares: one frozen row per target."""

from collections.abc import Collection, Sequence

from charts.range import RangeChart, Row
from charts.sheet import head
from evidence.baseline import Baseline
from evidence.standing import standing
from loaders.book import Book, Sector
from loaders.models import GRADES, Section, Target
from progress.calendar import asof
from progress.start import Start, starts
from progress.table import assessments
from wording import Language, judged, phrases
from wording.texts import TEXTS, say


def range_chart(book: Book, sector: Sector, language: Language, ids: Collection[str] | None = None) -> RangeChart:
    """The chart of a sector, or of those of its targets that `ids` names."""
    every = [start for start in starts(book, sector) if not start.target.superseded]
    chosen = [start for start in every if ids is None or start.target.id in ids]
    rows = [_row(book, start, language) for start in chosen]
    used = [start.baseline for start in chosen if start.baseline and start.state != "not_applicable"]
    beside = tuple(row for row in rows if row.state == "not_applicable")
    some = len(chosen) < len(every)
    counts = {"drawn": len(rows) - len(beside), "shown": len(chosen), "total": len(every)}
    scope = say(language, "chart.scope.some" if some else "chart.scope", place=book.plan.region[language], **counts)
    name = say(language, "image.file.some" if some else "image.file", sector=sector.name[language], **counts)
    notes = doubts(rows, language)
    words = head(
        book,
        language,
        (f"start.{sector.id}", "", (("sector", sector.id),)),
        (
            say(language, "chart.title", sector=sector.name[language], year=book.plan.last_year),
            say(language, "chart.subtitle") + scope,
        ),
        (aside(beside, "mark", language), *notes),
        phrases.sources(book, [book.source[found.figure.source] for found in used], "chart.sources", language),
        name,
        (say(language, "mark.beside.brief", count=len(beside)) if beside else "", *notes),
    )
    about = say(language, "chart.chapters", chapters=_chapters(book, sector, language))
    return RangeChart(words, about, notes, tuple(row for row in rows if row not in beside), beside)


def aside(rows: Sequence[Row], family: str, language: Language) -> str:
    """The targets that have no place on the axis, so that a sheet does not hide them."""
    if not rows:
        return ""
    items = [
        say(language, f"{family}.beside.item", name=row.name + row.signs, value=row.target, why=row.why) for row in rows
    ]
    return say(language, f"{family}.beside", items=say(language, "chart.rest.join").join(items))


# The sign of each weighty flag behind a name.
_SIGNS = dict(zip(phrases.WEIGHTY, "*¹²³", strict=True))


def signs(target: Target, baseline: Baseline | None) -> str:
    """What leads from a name to its doubts."""
    flags = phrases.weighty_flags(target, baseline is not None and baseline.conflicting)
    return "".join(_SIGNS[flag] for flag in flags)


def doubts(rows: Sequence[Row], language: Language) -> tuple[str, ...]:
    """What the signs behind the names mean."""
    used = {sign for row in rows for sign in row.signs}
    return tuple(sign + say(language, f"weighty.{flag}") for flag, sign in _SIGNS.items() if sign in used)


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
        signs(target, start.baseline),
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
        "status": say(language, f"status.{standing(book, start.indicator, target).status}"),
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
