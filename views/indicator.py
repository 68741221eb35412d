"""One indicator: what it counts, what the plan asks of it, and every figure that was set beside it."""

from html import escape

import streamlit as st

from charts.marks import years
from charts.years import Years
from loaders.book import Book
from loaders.models import Indicator, Target
from views import address, chart, markup, store
from wording import Language, judged, phrases
from wording.evidence import Evidence, counts_from, evidence
from wording.texts import say


def show(book: Book, language: Language) -> None:
    every = {item.id: (sector, item) for sector in book.sectors for item in sector.indicators}
    names = {
        name: say(language, "indicator.option", name=item.name[language], sector=sector.name[language])
        for name, (sector, item) in every.items()
    }
    sector, indicator = every[address.one_of("indicator", names, language)]
    markup.entitle(book.plan.short[language], indicator.name[language], language)
    place = markup.link(sector.name[language], address.sector_link(sector.id))
    markup.show(
        markup.text(indicator.name[language], "h1"),
        markup.element(place, "p"),
        markup.text(indicator.definition[language]),
    )
    by_year(book, indicator, language, opens=False)
    for target in indicator.targets:
        _target(book, indicator, target, language)


def by_year(book: Book, indicator: Indicator, language: Language, *, opens: bool) -> None:
    """The chart of an indicator over the years, with its legend and notes; nothing where it has none."""
    if found := drawn(book, indicator.id, language):
        markup.show(markup.text(" ".join((found.head.subtitle, *found.head.notes)), look="caption"))
        chart.show(found, opens=opens)


# Charts are cached as objects and never changed: Streamlit checks a dict anew at each rerun.
@st.cache_resource(max_entries=512, show_spinner=False, hash_funcs={Book: id})
def drawn(book: Book, identifier: str, language: Language) -> Years | None:
    """The chart of an indicator by year; None for one without."""
    return years(
        book, next(item for sector in book.sectors for item in sector.indicators if item.id == identifier), language
    )


def _target(book: Book, indicator: Indicator, target: Target, language: Language) -> None:
    if len(indicator.targets) > 1 or target.name:
        markup.show(markup.text(phrases.name(indicator, target, language), "h2", anchor=target.id))
    section = book.section[target.section]
    where = " ".join((phrases.place(target, language), phrases.title(section, language)))
    rows = [
        (say(language, "evidence.printed"), target.printed),
        (say(language, "column.section"), where),
        (say(language, "evidence.counts"), counts_from(book, indicator, target, language)),
        (say(language, "evidence.notes"), " ".join(phrases.doubts(target, language))),
    ]
    value = phrases.full_value(book, indicator, target, language)
    html = _card("target", say(language, "evidence.target"), value, "", [(name, escape(text)) for name, text in rows])
    backed = evidence(book, indicator, target, language)
    found = store.assessed(book)[target.id]
    (name, verdict), *rest = judged.rows(found, language)
    markup.show(html, _card("verdict", name, verdict, "", [(label, escape(text)) for label, text in rest]))
    gap = next((gap for gap in book.gaps.gaps if gap.target == target.id), None)
    if gap:
        words = {field: getattr(gap, field)[language] for field in ("figure", "publisher", "when")}
        markup.show(markup.text(say(language, "evidence.gap", **words)))
    markup.show(markup.text(say(language, "evidence.heading", count=len(backed)), "h2"))
    if not backed:
        markup.show(markup.text(say(language, "evidence.none")))
        return
    markup.show(*(_shown(item, language) for item in backed))
    with st.expander(say(language, "evidence.cite")):
        st.code(_plan_citation(book, target, language), language=None, wrap_lines=True)
        for citation in dict.fromkeys(item.citation for item in backed if item.citation):
            st.code(citation, language=None, wrap_lines=True)


def _plan_citation(book: Book, target: Target, language: Language) -> str:
    plan = book.plan
    return say(
        language,
        "source.plan",
        title=plan.title[language],
        number=plan.number,
        place=phrases.place(target, language),
        url=plan.url,
    )


def _shown(item: Evidence, language: Language) -> str:
    grade = say(language, "evidence.grade.value", grade=item.grade, meaning=item.grade_meaning) if item.grade else ""
    source = escape(item.source)
    if item.url:
        source += " " + markup.link(say(language, "source.open"), item.url)
    rows = [
        (say(language, "evidence.comparability"), _judgement(item, language)),
        (say(language, "evidence.differs"), escape(_difference(item, language))),
        (say(language, "evidence.done"), escape(item.done)),
        (say(language, "evidence.printed"), escape(item.printed)),
        (say(language, "evidence.grade"), escape(grade)),
        (say(language, "evidence.source"), source),
        (say(language, "evidence.notes"), escape(" ".join(item.notes))),
    ]
    return _card(item.code, item.kind, item.value, item.period, rows)


def _judgement(item: Evidence, language: Language) -> str:
    """The word, why, and whether the second reader agreed; of a derived value only the why."""
    if not item.comparability:
        return escape(item.reason)
    named = say(language, "evidence.judged", word=item.comparability, reason=item.reason, judged=item.judged)
    return escape(named).strip()


def _difference(item: Evidence, language: Language) -> str:
    """What the figure is instead, and in what it differs; nothing of one that is the same or that nobody has judged."""
    if not item.differs:
        return ""
    codes = say(language, "chart.sources.join").join(item.differs)
    return say(language, "evidence.differs.value", word=item.word, codes=codes)


def _card(code: str, kind: str, value: str, period: str, rows: list[tuple[str, str]]) -> str:
    """One card; the cells of `rows` are HTML, everything else is text."""
    cells = "".join(f"<dt>{escape(name)}</dt><dd>{cell}</dd>" for name, cell in rows if cell.strip())
    head = f"{escape(kind)} {escape(period)}".strip()
    return (
        f'<article class="evidence {code}"><p>{head}</p><p class="value">{escape(value)}</p><dl>{cells}</dl></article>'
    )
