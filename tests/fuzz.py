"""Whatever the toy plan's files hold is either a book of which all can be made, or problems with their places.

`make fuzz N=10000`, or `python -m tests.fuzz --seed 7 --cases 500`; `--case 123` repeats one, and `--keep FOLDER`
leaves its files there. Time is that of the processor, so that a busy machine fails no case.
"""

import argparse
import json
import logging
import re
import resource
import signal
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import process_time

from charts import pack
from charts.rows import table
from charts.sheet import SHAPES
from evidence import changes, consistency, frames, notes, search
from evidence.tables import TABLES
from loaders.book import Book, NoData, load
from loaders.letters import odd, shown
from loaders.problem import MESSAGES, Problem
from loaders.verify import verify
from progress import calendar
from progress.table import FILES, assessments, verdicts
from tests import damage
from views import history, report
from wording import Language, evidence, judged, phrases, worked

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "tests" / "base" / "plan.txt").read_text("utf-8")
LANGUAGES: tuple[Language, ...] = ("zh", "en", "zh-international", "en-chinese")
SHAPE = next(iter(SHAPES.values()))
# The processor's seconds that reading a folder may take, and all that is made of it.
READING, MAKING = 2, 5
# After so many cases it says how far it is.
EACH = 500


class TooLong(BaseException):
    """No handler of other faults may catch it."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TooLong(f"longer than {seconds} s")

    signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def judge(folder: Path) -> tuple[Problem, ...] | None:
    """The problems of a folder, none where all could be made of its book; None where it holds no data. Raises whatever
    should not be."""
    with within(READING):
        try:
            loaded = load(folder)
        except NoData:
            return None
    assert (loaded.book is None) == bool(loaded.problems)
    for problem in loaded.problems:
        told(problem, folder)
    if loaded.book:
        with within(MAKING):
            make_all(loaded.book)
    return loaded.problems


def told(problem: Problem, folder: Path) -> None:
    """A problem has a stable code, a place that is there, and is one line in each language."""
    assert problem.code in MESSAGES, problem
    path = next((path for path in folder.iterdir() if shown(path.name) == problem.file), None)
    rows = re.split("\r\n|\n|\r", path.read_bytes().decode("utf-8", "replace")) if path else [""]
    assert 1 <= problem.line <= len(rows) + 1, problem
    assert 1 <= problem.column <= max(map(len, rows)) + 2, problem
    for line in (str(problem), phrases.problem(problem, "zh"), phrases.problem(problem, "en")):
        assert len(line.splitlines()) == 1 and not list(odd(line)) and len(line) < 2000, problem
    json.dumps(problem.as_dict()).encode("utf-8")


def make_all(book: Book) -> None:
    """Every table, every chart and every text of a book, in both languages."""
    for make in (*TABLES.values(), *FILES.values()):
        made = make(book)
        assert json.loads(frames.to_json(made)) is not None
        assert frames.to_csv(made) and frames.for_excel(made)
        frames.floats(made)
    first, last = book.plan.first_year, book.plan.last_year
    for year in {first, calendar.year(book), last}:
        verdicts(book, calendar.asof(book, year))
        assessments(book, calendar.asof(book, year))
    consistency.notes(book)
    for problem in (*notes.problems(book), *notes.located(book, consistency.notes(book)), *verify(book, TEXT, "text")):
        assert str(problem).count("\n") == 0
    every = search.entries(book)
    for facet in search.FACETS:
        search.counts(every, "section 3", {}, facet)
    for language in LANGUAGES:
        words(book, language)
    # Drawing takes the time of all else together: of each sixteenth book, the same ones in each run.
    for language in LANGUAGES[:2] if int(book.version, 16) % 16 == 0 else ():
        draw(book, language)


def words(book: Book, language: Language) -> None:
    table(book, language)
    for step in book.history:
        assert history.told(book, step, language) and frames.for_excel(changes.table(step))
    for sector in book.sectors:
        for indicator, target in sector.targets:
            evidence.evidence(book, indicator, target, language)
            phrases.doubts(target, language)
    for one in assessments(book, calendar.asof(book)):
        judged.rows(one, language)
        worked.worked(one, language)


def draw(book: Book, language: Language) -> None:
    ids = {target.id for sector in book.sectors for _, target in sector.targets}
    pictures = pack.named(pack.charts(book, language, ids), SHAPE, "svg")
    for chart in pictures.values():
        assert chart.sentence and chart.head.title
        chart.printed(SHAPE, "plan.example").to_json()
        chart.screen.to_json()
        _ = chart.table, chart.legend
    pack.texts(book, language, ids, pictures, "plan.example")
    report.document(book, book.plan.last_year, language)


@dataclass
class Run:
    """What became of the cases: how many there were of each sort, faults by where they arose, the slowest case."""

    sorts: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    faults: dict[str, list[int]] = field(default_factory=dict)
    traces: dict[str, str] = field(default_factory=dict)
    slowest: tuple[float, int] = (0.0, 0)

    def case(self, seed: int, number: int, keep: Path | None = None) -> None:
        with tempfile.TemporaryDirectory() as scratch:
            folder = keep or Path(scratch)
            folder.mkdir(exist_ok=True)
            for name, raw in damage.case(seed, number).items():
                (folder / name).write_bytes(raw)
            before = process_time()
            try:
                problems = judge(folder)
                self.sorts["no data" if problems is None else "problems" if problems else "book"] += 1
                self.codes.update({problem.code for problem in problems or ()})
            except (Exception, TooLong) as error:
                place = where(error)
                self.sorts["fault"] += 1
                self.faults.setdefault(place, []).append(number)
                self.traces.setdefault(place, traceback.format_exc())
            self.slowest = max(self.slowest, (process_time() - before, number))


def where(error: BaseException) -> str:
    """A fault by its sort and the innermost place of ours."""
    frames_ = traceback.extract_tb(error.__traceback__)
    ours = [one for one in frames_ if one.filename.startswith(str(ROOT)) and ".venv" not in one.filename]
    return f"{type(error).__name__} in {Path(ours[-1].filename).relative_to(ROOT)}:{ours[-1].lineno}"


def repeat(seed: int, number: int) -> str:
    return f"python -m tests.fuzz --seed {seed} --case {number} --keep FOLDER"


def peak() -> int:
    """The most bytes that the process has had in memory."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--case", type=int, help="this one alone")
    parser.add_argument("--keep", type=Path, help="a folder for the files of the one case")
    args = parser.parse_args()
    if args.case is not None:
        run = Run()
        run.case(args.seed, args.case, args.keep)
        sys.exit("\n".join(run.traces.values()) or None)
    logging.disable(logging.WARNING)  # Streamlit's, that no page is being made
    before, run, start = process_time(), Run(), peak()
    for number in range(args.cases):
        run.case(args.seed, number)
        if (number + 1) % EACH == 0:
            print(f"{number + 1} of {args.cases} cases, {run.sorts['fault']} faults", file=sys.stderr, flush=True)
    each = (process_time() - before) / args.cases
    print(f"seed {args.seed}, {args.cases} cases: {dict(run.sorts)}, {len(run.codes)} codes of problems")
    print(f"{1000 * each:.0f} ms a case, the slowest {run.slowest[0]:.2f} s (case {run.slowest[1]})")
    print(f"memory {start >> 20} MiB before, {peak() >> 20} MiB at the most")
    print("codes not met:", " ".join(sorted(set(MESSAGES) - set(run.codes))))
    for place, numbers in sorted(run.faults.items(), key=lambda item: -len(item[1])):
        print(f"\n{len(numbers)} × {place}: {repeat(args.seed, numbers[0])}\n{run.traces[place]}")
    sys.exit(bool(run.faults))


if __name__ == "__main__":
    main()
