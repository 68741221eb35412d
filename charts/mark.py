"""One mark of a chart by year: what it stands for, how large it is, how it is drawn and what stands beside it."""

from collections.abc import Iterator
from dataclasses import dataclass

from charts import style
from wording import Language
from wording.texts import say

# The width in half-ems of a word that must be broken.
_WORD = 14
# What is not comparable, or cannot be a start: figures and goals.
OTHER = ("context", "rival other")


@dataclass(frozen=True)
class Mark:
    """A figure of a `sort` (see style.MARKS) at a time in years (mid-2031 is 2031.5), with one or two ends in the
    chart's unit. `cells` say what it is, its value and period, and its sources; `value` is the bare value, `word` what
    a figure is that is not comparable; `over` is the time from year to year that a rate holds for. One that is only
    `partial`ly comparable is half filled, one that only copies print (`unverified`) hollow."""

    sort: str
    at: float
    ends: tuple[float, ...]
    cells: tuple[str, str, str]
    value: str = ""
    word: str = ""
    partial: bool = False
    unverified: bool = False
    over: tuple[int, int] | None = None

    @property
    def look(self) -> style.Look:
        return style.MARKS[self.sort]

    def size(self, type_size: int) -> float:
        """A mark grows with the type."""
        return max(self.look.size, self.look.size * type_size / 18)

    def half(self, type_size: int) -> float:
        """From its middle to its outermost point."""
        return self.size(type_size) / 2 * (1.3 if self.look.symbol.startswith("diamond") else 1) + 1


def rank(mark: Mark) -> tuple[int, float]:
    """Whose words come first where there is not room for all."""
    return (0, -mark.at) if mark.sort == "point" else (2 if mark.sort in OTHER else 1, 0)


def texts(mark: Mark, language: Language) -> Iterator[tuple[str, ...]]:
    """The words beside a mark, the fullest first."""
    if mark.word:
        yield (say(language, "years.label", value=mark.value, word=mark.word),)
        yield (mark.value, mark.word)
        yield (mark.value, *style.lines(mark.word, _WORD))
    yield (mark.value,)


def symbol(mark: Mark, aside: float) -> str:
    """A mark is moved away from where its head turns: what is flat must stand upright before."""
    symbol = mark.look.symbol.replace("-wide", "-tall") if aside else mark.look.symbol
    return symbol + ("-open" if mark.unverified or mark.partial else "")


def halves(mark: Mark, aside: float, size: int) -> Iterator[style.Note]:
    """What fills a half of a mark that is only partly comparable."""
    if mark.partial:
        for end in mark.ends:
            yield style.half(mark.look, mark.at, end, mark.size(size), mark.unverified, aside)
