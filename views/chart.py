"""A chart on a page: the figure, its image control, and one key away its words and the table behind it."""

from collections.abc import Mapping, Sequence

import streamlit as st

from charts.sheet import Chart
from charts.style import legend
from views import address, image, markup
from wording.texts import say


def show(
    chart: Chart, rows: Sequence[Mapping[str, str]] = (), links: Sequence[str] = (), *, opens: bool = True,
    over: str = "", under: str = "",
) -> None:  # fmt: skip
    """Put a chart on the page; where it `opens`, a click on a mark that has an indicator's id leads there.

    `rows` are the table where it holds more than the chart, `links` what each row opens, `over` HTML above and
    `under` words below. Each piece costs a browser some milliseconds, so there are few of them.
    """
    language, key = chart.head.language, chart.head.id
    draw(chart, over, opens=opens)
    label = say(language, "data.line", name=say(language, "page.table"), figures=chart.head.title)
    words = markup.text(say(language, "page.words"), look="caption") + markup.text(chart.sentence, "pre")
    table = markup.table(rows or chart.table, label, links, whole=True)
    notes = markup.text(under, look="caption") if under else ""
    markup.show(notes, markup.opened(say(language, "page.table"), table + words))
    image.control(chart, key)


def draw(chart: Chart, over: str = "", *, opens: bool) -> None:
    """What stands over it, the legend and the figure alone."""
    signs = markup.element(legend(chart.legend.values()), "p", **{"class": "signs"}) if chart.legend else ""
    markup.show(over, signs)
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
