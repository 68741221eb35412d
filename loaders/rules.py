"""What must hold between fields and between files. Each rule yields problems and never raises."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from loaders.models import (
    COMPARATORS,
    Figure,
    Indicator,
    Plan,
    Reading,
    Sections,
    SectorFile,
    Sources,
    Target,
    last_day,
)
from loaders.phrase import Stated, figures, figures_in_words, plain
from loaders.problem import Problem, quoted
from loaders.units import UnitTable, UnknownUnit, WrongDimension, spellings
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


@dataclass(frozen=True)
class Parsed:
    """All files of a folder as far as they could be read; None where one could not."""

    plan: Plan | None
    sections: Sections | None
    sources: Sources | None
    units: UnitTable | None
    sectors: tuple[tuple[str, SectorFile, Document], ...]
    documents: dict[str, Document]


@dataclass(frozen=True)
class Spot:
    """One indicator with the place it stands in."""

    document: Document
    path: KeyPath
    indicator: Indicator

    def problem(self, path: KeyPath, code: str, message: str, expected: str = "", found: str = "") -> Problem:
        return self.document.problem((*self.path, *path), code, message, expected, found)


def spots(parsed: Parsed) -> Iterator[Spot]:
    for _, sector, document in parsed.sectors:
        for index, indicator in enumerate(sector.indicators):
            yield Spot(document, ("indicators", index), indicator)


def published(indicator: Indicator) -> Iterator[tuple[KeyPath, Figure]]:
    """Observations and rival targets, each with its path below the indicator."""
    for group in ("observations", "rivals"):
        for index, figure in enumerate(getattr(indicator, group)):
            yield (group, index), figure


def duplicate_ids(parsed: Parsed) -> Iterator[Problem]:
    """An id names one thing in the whole folder: links and scripts rest on it."""
    named: list[tuple[str, str, Document, KeyPath]] = []
    for stem, _, document in parsed.sectors:
        named.append(("sector", stem, document, ()))
    for spot in spots(parsed):
        named.append(("indicator", spot.indicator.id, spot.document, (*spot.path, "id")))
        for index, target in enumerate(spot.indicator.targets):
            named.append(("target", target.id, spot.document, (*spot.path, "targets", index, "id")))
    for name, items in (
        ("source", parsed.sources.sources if parsed.sources else ()),
        ("section", parsed.sections.sections if parsed.sections else ()),
        ("dimension", parsed.units.units.dimensions if parsed.units else ()),
        ("place", parsed.plan.places if parsed.plan else ()),
    ):
        file = {"source": "sources.yaml", "section": "sections.yaml", "dimension": "units.yaml"}.get(
            name, "plan.yaml"
        )
        for index, item in enumerate(items):
            named.append((name, item.id, parsed.documents[file], (f"{name}s", index, "id")))
    first: dict[tuple[str, str], str] = {}
    for kind, identifier, document, path in named:
        # A target and its indicator may share an id; two of one kind may not.
        place = f"{document.file}:{document.place(path)[0]}"
        if (kind, identifier) in first:
            yield document.problem(
                path,
                "duplicate-id",
                f"two {kind}s have the id {quoted(identifier)}",
                "an id of its own",
                f"first at {first[kind, identifier]}",
            )
        first.setdefault((kind, identifier), place)


def duplicate_units(parsed: Parsed) -> Iterator[Problem]:
    for index, dimension in enumerate(parsed.units.units.dimensions if parsed.units else ()):
        seen: set[str] = set()
        for row_index, row in enumerate(dimension.units):
            for spelling in spellings(row):
                if plain(spelling) in seen:
                    yield parsed.documents["units.yaml"].problem(
                        ("dimensions", index, "units", row_index),
                        "duplicate-unit",
                        "a dimension has one unit for each spelling",
                        "one meaning",
                        quoted(spelling),
                    )
                seen.add(plain(spelling))


def sector_list(parsed: Parsed) -> Iterator[Problem]:
    """plan.yaml gives the order of the sectors, so it names each file and no other."""
    if not parsed.plan:
        return
    document = parsed.documents["plan.yaml"]
    files = {name[:-5] for name in parsed.documents} - {"plan", "sections", "sources", "units"}
    for index, sector in enumerate(parsed.plan.sectors):
        if sector not in files:
            yield document.problem(
                ("sectors", index),
                "unknown-sector",
                "the sector has no file",
                f"{sector}.yaml",
                "no such file",
            )
    for stem in sorted(files - set(parsed.plan.sectors)):
        yield document.problem(
            ("sectors",),
            "unlisted-sector",
            "a sector file is not in the plan's list",
            f"{stem} among the sectors",
            f"{stem}.yaml",
        )


def section_parents(parsed: Parsed) -> Iterator[Problem]:
    if not parsed.sections:
        return
    known = {section.id for section in parsed.sections.sections}
    for index, section in enumerate(parsed.sections.sections):
        if section.parent is not None and section.parent not in known:
            yield parsed.documents["sections.yaml"].problem(
                ("sections", index, "parent"),
                "unknown-section",
                "the parent is not in the list",
                "an id of this file",
                quoted(section.parent),
            )


def references(parsed: Parsed) -> Iterator[Problem]:
    """Sections, places, sources, dimensions and paired targets must exist."""
    sections = {item.id for item in parsed.sections.sections} if parsed.sections else None
    places = {item.id for item in parsed.plan.places} if parsed.plan else None
    sources = {item.id for item in parsed.sources.sources} if parsed.sources else None
    for spot in spots(parsed):
        indicator = spot.indicator
        if parsed.units and indicator.dimension not in parsed.units.dimensions:
            yield spot.problem(
                ("dimension",),
                "unknown-dimension",
                "units.yaml has no such dimension",
                "a dimension of units.yaml",
                quoted(indicator.dimension),
            )
        for index, place in enumerate(indicator.places):
            if places is not None and place not in places:
                yield spot.problem(
                    ("places", index),
                    "unknown-place",
                    "plan.yaml has no such place",
                    "a place of plan.yaml",
                    quoted(place),
                )
        for index, target in enumerate(indicator.targets):
            if sections is not None and target.section not in sections:
                yield spot.problem(
                    ("targets", index, "section"),
                    "unknown-section",
                    "sections.yaml has no such section",
                    "an id of sections.yaml",
                    quoted(target.section),
                )
        for path, figure in published(indicator):
            if sources is not None and figure.source not in sources:
                yield spot.problem(
                    (*path, "source"),
                    "unknown-source",
                    "sources.yaml has no such source",
                    "an id of sources.yaml",
                    quoted(figure.source),
                )
            yield from _pairs(spot, path, figure)


def _pairs(spot: Spot, path: KeyPath, figure: Figure) -> Iterator[Problem]:
    own = {target.id for target in spot.indicator.targets}
    seen: set[str] = set()
    for index, pair in enumerate(figure.pairs):
        place = (*path, "pairs", index, "target")
        if pair.target not in own:
            yield spot.problem(
                place,
                "unknown-target",
                "a figure is paired with a target of its own indicator",
                " or ".join(sorted(own)),
                quoted(pair.target),
            )
        if pair.target in seen:
            yield spot.problem(
                place, "duplicate-pair", "the same pair is judged twice", "one judgement", quoted(pair.target)
            )
        seen.add(pair.target)


def shapes(parsed: Parsed) -> Iterator[Problem]:
    """Kind, comparator and value must fit together."""
    for spot in spots(parsed):
        for index, target in enumerate(spot.indicator.targets):
            path: KeyPath = ("targets", index)
            yield from _kind(spot, path, target)
            yield from _direction(spot, path, target)
            yield from _span(spot, path, target.comparator, target.value)
            if target.reading:
                yield from _span(spot, (*path, "reading"), target.comparator, target.reading.value)
        for path, figure in published(spot.indicator):
            yield from _span(spot, path, figure.comparator, figure.value)


def _kind(spot: Spot, path: KeyPath, target: Target) -> Iterator[Problem]:
    allowed = ALLOWED[target.kind]
    if not allowed:
        for name in ("comparator", "value", "unit", "reading", "figure"):
            if getattr(target, name) is not None:
                yield spot.problem(
                    (*path, name),
                    "kind-value",
                    f"a {target.kind} has no {name}",
                    "nothing",
                    quoted(getattr(target, name)),
                )
        return
    for name in ("comparator", "value", "unit"):
        if getattr(target, name) is None:
            yield spot.problem(
                path, "missing-key", f"a target of the kind {target.kind} needs {name!r}", name, "nothing"
            )
    if target.comparator is not None and target.comparator not in allowed:
        yield spot.problem(
            (*path, "comparator"),
            "kind-comparator",
            f"{target.comparator} makes no sense for the kind {target.kind}",
            " ".join(allowed),
            target.comparator,
        )


def _direction(spot: Spot, path: KeyPath, target: Target) -> Iterator[Problem]:
    wrong = {"up": CAPS, "down": FLOORS, "none": ()}[spot.indicator.direction]
    if target.kind in STATES and target.comparator in wrong:
        yield spot.problem(
            (*path, "comparator"),
            "comparator-direction",
            f"{target.comparator} does not fit an indicator whose better way is {spot.indicator.direction}",
            "the other side",
            str(target.comparator),
        )


def _span(
    spot: Spot, path: KeyPath, comparator: str | None, value: tuple[Decimal, ...] | None
) -> Iterator[Problem]:
    if value is None or comparator is None:
        return
    if (comparator == "range") != (len(value) == 2):
        yield spot.problem(
            (*path, "value"),
            "range-value",
            "a range has two ends, anything else one value",
            "[low, high] with range",
            f"{len(value)} with {comparator}",
        )
    elif len(value) == 2 and value[0] >= value[1]:
        yield spot.problem(
            (*path, "value"),
            "range-order",
            "the first end of a range is the lower one",
            "low before high",
            f"{value[0]} before {value[1]}",
        )


def units(parsed: Parsed) -> Iterator[Problem]:
    """Every unit is one of its indicator's dimension."""
    if not parsed.units:
        return
    for spot in spots(parsed):
        if spot.indicator.dimension not in parsed.units.dimensions:
            continue
        for index, target in enumerate(spot.indicator.targets):
            path: KeyPath = ("targets", index)
            if target.reading:
                # What is printed may be of another dimension: that is what the reading mends.
                yield from _unit(parsed.units, spot, (*path, "reading"), target.reading)
                if target.unit is not None:
                    yield from _any_unit(parsed.units, spot, path, target.unit)
            elif target.unit is not None and target.kind not in OWN_UNITS:
                yield from _unit(parsed.units, spot, path, target)
            elif target.unit is not None:
                yield from _any_unit(parsed.units, spot, path, target.unit)
        for path, figure in published(spot.indicator):
            yield from _unit(parsed.units, spot, path, figure)


# Growth, a lead over an average and coverage are rates of whatever is measured.
OWN_UNITS = ("growth", "relative", "coverage")


def _unit(
    table: UnitTable, spot: Spot, path: KeyPath, figure: Target | Figure | Reading
) -> Iterator[Problem]:
    dimension, unit = spot.indicator.dimension, str(figure.unit)
    try:
        table.row(dimension, unit)
    except WrongDimension as error:
        yield spot.problem(
            (*path, "unit"),
            "unit-dimension",
            f"{quoted(unit)} does not measure {quoted(dimension)}",
            _known(table, dimension),
            f"a unit of {error.found}",
        )
    except UnknownUnit:
        yield spot.problem(
            (*path, "unit"),
            "unknown-unit",
            "units.yaml has no such unit",
            _known(table, dimension),
            quoted(unit),
        )


def _any_unit(table: UnitTable, spot: Spot, path: KeyPath, unit: str) -> Iterator[Problem]:
    if not table.dimensions_of(unit):
        yield spot.problem(
            (*path, "unit"),
            "unknown-unit",
            "units.yaml has no such unit",
            "a unit of units.yaml",
            quoted(unit),
        )


def _known(table: UnitTable, dimension: str) -> str:
    return " or ".join(row.symbol or "no unit" for row in table.dimensions[dimension].units)


def flags(parsed: Parsed) -> Iterator[Problem]:
    """`undated` and a period exclude each other; a reading needs its flag."""
    for spot in spots(parsed):
        for path, figure in published(spot.indicator):
            if (figure.period is None) != ("undated" in figure.flags):
                yield spot.problem(
                    path,
                    "undated",
                    "a figure has a period or the flag undated",
                    "one of the two",
                    "both" if figure.period else "neither",
                )
        for index, target in enumerate(spot.indicator.targets):
            if (target.reading is not None) != ("suspected-misprint" in target.flags):
                yield spot.problem(
                    ("targets", index),
                    "reading-flag",
                    "a reading and the flag suspected-misprint belong together",
                    "both or neither",
                    "one of them",
                )


def periods(parsed: Parsed) -> Iterator[Problem]:
    """Nothing is observed after its source was published."""
    if not parsed.sources:
        return
    sources = {source.id: source for source in parsed.sources.sources}
    for spot in spots(parsed):
        for index, observation in enumerate(spot.indicator.observations):
            source = sources.get(observation.source)
            if not observation.period or not source or not source.date:
                continue
            end = last_day(observation.period.split("/")[-1])
            if end > last_day(source.date):
                yield spot.problem(
                    ("observations", index, "period"),
                    "period-after-source",
                    "the period ends after its source was published",
                    f"no later than {source.date}",
                    observation.period,
                )


def words(parsed: Parsed) -> Iterator[Problem]:
    """The printed phrase must hold a word for the comparator, or the flag for a bare verb."""
    if not parsed.plan or not parsed.plan.words:
        return
    # Longest first: 不低于 must not be read as 低于.
    known = sorted(parsed.plan.words, key=lambda word: -len(word.word))
    for spot in spots(parsed):
        for index, target in enumerate(spot.indicator.targets):
            if target.comparator in (None, "eq", "range"):
                continue
            rest, binding, bare = plain(target.printed), False, False
            for word in known:
                if plain(word.word) in rest:
                    rest = rest.replace(plain(word.word), "\n")
                    fits = target.comparator in word.means
                    binding, bare = binding or (fits and not word.bare), bare or (fits and word.bare)
            flagged = "bare-verb" in target.flags
            if not binding and not (bare and flagged):
                yield spot.problem(
                    ("targets", index, "comparator"),
                    "comparator-word",
                    f"the phrase has no word that means {target.comparator}",
                    "such a word, or a bare verb and the flag bare-verb",
                    quoted(target.printed),
                )
            if binding and flagged:
                yield spot.problem(
                    ("targets", index, "flags"),
                    "comparator-word",
                    "the phrase says how its figure binds, so its verb is not bare",
                    "no flag bare-verb",
                    quoted(target.printed),
                )


def printed(parsed: Parsed) -> Iterator[Problem]:
    """The phrase must state the value with its unit, at the position that the target names."""
    if not parsed.units or not parsed.plan:
        return
    shared: dict[tuple[str, str], int] = {}
    for spot in spots(parsed):
        for target in spot.indicator.targets:
            key = (target.section, plain(target.printed))
            shared[key] = shared.get(key, 0) + 1
    for spot in spots(parsed):
        for index, target in enumerate(spot.indicator.targets):
            if target.value is not None and target.unit is not None:
                several = shared[target.section, plain(target.printed)] > 1
                yield from _stated(parsed.plan, parsed.units, spot, ("targets", index), target, several)


def _stated(
    plan: Plan, table: UnitTable, spot: Spot, path: KeyPath, target: Target, several: bool
) -> Iterator[Problem]:
    unit, value = str(target.unit), target.value or ()
    names = table.spellings(unit)
    found = _found(plan, target, names)
    if target.figure is None and (several or len(found) > 1):
        yield spot.problem(
            (*path, "printed"),
            "figure-position",
            "the phrase has several figures or serves several targets",
            "'figure', the position from 1",
            f"{len(found)} figures",
        )
        return
    position = target.figure or 1
    wanted = f"{'—'.join(str(end) for end in value)}{unit}"
    if not 1 <= position <= len(found):
        yield spot.problem(
            (*path, "printed"),
            "printed-value",
            "the phrase does not state the value",
            wanted,
            f"{len(found)} figures in {quoted(target.printed)}",
        )
        return
    stated = found[position - 1]
    in_words = "value-from-words" in target.flags
    if (stated.low, stated.high) != (value[0], value[-1]) or not (
        in_words or any(stated.rest.startswith(name) for name in names)
    ):
        yield spot.problem(
            (*path, "printed"),
            "printed-value",
            "the phrase does not state the value",
            wanted,
            f"{stated.low}{'' if in_words else stated.rest[:12]}",
        )


def _found(plan: Plan, target: Target, names: tuple[str, ...]) -> tuple[Stated, ...]:
    phrase = plain(target.printed)
    if "value-from-words" not in target.flags:
        return figures(phrase)
    meant = [(plain(word.word), word.value) for word in plan.value_words if plain(word.unit) in names]
    return figures_in_words(phrase, names, meant)


RULES: tuple[Callable[[Parsed], Iterator[Problem]], ...] = (
    duplicate_ids,
    duplicate_units,
    sector_list,
    section_parents,
    references,
    shapes,
    units,
    flags,
    periods,
    words,
    printed,
)


def check(parsed: Parsed) -> list[Problem]:
    return [problem for rule in RULES for problem in rule(parsed)]
