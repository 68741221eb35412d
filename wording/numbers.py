"""Numbers as people write them, never with more digits than their source printed.

Chinese readers see the unit that was printed (300亿立方米), others the international
one (30 billion m³). Both come from the same exact value.
"""

from decimal import Decimal
from fractions import Fraction
from math import floor, log10

from loaders.models import Comparator
from loaders.units import Dimension, UnitRow, UnitTable, significant_digits
from wording import LOCAL_UNITS, Language
from wording.texts import say

# A number that a Chinese unit gives exactly is shown whole up to this many decimals.
LOCAL_DECIMALS = 4


def rounded(value: Fraction, digits: int, decimals: int) -> Decimal:
    """`value` exactly where `decimals` allow it, else to `digits` significant digits at the most."""
    exact = Fraction(round(value * 10**decimals), 10**decimals)
    places = decimals
    if exact != value:
        whole = len(str(abs(int(value)))) if abs(value) >= 1 else 0
        places = max(0, min(decimals, digits - whole))
    scaled = Decimal(round(value * 10**places)).scaleb(-places)
    text = format(scaled, "f")
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)


def grouped(value: Decimal, language: Language) -> str:
    """English groups thousands; Chinese statistics print digits in one run."""
    return format(value, ",f" if language.startswith("en") else "f")


def amount(
    table: UnitTable, dimension: str, unit: str, value: tuple[Decimal, ...], language: Language, in_words: bool = False
) -> str:
    """One value or a range with its unit: 300亿立方米 and 30 billion m³, 2—4家 and 2–4 laboratories.

    A figure that print gave `in_words` (千亿元) has no digits to keep: Chinese readers see
    it in the dimension's first unit.
    """
    pattern, factor, decimals = shown(table, dimension, unit, language, in_words)
    ratio = table.row(dimension, unit).factor / factor
    texts = [grouped(_scaled(end, ratio, decimals), language) for end in value]
    span = texts[0] if len(texts) == 1 else say(language, "value.range", low=texts[0], high=texts[1])
    return written(table, dimension, pattern, span)


def written(table: UnitTable, dimension: str, pattern: str, number: str) -> str:
    """A number in the pattern that `shown` gave; one thing is not called several."""
    measured = table.dimensions[dimension]
    single = number == "1" and pattern == measured.pattern["en"] and measured.one
    return (single or pattern).replace("{}", number)


def computed(value: Fraction, digits: int, language: Language) -> str:
    """A number that arithmetic gave, with so many significant digits; whole digits are not cut."""
    size = floor(log10(abs(value))) if value else 0
    places = max(0, digits - 1 - size)
    return grouped(rounded(value, digits + max(0, -1 - size), places), language)


def shown(
    table: UnitTable, dimension: str, unit: str, language: Language, in_words: bool = False
) -> tuple[str, Fraction, int]:
    """The unit in which readers see what is stated in `unit`: its pattern, its factor, the decimals of a conversion."""
    measured = table.dimensions[dimension]
    if language not in LOCAL_UNITS:
        return measured.pattern[language], Fraction(1), measured.decimals
    local = measured.units[0] if in_words else _local(measured, table.row(dimension, unit))
    space = " " if language.startswith("en") and local.symbol not in ("%", "‰") else ""
    pattern = measured.pattern[language] if "" in local.aliases else "{}" + space + local.symbol
    return pattern, local.factor, LOCAL_DECIMALS


def converted(table: UnitTable, dimension: str, unit: str, language: Language) -> bool:
    """Whether `amount` shows another unit than the printed one."""
    row = table.row(dimension, unit)
    if language in LOCAL_UNITS:
        return _local(table.dimensions[dimension], row) is not row
    return row.factor != 1


def _local(measured: Dimension, row: UnitRow) -> UnitRow:
    """A Chinese unit as it was printed; another language's in the first unit of the dimension."""
    return row if any("\u4e00" <= char <= "\u9fff" for char in row.symbol) else measured.units[0]


def _scaled(value: Decimal, factor: Fraction, decimals: int) -> Decimal:
    if factor == 1:
        return value  # 3.0 stays 3.0
    return rounded(Fraction(value) * factor, significant_digits(value), decimals)


def compared(comparator: Comparator | None, text: str, language: Language, bare: bool = False) -> str:
    """A value with its comparator in words; a bare verb leaves the figure as it stands."""
    key = f"comparator.{comparator or 'eq'}"
    return say(language, key + ".bare" if bare and comparator in ("ge", "le") else key).replace("{}", text)


def period(text: str, language: Language) -> str:
    """A period or a deadline as people write it: 2031年9月30日, 30 Sep 2031, Jan–Sep 2031."""
    first, _, last = text.partition("/")
    if not last:
        return _date(first, language)
    if len(first) == len("2031-09") and first[:4] != last[:4]:
        return say(language, "period.across", first=_date(first, language), last=_date(last, language))
    if first[:4] == last[:4]:  # months of one year
        months = {"first": _month(first, language), "last": _month(last, language)}
        return say(language, "period.months", year=first[:4], **months)
    return say(language, "period.years", first=first, last=last)


def _date(text: str, language: Language) -> str:
    if len(text) == 4:
        return say(language, "period.year", year=text)
    if len(text) == 7:
        return say(language, "period.month", year=text[:4], month=_month(text, language))
    return say(language, "period.day", year=text[:4], month=_month(text, language), day=int(text[8:]))


def _month(text: str, language: Language) -> str:
    return say(language, f"month.{int(text[5:7])}")
