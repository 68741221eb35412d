"""What keeps the repository small, in rooms, and free of any one plan."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT

from loaders import history
from loaders.book import Book, load

ROOMS = {
    "dashboard": {"views", "charts", "wording", "progress", "evidence", "loaders"},
    "views": {"charts", "wording", "progress", "evidence", "loaders"},
    "charts": {"wording", "progress", "evidence", "loaders"},
    "wording": {"progress", "evidence", "loaders"},
    "progress": {"evidence", "loaders"},
    "evidence": {"loaders"},
    "loaders": set(),
    # It starts the dashboard as a program and knows nothing of what is inside.
    "deploy": set(),
}
STREAMLIT = {"dashboard", "views", "deploy"}
# What belongs to the one plan whose data lies in indicators/. A second plan opens without a change of code.
ONE_PLAN = re.compile(r"山西|三晋|吕梁|运城|能源|shanxi|\benergy\b|十五五|(?<!\d)20(?:2[5-9]|30)(?!\d)", re.IGNORECASE)

# Any way to the hour of the machine, which somebody may set.
CLOCK = re.compile(
    r"\b(?:date|datetime)\.(?:now|today|utcnow)\(|\btime\.(?:time|localtime|gmtime)|from time import .*\btime\b"
)


def room(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def is_ours(path: Path) -> bool:
    """Neither a test nor inside a hidden folder such as .venv."""
    parts = path.relative_to(ROOT).parts
    return parts[0] != "tests" and not any(part.startswith(".") for part in parts)


FILES = sorted(path for path in ROOT.rglob("*.py") if is_ours(path))
EVERY_FILE = pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))


def imported(path: Path) -> Iterator[str]:
    """The first names of all modules that a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").split(".")[0] if not node.level else room(path)


def test_there_is_code_to_look_at():
    assert {room(path) for path in FILES} >= {"loaders"}


@EVERY_FILE
def test_no_plan_stands_in_the_code(path):
    lines = enumerate(path.read_text("utf-8").splitlines(), 1)
    assert [f"{number}: {line.strip()}" for number, line in lines if ONE_PLAN.search(line)] == []


@EVERY_FILE
def test_nobody_asks_what_time_it_is(path):
    """All days are of the data, all waiting is by a clock that only goes on: one that is set back changes nothing."""
    assert CLOCK.findall(path.read_text("utf-8")) == []


def plan_words(book: Book) -> set[str]:
    """Ids, titles, headings and phrases that mean something in one plan only."""
    indicators = [indicator for sector in book.sectors for indicator in sector.indicators]
    targets = [target for indicator in indicators for target in indicator.targets]
    return {
        *(source.id for source in book.sources.sources),
        *(place.id for place in book.plan.places),
        *(section.heading for section in book.sections.sections),
        *(word for indicator in indicators for word in (indicator.id, indicator.name.zh, indicator.name.en)),
        *(word for target in targets for word in (target.id, target.printed)),
        *(book.plan.number, book.plan.url, book.plan.title.zh, book.plan.title.en, book.plan.short.en),
    }


@pytest.mark.parametrize("folder_name", ["indicators", "tests/base"])
def test_no_word_of_a_plan_stands_in_the_code(folder_name):
    book = load(ROOT / folder_name).book
    assert book
    code = {path: path.read_text("utf-8") for path in FILES}
    words = plan_words(book)
    assert len(words) > 20
    assert [(path.name, word) for path, text in code.items() for word in words if word in text] == []


@EVERY_FILE
def test_every_file_has_a_room(path):
    assert room(path) in ROOMS


@EVERY_FILE
def test_imports_run_one_way(path):
    here = room(path)
    # A command line stands above its room: what `python -m loaders` prints, evidence makes.
    below = set(ROOMS) if path.name == "__main__.py" else ROOMS.get(here, set()) | {here}
    assert set(imported(path)) & set(ROOMS) <= below


@EVERY_FILE
def test_streamlit_stays_at_the_front(path):
    assert "streamlit" not in imported(path) or room(path) in STREAMLIT


@EVERY_FILE
def test_only_the_loaders_read_yaml(path):
    assert "yaml" not in imported(path) or room(path) == "loaders"


def test_indicators_hold_nothing_but_data():
    found = [path for path in (ROOT / "indicators").rglob("*") if path.is_file() and path.suffix != ".yaml"]
    others = [path.name for path in found if path not in history.files(ROOT / "indicators")]
    assert others == []


def spans(path: Path) -> Iterator[tuple[str, int]]:
    """Each function of a file and how many lines it takes, decorators not counted."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


@EVERY_FILE
def test_modules_and_functions_stay_small(path):
    assert len(path.read_text("utf-8").splitlines()) <= 350
    assert [(name, lines) for name, lines in spans(path) if lines > 40] == []


@pytest.mark.parametrize("name", sorted(set(ROOMS) - {"dashboard"}))
def test_each_room_says_in_a_line_what_it_is_for(name):
    purpose = ast.get_docstring(ast.parse((ROOT / name / "__init__.py").read_text("utf-8")))
    assert purpose and len(purpose.splitlines()) == 1


OUTSIDE = re.compile(
    r"\.\./|shared/|\bthe design\b|design, section|\bthe issue\b|issue \d|the contract of section", re.IGNORECASE
)


@EVERY_FILE
def test_nothing_refers_to_anything_outside_the_repository(path):
    lines = enumerate(path.read_text("utf-8").splitlines(), 1)
    assert [f"{number}: {line.strip()}" for number, line in lines if OUTSIDE.search(line)] == []


def test_it_takes_few_packages_to_run():
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    needed = [line for line in lines if line.strip() and not line.startswith("#")]
    assert 0 < len(needed) < 9
    assert not any(line.startswith("-") for line in needed)


def test_no_folder_switches_on_streamlits_old_pages():
    assert not (ROOT / "pages").exists()
