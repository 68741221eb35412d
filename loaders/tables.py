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
from loaders.models import Both, Figure, Gap, Pair, Rival, Section, Target
from loaders.units import decimal_text

Cell = str | int | bool | Decimal | Fraction | tuple[str, ...] | None
Row = Mapping[str, Cell]

NO_CANONICAL = ("scale", "milestone")


def targets(book: Book) -> list[Row]:
    """One row per target, columns as in section 3 of the design."""
    return [_target_row(case) for case in cases(book)]


def _target_row(case: Case) -> Row:
    book, indicator, target, baseline = case.book, case.indicator, case.target, case.baseline
    name, reading = target.name or indicator.name, target.reading
    figure, pair = (baseline.figure, baseline.pair) if baseline else (None, None)
    cells: dict[str, Cell] = {
        **_fields(target, "id kind comparator unit printed deadline_printed firmness section"),
        "indicator_id": indicator.id,
        "sector": case.sector.id,
        "name_zh": name.zh,
        "name_en": name.en,
        **_ends("value", target.value),
        **_normalised(case),
        **_ends("reading", reading.value if reading else None),
        **_fields(reading, "unit", "reading_"),
        "reading_reason": reading.reason.en if reading else None,
        "direction": indicator.direction,
        "deadline": target.deadline or str(book.plan.last_year),
        "scope": ";".join(indicator.places) or "province",
        "parent_section": _around(book, book.section[target.section]),
        "flags": _flags(target, conflicting=baseline is not None and baseline.conflicting),
        **_fields(figure, "unit period", "baseline_"),
        "baseline_value": figure.value[0] if figure else None,
        "baseline_normalised": baseline.amount.value if baseline else None,
        "baseline_grade": book.source[figure.source].grade if figure else None,
        "baseline_source_id": figure.source if figure else None,
        **_judged(pair),
        "status": case.status,
    }
    return {column: cells[column] for column in COLUMNS["table"]}


def _fields(thing: object, names: str, prefix: str = "") -> dict[str, Cell]:
    """The named fields of a thing; all absent where there is no thing."""
    return {prefix + name: getattr(thing, name) if thing else None for name in names.split()}


def _ends(name: str, span: Sequence[Decimal | Fraction] | None) -> dict[str, Cell]:
    low, high = (span[0], span[-1]) if span else (None, None)
    return {f"{name}_low": low, f"{name}_high": high}


def _judged(pair: Pair | None) -> dict[str, Cell]:
    return {**_fields(pair, "comparability"), "comparability_reason": pair.reason.en if pair else None}


def _flags(stated: Target | Figure, *, conflicting: bool = False) -> tuple[str, ...]:
    """The flags that a person wrote and those that follow from the data."""
    found = {"conflicting": conflicting, "superseded": stated.superseded is not None}
    return tuple(sorted({*stated.flags, *(flag for flag, holds in found.items() if holds)}))


def _normalised(case: Case) -> dict[str, Cell]:
    target, table = case.target, case.book.units
    if target.value is None or target.unit is None or target.kind in NO_CANONICAL:
        return {**_ends("normalised", None), "normalised_unit": None}
    dimension = table.dimension_of(case.indicator.dimension, target.unit)
    ends = [table.normalise(dimension, target.unit, end).value for end in target.value]
    return {**_ends("normalised", ends), "normalised_unit": table.dimensions[dimension].canonical}


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
    indicator, source, pair = case.indicator, case.book.source[figure.source], case.pair(figure)
    cells: dict[str, Cell] = {
        **_fields(figure, "comparator unit period printed"),
        **_fields(source, "grade title date date_precision url"),
        "target_id": case.target.id,
        "indicator_id": indicator.id,
        "source_id": source.id,
        "kind": figure.kind if isinstance(figure, Rival) else "observation",
        **_ends("value", figure.value),
        **_ends("normalised", case.amounts(figure)),
        "normalised_unit": case.book.units.dimensions[indicator.dimension].canonical,
        "measure": figure.measure or indicator.measure,
        **_judged(pair),
        "comparability": pair.comparability if pair else "different",
        "publisher": source.publisher.en,
        "flags": _flags(figure),
        "note": figure.note.en if figure.note else None,
    }
    return {column: cells[column] for column in COLUMNS["observations"]}


def sectors(book: Book) -> list[Row]:
    """One row per sector with how many targets it has and on what evidence."""
    rows: list[Row] = []
    for sector in book.sectors:
        states = [case.status for case in cases(book) if case.sector is sector]
        counts = {state: states.count(state) for state in STATUSES}
        names: dict[str, Cell] = {"id": sector.id, "name_zh": sector.name.zh, "name_en": sector.name.en}
        rows.append({**names, "indicators": len(sector.indicators), "targets": len(states), **counts})
    return rows


def health(book: Book) -> list[Row]:
    """One row per finding on the evidence. `gap_percent` is how far two figures lie apart."""
    return [
        {
            **_fields(finding, "code sector"),
            "indicator_id": finding.indicator.id,
            "target_id": finding.target.id if finding.target else None,
            "figures": tuple(f"{one.printed} ({one.period or ''}, {one.source})" for one in finding.figures),
            "gap_percent": None if finding.gap is None else Decimal(round(1000 * finding.gap)) / 10,
            "expected": finding.expected or None,
            "found": finding.found or None,
        }
        for finding in findings(book)
    ]


def gaps(book: Book) -> list[Row]:
    """What a person would have to collect: one row per target without a full comparable baseline.

    A bound is no full one. A target that needs no baseline has a row only where somebody named the figure that
    would show where it stands.
    """
    named = {gap.target: gap for gap in book.gaps.gaps}
    rows: list[Row] = []
    for case in cases(book):
        bound = case.baseline and case.baseline.figure.comparator in BOUNDS
        wanted = case.status != "no_path" or case.target.id in named
        if wanted and (bound or case.status != "comparable") and not case.target.superseded:
            rows.append(_gap_row(case, named.get(case.target.id)))
    return rows


def _gap_row(case: Case, gap: Gap | None) -> Row:
    """`unit` is the one that the target is stated in."""
    cells: dict[str, Cell] = {"target_id": case.target.id, "sector": case.sector.id, "status": case.status}
    cells["unit"] = (case.target.reading or case.target).unit
    cells["canonical_unit"] = case.book.units.dimensions[case.indicator.dimension].canonical
    texts: dict[str, Both | None] = {"name": case.target.name or case.indicator.name}
    texts |= {field: getattr(gap, field, None) for field in ("figure", "publisher", "when")}
    for field, text in texts.items():
        cells |= {f"{field}_zh": text.zh if text else None, f"{field}_en": text.en if text else None}
    return {column: cells[column] for column in COLUMNS["gaps"]}


# The contract of the command line: people script against names and order.
_NAMES = {
    "table": "id indicator_id sector name_zh name_en kind comparator value_low value_high unit printed "
    "normalised_low normalised_high normalised_unit reading_low reading_high reading_unit "
    "reading_reason direction deadline deadline_printed firmness scope section parent_section flags "
    "baseline_value baseline_unit baseline_normalised baseline_period baseline_grade "
    "baseline_source_id comparability comparability_reason status",
    "observations": "target_id indicator_id kind comparator value_low value_high unit normalised_low "
    "normalised_high normalised_unit period measure comparability comparability_reason grade source_id "
    "publisher title date date_precision url printed flags note",
    "health": "code sector indicator_id target_id figures gap_percent expected found",
    "gaps": "target_id sector name_zh name_en status unit canonical_unit figure_zh figure_en publisher_zh "
    "publisher_en when_zh when_en",
    "sectors": "id name_zh name_en indicators targets comparable partial no_baseline no_path",
}
COLUMNS = {table: tuple(names.split()) for table, names in _NAMES.items()}
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
