"""Words on a page as HTML of our own. Streamlit's Markdown would read signs in texts from the data
(pictures, arrows, addresses), opens links in a new tab, and draws tables that no key reaches."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
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
    """Put HTML on the page; every part comes from the functions below. Nothing is put where there is nothing, which
    Streamlit would refuse."""
    if html := "".join(parts):
        st.html(html)


def text(words: str, name: str = "p", *, anchor: str = "", look: str = "") -> str:
    """One element that holds these words; `anchor` is what a link to it ends in, `look` its class."""
    return element(escape(words), name, id=anchor, **{"class": look})


def element(inner: str, name: str, **attributes: str) -> str:
    """One element around HTML."""
    given = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items() if value)
    return f"<{name}{given}>{inner}</{name}>"


def link(words: str, address: str) -> str:
    return element(escape(words), "a", href=address)


def chip(words: str, count: str, address: str, chosen: bool) -> str:
    """A choice as a link, with what it would give."""
    state = {"aria-current": "true"} if chosen else {}
    inner = escape(words) + " " + element(escape(count), "span", **{"class": "count"})
    return element(inner, "a", href=address, **{"class": "chip", "data-stay": "yes"}, **state)


def listed(items: Iterable[str]) -> str:
    """A list of HTML items."""
    return element("".join(element(item, "li") for item in items), "ul")


def named(rows: Iterable[tuple[str, str]]) -> str:
    """Names and what they are, both HTML; nothing of what is empty."""
    return element("".join(element(name, "dt") + element(cell, "dd") for name, cell in rows if cell.strip()), "dl")


@dataclass(frozen=True)
class Heading:
    """The address that sorts by a column, and how it is sorted: `ascending`, `descending` or not."""

    address: str
    sorted: str = ""


def table(
    rows: Sequence[Mapping[str, str]], label: str, links: Sequence[str] = (), whole: bool = False,
    sorts: Mapping[str, Heading] | None = None,
) -> str:  # fmt: skip
    """A table under the keys of its first row. The first cell of a row names it, and opens its link. Shown `whole` it
    does not scroll, however long. A heading of `sorts` is a link that sorts by its column."""
    head = "".join(_heading(key, (sorts or {}).get(key)) for key in rows[0])
    body = []
    for number, row in enumerate(rows):
        name, *cells = row.values()
        first = link(name, links[number]) if links else escape(name)
        body.append(element(element(first, "th", scope="row") + "".join(text(cell, "td") for cell in cells), "tr"))
    inner = element(element(head, "tr"), "thead") + element("".join(body), "tbody")
    look = "rows whole" if whole else "rows"
    return element(element(inner, "table"), "div", tabindex="0", role="region", **{"aria-label": label, "class": look})


def _heading(words: str, sort: Heading | None) -> str:
    if sort is None:
        return element(escape(words), "th", scope="col")
    sign = {"ascending": " ▲", "descending": " ▼"}.get(sort.sorted, "")
    named = element(escape(words) + sign, "a", href=sort.address, **{"data-stay": "yes"})
    return element(named, "th", scope="col", **{"aria-sort": sort.sorted})


def opened(title: str, inner: str) -> str:
    """HTML behind its title. Streamlit's own drawer, and its box for text to copy, would fetch a part of their own."""
    return element(text(title, "summary") + inner, "details", **{"class": "drawer"})


def part(title: str, inner: str, anchor: str = "", *, opened: bool) -> str:
    """A part under its title, to be opened."""
    state = {"open": "open"} if opened else {}
    return element(text(title, "summary") + inner, "details", id=anchor, **{"class": "part"}, **state)


def entitle(plan: str, page: str, language: Language) -> None:
    """The name of the tab, of which a browser shows the first words: what the page is about, then the plan."""
    st.set_page_config(page_title=say(language, "page.tab", page=page, plan=plan))


def leave_for(address: str) -> None:
    """Take the reader to another page as a link would: one step back leads to where they were."""
    _deed(key="deed-leave", data={"deed": "leave", "value": address})


def become(address: str) -> None:
    """Show another page in place of this one, as if it had been asked for at once."""
    _deed(key="deed-become", data={"deed": "become", "value": address})


def speak(language: str) -> None:
    """Tell screen readers the language of the page, which Streamlit always calls English."""
    _deed(key="deed-speak", data={"deed": "speak", "value": language})
