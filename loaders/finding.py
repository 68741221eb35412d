"""A finding: what valid data says about itself that a reader should know. Never an error."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from loaders.book import Book
from loaders.models import Figure, Indicator, Target


@dataclass(frozen=True)
class Finding:
    """`figures` are those it is about. `gap` is how far they lie apart, as a share of the larger.
    `expected` and `found` are arithmetic in figures and signs."""

    code: str
    sector: str
    indicator: Indicator
    target: Target | None = None
    figures: tuple[Figure, ...] = ()
    gap: Fraction | None = None
    expected: str = ""
    found: str = ""


def indicators(book: Book) -> Iterator[tuple[str, Indicator]]:
    """Each indicator with the id of its sector."""
    for sector in book.sectors:
        for indicator in sector.indicators:
            yield sector.id, indicator


def live(indicator: Indicator) -> tuple[Target, ...]:
    """The targets that still count."""
    return tuple(target for target in indicator.targets if not target.superseded)
