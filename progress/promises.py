"""What earlier goals came to: each target that somebody else set and whose time is over, held against the observation
of its own time, by the rules by which the plan's own targets are judged.

A goal is kept, missed, or nobody can say. One figure must speak of the goal's own time and be comparable with it:
both are `same` as one target, or a person judged the two (`outcomes` of the goal). The goals of the nation are held
against national figures and are no part of any count.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Literal, get_args

from evidence.amount import amounts
from evidence.baseline import Candidate, best, contradicts, end, same_time
from loaders.book import Book, Sector
from loaders.models import GRADES, Figure, Indicator, Judgement, Rival
from loaders.outcomes import both_same, within
from progress.bounds import Bounds, of_figure, promised
from progress.figures import Chosen, weak

Came = Literal["kept", "missed", "cannot_say"]
CAME: tuple[Came, ...] = get_args(Came)
# fmt: off
Because = Literal[
    "no_outcome", "part_of_period", "not_judged", "not_comparable", "disputed", "inexact", "measure_not_named",
    "superseded",
]
# fmt: on
BECAUSE: tuple[Because, ...] = get_args(Because)
# What was set by, or for, a place that is neither the whole region nor the nation is no promise of either.
ELSEWHERE = ("city", "station")


@dataclass(frozen=True)
class Promise:
    """A goal whose time is over. `outcome` is the observation that it was held against, with how the two compare.

    `missed_by` is the distance of the outcome from the printed goal in the canonical unit, never below 0; of an
    outcome that is a bound it is the least. `because` says why there is no verdict; a verdict is tentative for the
    doubts in `tentative`. `again`: the same goal stands here already, in another document or under another indicator.
    """

    book: Book
    sector: Sector
    indicator: Indicator
    rival: Rival
    national: bool
    came: Came = "cannot_say"
    because: Because | None = None
    bounds: Bounds | None = None
    outcome: Chosen | None = None
    missed_by: Fraction | None = None
    tentative: tuple[str, ...] = ()
    again: bool = False

    @property
    def checked(self) -> bool:
        return self.came != "cannot_say"

    @property
    def firm(self) -> bool:
        return self.checked and not self.tentative

    @property
    def missed_percent(self) -> Fraction | None:
        """What was missed as a share of the printed goal, in %; None of a goal of zero."""
        if self.missed_by is None or not self.bounds or not self.outcome:
            return None
        goal = abs(self.bounds.path_end(self.outcome.amount.value))
        return 100 * self.missed_by / goal if goal else None


def promises(book: Book, asof: date) -> tuple[Promise, ...]:
    """The goals for the whole region, or for a part of it, whose time was over by a day."""
    return _judged(book, asof, national=False)


def national(book: Book, asof: date) -> tuple[Promise, ...]:
    """The goals of the nation, against national figures."""
    return _judged(book, asof, national=True)


def of_indicator(book: Book, indicator: Indicator, asof: date) -> tuple[Promise, ...]:
    """The goals of one indicator alone: `again` are only those that it has twice itself."""
    return _judged(book, asof, national=False, only=indicator)


def _judged(book: Book, asof: date, *, national: bool, only: Indicator | None = None) -> tuple[Promise, ...]:
    made = (
        judge(Promise(book, sector, indicator, rival, national))
        for sector, indicator, rival in _over(book, asof)
        if only is None or only is indicator
        if extents(rival).isdisjoint(ELSEWHERE) and _national(rival) == national
    )
    return _once(tuple(made))


def _over(book: Book, asof: date) -> Iterator[tuple[Sector, Indicator, Rival]]:
    for sector in book.sectors:
        for indicator in sector.indicators:
            for rival in indicator.rivals:
                if rival.period and end(rival) <= asof:
                    yield sector, indicator, rival


def extents(figure: Figure) -> set[str | None]:
    """What a figure covers, as far as somebody said so."""
    return {pair.extent for pair in figure.pairs}


def _national(figure: Figure) -> bool:
    return "nation" in extents(figure)


def judge(promise: Promise) -> Promise:
    """What a goal came to."""
    indicator, rival = promise.indicator, promise.rival
    if rival.superseded:
        return replace(promise, because="superseded")
    if all(target.kind == "scale" for target in indicator.targets):
        return replace(promise, because="measure_not_named")
    promise = replace(promise, bounds=promised(promise.book, indicator, rival))
    seen = [one for one in indicator.observations if not one.superseded and _national(one) == promise.national]
    whole = [one for one in seen if _due(indicator, rival, one)]
    if found := _comparable(rival, whole):
        return _against(promise, found)
    # A state that is reached within the last year of its time is reached, as the plan's own are.
    early = _comparable(rival, [one for one in seen if _early(indicator, rival, one)])
    if early and (held := _against(promise, early)).came == "kept":
        return held
    return replace(promise, because=_why(promise, seen))


def _why(promise: Promise, seen: Sequence[Figure]) -> Because:
    """Why no observation says what a goal came to: the reason that is nearest to an answer."""
    indicator, rival = promise.indicator, promise.rival
    near = [one for one in seen if _due(indicator, rival, one) or _early(indicator, rival, one)]
    if any(judgement(rival, one) is None for one in near):
        return "not_judged"
    inside = [one for one in seen if within(indicator, one, str(rival.period)) and not _due(indicator, rival, one)]
    if _comparable(rival, inside) or any(_but_for_the_time(rival, one) for one in inside):
        return "part_of_period"
    return "not_comparable" if near else "no_outcome"


def _but_for_the_time(rival: Rival, figure: Figure) -> bool:
    """Whether nothing but the time keeps goal and observation from being the same as one target."""
    alike = [
        {pair.target for pair in one.pairs if pair.comparability == "same" or pair.differs == ("period",)}
        for one in (rival, figure)
    ]
    return bool(alike[0] & alike[1])


def _state(indicator: Indicator, figure: Figure) -> bool:
    """Whether a figure is that of a moment: a stock, or the rate of one day."""
    measure = figure.measure or indicator.measure
    return measure == "stock" or (measure == "rate" and len(figure.period or "") == len("2031-09-30"))


def _due(indicator: Indicator, rival: Rival, figure: Figure) -> bool:
    """Whether an observation speaks of just the time of a goal, or of the state at its end."""
    if figure.period is None:
        return False
    at_its_end = _moments(indicator, rival, figure) and end(figure) == end(rival)
    return at_its_end or same_time(indicator, figure, rival)


def _early(indicator: Indicator, rival: Rival, figure: Figure) -> bool:
    """Whether an observation is that of a state before the end of a goal's last year."""
    if figure.period is None or not _moments(indicator, rival, figure):
        return False
    return end(figure) < end(rival) and end(figure).year == end(rival).year


def _moments(indicator: Indicator, rival: Rival, figure: Figure) -> bool:
    """Whether both are of one measure, and the observation that of a moment."""
    return _state(indicator, figure) and (rival.measure or indicator.measure) == (figure.measure or indicator.measure)


def judgement(rival: Rival, figure: Figure) -> Judgement | None:
    """How an observation compares with a goal; None where nobody has judged, which leaves nothing to say."""
    told = (one for one in rival.outcomes if (one.source, one.period) == (figure.source, figure.period))
    if outcome := next(told, None):
        return outcome
    shared = {pair.target for pair in rival.pairs if pair.comparability == "same"}
    if not both_same(rival, figure):
        return None
    return next(pair for pair in figure.pairs if pair.comparability == "same" and pair.target in shared)


def _comparable(rival: Rival, figures: Iterable[Figure]) -> list[Candidate]:
    judged = ((one, judgement(rival, one)) for one in figures)
    return [(one, said) for one, said in judged if said and said.comparability != "different"]


def _against(promise: Promise, found: Sequence[Candidate]) -> Promise:
    """What a goal came to by the first of its observations in the order of the baseline rule.

    Of those that are comparable and verified alike, one that settles the question goes before a bound that leaves it
    open. Two of them that contradict each other, so that one keeps the goal and the other not, settle nothing; any
    other contradiction makes the verdict tentative.
    """
    book, indicator = promise.book, promise.indicator
    first = best(book, indicator, found)
    assert first and promise.bounds
    top = _step(book, first.figure, first.pair)
    peers = [one for one in found if _step(book, *one) == top]
    settled = [one for one in peers if _holds(promise, one[0]) is not None]
    chosen = best(book, indicator, settled) or first
    against = [one for one, _ in found if contradicts(book, indicator, chosen.figure, one)]
    chosen = replace(chosen, conflicting=bool(against))
    held = _holds(promise, chosen.figure)
    promise = replace(promise, outcome=chosen)
    if any(_holds(promise, one) is not held for one, _ in peers if one in against):
        return replace(promise, because="disputed")
    if held is None:
        return replace(promise, because="inexact")
    missed = None if held else _distance(promise, chosen)
    return replace(promise, came="kept" if held else "missed", missed_by=missed, tentative=_doubts(promise, chosen))


def _step(book: Book, figure: Figure, judged: Judgement) -> tuple[bool, bool]:
    """How well a figure can answer at all: comparable in full or not, verified or not."""
    return judged.comparability == "same", book.source[figure.source].grade == GRADES[-1]


def _holds(promise: Promise, figure: Figure) -> bool | None:
    """Whether a figure says that the goal was kept; None where it leaves that open."""
    assert promise.bounds
    values = of_figure(promise.book, promise.indicator, figure)
    return promise.bounds.holds(values, strict=figure.comparator in ("gt", "lt"))


def _distance(promise: Promise, chosen: Chosen) -> Fraction:
    """From the printed goal to the nearer printed end of the outcome."""
    assert promise.bounds
    found = amounts(promise.book, promise.indicator, chosen.figure)
    return min(abs(promise.bounds.path_end(one) - one) for one in found)


def _doubts(promise: Promise, chosen: Chosen) -> tuple[str, ...]:
    """What is weak about the outcome, and about the document that prints the goal."""
    unverified = promise.book.source[promise.rival.source].grade == GRADES[-1]
    return (*weak(promise.book, chosen), *(("goal_unverified",) if unverified else ()))


def _once(made: Sequence[Promise]) -> tuple[Promise, ...]:
    """Each goal once: of those that say the same the one that says most about what became of it, then the first."""
    seen: set[Hashable] = set()
    again: set[int] = set()
    for index in sorted(range(len(made)), key=lambda index: (not made[index].checked, not made[index].firm, index)):
        keys = _keys(made[index])
        if not seen.isdisjoint(keys):
            again.add(index)
        seen |= keys
    return tuple(replace(one, again=index in again) for index, one in enumerate(made))


def _keys(promise: Promise) -> set[Hashable]:
    """What makes two goals one: another document with the same goal for the same thing and time, or the same words of
    a document under two indicators."""
    rival, bounds = promise.rival, promise.bounds
    stated = (rival.kind, rival.period, rival.comparator, bounds.ends if bounds else rival.value)
    differs = tuple((pair.target, pair.differs, pair.extent) for pair in rival.pairs)
    return {
        ("document", promise.indicator.id, *stated, rival.measure, differs),
        ("words", rival.source, rival.printed, *stated),
    }


@dataclass(frozen=True)
class Tally:
    """How many goals were kept and missed, how many of each for sure; of the others how often each reason holds."""

    kept: int = 0
    kept_firm: int = 0
    missed: int = 0
    missed_firm: int = 0
    unsaid: tuple[tuple[Because, int], ...] = ()

    @property
    def checked(self) -> int:
        return self.kept + self.missed

    @property
    def firm(self) -> int:
        return self.kept_firm + self.missed_firm

    @property
    def goals(self) -> int:
        return self.checked + sum(count for _, count in self.unsaid)


def tally(made: Iterable[Promise]) -> Tally:
    """The count of goals, each once; those of the nation are in none."""
    own = [one for one in made if not one.national and not one.again]
    kept, missed = ([one for one in own if one.came == came] for came in ("kept", "missed"))
    reasons = [(why, sum(one.because == why for one in own)) for why in BECAUSE]
    return Tally(
        len(kept),
        sum(one.firm for one in kept),
        len(missed),
        sum(one.firm for one in missed),
        tuple((why, count) for why, count in reasons if count),
    )


def tallies(made: Iterable[Promise], by: Callable[[Promise], str]) -> dict[str, Tally]:
    """The counts apart by what `by` gives of a goal (its sector's id, its kind), in the order of the goals."""
    every = tuple(made)
    return {name: tally(one for one in every if by(one) == name) for name in dict.fromkeys(map(by, every))}
