"""The overview: for each sector, where its targets start and where they must be."""

from html import escape

import streamlit as st
from plotly.graph_objects import Figure

from charts import range as range_view
from charts.ambition import ambition, table
from charts.rows import RangeChart, Row, range_chart
from loaders.baseline import STATUSES
from loaders.book import Book
from loaders.find import FACETS, Entry
from views import chart as chart_view
from views import finder, markup, store
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


# Figures are cached as objects and never changed: Streamlit checks a dict anew at each rerun.
@st.cache_resource(max_entries=256, show_spinner=False, hash_funcs={Book: id})
def _figures(book: Book, sector_id: str, ids: tuple[str, ...], language: Language) -> tuple[RangeChart, Figure, str]:
    sector = next(sector for sector in book.sectors if sector.id == sector_id)
    chart = range_chart(book, sector, language, ids)
    return chart, range_view.screen(chart), range_view.printed(chart).to_json()


def _sector(book: Book, sector_id: str, entries: list[Entry], language: Language) -> None:
    chart, screen, sheet = _figures(book, sector_id, tuple(entry.target.id for entry in entries), language)
    more = markup.link(say(language, "sector.open"), sector_link(sector_id))
    markup.show(markup.text(chart.title, "h2", anchor=sector_id), markup.text(chart.chapters, look="caption"))
    if chart.drawn:
        legend = markup.element(range_view.legend(chart), "p")
        markup.show(markup.text(chart.subtitle, look="caption"), legend, markup.element(more, "p"))
        name = say(language, "image.file", sector=chart.sector)
        every = store.rows(book, language)
        rows = [every[entry.target.id] for entry in entries]
        links = [link(entry.indicator.id) for entry in entries]
        chart_view.show((screen, sheet), range_view.sentence(chart), name, sector_id, language, rows, links)
    if chart.beside:
        heading = markup.text(say(language, "rest.heading"))
        markup.show(heading, markup.listed(_beside(row, language) for row in chart.beside))


@st.cache_resource(max_entries=256, show_spinner=False, hash_funcs={Book: id})
def _hard(book: Book, ids: tuple[str, ...], language: Language) -> tuple[RangeChart, Figure, str]:
    chart = ambition([found for name, found in store.assessed(book).items() if name in ids], book, language)
    return chart, range_view.screen(chart), range_view.printed(chart).to_json()


def _ambition(book: Book, ids: tuple[str, ...], language: Language) -> None:
    """How hard it is: the pace of recent years against the pace needed, for the targets that allow it."""
    drawn, screen, sheet = _hard(book, ids, language)
    markup.show(markup.text(drawn.title, "h2", anchor="ambition"), markup.text(drawn.chapters, look="caption"))
    if drawn.drawn:
        markup.show(markup.text(drawn.subtitle, look="caption"), markup.element(range_view.legend(drawn), "p"))
        rows, links = table(drawn), [link(row.indicator) for row in drawn.drawn]
        name = say(language, "ambition.file")
        chart_view.show((screen, sheet), range_view.sentence(drawn), name, "ambition", language, rows, links)
    if drawn.beside:
        heading = markup.text(say(language, "ambition.met"))
        markup.show(heading, markup.listed(_beside(row, language) for row in drawn.beside))


def _beside(row: Row, language: Language) -> str:
    """A target that has no place on a chart, as HTML: its name as a link, its value, and why."""
    key, extra = "rest.line", {}
    if row.has_baseline:
        key, extra = "rest.line.start", {"start": escape(say(language, "rest.start", baseline=row.baseline))}
    name = markup.link(row.name, link(row.indicator))
    return say(language, key, name=name, value=escape(row.target), why=escape(row.why), **extra)
