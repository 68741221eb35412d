"""What the page shows, as ids in its address: links outlive any change of wording.

Streamlit's own `bind="query-params"` writes labels, which differ by language, so the
address is kept here by hand. The address leads: Back, Forward and an edited address
change the widget; a click on the widget changes the address.
"""

from collections.abc import Callable, Iterable, Sequence

import streamlit as st


def follow(key: str, parameter: str, known: Sequence[str], *, one: bool = False) -> Callable[[], None]:
    """Set the widget `key` from the address when that changed; returns the widget's on_change."""
    raw = tuple(st.query_params.get_all(parameter))
    seen = f"seen {parameter}"
    if st.session_state.get(seen) != raw or key not in st.session_state:
        chosen = [value for value in dict.fromkeys(raw) if value in known]
        if one:
            if chosen:
                st.session_state[key] = chosen[-1]
        else:
            st.session_state[key] = chosen
        st.session_state[seen] = raw

    def write() -> None:
        value = st.session_state[key]
        values = [value] if isinstance(value, str) else list(value or ())
        st.session_state[seen] = tuple(values)
        if values:
            st.query_params[parameter] = values
        else:
            st.query_params.pop(parameter, None)

    return write


def unknown(parameter: str, known: Iterable[str]) -> list[str]:
    """Values of the address that mean nothing here, short enough to show."""
    return [value[:40] for value in dict.fromkeys(st.query_params.get_all(parameter)) if value not in known]


def literal(text: str) -> str:
    """Text from the data as Markdown that shows it letter by letter."""
    return "".join("\\" + char if char in "\\`*_{}[]()#+-.!|<>~$:&" else char for char in text)
