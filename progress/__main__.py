"""The command line: `python -m progress table` and `promises`. Exit codes as those of `python -m loaders`."""

import argparse
from collections.abc import Sequence

from evidence.frames import text
from loaders.console import Console
from progress import promise_table
from progress.calendar import asof
from progress.promises import national, promises
from progress.table import verdicts


def main(arguments: Sequence[str] | None = None) -> None:
    console = Console("progress")
    parser = argparse.ArgumentParser(prog="python -m progress", description="How far each target is.")
    commands = parser.add_subparsers(dest="command", required=True)
    summary = "one row per target: the loaders' table, and every input and output of the verdict"
    table = console.command(commands.add_parser("table", help=summary, description=summary), ("csv", "json"))
    table.add_argument("--year", type=int, metavar="YEAR", help="from the figures for the time up to the end of YEAR")
    summary = "one row per earlier goal whose time is over: what it came to"
    earlier = console.command(commands.add_parser("promises", help=summary, description=summary), ("csv", "json"))
    earlier.add_argument("--national", action="store_true", help="the goals of the nation instead, which no count has")
    args = parser.parse_args(arguments)
    book = console.book(args.folder)
    if args.command == "promises":
        made = national if args.national else promises
        console.write(text(promise_table.table(made(book, asof(book))), args.format))
    else:
        console.write(text(verdicts(book, asof(book, console.year(book, args.year))), args.format))


if __name__ == "__main__":
    main()
