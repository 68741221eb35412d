"""What an evaluation of the plan needs, for a year of choice, with a calendar of what falls due."""

import streamlit as st

from charts import tally
from loaders.book import Book
from progress import calendar
from progress.assess import Assessment
from progress.table import assessments
from views import address, chart, markup, report
from wording import Language
from wording.texts import say


def show(book: Book, language: Language) -> None:
    markup.show(markup.text(say(language, "evaluation.title"), "h1"), *report.dates(book, language))
    year = _year(book, language)
    markup.entitle(book.plan.short[language], say(language, "evaluation.heading", year=year), language)
    found, counted = _counted(book, year, language)
    markup.show(*report.summary(book, found, year, language))
    chart.show(counted, opens=False)
    st.download_button(
        say(language, "report.download"),
        lambda: report.document(book, year, language),
        say(language, "report.file", year=year) + ".html",
        "text/html",
        on_click="ignore",
    )
    markup.show(*report.details(book, found, year, language, address.link))


def _year(book: Book, language: Language) -> int:
    """The year of the evaluation stands in the address; where none does it is that of the data."""
    plan = book.plan
    years = [str(year) for year in range(plan.first_year, plan.last_year + 1)]
    write = address.follow("year", "year", years, str(calendar.year(book)))
    if ignored := address.unknown("year", years):
        st.info(say(language, "page.ignored", values=", ".join(map(address.literal, ignored))))
    st.segmented_control(say(language, "evaluation.year"), years, required=True, key="year", on_change=write)
    return int(st.session_state["year"])


# Charts are cached as objects and never changed: Streamlit checks a dict anew at each rerun.
@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs={Book: id})
def _counted(book: Book, year: int, language: Language) -> tuple[tuple[Assessment, ...], tally.Tally]:
    found = assessments(book, calendar.asof(book, year))
    return found, tally.verdicts(book, found, language, year)
