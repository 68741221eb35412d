"""One sector: each of its indicators by year, in its own unit, in the order of the plan."""

from html import escape

import streamlit as st

from loaders.book import Book
from loaders.models import Indicator
from views import address, indicator, markup
from wording import Language, phrases
from wording.texts import say

COLUMNS = 2


def show(book: Book, language: Language) -> None:
    every = {sector.id: sector for sector in book.sectors}
    names = {name: sector.name[language] for name, sector in every.items()}
    # Who comes from a filtered page wants the sector that was chosen there.
    sector = every[address.one_of("sector", names, language, st.query_params.get("sector"))]
    markup.entitle(book.plan.short[language], sector.name[language], language)
    drawn = [item for item in sector.indicators if indicator.drawn(book, item.id, language, True)]
    markup.show(
        markup.text(sector.name[language], "h1"),
        markup.text(say(language, "sector.intro", total=len(sector.indicators), drawn=len(drawn))),
    )
    if indicator.has_context(book, drawn, language):
        address.switch(say(language, "years.switch"))
    # Row by row, so that on a phone, where columns stand one under the other, the order stays the plan's.
    for first in range(0, len(drawn), COLUMNS):
        for column, item in zip(st.columns(COLUMNS), drawn[first : first + COLUMNS], strict=False):
            with column.container(border=True):
                name = markup.link(item.name[language], address.link(item.id))
                markup.show(markup.element(name, "h2", **{"class": "small"}))
                indicator.by_year(book, item, language, opens=True)
    _rest(book, [item for item in sector.indicators if item not in drawn], language)


def _rest(book: Book, left: list[Indicator], language: Language) -> None:
    """The targets without a chart, in words."""
    lines = [
        say(
            language,
            "data.line",
            name=markup.link(phrases.name(item, target, language), address.link(item.id)),
            figures=escape(phrases.full_value(book, item, target, language)),
        )
        for item in left
        for target in item.targets
    ]
    if lines:
        markup.show(markup.text(say(language, "sector.rest"), "h2"), markup.listed(lines))
