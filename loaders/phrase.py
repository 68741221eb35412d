"""Reading a figure phrase as it stands in print: numbers, ranges, numerals in words."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

_TAG = re.compile(r"<[^<>]*>")  # a sign before the next one closes nothing: of many, each would look for an end
# What no reader sees: soft hyphens, joiners, marks of direction and byte order.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]+")
_DROPPED = re.compile(r"[\s*#]+")
# Only the ASCII comma: a full-width one parts the figures of a Chinese list.
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?!,?\d)")
_DASHES = re.compile(r"[—–―‐‑−~]+")
# A year is a date and not a figure; what follows a slash belongs to the unit (12/10万).
_YEAR = r"(?:19|20)\d\d(?:-(?:19|20)\d\d)?年"
_NUMBER = re.compile(rf"(?<![\d./])(?!{_YEAR})(\d+(?:\.\d+)?)(?:-(\d+(?:\.\d+)?))?(?!\d)")
# The same in text that keeps its spaces. Digits joined by a sign that is not read here (4,5 or 5・0) are no figure.
_DECIMAL = r"\d+(?:\.\d+)?"
_PUBLISHED = re.compile(
    rf"(?<![\d./])(?<!\d[,・·'’])(?!(?:19|20)\d\d(?: ?- ?(?:19|20)\d\d)? ?年)"
    rf"({_DECIMAL})(?: ?- ?({_DECIMAL}))?(?![.,・·'’]?\d)"
)
_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_POWERS = {"十": 10, "百": 100, "千": 1000}
# Whole numerals below ten thousand, no power skipped and none without its digit but a leading 十.
_NUMERAL = re.compile("(D千(?=$|D百))?(D百(?=$|D十))?(D?十)?(D)?".replace("D", f"[{''.join(_DIGITS)}]"))
# Before a numeral these make it part of another number: 一万五千, 十几, 二十多, 1.5万.
_NUMERAL_BEFORE = "(?<![DP零〇万亿几多余数\\d])([DP]*)".replace("D", "".join(_DIGITS)).replace("P", "".join(_POWERS))


@dataclass(frozen=True)
class Stated:
    """A figure that a phrase states: both ends (equal unless a range), what follows it and what precedes it."""

    low: Decimal
    high: Decimal
    rest: str
    before: str = ""


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Text for comparison: no markup, no space, one kind of dash, digit and bracket, no separator of thousands.

    The machine-read text varies in all of these around figures.
    """
    return _DASHES.sub("-", _DROPPED.sub("", _even(text)))


def spaced(text: str) -> str:
    """Like `plain`, but with single spaces: in English they part a number from the next, and a unit from a word."""
    # Made ASCII, a full-width comma between two figures would join them.
    return " ".join(_DASHES.sub("-", re.sub("[*#]+", "", _even(text.replace("，", ", ")))).split())


def _even(text: str) -> str:
    seen = _UNSEEN.sub("", _TAG.sub("", text))
    return unicodedata.normalize("NFKC", _THOUSANDS.sub(lambda match: match[0].replace(",", ""), seen))


def figures(phrase: str) -> tuple[Stated, ...]:
    """The figures in Arabic digits of a `plain` phrase, in order, years left out."""
    return tuple(
        Stated(Decimal(match[1]), Decimal(match[2] or match[1]), phrase[match.end() :])
        for match in _NUMBER.finditer(phrase)
    )


def published(phrase: str) -> tuple[Stated, ...]:
    """The figures in Arabic digits of a `spaced` phrase in whatever language, in order, years of Chinese left out."""
    return tuple(
        Stated(Decimal(match[1]), Decimal(match[2] or match[1]), phrase[match.end() :], phrase[: match.start()])
        for match in _PUBLISHED.finditer(phrase)
    )


def around(phrase: str, position: int) -> str:
    """The text next to the figure at `position`: from the figure before it to the figure after it."""
    found = list(_NUMBER.finditer(phrase))
    if not 1 <= position <= len(found):
        return phrase
    start = found[position - 2].end() if position > 1 else 0
    end = found[position].start() if position < len(found) else len(phrase)
    return phrase[start:end]


def figures_in_words(
    phrase: str, spellings: Iterable[str], value_words: Iterable[tuple[str, Decimal]]
) -> tuple[Stated, ...]:
    """The figures that a `plain` phrase states without digits, for a unit's spellings.

    五百亿级 is 500 with the unit 亿级; 突破千亿元 has no numeral before 千亿元 and
    counts one of it; a value word such as 全覆盖 stands for the value given for it.
    """
    found: list[tuple[int, Stated]] = []
    for spelling in filter(None, spellings):
        for match in re.finditer(f"{_NUMERAL_BEFORE}({re.escape(spelling)})", phrase):
            if value := numeral(match[1] or "一"):
                found.append((match.start(2), Stated(Decimal(value), Decimal(value), phrase[match.start(2) :])))
    for word, worth in value_words:
        for match in re.finditer(re.escape(word), phrase):
            found.append((match.start(), Stated(worth, worth, phrase[match.end() :])))
    return tuple(stated for _, stated in sorted(found, key=lambda item: item[0]))


def numeral(text: str) -> int | None:
    """五百 is 500, 十二 is 12, 一千二百三十 is 1,230.

    None for what is no such numeral below ten thousand, and for forms that can be
    read in two ways (二百五) or hold a zero (一百零五): no figure is guessed.
    """
    match = _NUMERAL.fullmatch(text)
    parts = [part for part in match.groups() if part] if match else []
    return sum(_DIGITS.get(part[0], 1) * _POWERS.get(part[-1], 1) for part in parts) or None


def occurrences(text: str, phrase: str) -> list[int]:
    """Where a `plain` phrase stands in a `plain` text, not counting those that end or
    begin inside a longer number (0.6 in 0.65)."""
    before = r"(?<![\d.])" if phrase[:1].isdigit() else ""
    after = r"(?!\d|\.\d)" if phrase[-1:].isdigit() else ""
    return [match.start() for match in re.finditer(before + re.escape(phrase) + after, text)]
