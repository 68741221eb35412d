"""What an evaluation of the plan needs, for a year of choice: verdicts with reasons, what moved, what has no data."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from html import escape

import streamlit as st
from plotly.graph_objects import Figure

from charts import ambition, range, tally
from loaders.book import Book
from progress.assess import Assessment
from progress.calendar import Due, asof, calendar, elapsed
from progress.table import assessments
from progress.verdict import VERDICTS
from views import address, chart, markup, report
from wording import Language, judged, phrases
from wording.numbers import computed, period
from wording.texts import say

Link = Callable[[str], str]


def show(book: Book, language: Language) -> None:
    markup.show(markup.text(say(language, "evaluation.title"), "h1"))
    year = _year(book, language)
    found, tallied, hard = _figures(book, year, language)
    markup.show(*before(book, found, year, language))
    counted, pair = tallied
    markup.show(markup.element(tally.legend(counted), "p"))
    chart.show(pair, tally.sentence(counted), counted.file, "verdicts", language, tally.table(counted), opens=False)
    markup.show(*after(found, year, language, address.link))
    st.download_button(
        say(language, "report.download"),
        lambda: report.document(book, year, language),
        say(language, "report.file", year=year) + ".html",
        "text/html",
        on_click="ignore",
    )


def _year(book: Book, language: Language) -> int:
    """The year of the evaluation, which stands in the address; without one that of the data."""
    years = [str(year) for year in (*_years(book),)]
    own = str(min(max(asof(book).year, book.plan.first_year), book.plan.last_year))
    write = address.follow("year", "year", years, own)
    label = say(language, "evaluation.year")
    st.segmented_control(label, years, required=True, key="year", on_change=write)
    return int(st.session_state["year"])
