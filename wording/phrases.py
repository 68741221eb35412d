"""Targets and figures of a book as people say them: values, dates, places in the plan, doubts."""

import re
from collections.abc import Iterable

from loaders.book import Book
from loaders.models import GRADES, Figure, Indicator, Section, Source, Target
from loaders.problem import MESSAGES, Problem
from wording import Language
from wording.numbers import amount, compared, period
from wording.texts import say

# Kinds whose figure is asked for each year, and the words that say so.
YEARLY = {"annual": "value.annual", "annual_average": "value.annual_average", "growth": "value.growth"}

# Flags that a published picture must not leave out.
WEIGHTY = ("definition-unknown", "suspected-misprint", "conflicting", "zero-inferred")


def problem(found: Problem, language: Language) -> str:
    """A problem of the data with its place; what was expected and found stands in the loader's own words."""
    both = {"expected": found.expected, "found": found.found}
    details = [say(language, f"problem.{part}", text=text) for part, text in both.items() if text]
    place = f"{found.file}:{found.line}:{found.column}"
    return " ".join((place, found.code, MESSAGES[found.code][language[:2]], *details))


def name(indicator: Indicator, target: Target, language: Language) -> str:
    return (target.name or indicator.name)[language]


def value(book: Book, indicator: Indicator, target: Target, language: Language) -> str:
    """The target's figure with its unit and comparator; its phrase where it has none."""
    stated = target.stated
    if stated.value is None or stated.unit is None:
        return target.printed
    dimension = book.units.dimension_of(indicator.dimension, stated.unit)
    in_words = "value-from-words" in target.flags
    text = amount(book.units, dimension, stated.unit, stated.value, language, in_words)
    if target.kind == "scale":
        return text
    text = compared(target.comparator, text, language, "bare-verb" in target.flags)
    return say(language, YEARLY[target.kind], value=text) if target.kind in YEARLY else text


def full_value(book: Book, indicator: Indicator, target: Target, language: Language) -> str:
    """The value, how firm it is, by when, and what print says if doubted."""
    if target.value is None:
        return deadline(target, language)
    text = asked(book, indicator, target, language)
    return say(language, "chart.deadline", value=text, deadline=by(book, target, language))


def asked(book: Book, indicator: Indicator, target: Target, language: Language, *, named: bool = True) -> str:
    """The value, how firm it is, and what print says if doubted; "" without one. Where it is not `named` as a target,
    what stands around it says so."""
    if target.value is None:
        return ""
    text = value(book, indicator, target, language)
    if target.reading:
        ends = "—".join(str(end) for end in target.value)
        text = say(language, "chart.reading", value=text, printed=f"{ends}{target.unit}")
    if target.firmness == "strive":
        return say(language, "chart.target.strive", value=text)
    return say(language, "chart.target", value=text) if named else text


def by(book: Book, target: Target, language: Language) -> str:
    """By when, or for which years."""
    if target.value is not None and target.kind in YEARLY:
        return say(language, "period.run", first=book.plan.first_year, last=book.plan.last_year)
    return deadline(target, language)


def deadline(target: Target, language: Language) -> str:
    """The printed date; else that none is given, or that other words imply one."""
    if target.deadline and target.deadline_printed:
        return period(target.deadline, language)
    return say(language, "deadline.undated" if "undated" in target.flags else "deadline.implied")


def figure(book: Book, indicator: Indicator, published: Figure, language: Language) -> str:
    """A published figure with its unit and comparator."""
    text = amount(book.units, indicator.dimension, published.unit, published.value, language)
    return compared(published.comparator, text, language)


def weighed(book: Book, indicator: Indicator, published: Figure, partial: bool, language: Language) -> str:
    """166.9亿立方米（2024): a figure and its period, with its weaknesses named."""
    unverified = book.source[published.source].grade == GRADES[-1]
    weak = [word for word, true in (("partial", partial), ("unverified", unverified)) if true]
    key = ".".join(["chart.baseline", "_".join(weak)]).rstrip(".")
    value = figure(book, indicator, published, language)
    return say(language, key, value=value, period=when(indicator, published, language))


def when(indicator: Indicator, published: Figure, language: Language) -> str:
    """The period of a figure; a rate over years is no sum of them."""
    if published.period is None:
        return say(language, "evidence.undated")
    first, _, last = published.period.partition("/")
    if len(last) == len("2031") and indicator.measure_of(published) == "rate":
        return say(language, "period.run", first=first, last=last)
    return period(published.period, language)


def doubts(target: Target, language: Language, *, conflicting: bool = False) -> list[str]:
    """A sentence for each flag, why a printed figure is read otherwise, and the target's own note."""
    flags = dict.fromkeys([*target.flags, *(["conflicting"] if conflicting else [])])
    sentences = [say(language, f"flag.{flag}") for flag in flags]
    own = [target.reading.reason if target.reading else None, target.note]
    return [*sentences, *(text[language] for text in own if text), *superseded(target, language)]


def weighty_flags(target: Target, conflicting: bool) -> list[str]:
    """Those flags without which a picture would say too much."""
    return [flag for flag in WEIGHTY if flag in target.flags or (flag == "conflicting" and conflicting)]


def weighty(target: Target, language: Language, *, conflicting: bool = False) -> list[str]:
    """A sentence for each of them, with the reason why a printed figure is read otherwise."""
    reading = target.reading
    flags = [flag for flag in weighty_flags(target, conflicting) if not reading or flag != WEIGHTY[1]]
    return [*(say(language, f"weighty.{flag}") for flag in flags), *([reading.reason[language]] if reading else [])]


def superseded(stated: Target | Figure, language: Language) -> list[str]:
    """Since when and why it no longer counts; nothing where it does."""
    old = stated.superseded
    if not old:
        return []
    return [say(language, "flag.superseded", date=period(old.date, language), reason=old.reason[language])]


def title(section: Section, language: Language) -> str:
    """The heading that a reader should see, without its own number."""
    if language.startswith("en"):
        return section.en
    return (section.title or section.heading).split(maxsplit=1)[-1]


def place(target: Target, language: Language) -> str:
    """第6节 or Section 6; 专栏4 or Box 4."""
    kind, _, number = target.section.rpartition(" ")
    return say(language, f"section.{kind or 'section'}", number=number)


def published(source: Source, language: Language) -> str:
    """The date of a source as far as it is known."""
    if not source.date:
        return say(language, "source.undated")
    key = "source.date.inferred" if source.date_precision == "inferred" else "source.date"
    return say(language, key, date=period(source.date, language))


def citation(source: Source, language: Language, *, address: bool = True) -> str:
    """Publisher, title, date and, unless it is a link beside this, address of a source."""
    named = say(language, "source.title", title=_inner(source.title, language)) if source.title else ""
    parts = [source.publisher[language] + named, published(source, language), (address and source.url) or ""]
    return say(language, "source.join").join(part for part in parts if part) + say(language, "source.end")


def _inner(title: str, language: Language) -> str:
    """A title to be put into marks of its own: Chinese marks within marks are single."""
    return title.translate(_SINGLE) if language.startswith("zh") else title


_SINGLE = str.maketrans("《》", "〈〉")


def sources(book: Book, used: Iterable[Source], key: str, language: Language, *, brief: bool = False) -> str:
    """The source line of a chart: the plan, and publisher and date of each source once; where it is to be `brief`
    without what the publisher quotes, and with the years alone."""
    named = dict.fromkeys(
        f"{re.split('[（(]', name)[0].strip()} {str(item.date or '')[:4]}".strip()
        if brief
        else f"{name} {_dated(item, language)}"
        for item in used
        for name in [item.publisher[language]]
    )
    words = say(language, "chart.sources.join").join(named) or say(language, "chart.sources.none")
    return say(language, key, figures=words, **plan(book, language))


def plan(book: Book, language: Language) -> dict[str, str]:
    """What a source line says of the plan."""
    own = book.plan
    return {"plan": own.short[language], "number": own.number, "published": own.published}


def _dated(source: Source, language: Language) -> str:
    """A date in digits, which take little room."""
    if not source.date:
        return say(language, "source.undated")
    inferred = source.date_precision == "inferred"
    return say(language, "source.date.inferred", date=source.date) if inferred else source.date
