"""What the browser opens: `streamlit run dashboard.py`. Page set-up, language, notices."""

import logging
import re
from functools import partial
from pathlib import Path

import streamlit as st

from loaders.book import Book, NoData
from views import address, data, embed, evaluation, frame, guard, indicator, markup, method, overview, sector, store
from wording import LANGUAGES, Language, phrases, reader
from wording.texts import say

# The first is what the bare address shows.
PAGES = {"overview": overview, "indicator": indicator, "evaluation": evaluation, "data": data, "method": method}
# What other sites embed: one chart without anything around it; and a page of before, which leads to its successor.
ALONE, MOVED = "chart", "sector"
log = logging.getLogger("dashboard")


# zh, and as other sites write it: ZH, zh-CN, zh_Hans_CN.
_LANGUAGE = re.compile(rf"({'|'.join(LANGUAGES)})([-_][a-z]{{4}})?([-_][a-z]{{2}})?", re.IGNORECASE)


def _reader() -> Language:
    """What the address asks for, else the browser's language with its own units."""
    own = "zh" if (st.context.locale or "").lower().startswith("zh") else "en"
    asked = _LANGUAGE.fullmatch(st.query_params.get("lang", ""))
    return reader(asked[1].lower() if asked else own, st.query_params.get("units", ""))


_STYLE = Path(__file__).with_name("views") / "control" / "page.css"


def _prepare(language: Language) -> None:
    """Our looks, and the language that screen readers speak."""
    st.html(_STYLE)
    markup.speak("zh" if language.startswith("zh") else "en")


def _pages(book: Book, language: Language) -> None:
    pages = {
        name: st.Page(
            partial(page.show, book, language),
            title=say(language, f"nav.{name}"),
            url_path=name if number else None,
            default=not number,
        )
        for number, (name, page) in enumerate(PAGES.items())
    }
    alone = st.Page(partial(embed.show, book, language), title=say(language, "nav.chart"), url_path=ALONE)
    moved = st.Page(sector.leave, title=say(language, "nav.overview"), url_path=MOVED)
    chosen = st.navigation([*pages.values(), alone, moved], position="hidden")
    address.enter(chosen.url_path)
    _prepare(language)
    address.mend_case([page.url_path for page in (*pages.values(), alone, moved) if page.url_path])
    markup.entitle(book.plan.short[language], chosen.title, language)
    if chosen in (alone, moved):
        chosen.run()
        return
    titles = {page.url_path: say(language, f"nav.{name}.short") for name, page in pages.items()}
    markup.show(frame.header(book, titles, chosen.url_path, language))
    chosen.run()
    markup.show(frame.footer(book, language))
    store.settle()


def main() -> bool:
    """Make the page; whether newer data is on its way."""
    language = _reader()
    try:
        current = store.current()
    except NoData:
        st.error(say(language, "notice.nodata"))
        return False
    if current.book is None:
        st.error(say(language, "notice.first", count=len(current.problems)))
        st.code("\n".join(phrases.problem(problem, language) for problem in current.problems), language=None)
        return current.reading
    if current.problems:
        st.warning(say(language, "notice.broken", count=len(current.problems)))
    _pages(current.book, language)
    return current.reading


# The icon is an emoji: a ":material/" icon would be fetched from another host.
st.set_page_config(page_title="dashboard", page_icon="📊", layout="wide")
soon = False
try:
    soon = main()
except Exception:
    # Streamlit's own control flow does not derive from Exception.
    log.exception("the page failed")
    st.error(say(_reader(), "notice.error"))
guard.watch(_reader(), soon=soon)
