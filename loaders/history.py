"""What changed at each step from one version of the data to the next: one file a step, written by `changes --keep`.

The files are tables, since each has thousands of cells: as YAML they would take longer to read than all the data.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path

from loaders.fields import last_day
from loaders.letters import shown
from loaders.problem import Problem, quoted
from loaders.yamlfile import FileProblem, text_of

HOW = ("added", "removed", "changed")
WHAT = ("plan", "dimension", "source", "sector", "indicator", "target", "observation", "rival", "pair", "gap")
_PREFIX = "changes-"


@dataclass(frozen=True)
class Change:
    """One thing that was added or removed, with what it is called, or one key that changed."""

    change: str
    what: str
    sector: str | None
    indicator_id: str | None
    id: str
    field: str | None
    old: str | None
    new: str | None


COLUMNS = tuple(field.name for field in fields(Change))


@dataclass(frozen=True)
class Step:
    """All that changed after the version of a day, up to the next one."""

    since: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class History:
    """The steps, the latest first, or what is wrong with their files."""

    steps: tuple[Step, ...]
    problems: tuple[Problem, ...]


def file_of(day: str) -> str:
    """The name of the file that says what changed after the version of this day."""
    return f"{_PREFIX}{day}.csv"


def files(folder: Path) -> list[Path]:
    """The files of all steps; none in a folder that cannot be read, of which `book.data_files` has told."""
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == ".csv" and path.name.startswith(_PREFIX))
    except OSError:
        return []


def read(folder: Path, until: str | None) -> History:
    """The steps up to the day of the data, where that is known. Never raises for bad content."""
    steps: list[Step] = []
    problems: list[Problem] = []
    for path in files(folder):
        name, day = shown(path.name), path.stem.removeprefix(_PREFIX)
        try:
            if until and last_day(day) > last_day(until):
                raise ValueError(f"{day} is later than {until}")
            steps.append(Step(day, tuple(_changes(text_of(path, name), name))))
        except FileProblem as stop:
            problems += stop.problems
        except ValueError:
            wanted = f"{file_of(until or '2031-09-30')} or the name of an earlier day"
            problems.append(Problem(name, 1, 1, "history-name", wanted, quoted(path.name)))
    return History(tuple(sorted(steps, key=lambda step: last_day(step.since), reverse=True)), tuple(problems))


def _changes(text: str, name: str) -> Iterator[Change]:
    rows = csv.reader(io.StringIO(text), strict=True)
    try:
        head = next(rows, [])
        if tuple(head) != COLUMNS:
            raise FileProblem((Problem(name, 1, 1, "history-row", ",".join(COLUMNS), quoted(",".join(head))),))
        for row in rows:
            yield _change(row, name, rows.line_num)
    except csv.Error as error:
        problem = Problem(name, max(rows.line_num, 1), 1, "history-row", f"{len(COLUMNS)} cells", str(error))
        raise FileProblem((problem,)) from error


def _change(row: list[str], name: str, line: int) -> Change:
    """A row as `changes` writes it; an empty cell is none."""
    if len(row) != len(COLUMNS) or row[0] not in HOW or row[1] not in WHAT or not row[4]:
        wanted = f"{len(COLUMNS)} cells that begin with {'/'.join(HOW)} and {'/'.join(WHAT)}"
        raise FileProblem((Problem(name, line, 1, "history-row", wanted, quoted(",".join(row))),))
    cells = [cell or None for cell in row]
    return Change(row[0], row[1], cells[2], cells[3], row[4], cells[5], cells[6], cells[7])
