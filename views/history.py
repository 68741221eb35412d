"""What changed from one version of the data to the next: a short list of what a reader asks first, and the whole."""

from collections.abc import Callable, Sequence
from html import escape
from typing import get_args

import streamlit as st

from evidence.changes import by_kind, table
from evidence.frames import for_excel
from loaders.book import Book
from loaders.fields import last_day
from loaders.history import Change, Step, file_of
from loaders.models import Comparability
from views import markup
from views.address import link
from wording import Language, phrases
from wording.numbers import period
from wording.texts import say

# In place of what an earlier version left open.
NOTHING = "–"


def show(book: Book, language: Language) -> None:
    """A drawer for each step, the latest first; nothing where no earlier version is known."""
    if not book.history:
        return
    markup.show(markup.text(say(language, "history.title"), "h2", anchor="changes"))
    ends = (str(book.plan.updated), *(step.since for step in book.history))
    for until, step in zip(ends, book.history, strict=False):
        days = {"since": period(step.since, language), "until": period(until, language)}
        markup.show(markup.text(say(language, "history.step", **days)), told(book, step, language))
        _file(say(language, "history.download", count=len(step.changes)), step)


def told(book: Book, step: Step, language: Language) -> str:
    """A step as drawers: each kind of change with its count, and behind it where it happened."""
    return "".join(_kind(book, name, many, language) for name, many in by_kind(step).items())


def _kind(book: Book, name: str, many: Sequence[Change], language: Language) -> str:
    title = say(language, f"history.{name}", count=len(many))
    if name == "rest":
        return markup.text(title)
    line = _LINES.get(name, _named)
    # Of two keys of one thing both would say the same here.
    return markup.opened(title, markup.listed(dict.fromkeys(line(book, change, language) for change in many)))


def _file(label: str, step: Step) -> None:
    name = file_of(step.since)
    st.download_button(label, lambda: for_excel(table(step)), name, "text/csv", key=name, on_click="ignore")


def _named(book: Book, change: Change, language: Language) -> str:
    """The indicator, as a link where the data still has it."""
    every = {item.id: item for sector in book.sectors for item in sector.indicators}
    found = every.get(change.indicator_id or "")
    return markup.link(found.name[language], link(found.id)) if found else escape(change.indicator_id or change.id)


def _figure(book: Book, change: Change, language: Language) -> str:
    """What was published, and whether it came or went; of a changed one which key."""
    words = say(language, f"history.{change.change}")
    said = change.new or change.old or ""
    return say(language, "history.line", name=_named(book, change, language), change=words, what=escape(said))


def _target(book: Book, change: Change, language: Language) -> str:
    """The target as it now stands, or its day before and now."""
    name = _named(book, change, language)
    if change.field == "deadline" and change.old and change.new:
        old, new = (_day(day, language) for day in (change.old, change.new))
        return say(language, "history.turned", name=name, old=old, new=new)
    found = (both for sector in book.sectors for both in sector.targets if both[1].id == change.id)
    now = next((phrases.value(book, *both, language) for both in found), change.new or change.old or "")
    words = say(language, f"history.{change.change}")
    return say(language, "history.line", name=name, change=words, what=escape(now))


def _turned(book: Book, change: Change, language: Language) -> str:
    """How comparable a figure was held to be, and is; the id of a pair begins with its document."""
    old, new = (_judged(word, language) for word in (change.old, change.new))
    whose = _publisher(book, change.id.partition(" ")[0], language)
    name = say(language, "history.of", name=_named(book, change, language), whose=escape(whose))
    return say(language, "history.turned", name=name, old=old, new=new)


def _graded(book: Book, change: Change, language: Language) -> str:
    whose = escape(_publisher(book, change.id, language))
    old, new = (escape(grade or NOTHING) for grade in (change.old, change.new))
    return say(language, "history.turned", name=whose, old=old, new=new)


# What an earlier version said need be nothing that today's has words for: it is repeated as it is.


def _day(text: str, language: Language) -> str:
    try:
        last_day(text)
    except ValueError:
        return escape(text)
    return period(text, language)


def _judged(word: str | None, language: Language) -> str:
    return say(language, f"comparability.{word}") if word in get_args(Comparability) else escape(word or NOTHING)


def _publisher(book: Book, source: str, language: Language) -> str:
    found = book.source.get(source)
    return found.publisher[language] if found else source


_LINES: dict[str, Callable[[Book, Change, Language], str]] = {
    "figures": _figure,
    "targets": _target,
    "comparability": _turned,
    "grades": _graded,
}
