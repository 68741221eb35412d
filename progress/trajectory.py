"""A straight trajectory from a start to an end, and what a point on it says: exact, in any unit.

Times are in years; the end of 2031 is 2032, so that whole years are whole numbers.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil


def decimal_year(day: date) -> Fraction:
    """The end of a day as a time in years."""
    first = date(day.year, 1, 1).toordinal()
    return day.year + Fraction(day.toordinal() - first + 1, date(day.year + 1, 1, 1).toordinal() - first)


def span(period: str | None) -> tuple[int, int] | None:
    """First and last year of a period of whole years, such as 2031 or 2031/2035; None of any other."""
    first, _, last = (period or "").partition("/")
    return (int(first), int(last or first)) if len(first) == 4 and len(last) in (0, 4) else None


@dataclass(frozen=True)
class Point:
    at: Fraction
    value: Fraction

    @property
    def day(self) -> date:
        """The day at whose end the point lies; the reverse of `decimal_year`."""
        year = ceil(self.at) - 1
        days = date(year + 1, 1, 1).toordinal() - date(year, 1, 1).toordinal()
        return date.fromordinal(date(year, 1, 1).toordinal() + round((self.at - year) * days) - 1)


@dataclass(frozen=True)
class Trajectory:
    """From `start` to `end`, which differ in value and time; `now` is later than `start`."""

    start: Point
    now: Point
    end: Point

    @property
    def share(self) -> Fraction:
        """How much of the way is gone: below 0 the wrong way, above 1 beyond the end."""
        return (self.now.value - self.start.value) / (self.end.value - self.start.value)

    @property
    def elapsed(self) -> Fraction:
        """How much of the time is over."""
        return (self.now.at - self.start.at) / (self.end.at - self.start.at)

    @property
    def pace(self) -> Fraction:
        """Way gone ÷ time gone: 1 is the straight line."""
        return self.share / self.elapsed

    @property
    def required(self) -> Fraction:
        """What the straight line asks for now."""
        return at(self.start, self.end, self.now.at)

    @property
    def months(self) -> Fraction | None:
        """Months ahead of the straight line, behind it below 0 (Sicherl's time distance); None where the line never
        has the value of now."""
        if not 0 <= self.share <= 1:
            return None
        return 12 * (self.share - self.elapsed) * (self.end.at - self.start.at)


def at(start: Point, end: Point, when: Fraction) -> Fraction:
    """The straight line's value at a time."""
    return start.value + (end.value - start.value) * (when - start.at) / (end.at - start.at)


def annual_change(one: Point, other: Point) -> Fraction:
    """The change a year from one point to a later one."""
    return (other.value - one.value) / (other.at - one.at)
