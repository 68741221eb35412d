"""What is weak about the data, counted and listed, and what is missing."""

from collections.abc import Callable
from typing import Literal

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from charts import coverage
from charts.rows import table
from loaders.baseline import pair_of
from loaders.book import Book
from loaders.find import Entry
from loaders.finding import Finding
from loaders.health import CODES, findings
from loaders.models import Figure, Rival
from loaders.tables import COLUMNS, TABLES, Row, for_excel, gaps, to_json
from views import chart, finder
from views.address import link, literal
from wording import Language, phrases
from wording.texts import say


def show(book: Book, language: Language, open_indicator: Callable[[str], None]) -> None:
    """The table with its downloads, what is weak about it, what is missing."""
    st.title(say(language, "data.title"))
    shown = finder.choose(book, language)
    if shown:
        target_table(book, shown, language, open_indicator)
    _downloads(book, shown, language)
    st.subheader(say(language, "data.health"), anchor="health")
    _coverage(book, language)
    st.markdown(say(language, "data.intro"))
    every = _findings(book)
    codes = [code for code in CODES if any(finding.code == code for finding in every)]
    st.table(_counts(book, every, codes, language))
    for code in codes:
        items = [finding for finding in every if finding.code == code]
        with st.expander(say(language, "data.item", title=say(language, f"health.{code}"), count=len(items))):
            st.markdown("\n".join("- " + _line(book, item, language) for item in items))
    _gaps(book, language)
    plan = book.plan
    st.caption(say(language, "data.version", updated=plan.updated, report=plan.report[language]))


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs={Book: id})
def _figures(book: Book, language: Language) -> tuple[coverage.Coverage, go.Figure, go.Figure]:
    drawn = coverage.coverage(book, language)
    return drawn, coverage.screen(drawn), coverage.printed(drawn)


def _coverage(book: Book, language: Language) -> None:
    drawn, figure, sheet = _figures(book, language)
    st.markdown(f"**{drawn.title}**")
    st.markdown(coverage.legend(drawn), unsafe_allow_html=True)
    chart.show(figure, sheet, coverage.sentence(drawn), say(language, "coverage.file"), "coverage", language)


def target_table(book: Book, shown: list[Entry], language: Language, open_indicator: Callable[[str], None]) -> None:
    """One row per target; a chosen row opens its indicator."""
    rows = table(book, {entry.target.id for entry in shown}, language)
    st.caption(say(language, "page.table.hint"))
    # Without widths the longest names push the values out of sight.
    widths: dict[str, Literal["small", "medium"]] = {"sector": "small", "name": "medium", "printed": "medium"}
    config = {
        say(language, f"column.{name}"): st.column_config.TextColumn(width=width) for name, width in widths.items()
    }
    picked = st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        key="table",
        column_config=config,
        alt=say(language, "page.table.alt", count=len(rows)),
        on_select="rerun",
        selection_mode="single-row",
    )
    if picked.selection.rows:
        open_indicator(shown[picked.selection.rows[0]].indicator.id)


def _downloads(book: Book, shown: list[Entry], language: Language) -> None:
    """The contract's tables as files: the targets shown or all, or the figures beside them."""
    st.subheader(say(language, "data.downloads"), anchor="downloads")
    with st.container(horizontal=True):
        scope = _either("scope", ("shown", "all"), language)
        what = _either("what", ("table", "observations"), language)
    ids = {entry.target.id for entry in shown}
    column = "id" if what == "table" else "target_id"

    def rows() -> list[Row]:
        return [row for row in TABLES[what](book) if scope == "all" or row[column] in ids]

    name = say(language, f"data.file.{what}")
    with st.container(horizontal=True):
        _file(say(language, "data.download.csv"), f"{name}.csv", lambda: for_excel(rows(), COLUMNS[what]))
        _file(say(language, "data.download.json"), f"{name}.json", lambda: to_json(rows()))


def _either(name: str, options: tuple[str, str], language: Language) -> str:
    words = {option: say(language, f"data.{option}") for option in options}
    label = say(language, f"data.{name}")
    chosen = st.segmented_control(label, options, default=options[0], required=True, format_func=words.__getitem__)
    return str(chosen)


def _file(label: str, name: str, make: Callable[[], str]) -> None:
    """A download that is made when it is asked for."""
    kind = name.rpartition(".")[2]
    st.download_button(label, make, name, f"text/{kind}", key=f"download {name}", on_click="ignore")


@st.cache_resource(max_entries=4, show_spinner=False, hash_funcs={Book: id})
def _findings(book: Book) -> tuple[Finding, ...]:
    return findings(book)


def _counts(book: Book, found: tuple[Finding, ...], codes: list[str], language: Language) -> pd.DataFrame:
    """One row per finding: how often in all, and in which sectors."""
    rows = []
    for code in codes:
        hits = [finding.sector for finding in found if finding.code == code]
        named = [f"{sector.name[language]} {hits.count(sector.id)}" for sector in book.sectors if sector.id in hits]
        cells = (say(language, f"health.{code}"), str(len(hits)), say(language, "source.join").join(named))
        rows.append(dict(zip(("data.rule", "data.total", "data.sectors"), cells, strict=True)))
    return pd.DataFrame(rows).rename(columns=lambda key: say(language, key)).set_index(say(language, "data.rule"))


def _line(book: Book, finding: Finding, language: Language) -> str:
    """One finding as Markdown: what it is about, as a link, and the figures that show it."""
    indicator, target = finding.indicator, finding.target
    name = phrases.name(indicator, target, language) if target else indicator.name[language]
    asked = phrases.full_value(book, indicator, target, language) if target and target.value else ""
    shown = [asked, *(_figure(book, finding, figure, language) for figure in finding.figures)]
    text = say(language, "chart.rest.join").join(one for one in shown if one)
    if finding.gap is not None:
        text += say(language, "data.gap", percent=f"{float(100 * finding.gap):.1f}")
    linked = f"[{literal(name)}]({link(indicator.id)})"
    return say(language, "data.line", name=linked, figures=literal(f"{text} {finding.expected}".strip()))


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
    rows = gaps(book)
    st.subheader(say(language, "data.gaps"), anchor="gaps")
    st.markdown(say(language, "data.gaps.intro", count=len(rows)))
    named = {"name": "column.name", "figure": "data.figure", "publisher": "data.publisher", "when": "data.when"}
    columns = {
        say(language, key): [row[f"{field}_{language[:2]}"] or "" for row in rows] for field, key in named.items()
    }
    columns[say(language, "data.unit")] = [row["unit"] or "" for row in rows]
    st.dataframe(pd.DataFrame(columns), hide_index=True, key="gaps", alt=say(language, "data.gaps"))
    name = say(language, "data.gaps.file") + ".csv"
    _file(say(language, "data.gaps.download"), name, lambda: for_excel(rows, COLUMNS["gaps"]))
