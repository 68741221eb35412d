"""One sector: a small chart for each indicator, each in its own unit, in the plan's order."""

from collections.abc import Callable

import streamlit as st
from plotly.graph_objects import Figure

from charts import trajectory
from loaders.book import Book
from loaders.models import Indicator
from views import address, chart
from wording import Language, phrases
from wording.texts import say

COLUMNS = 2


def show(book: Book, language: Language, open_indicator: Callable[[str], None]) -> None:
    every = {sector.id: sector for sector in book.sectors}
    chosen = address.one_of("sector", {name: sector.name[language] for name, sector in every.items()}, language)
    sector = every[chosen]
    st.title(sector.name[language])
    drawn = [(item, found) for item in sector.indicators if (found := figures(book, item, language))]
    st.markdown(say(language, "sector.intro", drawn=len(drawn), total=len(sector.indicators)))
    columns = st.columns(COLUMNS)
    for number, (item, (shown, figure, sheet)) in enumerate(drawn):
        with columns[number % COLUMNS].container(border=True):
            st.markdown(f"**[{address.literal(item.name[language])}]({address.link(item.id)})**")
            st.caption(shown.subtitle)
            words, name = trajectory.sentence(shown), say(language, "path.file", name=item.name[language])
            if clicked := chart.show(figure, sheet, words, name, item.id, language):
                open_indicator(clicked)
    left = [item for item in sector.indicators if item not in [item for item, _ in drawn]]
    for item in left:
        _line(book, item, language)


# Figures are cached as objects and never changed: Streamlit checks a dict anew at each rerun.
@st.cache_resource(max_entries=512, show_spinner=False, hash_funcs={Book: id, Indicator: lambda item: item.id})
def figures(
    book: Book, indicator: Indicator, language: Language
) -> tuple[trajectory.Trajectory, Figure, Figure] | None:
    """The chart of an indicator, for the page and for print; None for one that has no path."""
    drawn = trajectory.trajectory(book, indicator, language)
    return (drawn, trajectory.screen(drawn), trajectory.printed(drawn)) if drawn else None


def _line(book: Book, indicator: Indicator, language: Language) -> None:
    """An indicator without a chart: its targets in words."""
    for target in indicator.targets:
        name = f"[{address.literal(phrases.name(indicator, target, language))}]({address.link(indicator.id)})"
        value = phrases.full_value(book, indicator, target, language)
        st.markdown("- " + say(language, "data.line", name=name, figures=address.literal(value)))
