"""The command line: `python -m loaders COMMAND`; `--help` lists the commands.

Exit 0: all is well. 1: the data has problems (nothing goes to standard output
but the list of `check --format json`). 2: the call is wrong.
"""

import argparse
import csv
import io
import json
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

from evidence import consistency, notes
from loaders.add import Added, Refused, add, options, write
from loaders.book import Book, NoData, data_files
from loaders.console import Console, out_folder
from loaders.history import file_of
from loaders.letters import shown
from loaders.links import addresses, links
from loaders.models import FILES, SectorFile
from loaders.problem import Problem
from loaders.rewrite import NotWritten, alone
from loaders.verify import verify

CONSOLE = Console("loaders")
TABLES = ("table", "observations", "sectors", "health", "gaps")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m loaders", description="Read and check the plan's data.")
    commands = parser.add_subparsers(dest="command", required=True)

    def command(
        name: str, summary: str, formats: tuple[str, ...] = (), folders: tuple[str, ...] = ()
    ) -> argparse.ArgumentParser:
        return CONSOLE.command(commands.add_parser(name, help=summary, description=summary), formats, folders)

    command("check", "list what is wrong with the data", ("text", "json"))
    command("table", "one row per target", ("csv", "json"))
    command("observations", "one row per observation or rival target and target", ("csv", "json"))
    command("sectors", "one row per sector", ("csv", "json"))
    command("health", "one row per finding on the evidence", ("csv", "json"))
    command("gaps", "one row per target that lacks a comparable baseline", ("csv", "json"))
    differ = command(
        "changes", "one row per difference between two folders of one plan", ("csv", "json"), ("old", "new")
    )
    differ.add_argument("--keep", action="store_true", help="write it into NEW, where the Data page finds it")
    command("package", "the tables and what describes them as a Frictionless Data Package").add_argument(
        "--out", type=out_folder, required=True, metavar="DIR", help="made where it is missing"
    )
    command("links", "whether the plan and every source can still be opened (asks the network)")
    command("verify", "find every printed figure in the plan's text").add_argument(
        "--text", type=Path, required=True, metavar="FILE"
    )
    options(command("add", "show, or with --write add, one published figure"))
    commands.add_parser("schema", help="the JSON Schema of the YAML")
    return parser


def _table(book: Book, name: str, form: str) -> str:
    from evidence import frames, tables  # pandas takes longer to load than the data to check

    return frames.text(tables.TABLES[name](book), form)


def _changes(folders: Sequence[Path], form: str, keep: bool) -> int:
    """What changed from the first folder to the second, if both are valid; kept as a step of the second's history."""
    from evidence import frames
    from evidence.changes import changes

    found = [CONSOLE.load(folder) for folder in folders]
    for folder, loaded in zip(folders, found, strict=True):
        # Both may have a file of that name.
        CONSOLE.report(replace(problem, file=f"{folder}/{problem.file}") for problem in loaded.problems)
    books = [loaded.book for loaded in found if loaded.book]
    if len(books) < len(found):
        return 1
    found_changes = changes(*books)
    if not keep:
        CONSOLE.write(frames.text(found_changes, form))
        return 0
    path = folders[1] / file_of(books[0].plan.updated)
    try:
        path.write_text(frames.to_csv(found_changes), encoding="utf-8", newline="")
    except OSError as error:
        return CONSOLE.usage(str(error))
    print(path.name, file=sys.stderr)
    return 0


def _package(book: Book, out: Path) -> int:
    """Every file of the data package; what else lies in the folder stays."""
    from wording.columns import packed

    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, content in packed(book).items():
            (out / name).write_bytes(content)
            print(name, file=sys.stderr)
    except OSError as error:
        return CONSOLE.usage(str(error))
    return 0


def _links(book: Book) -> int:
    """One line for each address; those that cannot be opened are named again, as what is wrong."""
    answers = list(links(addresses(book)))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("id", "code", "url", "reason"))
    writer.writerows((one.id, one.code, one.url, one.reason) for one in answers)
    CONSOLE.write(out.getvalue())
    bad = [one for one in answers if not one.good]
    for one in bad:
        print(one.id, one.code, one.url, shown(one.reason), file=sys.stderr)
    return 1 if bad else 0


def _notes(book: Book) -> list[Problem]:
    """All that is to be known of valid data, each where a person would look."""
    return [*notes.located(book, consistency.notes(book)), *notes.problems(book)]


def _notes_on(added: Added, book: Book) -> list[Problem]:
    """What is to be known of the figure that was added."""
    return [
        problem
        for sector in book.sectors
        for indicator in sector.indicators
        if indicator.id == added.indicator
        for problem in notes.located(
            book, tuple(notes.of_figure(book, sector.id, indicator, getattr(indicator, added.group)[-1]))
        )
    ]


def _add(args: argparse.Namespace, book: Book) -> int:
    """Show the entry, and write it where that is asked for and `check` has nothing against it. Raises NotWritten."""
    try:
        added = add(args.folder, args, book)
    except (Refused, UnicodeEncodeError, OSError, NoData) as error:
        return CONSOLE.usage(str(error))
    if added.text is None:
        rest = "" if added.dated else ", nothing changes"
        print(f"{added.path.name}: this figure is there already{rest}", file=sys.stderr)
        if not added.dated:
            return 0
    assert added.loaded
    CONSOLE.report(added.loaded.problems)
    if added.loaded.book is None:
        return 1
    for one in filter(None, (added if added.text is not None else None, added.dated)):
        CONSOLE.write(f"{one.path.name}:{one.line}\n{one.entry}")
    CONSOLE.report(_notes_on(added, added.loaded.book))
    if args.write:
        write(added)
    print("written" if args.write else "not written: call again with --write", file=sys.stderr)
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    args = _parser().parse_args(arguments)
    if args.command == "schema":
        files = FILES | {"<sector>.yaml": SectorFile}
        schemas = {name: model.model_json_schema() for name, model in files.items()}
        CONSOLE.write(json.dumps(schemas, ensure_ascii=False, indent=2) + "\n")
        return 0
    writes = args.command == "add" and args.write
    try:
        # From the reading on: of two who read the same text, the second would write without the first one's figure.
        with alone(data_files(args.folder)) if writes else nullcontext():
            return _changes((args.old, args.new), args.format, args.keep) if args.command == "changes" else _run(args)
    except NotWritten as error:
        return CONSOLE.usage(f"nothing was written: {error}")
    except NoData as error:
        return CONSOLE.usage(str(error))


def _run(args: argparse.Namespace) -> int:
    """Every command that reads the data. Raises NotWritten."""
    loaded = CONSOLE.load(args.folder)
    try:
        text = args.text.read_text(encoding="utf-8-sig") if args.command == "verify" else ""
    except (OSError, UnicodeDecodeError) as error:
        return CONSOLE.usage(f"{args.text} cannot be read as UTF-8 text: {error}")
    book, problems = loaded.book, list(loaded.problems)
    if args.command == "check" and args.format == "json":
        listed = [problem.as_dict() for problem in (_notes(book) if book else problems)]
        CONSOLE.write(json.dumps(listed, ensure_ascii=False, indent=2) + "\n")
    elif book and args.command == "add":
        return _add(args, book)
    elif book and args.command == "links":
        return _links(book)
    elif book and args.command == "package":
        return _package(book, args.out)
    elif book and args.command in TABLES:
        CONSOLE.write(_table(book, args.command, args.format))
    else:
        problems = verify(book, text, args.text.name) if book and args.command == "verify" else problems
        CONSOLE.report(problems)
        CONSOLE.report(notes.problems(book) if book and args.command == "check" else ())
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
