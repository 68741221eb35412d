"""The book that pages read: loaded once, again when a file changes, the last good one meanwhile."""

import gc
import os
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from charts.rows import table
from loaders.book import DEFAULT, Book, Loaded, data_files, load
from loaders.problem import Problem
from progress.assess import Assessment
from progress.calendar import asof
from progress.table import assessments
from wording import Language

Stamp = tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True)
class Current:
    """The book to show (None on a first start with broken data) and what is wrong with the files."""

    book: Book | None
    problems: tuple[Problem, ...]


def folder() -> Path:
    """The data folder: PLAN_DIR, else `indicators/`."""
    return Path(os.environ.get("PLAN_DIR") or DEFAULT)


def current() -> Current:
    """Raises NoData where the folder is missing or empty. Costs one `stat` per file when nothing changed."""
    place = folder()
    stamp = tuple((path.name, _state(path)) for path in data_files(place))
    loaded = _load(str(place), stamp)
    last_good = _last_good(str(place))
    if loaded.book is not None:
        last_good[:] = [loaded.book]
    return Current(last_good[0] if last_good else None, loaded.problems)


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
def _load(place: str, stamp: Stamp) -> Loaded:  # noqa: ARG001 - the stamp is the cache key
    return load(Path(place))


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs={Book: id})
def rows(book: Book, language: Language) -> dict[str, dict[str, str]]:
    """The cells of every target in words, by the target's id."""
    return table(book, language)


@st.cache_resource(max_entries=4, show_spinner=False, hash_funcs={Book: id})
def assessed(book: Book) -> dict[str, Assessment]:
    """The assessment of every target by its id, from all figures that the data holds."""
    return {found.case.target.id: found for found in assessments(book, asof(book))}


@st.cache_resource(show_spinner=False)
def settle() -> None:
    """Called once, when a first page is made: Streamlit collects garbage after every run, and
    need not look again through the modules and data that stay (some 80 ms of each rerun)."""
    gc.collect()
    gc.freeze()


@st.cache_resource(show_spinner=False)
def _last_good(place: str) -> list[Book]:  # noqa: ARG001 - one list per folder
    return []
