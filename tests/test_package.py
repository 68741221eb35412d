"""The data package: what it says of itself holds for every cell, and the library of the field agrees."""

import csv
import io
import json
import re
import zipfile
from fractions import Fraction
from typing import get_args

import pytest
from conftest import BASE, real_book
from frictionless import Package, validate

from evidence import frames, package
from evidence.frames import PANDAS
from loaders.book import load
from loaders.models import Flag
from loaders.units import decimal_text
from progress import table
from wording.columns import WORDS, packed

LICENCE = "licence: {name: CC-BY-4.0, url: https://heron-bay.example/licence}\n"
NUMBERS = re.compile(r"-?\d+(\.\d+)?")


@pytest.fixture(scope="module")
def books():
    return {"toy": load(BASE).book, "real": real_book()}


@pytest.fixture(params=["toy", "real"])
def book(request, books):
    return books[request.param]


def every(book):
    return {one.name: one for one in (*package.resources(book), table.resource(book))}


def put(files, out):
    """The package as files, and the address of what describes it."""
    for name, content in files.items():
        (out / name).write_bytes(content)
    return str(out / package.DESCRIPTOR)


def descriptor(files):
    return json.loads(files[package.DESCRIPTOR])


def fields(files):
    """Each field of each table, by the name of both."""
    return {
        (one["name"], field["name"]): field
        for one in descriptor(files)["resources"]
        for field in one["schema"]["fields"]
    }


def cells(files, name):
    return list(csv.DictReader(io.StringIO(files[f"{name}.csv"].decode())))


def told(report):
    return report.flatten(["title", "rowNumber", "fieldName", "message"])


def test_the_package_is_valid(book, tmp_path):
    report = validate(put(packed(book), tmp_path))
    assert told(report) == []
    assert {task.name for task in report.tasks} == set(every(book))


# Each is a way in which a package stops being true; the library that finds them all vouches for the test above.
@pytest.mark.parametrize(
    ("file", "old", "new", "error"),
    [
        ("targets.csv", ",level,ge,1.2,", ",high,ge,1.2,", "constraint-error"),
        ("targets.csv", ",1.2,1.2,", ",a lot,1.2,", "type-error"),
        ("targets.csv", "pond-area-2034,pond-area,", "pond-area-2034,pond-size,", "foreign-key"),
        ("targets.csv", "tail-water-nitrogen-2034,", "pond-area-2034,", "primary-key"),
        ("targets.csv", "deadline_printed,firmness", "firmness,deadline_printed", "incorrect-label"),
        ("observations.csv", "9800", "9801", "hash-count"),
    ],
)
def test_what_is_untrue_is_found(books, tmp_path, file, old, new, error):
    files = packed(books["toy"])
    text = files[file].decode()
    assert old in text
    files[file] = text.replace(old, new, 1).encode()
    assert error in {one for (one,) in validate(put(files, tmp_path)).flatten(["type"])}


def test_every_number_is_read_back_as_exactly_as_it_says(book, tmp_path):
    said, rounded = fields(packed(book)), WORDS.rounded
    read = Package(put(packed(book), tmp_path))
    checked = 0
    for name, one in every(book).items():
        rows = read.get_resource(name).read_rows()
        for column, dtype in one.schema.items():
            if dtype != "exact":
                continue
            loose = rounded.en in said[name, column]["description"]
            off = [
                (mine, row[column])
                for mine, row in zip(one.table[column], rows, strict=True)
                if (mine is None) != (row[column] is None)
                or (
                    mine is not None
                    and abs(Fraction(row[column]) - Fraction(mine)) > loose * abs(Fraction(mine)) / 10**15
                )
            ]
            checked += sum(mine is not None for mine in one.table[column])
            assert off == [], (name, column)
    assert checked > 20


def test_a_column_is_called_rounded_just_where_it_is(book):
    said, rounded = fields(packed(book)), WORDS.rounded
    loose = {place for place, field in said.items() if rounded.en in field["description"]}
    expected = {
        (name, column)
        for name, one in every(book).items()
        for column, dtype in one.schema.items()
        if dtype == "exact"
        for cell in one.table[column]
        if cell is not None and Fraction(decimal_text(cell)) != cell
    }
    assert loose == expected
    assert expected


def test_numbers_are_plain_and_keep_their_digits(books):
    files = packed(books["toy"])
    exact = [place for place, field in fields(files).items() if field["type"] == "number"]
    found = {row[column] for name, column in exact for row in cells(files, name)} - {""}
    assert [cell for cell in found if not NUMBERS.fullmatch(cell)] == []
    assert "3.0" in found


def test_no_two_tables_and_no_table_and_the_package_disagree(book):
    files = packed(book)
    assert list(files) == [package.DESCRIPTOR, *(f"{name}.csv" for name in every(book))]
    for name, one in every(book).items():
        assert files[f"{name}.csv"].decode() == frames.to_csv(one.table)


def test_every_column_of_a_few_words_says_which(book):
    """All but the units and dimensions, which are the data's own, and what names a row of another table."""
    files = packed(book)
    listed = {one["name"]: one["schema"].get("foreignKeys", []) for one in descriptor(files)["resources"]}
    open_ended = set()
    for name, one in every(book).items():
        keys = {column for key in listed[name] for column in key["fields"]}
        for column, dtype in one.schema.items():
            enum = fields(files)[name, column].get("constraints", {}).get("enum")
            if dtype == "word" and not enum and column not in keys:
                open_ended.add(re.split("_|^", column)[-1])
    assert open_ended == {"unit", "dimension"}


def test_the_words_of_a_list_are_told_and_hold(book):
    files = packed(book)
    for name, one in every(book).items():
        for column, dtype in one.schema.items():
            if dtype == "words" and (known := fields(files)[name, column].get("itemEnum")):
                assert {word for cell in one.table[column] for word in cell} <= set(known)
    assert set(fields(files)["targets", "flags"]["itemEnum"]) > {"bare-verb", "superseded"}


def test_an_item_with_the_delimiter_makes_the_column_a_text(books):
    one = every(books["toy"])["health"]
    table = one.table.assign(figures=[("9亩; about", "12亩")] + [()] * (len(one.table) - 1))
    described = fields(package.files(books["toy"], [package.replace(one, table=table)], WORDS))
    assert described["health", "figures"]["type"] == "string"
    assert fields(packed(books["toy"]))["health", "figures"]["type"] == "list"


def test_every_dtype_has_a_type():
    assert set(package.TYPES) == set(PANDAS)


def test_every_table_is_reached_by_a_key_and_every_key_leads_to_one(book):
    tables = {one["name"]: one["schema"] for one in descriptor(packed(book))["resources"]}
    keys = [(name, key["reference"]) for name, schema in tables.items() for key in schema.get("foreignKeys", [])]
    assert {(reference["resource"], *reference["fields"]) for _, reference in keys} == {
        (name, *tables[name]["primaryKey"]) for name in ("sectors", "indicators", "sources", "targets")
    }
    # A figure and a finding have no id of their own.
    assert {name for name, schema in tables.items() if "primaryKey" not in schema} == {"observations", "health"}


def test_the_plan_and_every_document_are_named_as_sources(book):
    named = descriptor(packed(book))["sources"]
    assert named[0]["path"] == book.plan.url
    assert len(named) == 1 + len(cells(packed(book), "sources"))
    linked = {one.url for one in book.sources.sources} | {book.plan.url, None}
    assert {one.get("path") for one in named} <= linked


def test_the_version_is_the_day_and_the_content(books, folder):
    toy, month = books["toy"], load(folder(edits={"plan.yaml": ("updated: 2032-06-15", "updated: 2032-06")})).book
    assert descriptor(packed(toy))["version"] == f"2032.6.15+{toy.version}"
    assert descriptor(packed(month))["version"] == f"2032.6.30+{month.version}"
    assert month.version != toy.version


def test_a_licence_is_named_only_where_the_plan_names_one(books, folder, tmp_path):
    assert "licenses" not in descriptor(packed(books["toy"]))
    data = folder(files={"plan.yaml": (BASE / "plan.yaml").read_text("utf-8") + LICENCE})
    files = packed(load(data).book)
    assert descriptor(files)["licenses"] == [{"name": "CC-BY-4.0", "path": "https://heron-bay.example/licence"}]
    (tmp_path / "out").mkdir()
    assert told(validate(put(files, tmp_path / "out"))) == []


def test_the_same_data_gives_the_same_bytes(books):
    again = load(BASE).book
    assert packed(again) == packed(books["toy"])
    archive = package.zipped(packed(again))
    assert archive == package.zipped(packed(books["toy"]))
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        assert {name: opened.read(name) for name in opened.namelist()} == packed(again)


# What a filter leaves is a package too: nothing refers to what is not there, and nothing else is there.
@pytest.mark.parametrize("take", [0, 1, 3, 40])
def test_a_part_is_valid_and_holds_just_what_belongs_to_it(books, tmp_path, take):
    ids = [target.id for sector in books["real"].sectors for _, target in sector.targets][5 : 5 + take]
    files = packed(books["real"], ids)
    assert told(validate(put(files, tmp_path))) == []
    assert [row["id"] for row in cells(files, "targets")] == ids == [row["id"] for row in cells(files, "verdicts")]
    assert {row["target_id"] for name in ("observations", "gaps") for row in cells(files, name)} <= set(ids)
    for name, column in (("indicators", "indicator_id"), ("sectors", "sector")):
        assert {row["id"] for row in cells(files, name)} == {row[column] for row in cells(files, "targets")}
    assert {row["id"] for row in cells(files, "sources")} == {row["source_id"] for row in cells(files, "observations")}
    assert {row["indicator_id"] for row in cells(files, "health")} <= {row["id"] for row in cells(files, "indicators")}


def test_a_part_says_that_it_is_one_and_the_whole_does_not(books):
    ids = [target.id for sector in books["toy"].sectors for _, target in sector.targets]
    for count in range(len(ids) + 1):
        said = descriptor(packed(books["toy"], ids[:count]))["description"]
        told = f"A part: {count} of the {len(ids)} targets" in said and f"{len(ids)}项目标中的{count}项" in said
        assert told == (count < len(ids))


def test_all_ids_give_the_whole(books):
    ids = [target.id for sector in books["toy"].sectors for _, target in sector.targets]
    assert packed(books["toy"], ids) == packed(books["toy"])


def test_every_number_names_its_unit(book):
    files = packed(book)
    said, tables = fields(files), {one["name"]: one["schema"] for one in descriptor(files)["resources"]}
    for (name, column), one in said.items():
        assert ("unit" in one) == (one["type"] == "number"), (name, column)
        for where in re.findall(r"\{(.+?)\}", one.get("unit", "")):
            other, dot, unit = where.rpartition(".")
            assert (other if dot else name) in tables and (other if dot else name, unit) in said, (name, column)


def test_every_number_stands_beside_its_unit(book):
    for name, one in every(book).items():
        for column in one.schema:
            unit = WORDS.columns[name][column].unit or ""
            if unit.startswith("{") and "." not in unit:
                cells = zip(one.table[column], one.table[unit.strip("{}")].isna(), strict=True)
                assert [cell for cell, bare in cells if cell is not None and bare] == [], (name, column)


def test_each_table_and_column_is_described_in_both_languages_and_no_other_is(book):
    described = {name: list(columns) for name, columns in WORDS.columns.items()}
    assert {name: list(one.schema) for name, one in every(book).items()}.items() <= described.items()
    for place, one in fields(packed(book)).items():
        english, chinese = one["description"].split("\n\n")[:2]
        assert english.isascii() or "÷" in english, place
        assert re.search("[一-鿿]", chinese), place


def test_the_words_of_the_models_are_the_words_of_the_package():
    assert package.WORDS["grade"] == ("A", "B", "C")
    assert package.WORDS["flags"] == (*get_args(Flag), "superseded")
    assert package.WORDS["date_precision"][-1] == "none"


def test_the_command_writes_it_and_leaves_what_else_is_there(run_cli, tmp_path):
    out = tmp_path / "new" / "folder"
    out.mkdir(parents=True)
    (out / "notes.txt").write_text("mine")
    done = run_cli("package", BASE, "--out", out)
    assert (done.returncode, done.stdout) == (0, "")
    assert {path.name for path in out.iterdir()} == {*done.stderr.split(), "notes.txt"}
    assert {path.name: path.read_bytes() for path in out.iterdir() if path.name != "notes.txt"} == packed(
        load(BASE).book
    )
    assert run_cli("package", BASE, "--out", out).returncode == 0


def test_the_command_says_why_it_cannot_write(run_cli, tmp_path, folder):
    file = tmp_path / "file"
    file.write_text("mine")
    for out in (file, ""):
        done = run_cli("package", BASE, "--out", out)
        assert (done.returncode, done.stdout) == (2, "")
        assert "Traceback" not in done.stderr
    assert file.read_text() == "mine"
    done = run_cli("package", folder("bad-licence"), "--out", tmp_path / "out")
    assert (done.returncode, (tmp_path / "out").exists()) == (1, False)
    assert "bad-licence" in done.stderr
