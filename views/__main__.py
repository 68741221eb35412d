"""The command line: `python -m views report > FILE`. Exit codes as those of `python -m loaders`."""

import argparse
from collections.abc import Sequence

from loaders.console import Console
from progress.calendar import year
from views.report import document
from wording import LANGUAGES


def main(arguments: Sequence[str] | None = None) -> None:
    console = Console("views")
    parser = argparse.ArgumentParser(prog="python -m views", description="What is shown, as files.")
    commands = parser.add_subparsers(dest="command", required=True)
    summary = "the evaluation of a year as one HTML file that needs no network"
    report = console.command(commands.add_parser("report", help=summary, description=summary))
    report.add_argument("--year", type=int, metavar="YEAR", help="the year of the data where none is given")
    report.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0])
    args = parser.parse_args(arguments)
    book = console.book(args.folder)
    console.write(document(book, console.year(book, args.year) or year(book), args.lang))


if __name__ == "__main__":
    main()
