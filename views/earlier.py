"""What earlier goals came to, as HTML: of one indicator, and of the whole plan by sector and by kind."""

from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import groupby
from typing import get_args

from charts import goals
from charts.sheet import Chart
from loaders.book import Book
from loaders.models import Indicator, Rival
from progress.calendar import asof
from progress.promises import Promise, Tally, national, of_indicator, promises, tallies, tally
from views.markup import element, part, table, text
from wording import Language, phrases, promised
from wording.numbers import period
from wording.texts import say

Link = Callable[[str], str]
# Where it stands on a page.
ANCHOR = goals.ID
KINDS: tuple[str, ...] = get_args(Rival.model_fields["kind"].annotation)


def of_one(book: Book, indicator: Indicator, language: Language) -> list[str]:
    """The goals of one indicator in a sentence and a table; nothing where none is over."""
    made = promised.newest(of_indicator(book, indicator, asof(book)))
    if not made:
        return []
    title = say(language, "earlier.title")
    rows = _wide(table(_rows(made, language, without=("kind",)), title, whole=True))
    return [text(title, "h2", anchor=ANCHOR), text(promised.one(tally(made), language)), rows]


def heading(book: Book, language: Language) -> list[str]:
    """The counts of the whole plan in a sentence; nothing where no goal is over."""
    counts = tally(promises(book, asof(book)))
    if not counts.goals:
        return []
    words = promised.every(counts, period(str(asof(book)), language), language)
    return [text(say(language, "earlier.title"), "h2", anchor=ANCHOR), text(words)]


def parts(book: Book, language: Language, href: Link | None = None) -> list[str]:
    """The counts by kind, every goal by sector, and apart from all counts those of the nation. `href` gives the address
    of an indicator; in a file everything stands open, since paper has no clicks."""
    made, apart = promises(book, asof(book)), national(book, asof(book))
    kinds = tallies(made, lambda one: one.rival.kind)
    kind = say(language, "earlier.kinds")
    rows = [_counted(say(language, f"evidence.{name}"), kinds[name], language) for name in KINDS if name in kinds]
    found = [text(kind, "h3"), table(rows, kind, whole=True), text(say(language, "earlier.sectors"), "h3")]
    for sector in book.sectors:
        if own := [one for one in made if one.sector is sector]:
            counts, name = tally(own), sector.name[language]
            words = {"kept": counts.kept, "missed": counts.missed, "unsaid": counts.goals - counts.checked}
            title = say(language, "earlier.counts", name=name, goals=counts.goals, **words)
            found.append(part(title, _table(own, title, language, href), f"{ANCHOR}-{sector.id}", opened=href is None))
    if apart:
        title = say(language, "earlier.national", count=len(apart))
        inner = _table(apart, title, language, href)
        found.append(part(title, inner, f"{ANCHOR}-national", opened=href is None))
    return found


def section(book: Book, language: Language, drawn: Callable[[Chart], Iterable[str]]) -> list[str]:
    """All of it in a file, with the chart as `drawn`."""
    chart = goals.earlier(book, language)
    if chart is None:
        return []
    around = [text(chart.head.title, "h3"), text(chart.head.subtitle), *drawn(chart)]
    notes = [text(one) for one in (*chart.head.notes[1:], chart.head.sources)]
    return [*heading(book, language), *around, *notes, *parts(book, language)]


def _counted(name: str, counts: Tally, language: Language) -> dict[str, str]:
    """A row of counts."""
    numbers = {
        "earlier.column.goals": counts.goals,
        "earlier.kept": counts.kept,
        "earlier.missed": counts.missed,
        "earlier.cannot_say": counts.goals - counts.checked,
        "earlier.column.firm": counts.firm,
    }
    cells = {say(language, key): str(number) for key, number in numbers.items()}
    return {say(language, "earlier.column.kind"): name, **cells}


def _table(made: Sequence[Promise], label: str, language: Language, href: Link | None) -> str:
    """Goals of several indicators, each under its name and its newest first."""
    every = [one for _, own in groupby(made, key=lambda one: one.indicator.id) for one in promised.newest(own)]
    names = [phrases.name(one.indicator, one.indicator.targets[0], language) for one in every]
    rows = _rows(every, language)
    named = [{say(language, "earlier.column.name"): name, **row} for name, row in zip(names, rows, strict=True)]
    return _wide(table(named, label, [href(one.indicator.id) for one in every] if href else (), whole=True))


def _wide(table: str) -> str:
    """A table of many columns, which a page must be able to make narrow."""
    return element(table, "div", **{"class": "goals"})


def _rows(made: Sequence[Promise], language: Language, without: Collection[str] = ()) -> list[dict[str, str]]:
    """The cells of goals, without the columns that none of them fills."""
    rows = [promised.cells(one, language) for one in made]
    left_out = [say(language, f"earlier.column.{name}") for name in without]
    filled = [head for head in rows[0] if head not in left_out and any(row[head] for row in rows)]
    return [{head: row[head] for head in filled} for row in rows]
