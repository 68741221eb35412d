"""The book as rows: the contract of the command line and what pages and charts read."""

import csv
import io
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

from loaders.amount import ends
from loaders.baseline import STATUSES
from loaders.book import Book
from loaders.finding import Case, cases
from loaders.health import BOUNDS, findings
from loaders.models import Figure, Rival, Section, Target
from loaders.units import decimal_text

Cell = str | int | bool | Decimal | Fraction | tuple[str, ...] | None
Row = Mapping[str, Cell]

NO_CANONICAL = ("scale", "milestone")
Ways = Mapping[str, Sequence[str]]


def ways(path: Path) -> dict[str, Ways]:
    """For each table of a file its columns, and the way to the cell of each."""
    read = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return {table: {column: way.split(".") for column, way in columns.items()} for table, columns in read.items()}


_WAYS = ways(Path(__file__).with_name("columns.yaml"))
COLUMNS = {table: tuple(columns) for table, columns in _WAYS.items()}


def row(columns: Ways, thing: object, **told: object) -> Row:
    """The cells of a table's columns, each way begun at what is `told` or, where that lacks it, at the thing."""
    return {column: _cell(thing, told, way) for column, way in columns.items()}


def _row(table: str, thing: object, **told: object) -> Row:
    return row(_WAYS[table], thing, **told)


def _cell(thing: object, told: Mapping[str, object], way: Sequence[str]) -> Any:
    """The end of a way; absent where something on it is."""
    first, *steps = way
    here: Any = told[first] if first in told else getattr(thing, first)
    for step in steps:
        if here is not None:
            here = here[int(step)] if isinstance(here, tuple) else getattr(here, step)
    return here


def targets(book: Book) -> list[Row]:
    """One row per target, columns as in section 3 of the design."""
    return [_target_row(case) for case in cases(book)]


def _target_row(case: Case) -> Row:
    book, target, baseline = case.book, case.target, case.baseline
    exact = () if target.kind in NO_CANONICAL else ends(book, case.indicator, target)
    dimension = book.units.dimension_of(case.indicator.dimension, str(target.unit)) if exact else ""
    return _row(
        "table",
        case,
        name=target.name or case.indicator.name,
        normalised=exact or None,
        measured=book.units.dimensions.get(dimension),
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
        measured=case.book.units.dimensions[case.indicator.dimension],
        measure=figure.measure or case.indicator.measure,
        pair=pair,
        comparability=pair.comparability if pair else "different",
        differs=pair.differs if pair else (),
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
            measured = book.units.dimensions[case.indicator.dimension]
            name, stated = target.name or case.indicator.name, target.reading or target
            rows.append(_row("gaps", case, name=name, stated=stated, measured=measured, gap=gap))
    return rows


def sources(book: Book, ids: Collection[str]) -> list[Row]:
    """The documents behind the figures that stand beside the targets which `ids` names, each once."""
    near = [case for case in cases(book) if case.target.id in ids]
    used = {one.source for case in near for one in (*case.indicator.observations, *case.indicator.rivals)}
    return [_row("sources", source) for source in book.sources.sources if source.id in used]


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
