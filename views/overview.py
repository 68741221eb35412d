"""The overview: for each sector, where its targets start and where they must be."""

from html import escape

import streamlit as st

from charts.ambition import ambition
from charts.range import RangeChart
from charts.row import Row
from charts.rows import range_chart
from evidence.search import FACETS, Entry
from evidence.standing import STATUSES
from loaders.book import Book
from views import chart as chart_view
from views import finder, image, markup, store
from views.address import link, sector_link
from wording import Language
from wording.texts import say


def show(book: Book, language: Language) -> None:
    markup.show(markup.text(say(language, "page.title", plan=book.plan.short[language]), "h1"))
    st.markdown(say(language, "page.intro"))
    shown = finder.choose(book, language)
    states = [entry.values[FACETS.index("status")][0] for entry in shown]
    st.markdown(say(language, "page.count", total=len(states), **{state: states.count(state) for state in STATUSES}))
    if shown:
        markup.show(markup.element(markup.link(say(language, "ambition.jump"), "#ambition"), "p"))
    for sector in book.sectors:
        if entries := [entry for entry in shown if entry.sector == sector.id]:
            _sector(book, sector.id, entries, language)
    if shown:
        _ambition(book, tuple(entry.target.id for entry in shown), language)
        image.everything(book, language, frozenset(entry.target.id for entry in shown))


# Charts are cached as objects and never changed: Streamlit checks a dict anew at each rerun.
@st.cache_resource(max_entries=256, show_spinner=False, hash_funcs={Book: id})
def _start(book: Book, sector_id: str, ids: tuple[str, ...], language: Language) -> RangeChart:
    sector = next(sector for sector in book.sectors if sector.id == sector_id)
    return range_chart(book, sector, language, ids)


def _sector(book: Book, sector_id: str, entries: list[Entry], language: Language) -> None:
    chart = _start(book, sector_id, tuple(entry.target.id for entry in entries), language)
    more = markup.link(say(language, "sector.open"), sector_link(sector_id))
    markup.show(markup.text(chart.head.title, "h2", anchor=sector_id), markup.text(chart.about, look="caption"))
    if chart.drawn:
        notes = [markup.text(note, look="caption") for note in (chart.head.subtitle, *chart.doubts)]
        markup.show(*notes, markup.element(more, "p"))
        every = store.rows(book, language)
        rows = [every[entry.target.id] for entry in entries]
        chart_view.show(chart, rows, [link(entry.indicator.id) for entry in entries])
    _list(chart, "rest.heading")


@st.cache_resource(max_entries=256, show_spinner=False, hash_funcs={Book: id})
def _pace(book: Book, ids: tuple[str, ...], language: Language) -> RangeChart:
    return ambition([found for name, found in store.assessed(book).items() if name in ids], book, language)


def _ambition(book: Book, ids: tuple[str, ...], language: Language) -> None:
    """How hard it is: the pace of recent years against the pace needed, for the targets that allow it."""
    chart = _pace(book, ids, language)
    markup.show(markup.text(chart.head.title, "h2", anchor="ambition"), markup.text(chart.about, look="caption"))
    if chart.drawn:
        markup.show(markup.text(chart.head.subtitle, look="caption"))
        chart_view.show(chart, links=[link(row.indicator) for row in chart.drawn])
    _list(chart, "ambition.met")


def _list(chart: RangeChart, heading: str) -> None:
    """The targets that have no place on the chart."""
    if chart.beside:
        language = chart.head.language
        items = markup.listed(_beside(row, language) for row in chart.beside)
        markup.show(markup.text(say(language, heading)), items)


def _beside(row: Row, language: Language) -> str:
    """A target that has no place on a chart, as HTML: its name as a link, its value, and why."""
    name = markup.link(row.name, link(row.indicator))
    return say(language, "rest.line", name=name, value=escape(row.target), why=escape(row.why))
