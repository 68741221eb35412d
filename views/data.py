"""What is weak about the data, counted and listed, and what is missing."""

from collections.abc import Callable
from html import escape

import pandas as pd
import streamlit as st

from charts.tally import Tally, coverage
from evidence.baseline import pair_of
from evidence.finding import Finding
from evidence.frames import for_excel, rows, to_json
from evidence.health import CODES, findings
from evidence.package import zipped
from evidence.search import Entry
from evidence.tables import gaps, sources
from evidence.workbook import workbook
from loaders.book import Book
from loaders.models import Figure, Rival
from progress.columns import KEYS, by_column
from progress.table import FILES, chosen
from views import address, chart, finder, history, image, markup, store, terms
from views.address import follow, link
from wording import Language, phrases
from wording.columns import packed
from wording.texts import say

# The columns of the table by the names of their headings; each sorts it.
COLUMNS = ("name", *KEYS)


def show(book: Book, language: Language) -> None:
    """The table with its downloads, what is weak about it, what is missing."""
    markup.show(markup.text(say(language, "data.title"), "h1"), terms.drawer("data", language))
    shown = finder.choose(book, language)
    ids = {entry.target.id for entry in shown}
    if shown:
        _table(book, shown, language)
    _downloads(book, ids, language)
    if shown:
        image.everything(book, language, frozenset(ids))
    markup.show(markup.text(say(language, "data.health"), "h2", anchor="health"))
    _coverage(book, language)
    weak = _findings(book)
    codes = [code for code in CODES if any(finding.code == code for finding in weak)]
    counts = markup.table(_counts(book, weak, codes, language), say(language, "data.health"))
    markup.show(markup.text(say(language, "data.intro")), counts)
    for code in codes:
        items = [finding for finding in weak if finding.code == code]
        title = say(language, "data.item", title=say(language, f"health.{code}"), count=len(items))
        markup.show(markup.opened(title, markup.listed(_line(book, item, language) for item in items)))
    _gaps(book, language)
    history.show(book, language)


def _table(book: Book, shown: list[Entry], language: Language) -> None:
    """The targets shown, in the order of a column where the address names one: -deadline is the latest first."""
    every, assessed = store.rows(book, language), store.assessed(book)
    asked = address.choice("sort", ["", *(f"{sign}{column}" for column in COLUMNS for sign in ("", "-"))])
    column, down = asked.removeprefix("-"), asked.startswith("-")
    found = [assessed[entry.target.id] for entry in shown]
    if column:
        first = say(language, "column.name")
        found = by_column(found, column, down=down, name=lambda one: every[one.case.target.id][first])
    sorts = {
        say(language, f"column.{one}"): markup.Heading(
            address.with_value("sort", f"-{one}" if one == asked else one),
            "" if one != column else "descending" if down else "ascending",
        )
        for one in COLUMNS
    }
    links = [link(one.case.indicator.id) for one in found]
    alt = say(language, "page.table.alt", count=len(shown))
    markup.show(markup.table([every[one.case.target.id] for one in found], alt, links, sorts=sorts))


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs={Book: id})
def _tally(book: Book, language: Language) -> Tally:
    return coverage(book, language)


def _coverage(book: Book, language: Language) -> None:
    drawn = _tally(book, language)
    markup.show(markup.text(drawn.head.title, "h3"))
    chart.show(drawn, opens=False)


def _downloads(book: Book, ids: set[str], language: Language) -> None:
    """The contract's tables as files: the targets shown or all, or the figures beside them."""
    markup.show(markup.text(say(language, "data.downloads"), "h2", anchor="downloads"))
    with st.container(horizontal=True):
        scope = _either("scope", ("shown", "all"), language)
        what = _either("what", tuple(FILES), language)

    def table() -> pd.DataFrame:
        return FILES[what](book) if scope == "all" else chosen(what, book, ids)

    name = say(language, f"data.file.{what}")
    with st.container(horizontal=True):
        _file(say(language, "data.download.csv"), f"{name}.csv", lambda: for_excel(table()))
        _file(say(language, "data.download.json"), f"{name}.json", lambda: to_json(table()))
        _file(say(language, "data.download.xlsx"), f"{name}.xlsx", lambda: _workbook(book, table(), name, language))
    # Of every table at once: only the choice of targets bears on it, and it says of how many it is.
    packs = f"{say(language, 'data.file.package')}.zip"
    count = len(ids) if scope == "shown" else len(book.targets)
    label = say(language, "data.download.package", count=count)
    _file(label, packs, lambda: zipped(packed(book, ids if scope == "shown" else None)))


def _workbook(book: Book, table: pd.DataFrame, name: str, language: Language) -> bytes:
    """The table and, on a sheet of its own, the documents that it names."""
    ids = set(table["target_id" if "target_id" in table else "id"])
    return workbook({name: table, say(language, "data.file.sources"): sources(book, ids)})


def _either(name: str, options: tuple[str, ...], language: Language) -> str:
    words = {option: say(language, f"data.{option}") for option in options}
    write, label = follow(name, name, options, options[0]), say(language, f"data.{name}")
    st.segmented_control(label, options, required=True, format_func=words.__getitem__, key=name, on_change=write)
    return str(st.session_state[name])


_KINDS = {
    "csv": "text/csv",
    "json": "application/json",
    "zip": "application/zip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def _file(label: str, name: str, make: Callable[[], str | bytes]) -> None:
    """A download that is made when it is asked for."""
    kind = _KINDS[name.rpartition(".")[2]]
    st.download_button(label, make, name, kind, key=f"download {name}", on_click="ignore")


@st.cache_resource(max_entries=4, show_spinner=False, hash_funcs={Book: id})
def _findings(book: Book) -> tuple[Finding, ...]:
    return findings(book)


def _counts(book: Book, found: tuple[Finding, ...], codes: list[str], language: Language) -> list[dict[str, str]]:
    """One row per finding: how often in all, and in which sectors."""
    heads = [say(language, key) for key in ("data.rule", "data.total", "data.sectors")]
    rows = []
    for code in codes:
        hits = [finding.sector for finding in found if finding.code == code]
        named = [f"{sector.name[language]} {hits.count(sector.id)}" for sector in book.sectors if sector.id in hits]
        cells = (say(language, f"health.{code}"), str(len(hits)), say(language, "source.join").join(named))
        rows.append(dict(zip(heads, cells, strict=True)))
    return rows


def _line(book: Book, finding: Finding, language: Language) -> str:
    """One finding as HTML: what it is about, as a link, and the figures that show it."""
    indicator, target = finding.indicator, finding.target
    name = phrases.name(indicator, target, language) if target else indicator.name[language]
    asked = phrases.full_value(book, indicator, target, language) if target and target.value else ""
    shown = [asked, *(_figure(book, finding, figure, language) for figure in finding.figures)]
    text = say(language, "chart.rest.join").join(one for one in shown if one)
    if finding.gap is not None:
        text += say(language, "data.gap", percent=f"{float(100 * finding.gap):.1f}")
    linked = markup.link(name, link(indicator.id))
    return say(language, "data.line", name=linked, figures=escape(f"{text} {finding.expected}".strip()))


def _figure(book: Book, finding: Finding, figure: Figure, language: Language) -> str:
    """A figure with its period, and whether it is only partly comparable."""
    pair = pair_of(figure, finding.target) if finding.target else None
    partial = pair is not None and pair.comparability == "partial"
    value = phrases.figure(book, finding.indicator, figure, language)
    if isinstance(figure, Rival):
        value = f"{say(language, f'evidence.{figure.kind}')} {value}"
    when = phrases.when(finding.indicator, figure, language)
    return say(language, "chart.baseline.partial" if partial else "chart.baseline", value=value, period=when)


def _gaps(book: Book, language: Language) -> None:
    table = gaps(book)
    title, both = say(language, "data.gaps"), language[:2]
    named = {f"name_{both}": "column.name", f"figure_{both}": "data.figure", "unit": "data.unit"}
    named |= {f"publisher_{both}": "data.publisher", f"when_{both}": "data.when"}
    cells = [{say(language, key): str(row[field] or "") for field, key in named.items()} for row in rows(table)]
    markup.show(
        markup.text(title, "h2", anchor="gaps"), markup.text(say(language, "data.gaps.intro", count=len(table)))
    )
    if cells:
        markup.show(markup.table(cells, title))
    name = say(language, "data.gaps.file") + ".csv"
    _file(say(language, "data.gaps.download"), name, lambda: for_excel(table))
