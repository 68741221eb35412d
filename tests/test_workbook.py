"""The tables as sheets of a workbook, read by another library than the one that wrote them."""

import io
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pytest
from conftest import real_book

from evidence.frames import frame, rows
from evidence.tables import TABLES, sources
from evidence.workbook import workbook


def opened(sheets):
    return openpyxl.load_workbook(io.BytesIO(workbook(sheets)))


@pytest.mark.parametrize("name", TABLES)
def test_every_cell_of_a_table_is_there_in_its_kind(name):
    table = TABLES[name](real_book())
    head, *body = opened({name: table})[name].iter_rows(values_only=True)
    assert list(head) == list(table.columns)
    for seen, row in zip(body, rows(table), strict=True):
        for cell, value in zip(seen, row.values(), strict=True):
            if isinstance(value, Decimal | Fraction):
                assert cell == pytest.approx(float(value), rel=1e-14)
            elif isinstance(value, tuple):
                assert (cell or "") == ";".join(value)
            else:
                assert cell == value or (cell, value) == (None, "")


@pytest.mark.parametrize(
    "evil", ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "https://evil.example", "1e5", "=HYPERLINK()"]
)
def test_what_looks_like_a_formula_a_link_or_a_number_stays_text(evil):
    sheet = opened({"a": frame({"id": "text"}, [{"id": evil}])})["a"]
    assert (sheet["A2"].value, sheet["A2"].data_type, sheet["A2"].hyperlink) == (evil, "s", None)


def test_sources_stand_on_a_sheet_of_their_own_and_names_fit():
    book = real_book()
    ids = {target.id for sector in book.sectors for _, target in sector.targets}
    made = opened({"a/b:" + "c" * 40: TABLES["table"](book), "Sources": sources(book, ids)})
    assert made.sheetnames == ["a-b-" + "c" * 27, "Sources"]
