"""Whether a published figure agrees with its own phrase.

The phrase is in whatever language its source is. It may state several figures; one must be the value with
its unit. Signs are not compared: a fall is printed with a minus as often as with a word.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from loaders import phrase
from loaders.models import Figure, Plan, Word
from loaders.phrase import Stated, plain, spaced
from loaders.problem import quoted
from loaders.units import UnitTable

# Behind a number without a unit these make it another number.
_SCALE = re.compile("[十百千万亿萬億多余餘]|(hundred|thousand|million|billion|trillion|mln|bn)(?![a-z])", re.IGNORECASE)
# Behind a unit these make it another unit (亿千瓦时, GW·h); before a number these make it part of another one (0点5,
# 10×50亿, 十5亿) or the number of a thing (第61号).
_GOES_ON = re.compile(r"[·²³]|/(?! ?(?:年|year|yr))|时(?![期间候点])| ?hours?(?![a-z])", re.IGNORECASE)
_PART = re.compile(r"(?:[\d点•‧٫×_十百千]|第)$")
_TO = re.compile(" ?(?P<unit>.*?) ?(?:-|to|至|到|and) ?")


@dataclass(frozen=True)
class Slip:
    """What is wrong with a figure, at which of its keys."""

    key: str
    code: str
    expected: str
    found: str


@dataclass(frozen=True)
class Read:
    """A figure of a phrase: its ends, the unit behind it as the table spells it or "", the text behind and before."""

    low: Decimal
    high: Decimal
    unit: str
    after: str
    before: str

    def __str__(self) -> str:
        ends = str(self.low) if self.low == self.high else f"{self.low}—{self.high}"
        return f"{ends} {self.unit or self.after[:12]}".rstrip()

    @property
    def whole(self) -> bool:
        """Whether neither the number nor its unit is a part of a longer one."""
        return not _PART.search(self.before) and not (self.unit and _GOES_ON.match(self.after))

    @property
    def bare(self) -> bool:
        return not self.unit and not _SCALE.match(self.after)


def slips(table: UnitTable, plan: Plan, dimension: str, figure: Figure) -> Iterator[Slip]:
    """What a figure of an indicator of `dimension` and its phrase contradict each other in."""
    names = table.spellings_in(dimension, figure.unit)
    if not names:  # that the unit is not of this dimension is another rule's to say
        return
    ends = tuple(sorted(abs(end) for end in (figure.value[0], figure.value[-1])))
    found = _read(table, figure.printed, names)
    same = [read for read in found if (read.low, read.high) == ends]
    # Without a unit of its own in print (a coefficient), a figure is bare; with one, that is named.
    hits = [read for read in same if read.unit in names and (read.unit or read.bare) and read.whole]
    words = _in_words(plan, figure, names)
    if hits or ends[0] in words:
        yield from _needless(figure)
        yield from _comparator(plan, figure, hits)
        return
    others = [read for read in found if read.unit in table.spellings_in(dimension)]
    bare = any(read.bare or (read.unit and read not in others) for read in same)
    if bare if figure.unread == "unit" else figure.unread and not others:
        return
    readings = [str(read) for read in others or found] or [str(word) for word in words] or ["no figure"]
    wanted = f"{'—'.join(map(str, figure.value))} {figure.unit}"
    yield Slip("printed", "printed-value", wanted, f"{', '.join(readings)} in {quoted(figure.printed)}")


def _read(table: UnitTable, printed: str, names: tuple[str, ...]) -> list[Read]:
    text = spaced(printed)
    found: list[Read] = []
    last: Stated | None = None
    end = 0
    for stated in phrase.published(text):
        if len(stated.before) < end:  # part of a unit: per 1,000, m3
            continue
        unit, after = table.unit_of(stated.rest)
        end = len(text) - len(after)
        low, before = stated.low, stated.before
        if last and (between := _joined(last, stated, len(text), names)):
            # What a figure rose from is no end of a range, unless it is: from 4 to 5 is read in both ways.
            low, before = last.low, last.before
            if between == "range":
                found.pop()
            else:
                found.append(Read(stated.low, stated.high, unit, after, stated.before))
        found.append(Read(low, stated.high, unit, after, before))
        last = stated
    return found


def _joined(first: Stated, second: Stated, length: int, names: tuple[str, ...]) -> str:
    """Whether two figures are the ends of one range, the first without its unit or with a part of it."""
    match = _TO.fullmatch(second.before[length - len(first.rest) :])
    if not match or not any(name.startswith(plain(match["unit"])) for name in names):
        return ""
    before = first.before.rstrip().lower()
    if match[0].strip().endswith("and"):
        return "range" if before.endswith("between") else ""
    return "either" if before.endswith(("从", "自", "由", "from")) else "range"


def _in_words(plan: Plan, figure: Figure, names: tuple[str, ...]) -> list[Decimal]:
    if "value-from-words" not in figure.flags:
        return []
    meant = [(plain(word.word), word.value) for word in plan.value_words if plain(word.unit) in names]
    return [stated.low for stated in phrase.figures_in_words(plain(figure.printed), names, meant)]


def _needless(figure: Figure) -> Iterator[Slip]:
    if figure.unread:
        yield Slip("unread", "unread-reason", "no such key", figure.unread)


def _comparator(plan: Plan, figure: Figure, hits: list[Read]) -> Iterator[Slip]:
    """A word for a comparator directly beside the figure is a word for that of the figure."""
    said = [_said(plan.words, read) for read in hits]
    if figure.comparator != "range" and said and all(means and figure.comparator not in means for means in said):
        wanted = " or ".join(sorted(set().union(*said)))
        yield Slip("printed", "printed-comparator", wanted, f"{figure.comparator} with {quoted(figure.printed)}")


def _said(words: tuple[Word, ...], read: Read) -> set[str]:
    # Longest first: 不低于 must not be read as 低于, nor "no less than" as "less than".
    known = sorted(words, key=lambda word: -len(word.word))
    before = _first(known, r"(?<![a-z]){} ?$", read.before)
    return before | _first(known, "^ ?{}(?![a-z])", read.after)


def _first(known: list[Word], pattern: str, text: str) -> set[str]:
    for word in known:
        if re.search(pattern.format(re.escape(spaced(word.word).lower())), text.lower()):
            return set(word.means)
    return set()
