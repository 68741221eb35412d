"""A chart on a page: the figure, its image control, and one key away its words and the table behind it."""

from collections.abc import Mapping, Sequence

import streamlit as st

from charts.sheet import Chart
from charts.style import legend
from views import address, image, markup
from wording.texts import say


def show(
    chart: Chart, rows: Sequence[Mapping[str, str]] = (), links: Sequence[str] = (), *, opens: bool = True,
    under: str = "",
) -> None:  # fmt: skip
    """Put a chart on the page; where it `opens`, a click on a mark that has an indicator's id leads there.

    `rows` are the table where it holds more than the chart, `links` what each row opens, `under` words below.
    """
    language, key = chart.head.language, chart.head.id
    draw(chart, opens=opens)
    if under:
        markup.show(markup.text(under, look="caption"))
    image.control(chart, key)
    label = say(language, "data.line", name=say(language, "page.table"), figures=chart.head.title)
    words = markup.text(say(language, "page.words"), look="caption") + markup.text(chart.sentence, "pre")
    table = markup.table(rows or chart.table, label, links, whole=True)
    markup.show(markup.opened(say(language, "page.table"), table + words))


def draw(chart: Chart, *, opens: bool) -> None:
    """The legend and the figure alone."""
    if chart.legend:
        markup.show(markup.element(legend(chart.legend.values()), "p", **{"class": "signs"}))
    picked = st.plotly_chart(
        chart.screen,
        key=f"chart-{chart.head.id}-{chart.head.language}",
        config={"displayModeBar": False},
        alt=chart.sentence,
        on_select="rerun",
        selection_mode="points",
    )
    for point in picked.selection.points if opens else ():
        if point.get("customdata"):
            markup.leave_for(address.link(str(point["customdata"])))
