"""The shared filter: a search box, and the facets as links with their counts, so that a choice is an address."""

from html import escape

import streamlit as st

from evidence.search import FACETS, NO_GRADE, PROVINCE, Entry, counts, entries, known, matching, relaxed
from loaders.book import Book
from views import address, markup
from wording import Language
from wording.texts import say

_QUERY = "query"
# Beside the search box; the others are one step away.
FIRST = "sector"


def choose(book: Book, language: Language) -> list[Entry]:
    """The targets to show; where there is none the page says which choice to leave out."""
    every = entries_of(book)
    write_query = address.follow_text(_QUERY, "q")
    query, chosen = str(st.session_state[_QUERY]), chosen_of(every)
    wide, narrow = st.columns([3, 1], vertical_alignment="top")
    hint = say(language, "find.hint")
    narrow.text_input(
        say(language, "find.box"), key=_QUERY, on_change=write_query, placeholder=hint, label_visibility="collapsed"
    )
    with wide:
        markup.show(_sectors(book, every, query, chosen, language), _more(book, every, query, chosen, language))
    ignored = [value for facet in FACETS for value in address.unknown(facet, known(every, facet))]
    if ignored:
        st.info(say(language, "page.ignored", values=", ".join(map(address.literal, ignored))))
    shown = matching(every, query, chosen)
    if not shown:
        _nothing(every, query, chosen, language)
    return shown


@st.cache_resource(max_entries=4, show_spinner=False, hash_funcs={Book: id})
def entries_of(book: Book) -> tuple[Entry, ...]:
    return entries(book)


def chosen_of(every: tuple[Entry, ...]) -> dict[str, list[str]]:
    """The values of the address that mean something, by facet."""
    given = address.filters()
    values = {facet: known(every, facet) for facet in FACETS}
    return {facet: [value for value in given.get(facet, ()) if value in values[facet]] for facet in FACETS}


def named(book: Book) -> list[Entry]:
    """The targets that the address asks for, for a page without the filter's controls."""
    every = entries_of(book)
    query = "".join(address.filters().get("q", [""])[-1:])[: address.LONGEST]
    return matching(every, query, chosen_of(every))


def _sectors(
    book: Book, every: tuple[Entry, ...], query: str, chosen: dict[str, list[str]], language: Language
) -> str:  # fmt: skip
    """The sectors in a row; on a phone, where that would be a page of its own, behind one control."""
    whole = markup.chip(
        say(language, "find.all"), str(len(matching(every, query, {**chosen, FIRST: ()}))),
        address.with_value(FIRST, None), not chosen[FIRST],
    )  # fmt: skip
    row = whole + _chips(book, every, query, chosen, FIRST, language)
    named = [_name(book, FIRST, value, language) for value in chosen[FIRST]]
    label = say(language, "chart.sources.join").join(named) or say(language, "find.all")
    summary = markup.text(say(language, "data.line", name=say(language, "find.sector"), figures=label), "summary")
    opened = markup.element(summary + markup.element(row, "div", **{"class": "chips"}), "details")
    wide = markup.element(row, "div", **{"class": "chips", "role": "group", "aria-label": say(language, "find.sector")})
    return markup.element(wide, "div", **{"class": "wide"}) + markup.element(opened, "div", **{"class": "narrow"})


def _more(book: Book, every: tuple[Entry, ...], query: str, chosen: dict[str, list[str]], language: Language) -> str:
    """The other facets in a drawer; beside it what is chosen of them, each to be taken back, and the way to all."""
    others = [facet for facet in FACETS if facet != FIRST]
    groups = []
    for facet in others:
        chips = _chips(book, every, query, chosen, facet, language)
        label = say(language, f"find.{facet}")
        row = markup.element(chips, "div", **{"class": "chips", "role": "group", "aria-label": label})
        groups.append(markup.text(label, "p", look="facet") + row)
    drawer = markup.element(markup.text(say(language, "find.more"), "summary") + "".join(groups), "details")
    taken = [
        markup.chip(_name(book, facet, value, language), "×", address.toggled(facet, value), True)
        for facet in others
        for value in chosen[facet]
    ]
    clear = [markup.chip(say(language, "find.clear"), "", address.only(), False)]
    used = "".join([*taken, *(clear if query or any(chosen.values()) else [])])
    return markup.element(
        drawer + (markup.element(used, "div", **{"class": "chips used"}) if used else ""), "div", **{"class": "more"}
    )


def _chips(
    book: Book, every: tuple[Entry, ...], query: str, chosen: dict[str, list[str]], facet: str, language: Language
) -> str:  # fmt: skip
    """The values of a facet, each with the number of targets that it would give."""
    return "".join(
        markup.chip(
            _name(book, facet, value, language), str(count), address.toggled(facet, value), value in chosen[facet]
        )
        for value, count in counts(every, query, chosen, facet).items()
    )


def _name(book: Book, facet: str, value: str, language: Language) -> str:
    """What people call a value of a facet."""
    if facet == "sector":
        return str(next(sector.name[language] for sector in book.sectors if sector.id == value))
    if facet == "place" and value != PROVINCE:
        return next(place.name[language] for place in book.plan.places if place.id == value)
    if facet == "place":
        return say(language, "find.place.province", region=book.plan.region[language])
    if facet == "grade":
        return say(language, "find.grade.none" if value == NO_GRADE else "find.grade.value", grade=value)
    if facet == "due":
        return say(language, "period.year", year=value)
    return say(language, f"{'health' if facet == 'weak' else facet}.{value}")


def _nothing(every: tuple[Entry, ...], query: str, chosen: dict[str, list[str]], language: Language) -> None:
    """Say that nothing fits, and what leaving out one choice would give."""
    ways = [
        say(language, "find.relax", choice=say(language, f"find.{choice}"), count=count)
        for choice, count in relaxed(every, query, chosen).items()
    ]
    text = say(language, "find.nothing", ways=say(language, "chart.rest.join").join(ways))
    markup.show(markup.element(escape(text if ways else say(language, "find.nothing.at_all")), "p", role="status"))
