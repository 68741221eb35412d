"""The overview: for each sector, where its targets start and where they must be."""

from collections.abc import Callable

import pandas as pd
import streamlit as st
from plotly.graph_objects import Figure

from charts import range as range_view
from charts.rows import RangeChart, Row, range_chart, table
from loaders.baseline import STATUSES
from loaders.book import Book
from loaders.find import FACETS
from views import chart as chart_view
from views import finder
from views.address import link, literal
from wording import Language
from wording.texts import say


def show(book: Book, language: Language, open_indicator: Callable[[str], None]) -> None:
    """The page; `open_indicator` goes to the page of the indicator with that id."""
    st.title(say(language, "page.title", plan=book.plan.short[language]))
    st.markdown(say(language, "page.intro"))
    shown = finder.choose(book, language)
    states = [entry.values[FACETS.index("status")][0] for entry in shown]
    st.markdown(say(language, "page.count", total=len(states), **{state: states.count(state) for state in STATUSES}))
    for sector in book.sectors:
        ids = tuple(entry.target.id for entry in shown if entry.sector == sector.id)
        if ids:
            _sector(book, sector.id, ids, language, open_indicator)
    plan = book.plan
    words = {"title": plan.title[language], "report": plan.report[language]}
    st.caption(say(language, "page.footer", url=plan.url, number=plan.number, updated=plan.updated, **words))


# Figures are cached as objects and never changed: Streamlit checks a dict anew at each rerun.
@st.cache_resource(max_entries=256, show_spinner=False, hash_funcs={Book: id})
def _figures(book: Book, sector_id: str, ids: tuple[str, ...], language: Language) -> tuple[RangeChart, Figure, Figure]:
    sector = next(sector for sector in book.sectors if sector.id == sector_id)
    chart = range_chart(book, sector, language, ids)
    return chart, range_view.screen(chart), range_view.printed(chart)


def _sector(
    book: Book, sector_id: str, ids: tuple[str, ...], language: Language, open_indicator: Callable[[str], None]
) -> None:
    chart, figure, sheet = _figures(book, sector_id, ids, language)
    st.subheader(chart.title, anchor=sector_id)
    st.caption(literal(chart.chapters))
    if chart.drawn:
        st.caption(chart.subtitle)
        st.markdown(range_view.legend(chart), unsafe_allow_html=True)
        name = say(language, "image.file", sector=chart.sector)
        words, rows = range_view.sentence(chart), _table(book, ids, language)
        if clicked := chart_view.show(figure, sheet, words, name, sector_id, language, rows):
            open_indicator(clicked)
    if chart.beside:
        st.markdown("\n".join([say(language, "rest.heading"), "", *(_beside(row, language) for row in chart.beside)]))


def _beside(row: Row, language: Language) -> str:
    key, extra = "rest.line", {}
    if row.has_baseline:
        key, extra = "rest.line.start", {"start": say(language, "rest.start", baseline=row.baseline)}
    words = {"value": row.target, "why": row.why, **extra}
    name = f"[{literal(row.name)}]({link(row.indicator)})"
    return "- " + say(language, key, name=name, **{field: literal(text) for field, text in words.items()})


def _table(book: Book, ids: tuple[str, ...], language: Language) -> pd.DataFrame:
    """The chart's numbers, each row a link to its indicator."""
    rows = table(book, ids, language)
    found = [item for sector in book.sectors for item, target in sector.targets if target.id in ids]
    name = say(language, "column.name")
    for row, item in zip(rows, found, strict=True):
        row |= {column: literal(cell) for column, cell in row.items()}
        row[name] = f"[{row[name]}]({link(item.id)})"
    # What is long stands on the indicator's page: here it would squeeze the numbers.
    long = [say(language, f"column.{column}") for column in ("sector", "printed", "doubts")]
    return pd.DataFrame(rows).set_index(name).drop(columns=long)
