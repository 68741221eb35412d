"""What the words of the pages mean, as HTML: all of them on the method page, those of another page beside its words."""

from html import escape

from views import address, markup
from wording import Language
from wording.glossary import Term, glossary
from wording.texts import say

# Where the method page has all of them.
ANCHOR = "terms"
# The terms of each page, which a drawer on it explains.
PAGES = {
    "overview": ("definition", "comparable", "baseline", "context-figure", "counted-from-zero"),
    "indicator": (
        "definition", "comparable", "partly-comparable", "baseline", "context-figure", "required-path", "grade",
        "verdict", "tentative", "year-on-year",
    ),
    "evaluation": ("target", "comparable", "baseline", "required-path", "verdict", "tentative"),
    "data": (
        "indicator", "target", "definition", "observation", "baseline", "comparable", "counted-from-zero", "grade",
        "verdict",
    ),
}  # fmt: skip
# Texts that name a term where it stands: each is a link to what it means.
AT = {
    "evidence.target": "target",
    "evidence.group.figures": "observation",
    "evidence.group.targets": "rival-target",
    "evidence.comparability": "comparable",
    "evidence.differs": "definition",
    "evidence.grade": "grade",
}


def said(key: str, language: Language, **words: object) -> str:
    """A text as HTML; one that names a term leads to what it means."""
    text = escape(say(language, key, **words))
    return markup.element(text, "a", href=_where(AT[key]), **{"class": "term"}) if key in AT else text


def drawer(page: str, language: Language) -> str:
    """The terms of a page behind a title, and the way to the others."""
    every = [glossary()[one] for one in PAGES[page]]
    shown = [(escape(one.name[language]), escape(one.meaning[language])) for one in every]
    others = markup.link(say(language, "terms.all"), f"{address.page('method')}#{ANCHOR}")
    return markup.opened(say(language, "terms.title"), markup.named(shown) + markup.element(others, "p"))


def every(language: Language) -> str:
    """All terms in the order of the glossary, each with those that belong to it."""
    return markup.named([(_name(one, language), _meaning(one, language)) for one in glossary().values()])


def _where(term: str) -> str:
    return f"{address.page('method')}#{_anchor(term)}"


def _anchor(term: str) -> str:
    return f"term-{term}"


def _name(term: Term, language: Language) -> str:
    return markup.text(term.name[language], "span", anchor=_anchor(term.id))


def _meaning(term: Term, language: Language) -> str:
    """Within the page the address of the others is their anchor alone."""
    others = [markup.link(glossary()[one].name[language], f"#{_anchor(one)}") for one in term.see]
    see = say(language, "terms.see", terms=say(language, "source.join").join(others))
    return f"{escape(term.meaning[language])} {see}"
