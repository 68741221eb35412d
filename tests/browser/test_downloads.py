"""The files of the Data page, downloaded and opened."""

import csv
import io
import json
import re
import zipfile

import openpyxl
import pytest
from playwright.sync_api import expect

from evidence.frames import for_excel, to_json
from evidence.tables import OBSERVATIONS, TABLES, TARGETS
from loaders.book import load
from tests.browser.conftest import ROOT
from wording.columns import packed

BOOK = load(ROOT / "indicators").book
WATER = ["unconventional-water-2030", "irrigation-coefficient-2030"]  # the levels of the sector water
CSV, JSON, EXCEL = "CSV (opens in Excel)", "JSON", "Excel (with sources)"


@pytest.fixture
def fetch(tmp_path):
    """fetch(found, CSV) clicks that download; gives the file's name and its bytes."""

    def click(found, label: str) -> tuple[str, bytes]:
        with found.page.expect_download() as waiting:
            found.page.get_by_test_id("stDownloadButton").get_by_role("button", name=label, exact=True).click()
        path = tmp_path / "download"
        waiting.value.save_as(path)
        return waiting.value.suggested_filename, path.read_bytes()

    return click


def choose(found, name):
    radio = found.page.get_by_role("radio", name=name, exact=True)
    with found.rerun():
        radio.click()
    expect(radio).to_be_checked()


def records(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def wanted(table: str, column: str, ids: list[str]):
    made = TABLES[table](BOOK)
    return made[made[column].isin(ids)]


def test_the_csv_holds_the_targets_shown_and_opens_in_excel(visit, fetch):
    name, data = fetch(visit("data?sector=water&kind=level&lang=en"), CSV)
    assert name == "targets_and_baselines.csv"
    assert data.startswith(b"\xef\xbb\xbf") and data.count(b"\xef\xbb\xbf") == 1
    found = {row["id"]: row for row in records(data)}
    assert list(found) == WATER
    assert found[WATER[0]]["unit"] == "亿立方米"
    assert found[WATER[0]]["printed"] == next(
        target.printed for sector in BOOK.sectors for _, target in sector.targets if target.id == WATER[0]
    )
    assert found[WATER[1]]["baseline_source_id"] in BOOK.source
    assert found[WATER[1]]["baseline_grade"] == "B"
    assert "bare-verb" in found[WATER[1]]["flags"].split(";")
    assert list(found[WATER[0]]) == list(TARGETS)
    assert data.decode() == for_excel(wanted("table", "id", WATER))


def test_a_chinese_page_names_its_files_in_chinese(visit, fetch):
    name, data = fetch(visit("data?sector=water&kind=level"), "CSV（Excel可打开）")
    assert name == "目标与基期值.csv"
    assert [row["id"] for row in records(data)] == WATER


def test_the_file_follows_the_filter_of_the_page(visit, fetch):
    found = visit("data?sector=water&lang=en")
    with found.rerun():
        found.search("亿立方米")
    found.arrives("/data", sector="water", lang="en", q="亿立方米")
    _, data = fetch(found, CSV)
    assert [row["id"] for row in records(data)] == ["groundwater-abstraction-2026-2030", "unconventional-water-2030"]


def test_all_targets_can_be_downloaded_whatever_is_shown(visit, fetch):
    found = visit("data?sector=water&kind=level&lang=en")
    choose(found, "All")
    name, data = fetch(found, CSV)
    assert name == "targets_and_baselines.csv"
    assert data.decode() == for_excel(TABLES["table"](BOOK))
    assert len(records(data)) == 97
    found.arrives("/data", sector="water", kind="level", lang="en", scope="all")
    found.page.go_back()
    expect(found.page.get_by_role("radio", name="Selected targets", exact=True)).to_be_checked()
    _, data = fetch(found, CSV)
    assert [row["id"] for row in records(data)] == WATER


def test_json_holds_the_same_rows_with_numbers_as_numbers(visit, fetch):
    name, data = fetch(visit("data?sector=water&kind=level&lang=en"), JSON)
    assert name == "targets_and_baselines.json"
    assert not data.startswith(b"\xef\xbb\xbf")
    assert data.decode() == to_json(wanted("table", "id", WATER))
    first, second = json.loads(data)
    assert [first["id"], second["id"]] == WATER
    assert isinstance(second["value_low"], float)
    assert isinstance(second["flags"], list)


def test_the_workbook_holds_the_same_rows_and_their_sources_on_a_sheet_of_its_own(visit, fetch):
    name, data = fetch(visit("data?sector=water&kind=level&lang=en"), EXCEL)
    assert name == "targets_and_baselines.xlsx"
    first, second = openpyxl.load_workbook(io.BytesIO(data))
    heads, *rows = first.iter_rows(values_only=True)
    assert [row[heads.index("id")] for row in rows] == WATER
    assert isinstance(rows[0][heads.index("value_low")], int | float)
    ids = {row[0] for row in second.iter_rows(min_row=2, values_only=True)}
    assert rows[1][heads.index("baseline_source_id")] in ids


@pytest.mark.parametrize("column", ["section", "name"])
def test_a_heading_sorts_the_table_down_and_up_and_back_walks_over_it(visit, column):
    found = visit("data?sector=water&lang=en")
    names = found.page.get_by_role("table").first.locator("tbody th")
    before = names.all_inner_texts()
    heading = found.page.locator(f"thead a[href*='sort={column}'], thead a[href*='sort=-{column}']").first
    with found.rerun():
        heading.click()
    found.arrives("/data", sector="water", lang="en", sort=column)
    up = names.all_inner_texts()
    expect(found.page.locator("th[aria-sort=ascending]")).to_have_count(1)
    expect(heading).to_be_focused()
    with found.rerun():
        heading.click()
    expect(found.page.locator("th[aria-sort=descending]")).to_have_count(1)
    assert sorted(up) == sorted(before) and names.all_inner_texts() != up
    found.page.go_back()
    expect(names).to_have_text(up)
    found.page.go_back()
    expect(names).to_have_text(before)


@pytest.mark.parametrize(("label", "ending"), [(CSV, "csv"), (JSON, "json")])
def test_figures_are_those_beside_the_targets_shown(visit, fetch, label, ending):
    found = visit("data?sector=water&kind=level&lang=en")
    choose(found, "All evidence (figures and other targets)")
    name, data = fetch(found, label)
    assert name == f"figures.{ending}"
    rows = wanted("observations", "target_id", WATER)
    assert len(rows)
    assert data.decode() == (for_excel(rows) if ending == "csv" else to_json(rows))
    for row in records(data) if ending == "csv" else json.loads(data):
        assert row["target_id"] in WATER
        assert row["unit"] and row["grade"] and row["source_id"] and row["publisher"] and row["comparability"]
        assert list(row) == list(OBSERVATIONS)


def test_all_figures_can_be_downloaded(visit, fetch):
    found = visit("data?sector=culture&lang=en")
    choose(found, "All evidence (figures and other targets)")
    choose(found, "All")
    _, data = fetch(found, CSV)
    assert data.decode() == for_excel(TABLES["observations"](BOOK))


def test_where_nothing_is_shown_the_files_hold_no_row(visit, fetch):
    found = visit("data?q=nowhere&lang=en")
    assert fetch(found, CSV)[1].decode() == "\ufeff" + ",".join(TARGETS) + "\n"
    assert json.loads(fetch(found, JSON)[1]) == []
    assert found.complaints == []


@pytest.mark.parametrize(("scope", "count", "ids"), [("shown", 2, WATER), ("all", 97, None)])
def test_the_data_package_says_of_how_many_targets_it_is_and_holds_them(visit, fetch, scope, count, ids):
    found = visit(f"data?sector=water&kind=level&scope={scope}&lang=en")
    name, data = fetch(found, f"Data package ({count} targets, all tables with column descriptions, ZIP)")
    assert name == "data_package.zip"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {one: archive.read(one) for one in archive.namelist()} == packed(BOOK, ids)


def test_what_changed_is_told_and_given_whole(visit, fetch):
    found = visit("data?lang=en")
    (step, *_) = BOOK.history
    grades = found.page.get_by_text("Sources graded anew: ")
    grades.click()
    lines = found.page.locator("details", has=grades).get_by_role("listitem")
    expect(lines).to_have_count(len({change.id for change in step.changes if change.field == "grade"}))
    expect(lines.first).to_contain_text(re.compile(r": [ABC] → [ABC]$"))
    name, data = fetch(found, f"Download every change ({len(step.changes)}, CSV)")
    assert name == f"changes-{step.since}.csv"
    assert [row["id"] for row in records(data)] == [change.id for change in step.changes]
