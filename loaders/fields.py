"""What one field of the data files can hold: texts on a line, ids, dates, periods, numbers that keep their digits."""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError


def _problem(code: str, expected: str, found: object) -> PydanticCustomError:
    """An error under one of our own codes."""
    return PydanticCustomError("ours", "{code}", {"code": code, "expected": expected, "found": str(found)})


def _must(hold: Callable[[str], object], code: str, expected: str) -> AfterValidator:
    """A text must satisfy `hold`, which is false or raises ValueError for one that does not."""

    def checked(value: str) -> str:
        with suppress(ValueError):
            if hold(value):
                return value
        raise _problem(code, expected, value)

    return AfterValidator(checked)


def _from_int(make: Callable[[int], object]) -> BeforeValidator:
    """A whole number stands for what `make` gives of it: a year or section number needs no quotes (2031, 11)."""
    return BeforeValidator(lambda value: make(value) if type(value) is int else value)


def _span(value: object) -> object:
    """One number is a span of itself; two are a range."""
    items = value if isinstance(value, tuple) else (value,)
    if len(items) not in (1, 2):
        raise _problem("bad-value", "one or two numbers", f"{len(items)} items")
    return items


def _is_line(text: str) -> bool:
    # A line break or control character would tear a message, a CSV cell or a label.
    torn = any(unicodedata.category(char) in ("Cc", "Zl", "Zp") for char in text)
    return bool(text) and text == text.strip() and not torn


def last_day(text: str) -> date:
    """The last day of a year (2031), a month (2031-09) or a day (2031-09-30).

    Raises ValueError for anything else and for days that no calendar has.
    """
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", text):
        raise ValueError(text)
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        return date(*parts)
    year, month = parts if len(parts) == 2 else (*parts, 12)
    return date(year, month, monthrange(year, month)[1])


def first_day(text: str) -> date:
    """The first day of what `last_day` reads: a date known only by its year may lie early in it."""
    return date.fromisoformat(f"{text}-01-01"[:10])


def _is_period(text: str) -> bool:
    """A year, a month, a day, a part of a year in months, or a sum over years. Raises ValueError as `last_day` does."""
    parts = text.split("/")
    ends = [last_day(part) for part in parts]
    return [len(part) for part in parts] in ([4], [7], [10], [4, 4], [7, 7]) and ends == sorted(set(ends))


def _factor(value: object) -> Fraction:
    # Only plain forms: Fraction itself would also read 1e999999999, and never come back.
    plain = re.fullmatch(r"[0-9]{1,18}(\.[0-9]{1,18}|/(?!0+$)[0-9]{1,18})?", str(value))
    if not plain or not Fraction(plain[0]):
        raise _problem("bad-factor", "1/15", value)
    return Fraction(plain[0])


def _either(*schemas: dict[str, object]) -> WithJsonSchema:
    return WithJsonSchema({"anyOf": list(schemas)})


NUMBER: dict[str, object] = {"type": "number"}
Year = Annotated[int, Field(ge=1900, le=2999)]
# More than print ever holds; without a bound a power of ten would outgrow any memory.
Decimals = Annotated[int, Field(ge=0, le=18)]
Line = Annotated[str, _must(_is_line, "bad-text", "text on one line")]
Text = Annotated[Line, _from_int(str), WithJsonSchema({"type": ["string", "integer"]})]
Id = Annotated[str, _must(re.compile("[a-z][a-z0-9-]*").fullmatch, "bad-id", "[a-z][a-z0-9-]*")]
SectionId = Annotated[
    Text, _must(re.compile("((chapter|box) )?[1-9][0-9]{0,5}").fullmatch, "bad-section-id", "11, chapter 1 or box 4")
]
Url = Annotated[str, _must(re.compile(r"https?://[^\s/]+(/\S*)?").fullmatch, "bad-url", "http(s)://…")]
Licence = Annotated[str, _must(re.compile("[A-Za-z0-9][A-Za-z0-9.+-]*").fullmatch, "bad-licence", "CC-BY-4.0")]
Day = Annotated[Text, _must(last_day, "bad-date", "2031, 2031-09 or 2031-09-30")]
PERIODS = "2031, 2031-09, 2031-09-30, 2031-01/2031-09 or 2031/2035"
Period = Annotated[Text, _must(_is_period, "bad-period", PERIODS)]
Number = Annotated[Decimal, _from_int(Decimal)]
Span = Annotated[tuple[Number, ...], BeforeValidator(_span), _either(NUMBER, {"type": "array", "items": NUMBER})]
Factor = Annotated[Fraction, BeforeValidator(_factor), _either(NUMBER, {"type": "string"})]


class Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, arbitrary_types_allowed=True)


class Both(Model):
    """A text in both languages."""

    zh: Line
    en: Line

    def __getitem__(self, language: str) -> str:
        """`language` begins with zh or en; anything else raises KeyError."""
        return {"zh": self.zh, "en": self.en}[language[:2]]


def _written(pattern: Both) -> Both:
    """How a unit is written around its number: where that has no place, a page would show none."""
    for text in (pattern.zh, pattern.en):
        if text.count("{}") != 1:
            raise _problem("bad-pattern", "{} once, where the number goes", text)
    return pattern


Pattern = Annotated[Both, AfterValidator(_written)]
