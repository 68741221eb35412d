"""What every command prints for the toy plan, byte for byte.

A change in tests/golden/ breaks somebody's script: one that reads a column by its name or place, a number by its
digits, a word by its letters. So it is never made in passing. Where the change is meant, make the file anew with the
command that its name tells (`loaders-table.csv` is `python -m loaders table tests/base --format csv`), read the
difference line by line, describe the columns in docs/data.md, and say in the commit's message what scripts must change.
"""

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import BASE, ROOT

from loaders.__main__ import TABLES

GOLDEN = ROOT / "tests" / "golden"
FILES = sorted(GOLDEN.iterdir())
FORMATS = ("csv", "json")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_command_prints_what_it_always_printed(path: Path):
    module, command = path.stem.split("-")
    call = [sys.executable, "-m", module, command, str(BASE), "--format", path.suffix.removeprefix(".")]
    done = subprocess.run(call, cwd=ROOT, capture_output=True, timeout=60, check=True)
    assert done.stdout.decode("utf-8").split("\n") == path.read_bytes().decode("utf-8").split("\n")
    assert done.stderr == b""


def test_every_table_is_kept_in_every_format():
    tables = {f"loaders-{table}.{form}" for table in TABLES for form in FORMATS}
    tables |= {f"progress-{table}.{form}" for table in ("table", "promises") for form in FORMATS}
    assert {path.name for path in FILES} == tables | {"loaders-check.json"}
