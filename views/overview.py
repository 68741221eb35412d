"""The overview: the whole plan as a scoreboard, a row each, and of one sector its charts by year."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby

import streamlit as st

from charts import goals
from charts.row import Row
from charts.rows import doubts, range_chart
from evidence.search import Entry
from evidence.standing import WITHOUT
from loaders.book import Book, Sector
from progress.assess import Assessment
from progress.calendar import asof, calendar, elapsed
from progress.order import ORDERS, Order, ordered
from views import address, earlier, finder, image, indicator, markup, scoreboard, store, terms
from wording import Language
from wording.numbers import computed, period
from wording.texts import say

COLUMNS = 2
# What a row says of a weakness that its marks do not show.
TOLD = ("asks-no-more", "conflicting-sources", "only-bound", "old-baseline", "start-unpublished")


def show(book: Book, language: Language) -> None:
    markup.show(_head(book, language), _tiles(book, language))
    shown = finder.choose(book, language)
    order = address.choice("order", ORDERS)
    others = address.choice("others", ("hide", "show")) == "show"
    markup.show(_controls(len(shown), order, others, language))
    ids = frozenset(entry.target.id for entry in shown)
    _sheets(book, ids, language)
    found = _rows(book, ids, order, others, language)
    markup.show(scoreboard.legend([row for _, row in found], language), terms.drawer("overview", language))
    markup.show(*_tables(book, found, ids, order, language))
    markup.show(*(markup.text(note, look="caption") for note in doubts([row for _, row in found], language)))
    chosen = list(dict.fromkeys(entry.sector for entry in shown))
    if st.query_params.get_all(finder.FIRST) and len(chosen) == 1:
        _by_year(book, next(one for one in book.sectors if one.id == chosen[0]), shown, language)
    if shown:
        image.everything(book, language, ids)


def _head(book: Book, language: Language) -> str:
    """What this is and where the period stands."""
    plan, day = book.plan, asof(book)
    without = sum(entry.has("status", WITHOUT) for entry in finder.entries_of(book))
    words = {"first": plan.first_year, "last": plan.last_year, "day": period(str(day), language), "without": without}
    share = computed(100 * elapsed(book, day), 2, language)
    title = say(language, "page.title", count=len(book.targets), year=plan.last_year)
    return markup.text(title, "h1") + markup.text(say(language, "page.intro", share=share, **words), "p", look="lead")


def _tiles(book: Book, language: Language) -> str:
    """The figures that matter: counts of the whole plan, each a link that filters to what it counts."""
    every = finder.entries_of(book)
    counted: list[tuple[str, str]] = [
        ("status", "comparable"), ("status", "partial"), ("status", "from_zero"), ("weak", "asks-no-more")
    ]  # fmt: skip
    made = []
    for facet, value in counted:
        count = sum(entry.has(facet, [value]) for entry in every)
        words, under = (say(language, f"tile.{value}{part}") for part in ("", ".under"))
        made.append(_tile(str(count), words, under, facet, value))
    made += [*_kept(book, language), *_next(book, language)]
    return scoreboard.tiles(made, say(language, "tile.label"))


def _tile(number: str, words: str, under: str, facet: str, value: str) -> str:
    chosen = address.filters() == {facet: [value]}
    return scoreboard.tile(number, words, under, address.only(**{facet: value}), chosen)


def _kept(book: Book, language: Language) -> Iterator[str]:
    """How many earlier goals were kept: a count of the whole plan that leads to all of them."""
    counts = store.earlier(book)
    if counts.checked:
        words = {"kept": counts.kept, "checked": counts.checked, "firm": counts.firm}
        number, said, under = (say(language, f"earlier.tile{part}", **words) for part in (".number", "", ".under"))
        place = f"{address.page('evaluation', **{goals.ID: goals.SHOW})}#{earlier.ANCHOR}"
        yield scoreboard.tile(number, said, under, place, False)


def _next(book: Book, language: Language) -> Iterator[str]:
    """What falls due next."""
    coming = [due for due in calendar(book) if due.day > asof(book) and (due.printed or due.implied)]
    if coming:
        first = coming[0]
        count = len(first.printed) + len(first.implied)
        words = say(language, "tile.due")
        under = say(language, "tile.due.under", count=count, day=period(str(first.day), language))
        yield _tile(str(first.day.year), words, under, "due", str(first.day.year))


def _controls(count: int, order: Order, others: bool, language: Language) -> str:
    """How many targets there are, in which order, and whether those that a filter leaves out are shown too."""
    orders = "".join(
        markup.chip(say(language, f"order.{one}"), "", address.with_value("order", one if one != ORDERS[0] else None),
                    one == order)
        for one in ORDERS
    )  # fmt: skip
    label = say(language, "order.label")
    group = markup.element(orders, "span", role="group", **{"aria-label": label, "class": "chips"})
    parts = [markup.text(say(language, "page.count", total=count), "b"), markup.text(label, "span"), group]
    if address.filters():
        toggle = address.with_value("others", None if others else "show")
        parts.append(markup.chip(say(language, "others.hide" if others else "others.show"), "", toggle, others))
    return markup.element("".join(parts), "p", **{"class": "controls"})


def _rows(
    book: Book, ids: frozenset[str], order: Order, others: bool, language: Language
) -> list[tuple[Assessment, Row]]:
    """The rows to show, in their order, each with its assessment."""
    every, assessed = store.board(book, language), store.assessed(book)
    return [
        (one, every[one.case.target.id])
        for one in ordered(assessed.values(), order)
        if one.case.target.id in every and (others or one.case.target.id in ids)
    ]


def _tables(
    book: Book, found: Sequence[tuple[Assessment, Row]], ids: frozenset[str], order: Order, language: Language
) -> Iterator[str]:  # fmt: skip
    """A table a sector in the plan's order, else one for all."""
    if order != ORDERS[0]:
        yield _table([row for _, row in found], say(language, f"order.{order}"), ids, book, language)
        return
    for sector, group in groupby(found, key=lambda one: one[0].case.sector):
        rows = [row for _, row in group]
        name = sector.name[language]
        count = markup.text(say(language, "board.count", count=len(rows)), "small")
        heading = markup.link(name, address.with_value(finder.FIRST, sector.id)) + " " + count
        yield markup.element(heading, "h2", id=sector.id, **{"class": "sector"})
        yield _table(rows, name, ids, book, language)


def _table(rows: Sequence[Row], label: str, ids: frozenset[str], book: Book, language: Language) -> str:
    """The rows with a track, and under them in one line those without."""
    weak = {entry.target.id: entry for entry in finder.entries_of(book)}

    def told(row: Row) -> str:
        codes = [code for code in TOLD if weak[row.id].has("weak", [code])]
        words = (row.why, *(say(language, f"weak.{code}") for code in codes))
        return say(language, "board.join").join(word for word in words if word)

    tracked = [row for row in rows if row.goal]
    board = scoreboard.table(tracked, label, address.link, told, lambda row: row.id not in ids, language)
    return (board if tracked else "") + scoreboard.compact(
        [row for row in rows if not row.goal], address.link, language
    )


def _sheets(book: Book, ids: frozenset[str], language: Language) -> None:
    """One control for the sheets of the sectors that have one, each made when it is asked for."""
    tracked = {row.id for row in store.board(book, language).values() if row.goal} & ids
    named = {f"start.{sector.id}": sector for sector in book.sectors}
    held = {key: one for key, one in named.items() if any(target.id in tracked for _, target in one.targets)}
    image.choice(
        {key: partial(range_chart, book, sector, language, ids) for key, sector in held.items()},
        {key: sector.name[language] for key, sector in held.items()},
        "start",
        language,
        title=say(language, "board.image"),
        label=say(language, "find.sector"),
        version=f"{book.version} {hash(ids)}",
    )


def _by_year(book: Book, sector: Sector, shown: Sequence[Entry], language: Language) -> None:
    """The charts by year of the one sector that is chosen, row by row, so that on a phone, where columns stand one
    under the other, the order stays the plan's."""
    named = {entry.indicator.id: entry.indicator for entry in shown}
    drawn = [one for one in named.values() if indicator.drawn(book, one.id, language, True)]
    title = say(language, "sector.years", sector=sector.name[language])
    markup.show(markup.text(title, "h2", anchor="years"))
    if indicator.has_context(book, drawn, language):
        address.switch(say(language, "years.switch"))
    for first in range(0, len(drawn), COLUMNS):
        for column, item in zip(st.columns(COLUMNS), drawn[first : first + COLUMNS], strict=False):
            with column.container(border=True):
                name = markup.link(item.name[language], address.link(item.id))
                title = markup.element(name, "h3", **{"class": "small"})
                indicator.by_year(book, item, language, title, opens=True)
