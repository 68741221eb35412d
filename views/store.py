"""The book that pages read: loaded once, again when a file changes, the last good one meanwhile."""

import gc
import os
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

import streamlit as st

from charts.row import Row
from charts.rows import rows as board_rows
from charts.rows import table
from loaders import history
from loaders.book import DEFAULT, Book, Loaded, NoData, data_files, load
from loaders.letters import shown
from loaders.problem import Problem
from progress.assess import Assessment
from progress.calendar import asof
from progress.promises import Tally, promises, tally
from progress.table import assessments
from wording import Language

Stamp = tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True)
class Current:
    """The book to show (None on a first start with broken data), what is wrong with the files, and whether a newer
    state of them is being read."""

    book: Book | None
    problems: tuple[Problem, ...]
    reading: bool = False


class Reader:
    """The data of one folder: the last good book, and in the background the next. Nobody waits for an edit but the
    first visitor of all."""

    def __init__(self, place: Path) -> None:
        self._place, self._lock, self._pool = place, Lock(), ThreadPoolExecutor(1)
        self._stamp: Stamp | None = None
        self._next: Future[Loaded] = Future()
        self._now = Current(None, ())

    def now(self, stamp: Stamp) -> Current:
        """What to show while the files are in this state."""
        with self._lock:
            if stamp != self._stamp:
                self._stamp, self._next = stamp, self._pool.submit(load, self._place)
            if self._now.book is None or self._next.done():
                self._take()
            return replace(self._now, reading=not self._next.done())

    def gone(self) -> Current:
        """What to show while there is no data: the last good. Raises NoData where there never was any."""
        with self._lock:
            self._stamp = None  # a folder that comes back as it was is read again
            if self._now.book is None:
                raise NoData(f"{self._place} holds no data")
            lost = Problem(shown(self._place.name), 1, 1, "file-gone", "the data", "nothing")
            return Current(self._now.book, (lost,))

    def _take(self) -> None:
        try:
            loaded = self._next.result()
        except NoData:  # it went away between the look at it and the reading
            self._stamp = None
            if self._now.book is None:
                raise
            return
        self._now = Current(loaded.book or self._now.book, loaded.problems)


def folder() -> Path:
    """The data folder: PLAN_DIR, else `indicators/`."""
    return Path(os.environ.get("PLAN_DIR") or DEFAULT)


def current() -> Current:
    """Raises NoData where the folder is missing or empty, and always was. Costs one `stat` per file when nothing
    changed."""
    place = folder()
    try:
        stamp = tuple((path.name, _state(path)) for path in (*data_files(place), *history.files(place)))
    except NoData:
        return _reader(str(place)).gone()
    return _reader(str(place)).now(stamp)


def _state(path: Path) -> tuple[int, ...]:
    """Another one after every edit: copying tools keep size and time of change, none keeps the time of the inode.

    Empty for a file that is not there or cannot be reached: that is for `load` to say.
    """
    try:
        status = path.stat()
    except OSError:
        return ()
    return status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_size


# Books are frozen, so every session shares one; `cache_data` would copy it at each rerun.
@st.cache_resource(max_entries=4, show_spinner=False)
def _reader(place: str) -> Reader:
    return Reader(Path(place))


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs={Book: id})
def rows(book: Book, language: Language) -> dict[str, dict[str, str]]:
    """The cells of every target in words, by the target's id."""
    return table(book, language)


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs={Book: id})
def board(book: Book, language: Language) -> dict[str, Row]:
    """The rows of the overview, by the target's id."""
    return board_rows(book, language)


@st.cache_resource(max_entries=4, show_spinner=False, hash_funcs={Book: id})
def assessed(book: Book) -> dict[str, Assessment]:
    """The assessment of every target by its id, from all figures that the data holds."""
    return {found.case.target.id: found for found in assessments(book, asof(book))}


@st.cache_resource(max_entries=4, show_spinner=False, hash_funcs={Book: id})
def earlier(book: Book) -> Tally:
    """What earlier goals came to, counted."""
    return tally(promises(book, asof(book)))


@st.cache_resource(show_spinner=False)
def settle() -> None:
    """Called once, when a first page is made: Streamlit collects garbage after every run, and
    need not look again through the modules and data that stay (some 80 ms of each rerun)."""
    gc.collect()
    gc.freeze()
