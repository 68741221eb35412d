"""The formulas of the method with the numbers of one target put in, and what other methods make of the same."""

from dataclasses import dataclass
from fractions import Fraction

from progress.assess import Assessment, example
from progress.others import Opinion, opinions
from progress.way import per_year
from wording import Language, phrases
from wording.judged import unit
from wording.numbers import computed, shown
from wording.texts import say

# Enough to follow each step by hand.
DIGITS = 4


@dataclass(frozen=True)
class Line:
    """A quantity, its formula in signs, the formula with numbers, and the result."""

    name: str
    formula: str
    numbers: str
    result: str


@dataclass(frozen=True)
class Worked:
    """`judged` says whether the way is the one that the verdict rests on, or that of the recent past."""

    inputs: str
    judged: bool
    ours: tuple[Line, ...]
    others: tuple[Line, ...]


def worked(found: Assessment, language: Language) -> Worked | None:
    """None where a target has no way to work through."""
    known = example(found)
    if known is None:
        return None
    way, own = known
    case = found.case
    pattern, factor, _ = shown(case.book.units, case.indicator.dimension, unit(found), language)

    def number(value: Fraction) -> str:
        return computed(value, DIGITS, language)

    given = {
        **{name: number(point.value / factor) for name, point in (("b", way.start), ("c", way.now), ("T", way.end))},
        # A reader counts the end of 2031 as 2031, and years are not grouped.
        **{name: computed(point.at - 1, 6, "zh") for name, point in (("s", way.start), ("t", way.now), ("e", way.end))},
    }
    results = {name: number(getattr(way, name)) for name in ("share", "elapsed", "pace")}
    results["months"] = say(language, "reason.off_path") if way.months is None else number(way.months)
    results |= {"required": number(way.required / factor), "needed": number(per_year(way.now, way.end) / factor)}
    signs = str.maketrans(
        {name: f"({text})" if text.startswith("-") else text for name, text in given.items()}
        | {"p": results["share"], "q": results["elapsed"]}
    )

    def line(name: str, result: str) -> Line:
        formula = FORMULAS[name]
        return Line(say(language, f"worked.{name}"), formula, formula.translate(signs), result)

    return Worked(
        say(
            language, "worked.inputs",
            name=phrases.name(case.indicator, case.target, language),
            unit=pattern.replace("{}", "").strip() or "1", **given,
        ),
        own,
        tuple(line(name, result) for name, result in results.items()),
        tuple(line(one.method, _opinion(one, language)) for one in opinions(way)),
    )  # fmt: skip


def _opinion(opinion: Opinion, language: Language) -> str:
    """A method's figure and its class, or why it has none."""
    if isinstance(opinion.figure, str):
        return say(language, f"worked.{opinion.figure}")
    figure = computed(Fraction(opinion.figure), DIGITS, language)
    return say(language, "worked.opinion", figure=figure, word=say(language, f"class.{opinion.word}"))


# b c T: the value at the start, now, at the end; s t e: their years; p q: the shares of the way and of the time.
FORMULAS = {
    "share": "(c − b) ÷ (T − b)",
    "elapsed": "(t − s) ÷ (e − s)",
    "pace": "p ÷ q",
    "months": "12 × (p − q) × (e − s)",
    "required": "b + (T − b) × q",
    "needed": "(T − c) ÷ (e − t)",
    "eurostat": "((c ÷ b)^(1 ÷ (t − s)) − 1) ÷ ((T ÷ b)^(1 ÷ (e − s)) − 1)",
    "un": "(c × (c ÷ b)^((e − t) ÷ (t − s)) − b) ÷ (T − b)",
    "germany": "(T − P) ÷ (T − c), P = c + (c − b) ÷ (t − s) × (e − t)",
}
