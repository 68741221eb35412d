"""What must hold between fields and between files. Each rule yields problems and never raises."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from loaders import agreement, phrase
from loaders.fields import Span, last_day
from loaders.flags import flags
from loaders.models import COMPARATORS, FILES, Plan, Rival, Target, Word
from loaders.parsed import LISTS, Held, Parsed, Problems, Spot
from loaders.phrase import plain
from loaders.problem import Problem, quoted
from loaders.units import UnitTable, spellings
from loaders.yamlfile import Document, KeyPath

# Which comparators a kind allows, where not all. A coverage is all or none, or nearly so (about); an order
# of size is never exact and never a cap; what is added has no cap here; a milestone has no figure.
ALLOWED: dict[str, tuple[str, ...]] = {
    "increment": ("ge", "gt", "eq", "about", "range"),
    "relative": ("ge", "gt", "about", "le", "lt"),
    "coverage": ("eq", "about"),
    "scale": ("about", "ge", "gt"),
    "milestone": (),
}
# Kinds whose figure is the state itself, so that a floor on what should fall is a slip.
STATES = ("level", "share", "annual", "annual_average")
SLIPS = {"up": ("le", "lt"), "down": ("ge", "gt"), "none": ()}
RATES = ("growth", "relative", "coverage")


def _named(parsed: Parsed) -> Iterator[tuple[str, str, Document, KeyPath]]:
    """Everything that has an id: its sort, the id, and where that stands."""
    for stem, _, document in parsed.sectors:
        yield "sector", stem, document, ()
    sorts: list[tuple[str, Iterator[Spot[Any]]]] = [("indicator", parsed.indicators()), ("target", parsed.targets())]
    for sort, spots in [*sorts, *((sort, parsed.listed(file, key)) for sort, file, key in LISTS)]:
        for at in spots:
            yield sort, at.thing.id, at.document, (*at.path, "id")


def duplicate_ids(parsed: Parsed) -> Problems:
    """An id names one thing of its sort in the whole folder: links and scripts rest on it."""
    first: dict[tuple[str, str], str] = {}
    for sort, identifier, document, path in _named(parsed):
        if (sort, identifier) in first:
            place = f"{quoted(identifier)}, first at {first[sort, identifier]}"
            yield document.problem(path, "duplicate-id", "an id of its own", place)
        first.setdefault((sort, identifier), f"{document.file}:{document.place(path)[0]}")


def duplicate_units(parsed: Parsed) -> Problems:
    for at in parsed.listed("units", "dimensions"):
        seen: set[str] = set()
        for index, row in enumerate(at.thing.units):
            for spelling in spellings(row):
                if plain(spelling) in seen:
                    yield at.problem(("units", index), "duplicate-unit", "one meaning", quoted(spelling))
                seen.add(plain(spelling))


def sector_list(parsed: Parsed) -> Problems:
    """plan.yaml gives the order of the sectors, so it names each file and no other."""
    if not parsed.plan:
        return
    document, listed = parsed.documents["plan.yaml"], parsed.plan.sectors
    files = {name.rpartition(".")[0] for name in parsed.documents if name not in FILES}
    again = set(_again(listed))
    for index, sector in enumerate(listed):
        if sector not in files:
            yield document.problem(("sectors", index), "unknown-sector", f"{sector}.yaml", "no such file")
        if index in again:
            yield document.problem(("sectors", index), "duplicate-id", "each sector once", quoted(sector))
    for stem in files - set(listed):
        yield document.problem(("sectors",), "unlisted-sector", f"{stem} in the list", "a file only")


def _again(values: Sequence[str]) -> Iterator[int]:
    """The positions of what stood before already."""
    seen: dict[str, int] = {}
    return (index for index, value in enumerate(values) if seen.setdefault(value, index) < index)


def plan_sense(parsed: Parsed) -> Problems:
    """The years of the plan follow each other, and its value words have units that exist."""
    plan = parsed.plan
    if plan and not plan.base_year < plan.first_year <= plan.last_year:
        wanted = "base year, first and last year in order"
        found = f"{plan.base_year}, {plan.first_year}, {plan.last_year}"
        yield parsed.documents["plan.yaml"].problem(("base_year",), "bad-period", wanted, found)
    for at in parsed.listed("plan", "value_words"):
        if parsed.table and not parsed.table.dimensions_of(at.thing.unit):
            yield at.problem(("unit",), "unknown-unit", "a unit of units.yaml", quoted(at.thing.unit))


def references(parsed: Parsed) -> Problems:
    """Sections, places, sources and dimensions must exist, as far as their list could be read."""
    read = [(sort, file, key) for sort, file, key in LISTS if getattr(parsed, file)]
    known = {sort: {at.thing.id for at in parsed.listed(file, key)} for sort, file, key in read}
    for sort, wanted, at, path in _referred(parsed):
        if wanted is not None and wanted not in known.get(sort, [wanted]):
            yield at.problem(path, f"unknown-{sort}", "", quoted(wanted))


def parents(parsed: Parsed) -> Problems:
    """What is around a section stands above it in the file: none lies in itself, by whatever way round."""
    above: set[str] = set()
    for at in parsed.listed("sections", "sections"):
        if at.thing.parent is not None and at.thing.parent not in above:
            yield at.problem(("parent",), "unknown-section", "an id further up in this file", quoted(at.thing.parent))
        above.add(at.thing.id)


def _referred(parsed: Parsed) -> Iterator[tuple[str, str | None, Spot[Any], KeyPath]]:
    """Every mention of a thing by its id: the sort of thing, the id, and where it is mentioned."""
    for evaluation in parsed.listed("plan", "evaluations"):
        yield "section", evaluation.thing.section, evaluation, ("section",)
    for at in parsed.indicators():
        yield "dimension", at.thing.dimension, at, ("dimension",)
        for index, place in enumerate(at.thing.places):
            yield "place", place, at, ("places", index)
    for target in parsed.targets():
        yield "section", target.thing.section, target, ("section",)
    for figure in parsed.stated():
        yield "source", figure.thing.source, figure, ("source",)


def pairs(parsed: Parsed) -> Problems:
    """A figure is judged against the targets of its own indicator, each once."""
    for at in parsed.figures():
        own = {target.id for target in at.indicator.targets}
        again = set(_again([pair.target for pair in at.thing.pairs]))
        for index, pair in enumerate(at.thing.pairs):
            place = ("pairs", index, "target")
            if pair.target not in own:
                yield at.problem(place, "unknown-target", " or ".join(sorted(own)), quoted(pair.target))
            if index in again:
                yield at.problem(place, "duplicate-pair", "one judgement", quoted(pair.target))
            if pair.judged and pair.comparability not in pair.judged:
                wanted = " or ".join(sorted(set(pair.judged)))
                yield at.problem((*place[:-1], "comparability"), "judged-outcome", wanted, pair.comparability)


def gaps(parsed: Parsed) -> Problems:
    """A gap is that of a target which exists, and each target has one at most."""
    known = {at.thing.id for at in parsed.targets()}
    all_read = len(parsed.sectors) == len(list(parsed.listed("plan", "sectors")))
    seen: set[str] = set()
    for at in parsed.listed("gaps", "gaps"):
        target = at.thing.target
        if target not in known and all_read:
            yield at.problem(("target",), "unknown-target", "the id of a target", quoted(target))
        if target in seen:
            yield at.problem(("target",), "duplicate-id", "one gap for each target", quoted(target))
        seen.add(target)


def shapes(parsed: Parsed) -> Problems:
    """Kind, comparator and value must fit together."""
    for at in parsed.targets():
        target = at.thing
        yield from _kind(at, target)
        yield from _span(at, ("value",), target.comparator, target.value)
        if target.reading:
            yield from _span(at, ("reading", "value"), target.comparator, target.reading.value)
    for figure in parsed.figures():
        yield from _span(figure, ("value",), figure.thing.comparator, figure.thing.value)
    for item in parsed.derived():
        yield from _span(item, ("value",), item.thing.comparator, (item.thing.value,))


def _kind(at: Held[Target], target: Target) -> Problems:
    allowed = ALLOWED.get(target.kind, COMPARATORS)
    for name in ("comparator", "value", "unit", "reading", "figure"):
        stated = getattr(target, name) is not None
        if stated and not allowed:
            yield at.problem((name,), "kind-value", f"no {name} for a {target.kind}", "one")
        if not stated and allowed and name in ("comparator", "value", "unit"):
            yield at.problem((), "missing-key", f"{name} for the kind {target.kind}", "nothing")
    if not allowed:
        return
    comparator = target.comparator or allowed[0]
    if comparator not in allowed:
        wanted = f"for {target.kind} one of {' '.join(allowed)}"
        yield at.problem(("comparator",), "kind-comparator", wanted, comparator)
    direction = at.indicator.direction
    if target.kind in STATES and comparator in SLIPS[direction]:
        wanted = f"what fits the direction {direction}"
        yield at.problem(("comparator",), "comparator-direction", wanted, comparator)


def _span(at: Spot[object], path: KeyPath, comparator: str | None, value: Span | None) -> Problems:
    if value is None or comparator is None:
        return
    if (comparator == "range") != (len(value) == 2):
        yield at.problem(path, "range-value", "[low, high] with range", f"{len(value)} with {comparator}")
    elif len(value) == 2 and value[0] >= value[1]:
        yield at.problem(path, "range-order", "low before high", f"{value[0]}, {value[1]}")


def units(parsed: Parsed) -> Problems:
    """Every unit is one of its indicator's dimension."""
    if not parsed.table:
        return
    dimensions = parsed.table.dimensions.values()
    for at in parsed.targets():
        target = at.thing
        if target.reading:
            yield from _unit(parsed.table, at, ("reading", "unit"), target.reading.unit)
        # A doubted print may be of another dimension (that is what its reading mends), and
        # growth, a lead over an average and coverage are rates of whatever is measured.
        others = [one.id for one in dimensions if target.reading or (target.kind in RATES and one.rate)]
        yield from _unit(parsed.table, at, ("unit",), target.unit, others)
    for figure in parsed.stated():
        yield from _unit(parsed.table, figure, ("unit",), figure.thing.unit)


def _unit(table: UnitTable, at: Held[object], path: KeyPath, unit: str | None, others: Sequence[str] = ()) -> Problems:
    own = at.indicator.dimension
    if unit is None or own not in table.dimensions:
        return
    wanted = " or ".join(row.symbol for row in table.dimensions[own].units)
    owners = table.dimensions_of(unit)
    if not owners:
        yield at.problem(path, "unknown-unit", wanted, quoted(unit))
    elif not {own, *others} & set(owners):
        yield at.problem(path, "unit-dimension", f"{wanted} of {own}", f"{quoted(unit)} of {', '.join(owners)}")


_SUM = re.compile(r"\d+(\.\d+)?( [+-] \d+(\.\d+)?)+ = \d+(\.\d+)?")


def derivations(parsed: Parsed) -> Problems:
    """The arithmetic of a derived value is a sum or difference that gives it."""
    for at in parsed.derived():
        text, value = at.thing.arithmetic, at.thing.value
        terms, _, result = text.replace(" - ", " + -").partition(" = ")
        if not _SUM.fullmatch(text) or not sum(map(Decimal, terms.split(" + "))) == Decimal(result) == value:
            yield at.problem(("arithmetic",), "derived-arithmetic", f"a + b = {value}, in figures", quoted(text))


def periods(parsed: Parsed) -> Problems:
    """Nothing is observed after its source was published. A sum over years that was announced in the course of its
    last year, as reviews of a plan are, must say so in a note."""
    dates = {at.thing.id: at.thing.date for at in parsed.listed("sources", "sources")}
    for at in parsed.figures():
        period, published = at.thing.period, dates.get(at.thing.source)
        if isinstance(at.thing, Rival) or not period or not published:
            continue
        first, _, last = period.partition("/")
        noted = len(last) == len("2031") and at.thing.note is not None and published[: len(last)] == last
        if last_day(last or first) > last_day(published) and not noted:
            yield at.problem(("period",), "period-after-source", f"no later than {published}", period)


def words(parsed: Parsed) -> Problems:
    """A word for the comparator stands in the phrase, or the flag says that only a bare verb does.

    With the flag no such word may stand next to the figure itself (in a phrase of several figures another's may).
    """
    # Longest first: 不低于 must not be read as 低于.
    known = sorted(parsed.plan.words if parsed.plan else (), key=lambda word: -len(word.word))
    for at in parsed.targets() if known else ():
        target, flagged = at.thing, "bare-verb" in at.thing.flags
        if target.comparator in (None, "eq", "range"):
            if flagged:
                wanted = "no flag: the figure is exact, a range or none"
                yield at.problem(("flags",), "comparator-word", wanted, "bare-verb")
            continue
        text = plain(target.printed)
        text = phrase.around(text, target.figure or 1) if flagged else text
        if flagged == (target.comparator in _meant(known, text)):
            wanted = f"a word for {target.comparator}, or a bare verb and the flag"
            yield at.problem(("comparator",), "comparator-word", wanted, quoted(target.printed))


def _meant(known: Sequence[Word], text: str) -> set[str]:
    """The comparators that the words of a text stand for."""
    found: set[str] = set()
    for word in known:
        if plain(word.word) in text:
            text = text.replace(plain(word.word), "\n")
            found |= set(word.means)
    return found


def printed(parsed: Parsed) -> Problems:
    """The phrase must state the value with its unit, at the position that the target names."""
    if not parsed.plan or not parsed.table:
        return
    uses = Counter((at.thing.section, plain(at.thing.printed)) for at in parsed.targets())
    for at in parsed.targets():
        if at.thing.value is not None and at.thing.unit is not None:
            shared = uses[at.thing.section, plain(at.thing.printed)] > 1
            yield from _stated(parsed.plan, parsed.table, at, shared)


def _stated(plan: Plan, table: UnitTable, at: Held[Target], shared: bool) -> Problems:
    target = at.thing
    unit, value, text = str(target.unit), target.value or (), plain(target.printed)
    names = table.spellings(unit)
    in_words = "value-from-words" in target.flags
    meant = [(plain(word.word), word.value) for word in plan.value_words if plain(word.unit) in names]
    found = phrase.figures_in_words(text, names, meant) if in_words else phrase.figures(text)
    if target.figure is None and (shared or len(found) > 1):
        yield at.problem(("printed",), "figure-position", "'figure', its position from 1", f"{len(found)} figures")
        return
    wanted = f"{'—'.join(str(end) for end in value)} {unit}"
    position = 1 if target.figure is None else target.figure
    if not 1 <= position <= len(found):
        amount = f"{len(found)} figures in {quoted(target.printed)}"
        yield at.problem(("printed",), "printed-value", wanted, amount)
        return
    stated = found[position - 1]
    # The longest unit counts: 个百分点 is not 个, and 60% is no bare 60.
    named = in_words or not table.dimensions_of(unit) or table.unit_at(stated.rest) in names
    if (stated.low, stated.high) != (value[0], value[-1]) or not named:
        ends = str(stated.low) if stated.low == stated.high else f"{stated.low}—{stated.high}"
        yield at.problem(("printed",), "printed-value", wanted, quoted(ends + stated.rest[:12]))


def agreements(parsed: Parsed) -> Problems:
    """A published figure agrees with its own phrase."""
    for at in parsed.figures() if parsed.plan and parsed.table else ():
        assert parsed.plan and parsed.table
        for slip in agreement.slips(parsed.table, parsed.plan, at.indicator.dimension, at.thing):
            yield at.problem((slip.key,), slip.code, slip.expected, slip.found)


RULES: tuple[Callable[[Parsed], Problems], ...] = (
    *(duplicate_ids, duplicate_units, sector_list, plan_sense, references, parents, pairs, gaps),
    *(shapes, units, derivations, flags, periods, words, printed, agreements),
)


def check(parsed: Parsed) -> list[Problem]:
    """The problems of all rules, over whatever could be read."""
    return [problem for rule in RULES for problem in rule(parsed)]
