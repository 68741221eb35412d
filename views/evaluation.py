"""What an evaluation of the plan needs, for a year of choice, with a calendar of what falls due."""

import streamlit as st

from charts import ambition, goals, tally
from charts.range import RangeChart
from loaders.book import Book
from progress import calendar
from progress.assess import Assessment
from progress.table import assessments
from views import address, chart, earlier, finder, markup, report, store, terms
from wording import Language
from wording.texts import say


def show(book: Book, language: Language) -> None:
    markup.show(markup.text(say(language, "evaluation.title"), "h1"))
    year = _year(book, language)
    markup.entitle(book.plan.short[language], say(language, "evaluation.heading", year=year), language)
    found, counted = _counted(book, year, language)
    markup.show(*report.summary(book, found, year, language), terms.drawer("evaluation", language))
    chart.show(counted, opens=False)
    _pace(book, language)
    st.download_button(
        say(language, "report.download"),
        lambda: report.document(book, year, language),
        say(language, "report.file", year=year) + ".html",
        "text/html",
        on_click="ignore",
    )
    markup.show(*report.details(book, found, year, language, address.link))
    _earlier(book, language)
    markup.show(*report.dates(book, language))


def _year(book: Book, language: Language) -> int:
    """The year of the evaluation stands in the address; where none does it is that of the data."""
    plan = book.plan
    years = [str(year) for year in range(plan.first_year, plan.last_year + 1)]
    given = [one for one in st.query_params.get_all("year") if one in years]
    year = (given or [str(calendar.year(book))])[-1]
    if ignored := address.unknown("year", years):
        st.info(say(language, "page.ignored", values=", ".join(map(address.literal, ignored))))
    chips = "".join(markup.chip(one, "", address.with_value("year", one), one == year) for one in years)
    label = say(language, "evaluation.year")
    group = markup.element(chips, "span", role="group", **{"aria-label": label, "class": "chips"})
    markup.show(markup.element(markup.text(label, "span") + group, "p", **{"class": "controls"}))
    return int(year)


def _pace(book: Book, language: Language) -> None:
    """How hard it is: the pace of recent years against the pace needed, for the targets that allow it."""
    hard = _ambition(book, tuple(entry.target.id for entry in finder.named(book)), language)
    markup.show(markup.text(hard.head.title, "h2", anchor="pace"), markup.text(hard.about, look="caption"))
    if hard.drawn:
        markup.show(markup.text(hard.head.subtitle, look="caption"))
        chart.show(hard, links=[address.link(row.indicator) for row in hard.drawn], under=" ".join(hard.head.notes))


def _earlier(book: Book, language: Language) -> None:
    """What earlier goals came to; all of them where the address asks for it."""
    counted = _goals(book, language)
    if counted is None:
        return
    shown = address.choice(goals.ID, ("", goals.SHOW)) == goals.SHOW
    toggle = address.with_value(goals.ID, None if shown else goals.SHOW)
    words = say(language, f"earlier.{'hide' if shown else 'show'}", goals=sum(map(sum, counted.counts)))
    how = markup.link(say(language, "earlier.method"), f"{address.page('method')}#{earlier.ANCHOR}")
    row = markup.element(markup.chip(words, "", toggle, shown) + how, "p", **{"class": "controls"})
    markup.show(*earlier.heading(book, language), row)
    if shown:
        markup.show(markup.text(counted.head.title, "h3"), markup.text(counted.head.subtitle, look="caption"))
        chart.show(counted, opens=False, under=counted.head.notes[-1])
        markup.show(*earlier.parts(book, language, address.link))


# Charts are cached as objects and never changed: Streamlit checks a dict anew at each rerun.
@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs={Book: id})
def _goals(book: Book, language: Language) -> tally.Tally | None:
    return goals.earlier(book, language)


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs={Book: id})
def _ambition(book: Book, ids: tuple[str, ...], language: Language) -> RangeChart:
    return ambition.ambition([found for name, found in store.assessed(book).items() if name in ids], book, language)


@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs={Book: id})
def _counted(book: Book, year: int, language: Language) -> tuple[tuple[Assessment, ...], tally.Tally]:
    found = assessments(book, calendar.asof(book, year))
    return found, tally.verdicts(book, found, language, year)
