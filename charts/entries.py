"""The figures of a chart by year: what each is beside the target, when it stands, and who says the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from evidence import context
from evidence.baseline import same_time
from evidence.context import Context, obstacle
from evidence.kinds import ADDED
from loaders.book import Book
from loaders.fields import first_day, last_day
from loaders.models import GRADES, Figure, Indicator, Rival, Target
from progress.trajectory import decimal_year, span
from wording import Language
from wording.texts import say


@dataclass(frozen=True)
class Entry:
    """One figure, whoever prints it: `figures` say the same of the same time, that of the best source first. `sort` is
    that of its mark, `at` its time in years, None where nobody says it; `over` the years that a rate holds for."""

    figures: tuple[Figure, ...]
    known: Context
    sort: str
    at: float | None
    over: tuple[int, int] | None
    unverified: bool

    @property
    def partial(self) -> bool:
        return self.known.pair.comparability == "partial"

    @property
    def amounts(self) -> tuple[Fraction, ...]:
        return self.known.amounts


def entries(
    book: Book, indicator: Indicator, target: Target, start: Figure | None
) -> tuple[list[Entry], int]:  # fmt: skip
    """What may stand beside the target, observations before goals and each by time; and how many were left out for a
    better source of the same. `start` is the target's baseline."""
    every = (*indicator.observations, *indicator.rivals)
    found = [one for figure in every if (one := context.shown(book, indicator, target, figure))]
    groups: dict[tuple[object, ...], list[Context]] = {}
    for one in sorted(found, key=lambda one: (one.figure is not start, GRADES.index(_grade(book, one.figure)))):
        groups.setdefault(_alike(indicator, one), []).append(one)
    made = [_entry(book, indicator, target, group, start) for group in groups.values()]
    kept = [one for one in made if one.figures[0] is start or not _outdone(indicator, one, made)]
    left_out = sum(len(one.figures) for one in made) - sum(len(one.figures) for one in kept)
    return sorted(kept, key=lambda one: (isinstance(one.figures[0], Rival), one.at or 0)), left_out


def word(book: Book, indicator: Indicator, entry: Entry, language: Language) -> str:
    """In a word or two why a figure is not comparable, or cannot be a start; nothing for others."""
    if entry.sort not in ("context", "rival other"):
        return ""
    figure, own = entry.figures[0], entry.known.pair.word
    hinders = obstacle(book, indicator, figure)
    words = [own[language]] if own else []
    if figure.period is None:
        words.append(say(language, "years.word.no_year"))
    elif not words and hinders == "part_year":
        words.append(say(language, "years.word.part_year"))
    elif not words:
        words.append(say(language, "years.word.one_year"))
    return say(language, "source.join").join(dict.fromkeys(words))


def _grade(book: Book, figure: Figure) -> str:
    return book.source[figure.source].grade


def _outcome(one: Context) -> tuple[object, ...]:
    """What was judged of a figure; an older series is no other source of the newer."""
    word = one.pair.word
    return one.pair.comparability, (word["zh"], word["en"]) if word else ()


def _alike(indicator: Indicator, one: Context) -> tuple[object, ...]:
    """What two figures share that are one and the same."""
    figure = one.figure
    when = figure.period or one.day
    return isinstance(figure, Rival), when, one.amounts, indicator.measure_of(figure), *_outcome(one)


def _outdone(indicator: Indicator, entry: Entry, every: Iterable[Entry]) -> bool:
    """Whether only copies print an observation, of whose time and kind a better source prints another."""
    figure = entry.figures[0]
    if not entry.unverified or isinstance(figure, Rival) or figure.period is None:
        return False
    better = (one for one in every if not one.unverified and not isinstance(one.figures[0], Rival))
    return any(
        one.figures[0].period is not None
        and same_time(indicator, figure, one.figures[0])
        and indicator.measure_of(figure) == indicator.measure_of(one.figures[0])
        and _outcome(entry.known) == _outcome(one.known)
        for one in better
    )


def _entry(
    book: Book, indicator: Indicator, target: Target, group: Sequence[Context], start: Figure | None
) -> Entry:  # fmt: skip
    known = group[0]
    figure = known.figure
    sort = "baseline" if figure is start else _sort(book, indicator, target, known)
    over = _over(figure.period) if indicator.measure_of(figure) == "rate" else None
    unverified = all(_grade(book, one.figure) == GRADES[-1] for one in group)
    at = _at(indicator, target, known, sort)
    return Entry(tuple(one.figure for one in group), known, sort, at, over, unverified)


def _sort(book: Book, indicator: Indicator, target: Target, known: Context) -> str:
    figure = known.figure
    other = (
        known.pair.comparability == "different"
        or obstacle(book, indicator, figure) in ("no_year", "part_year")
        or _one_year(book, indicator, target, figure)
    )
    if isinstance(figure, Rival):
        return "rival other" if other else "rival"
    return "context" if other else "point"


def _one_year(book: Book, indicator: Indicator, target: Target, figure: Figure) -> bool:
    """One year's addition, beside what is added up over the plan's years. A goal for a year is one until that year."""
    if isinstance(figure, Rival) or not _added_up(indicator, target, figure):
        return False
    own = span(figure.period)
    return own is None or own[0] != book.plan.first_year


def _added_up(indicator: Indicator, target: Target, figure: Figure) -> bool:
    return target.kind in ADDED and indicator.measure_of(figure) == "flow"


def _over(period: str | None) -> tuple[int, int] | None:
    """Beginning and end of several whole years; None of any other period."""
    own = span(period)
    return (own[0], own[1] + 1) if own and "/" in str(period) else None


def _at(indicator: Indicator, target: Target, known: Context, sort: str) -> float | None:
    """A state at the end of its day, month or year; a flow or a rate in the middle of its period, but where it is
    added up at its end; what has no period at the date of its source."""
    figure = known.figure
    if figure.period is None:
        return float(decimal_year(known.day)) if known.day else None
    first, _, last = figure.period.partition("/")
    end = decimal_year(last_day(last or first))
    sums = _added_up(indicator, target, figure) and (bool(last) or sort in ("point", "rival"))
    if sums or indicator.measure_of(figure) == "stock":
        return float(end)
    return float((decimal_year(first_day(first) - timedelta(days=1)) + end) / 2)
