"""What the browser opens: `streamlit run dashboard.py`. Page set-up, language, notices."""

import logging
from collections.abc import Callable

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from loaders.book import Book, NoData
from views import address, data, image, indicator, overview, store
from wording import LANGUAGES, Language
from wording.texts import say

log = logging.getLogger("dashboard")


def _reader_language() -> Language:
    """The address's language, else the browser's."""
    asked = [value for value in st.query_params.get_all("lang") if value in LANGUAGES]
    if asked:
        return "zh" if asked[-1] == "zh" else "en"
    return "zh" if (st.context.locale or "").lower().startswith("zh") else "en"


def _choose_language() -> Language:
    st.session_state.setdefault("language", _reader_language())
    write = address.follow("language", "lang", LANGUAGES, one=True)
    choice = st.segmented_control(
        say(st.session_state["language"], "page.language"),
        LANGUAGES,
        key="language",
        required=True,
        label_visibility="collapsed",
        format_func=lambda language: say(language, f"page.language.{language}"),
        on_change=write,
    )
    return "zh" if choice == "zh" else "en"


def _pages(book: Book, language: Language) -> None:
    def open_indicator(identifier: str) -> None:
        st.switch_page(detail, query_params={"lang": language, "id": identifier})

    def page(show: Callable[[], None], key: str, path: str | None) -> StreamlitPage:
        return st.Page(show, title=say(language, f"nav.{key}"), url_path=path, default=path is None)

    detail = page(lambda: indicator.show(book, language), "indicator", "indicator")
    start = page(lambda: overview.show(book, language, open_indicator), "overview", None)
    health = page(lambda: data.show(book, language), "data", "data")
    st.navigation([start, detail, health], position="top").run()


def main() -> None:
    image.provide_script()
    language = _choose_language()
    try:
        current = store.current()
    except NoData:
        st.error(say(language, "notice.nodata"))
        return
    if current.book is None:
        st.error(say(language, "notice.first", count=len(current.problems)))
        st.code("\n".join(map(str, current.problems)), language=None)
        return
    if current.problems:
        st.warning(say(language, "notice.broken", count=len(current.problems)))
    st.set_page_config(page_title=current.book.plan.short[language])
    _pages(current.book, language)


# The icon is an emoji: a ":material/" icon would be fetched from another host.
st.set_page_config(page_title="dashboard", page_icon="📊", layout="centered")
try:
    main()
except Exception:
    # Streamlit's own control flow does not derive from Exception.
    log.exception("the page failed")
    st.error(say(_reader_language(), "notice.error"))
