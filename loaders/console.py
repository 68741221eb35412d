"""What the command lines share: data to standard output, messages to standard error.

Exit 0: all is well. 1: the data has problems, and nothing goes to standard output. 2: the call is wrong.
"""

import argparse
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from loaders.book import DEFAULT, Book, Loaded, NoData, load
from loaders.letters import shown
from loaders.problem import Problem


def out_folder(text: str) -> Path:
    """A folder to write into. An empty name, as of a variable that is not set, would be the present one."""
    if not text.strip():
        raise argparse.ArgumentTypeError("a folder is needed")
    return Path(text)


@dataclass(frozen=True)
class Console:
    """The command line of `python -m name`."""

    name: str

    def command(
        self, parser: argparse.ArgumentParser, formats: tuple[str, ...] = (), folders: tuple[str, ...] = ()
    ) -> argparse.ArgumentParser:
        """The folder to read, or several that must be named, and, where there is a choice, the format to write."""
        sys.stderr.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
        for name in folders:
            parser.add_argument(name, type=Path, metavar=name.upper())
        if not folders:
            parser.add_argument("folder", nargs="?", type=Path, default=DEFAULT, metavar="FOLDER")
        if formats:
            parser.add_argument("--format", choices=formats, default=formats[0])
        return parser

    def load(self, folder: Path) -> Loaded:
        """What the folder holds; the end where it is none or has no data."""
        try:
            return load(folder)
        except NoData as error:
            sys.exit(self.usage(str(error)))

    def book(self, folder: Path) -> Book:
        """A valid book; the end, with a list of what is wrong, where there is none."""
        loaded = self.load(folder)
        if loaded.book is None:
            self.report(loaded.problems)
            sys.exit(1)
        return loaded.book

    def year(self, book: Book, asked: int | None) -> int | None:
        """A year of the plan, where one is asked for; the end where it is none."""
        first, last = book.plan.first_year, book.plan.last_year
        if asked is not None and not first <= asked <= last:
            sys.exit(self.usage(f"{asked} is no year of the plan, {first} to {last}"))
        return asked

    def write(self, text: str) -> None:
        """UTF-8 and LF whatever the locale. A reader who stops early (| head) is no error."""
        try:
            sys.stdout.buffer.write(text.encode("utf-8"))
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            sys.stdout = None
        except (OSError, AttributeError) as error:  # a full disk; no standard output at all
            sys.stdout = None
            sys.exit(self.usage(f"the data could not be written: {error}"))

    def report(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            print(problem, file=sys.stderr)

    def usage(self, message: str) -> int:
        print(f"python -m {self.name}: {shown(message)}", file=sys.stderr)  # it may repeat what was asked for
        return 2
