"""What the browser opens: `streamlit run dashboard.py`. Page set-up, language, notices."""

import logging
import re
from collections.abc import Callable, Sequence
from functools import partial
from html import escape
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from loaders.book import Book, NoData
from views import address, data, embed, evaluation, guard, indicator, markup, method, overview, sector, store
from wording import LANGUAGES, LOCAL_UNITS, UNITS, Language, phrases, reader
from wording.texts import say

# The first is what the bare address shows.
PAGES = {"overview": overview, "sector": sector, "indicator": indicator}
PAGES |= {"evaluation": evaluation, "data": data, "method": method}
# What other sites embed: one chart without anything around it.
ALONE = "chart"
log = logging.getLogger("dashboard")


# zh, and as other sites write it: ZH, zh-CN, zh_Hans_CN.
_LANGUAGE = re.compile(rf"({'|'.join(LANGUAGES)})([-_][a-z]{{4}})?([-_][a-z]{{2}})?", re.IGNORECASE)


def _reader() -> Language:
    """What the address asks for, else the browser's language with its own units."""
    own = "zh" if (st.context.locale or "").lower().startswith("zh") else "en"
    asked = _LANGUAGE.fullmatch(st.query_params.get("lang", ""))
    return reader(asked[1].lower() if asked else own, st.query_params.get("units", ""))


def _choose(name: str, values: Sequence[str], now: str, label: str, option: Callable[[str], str]) -> None:
    """A small control for a choice that stands in the address under `name`; the address leads."""

    def write() -> None:
        st.query_params[name] = st.session_state[name]

    st.session_state[name] = now
    st.segmented_control(
        label, values, key=name, required=True, label_visibility="collapsed", format_func=option, on_change=write
    )


_STYLE = Path(__file__).with_name("views") / "control" / "page.css"


def _prepare(language: Language) -> None:
    """Our looks, and the language that screen readers speak."""
    st.html(_STYLE)
    markup.speak("zh" if language.startswith("zh") else "en")


def _head(pages: Sequence[StreamlitPage], language: Language) -> None:
    """Links to the pages, which take the filter and the language along, and the reader's own choices."""
    with st.container(horizontal=True, key="head"):
        for page in pages:
            st.page_link(page, query_params=address.shared())
    with st.container(horizontal=True, key="choices"):
        languages = {one: say(language, f"page.language.{one}") for one in LANGUAGES}
        _choose("lang", LANGUAGES, language[:2], say(language, "page.language"), languages.__getitem__)
        units = {one: say(language, f"units.{one}") for one in UNITS}
        shown = "chinese" if language in LOCAL_UNITS else "international"
        _choose("units", UNITS, shown, say(language, "units.label"), units.__getitem__)


def _foot(book: Book, language: Language) -> None:
    """Where the targets stand, the date of the data, how to report an error."""
    plan = book.plan
    words = {
        "number": plan.number,
        "updated": str(plan.updated),
        "version": book.version,
        "report": plan.report[language],
    }
    escaped = {field: escape(text) for field, text in words.items()}
    text = say(language, "page.footer", title=markup.link(plan.title[language], plan.url), **escaped)
    markup.show(markup.element(text, "p", **{"class": "caption"}))


def _pages(book: Book, language: Language) -> None:
    pages = [
        st.Page(
            partial(page.show, book, language),
            title=say(language, f"nav.{name}"),
            url_path=name if number else None,
            default=not number,
        )
        for number, (name, page) in enumerate(PAGES.items())
    ]
    alone = st.Page(partial(embed.show, book, language), title=say(language, "nav.chart"), url_path=ALONE)
    chosen = st.navigation([*pages, alone], position="hidden")
    address.enter(chosen.url_path)
    _prepare(language)
    address.mend_case([page.url_path for page in pages if page.url_path])
    markup.entitle(book.plan.short[language], chosen.title, language)
    if chosen is alone:
        alone.run()
        return
    _head(pages, language)
    chosen.run()
    _foot(book, language)
    store.settle()


def main() -> None:
    language = _reader()
    try:
        current = store.current()
    except NoData:
        st.error(say(language, "notice.nodata"))
        return
    if current.book is None:
        st.error(say(language, "notice.first", count=len(current.problems)))
        st.code("\n".join(phrases.problem(problem, language) for problem in current.problems), language=None)
        return
    if current.problems:
        st.warning(say(language, "notice.broken", count=len(current.problems)))
    _pages(current.book, language)


# The icon is an emoji: a ":material/" icon would be fetched from another host.
st.set_page_config(page_title="dashboard", page_icon="📊", layout="centered")
try:
    main()
except Exception:
    # Streamlit's own control flow does not derive from Exception.
    log.exception("the page failed")
    st.error(say(_reader(), "notice.error"))
guard.watch(_reader())
