"""The book as rows: the contract of the command line and what pages and charts read."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from loaders.baseline import STATUSES
from loaders.book import Book
from loaders.finding import Case, cases
from loaders.health import BOUNDS, findings
from loaders.models import Figure, Rival, Section, Target
from loaders.units import decimal_text

Cell = str | int | bool | Decimal | Fraction | tuple[str, ...] | None
Row = Mapping[str, Cell]

NO_CANONICAL = ("scale", "milestone")


# The contract of the command line: people script against names and order. Behind a column's `=` is the way to its
# cell, from what the row is about and what is told of it; a column without one is itself the way.
_WAYS = {
    "table": """
        id=target.id indicator_id=indicator.id sector=sector.id name_zh=name.zh name_en=name.en kind=target.kind
        comparator=target.comparator value_low=target.value.0 value_high=target.value.-1 unit=target.unit
        printed=target.printed normalised_low=normalised.0 normalised_high=normalised.-1 normalised_unit
        reading_low=target.reading.value.0 reading_high=target.reading.value.-1 reading_unit=target.reading.unit
        reading_reason=target.reading.reason.en direction=indicator.direction deadline
        deadline_printed=target.deadline_printed firmness=target.firmness scope section=target.section parent_section
        flags baseline_value=baseline.figure.value.0 baseline_unit=baseline.figure.unit
        baseline_normalised=baseline.amount.value baseline_period=baseline.figure.period baseline_grade=source.grade
        baseline_source_id=source.id comparability=baseline.pair.comparability
        comparability_reason=baseline.pair.reason.en status""",
    "observations": """
        target_id=target.id indicator_id=indicator.id kind comparator=figure.comparator value_low=figure.value.0
        value_high=figure.value.-1 unit=figure.unit normalised_low=normalised.0 normalised_high=normalised.-1
        normalised_unit period=figure.period measure comparability comparability_reason=pair.reason.en
        grade=source.grade source_id=source.id publisher=source.publisher.en title=source.title date=source.date
        date_precision=source.date_precision url=source.url printed=figure.printed flags note=figure.note.en""",
    "health": "code sector indicator_id=indicator.id target_id=target.id figures gap_percent expected found",
    "gaps": """
        target_id=target.id sector=sector.id name_zh=name.zh name_en=name.en status unit canonical_unit
        figure_zh=gap.figure.zh figure_en=gap.figure.en publisher_zh=gap.publisher.zh publisher_en=gap.publisher.en
        when_zh=gap.when.zh when_en=gap.when.en""",
    "sectors": "id name_zh=name.zh name_en=name.en indicators targets comparable partial no_baseline no_path",
}
_COLUMNS = {table: [column.partition("=") for column in ways.split()] for table, ways in _WAYS.items()}
COLUMNS = {table: tuple(name for name, _, _ in columns) for table, columns in _COLUMNS.items()}


def _row(table: str, thing: object, **told: object) -> Row:
    """A cell for each column of the table, its way begun at what is `told` or, where that lacks it, at the thing."""
    return {name: _cell(thing, told, (way or name).split(".")) for name, _, way in _COLUMNS[table]}


def _cell(thing: Any, told: Mapping[str, object], way: Sequence[str]) -> Any:
    """The end of a way; absent where something on it is."""
    here: Any = told[way[0]] if way[0] in told else getattr(thing, way[0])
    for step in way[1:]:
        if here is not None:
            here = here[int(step)] if isinstance(here, tuple) else getattr(here, step)
    return here


def targets(book: Book) -> list[Row]:
    """One row per target, columns as in section 3 of the design."""
    return [_target_row(case) for case in cases(book)]


def _target_row(case: Case) -> Row:
    book, target, baseline = case.book, case.target, case.baseline
    ends, unit = _normalised(case)
    return _row(
        "table",
        case,
        name=target.name or case.indicator.name,
        normalised=ends,
        normalised_unit=unit,
        deadline=target.deadline or str(book.plan.last_year),
        scope=";".join(case.indicator.places) or "province",
        parent_section=_around(book, book.section[target.section]),
        flags=_flags(target, conflicting=baseline is not None and baseline.conflicting),
        source=book.source[baseline.figure.source] if baseline else None,
    )


def _flags(stated: Target | Figure, *, conflicting: bool = False) -> tuple[str, ...]:
    """The flags that a person wrote and those that follow from the data."""
    found = {"conflicting": conflicting, "superseded": stated.superseded is not None}
    return tuple(sorted({*stated.flags, *(flag for flag, holds in found.items() if holds)}))


def _normalised(case: Case) -> tuple[tuple[Fraction, ...] | None, str | None]:
    target, table = case.target, case.book.units
    if target.value is None or target.unit is None or target.kind in NO_CANONICAL:
        return None, None
    dimension = table.dimension_of(case.indicator.dimension, target.unit)
    ends = tuple(table.normalise(dimension, target.unit, end).value for end in target.value)
    return ends, table.dimensions[dimension].canonical


def _around(book: Book, section: Section) -> str | None:
    """The section around a box; a section's own chapter is not asked for here."""
    parent = book.section.get(section.parent or "")
    return parent.id if parent and parent.parent else None


def observations(book: Book) -> list[Row]:
    """One row per observation or rival target and target of its indicator."""
    return [
        _figure_row(case, figure)
        for case in cases(book)
        for figure in (*case.indicator.observations, *case.indicator.rivals)
    ]


def _figure_row(case: Case, figure: Figure) -> Row:
    pair = case.pair(figure)
    return _row(
        "observations",
        case,
        figure=figure,
        kind=figure.kind if isinstance(figure, Rival) else "observation",
        normalised=case.amounts(figure),
        normalised_unit=case.book.units.dimensions[case.indicator.dimension].canonical,
        measure=figure.measure or case.indicator.measure,
        pair=pair,
        comparability=pair.comparability if pair else "different",
        source=case.book.source[figure.source],
        flags=_flags(figure),
    )


def sectors(book: Book) -> list[Row]:
    """One row per sector with how many targets it has and on what evidence."""
    rows = []
    for sector in book.sectors:
        states = [case.status for case in cases(book) if case.sector is sector]
        counts = {state: states.count(state) for state in STATUSES}
        rows.append(_row("sectors", sector, indicators=len(sector.indicators), targets=len(states), **counts))
    return rows


def health(book: Book) -> list[Row]:
    """One row per finding on the evidence. `gap_percent` is how far two figures lie apart."""
    return [
        _row(
            "health",
            finding,
            figures=tuple(f"{one.printed} ({one.period or ''}, {one.source})" for one in finding.figures),
            gap_percent=None if finding.gap is None else Decimal(round(1000 * finding.gap)) / 10,
            expected=finding.expected or None,
            found=finding.found or None,
        )
        for finding in findings(book)
    ]


def gaps(book: Book) -> list[Row]:
    """What a person would have to collect: one row per target without a full comparable baseline.

    A bound is no full one. A target that needs no baseline has a row only where somebody named the figure that
    would show where it stands. `unit` is the one that the target is stated in.
    """
    named = {gap.target: gap for gap in book.gaps.gaps}
    rows = []
    for case in cases(book):
        target, gap = case.target, named.get(case.target.id)
        bound = case.baseline and case.baseline.figure.comparator in BOUNDS
        wanted = case.status != "no_path" or gap
        if wanted and (bound or case.status != "comparable") and not target.superseded:
            unit, canonical = (target.reading or target).unit, book.units.dimensions[case.indicator.dimension].canonical
            name = target.name or case.indicator.name
            rows.append(_row("gaps", case, name=name, unit=unit, canonical_unit=canonical, gap=gap))
    return rows


TABLES = {"table": targets, "observations": observations, "sectors": sectors, "health": health, "gaps": gaps}


def to_json(rows: Iterable[Row]) -> str:
    """A list of objects, columns in order; numbers keep the digits that were printed.

    `json` cannot write a Decimal as it is (a float would lose `3.0` and 2033⅓'s
    digits), so cells are written one by one.
    """
    lines = [
        "  {" + ", ".join(f"{json.dumps(name)}: {_json(cell)}" for name, cell in row.items()) + "}" for row in rows
    ]
    return "[\n" + ",\n".join(lines) + "\n]\n" if lines else "[]\n"


def _json(cell: Cell) -> str:
    if isinstance(cell, Decimal | Fraction):
        return decimal_text(cell)
    return json.dumps(list(cell) if isinstance(cell, tuple) else cell, ensure_ascii=False)


def for_excel(rows: Sequence[Row], columns: Sequence[str] = ()) -> str:
    """CSV that Excel reads as UTF-8, text that it would run as a formula made harmless; numbers stay numbers."""
    safe = [{name: _harmless(cell) for name, cell in row.items()} for row in rows]
    return "\ufeff" + to_csv(safe, columns)


def _harmless(cell: Cell) -> Cell:
    text = ";".join(cell) if isinstance(cell, tuple) else cell
    return f"'{text}" if isinstance(text, str) and text[:1] in tuple("=+-@\t\r") else cell


def to_csv(rows: Sequence[Row], columns: Sequence[str] = ()) -> str:
    """Absent is empty, lists are joined with `;`, booleans are true and false, lines end with LF.

    `columns` heads a table that has no row yet.
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]) if rows else columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _csv(cell) for name, cell in row.items()} for row in rows)
    return out.getvalue()


def _csv(cell: Cell) -> Any:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, tuple):
        return ";".join(cell)
    return decimal_text(cell) if isinstance(cell, Decimal | Fraction) else cell
