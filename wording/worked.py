"""The formulas of the method with the numbers of one target put in, and what other methods make of the same."""

from dataclasses import dataclass
from fractions import Fraction

from progress.assess import Assessment, example
from progress.others import Opinion, opinions
from progress.trajectory import Point, annual_change
from wording import Language, phrases
from wording.judged import unit
from wording.numbers import computed, period, shown
from wording.texts import say

# Of a result; what goes into a formula has more, so that each step can be followed by hand.
DIGITS, INPUTS = 4, 6


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


def worked(assessment: Assessment, language: Language) -> Worked | None:
    """None where a target has no way to work through."""
    known = example(assessment)
    if known is None:
        return None
    trajectory, own = known
    case = assessment.case
    pattern, factor, _ = shown(case.book.units, case.indicator.dimension, unit(assessment), language)

    def number(value: Fraction, digits: int = DIGITS) -> str:
        return computed(value, digits, language)

    points = {"b": trajectory.start, "c": trajectory.now, "T": trajectory.end}
    given = {name: number(point.value / factor, INPUTS) for name, point in points.items()}
    given |= {"p": number(trajectory.share, INPUTS), "q": number(trajectory.elapsed, INPUTS)}
    # A reader counts the end of 2031 as 2031, and years are not grouped.
    given |= {name: computed(point.at - 1, INPUTS, "zh") for name, point in zip("ste", points.values(), strict=True)}
    days = {f"{name}_day": _day(point, language) for name, point in points.items()}
    results = {"share": given["p"], "elapsed": given["q"], "pace": number(trajectory.pace)}
    results["months"] = say(language, "reason.off_path") if trajectory.months is None else number(trajectory.months)
    results["required"] = number(trajectory.required / factor)
    late = trajectory.now.at >= trajectory.end.at
    change = Fraction(0) if late else annual_change(trajectory.now, trajectory.end)
    results["needed"] = say(language, "reason.due") if late else number(change / factor)
    signs = str.maketrans({name: f"({text})" if text.startswith("-") else text for name, text in given.items()})

    def line(name: str, result: str) -> Line:
        formula = FORMULAS[name]
        return Line(say(language, f"worked.{name}"), formula, formula.translate(signs), result)

    return Worked(
        say(
            language, "worked.inputs",
            name=phrases.name(case.indicator, case.target, language),
            unit=pattern.replace("{}", "").strip() or "1", **given, **days,
        ),
        own,
        tuple(line(name, result) for name, result in results.items()),
        tuple(line(one.method, _opinion(one, language)) for one in opinions(trajectory)),
    )  # fmt: skip


def _day(point: Point, language: Language) -> str:
    """The year at whose end a point lies, or its day."""
    day = point.day
    return period(str(day.year if (day.month, day.day) == (12, 31) else day), language)


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
