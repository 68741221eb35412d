"""A chart on a page: the figure, its words, its image control, and the table behind it."""

import pandas as pd
import streamlit as st
from plotly.graph_objects import Figure

from views import image
from wording import Language
from wording.texts import say

# Streamlit draws chart words in a pale grey; this gives them the page's own ink, light or dark.
_INK = "<style>.js-plotly-plot .plotly text { fill: currentColor !important; }</style>"


def show(
    figure: Figure, sheet: Figure, words: str, name: str, key: str, language: Language, rows: pd.DataFrame | None = None
) -> str | None:
    """Put the chart on the page; returns the id behind a mark that was clicked.

    `sheet` is the figure for publication, `words` what the chart says (text alternative
    and text to copy), `name` the image's file name without its ending, `rows` the table.
    """
    st.html(_INK)
    picked = st.plotly_chart(
        figure,
        key=f"chart-{key}-{language}",
        config={"displayModeBar": False},
        alt=words,
        on_select="rerun",
        selection_mode="points",
    )
    image.control(sheet, name.replace(" ", "_"), language, key=f"image-{key}-{language}")
    with st.expander(say(language, "page.table")):
        if rows is not None:
            st.table(rows)
        st.caption(say(language, "page.words"))
        st.code(words, language=None, wrap_lines=True)
    clicked = [point["customdata"] for point in picked.selection.points if point.get("customdata")]
    return str(clicked[0]) if clicked else None
