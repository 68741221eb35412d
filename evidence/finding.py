"""What valid data says about itself that a reader should know. Never an error."""

from dataclasses import dataclass
from fractions import Fraction

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
