"""The shared filter: a search box, the facets with their counts, one action that clears all."""

from collections.abc import Callable

import streamlit as st

from evidence.search import FACETS, NO_GRADE, PROVINCE, Entry, counts, entries, matching, relaxed
from loaders.book import Book
from views import address
from wording import Language
from wording.texts import say

_KEYS = {facet: f"facet {facet}" for facet in FACETS}
_QUERY = "query"


def choose(book: Book, language: Language) -> list[Entry]:
    """The targets to show; where there is none the page says which choice to leave out."""
    every = _entries(book)
    known = {facet: list(counts(every, "", {}, facet)) for facet in FACETS}
    write_query = address.follow_text(_QUERY, "q")
    writers = {facet: address.follow(_KEYS[facet], facet, known[facet]) for facet in FACETS}
    query = str(st.session_state[_QUERY])
    chosen = {facet: list(st.session_state[_KEYS[facet]]) for facet in FACETS}
    hint = say(language, "find.hint")
    st.text_input(say(language, "find.box"), key=_QUERY, on_change=write_query, placeholder=hint)
    given = {facet: counts(every, query, chosen, facet) for facet in FACETS}
    _facet(book, FACETS[0], given[FACETS[0]], language, writers[FACETS[0]])
    with st.expander(say(language, "find.more"), expanded=any(chosen[facet] for facet in FACETS[1:])):
        for facet in FACETS[1:]:
            _facet(book, facet, given[facet], language, writers[facet])
    if query or any(chosen.values()):
        st.button(say(language, "find.clear"), key="clear", on_click=_clear)
    if ignored := [value for facet in FACETS for value in address.unknown(facet, known[facet])]:
        st.info(say(language, "page.ignored", values=", ".join(map(address.literal, ignored))))
    shown = matching(every, query, chosen)
    if not shown:
        _nothing(every, query, chosen, language)
    return shown


@st.cache_resource(max_entries=4, show_spinner=False, hash_funcs={Book: id})
def _entries(book: Book) -> tuple[Entry, ...]:
    return entries(book)


def named(book: Book) -> list[Entry]:
    """The targets that the address asks for, for a page without the filter's controls."""
    every, given = _entries(book), address.filters()
    known = {facet: counts(every, "", {}, facet) for facet in FACETS}
    chosen = {facet: [value for value in given.get(facet, ()) if value in known[facet]] for facet in FACETS}
    return matching(every, "".join(given.get("q", [""])[-1:])[: address.LONGEST], chosen)


def _facet(book: Book, facet: str, given: dict[str, int], language: Language, write: Callable[[], None]) -> None:
    """The values of a facet, each with the number of targets that it would give."""
    labels = {
        value: say(
            language, "page.sector.option", name=address.literal(_name(book, facet, value, language)), count=count
        )
        for value, count in given.items()
    }
    label, name = say(language, f"find.{facet}"), labels.__getitem__
    st.pills(label, list(given), selection_mode="multi", format_func=name, key=_KEYS[facet], on_change=write)


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
    return say(language, f"{facet}.{value}")


def _clear() -> None:
    """Every choice back to none, in the widgets and, in one step, in the address."""
    kept = {name: st.query_params.get_all(name) for name in st.query_params if name not in ("q", *FACETS)}
    st.query_params.from_dict(kept)
    for parameter, key in (("q", _QUERY), *_KEYS.items()):
        st.session_state[key] = st.session_state[f"seen {parameter}"] = "" if key == _QUERY else ()


def _nothing(every: tuple[Entry, ...], query: str, chosen: dict[str, list[str]], language: Language) -> None:
    """Say that nothing fits, and what leaving out one choice would give."""
    ways = [
        say(language, "find.relax", choice=say(language, f"find.{choice}"), count=count)
        for choice, count in relaxed(every, query, chosen).items()
    ]
    text = say(language, "find.nothing", ways=say(language, "chart.rest.join").join(ways))
    st.info(text if ways else say(language, "find.nothing.at_all"))
