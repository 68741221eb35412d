"""Slips of the keyboard: what was typed instead of what YAML, or a field, wants.

Full-width signs are right inside Chinese sentences. So a line is looked at only where a parser has already
refused it, or where a value is none of those that the field allows.
"""

import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass

from loaders.fields import last_day
from loaders.letters import named
from loaders.problem import quoted

# A slip further along a line is not looked for: the patterns may not take long over any text.
_LONG = 2_000
_START = r"(?:^|[{,，｛])[ \u3000]*(?:[-－][ \u3000]+)*"
_KEY = r"[\"']?[A-Za-z_][A-Za-z0-9_-]*[\"']?"
# What stands in a line instead of what: the group is the slip.
_WIDE = (
    (re.compile(rf"{_START}{_KEY}[ \u3000]*(：)"), "':' and a space"),
    (re.compile(r"^ *(?:- +)*(\u3000)"), "a plain space"),
    (re.compile(rf"(?:^ *-|{_START}{_KEY}:)(\u3000)"), "a plain space"),
    (re.compile(r"^ *([－—–])[ \u3000]"), "'-' and a space"),
    (re.compile(rf"[{{｛].*([，、；;])[ \u3000]*{_KEY}[ \u3000]*[:：]"), "','"),
    (re.compile(rf"(?:^ *-|{_START}{_KEY}:) +([｛［【「『])"), "'{', '[' or a quote"),
    (re.compile(r"[{\[][^}\]]*([｝］】])"), "'}' or ']'"),
    (re.compile(r"(?::|-|[{\[,]) *\"[^\"]*([”“＂])"), "'\"'"),
    (re.compile(r"(?::|-|[{\[,]) *'[^']*([’‘＇])"), '"\'"'),
)
_SPACE = "a space behind ':'"
_TIGHT = re.compile(rf"{_START}{_KEY}(:)(?=[^\s/])")
_BARE = re.compile(rf"^ *(?:- +)*{_KEY}: +(?=[%@`]|[^\"'\[{{|>&*!#][^#]*: )")
_KEY_SLIP = re.compile(rf"{_KEY}(：|\u3000|:(?=[^/]))")

# A leading zero may be an octal number: no reading is guessed.
_DIGITS = r"((?!0\d)(?:\d{1,3}(?:[,'’ ]\d{3})+|\d{1,18})(?:\.\d{1,18})?)"
_NUMBER = re.compile(rf"(-?){_DIGITS}\s*([^\d.]*)")
_BETWEEN = "[-~～至到/]"
_RANGE = re.compile(rf"{_DIGITS}\s*{_BETWEEN}\s*{_DIGITS}\s*\D*")
_TWO = re.compile(rf"{_DIGITS}\s*[,、;]\s*{_DIGITS}")
# A plain text that stands in full-width quotes as a whole.
_WRAPPED = re.compile("([“‘＂＇])[^”’＂＇]*[”’＂＇]")
_QUOTES = "“”‘’「」\"' "
_DAY = re.compile(r"(\d{4})(?:年|[-./年](\d{1,2})(?:月|[-./月](\d{1,2})日?)?)?")
_YEARS = re.compile(rf"(\d{{4}})年?{_BETWEEN}(\d{{4}})年?")
_MONTHS = re.compile(rf"(\d{{4}})年(\d{{1,2}})月?{_BETWEEN}(\d{{1,2}})月")


@dataclass(frozen=True)
class Slip:
    """`line` counts from 0, `column` likewise."""

    line: int
    column: int
    code: str
    expected: str
    found: str


def in_text(lines: list[str], refused: int, begun: int | None = None) -> Slip | None:
    """The slip for which a parser refused line `refused`, while inside what it had begun in line `begun`, if any.

    It goes on reading as long as a text may go on, so the slip often stands in a line above.
    """
    above = [line for line in range(min(refused, len(lines) - 1), (begun or 0) - 1, -1) if lines[line].strip()]
    blamed = [refused] if begun is None else [begun, refused]
    for line in dict.fromkeys((*blamed, *above[:3])):
        for pattern, wanted in _WIDE if line < len(lines) else ():
            if found := pattern.search(lines[line], 0, _LONG):
                return Slip(line, found.start(1), "yaml-wide", wanted, named(found[1]))
    return next(filter(None, (_spacing(line, lines[line][:_LONG]) for line in blamed if line < len(lines))), None)


def _spacing(line: int, text: str) -> Slip | None:
    if found := _TIGHT.search(text):
        return Slip(line, found.end(1), "yaml-space", _SPACE, quoted(text[found.start() :].strip(" -{,")))
    if found := _BARE.search(text):
        return Slip(line, found.end(), "yaml-quotes", "quotes around the text", quoted(text[found.end() :].strip()))
    return None


def in_key(key: str) -> Slip | None:
    """A key that has swallowed its colon, with what was to follow."""
    if not (found := _KEY_SLIP.match(key)):
        return None
    if found[1] == ":":
        return Slip(0, found.end(), "yaml-space", _SPACE, quoted(key))
    wanted = "':' and a space" if found[1] == "：" else "no space"
    return Slip(0, found.start(1), "yaml-wide", wanted, named(found[1]))


def in_word(text: str) -> Slip | None:
    """A plain text whose quotes were meant for YAML; where they are part of it, quotes around it say so."""
    found = _WRAPPED.fullmatch(text)
    return Slip(0, 0, "yaml-wide", f"'{text[1:-1]}' in straight quotes", named(found[1])) if found else None


def _flat(text: str) -> str:
    """The text with ASCII signs, one kind of dash, and no quotes around it."""
    return re.sub("[‐-―−]+", "-", unicodedata.normalize("NFKC", text)).strip(_QUOTES)


def number(text: str) -> str:
    """How the number that somebody wrote as this text is to be written; empty where none is meant."""
    flat = _flat(text)
    if found := _RANGE.fullmatch(flat):
        return f"[{_digits(found[1])}, {_digits(found[2])}]"
    if found := _NUMBER.fullmatch(flat):
        sign, digits, rest = found.groups()
        return f"{sign}{_digits(digits)}" + (f", without {rest.strip()!r}" if rest.strip() else "")
    found = _TWO.fullmatch(flat)
    return f"[{_digits(found[1])}, {_digits(found[2])}] if these are two numbers" if found else ""


def _digits(text: str) -> str:
    return re.sub("[,'’ ]", "", text)


def period(text: str) -> str:
    """How a date or period that somebody wrote as this text is to be written; empty where that is not sure."""
    flat = "".join(_flat(text).split())
    if months := _MONTHS.fullmatch(flat):
        days = [f"{months[1]}-{int(month):02}" for month in months.groups()[1:]]
    elif years := _YEARS.fullmatch(flat):
        days = list(years.groups())
    else:
        found = _DAY.fullmatch(flat)
        days = ["-".join(f"{int(part):02}" for part in found.groups() if part)] if found else []
    with suppress(ValueError):
        return "/".join(days) if sorted(days, key=last_day) == days else ""
    return ""
