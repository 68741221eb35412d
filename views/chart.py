"""A chart on a page: the figure, its image control, and one key away its words and the table behind it."""

from collections.abc import Mapping, Sequence

import streamlit as st
from plotly.graph_objects import Figure

from views import address, image, markup
from wording import Language
from wording.texts import say


def show(
    figures: tuple[Figure, str],
    words: str,
    name: str,
    key: str,
    language: Language,
    rows: Sequence[Mapping[str, str]],
    links: Sequence[str] = (),
    *,
    opens: bool = True,
) -> None:
    """Put a chart on the page; where it `opens`, a click on a mark that has an indicator's id leads there.

    `figures` are the one for the page and, as JSON, the one for publication; `words` is what the chart says (text
    alternative and text to copy), `name` the image's file name without its ending; `rows` is the table, `links` what
    each row opens.
    """
    screen, sheet = figures
    picked = st.plotly_chart(
        screen,
        key=f"chart-{key}-{language}",
        config={"displayModeBar": False},
        alt=words,
        on_select="rerun",
        selection_mode="points",
    )
    image.control(sheet, name.replace(" ", "_"), language, key=f"image-{key}-{language}")
    with st.expander(say(language, "page.table")):
        label = say(language, "data.line", name=say(language, "page.table"), figures=name)
        markup.show(markup.table(rows, label, links))
        st.caption(say(language, "page.words"))
        st.code(words, language=None, wrap_lines=True)
    for point in picked.selection.points if opens else ():
        if point.get("customdata"):
            markup.leave_for(address.link(str(point["customdata"])))
