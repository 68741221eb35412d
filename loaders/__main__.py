"""The command line: `python -m loaders check|table|observations|sectors|health|gaps|verify|add|schema`.

Exit 0: all is well. 1: the data has problems (nothing goes to standard output
but the list of `check --format json`). 2: the call is wrong.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from loaders.add import Refused, add, options, write
from loaders.book import DEFAULT, Book, NoData, load
from loaders.consistency import notes
from loaders.models import FILES, SectorFile
from loaders.problem import Problem
from loaders.tables import COLUMNS, TABLES, to_csv, to_json
from loaders.verify import verify


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m loaders", description="Read and check the plan's data.")
    commands = parser.add_subparsers(dest="command", required=True)

    def command(name: str, summary: str, formats: tuple[str, ...] = ()) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=summary, description=summary)
        sub.add_argument("folder", nargs="?", type=Path, default=DEFAULT, metavar="FOLDER")
        if formats:
            sub.add_argument("--format", choices=formats, default=formats[0])
        return sub

    command("check", "list what is wrong with the data", ("text", "json"))
    command("table", "one row per target", ("csv", "json"))
    command("observations", "one row per observation or rival target and target", ("csv", "json"))
    command("sectors", "one row per sector", ("csv", "json"))
    command("health", "one row per finding on the evidence", ("csv", "json"))
    command("gaps", "one row per target that lacks a comparable baseline", ("csv", "json"))
    command("verify", "find every printed figure in the plan's text").add_argument(
        "--text", type=Path, required=True, metavar="FILE"
    )
    options(command("add", "show, or with --write add, one published figure"))
    commands.add_parser("schema", help="the JSON Schema of the YAML")
    return parser


def _out(text: str) -> None:
    """UTF-8 and LF whatever the locale. A reader who stops early (| head) is no error."""
    try:
        sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        sys.stdout = None
    except (OSError, AttributeError) as error:  # a full disk; no standard output at all
        sys.stdout = None
        sys.exit(_usage(f"the data could not be written: {error}"))


def _report(problems: Iterable[Problem]) -> None:
    for problem in problems:
        print(problem, file=sys.stderr)


def _usage(message: str) -> int:
    print(f"python -m loaders: {message}", file=sys.stderr)
    return 2


def _notes(book: Book) -> list[Problem]:
    """The findings on consistency, each at its target."""
    return [
        Problem(*book.site[finding.target.id], finding.code, finding.expected, finding.found)
        for finding in notes(book)
        if finding.target
    ]


def _add(asked: argparse.Namespace, book: Book) -> int:
    """Show the entry, and write it where that is asked for and `check` has nothing against it."""
    try:
        added = add(asked.folder, asked, book)
    except (Refused, UnicodeEncodeError) as error:
        return _usage(str(error))
    if added.text is None:
        print(f"{added.path.name}: this figure is there already, nothing changes", file=sys.stderr)
        return 0
    _report(added.problems)
    if added.problems:
        return 1
    _out(f"{added.path.name}:{added.line}\n{added.entry}")
    try:
        if asked.write:
            write(added)
    except OSError as error:
        return _usage(f"nothing was written: {error}")
    print("written" if asked.write else "not written: call again with --write", file=sys.stderr)
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    sys.stderr.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    asked = _parser().parse_args(arguments)
    if asked.command == "schema":
        files = FILES | {"<sector>.yaml": SectorFile}
        schemas = {name: model.model_json_schema() for name, model in files.items()}
        _out(json.dumps(schemas, ensure_ascii=False, indent=2) + "\n")
        return 0
    try:
        loaded = load(asked.folder)
        text = asked.text.read_text(encoding="utf-8-sig") if asked.command == "verify" else ""
    except NoData as error:
        return _usage(str(error))
    except (OSError, UnicodeDecodeError) as error:
        return _usage(f"{asked.text} cannot be read as UTF-8 text: {error}")
    book, problems = loaded.book, list(loaded.problems)
    if asked.command == "check" and asked.format == "json":
        listed = [problem.as_dict() for problem in (_notes(book) if book else problems)]
        _out(json.dumps(listed, ensure_ascii=False, indent=2) + "\n")
    elif book and asked.command == "add":
        return _add(asked, book)
    elif book and asked.command in TABLES:
        rows = TABLES[asked.command](book)
        _out(to_json(rows) if asked.format == "json" else to_csv(rows, COLUMNS[asked.command]))
    else:
        problems = verify(book, text, asked.text.name) if book and asked.command == "verify" else problems
        _report(problems)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
