"""Tables as sheets of one workbook: numbers as numbers, text as text whatever it looks like.

A spreadsheet keeps fifteen digits: what has more stands there rounded, and whole in the CSV.
"""

import io
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas as pd
import xlsxwriter

from evidence.frames import Cell, rows

# Nothing that a text says is run or fetched.
_SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_WIDEST = 60
# What the name of a sheet cannot hold, and how long it may be.
_TAKEN, _LONGEST = str.maketrans(dict.fromkeys("[]:*?/\\'", "-")), 31


def workbook(sheets: Mapping[str, pd.DataFrame]) -> bytes:
    """The tables by the names of their sheets, the columns' names frozen above each."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _SAFE) as book:
        bold = book.add_format({"bold": True})
        for name, table in sheets.items():
            sheet = book.add_worksheet(name.translate(_TAKEN)[:_LONGEST])
            sheet.write_row(0, 0, [str(column) for column in table.columns], bold)
            sheet.freeze_panes(1, 1)
            for number, row in enumerate(rows(table), 1):
                for place, cell in enumerate(row.values()):
                    _write(sheet, number, place, cell)
            sheet.autofit(max_width=_WIDEST * 7)
    return out.getvalue()


def _write(sheet: Any, row: int, column: int, cell: Cell) -> None:
    if cell is None:
        return
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif isinstance(cell, int | Decimal | Fraction):
        sheet.write_number(row, column, float(cell))
    else:
        sheet.write_string(row, column, ";".join(cell) if isinstance(cell, tuple) else cell)
