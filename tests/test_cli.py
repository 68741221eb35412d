"""The command line, run as scripts run it: what it prints, where, and how it exits."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from decimal import Decimal

import pytest
import test_tables
from conftest import BASE, ROOT

from loaders.yamlfile import read

TABLES = ["table", "observations", "sectors"]
# A machine without any language set up: everything must come out as UTF-8 all the same.
BARE = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
MESSAGE = re.compile(r"[^:]+:[1-9]\d*:[1-9]\d* [a-z0-9-]+ \S.*")


def test_good_data_passes_in_silence(folder, run_cli):
    done = run_cli("check", folder())
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_folder_is_indicators_unless_named(run_cli):
    assert run_cli("sectors").stdout == run_cli("sectors", "indicators").stdout


@pytest.mark.parametrize("command", ["check", *TABLES])
def test_the_real_data_is_well(run_cli, command):
    done = run_cli(command)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("command", TABLES)
def test_csv_is_utf_8_with_unix_line_ends(folder, command):
    """The bytes themselves: no byte order mark, no carriage return, whatever the locale says."""
    done = subprocess.run(
        [sys.executable, "-m", "loaders", command, str(folder())],
        cwd=ROOT,
        env=os.environ | BARE,
        capture_output=True,
        check=True,
    )
    assert not done.stdout.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in done.stdout
    assert done.stdout.endswith(b"\n")
    read = list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8"))))
    assert len(read) == {"table": 5, "observations": 3, "sectors": 2}[command]
    assert done.stderr == b""


@pytest.mark.parametrize("command", TABLES)
def test_the_locale_changes_nothing(folder, run_cli, command):
    data = folder()
    for format in ("csv", "json"):
        usual = run_cli(command, data, "--format", format)
        assert run_cli(command, data, "--format", format, **BARE).stdout == usual.stdout
    assert "鱼塘" in run_cli("sectors", data, **BARE).stdout


def test_messages_are_utf_8_in_any_locale(folder, run_cli):
    data = folder(edits={"schools.yaml": ("unit: 个", "unit: 席")})
    assert "席" in run_cli("check", data, **BARE).stderr


@pytest.mark.parametrize("command", TABLES)
def test_csv_is_the_format_unless_named(folder, run_cli, command):
    data = folder()
    assert run_cli(command, data).stdout == run_cli(command, data, "--format", "csv").stdout


@pytest.mark.parametrize("command", TABLES)
def test_csv_and_json_have_the_same_rows(folder, run_cli, command):
    data = folder()
    text = run_cli(command, data, "--format", "json").stdout
    out_of_json = json.loads(text, parse_float=str, parse_int=str)
    out_of_csv = list(csv.DictReader(io.StringIO(run_cli(command, data).stdout)))
    assert out_of_csv == [{name: test_tables.as_csv(cell) for name, cell in row.items()} for row in out_of_json]


@pytest.mark.parametrize("command", ["table", "observations"])
def test_an_empty_table_still_has_its_columns(folder, run_cli, command):
    """A script that reads the columns must not break on the day when there is nothing to read."""
    empty = "name: {zh: 空, en: Empty}\nindicators: []\n"
    data = folder(files={"fish-ponds.yaml": empty, "schools.yaml": empty})
    assert run_cli(command, data).stdout == ",".join(test_tables.COLUMNS[command]) + "\n"
    assert json.loads(run_cli(command, data, "--format", "json").stdout) == []


@pytest.mark.parametrize("format", ["csv", "json"])
@pytest.mark.parametrize("command", TABLES)
def test_broken_data_gives_no_table(folder, run_cli, command, format):
    done = run_cli(command, folder("several-at-once"), "--format", format)
    assert (done.returncode, done.stdout) == (1, "")
    lines = done.stderr.splitlines()
    assert len(lines) == 9
    assert all(MESSAGE.fullmatch(line) for line in lines)


def test_a_table_tells_the_same_problems_as_check(folder, run_cli):
    data = folder("several-at-once")
    assert run_cli("table", data).stderr == run_cli("check", data).stderr


def test_verify_needs_good_data(folder, run_cli):
    done = run_cli("verify", "--text", BASE / "plan.txt", folder("unknown-unit"))
    assert done.returncode == 1
    assert done.stderr.startswith("schools.yaml:14:9 unknown-unit ")


def test_problems_as_json(folder, run_cli):
    done = run_cli("check", folder("unit-of-another-dimension"), "--format", "json")
    assert (done.returncode, done.stderr) == (1, "")
    assert "公顷" in done.stdout
    (problem,) = json.loads(done.stdout)
    assert list(problem) == ["file", "line", "column", "code", "message", "expected", "found"]
    assert (problem["file"], problem["line"], problem["column"]) == ("schools.yaml", 14, 9)
    assert (problem["code"], problem["expected"]) == ("unit-dimension", "个 of count:place")
    assert problem["found"] == "'公顷' of pond-area"
    assert problem["message"]


def test_no_problems_as_json(folder, run_cli):
    done = run_cli("check", folder(), "--format", "json")
    assert (done.returncode, json.loads(done.stdout), done.stderr) == (0, [], "")


def test_verify_is_silent_about_a_text_that_fits(folder, run_cli):
    done = run_cli("verify", "--text", BASE / "plan.txt", folder())
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_verify_names_what_the_text_lacks(folder, run_cli, tmp_path):
    text = tmp_path / "plan.txt"
    text.write_text((BASE / "plan.txt").read_text("utf-8").replace("2400", "2500"), "utf-8")
    done = run_cli("verify", "--text", text, folder())
    assert (done.returncode, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    assert MESSAGE.fullmatch(line)
    assert " printed-not-found " in line
    assert "新增公办学位2400个" in line


def misuse() -> dict[str, list[str]]:
    return {
        "no command": [],
        "an unknown command": ["tabel"],
        "an unknown format": ["table", "FOLDER", "--format", "xml"],
        "json is no format of verify": ["verify", "--text", "TEXT", "FOLDER", "--format", "json"],
        "two folders": ["check", "FOLDER", "FOLDER"],
        "verify without a text": ["verify", "FOLDER"],
        "verify with a text that is missing": ["verify", "--text", "gone.txt", "FOLDER"],
        "verify with a folder for a text": ["verify", "--text", "FOLDER", "FOLDER"],
        "verify with a text that is not UTF-8": ["verify", "--text", "GBK", "FOLDER"],
        "a missing folder": ["check", "gone"],
        "a file for a folder": ["check", "TEXT"],
        "a folder without YAML": ["check", "EMPTY"],
        "a table of a missing folder": ["table", "gone"],
        "a check in JSON of a missing folder": ["check", "gone", "--format", "json"],
    }


@pytest.mark.parametrize("arguments", misuse().values(), ids=misuse())
def test_a_wrong_call_exits_with_2(folder, run_cli, tmp_path, arguments):
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "readme.txt").write_text("no YAML here")
    (tmp_path / "gbk.txt").write_bytes("鹭湾县".encode("gbk"))
    paths = {
        "FOLDER": folder(),
        "TEXT": BASE / "plan.txt",
        "EMPTY": tmp_path / "empty",
        "GBK": tmp_path / "gbk.txt",
        "gone": tmp_path / "gone",
        "gone.txt": tmp_path / "gone.txt",
    }
    done = run_cli(*(paths.get(word, word) for word in arguments))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr


def test_a_wrong_call_is_told_before_wrong_data(folder, run_cli, tmp_path):
    """A missing text file is missing whatever the state of the data."""
    done = run_cli("verify", "--text", tmp_path / "gone.txt", folder("unknown-unit"))
    assert done.returncode == 2


@pytest.mark.parametrize("arguments", [["table"], ["check", "--format", "json"], ["schema"]])
def test_a_reader_who_has_left_is_no_error(arguments):
    """As in `… | head -1`, with the other end already closed when the first byte is written."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        done = subprocess.run(
            [sys.executable, "-m", "loaders", *arguments],
            cwd=ROOT,
            stdout=pipe,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_byte_order_mark_in_the_text_is_no_difference(folder, run_cli, tmp_path):
    text = tmp_path / "plan.txt"
    text.write_text((BASE / "plan.txt").read_text("utf-8"), "utf-8-sig")
    assert run_cli("verify", "--text", text, folder()).returncode == 0


@pytest.fixture(scope="module")
def schema() -> dict:
    done = subprocess.run([sys.executable, "-m", "loaders", "schema"], cwd=ROOT, capture_output=True, check=True)
    return json.loads(done.stdout.decode("utf-8"))


def parts(node: object):
    """Every object inside a JSON value."""
    if isinstance(node, dict):
        yield node
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from parts(inner)


def test_the_schema_names_each_kind_of_file(schema):
    common = ["plan.yaml", "sections.yaml", "sources.yaml", "units.yaml"]
    assert list(schema) == [*common, "ledger.yaml", "doubts.yaml", "gaps.yaml", "<sector>.yaml"]
    assert all(file["type"] == "object" for file in schema.values())


def test_the_schema_refuses_unknown_keys_everywhere(schema):
    objects = [part for part in parts(schema) if isinstance(part.get("properties"), dict)]
    shapes = [part for part in objects if part.get("type") == "object"]
    assert len(shapes) > len(schema)
    assert all(part.get("additionalProperties") is False for part in shapes)
    assert all(set(part.get("required", ())) <= set(part["properties"]) for part in shapes)


def test_the_schema_refers_to_what_it_defines(schema):
    for file in schema.values():
        for part in parts(file):
            if "$ref" in part:
                assert part["$ref"].removeprefix("#/$defs/") in file["$defs"]


def test_the_schema_asks_for_what_a_target_needs(schema):
    target = schema["<sector>.yaml"]["$defs"]["Target"]
    assert {"id", "kind", "printed", "section"} <= set(target["required"])
    kinds = "level increment cumulative annual annual_average growth share relative coverage scale milestone"
    assert " ".join(target["properties"]["kind"]["enum"]) == kinds


def plain(data: object) -> object:
    """What the loaders read, as JSON Schema knows it."""
    if isinstance(data, dict):
        return {key: plain(value) for key, value in data.items()}
    if isinstance(data, tuple):
        return [plain(value) for value in data]
    return float(data) if isinstance(data, Decimal) else data


@pytest.mark.parametrize("path", [*BASE.glob("*.yaml"), *(ROOT / "indicators").glob("*.yaml")], ids=str)
def test_the_schema_accepts_good_files(schema, path):
    """An editor that checks as one types must not complain about what `check` accepts."""
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    data = plain(read(path, path.name).data)
    validator = jsonschema.Draft202012Validator(schema.get(path.name, schema["<sector>.yaml"]))
    assert [error.message for error in validator.iter_errors(data)] == []


def test_nowhere_to_write_is_told_and_is_no_fault_of_the_data():
    for command in ("{} -m loaders table >&-", "{} -m loaders table > /dev/full"):
        shell = ["sh", "-c", command.format(sys.executable)]
        done = subprocess.run(shell, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 2
        assert "could not be written" in done.stderr
        assert "Traceback" not in done.stderr
