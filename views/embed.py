"""One chart alone, with its source line: what another page embeds."""

import streamlit as st

from charts import link, pack
from charts.range import RangeChart
from charts.sheet import Chart
from loaders.book import Book
from views import address, chart, finder, markup, scoreboard
from wording import Language
from wording.texts import say


def show(book: Book, language: Language) -> None:
    """The chart that the address names, of what its filter leaves."""
    ids = tuple(entry.target.id for entry in finder.named(book))
    drawn = _chart(book, language, st.query_params.get("id", ""), ids, address.context())
    if drawn is None:
        st.info(say(language, "address.chart.unknown", value=address.literal(st.query_params.get("id", "")[:40])))
        return
    head = drawn.head
    markup.entitle(book.plan.short[language], head.title, language)
    markup.show(markup.text(head.title, "h1", look="alone"), markup.text(head.subtitle, look="caption"))
    if isinstance(drawn, RangeChart) and drawn.family == "mark":
        # Rows need no plotly.js; they open in a page of their own, as the link below does.
        markup.show(scoreboard.legend(drawn.drawn, language), scoreboard.alone(drawn.drawn, head.title, language))
    else:
        chart.draw(drawn, opens=False)
    view = link.view(address.site(), head, address.filters())
    source = markup.text(" ".join((*head.notes, head.sources, head.data)), look="caption")
    away = markup.element(say(language, "embed.open"), "a", href=view, target="_blank", rel="noopener")
    markup.show(source, markup.element(away, "p"))


# Charts are cached as objects and never changed: Streamlit checks a dict anew at each rerun.
@st.cache_resource(max_entries=256, show_spinner=False, hash_funcs={Book: id})
def _chart(book: Book, language: Language, identifier: str, ids: tuple[str, ...], context: bool) -> Chart | None:
    return pack.chart(book, language, identifier, ids, context=context)
