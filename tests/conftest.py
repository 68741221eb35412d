"""What several tests share: the second plan (tests/base), its broken variants, the command line."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from loaders.book import Book

ROOT = Path(__file__).resolve().parent.parent
BASE = ROOT / "tests" / "base"
BROKEN = ROOT / "tests" / "broken"

# `pytest` alone, unlike `python -m pytest`, does not look for modules where it is started.
sys.path.insert(0, str(ROOT))

# The same examples in every run: a red test is red again on the next machine.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")

Folder = Callable[..., Path]
Cli = Callable[..., subprocess.CompletedProcess[str]]


@cache
def real_book() -> "Book":
    """The data of this repository, read once for all tests of a process: it is frozen."""
    from loaders.book import load  # only now is the repository where modules are looked for

    book = load(ROOT / "indicators").book
    assert book
    return book


@pytest.fixture
def root() -> Path:
    return ROOT


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Makes a data folder: the base, what a case lays over it, whole texts by file name, edits by file name.

    A file `plan.yaml.absent` in a case takes plan.yaml away.
    """

    def make(
        case: str | None = None,
        files: Mapping[str, str] | None = None,
        edits: Mapping[str, tuple[str, str]] | None = None,
    ) -> Path:
        data = tmp_path / "data"
        shutil.copytree(BASE, data, ignore=shutil.ignore_patterns("*.txt"))
        for path in (BROKEN / case).iterdir() if case else ():
            if path.suffix == ".absent":
                (data / path.stem).unlink()
            elif path.name != "expected.yaml":
                shutil.copy(path, data)
        for name, text in (files or {}).items():
            (data / name).write_text(text, encoding="utf-8", newline="")
        for name, (old, new) in (edits or {}).items():
            text = (data / name).read_text(encoding="utf-8")
            assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
            (data / name).write_text(text.replace(old, new), encoding="utf-8")
        return data

    return make


@pytest.fixture
def run_cli() -> Cli:
    """Runs a module of the repository in a process of its own, as a person at a terminal would.

    Output is decoded strictly: a byte that is not UTF-8 fails the test.
    """

    def run(*arguments: object, module: str = "loaders", **environment: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", module, *map(str, arguments)]
        done = subprocess.run(
            command, cwd=ROOT, env=os.environ | environment, capture_output=True, timeout=60, check=False
        )
        return subprocess.CompletedProcess(
            command, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
        )

    return run


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What opens pages is no part of `make quick`."""
    for item in items:
        if "browser" in item.path.relative_to(ROOT).parts:
            item.add_marker("browser")
