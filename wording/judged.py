"""An assessment in words: the verdict and what it rests on, every outcome with its unit, every reason."""

from datetime import date
from fractions import Fraction
from math import floor

from evidence.baseline import end
from evidence.kinds import ADDED, EACH_YEAR
from loaders.units import significant_digits
from progress.assess import OUTCOMES, Assessment
from progress.figures import Chosen
from progress.track import Outcome
from wording import Language, phrases
from wording.numbers import computed, shown, written
from wording.texts import say

# Fewer digits than two would hide what two figures differ in.
LEAST_DIGITS = 2
_PACES = ("needed", "recent")


def verdict(assessment: Assessment, language: Language) -> str:
    """The word, and why it is only tentative."""
    word = say(language, f"verdict.{assessment.verdict}")
    return word + _doubts(assessment.tentative, language)


def _doubts(codes: tuple[str, ...], language: Language) -> str:
    named = say(language, "chart.sources.join").join(say(language, f"doubt.{code}") for code in codes)
    return say(language, "verdict.tentative", doubts=named) if codes else ""


def why(assessment: Assessment, language: Language) -> str:
    """Why there is no verdict, or what it comes from; "" where nothing is to be added."""
    if assessment.reason:
        return say(language, f"reason.{assessment.reason}")
    if isinstance(assessment.months, str):
        return ""
    months = computed(abs(assessment.months), LEAST_DIGITS, language)
    key = "why.exact" if not assessment.months else "why.ahead" if assessment.months > 0 else "why.behind"
    return say(language, key, share=outcome(assessment, "share", language), months=months)


def outcome(assessment: Assessment, name: str, language: Language) -> str:
    """An outcome with its unit, or the reason why there is none."""
    value: Outcome = getattr(assessment, name)
    if isinstance(value, str):
        return say(language, f"reason.{value}")
    if name == "share":
        return say(language, "value.percent", value=computed(100 * value, LEAST_DIGITS, language))
    if name == "pace":  # cut, not rounded, so that no threshold is shown as reached before it is
        cut = Fraction(floor(1000 * value), 10)
        return say(language, "value.percent", value=computed(cut, max(2, len(str(floor(abs(cut)))) + 1), language))
    if name == "ratio":
        key = "value.turn" if value < 0 else "value.times"
        return say(language, key, value=computed(value, LEAST_DIGITS, language))
    if name == "months":
        key = "value.months.behind" if value < 0 else "value.months" if value else "value.months.none"
        return say(language, key, value=computed(abs(value), LEAST_DIGITS, language))
    if name == "reached" and (text := _as_printed(assessment, language)):
        return text
    change = name == "distance" or (name in _PACES and assessment.case.target.kind not in EACH_YEAR)
    text = amount(assessment, value, language, change=change)
    if name == "reached":
        kind, used = assessment.case.target.kind, assessment.track.used
        total = "value.since" if assessment.track.base else "value.total"
        key = total if kind in ADDED else "value.worst" if kind == "annual" else "value.mean"
        return say(
            language, key, value=text, years=_between(used[0], used[-1], language), first=end(used[0].figure).year
        )
    if name == "recent" and assessment.track.first:
        if (
            assessment.case.target.kind in EACH_YEAR and assessment.track.first.amount.value == value
        ):  # about stays about
            text = phrases.figure(
                assessment.case.book, assessment.case.indicator, assessment.track.first.figure, language
            )
        return say(
            language, "value.recent", value=say(language, "value.annual", value=text), years=years(assessment, language)
        )
    return say(language, "value.annual", value=text) if name in _PACES else text


def years(assessment: Assessment, language: Language) -> str:
    """The years of the recent pace: 2031–2033."""
    first, last = assessment.track.first, assessment.track.last
    assert first and last
    return _between(first, last, language)


def _between(first: Chosen, last: Chosen, language: Language) -> str:
    low, high = str(first.figure.period)[:4], str(end(last.figure).year)
    return low if low == high else say(language, "value.range", low=low, high=high)


def amount(assessment: Assessment, value: Fraction, language: Language, *, change: bool = False) -> str:
    """What arithmetic gave, in the target's unit, with no more digits than the figures behind it. A `change` of a
    share is one of points, not of percent."""
    case, stated = assessment.case, unit(assessment)
    pattern, factor, _ = shown(case.book.units, case.indicator.dimension, stated, language)
    number = computed(value / factor, _digits(assessment), language)
    if change and stated in ("%", "‰"):
        return say(language, f"value.points.{stated}", value=number)
    return written(case.book.units, case.indicator.dimension, pattern, number)


def unit(assessment: Assessment) -> str:
    """The unit that a target is stated in."""
    stated = assessment.case.target.stated
    return stated.unit or assessment.case.book.units.dimensions[assessment.case.indicator.dimension].units[0].symbol


def _digits(assessment: Assessment) -> int:
    stated, known = assessment.case.target.stated, assessment.track
    figures = [one.figure.value for one in (*known.used, known.first) if one]
    printed = [significant_digits(one) for value in (stated.value or (), *figures) for one in value]
    return max(LEAST_DIGITS, min(printed, default=LEAST_DIGITS))


def rows(assessment: Assessment, language: Language) -> list[tuple[str, str]]:
    """The verdict, every outcome under its name, and last why others cannot be given."""
    lines = [(say(language, "column.verdict"), verdict(assessment, language))]
    if assessment.reason:
        lines.append((say(language, "column.why"), say(language, f"reason.{assessment.reason}")))
    missing: list[str] = []
    for name in OUTCOMES:
        label = say(language, f"outcome.{name}")
        if (value := getattr(assessment, name)) == 0 and name == "distance":
            continue
        if isinstance(value, str):
            missing.append(say(language, f"reason.{value}"))
        else:
            weak = _doubts(assessment.loose, language) if name == "ratio" else ""
            lines.append((label, outcome(assessment, name, language) + weak))
    reasons = [one for one in dict.fromkeys(missing) if one not in dict(lines).values()]
    none = (say(language, "outcome.none"), say(language, "chart.rest.join").join(reasons))
    return [*lines, none] if reasons else lines


def figure(assessment: Assessment, chosen: Chosen | None, language: Language) -> str:
    """A figure that a verdict rests on, with its period and weaknesses; "" where there is none."""
    if chosen is None:
        return ""
    partial = chosen.pair.comparability == "partial"
    return phrases.weighed(assessment.case.book, assessment.case.indicator, chosen.figure, partial, language)


def _as_printed(assessment: Assessment, language: Language) -> str:
    """The newest figure where it is one figure and not a sum, a rise or an average."""
    several = assessment.case.target.kind in (*EACH_YEAR, *ADDED)
    return "" if several else figure(assessment, assessment.track.latest or assessment.track.base, language)


def cells(assessment: Assessment, day: date, language: Language) -> dict[str, str]:
    """The row of a target in an evaluation; `day` is the one for which the path's demand is shown."""
    case, asked = assessment.case, assessment.required_on(day)
    row = {
        "name": phrases.name(case.indicator, case.target, language),
        "target": phrases.full_value(case.book, case.indicator, case.target, language),
        "baseline": figure(assessment, case.baseline, language),
        "latest": outcome(assessment, "reached", language) if assessment.track.latest else "",
        "asked": "" if asked is None else amount(assessment, asked, language),
        "verdict": verdict(assessment, language),
        "why": why(assessment, language),
    }
    return {say(language, f"column.{name}"): text for name, text in row.items()}
