"""Words on a page as HTML of our own. Streamlit's Markdown would read signs in texts from the data
(pictures, arrows, addresses), opens links in a new tab, and draws tables that no key reaches."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path

import streamlit as st

from wording import Language
from wording.texts import say

# A component, not a <script> in HTML: the policy that the public is served with forbids inline scripts.
_deed = st.components.v2.component(
    "deed", js=Path(__file__).with_name("control").joinpath("deed.js").read_text(encoding="utf-8")
)


def show(*parts: str) -> None:
    """Put HTML on the page; every part comes from the functions below."""
    st.html("".join(parts))


def text(words: str, name: str = "p", *, anchor: str = "", look: str = "") -> str:
    """One element that holds these words; `anchor` is what a link to it ends in, `look` its class."""
    return element(escape(words), name, id=anchor, **{"class": look})


def element(inner: str, name: str, **attributes: str) -> str:
    """One element around HTML."""
    given = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items() if value)
    return f"<{name}{given}>{inner}</{name}>"


def link(words: str, address: str) -> str:
    return element(escape(words), "a", href=address)


def listed(items: Iterable[str]) -> str:
    """A list of HTML items."""
    return element("".join(element(item, "li") for item in items), "ul")


def table(rows: Sequence[Mapping[str, str]], label: str, links: Sequence[str] = (), whole: bool = False) -> str:
    """A table under the keys of its first row. The first cell of a row names it, and opens its link. Shown `whole` it
    does not scroll, however long."""
    head = "".join(element(escape(key), "th", scope="col") for key in rows[0])
    body = []
    for number, row in enumerate(rows):
        name, *cells = row.values()
        first = link(name, links[number]) if links else escape(name)
        body.append(element(element(first, "th", scope="row") + "".join(text(cell, "td") for cell in cells), "tr"))
    inner = element(element(head, "tr"), "thead") + element("".join(body), "tbody")
    look = "rows whole" if whole else "rows"
    return element(element(inner, "table"), "div", tabindex="0", role="region", **{"aria-label": label, "class": look})


def entitle(plan: str, page: str, language: Language) -> None:
    """The name of the tab, of which a browser shows the first words: what the page is about, then the plan."""
    st.set_page_config(page_title=say(language, "page.tab", page=page, plan=plan))


def leave_for(address: str) -> None:
    """Take the reader to another page as a link would: one step back leads to where they were."""
    _deed(key="deed-leave", data={"deed": "leave", "value": address})


def speak(language: str) -> None:
    """Tell screen readers the language of the page, which Streamlit always calls English."""
    _deed(key="deed-speak", data={"deed": "speak", "value": language})
