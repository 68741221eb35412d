"""Characters that nobody sees, or that are no letters: which ones they are and what they are called."""

import unicodedata
from collections.abc import Iterator

# Blank or without a shape of their own, whatever their category says: fillers, joiners of marks, Braille's blank,
# choosers of a glyph, and the sign for a character that was lost on the way.
_NOTHING = {0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0, 0xFFFD}
_NOTHING |= {*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}
_BREAKS = "\t\n\r"
_WIDE_SPACE = "\u3000"
_JOINERS = "\u200c\u200d"
_VIRAMA = 9


def _is_odd(char: str) -> bool:
    category, code = unicodedata.category(char), ord(char)
    if category == "Cn":  # the planes of Chinese characters fill up from one Python to the next
        return not 0x20000 <= code < 0x3FFFE
    if category == "Zs":  # the full-width space is part of Chinese headings
        return char not in (" ", _WIDE_SPACE)
    return category in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp") or code in _NOTHING


def odd(text: str) -> Iterator[int]:
    """Where characters stand that a data file has no use for.

    Joiners are letters of some scripts: behind a virama or a letter that is written from right to left they stay.
    Tabs and line ends are left to those who know whether they fit.
    """
    strange = {char for char in set(text) if _is_odd(char)} - set(_BREAKS)
    for index, char in enumerate(text) if strange else ():
        if char in strange and not (char in _JOINERS and index and _joins(text[index - 1])):
            yield index


def _joins(before: str) -> bool:
    return unicodedata.combining(before) == _VIRAMA or unicodedata.bidirectional(before) == "AL"


def named(char: str) -> str:
    """U+200B ZERO WIDTH SPACE."""
    kinds = {"Cc": "CONTROL CHARACTER", "Co": "PRIVATE USE", "Cn": "UNASSIGNED", "Cs": "SURROGATE"}
    return f"U+{ord(char):04X} {unicodedata.name(char, kinds.get(unicodedata.category(char), 'UNNAMED'))}"


def shown(text: str) -> str:
    """The text on one line, with what cannot be seen, or told from a space, by its number."""
    hidden = {*odd(text), *(index for index, char in enumerate(text) if char in _BREAKS + _WIDE_SPACE)}
    return "".join(f"<U+{ord(char):04X}>" if index in hidden else char for index, char in enumerate(text))
