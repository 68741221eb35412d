"""Every printed figure, found in its section of the plan's own text.

Where sections open and where the body goes on after a box is data
(sections.yaml), checked here against the text; nothing is guessed from the
nearest heading.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from loaders.book import Book
from loaders.models import Section
from loaders.phrase import plain
from loaders.problem import Problem, quoted


@dataclass(frozen=True)
class Cut:
    """The text by section id, each `plain` and joined without breaks: pages cut sentences."""

    texts: dict[str, str]
    problems: tuple[Problem, ...]


def _line(text: str) -> str:
    return plain(text).lstrip("-")


def cut(book: Book, text: str, name: str) -> Cut:
    """Cut the body into sections. A boundary that the text lacks or repeats is a problem."""
    lines = [_line(line) for line in text.splitlines()]
    problems: list[Problem] = []
    body = _only(lines, book.sections.body, 0, name, problems)
    openings: list[tuple[int, str]] = []
    for section in book.sections.sections if body is not None else ():
        start = _only(lines, section.heading, body or 0, name, problems)
        if start is None:
            continue
        if openings and start <= openings[-1][0]:
            problems.append(
                Problem(
                    name,
                    start + 1,
                    1,
                    "section-order",
                    f"{section.id} opens too early",
                    f"after {openings[-1][1]}",
                    f"line {start + 1}",
                )
            )
        openings.append((start, section.id))
        if section.resumes and section.parent:
            after = _resumption(lines, section, start, name, problems)
            openings += [(after, section.parent)] if after else []
    return Cut(_joined(lines, openings), tuple(problems))


def _only(lines: list[str], wanted: str, after: int, name: str, problems: list[Problem]) -> int | None:
    """The one line that equals `wanted`; none and several are problems."""
    hits = [
        index for index, line in enumerate(lines) if line == _line(wanted) and (not after or index > after)
    ]
    if len(hits) == 1:
        return hits[0]
    place = hits[1] + 1 if hits else 1
    problems.append(
        Problem(
            name,
            place,
            1,
            "section-missing" if not hits else "section-repeated",
            "a heading must be one whole line of the body",
            quoted(wanted),
            f"{len(hits)} lines",
        )
    )
    return None


def _resumption(
    lines: list[str], section: Section, start: int, name: str, problems: list[Problem]
) -> int | None:
    wanted = _line(section.resumes or "")
    hits = [index for index, line in enumerate(lines) if line.startswith(wanted) and index > start]
    if len(hits) == 1:
        return hits[0]
    problems.append(
        Problem(
            name,
            start + 1,
            1,
            "box-end",
            f"the body must go on after {section.id} in one place",
            quoted(section.resumes),
            f"{len(hits)} lines",
        )
    )
    return None


def _joined(lines: list[str], openings: list[tuple[int, str]]) -> dict[str, str]:
    texts: dict[str, str] = {}
    ends = [start for start, _ in openings[1:]] + [len(lines)]
    for (start, section), end in zip(openings, ends, strict=True):
        texts[section] = texts.get(section, "") + "".join(lines[start:end])
    return texts


def verify(book: Book, text: str, name: str) -> list[Problem]:
    """The problems of a valid book against the text; `name` is what messages call the text.

    That a phrase states its value is a rule of `check`; here it must stand in
    its section, once.
    """
    found = cut(book, text, name)
    return sorted({*found.problems, *_phrases(book, found, name)})


def _phrases(book: Book, found: Cut, name: str) -> Iterator[Problem]:
    for sector in book.sectors:
        for _, target in sector.targets:
            if target.section not in found.texts:
                yield Problem(
                    name,
                    1,
                    1,
                    "section-missing",
                    f"the section of {target.id} is not in the text",
                    target.section,
                    "no such section",
                )
                continue
            count = found.texts[target.section].count(plain(target.printed))
            if count != 1:
                yield Problem(
                    name,
                    1,
                    1,
                    "printed-not-found" if not count else "printed-repeated",
                    f"the phrase of {target.id} must stand once in section {target.section}",
                    quoted(target.printed),
                    f"{count} times",
                )
