"""A target with all that belongs to it: its figures, its baseline, its status."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from evidence import amount
from evidence.baseline import Baseline, pair_of
from evidence.finding import Finding
from evidence.standing import Counted, Standing, Status, counted, standing
from loaders.book import Book, Sector
from loaders.models import Figure, Indicator, Pair, Target


@dataclass(frozen=True)
class Case:
    """A target in its place in the book. Amounts are in the canonical unit."""

    book: Book
    sector: Sector
    indicator: Indicator
    target: Target

    @cached_property
    def standing(self) -> Standing:
        return standing(self.book, self.indicator, self.target)

    @property
    def baseline(self) -> Baseline | None:
        return self.standing.baseline

    @property
    def status(self) -> Status:
        return self.standing.status

    @cached_property
    def counted(self) -> Counted | None:
        """From when an addition counts; None for other kinds too."""
        return counted(self.book, self.indicator, self.target)

    @property
    def deadline(self) -> str:
        """By when: where the target says nothing, the plan's last year."""
        return self.target.deadline or str(self.book.plan.last_year)

    @property
    def goal(self) -> tuple[Fraction, ...]:
        return tuple(end.value for end in amount.goal(self.book, self.indicator, self.target))

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The figures of the indicator that still count."""
        every = (*self.indicator.observations, *self.indicator.rivals)
        return tuple(figure for figure in every if not figure.superseded)

    @property
    def comparable(self) -> tuple[Figure, ...]:
        """The figures that are comparable with the target, at least in part."""
        return tuple(one for one in self.figures if (pair := self.pair(one)) and pair.comparability != "different")

    def amounts(self, figure: Figure) -> tuple[Fraction, ...]:
        return amount.amounts(self.book, self.indicator, figure)

    def pair(self, figure: Figure) -> Pair | None:
        return pair_of(figure, self.target)

    def finding(
        self, code: str, *figures: Figure, gap: Fraction | None = None, expected: str = "", found: str = ""
    ) -> Finding:
        return Finding(code, self.sector.id, self.indicator, self.target, figures, gap, expected, found)


def cases(book: Book) -> Iterator[Case]:
    """Every target, in the order of the plan's sectors."""
    for sector in book.sectors:
        for indicator, target in sector.targets:
            yield Case(book, sector, indicator, target)


def live(book: Book) -> tuple[Case, ...]:
    """The targets that still count."""
    return tuple(case for case in cases(book) if not case.target.superseded)
