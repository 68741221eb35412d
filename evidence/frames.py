"""A table as a pandas DataFrame with documented columns, and what is written of it as CSV and JSON.

Exact values stay exact: a column of the dtype `exact` holds Decimal (as printed) or Fraction (as converted), never a
float. `floats` gives a copy for arithmetic that may round.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

import pandas as pd

from loaders.units import decimal_text

Cell = str | int | bool | Decimal | Fraction | tuple[str, ...] | None
Row = Mapping[str, Cell]
# What a column holds. `exact` and `words` (several stable words) are Python objects, the others pandas' own nullable
# dtypes; an absent cell is None in the first two, pandas' NA or NaT in the others.
Dtype = Literal["text", "word", "flag", "count", "exact", "words", "day"]
PANDAS: dict[Dtype, str] = {
    "text": "string",
    "word": "category",
    "flag": "boolean",
    "count": "Int64",
    "exact": "object",
    "words": "object",
    "day": "datetime64[s]",
}
Schema = Mapping[str, Dtype]


def frame(schema: Schema, rows: Iterable[Row]) -> pd.DataFrame:
    """The rows as a table with the schema's columns, in its order; every row must have just these."""
    read = list(rows)
    assert all(list(row) == list(schema) for row in read), "a row has other columns than its schema"
    columns = {
        name: pd.Series([row[name] for row in read], dtype=PANDAS[dtype], name=name) for name, dtype in schema.items()
    }
    return pd.DataFrame(columns, columns=list(schema))


def rows(table: pd.DataFrame) -> list[Row]:
    """The cells as plain Python values, absent ones as None: what pages and writers read."""
    columns = {str(name): _plain(table[name]) for name in table.columns}
    return [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]


def _plain(column: "pd.Series[Any]") -> list[Cell]:
    if column.dtype == object:
        return list(column)
    if column.dtype.kind == "M":
        return [None if day is pd.NaT else str(day.date()) for day in column]
    return [None if missing else value for value, missing in zip(column.tolist(), column.isna(), strict=True)]


def floats(table: pd.DataFrame) -> pd.DataFrame:
    """A copy whose exact columns are numbers that pandas can reckon with (Float64), rounded as floats are."""
    exact = [name for name in table.columns if any(isinstance(cell, Decimal | Fraction) for cell in table[name])]
    return table.assign(**{name: _floats(table[name]) for name in exact})


def _floats(column: "pd.Series[Any]") -> "pd.Series[Any]":
    return pd.Series([None if cell is None else float(cell) for cell in column], column.index, "Float64")


def text(table: pd.DataFrame, form: str) -> str:
    """The table as `csv` or `json`."""
    return to_json(table) if form == "json" else to_csv(table)


def to_json(table: pd.DataFrame) -> str:
    """A list of objects, columns in order; numbers keep the digits that were printed.

    `json` cannot write a Decimal as it is (a float would lose `3.0` and 2033⅓'s
    digits), so cells are written one by one.
    """
    lines = [
        "  {" + ", ".join(f"{json.dumps(name)}: {_json(cell)}" for name, cell in row.items()) + "}"
        for row in rows(table)
    ]
    return "[\n" + ",\n".join(lines) + "\n]\n" if lines else "[]\n"


def _json(cell: Cell) -> str:
    if isinstance(cell, Decimal | Fraction):
        return decimal_text(cell)
    return json.dumps(list(cell) if isinstance(cell, tuple) else cell, ensure_ascii=False)


def for_excel(table: pd.DataFrame) -> str:
    """CSV that Excel reads as UTF-8, text that it would run as a formula made harmless; numbers stay numbers."""
    safe = ({name: _harmless(cell) for name, cell in row.items()} for row in rows(table))
    return "\ufeff" + _csv(list(table.columns), safe)


def to_csv(table: pd.DataFrame) -> str:
    """Absent is empty, lists are joined with `;`, booleans are true and false, lines end with LF."""
    return _csv(list(table.columns), rows(table))


def _harmless(cell: Cell) -> Cell:
    joined = ";".join(cell) if isinstance(cell, tuple) else cell
    return f"'{joined}" if isinstance(joined, str) and joined[:1] in tuple("=+-@\t\r") else cell


def _csv(columns: Sequence[str], cells: Iterable[Row]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _field(cell) for name, cell in row.items()} for row in cells)
    return out.getvalue()


def _field(cell: Cell) -> Any:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, tuple):
        return ";".join(cell)
    return decimal_text(cell) if isinstance(cell, Decimal | Fraction) else cell
