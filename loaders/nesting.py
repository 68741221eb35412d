"""How deep YAML text is nested, counted without a parser.

Parsers look ahead, and each release gives up at a depth of its own before it tells
how deep it was. This count is for text that a parser refused: it need not
judge the text, only see where a collection opens.
"""

import re
from dataclasses import dataclass, field

_QUOTED = re.compile(r"'(?:[^']++|'')*+'|\"(?:[^\"\\]++|\\.)*+\"", re.DOTALL)
_WORD = re.compile(r"(?:(?!:(?:\s|\Z)|[ \t]#)[^\r\n])+")
_WORD_IN_FLOW = re.compile(r"(?:(?!:(?:[\s,\[\]{}]|\Z)|[ \t]#)[^\r\n,\[\]{}])+")
_LABEL = re.compile(r"[&!*][^\s,\[\]{}]*")
_BLOCK_TEXT = re.compile(r"[|>][-+0-9]*[ \t]*(?=[\r\n]|#|\Z)")
_KEY = re.compile(r"[ \t]*:(?=[\s,\[\]{}]|\Z)")
_ENTRY = re.compile(r"[-?:](?=\s|\Z)")
_GAP = re.compile(r"(?:[ \t\r\n]|(?:(?<=\s)|(?<!.))#[^\r\n]*)+", re.DOTALL)
_MARK = re.compile(r"(?:---|\.\.\.)(?=\s|\Z)|%[^\r\n]*")


@dataclass
class _Reader:
    """Walks through a text; `blocks` are the columns of open block collections and the sign that opened each."""

    text: str
    most: int
    at: int = 0
    line: int = 0
    flow: int = 0
    blocks: list[tuple[int, str]] = field(default_factory=list)

    def deep(self) -> bool:
        return len(self.blocks) + self.flow > self.most

    def opens(self, column: int, sign: str) -> bool:
        """A block collection goes on or opens at a column; whether that is too deep."""
        while self.blocks and self.blocks[-1][0] > column:
            self.blocks.pop()
        if self.blocks[-1:] == [(column, "-")] and sign != "-":  # a list may stand as far left as its key
            self.blocks.pop()
        if self.blocks[-1:] != [(column, sign)]:
            self.blocks.append((column, sign))
        return self.deep()

    def take(self, pattern: re.Pattern[str]) -> str:
        """What the pattern finds here, passed over; empty where it finds nothing."""
        found = pattern.match(self.text, self.at)
        passed = found[0] if found else ""
        if ends := [end.end() for end in re.finditer(r"[\r\n]", passed)]:
            self.line = self.at + ends[-1]
        self.at += len(passed)
        return passed


def beyond(text: str, most: int) -> int | None:
    """The index of the first collection that lies deeper than `most` levels."""
    reader = _Reader(text, most)
    fresh = True  # whether a block collection may open here: at the start of a line, and behind a dash
    while reader.at < len(text):
        gap = reader.take(_GAP)
        fresh = fresh or "\n" in gap or "\r" in gap or not reader.at
        start = reader.at
        if start == len(text):
            break
        column = start - reader.line
        if not column and not reader.flow and reader.take(_MARK):
            reader.blocks.clear()
        elif not reader.flow and fresh and (sign := reader.take(_ENTRY)):
            if reader.opens(column, "-" if sign == "-" else ":"):
                return start
        elif text[start] in "[{":
            reader.at, reader.flow = start + 1, reader.flow + 1
            if reader.deep():
                return start
        elif reader.flow and text[start] in "]},:":
            reader.at, reader.flow = start + 1, reader.flow - (text[start] in "]}")
            fresh = False
        elif reader.take(_LABEL):
            pass  # it belongs to what follows, which may open a collection here
        elif not reader.flow and reader.take(_BLOCK_TEXT):
            _pass_lines(reader)
        else:
            if _passes_word(reader, start) and fresh and not reader.flow and reader.opens(column, ":"):
                return start
            fresh = False
    return None


def _passes_word(reader: _Reader, start: int) -> bool:
    """Goes to the end of a text, quoted or plain; whether it is a key."""
    quote = reader.text[start] in "'\""
    if quote and not reader.take(_QUOTED):
        reader.at = len(reader.text)  # all the rest is text
    elif not quote and not reader.take(_WORD_IN_FLOW if reader.flow else _WORD):
        reader.at += 1
    key = bool(reader.take(_KEY))
    if not (key or quote or reader.flow):
        _pass_lines(reader)
    return key


def _pass_lines(reader: _Reader) -> None:
    """Goes to the end of a text that goes on over the lines that are indented more than what holds it."""
    least = reader.blocks[-1][0] + 1 if reader.blocks else 0
    more = re.compile(rf"[^\r\n]*(?:[\r\n]+(?: {{{least}}}[^\r\n]*|[ \t]*(?=[\r\n]|\Z)))*")
    reader.take(more)
