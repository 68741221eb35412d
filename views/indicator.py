"""One indicator: what it counts, what the plan asks of it, and every figure that was set beside it."""

from collections.abc import Iterable
from html import escape

import streamlit as st

from charts.marks import years
from charts.years import Years
from loaders.book import Book, Sector
from loaders.models import Indicator, Section, Target
from views import address, chart, earlier, markup, pieces, store, terms
from wording import Language, judged, phrases
from wording.evidence import counts_from, evidence
from wording.texts import say


def show(book: Book, language: Language) -> None:
    every = {item.id: (sector, item) for sector in book.sectors for item in sector.indicators}
    names = {
        name: say(language, "indicator.option", name=item.name[language], sector=sector.name[language])
        for name, (sector, item) in every.items()
    }
    way, box = st.columns([3, 2], vertical_alignment="center")
    with box:
        sector, indicator = every[address.one_of("indicator", names, language)]
    with way:
        markup.show(_way(sector, indicator, language))
    markup.entitle(book.plan.short[language], indicator.name[language], language)
    markup.show(
        markup.text(indicator.name[language], "h1"),
        markup.text(indicator.definition[language], "p", look="lead"),
        terms.drawer("indicator", language),
    )
    target, *others = indicator.targets
    if drawn(book, indicator.id, language, True):
        chart_side, word_side = st.columns([3, 2])
        with chart_side:
            if has_context(book, [indicator], language):
                address.switch(say(language, "years.switch"))
            by_year(book, indicator, language, opens=False)
        with word_side:
            _asked(book, indicator, target, language)
    else:
        _asked(book, indicator, target, language)
    _backed(book, indicator, target, language)
    for other in others:
        _asked(book, indicator, other, language)
        _backed(book, indicator, other, language)
    _earlier(book, indicator, language)


def _way(sector: Sector, indicator: Indicator, language: Language) -> str:
    """The sector, and the indicators before and after this one in it."""
    place = sector.indicators.index(indicator)
    parts = [markup.link(sector.name[language], address.page("", sector=sector.id))]
    for step, sign in ((-1, "‹ {}"), (1, "{} ›")):
        if 0 <= place + step < len(sector.indicators):
            other = sector.indicators[place + step]
            parts.append(markup.link(sign.format(other.name[language]), address.link(other.id)))
    return markup.element("".join(markup.element(part, "span") for part in parts), "p", **{"class": "path"})


def by_year(book: Book, indicator: Indicator, language: Language, over: str = "", *, opens: bool) -> None:
    """The chart of an indicator over the years under its legend and other HTML, with notes; without one that alone."""
    if found := drawn(book, indicator.id, language, address.context()):
        head = over + markup.text(found.head.subtitle, look="caption")
        chart.show(found, opens=opens, over=head, under=" ".join(found.head.notes))
    else:
        markup.show(over)


def has_context(book: Book, indicators: Iterable[Indicator], language: Language) -> bool:
    """Whether any of their charts draws what is not comparable, so that there is something to hide."""
    every = (drawn(book, one.id, language, True) for one in indicators)
    return any(found and found.has_context for found in every)


# Charts are cached as objects and never changed: Streamlit checks a dict anew at each rerun.
@st.cache_resource(max_entries=512, show_spinner=False, hash_funcs={Book: id})
def drawn(book: Book, identifier: str, language: Language, context: bool) -> Years | None:
    """The chart of an indicator by year; None for one without. Without `context` nothing that is not comparable."""
    return years(book, book.indicator[identifier], language, context=context)


def _asked(book: Book, indicator: Indicator, target: Target, language: Language) -> None:
    """What the plan asks for, the verdict, what is weak: what is to be read beside the chart."""
    if len(indicator.targets) > 1 or target.name:
        markup.show(markup.text(phrases.name(indicator, target, language), "h2", anchor=target.id))
    section = book.section[target.section]
    found = store.assessed(book)[target.id]
    (_, verdict), *rest = judged.rows(found, language)
    if found.reason:
        (_, why), *rest = rest
        verdict = say(language, "data.line", name=verdict, figures=why)
    rows = [
        (say(language, "evidence.printed"), escape(target.printed)),
        (say(language, "column.section"), escape(_section(section, target, language))),
        (say(language, "evidence.counts"), escape(counts_from(book, indicator, target, language))),
        *((label, escape(words)) for label, words in rest),
    ]
    gap = next((gap for gap in book.gaps.gaps if gap.target == target.id), None)
    if gap:
        words = {field: getattr(gap, field)[language] for field in ("figure", "publisher", "when")}
        rows.append((say(language, "evidence.gap"), escape(say(language, "evidence.gap.value", **words))))
    doubts = phrases.doubts(target, language, conflicting=bool(found.case.baseline and found.case.baseline.conflicting))
    parts = [
        markup.element(terms.said("evidence.target", language), "p", **{"class": "kind"}),
        markup.text(phrases.full_value(book, indicator, target, language), "p", look="value"),
        markup.text(verdict),
        markup.listed(map(escape, doubts)) if doubts else "",
        markup.named((escape(label), cell) for label, cell in rows),
    ]
    markup.show(markup.element("".join(parts), "article", **{"class": "asked"}))


def _section(section: Section, target: Target, language: Language) -> str:
    return " ".join((phrases.place(target, language), phrases.title(section, language)))


def _backed(book: Book, indicator: Indicator, target: Target, language: Language) -> None:
    """Every figure that was set beside a target, and citations to copy."""
    backed = evidence(book, indicator, target, language)
    markup.show(markup.text(say(language, "evidence.heading", count=len(backed)), "h2"))
    if not backed:
        markup.show(markup.text(say(language, "evidence.none")))
        return
    for group, items in pieces.grouped(backed):
        label = say(language, f"evidence.group.{group}", count=len(items))
        heading = terms.said(f"evidence.group.{group}", language, count=len(items))
        markup.show(markup.element(heading, "h3"), pieces.table(items, label, language))
    cited = dict.fromkeys(item.citation for item in backed if item.citation)
    words = "\n".join([_plan_citation(book, target, language), *cited])
    markup.show(markup.opened(say(language, "evidence.cite"), markup.text(words, "pre")))


def _earlier(book: Book, indicator: Indicator, language: Language) -> None:
    """What earlier goals for it came to."""
    if found := earlier.of_one(book, indicator, language):
        how = markup.link(say(language, "earlier.method"), f"{address.page('method')}#{earlier.ANCHOR}")
        markup.show(*found, markup.element(how, "p", **{"class": "caption"}))


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
