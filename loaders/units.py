"""The units table: exact conversion into the canonical unit of a dimension.

A spelling belongs to a dimension: 家 counts firms in one and laboratories in
another, so a unit is always looked up with the dimension of its indicator.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from functools import cached_property

from loaders.fields import Decimals, Factor, Model, Pattern, Text
from loaders.phrase import plain


class UnitRow(Model):
    """A unit and its spellings; canonical = value × factor, exactly.

    An empty alias lets print put nothing behind the number.
    """

    symbol: Text
    aliases: tuple[str, ...] = ()
    factor: Factor


class Dimension(Model):
    """What can be converted into each other, its canonical unit and how that is written.

    A `rate` may state the growth, lead or coverage of anything. `pattern` has `{}` where
    the number goes, `one` is the English one for exactly 1 where that differs; `decimals` caps what a converted number
    shows, in both languages.
    """

    id: Text
    canonical: Text
    pattern: Pattern
    one: Text | None = None
    decimals: Decimals
    rate: bool = False
    units: tuple[UnitRow, ...]


class Units(Model):
    dimensions: tuple[Dimension, ...]


@dataclass(frozen=True)
class Quantity:
    """An exact canonical value, and the significant digits that its source printed."""

    value: Fraction
    digits: int


@dataclass(frozen=True)
class UnitTable:
    units: Units

    @cached_property
    def dimensions(self) -> dict[str, Dimension]:
        return {dimension.id: dimension for dimension in self.units.dimensions}

    @cached_property
    def _rows(self) -> dict[tuple[str, str], UnitRow]:
        return {
            (dimension.id, plain(spelling)): row
            for dimension in self.units.dimensions
            for row in dimension.units
            for spelling in spellings(row)
        }

    def row(self, dimension: str, unit: str) -> UnitRow:
        """The unit of `dimension` that is spelled `unit`. Raises KeyError; `check` rules that out."""
        return self._rows[dimension, plain(unit)]

    def dimensions_of(self, unit: str) -> tuple[str, ...]:
        """The dimensions in which `unit` is a spelling, in the order of the table."""
        return tuple(owner for owner, spelling in self._rows if spelling == plain(unit))

    def dimension_of(self, dimension: str, unit: str) -> str:
        """An indicator's `dimension`, or the unit's own where it is a rate of it (8 % of growth)."""
        own = self.dimensions_of(unit)
        return dimension if dimension in own else own[0]

    def spellings(self, unit: str) -> tuple[str, ...]:
        """All spellings of `unit` in whatever dimension, `plain`, longest first."""
        rows = (self._rows[owner, plain(unit)] for owner in self.dimensions_of(unit))
        names = {plain(name) for row in rows for name in spellings(row)} or {plain(unit)}
        return tuple(sorted(names, key=lambda name: (-len(name), name)))

    def unit_at(self, text: str) -> str:
        """The longest spelling with which a `plain` text begins; empty where there is none."""
        known = (spelling for _, spelling in self._rows if spelling and text.startswith(spelling))
        return max(known, key=len, default="")

    def spellings_in(self, dimension: str, unit: str | None = None) -> tuple[str, ...]:
        """All spellings of a dimension, or of its `unit` alone, `plain`."""
        row = None if unit is None else self._rows.get((dimension, plain(unit)), ())
        return tuple(name for (owner, name), own in self._rows.items() if owner == dimension and row in (None, own))

    @cached_property
    def _printed(self) -> re.Pattern[str]:
        # The 1 of a bare number is not printed, and would be taken for the next number.
        written = {name for _, name in self._rows if name and not name.isdigit()}
        names = sorted(written, key=lambda name: (-len(name), name))
        # A unit ends where its word ends: GW does not stand in GWh.
        ends = ("(?![A-Za-z])" if re.search("[A-Za-z]$", name) else "" for name in names)
        return re.compile(
            "|".join(" ?".join(map(re.escape, name)) + end for name, end in zip(names, ends, strict=True))
        )

    def unit_of(self, text: str) -> tuple[str, str]:
        """The longest spelling with which a `spaced` text begins (empty where there is none), and what follows it."""
        text = text.lstrip()
        match = self._printed.match(text)
        return (plain(match[0]), text[match.end() :]) if match else ("", text)

    def normalise(self, dimension: str, unit: str, value: Decimal) -> Quantity:
        """`value` in `unit` as an exact amount of the canonical unit of `dimension`."""
        exact = Fraction(value) * self.row(dimension, unit).factor
        return Quantity(exact, significant_digits(value))


def spellings(row: UnitRow) -> Iterable[str]:
    return (row.symbol, *row.aliases)


def significant_digits(value: Decimal) -> int:
    """The digits of a printed number without leading zeros: 3050 has four, 0.6 has one, 3.0 two."""
    return max(1, len(value.as_tuple().digits)) if value else 1


def half_digit(value: Decimal) -> Fraction:
    """Half a unit of the last printed digit: 0.05 for 9.6, 0.5 for 96 and for 120."""
    return Fraction(1, 2) * Fraction(10) ** int(value.as_tuple().exponent)


def decimal_text(value: Fraction | Decimal) -> str:
    """An exact decimal where there is one, else sixteen significant digits; never an exponent."""
    if isinstance(value, Decimal):
        return format(value, "f")
    quotient = Context(prec=40).divide(Decimal(value.numerator), Decimal(value.denominator))
    if Fraction(quotient) != value:
        quotient = Context(prec=16).plus(quotient)
    text = format(quotient, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
