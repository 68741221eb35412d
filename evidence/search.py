"""Which targets a reader is looking for: words and facets, with counts."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evidence.case import Case, cases
from evidence.health import WEAK, weaknesses
from evidence.standing import STATUSES
from loaders.book import Book
from loaders.models import Indicator, Target

FACETS = ("sector", "status", "weak", "due", "kind", "firmness", "grade", "place")
PROVINCE, NO_GRADE = "province", "none"
Chosen = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Entry:
    """A target as it can be found: its values of each of FACETS, in their order, and its words."""

    sector: str
    indicator: Indicator
    target: Target
    values: tuple[tuple[str, ...], ...]
    words: str

    def has(self, facet: str, wanted: Sequence[str]) -> bool:
        return not wanted or any(value in wanted for value in self.values[FACETS.index(facet)])


def entries(book: Book) -> tuple[Entry, ...]:
    """Every target, in the order of the plan's sectors."""
    weak = weaknesses(book)
    return tuple(_entry(case, weak.get(case.target.id, ())) for case in cases(book))


def _entry(case: Case, weak: tuple[str, ...]) -> Entry:
    target, baseline = case.target, case.baseline
    grade = case.book.source[baseline.figure.source].grade if baseline else NO_GRADE
    values = {
        "sector": (case.sector.id,),
        "status": (case.status,),
        "weak": weak,
        "due": (case.deadline[:4],),
        "kind": (target.kind,),
        "firmness": (target.firmness,),
        "grade": (grade,),
        "place": case.indicator.places or (PROVINCE,),
    }
    return Entry(case.sector.id, case.indicator, target, tuple(values[facet] for facet in FACETS), _words(case))


def _words(case: Case) -> str:
    """What a search looks through: names, definition, phrase, units, places and section, in both languages."""
    book, sector, indicator, target = case.book, case.sector, case.indicator, case.target
    section = book.section[target.section]
    box = f"专栏{section.id.split()[-1]}"
    number = (f"section {section.id}", f"第{section.id}节") if section.id.isdigit() else (section.id, box)
    places = {place.id: place.name for place in book.plan.places}
    units = book.units.spellings(target.unit) if target.unit else ()
    measured = book.units.dimensions[indicator.dimension]
    named = (sector.name, indicator.name, target.name, indicator.definition, *(places[p] for p in indicator.places))
    texts = [text for both in named if both for text in (both.zh, both.en)]
    texts += [target.printed, *units, measured.canonical, measured.pattern.zh, measured.pattern.en]
    texts += [section.heading, "".join(section.heading.split()), section.title or "", section.en, *number]
    return "|".join(map(_folded, texts))


def _folded(text: str) -> str:
    """Without marks over letters, differences of width, case or dash, and more than one space."""
    letters = re.sub("[\u2010-\u2015\u2212]", "-", unicodedata.normalize("NFKD", text))
    return " ".join("".join(char for char in letters if not unicodedata.combining(char)).casefold().split())


def _holds(words: str, wanted: str) -> bool:
    """A number must begin and end where the word does: section 6 is not section 60, 5% is not 95%."""
    before, after = (r"(?<![\d.])" if wanted[:1].isdigit() else ""), (r"(?!\d)" if wanted[-1:].isdigit() else "")
    return bool(re.search(before + re.escape(wanted) + after, words))


def matching(every: Sequence[Entry], query: str, chosen: Chosen) -> list[Entry]:
    """The targets that hold every word of `query` and a chosen value of every facet that has one."""
    # A section and its number are one word, however they are spaced.
    query = re.sub(r"专栏 (\d)", r"专栏\1", re.sub(r"\b(section|box) ?(\d+)", r"\1 \2", _folded(query)))
    words = re.findall(r"(?:section|box) \d+|\S+", query)
    return [
        entry
        for entry in every
        if all(_holds(entry.words, word) for word in words)
        and all(entry.has(facet, chosen.get(facet, ())) for facet in FACETS)
    ]


def counts(every: Sequence[Entry], query: str, chosen: Chosen, facet: str) -> dict[str, int]:
    """How many targets each value of `facet` would give, the other choices kept; 0 stays in the list."""
    at = FACETS.index(facet)
    found = Counter(value for entry in matching(every, query, {**chosen, facet: ()}) for value in entry.values[at])
    return {value: found[value] for value in known(every, facet)}


def known(every: Sequence[Entry], facet: str) -> list[str]:
    """The values of a facet: the statuses and weaknesses in their own order, years in theirs, else the plan's."""
    at = FACETS.index(facet)
    values = list(dict.fromkeys(value for entry in every for value in entry.values[at]))
    own: dict[str, Sequence[str]] = {"status": STATUSES, "weak": WEAK, "due": sorted(values)}
    return sorted(values, key=own[facet].index) if facet in own else values


def relaxed(every: Sequence[Entry], query: str, chosen: Chosen) -> dict[str, int]:
    """What leaving out one choice would give, `query` being one; only what gives something."""
    given = {facet: len(matching(every, query, {**chosen, facet: ()})) for facet in FACETS if chosen.get(facet)}
    given |= {"query": len(matching(every, "", chosen))} if query.strip() else {}
    return {choice: count for choice, count in given.items() if count}
