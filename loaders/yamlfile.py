"""YAML text to plain data, with the place of every value and none of YAML's surprises.

The parser's events are read once, so that positions stay known, numbers keep
their printed digits (`3.0` stays `Decimal("3.0")`), and what YAML allows but a
data file never needs (tags, anchors, several documents) is refused by name.
"""

import re
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any, NoReturn

import yaml

from loaders import slips
from loaders.letters import named, odd
from loaders.nesting import beyond
from loaders.problem import Problem, quoted

Place = tuple[int, int]
KeyPath = tuple[str | int, ...]

MAX_DEPTH = 12
MAX_BYTES = 2_000_000
# Characters of one text. What reads a text may go back over it from each of its figures: of a very long one that takes
# hours, and more memory than there is.
MAX_TEXT = 5_000
_DEEP = ("yaml-depth", f"at most {MAX_DEPTH} levels", f"{MAX_DEPTH + 1} levels")

# Longer numbers than print ever holds are refused below: int() itself has a limit.
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,18})?")
_PLAIN = {"": None, "~": None, "null": None, "true": True, "false": False}
# What YAML 1.1 readers turn into something that the author did not write:
# booleans, base-60 numbers (12:30 is 750), octal, hexadecimal, 1_000, .5, 1e3, .inf.
_SURPRISE = re.compile(
    r"y|n|yes|no|on|off|null|true|false|~"
    r"|[-+]?\d+(:[0-5]?\d)+(\.\d*)?"
    r"|[-+]?0[0-9xXbo_][0-9a-fA-F_]*(\.\d*)?"
    # Where the digits end is no guess: a long run of them that turns out to be text is gone through once.
    r"|[-+]?([\d_]++|[\d_]*+\.[\d_]++)([eE][-+]?\d+)?|[-+]?\d[\d_]*+\.([eE][-+]?\d+)?"
    r"|[-+]?\.(inf|nan)",
    re.IGNORECASE | re.ASCII,
)
_DATE = re.compile(r"\d{4}-\d{2}(-\d{2})?")


@dataclass(eq=False)
class FileProblem(Exception):
    """Carries the problems that end the reading of a file."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Document:
    """The data of one file, and the text that it was read from: mappings are dicts, sequences tuples, numbers Decimal
    or int."""

    file: str
    data: Any
    places: dict[KeyPath, Place]
    problems: tuple[Problem, ...] = ()
    text: str = ""

    def place(self, path: KeyPath) -> Place:
        """Line and column of `path`, or of the nearest thing around it that exists."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, (1, 1))

    def problem(self, path: KeyPath, code: str, expected: str = "", found: str = "") -> Problem:
        return Problem(self.file, *self.place(path), code, expected, found)


def read(path: Path, name: str) -> Document:
    """Read one file; `name` is what messages call it. Never raises for bad content."""
    try:
        return _Builder(name).build(path)
    except FileProblem as stop:
        return Document(name, None, {}, stop.problems)


def text_of(path: Path, name: str) -> str:
    """What a file holds, whatever its form. Raises FileProblem where it cannot or must not be read."""

    def stop(place: Place, code: str, expected: str, found: str) -> NoReturn:
        raise FileProblem((Problem(name, *place, code, expected, found),))

    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # a pipe would be waited for, a device may never end
            stop((1, 1), "unreadable-file", "a file", "something else of this name")
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
        if len(raw) > MAX_BYTES:
            stop((1, 1), "file-too-large", f"at most {MAX_BYTES} bytes", f"{status.st_size} bytes")
        # A byte order mark is what Windows editors add; it is harmless and dropped.
        return raw.decode("utf-8-sig")
    except FileNotFoundError:
        stop((1, 1), "file-gone", "the file", "nothing")
    except OSError as error:
        stop((1, 1), "unreadable-file", "", str(error))
    except UnicodeDecodeError as error:
        place = _end(raw[: error.start].decode("utf-8", "replace"))
        stop(place, "not-utf-8", "UTF-8", f"byte 0x{raw[error.start]:02x}")


class _Builder:
    """Builds plain data from parser events; one per file."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.places: dict[KeyPath, Place] = {}
        self.problems: list[Problem] = []
        self.events: Iterator[Any] = iter(())

    def build(self, path: Path) -> Document:
        text = text_of(path, self.name)
        # None of these has a place in the text, and some would be ends of lines to YAML alone.
        if next(odd(text), None) is not None:
            raise FileProblem(tuple(self._strange(text)))
        try:
            events = self._checked(text)
        except yaml.YAMLError as error:
            self._shallow(text)
            self._stop(*_syntax(text, error))
        except FileProblem:
            self._shallow(text)
            raise
        if not events:
            self._stop((1, 1), "empty-file", "YAML data", "nothing")
        self.events = iter(events)
        data = self._value(next(self.events), ())
        if data is None:
            self._stop((1, 1), "empty-file", "YAML data", "null")
        if isinstance(data, str) and (slip := slips.in_text(text.splitlines(), 0)):
            self._stop((1, slip.column + 1), slip.code, slip.expected, slip.found)
        return Document(self.name, data, self.places, tuple(self.problems), text)

    def _checked(self, text: str) -> list[Any]:
        """The events of the one document, its forbidden parts refused first.

        Anchors and aliases are refused before anything is built: an alias bomb is tiny as text and huge as data.
        """
        events: list[Any] = []
        event: Any
        documents = depth = 0
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            place = _place(event)
            documents += isinstance(event, yaml.DocumentStartEvent)
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if documents > 1:
                self._stop(place, "yaml-documents", "one document", "a second '---'")
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                self._stop(place, "yaml-alias", "the value itself", quoted(event.anchor))
            if getattr(event, "tag", None) is not None:
                self._stop(place, "yaml-tag", "a plain value", quoted(event.tag))
            if depth > MAX_DEPTH:
                self._stop(place, *_DEEP)
            if (length := len(getattr(event, "value", ""))) > MAX_TEXT:
                self._stop(place, "text-too-long", f"at most {MAX_TEXT} characters", f"{length} characters")
            if isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent):
                events.append(event)
        return [] if len(events) == 1 and getattr(events[0], "value", None) == "" else events

    def _shallow(self, text: str) -> None:
        """Depth goes before all else that is wrong: which of them a parser meets first differs by its release."""
        if (deep := beyond(text, MAX_DEPTH)) is not None:
            self._stop(_end(text[:deep]), *_DEEP)

    def _strange(self, text: str) -> Iterator[Problem]:
        """The first odd character of each line."""
        for number, line in enumerate(text.split("\n"), 1):
            for index in islice(odd(line), 1):
                yield self._odd((number, index + 1), line[index])

    def _odd(self, place: Place, char: str) -> Problem:
        wanted = "a plain space" if unicodedata.category(char) == "Zs" else "nothing there"
        return Problem(self.name, *place, "odd-character", wanted, named(char))

    def _stop(self, place: Place, code: str, expected: str, found: str) -> NoReturn:
        raise FileProblem((Problem(self.name, *place, code, expected, found),))

    def _value(self, event: Any, path: KeyPath) -> Any:
        self.places.setdefault(path, _place(event))
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        if not isinstance(event, yaml.SequenceStartEvent):
            return self._scalar(event)
        items: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self._value(event, (*path, len(items))))
        return tuple(items)

    def _mapping(self, path: KeyPath) -> dict[str, Any]:
        result: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            place = _place(event)
            if not isinstance(event, yaml.ScalarEvent):
                self._stop(place, "yaml-key", "a word", "a list or mapping")
            # Keys are always text: a key `on` or `12` is refused later as unknown, by its own name.
            key = event.value
            value_event = next(self.events)
            if not event.style and (slip := slips.in_key(key)):
                self._stop((place[0], place[1] + slip.column), slip.code, slip.expected, slip.found)
            self._check_escapes(event)
            if key in result:
                first = f"{quoted(key)}, first on line {self.places[(*path, key)][0]}"
                self.problems.append(Problem(self.name, *place, "duplicate-key", "each key once", first))
                # The second value is read (its events must be used up) under a path of its own.
                self._value(value_event, (*path, key, "duplicate"))
                continue
            self.places[(*path, key)] = place
            result[key] = self._value(value_event, (*path, key))
        return result

    def _scalar(self, event: Any) -> Any:
        text: str = event.value
        self._check_escapes(event)
        if event.style:  # quoted or block text is text; the C parser calls plain text ''
            return text
        if text in _PLAIN:
            return _PLAIN[text]
        if match := _NUMBER.fullmatch(text):
            return Decimal(text) if match[2] else int(text)
        if slip := slips.in_word(text):
            self.problems.append(Problem(self.name, *_place(event), slip.code, slip.expected, slip.found))
            return text[1:-1]
        if _SURPRISE.fullmatch(text) and not _DATE.fullmatch(text):
            wanted = "quotes around it, or a plain decimal number"
            self.problems.append(Problem(self.name, *_place(event), "yaml-surprise", wanted, quoted(text)))
        return text

    def _check_escapes(self, event: Any) -> None:
        """What the text did not hold may still be written by its number, as "\\u200b"."""
        self.problems += [self._odd(_place(event), event.value[index]) for index in islice(odd(event.value), 1)]


def _place(event: Any) -> Place:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _end(before: str) -> Place:
    """The place of what comes after a text."""
    return before.count("\n") + 1, len(before) - before.rfind("\n")


# What a parser has begun on the line that it blames; it names the start of a block for anything inside.
_OPEN = re.compile("simple key|quoted|flow")


def _syntax(text: str, error: yaml.YAMLError) -> tuple[Place, str, str, str]:
    """Where and why the parser gave up; tabs and other slips of the keyboard by their own names."""
    mark = getattr(error, "problem_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    lines = text.splitlines() or [""]
    around = lines[min(line, len(lines)) - 1]
    indent = around[: len(around) - len(around.lstrip())]
    if "\t" in indent or around[column - 1 : column] == "\t":
        return (line, around.index("\t") + 1), "yaml-tab", "spaces", "a tab"
    inside, start = str(getattr(error, "context", None)), getattr(error, "context_mark", None)
    begun = start.line if start and _OPEN.search(inside) else None
    if slip := slips.in_text(lines, line - 1, begun):
        return (slip.line + 1, slip.column + 1), slip.code, slip.expected, slip.found
    reason = " ".join(str(getattr(error, "problem", None) or error).split())
    if start and begun is not None and begun < line - 1:  # what was never closed is to be mended where it opens
        return (begun + 1, start.column + 1), "yaml-syntax", "valid YAML", f"{inside}, {reason}"
    return (line, column), "yaml-syntax", "valid YAML", reason
