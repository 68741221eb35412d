"""What is weak about the data, counted and listed, and what is missing."""

import pandas as pd
import streamlit as st

from loaders.baseline import pair_of
from loaders.book import Book
from loaders.finding import Finding
from loaders.health import CODES, findings
from loaders.models import Figure, Rival
from loaders.tables import COLUMNS, gaps, to_csv
from views.address import literal
from wording import Language, phrases
from wording.texts import say


def show(book: Book, language: Language) -> None:
    st.title(say(language, "data.title"))
    st.markdown(say(language, "data.intro"))
    found = _findings(book)
    codes = [code for code in CODES if any(finding.code == code for finding in found)]
    st.subheader(say(language, "data.counts"), anchor="counts")
    st.table(_counts(book, found, codes, language))
    st.subheader(say(language, "data.list"), anchor="list")
    for code in codes:
        items = [finding for finding in found if finding.code == code]
        with st.expander(say(language, "data.item", title=say(language, f"health.{code}"), count=len(items))):
            st.markdown("\n".join("- " + _line(book, item, language) for item in items))
    _gaps(book, language)


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
    link = f"[{literal(name)}](indicator?id={indicator.id}&lang={language})"
    return say(language, "data.line", name=link, figures=literal(f"{text} {finding.expected}".strip()))


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
    columns = {say(language, key): [row[f"{field}_{language}"] or "" for row in rows] for field, key in named.items()}
    columns[say(language, "data.unit")] = [row["unit"] or "" for row in rows]
    st.dataframe(pd.DataFrame(columns), hide_index=True, key="gaps")
    # The byte order mark makes Excel read the file as UTF-8.
    st.download_button(
        say(language, "data.gaps.download"),
        "\ufeff" + to_csv(rows, COLUMNS["gaps"]),
        say(language, "data.gaps.file") + ".csv",
        "text/csv",
        key="gaps-csv",
    )
