"""Every printed figure, found in its section of the plan's own text.

Where sections open and where the body goes on after a box is data (sections.yaml), checked here against the text;
nothing is guessed from the nearest heading.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from loaders.book import Book
from loaders.dates import stated
from loaders.ledger import against
from loaders.phrase import occurrences, plain
from loaders.problem import Problem, quoted


@dataclass(frozen=True)
class Cut:
    """The text by section id, each `plain` and joined without breaks: pages cut sentences."""

    texts: dict[str, str]
    problems: tuple[Problem, ...]


def _line(text: str) -> str:
    return plain(text).lstrip("-")


def _body(line: str) -> str:
    """A line as it continues the one before: neither a list's mark nor the backslash of a hard break is text.

    A dash without a space behind it is: a range may be cut before its dash.
    """
    return plain(re.sub(r"^\s*[-—–]+\s|\\\s*$", "", line))


def cut(book: Book, text: str, name: str) -> Cut:
    """Cut the body into sections. A boundary that the text lacks or repeats is a problem."""
    lines = [_line(line) for line in text.splitlines()]
    problems: list[Problem] = []
    openings: list[tuple[int, str]] = []

    def find(code: str, wanted: str, after: int, whole: bool = True) -> int | None:
        """The one line below `after` that is (or starts with) `wanted`."""
        anchor, length = _line(wanted), None if whole else len(_line(wanted))
        hits = [index for index, line in enumerate(lines) if index > after and line[:length] == anchor]
        if len(hits) == 1:
            return hits[0]
        code = "section-repeated" if hits and whole else code
        place = hits[1] + 1 if hits else 1
        problems.append(Problem(name, place, 1, code, quoted(wanted), f"{len(hits)} such lines"))
        return None

    body = find("section-missing", book.sections.body, -1)
    for section in book.sections.sections if body is not None else ():
        start = find("section-missing", section.heading, body or 0)
        if start is None:
            continue
        if openings and start <= openings[-1][0]:
            wanted = f"{section.id} after {openings[-1][1]}"
            problems.append(Problem(name, start + 1, 1, "section-order", wanted, f"line {start + 1}"))
        openings.append((start, section.id))
        if section.resumes and section.parent:
            after = find("box-end", section.resumes, start, whole=False)
            openings += [(after, section.parent)] if after else []
    return Cut(_joined([_body(line) for line in text.splitlines()], openings), tuple(problems))


def _joined(lines: list[str], openings: list[tuple[int, str]]) -> dict[str, str]:
    texts: dict[str, str] = {}
    for (start, section), (end, _) in pairwise([*openings, (len(lines), "")]):
        # A dash at the end of a line and another at the start of the next are one.
        texts[section] = re.sub("-+", "-", texts.get(section, "") + "".join(lines[start:end]))
    return texts


def verify(book: Book, text: str, name: str) -> list[Problem]:
    """The problems of a valid book against the text; `name` is what messages call the text.

    That a phrase states its value is a rule of `check`; here it must stand in its section, once.
    """
    found = cut(book, text, name)
    problems = {*found.problems, *_phrases(book, found, name), *_deadlines(book, found, name)}
    problems |= set(_doubts(book, found, name))
    if book.ledger.sections and not found.problems:
        problems |= set(against(book, found.texts, name))
    return sorted(problems)


def _doubts(book: Book, found: Cut, name: str) -> Iterator[Problem]:
    for doubt in book.doubts.doubts:
        if plain(doubt.printed) not in found.texts.get(doubt.section, ""):
            wanted = f"{quoted(doubt.printed)} in section {doubt.section}"
            yield Problem(name, 1, 1, "doubt-not-found", wanted, "nothing")


def _deadlines(book: Book, found: Cut, name: str) -> Iterator[Problem]:
    """The year of a deadline that is said to be printed stands in the section."""
    for target in book.targets:
        text, due = found.texts.get(target.section), target.deadline if target.deadline_printed else None
        if text is not None and due and due[:4] not in stated(book.plan, text):
            wanted = f"{due[:4]} for {target.id} in section {target.section}"
            yield Problem(name, 1, 1, "deadline-unprinted", wanted, "none")


def _phrases(book: Book, found: Cut, name: str) -> Iterator[Problem]:
    for target in book.targets:
        wanted = f"{quoted(target.printed)} once in section {target.section}"
        if target.section not in found.texts:
            yield Problem(name, 1, 1, "section-missing", wanted, "no such section")
            continue
        count = len(occurrences(found.texts[target.section], plain(target.printed)))
        if count != 1:
            yield Problem(name, 1, 1, "printed-repeated" if count else "printed-not-found", wanted, f"{count} times")
