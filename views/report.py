"""An evaluation as HTML: the parts that the page shows, and the whole as one file that needs no network."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from html import escape
from itertools import groupby
from pathlib import Path

import plotly.io

from charts import ambition, tally
from charts.sheet import Chart
from charts.style import legend
from evidence.case import Case
from loaders.book import Book
from progress.assess import Assessment
from progress.calendar import Due, asof, calendar, elapsed
from progress.table import assessments
from progress.verdict import VERDICTS
from views import earlier
from views.markup import element, link, listed, part, table, text
from wording import Language, judged, phrases
from wording.numbers import computed, period
from wording.texts import say

Link = Callable[[str], str]
# A day on which more falls due is told in counts.
_NAMED = 8
_STYLE = Path(__file__).with_name("control") / "report.css"


def dates(book: Book, language: Language) -> list[str]:
    """Where the plan's period stands, and what falls due when."""
    plan, day = book.plan, asof(book)
    share = computed(100 * elapsed(book, day), 2, language)
    stand = say(
        language, "calendar.stand",
        first=plan.first_year, last=plan.last_year, day=period(str(day), language), share=share,
    )  # fmt: skip
    return [
        text(say(language, "calendar.title"), "h2", anchor="calendar"),
        text(stand),
        listed(_due(due, language) for due in calendar(book)),
    ]


def _due(due: Due, language: Language) -> str:
    parts = [
        say(language, f"calendar.{key}", count=len(cases)) + _names(cases, language)
        for key, cases in (("printed", due.printed), ("implied", due.implied))
        if cases
    ]
    parts += [
        say(
            language,
            "calendar.assumed" if one.assumed else "calendar.evaluation",
            name=one.name[language],
            section=say(language, "section.section", number=one.section),
        )
        for one in due.evaluations
    ]
    words = say(language, "chart.rest.join").join(parts)
    return escape(say(language, "data.line", name=period(str(due.day), language), figures=words))


def _names(cases: Sequence[Case], language: Language) -> str:
    if len(cases) > _NAMED:
        return ""
    names = [phrases.name(case.indicator, case.target, language) for case in cases]
    return say(language, "calendar.names", names=say(language, "chart.sources.join").join(names))


def summary(book: Book, found: Sequence[Assessment], year: int, language: Language) -> list[str]:
    """The verdicts counted, in a sentence."""
    counts = []
    for verdict in VERDICTS:
        own = [one for one in found if one.verdict == verdict]
        weak = sum(bool(one.tentative) for one in own)
        word = say(language, "coverage.part", state=say(language, f"verdict.{verdict}"), count=len(own))
        counts += [word + (say(language, "evaluation.weak", count=weak) if weak else "")] if own else []
    day = asof(book, year)
    key = "evaluation.summary" if day == date(year, 12, 31) else "evaluation.summary.early"
    words = say(
        language, key,
        year=year, day=period(str(day), language), total=len(found), counts=say(language, "source.join").join(counts),
    )  # fmt: skip
    return [text(say(language, "evaluation.heading", year=year), "h2", anchor="verdicts"), text(words)]


def details(
    book: Book, found: Sequence[Assessment], year: int, language: Language, href: Link | None = None
) -> list[str]:
    """What moved, what has no figure, and every target by sector. `href` gives the address of an indicator."""
    moved = [one for one in found if one.track.latest]
    silent = sorted((one for one in found if one.verdict == "cannot_say"), key=lambda one: str(one.reason))
    heading = say(language, "evaluation.moved")
    parts = [text(heading, "h2", anchor="moved")]
    parts.append(_table(moved, year, heading, language, href) if moved else text(say(language, "evaluation.still")))
    parts += [text(say(language, "evaluation.silent", count=len(silent)), "h2", anchor="silent")]
    groups = [list(group) for _, group in groupby(silent, key=lambda one: one.reason)]
    # In a file everything stands open: paper has no clicks.
    parts += [part(*_silent(group, language, href), opened=href is None) for group in groups]
    parts.append(text(say(language, "evaluation.sectors"), "h2", anchor="sectors"))
    for sector in book.sectors:
        if own := [one for one in found if one.case.sector is sector]:
            name = sector.name[language]
            title = say(language, "data.line", name=name, figures=_counts(own, language))
            parts.append(part(title, _table(own, year, name, language, href), sector.id, opened=href is None))
    return parts


def _counts(found: Sequence[Assessment], language: Language) -> str:
    """The verdicts of these targets in words."""
    verdicts = [one.verdict for one in found]
    return say(language, "source.join").join(
        say(language, "coverage.part", state=say(language, f"verdict.{verdict}"), count=verdicts.count(verdict))
        for verdict in VERDICTS
        if verdict in verdicts
    )


def _silent(found: Sequence[Assessment], language: Language, href: Link | None) -> tuple[str, str]:
    """The reason that leaves targets without a verdict, and these targets."""
    why = say(language, "data.item", title=say(language, f"reason.{found[0].reason}"), count=len(found))
    names = [phrases.name(one.case.indicator, one.case.target, language) for one in found]
    linked = [
        link(name, href(one.case.indicator.id)) if href else escape(name)
        for name, one in zip(names, found, strict=True)
    ]
    return why, element(say(language, "chart.rest.join").join(linked), "p")


def _table(found: Iterable[Assessment], year: int, label: str, language: Language, href: Link | None) -> str:
    every = list(found)
    rows = [judged.cells(one, date(year, 12, 31), language) for one in every]
    return table(rows, label, [href(one.case.indicator.id) for one in every] if href else (), whole=True)


def document(book: Book, year: int, language: Language) -> str:
    """The evaluation of a year as one HTML file with all that it needs inside."""
    found = assessments(book, asof(book, year))
    counted, hard = tally.verdicts(book, found, language, year), ambition.ambition(found, book, language)
    title = say(language, "report.title", plan=book.plan.short[language], year=year)
    charts = [
        text(counted.head.title, "h2"), *_drawn(counted, True),
        text(hard.head.title, "h2"), text(hard.head.subtitle), *_drawn(hard, False),
        *(text(note) for note in hard.head.notes), text(hard.head.sources),
    ]  # fmt: skip
    day = period(str(book.plan.updated), language)
    foot = say(language, "report.foot", number=book.plan.number, url=book.plan.url, updated=day)
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"{text(title, 'title')}<style>{_STYLE.read_text('utf-8')}</style>"
        "<noscript><style>.drawn { display: none; }</style></noscript>"
    )
    parts = (text(title, "h1"), *dates(book, language), *summary(book, found, year, language), *charts)
    past = earlier.section(book, language, lambda chart: _drawn(chart, False))
    body = "".join((*parts, *details(book, found, year, language), *past, text(foot)))
    return f'<!doctype html><html lang="{language[:2]}"><head>{head}</head><body>{body}</body></html>\n'


def _drawn(chart: Chart, first: bool) -> tuple[str, str, str]:
    """A chart in the file under its legend, and its figures where scripts do not run, as in the preview of a mail; the
    first one brings plotly.js along."""
    config = {"displayModeBar": False, "showSendToCloud": False, "responsive": True}
    name = f"chart-{chart.head.id.partition('.')[0]}"
    made = plotly.io.to_html(chart.screen, config=config, include_plotlyjs=first, full_html=False, div_id=name)
    rows = table(chart.table, chart.head.title) if chart.table else ""
    instead = element(text(say(chart.head.language, "report.still")) + rows, "noscript")
    return element(legend(chart.legend.values()), "p"), element(made, "div", **{"class": "drawn"}), instead
