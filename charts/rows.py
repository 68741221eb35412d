"""What a range chart shows, in words and shares: one frozen row per target."""

from collections.abc import Sequence
from dataclasses import dataclass

from loaders.baseline import Baseline
from loaders.book import Book, Sector
from loaders.models import GRADES, Figure, Section, Target
from loaders.tables import status
from progress.start import Start, State, starts
from wording import Language
from wording.numbers import amount, compared, period
from wording.texts import TEXTS, say

# Kinds whose figure is asked for each year, and the words that say so.
YEARLY = {"annual": "value.annual", "annual_average": "value.annual_average", "growth": "value.growth"}


@dataclass(frozen=True)
class Row:
    """`share` is a percentage of the target; None where nothing can be drawn."""

    id: str
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
    """One sector's chart: the rows on the axis, those beside it, and the lines around it."""

    sector: str
    title: str
    subtitle: str
    chapters: str
    drawn: tuple[Row, ...]
    beside: tuple[Row, ...]
    sources: str
    language: Language


def range_chart(book: Book, sector: Sector, language: Language) -> RangeChart:
    rows = [_row(book, start, language) for start in starts(book, sector)]
    return RangeChart(
        sector.id,
        say(language, "chart.title", sector=sector.name[language], year=book.plan.last_year),
        say(language, "chart.subtitle"),
        say(language, "chart.chapters", chapters=_chapters(book, sector, language)),
        tuple(row for row in rows if row.state != "not_applicable"),
        tuple(row for row in rows if row.state == "not_applicable"),
        _sources(book, sector, language),
        language,
    )


def _row(book: Book, start: Start, language: Language) -> Row:
    target, figure = start.target, start.baseline.figure if start.baseline else None
    why = f"rest.{target.kind}"
    return Row(
        target.id,
        (target.name or start.indicator.name)[language],
        target_text(book, start, language),
        baseline_text(book, start, language),
        float(start.share * 100) if start.share is not None else None,
        start.state,
        figure is not None and book.source[figure.source].grade == GRADES[-1],
        figure is not None,
        say(language, why if why in TEXTS else "rest.other"),
    )


def value_text(book: Book, start: Start, language: Language) -> str:
    """The target's figure with its unit and comparator; its phrase where it has none."""
    target = start.target
    stated = target.reading or target
    if stated.value is None or stated.unit is None:
        return target.printed
    dimension = book.units.dimension_of(start.indicator.dimension, stated.unit)
    in_words = "value-from-words" in target.flags
    text = amount(book.units, dimension, stated.unit, stated.value, language, in_words)
    if target.kind == "scale":
        return text
    text = compared(target.comparator, text, language, "bare-verb" in target.flags)
    return say(language, YEARLY[target.kind], value=text) if target.kind in YEARLY else text


def target_text(book: Book, start: Start, language: Language) -> str:
    """The value, how firm it is, by when, and what print says if doubted."""
    target, value = start.target, value_text(book, start, language)
    if target.value is None:
        return deadline(target, language)
    if target.reading:
        ends = "—".join(str(end) for end in target.value)
        value = say(language, "chart.reading", value=value, printed=f"{ends}{target.unit}")
    value = say(
        language, "chart.target.strive" if target.firmness == "strive" else "chart.target", value=value
    )
    until = deadline(target, language)
    if target.kind in YEARLY:
        until = say(language, "period.run", first=book.plan.first_year, last=book.plan.last_year)
    return say(language, "chart.deadline", value=value, deadline=until)


def deadline(target: Target, language: Language) -> str:
    """The printed date; else that none is given, or that only the plan's period implies one."""
    if target.deadline and target.deadline_printed:
        return period(target.deadline, language)
    return say(language, "deadline.undated" if "undated" in target.flags else "deadline.implied")


def baseline_text(book: Book, start: Start, language: Language) -> str:
    """166.9亿立方米（2024): the value and its period, with its weaknesses named."""
    baseline = start.baseline
    if baseline is None:
        return say(language, "chart.baseline.missing")
    figure = baseline.figure
    weak = [
        *(["partial"] if baseline.pair.comparability == "partial" else []),
        *(["unverified"] if book.source[figure.source].grade == GRADES[-1] else []),
    ]
    key = ".".join(["chart.baseline", "_".join(weak)]).rstrip(".")
    value = figure_text(book, start, figure, language)
    return say(language, key, value=value, period=period(figure.period or "", language))


def figure_text(book: Book, start: Start, figure: Figure, language: Language) -> str:
    text = amount(book.units, start.indicator.dimension, figure.unit, figure.value, language)
    return compared(figure.comparator, text, language)


def _sources(book: Book, sector: Sector, language: Language) -> str:
    """Publisher and date of each baseline, each once."""
    used = [
        book.source[start.baseline.figure.source]
        for start in starts(book, sector)
        if start.baseline and start.state != "not_applicable"
    ]
    named = list(dict.fromkeys(f"{item.publisher[language]} {item.date or ''}".strip() for item in used))
    return say(
        language,
        "chart.sources",
        plan=book.plan.short[language],
        number=book.plan.number,
        baselines=say(language, "chart.sources.join").join(named) or say(language, "chart.sources.none"),
        updated=book.plan.updated,
    )


def table(book: Book, chosen: Sequence[str], language: Language) -> list[dict[str, str]]:
    """The table behind the charts, as words: one row per target of the chosen sectors."""
    return [
        _table_row(book, sector, start, language)
        for sector in book.sectors
        if sector.id in chosen
        for start in starts(book, sector)
    ]


def _table_row(book: Book, sector: Sector, start: Start, language: Language) -> dict[str, str]:
    target, baseline = start.target, start.baseline
    cells = {
        "sector": sector.name[language],
        "name": (target.name or start.indicator.name)[language],
        "target": value_text(book, start, language) if target.value else "",
        "deadline": deadline(target, language),
        "baseline": figure_text(book, start, baseline.figure, language) if baseline else "",
        "period": period(baseline.figure.period or "", language) if baseline else "",
        "status": say(language, f"status.{status(target, baseline)}"),
        "section": section_text(target, language),
        "printed": target.printed,
        "doubts": " ".join(doubts(target, baseline, language)),
    }
    return {say(language, f"column.{name}"): cell for name, cell in cells.items()}


def doubts(target: Target, baseline: Baseline | None, language: Language) -> list[str]:
    """A sentence for each flag, why a printed figure is read otherwise, and the target's own note."""
    flags = [*target.flags, *(["conflicting"] if baseline and baseline.conflicting else [])]
    sentences = [say(language, f"flag.{flag}") for flag in flags]
    own = [target.reading.reason if target.reading else None, target.note]
    return [*sentences, *(text[language] for text in own if text)]


def _chapters(book: Book, sector: Sector, language: Language) -> str:
    """The chapters that hold the sector's targets, in the order of the plan."""
    found = {_chapter(book, book.section[target.section]).id for _, target in sector.targets}
    chapters = [section for section in book.sections.sections if section.id in found]
    names = [
        say(language, "section.named", number=section.id.split()[-1], name=title(section, language))
        for section in chapters
    ]
    return say(language, "chart.rest.join").join(names)


def _chapter(book: Book, section: Section) -> Section:
    return _chapter(book, book.section[section.parent]) if section.parent else section


def title(section: Section, language: Language) -> str:
    """The heading that a reader should see, without its own number."""
    if language == "en":
        return section.en
    return (section.title or section.heading).split(maxsplit=1)[-1]


def section_text(target: Target, language: Language) -> str:
    """第6节 or Section 6; 专栏4 or Box 4."""
    kind, _, number = target.section.rpartition(" ")
    return say(language, f"section.{kind or 'section'}", number=number)
