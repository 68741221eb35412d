"""What must hold between fields and between files. Each rule yields problems and never raises."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from loaders.models import (
    COMPARATORS,
    Derived,
    Doubts,
    Figure,
    Gaps,
    Indicator,
    Ledger,
    Model,
    Plan,
    Sections,
    SectorFile,
    Sources,
    Target,
    Units,
    Word,
    last_day,
)
from loaders.phrase import Stated, around, figures, figures_in_words, plain
from loaders.problem import Problem, quoted
from loaders.units import UnitTable, spellings
from loaders.yamlfile import Document, KeyPath

# Which comparators a kind allows. A coverage is all or none; an order of size is
# never exact and never a cap; what is added has no cap here; a milestone has no figure.
ALLOWED: dict[str, tuple[str, ...]] = {
    "level": COMPARATORS,
    "increment": ("ge", "gt", "eq", "about", "range"),
    "cumulative": COMPARATORS,
    "annual": COMPARATORS,
    "annual_average": COMPARATORS,
    "growth": COMPARATORS,
    "share": COMPARATORS,
    "relative": ("ge", "gt", "about", "le", "lt"),
    "coverage": ("eq",),
    "scale": ("about", "ge", "gt"),
    "milestone": (),
}
# Kinds whose figure is the state itself, so that a floor on what should fall is a slip.
STATES = ("level", "share", "annual", "annual_average")
FLOORS, CAPS = ("ge", "gt"), ("le", "lt")
RATES = ("growth", "relative", "coverage")
COMMON: dict[str, type[Model]] = {
    "plan.yaml": Plan,
    "sections.yaml": Sections,
    "sources.yaml": Sources,
    "units.yaml": Units,
}
# A plan whose text has been read to the end has these too.
OPTIONAL: dict[str, type[Model]] = {"ledger.yaml": Ledger, "doubts.yaml": Doubts, "gaps.yaml": Gaps}


@dataclass(frozen=True)
class Parsed:
    """All files of a folder as far as they could be read; None where one could not."""

    plan: Plan | None
    sections: Sections | None
    sources: Sources | None
    units: UnitTable | None
    sectors: tuple[tuple[str, SectorFile, Document], ...]
    documents: dict[str, Document]
    gaps: Gaps | None = None


@dataclass(frozen=True)
class Spot:
    """One indicator with the place it stands in."""

    document: Document
    path: KeyPath
    indicator: Indicator

    def problem(self, path: KeyPath, code: str, expected: str = "", found: str = "") -> Problem:
        return self.document.problem((*self.path, *path), code, expected, found)

    def targets(self) -> Iterator[tuple[KeyPath, Target]]:
        for index, target in enumerate(self.indicator.targets):
            yield ("targets", index), target

    def figures(self) -> Iterator[tuple[KeyPath, Figure]]:
        """Observations and rival targets."""
        for group in ("observations", "rivals"):
            for index, figure in enumerate(getattr(self.indicator, group)):
                yield (group, index), figure

    def derived(self) -> Iterator[tuple[KeyPath, Derived]]:
        for index, item in enumerate(self.indicator.derived):
            yield ("derived", index), item

    def stated(self) -> Iterator[tuple[KeyPath, Figure | Derived]]:
        yield from self.figures()
        yield from self.derived()


def spots(parsed: Parsed) -> Iterator[Spot]:
    for _, sector, document in parsed.sectors:
        for index, indicator in enumerate(sector.indicators):
            yield Spot(document, ("indicators", index), indicator)


def _named(parsed: Parsed) -> Iterator[tuple[str, str, Document, KeyPath]]:
    """Everything that has an id: its sort, the id, and where that stands."""
    for stem, _, document in parsed.sectors:
        yield "sector", stem, document, ()
    for spot in spots(parsed):
        yield "indicator", spot.indicator.id, spot.document, (*spot.path, "id")
        for path, target in spot.targets():
            yield "target", target.id, spot.document, (*spot.path, *path, "id")
    lists: tuple[tuple[str, str, Sequence[Any]], ...] = (
        ("sources.yaml", "sources", parsed.sources.sources if parsed.sources else ()),
        ("sections.yaml", "sections", parsed.sections.sections if parsed.sections else ()),
        ("units.yaml", "dimensions", parsed.units.units.dimensions if parsed.units else ()),
        ("plan.yaml", "places", parsed.plan.places if parsed.plan else ()),
    )
    for file, key, items in lists:
        for index, item in enumerate(items):
            yield key, item.id, parsed.documents[file], (key, index, "id")


def duplicate_ids(parsed: Parsed) -> Iterator[Problem]:
    """An id names one thing of its sort in the whole folder: links and scripts rest on it."""
    first: dict[tuple[str, str], str] = {}
    for sort, identifier, document, path in _named(parsed):
        if (sort, identifier) in first:
            place = f"{quoted(identifier)}, first at {first[sort, identifier]}"
            yield document.problem(path, "duplicate-id", "an id of its own", place)
        first.setdefault((sort, identifier), f"{document.file}:{document.place(path)[0]}")


def duplicate_units(parsed: Parsed) -> Iterator[Problem]:
    for index, dimension in enumerate(parsed.units.units.dimensions if parsed.units else ()):
        seen: set[str] = set()
        for row_index, row in enumerate(dimension.units):
            path = ("dimensions", index, "units", row_index)
            for spelling in spellings(row):
                if plain(spelling) in seen:
                    document = parsed.documents["units.yaml"]
                    yield document.problem(path, "duplicate-unit", "one meaning", quoted(spelling))
                seen.add(plain(spelling))


def sector_list(parsed: Parsed) -> Iterator[Problem]:
    """plan.yaml gives the order of the sectors, so it names each file and no other."""
    if not parsed.plan:
        return
    document = parsed.documents["plan.yaml"]
    files = {name.rpartition(".")[0] for name in parsed.documents if name not in COMMON | OPTIONAL}
    for index, sector in enumerate(parsed.plan.sectors):
        if sector not in files:
            yield document.problem(("sectors", index), "unknown-sector", f"{sector}.yaml", "no such file")
        if sector in parsed.plan.sectors[:index]:
            yield document.problem(("sectors", index), "duplicate-id", "each sector once", quoted(sector))
    for stem in sorted(files - set(parsed.plan.sectors)):
        yield document.problem(("sectors",), "unlisted-sector", f"{stem} in the list", "a file only")


def plan_sense(parsed: Parsed) -> Iterator[Problem]:
    """The years of the plan follow each other, and its value words have units that exist."""
    plan = parsed.plan
    if not plan:
        return
    document = parsed.documents["plan.yaml"]
    if not plan.base_year < plan.first_year <= plan.last_year:
        found = f"{plan.base_year}, {plan.first_year}, {plan.last_year}"
        yield document.problem(("base_year",), "bad-period", "base year, first and last year in order", found)
    for index, word in enumerate(plan.value_words if parsed.units else ()):
        if parsed.units and not parsed.units.dimensions_of(word.unit):
            path: KeyPath = ("value_words", index, "unit")
            yield document.problem(path, "unknown-unit", "a unit of units.yaml", quoted(word.unit))


def references(parsed: Parsed) -> Iterator[Problem]:
    """Sections, places, sources and dimensions must exist.

    A list that could not be read is not held against those who refer to it.
    """
    known = {
        "section": {item.id for item in parsed.sections.sections} if parsed.sections else None,
        "place": {item.id for item in parsed.plan.places} if parsed.plan else None,
        "source": {item.id for item in parsed.sources.sources} if parsed.sources else None,
        "dimension": set(parsed.units.dimensions) if parsed.units else None,
    }
    for sort, wanted, document, path in _referred(parsed):
        names = known[sort]
        if wanted is not None and names is not None and wanted not in names:
            expected = "an id of this file" if document.file == f"{sort}s.yaml" else ""
            yield document.problem(path, f"unknown-{sort}", expected, quoted(wanted))


def _referred(parsed: Parsed) -> Iterator[tuple[str, str | None, Document, KeyPath]]:
    """Every mention of a thing by its id: the sort of thing, the id, and where it is mentioned."""
    for index, section in enumerate(parsed.sections.sections if parsed.sections else ()):
        yield "section", section.parent, parsed.documents["sections.yaml"], ("sections", index, "parent")
    for spot in spots(parsed):
        here, document = spot.path, spot.document
        yield "dimension", spot.indicator.dimension, document, (*here, "dimension")
        for index, place in enumerate(spot.indicator.places):
            yield "place", place, document, (*here, "places", index)
        for path, target in spot.targets():
            yield "section", target.section, document, (*here, *path, "section")
        for path, figure in spot.stated():
            yield "source", figure.source, document, (*here, *path, "source")


def pairs(parsed: Parsed) -> Iterator[Problem]:
    """A figure is judged against the targets of its own indicator, each once."""
    for spot in spots(parsed):
        own = {target.id for target in spot.indicator.targets}
        for path, figure in spot.figures():
            seen: set[str] = set()
            for index, pair in enumerate(figure.pairs):
                place = (*path, "pairs", index, "target")
                if pair.target not in own:
                    yield spot.problem(place, "unknown-target", " or ".join(sorted(own)), quoted(pair.target))
                if pair.target in seen:
                    yield spot.problem(place, "duplicate-pair", "one judgement", quoted(pair.target))
                seen.add(pair.target)
                if pair.judged and pair.comparability not in pair.judged:
                    wanted = " or ".join(sorted(set(pair.judged)))
                    yield spot.problem((*place[:-1], "comparability"), "judged-outcome", wanted, pair.comparability)


def gaps(parsed: Parsed) -> Iterator[Problem]:
    """A gap is that of a target which exists, and each target has one at most."""
    known = {target.id for spot in spots(parsed) for _, target in spot.targets()}
    seen: set[str] = set()
    for index, gap in enumerate(parsed.gaps.gaps if parsed.gaps else ()):
        path: KeyPath = ("gaps", index, "target")
        document = parsed.documents["gaps.yaml"]
        if gap.target not in known and len(parsed.sectors) == len(parsed.plan.sectors if parsed.plan else ()):
            yield document.problem(path, "unknown-target", "the id of a target", quoted(gap.target))
        if gap.target in seen:
            yield document.problem(path, "duplicate-id", "one gap for each target", quoted(gap.target))
        seen.add(gap.target)


def shapes(parsed: Parsed) -> Iterator[Problem]:
    """Kind, comparator and value must fit together."""
    for spot in spots(parsed):
        for path, target in spot.targets():
            yield from _kind(spot, path, target)
            yield from _span(spot, path, target.comparator, target.value)
            if target.reading:
                yield from _span(spot, (*path, "reading"), target.comparator, target.reading.value)
        for path, figure in spot.figures():
            yield from _span(spot, path, figure.comparator, figure.value)
        for path, item in spot.derived():
            yield from _span(spot, path, item.comparator, (item.value,))


def _kind(spot: Spot, path: KeyPath, target: Target) -> Iterator[Problem]:
    allowed = ALLOWED[target.kind]
    if not allowed:
        for name in ("comparator", "value", "unit", "reading", "figure"):
            if getattr(target, name) is not None:
                yield spot.problem((*path, name), "kind-value", f"no {name} for a {target.kind}", "one")
        return
    for name in ("comparator", "value", "unit"):
        if getattr(target, name) is None:
            yield spot.problem(path, "missing-key", f"{name} for the kind {target.kind}", "nothing")
    comparator = target.comparator or allowed[0]
    if comparator not in allowed:
        wanted = f"for {target.kind} one of {' '.join(allowed)}"
        yield spot.problem((*path, "comparator"), "kind-comparator", wanted, comparator)
    wrong = {"up": CAPS, "down": FLOORS, "none": ()}[spot.indicator.direction]
    if target.kind in STATES and comparator in wrong:
        wanted = f"what fits the direction {spot.indicator.direction}"
        yield spot.problem((*path, "comparator"), "comparator-direction", wanted, comparator)


def _span(spot: Spot, path: KeyPath, comparator: str | None, value: tuple[Decimal, ...] | None) -> Iterator[Problem]:
    if value is None or comparator is None:
        return
    if (comparator == "range") != (len(value) == 2):
        found = f"{len(value)} with {comparator}"
        yield spot.problem((*path, "value"), "range-value", "[low, high] with range", found)
    elif len(value) == 2 and value[0] >= value[1]:
        yield spot.problem((*path, "value"), "range-order", "low before high", f"{value[0]}, {value[1]}")


def units(parsed: Parsed) -> Iterator[Problem]:
    """Every unit is one of its indicator's dimension."""
    table = parsed.units
    if not table:
        return
    for spot in spots(parsed):
        if spot.indicator.dimension not in table.dimensions:
            continue
        for path, target in spot.targets():
            if target.reading:
                yield from _unit(table, spot, (*path, "reading"), target.reading.unit)
            if target.unit is not None:
                # A doubted print may be of another dimension (that is what its reading mends), and
                # growth, a lead over an average and coverage are rates of whatever is measured.
                others = [
                    dimension.id
                    for dimension in table.dimensions.values()
                    if target.reading or (target.kind in RATES and dimension.rate)
                ]
                yield from _unit(table, spot, path, target.unit, others)
        for path, figure in spot.stated():
            yield from _unit(table, spot, path, figure.unit)


def _unit(table: UnitTable, spot: Spot, path: KeyPath, unit: str, others: Sequence[str] = ()) -> Iterator[Problem]:
    dimension = spot.indicator.dimension
    wanted = " or ".join(row.symbol for row in table.dimensions[dimension].units)
    owners = table.dimensions_of(unit)
    if not owners:
        yield spot.problem((*path, "unit"), "unknown-unit", wanted, quoted(unit))
    elif not {dimension, *others} & set(owners):
        found = f"{quoted(unit)} of {', '.join(owners)}"
        yield spot.problem((*path, "unit"), "unit-dimension", f"{wanted} of {dimension}", found)


_SUM = re.compile(r"\d+(\.\d+)?( [+-] \d+(\.\d+)?)+ = \d+(\.\d+)?")


def derivations(parsed: Parsed) -> Iterator[Problem]:
    """The arithmetic of a derived value is a sum or difference that gives it."""
    for spot in spots(parsed):
        for path, item in spot.derived():
            terms, _, result = item.arithmetic.partition(" = ")
            numbers = (
                [Decimal(term) for term in terms.replace(" - ", " + -").split(" + ")]
                if _SUM.fullmatch(item.arithmetic)
                else []
            )
            if not numbers or not sum(numbers) == Decimal(result) == item.value:
                yield spot.problem(
                    (*path, "arithmetic"),
                    "derived-arithmetic",
                    f"a + b = {item.value}, in figures",
                    quoted(item.arithmetic),
                )


def flags(parsed: Parsed) -> Iterator[Problem]:
    """`undated` and a period exclude each other; a reading needs its flag."""
    for spot in spots(parsed):
        for path, figure in spot.figures():
            if (figure.period is None) != ("undated" in figure.flags):
                yield spot.problem(path, "undated", "one of the two", "both" if figure.period else "neither")
        for path, target in spot.targets():
            if (target.reading is not None) != ("suspected-misprint" in target.flags):
                yield spot.problem(path, "reading-flag", "both or neither", "one of them")


def periods(parsed: Parsed) -> Iterator[Problem]:
    """Nothing is observed after its source was published."""
    dates = {source.id: source.date for source in parsed.sources.sources} if parsed.sources else {}
    for spot in spots(parsed):
        for path, figure in spot.figures():
            published = dates.get(figure.source)
            if path[0] != "observations" or not figure.period or not published:
                continue
            if last_day(figure.period.split("/")[-1]) > last_day(published):
                place = (*path, "period")
                yield spot.problem(place, "period-after-source", f"no later than {published}", figure.period)


def words(parsed: Parsed) -> Iterator[Problem]:
    """A word for the comparator stands in the phrase, or the flag says that only a bare verb does.

    With the flag no such word may stand next to the figure itself (in a phrase of
    several figures another's may).
    """
    # Longest first: 不低于 must not be read as 低于.
    known = sorted(parsed.plan.words if parsed.plan else (), key=lambda word: -len(word.word))
    for spot in spots(parsed) if known else ():
        for path, target in spot.targets():
            flagged = "bare-verb" in target.flags
            if target.comparator in (None, "eq", "range"):
                if flagged:
                    wanted = "no flag: the figure is exact, a range or none"
                    yield spot.problem((*path, "flags"), "comparator-word", wanted, "bare-verb")
                continue
            phrase = plain(target.printed)
            place = around(phrase, target.figure or 1) if flagged else phrase
            if flagged == _binds(known, target, place):
                wanted = f"a word for {target.comparator}, or a bare verb and the flag"
                yield spot.problem((*path, "comparator"), "comparator-word", wanted, quoted(target.printed))


def _binds(known: Sequence[Word], target: Target, text: str) -> bool:
    found: set[str] = set()
    for word in known:
        if plain(word.word) in text:
            text = text.replace(plain(word.word), "\n")
            found |= set(word.means)
    return target.comparator in found


def printed(parsed: Parsed) -> Iterator[Problem]:
    """The phrase must state the value with its unit, at the position that the target names."""
    if not parsed.units or not parsed.plan:
        return
    every = [(spot, path, target) for spot in spots(parsed) for path, target in spot.targets()]
    uses = Counter((target.section, plain(target.printed)) for _, _, target in every)
    for spot, path, target in every:
        if target.value is not None and target.unit is not None:
            shared = uses[target.section, plain(target.printed)] > 1
            yield from _stated(parsed.plan, parsed.units, spot, path, target, shared)


def _stated(plan: Plan, table: UnitTable, spot: Spot, path: KeyPath, target: Target, shared: bool) -> Iterator[Problem]:
    unit, value = str(target.unit), target.value or ()
    names = table.spellings(unit)
    in_words = "value-from-words" in target.flags
    found = _in_words(plan, target, names) if in_words else figures(plain(target.printed))
    if target.figure is None and (shared or len(found) > 1):
        wanted = "'figure', its position from 1"
        yield spot.problem((*path, "printed"), "figure-position", wanted, f"{len(found)} figures")
        return
    wanted = f"{'—'.join(str(end) for end in value)} {unit}"
    position = 1 if target.figure is None else target.figure
    if not 1 <= position <= len(found):
        amount = f"{len(found)} figures in {quoted(target.printed)}"
        yield spot.problem((*path, "printed"), "printed-value", wanted, amount)
        return
    stated = found[position - 1]
    # The longest unit counts: 个百分点 is not 个, and 60% is no bare 60.
    known = bool(table.dimensions_of(unit))
    named = in_words or not known or table.unit_at(stated.rest) in names
    if (stated.low, stated.high) != (value[0], value[-1]) or not named:
        ends = str(stated.low) if stated.low == stated.high else f"{stated.low}—{stated.high}"
        yield spot.problem((*path, "printed"), "printed-value", wanted, quoted(ends + stated.rest[:12]))


def _in_words(plan: Plan, target: Target, names: tuple[str, ...]) -> tuple[Stated, ...]:
    meant = [(plain(word.word), word.value) for word in plan.value_words if plain(word.unit) in names]
    return figures_in_words(plain(target.printed), names, meant)


RULES: tuple[Callable[[Parsed], Iterator[Problem]], ...] = (
    *(duplicate_ids, duplicate_units, sector_list, plan_sense, references, pairs, gaps),
    *(shapes, units, derivations, flags, periods, words, printed),
)


def check(parsed: Parsed) -> list[Problem]:
    """The problems of all rules, over whatever could be read."""
    return [problem for rule in RULES for problem in rule(parsed)]
