"""How the figures and verdicts come about, worked through on one target, and what this site does not say."""

import streamlit as st

from evidence.amount import ABOUT
from loaders.book import Book
from loaders.models import DIFFERENCES, EXTENTS
from progress.assess import example
from progress.figures import RECENT
from progress.verdict import BEHIND, ON_TRACK
from views import address, markup, store, terms
from wording import Language, judged, phrases
from wording.texts import say
from wording.worked import Line, worked

PARTS = (
    "targets",
    "baseline",
    "context",
    "comparability",
    "grades",
    "units",
    "findings",
    "verdicts",
    "ambition",
    "differ",
    "earlier",
)
# What stands behind the rules: a live target, what is left unsaid, the words of all pages.
AFTER = ("worked", "limits", terms.ANCHOR)


def show(book: Book, language: Language) -> None:
    """One part under the other; the words stand in texts.yaml, the thresholds where the verdicts are made."""
    plan = book.plan
    markup.show(markup.text(say(language, "nav.method"), "h1"))
    shares = {"on_track": ON_TRACK, "behind": BEHIND, "about": ABOUT}
    words = {name: f"{float(100 * share):g}" for name, share in shares.items()}
    years = {"first": plan.first_year, "last": plan.last_year, "base": plan.base_year, "recent": RECENT}
    for part in (*PARTS, *AFTER):
        markup.show(markup.text(say(language, f"method.{part}.title"), "h2", anchor=part))
        st.markdown(say(language, f"method.{part}", **words, **years))
        if part == "comparability":
            _rule(language)
        if part == "worked":
            _worked(book, language)
        if part == terms.ANCHOR:
            markup.show(terms.every(language))


def _rule(language: Language) -> None:
    """Every code and extent of a difference, as the downloads have them, and what follows."""
    heads = [say(language, f"comparability.rule.{name}") for name in ("name", "code", "meaning")]
    codes = [(say(language, f"differs.{code}"), code, say(language, f"differs.{code}.rule")) for code in DIFFERENCES]
    st.markdown(say(language, "comparability.rule.outcome"))
    rows = [dict(zip(heads, row, strict=True)) for row in codes]
    markup.show(markup.table(rows, say(language, "evidence.differs"), whole=True))
    st.markdown(say(language, "comparability.rule.extent"))
    extents = [dict(zip(heads[1:], (extent, say(language, f"extent.{extent}")), strict=True)) for extent in EXTENTS]
    markup.show(markup.table(extents, say(language, "comparability.rule.covers"), whole=True))


def _worked(book: Book, language: Language) -> None:
    """The formulas with the numbers of an indicator of choice, or why it has none to put in."""
    every = {one.case.indicator.id: one for one in store.assessed(book).values()}
    names = {name: phrases.name(one.case.indicator, one.case.target, language) for name, one in every.items()}
    live = next((name for name, one in every.items() if example(one)), None)
    one = every[address.one_of("worked", names, language, live)]
    found = worked(one, language)
    if found is None:
        reason = judged.outcome(one, "share", language)
        markup.show(markup.text(say(language, "worked.none", name=names[one.case.indicator.id], reason=reason)))
        return
    past = "" if found.judged else say(language, "worked.past")
    markup.show(
        markup.text(f"{found.inputs} {past}"),
        _lines(found.ours, say(language, "worked.ours"), language),
        markup.text(say(language, "worked.others"), "h3"),
        _lines(found.others, say(language, "worked.others"), language),
    )


def _lines(lines: tuple[Line, ...], label: str, language: Language) -> str:
    heads = [say(language, f"worked.column.{name}") for name in ("name", "formula", "numbers", "result")]
    rows = [dict(zip(heads, (one.name, one.formula, one.numbers, one.result), strict=True)) for one in lines]
    return markup.table(rows, label)
