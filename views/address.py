"""What the page shows, as ids in its address: links outlive any change of wording.

Streamlit's own `bind="query-params"` writes labels, which differ by language, so the
address is kept here by hand. The address leads: Back, Forward and an edited address
change the widget; a click on the widget changes the address.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar
from urllib.parse import urlencode

import streamlit as st

from charts.link import CONTEXT, OFF
from evidence.search import FACETS
from evidence.standing import SUCCESSORS
from views.markup import leave_for
from wording import Language
from wording.texts import say

# What only one page shows: a link to another leaves it.
OWN = ("id", "earlier")
# Words that were given up, by the parameter that they stand in: links that were handed out still hold them. They are
# read as what came after them and stay as they are in the address: one that was written anew would be a step of its
# own, and Back would never get past it.
_OLD: Mapping[str, Mapping[str, Sequence[str]]] = {"status": SUCCESSORS}
# Longer searches are cut: nobody types them, and they would fill the address.
LONGEST = 100


Word = TypeVar("Word", bound=str)


def follow(key: str, parameter: str, known: Sequence[str], default: str | None = None) -> Callable[[], None]:
    """Set the widget `key` from the address when that changed; returns the widget's on_change.

    With a `default` the widget holds one value, else a list.
    """
    raw = tuple(st.query_params.get_all(parameter))
    seen = f"seen {parameter}"
    if st.session_state.get(seen) != raw or key not in st.session_state:
        chosen = [value for value in read(parameter, raw) if value in known]
        st.session_state[key] = chosen if default is None else (chosen or [default])[-1]
        st.session_state[seen] = raw
    else:
        # Said again at each run: on another page, or with other labels, it is another widget.
        st.session_state[key] = st.session_state[key]

    def write() -> None:
        value = st.session_state[key]
        values = [value] if isinstance(value, str) else list(value or ())
        st.session_state[seen] = tuple(values)
        if values:
            st.query_params[parameter] = values
        else:
            st.query_params.pop(parameter, None)

    return write


def read(parameter: str, values: Iterable[str]) -> list[str]:
    """The values of a parameter, each once, as they are called today."""
    old = _OLD.get(parameter, {})
    return list(dict.fromkeys(new for value in values for new in old.get(value, (value,))))


def follow_text(key: str, parameter: str) -> Callable[[], None]:
    """The same for a text box: the last value of the parameter, whatever it says."""
    raw = st.query_params.get(parameter, "")[:LONGEST]
    seen = f"seen {parameter}"
    if st.session_state.get(seen) != raw or key not in st.session_state:
        st.session_state[key] = st.session_state[seen] = raw
    else:
        st.session_state[key] = st.session_state[key]

    def write() -> None:
        st.session_state[seen] = value = st.session_state[key].strip()[:LONGEST]
        if value:
            st.query_params[parameter] = value
        else:
            st.query_params.pop(parameter, None)

    return write


def context() -> bool:
    """Whether figures that are not comparable are shown: unless the address hides them."""
    return st.query_params.get(CONTEXT, "") != OFF


def switch(label: str) -> None:
    """What shows or hides them; only what is hidden stands in the address."""
    key, shown = "shown context", context()
    # The address leads: said again at each run, as after Back or on another page.
    st.session_state[key] = shown

    def write() -> None:
        if st.session_state[key]:
            st.query_params.pop(CONTEXT, None)
        else:
            st.query_params[CONTEXT] = OFF

    st.toggle(label, key=key, on_change=write)


def one_of(kind: str, options: Mapping[str, str], language: Language, start: str | None = None) -> str:
    """A box to choose one thing of a kind; its id stands in the address. Where none is named `start`, or the first."""
    key = f"id of {kind}"
    write = follow(key, "id", list(options), start if start in options else next(iter(options)))
    for value in unknown("id", options):
        st.info(say(language, "address.unknown", value=literal(value)))
    st.selectbox(
        say(language, "address.choose"), list(options), format_func=options.__getitem__, key=key, on_change=write,
        label_visibility="collapsed",
    )  # fmt: skip
    return str(st.session_state[key])


def filters() -> dict[str, list[str]]:
    """The filter of the address: words and facets."""
    given = {name: read(name, st.query_params.get_all(name)) for name in ("q", *FACETS)}
    return {name: values for name, values in given.items() if any(values)}


def enter(page: str) -> None:
    """Remember the path of the page that is shown; the first page has none."""
    st.session_state["page"] = page


def mend_case(paths: Iterable[str]) -> None:
    """Lead `/Sector` to `/sector`: Streamlit shows the first page for it, under a dialog in English."""
    before, _, last = (st.context.url or "").partition("?")[0].rstrip("/").rpartition("/")
    if not st.session_state["page"] and last not in paths and last.lower() in paths:
        leave_for(f"{before}/{last.lower()}?{query()}")


def site() -> str:
    """The dashboard's own address, as the visitor's browser knows it, without its last slash."""
    return (st.context.url or "").rstrip("/").removesuffix(f"/{st.session_state['page']}").rstrip("/")


def here() -> str:
    """The address of what the visitor sees."""
    return f"{site()}/{st.session_state['page']}?{query()}"


def choice(parameter: str, options: Sequence[Word]) -> Word:
    """One of some words that the address may hold; the first where it holds none of them."""
    given = st.query_params.get(parameter, "")
    return next((one for one in options if one == given), options[0])


def link(indicator: str) -> str:
    """The address of an indicator's page, with the reader's choices."""
    return page("indicator", id=indicator)


def page(path: str, **own: str) -> str:
    """The address of a page (the first has the path ""), with the reader's choices and what is asked of that page,
    which comes before them."""
    asked = {name: [value] for name, value in own.items()}
    return _address(path, {**asked, **_shared(), **asked})


def with_value(parameter: str, value: str | None) -> str:
    """The address of this page with one value for a parameter, or none."""
    return _changed({parameter: [] if value is None else [value]})


def toggled(parameter: str, value: str) -> str:
    """The address of this page with a value more, or, where it is there, one less; in the words of today, so that
    what a word of before stands for can be taken back one by one."""
    values = read(parameter, st.query_params.get_all(parameter))
    return _changed({parameter: [one for one in values if one != value] if value in values else [*values, value]})


def only(**chosen: str) -> str:
    """The address of this page with this filter and no other."""
    kept: dict[str, list[str]] = {name: [] for name in ("q", *FACETS)}
    return _changed({**kept, **{name: [value] for name, value in chosen.items()}})


def query() -> str:
    """What the address asks for, as the links of this run know it."""
    return urlencode({name: st.query_params.get_all(name) for name in st.query_params}, doseq=True)


def _changed(values: Mapping[str, list[str]]) -> str:
    given = {name: st.query_params.get_all(name) for name in st.query_params}
    return _address(st.session_state["page"], {**given, **values})


def _shared() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in st.query_params if name not in OWN}


def _address(path: str, values: Mapping[str, Sequence[str]]) -> str:
    query = urlencode({name: list(every) for name, every in values.items() if every}, doseq=True)
    return f"{path or '.'}{'/' if not path else ''}{'?' if query else ''}{query}"


def unknown(parameter: str, known: Iterable[str]) -> list[str]:
    """Values of the address that mean nothing here, short enough to show."""
    given, means = dict.fromkeys(st.query_params.get_all(parameter)), list(known)
    return [value[:40] for value in given if not any(one in means for one in read(parameter, [value]))]


def literal(text: str) -> str:
    """Text from the data as Markdown that shows it letter by letter, for the labels of widgets."""
    # Arrows, dashes, icons and addresses work even behind a backslash: an invisible joiner parts them.
    text = re.sub(r"->|<-|--|[<>~]=|:[a-z]|www|://", lambda sign: f"{sign[0][0]}\u2060{sign[0][1:]}", text)
    return "".join("\\" + char if char in "\\`*_{}[]()#+-.!|<>~$:&" else char for char in text)
