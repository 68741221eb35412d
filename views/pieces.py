"""The evidence of a target as HTML: a line a figure, each to be opened for all that is known of it."""

from collections.abc import Sequence
from html import escape

from views import terms
from views.markup import element, link, named, text
from wording import Language
from wording.evidence import Evidence
from wording.texts import say

# What stands apart, in this order: figures, targets that others set or that were set before, what follows from both.
GROUPS = ("figures", "targets", "derived")
_HEADS = ("evidence.period", "evidence.value", "evidence.mark", "evidence.grade", "evidence.source")


def grouped(every: Sequence[Evidence]) -> list[tuple[str, list[Evidence]]]:
    """The groups that hold anything."""
    found = [(group, [item for item in every if item.group == group]) for group in GROUPS]
    return [(group, items) for group, items in found if items]


def table(items: Sequence[Evidence], label: str, language: Language) -> str:
    """The lines under their headings, which readers of screens hear with each part."""
    heads = element(
        "".join(text(say(language, key), "span") for key in _HEADS), "li", **{"class": "heads", "aria-hidden": "true"}
    )
    lines = "".join(element(_line(item, language), "li") for item in items)
    return element(heads + lines, "ul", **{"class": "pieces", "aria-label": label})


def _line(item: Evidence, language: Language) -> str:
    grade = say(language, "evidence.grade.short", grade=item.grade) if item.grade else ""
    words = item.word or item.comparability or item.kind
    mark = element("", "i", **{"class": f"mark {item.look}", "aria-hidden": "true"}) if item.look else ""
    cells = (
        text(item.period or say(language, "evidence.undated"), "span"),
        text(item.value, "b"),
        element(mark + escape(words), "span"),
        text(grade, "span"),
        text(item.publisher, "span"),
    )
    return element(element("".join(cells), "summary") + _opened(item, language), "details")


def _opened(item: Evidence, language: Language) -> str:
    """The phrase, the judgement and its reason, the conversion, the source and its citation."""
    grade = say(language, "evidence.grade.value", grade=item.grade, meaning=item.grade_meaning) if item.grade else ""
    source = escape(item.source)
    if item.url:
        source += " " + link(say(language, "source.open"), item.url)
    rows = (
        ("evidence.kind", escape(item.kind)),
        ("evidence.printed", escape(item.printed)),
        ("evidence.comparability", _judgement(item, language)),
        ("evidence.differs", escape(_difference(item, language))),
        ("evidence.done", escape(item.done)),
        ("evidence.grade", escape(grade)),
        ("evidence.source", source),
        ("evidence.notes", escape(" ".join(item.notes))),
    )
    return named((terms.said(key, language), cell) for key, cell in rows)


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
