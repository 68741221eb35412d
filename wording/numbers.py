"""Numbers as people write them, never with more digits than their source printed.

Chinese readers see the unit that was printed (300亿立方米), others the international
one (30 billion m³). Both come from the same exact value.
"""

from decimal import Decimal
from fractions import Fraction

from loaders.models import Comparator, Dimension, UnitRow
from loaders.units import UnitTable, significant_digits
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
    measured = table.dimensions[dimension]
    row = table.row(dimension, unit)
    if language in LOCAL_UNITS:
        pattern, numbers = _local(measured, row, value, language, in_words)
    else:
        pattern = measured.pattern[language]
        numbers = [_scaled(end, row.factor, measured.decimals) for end in value]
    texts = [grouped(number, language) for number in numbers]
    span = texts[0] if len(texts) == 1 else say(language, "value.range", low=texts[0], high=texts[1])
    return pattern.replace("{}", span)


def converted(table: UnitTable, dimension: str, unit: str, language: Language) -> bool:
    """Whether `amount` shows another unit than the printed one."""
    row = table.row(dimension, unit)
    if language in LOCAL_UNITS:
        return _shown(table.dimensions[dimension], row) is not row
    return row.factor != 1


def _shown(measured: Dimension, row: UnitRow) -> UnitRow:
    return row if any("\u4e00" <= char <= "\u9fff" for char in row.symbol) else measured.units[0]


def _local(
    measured: Dimension, row: UnitRow, value: tuple[Decimal, ...], language: Language, in_words: bool
) -> tuple[str, list[Decimal]]:
    """A Chinese unit as it was printed; another language's in the first unit of the dimension."""
    shown = measured.units[0] if in_words else _shown(measured, row)
    space = " " if language.startswith("en") else ""
    pattern = measured.pattern[language] if "" in shown.aliases else "{}" + space + shown.symbol
    return pattern, [_scaled(end, row.factor / shown.factor, LOCAL_DECIMALS) for end in value]


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
