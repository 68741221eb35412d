"""What an indicator's chart by year is made of: which figures are drawn beside a target, and which are not."""

from dataclasses import dataclass
from fractions import Fraction

from charts.entries import Entry, entries
from charts.years import OTHER
from evidence.amount import goal
from evidence.baseline import Baseline, choose
from evidence.kinds import ADDED
from evidence.standing import Counted, counted
from loaders.book import Book
from loaders.models import Indicator, Target
from wording import Language
from wording.numbers import shown

# A figure that is not comparable is not drawn beyond this many times all that is: that would lie flat on the ground.
_BEYOND = 2


@dataclass(frozen=True)
class Scene:
    """What a chart by year is made of. `listed` stand beside it: the far ones, which would crush the rest, and those
    without a day. `hidden`, `lesser` and `unfit` count what a reader hides, what a better source leaves out, and what
    must stand beside no target of this sort."""

    book: Book
    indicator: Indicator
    target: Target
    language: Language
    pattern: str
    factor: Fraction
    baseline: Baseline | None
    counted: Counted | None
    drawn: tuple[Entry, ...]
    far: tuple[Entry, ...]
    undated: tuple[Entry, ...]
    hidden: int
    lesser: int
    unfit: int

    @property
    def unit(self) -> str:
        return " ".join(self.pattern.replace("{}", "").split())

    @property
    def added(self) -> bool:
        """Whether the target counts from zero."""
        return self.target.kind in ADDED

    @property
    def ends_of_years(self) -> bool:
        """Whether ticks stand at the end of a year: that is when a stock, or what is added up, is complete."""
        return self.indicator.measure == "stock" or self.added


def scene(book: Book, indicator: Indicator, target: Target, language: Language, context: bool) -> Scene:
    """What is drawn of an indicator beside a target, and what is not; without `context` nothing grey."""
    stated, in_words = target.stated, "value-from-words" in target.flags
    pattern, factor, _ = shown(book.units, indicator.dimension, stated.unit or "", language, in_words)
    baseline = None if target.kind in ADDED else choose(book, indicator, target)
    found, lesser = entries(book, indicator, target, baseline.figure if baseline else None)
    known = [end.value for end in goal(book, indicator, target)]
    known += [end for one in found if one.sort not in OTHER for end in one.amounts]
    reach = _BEYOND * max(map(abs, known))
    dated = [one for one in found if one.at is not None]
    near = [one for one in dated if one.sort not in OTHER or max(map(abs, one.amounts)) <= reach]
    drawn = [one for one in near if context or one.sort not in OTHER]
    valid = sum(not figure.superseded for figure in (*indicator.observations, *indicator.rivals))
    return Scene(
        book, indicator, target, language, pattern, factor, baseline, counted(book, indicator, target), tuple(drawn),
        tuple(one for one in dated if one not in near), tuple(one for one in found if one.at is None),
        len(near) - len(drawn), lesser, valid - lesser - sum(len(one.figures) for one in found),
    )  # fmt: skip
