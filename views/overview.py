"""The overview: for each sector, where its targets start and where they must be."""

from collections.abc import Callable
from typing import Literal

import pandas as pd
import streamlit as st
from plotly.graph_objects import Figure

from charts import range as range_view
from charts.rows import RangeChart, Row, range_chart, table
from loaders.baseline import STATUSES
from loaders.book import Book
from loaders.tables import sectors as sector_counts
from views import address, image
from views.address import literal
from wording import Language
from wording.texts import say

# Streamlit draws chart words in a pale grey; this gives them the page's own ink, light or dark.
_INK = "<style>.js-plotly-plot .plotly text { fill: currentColor !important; }</style>"


def show(book: Book, language: Language, open_indicator: Callable[[str], None]) -> None:
    """The page; `open_indicator` goes to the page of the indicator with that id."""
    st.html(_INK)
    st.title(say(language, "page.title", plan=book.plan.short[language]))
    st.markdown(say(language, "page.intro"))
    chosen = _filter(book, language)
    counts = [row for row in sector_counts(book) if row["id"] in chosen]
    totals = {state: sum(int(str(row[state])) for row in counts) for state in STATUSES}
    st.markdown(say(language, "page.count", total=sum(totals.values()), **totals))
    for sector in book.sectors:
        if sector.id in chosen:
            _sector(book, sector.id, language)
    _table(book, chosen, language, open_indicator)
    plan = book.plan
    st.caption(
        say(
            language,
            "page.footer",
            title=plan.title[language],
            url=plan.url,
            number=plan.number,
            updated=plan.updated,
            report=plan.report[language],
        )
    )


def _filter(book: Book, language: Language) -> list[str]:
    """The sectors to show, all where none is chosen; unknown ones in the address are named."""
    known = [sector.id for sector in book.sectors]
    names = {
        sector.id: say(language, "page.sector.option", name=sector.name[language], count=len(sector.targets))
        for sector in book.sectors
    }
    write = address.follow("sectors", "sector", known)
    st.pills(
        say(language, "page.sectors"),
        known,
        selection_mode="multi",
        format_func=names.__getitem__,
        key="sectors",
        help=say(language, "page.sectors.help"),
        on_change=write,
    )
    if ignored := address.unknown("sector", known):
        st.info(say(language, "page.ignored", values=", ".join(ignored)))
    return list(st.session_state["sectors"]) or known


# Figures are cached as objects and never changed: Streamlit checks a dict anew at each rerun.
@st.cache_resource(max_entries=256, show_spinner=False, hash_funcs={Book: id})
def _figures(book: Book, sector_id: str, language: Language) -> tuple[RangeChart, Figure, Figure]:
    sector = next(sector for sector in book.sectors if sector.id == sector_id)
    chart = range_chart(book, sector, language)
    return chart, range_view.screen(chart), range_view.printed(chart)


def _sector(book: Book, sector_id: str, language: Language) -> None:
    chart, figure, sheet = _figures(book, sector_id, language)
    st.subheader(chart.title, anchor=sector_id)
    st.caption(literal(chart.chapters))
    if chart.drawn:
        st.caption(chart.subtitle)
        st.markdown(range_view.legend(chart), unsafe_allow_html=True)
        st.plotly_chart(
            figure,
            key=f"chart-{sector_id}-{language}",
            config={"displayModeBar": False},
            alt=range_view.sentence(chart),
        )
        name = next(sector.name[language] for sector in book.sectors if sector.id == sector_id)
        file = say(language, "image.file", sector=name.replace(" ", "_"))
        image.control(sheet, file, language, key=f"image-{sector_id}-{language}")
    if chart.beside:
        st.markdown("\n".join([say(language, "rest.heading"), "", *(_beside(row, language) for row in chart.beside)]))


def _beside(row: Row, language: Language) -> str:
    key, extra = "rest.line", {}
    if row.has_baseline:
        key, extra = "rest.line.start", {"start": say(language, "rest.start", baseline=row.baseline)}
    words = {"name": row.name, "value": row.target, "why": row.why, **extra}
    return "- " + say(language, key, **{name: literal(text) for name, text in words.items()})


def _table(book: Book, chosen: list[str], language: Language, open_indicator: Callable[[str], None]) -> None:
    st.subheader(say(language, "page.table"), anchor="table")
    rows = table(book, chosen, language)
    frame = pd.DataFrame(rows)
    # Without widths the longest names push the values out of sight.
    widths: dict[str, Literal["small", "medium"]] = {"sector": "small", "name": "medium", "printed": "medium"}
    config = {
        say(language, f"column.{name}"): st.column_config.TextColumn(width=width) for name, width in widths.items()
    }
    alt = say(language, "page.table.alt", count=len(rows))
    st.caption(say(language, "page.table.hint"))
    picked = st.dataframe(
        frame,
        hide_index=True,
        key="table",
        column_config=config,
        alt=alt,
        on_select="rerun",
        selection_mode="single-row",
    )
    if picked.selection.rows:
        shown = [item for sector in book.sectors if sector.id in chosen for item, _ in sector.targets]
        open_indicator(shown[picked.selection.rows[0]].id)
