"""An assessment in words: the verdict and what it rests on, every outcome with its unit, every reason."""

from datetime import date
from fractions import Fraction
from math import floor

from evidence.baseline import end
from loaders.units import significant_digits
from progress.aim import ADDED
from progress.assess import OUTCOMES, Assessment
from progress.figures import Chosen
from progress.track import YEARLY, Outcome
from wording import Language, phrases
from wording.numbers import computed, shown, written
from wording.texts import say

# Fewer digits than two would hide what two figures differ in.
LEAST_DIGITS = 2
_PACES = ("needed", "recent")


def verdict(found: Assessment, language: Language) -> str:
    """The word, and why it is only tentative."""
    word = say(language, f"verdict.{found.verdict}")
    return word + _doubts(found.tentative, language)


def _doubts(codes: tuple[str, ...], language: Language) -> str:
    named = say(language, "chart.sources.join").join(say(language, f"doubt.{code}") for code in codes)
    return say(language, "verdict.tentative", doubts=named) if codes else ""


def why(found: Assessment, language: Language) -> str:
    """Why there is no verdict, or what it comes from; "" where nothing is to be added."""
    if found.reason:
        return say(language, f"reason.{found.reason}")
    if isinstance(found.months, str):
        return ""
    months = computed(abs(found.months), LEAST_DIGITS, language)
    key = "why.exact" if not found.months else "why.ahead" if found.months > 0 else "why.behind"
    return say(language, key, share=outcome(found, "share", language), months=months)


def outcome(found: Assessment, name: str, language: Language) -> str:
    """An outcome with its unit, or the reason why there is none."""
    value: Outcome = getattr(found, name)
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
    if name == "reached" and (text := _as_printed(found, language)):
        return text
    change = name == "distance" or (name in _PACES and found.case.target.kind not in YEARLY)
    text = amount(found, value, language, change=change)
    if name == "reached":
        kind, used = found.case.target.kind, found.track.used
        total = "value.since" if found.track.base else "value.total"
        key = total if kind in ADDED else "value.worst" if kind == "annual" else "value.mean"
        return say(language, key, value=text, years=_between(used[0], used[-1]), first=end(used[0].figure).year)
    if name == "recent" and found.track.first:
        if found.case.target.kind in YEARLY and found.track.first.amount.value == value:  # about stays about
            text = phrases.figure(found.case.book, found.case.indicator, found.track.first.figure, language)
        return say(language, "value.recent", value=say(language, "value.annual", value=text), years=years(found))
    return say(language, "value.annual", value=text) if name in _PACES else text


def years(found: Assessment) -> str:
    """The years of the recent pace: 2031–2033."""
    first, last = found.track.first, found.track.last
    assert first and last
    return _between(first, last)


def _between(first: Chosen, last: Chosen) -> str:
    return "–".join(dict.fromkeys((str(first.figure.period)[:4], str(end(last.figure).year))))


def amount(found: Assessment, value: Fraction, language: Language, *, change: bool = False) -> str:
    """What arithmetic gave, in the target's unit, with no more digits than the figures behind it. A `change` of a
    share is one of points, not of percent."""
    case, stated = found.case, unit(found)
    pattern, factor, _ = shown(case.book.units, case.indicator.dimension, stated, language)
    number = computed(value / factor, _digits(found), language)
    if change and stated in ("%", "‰"):
        return say(language, f"value.points.{stated}", value=number)
    return written(case.book.units, case.indicator.dimension, pattern, number)


def unit(found: Assessment) -> str:
    """The unit that a target is stated in."""
    stated = found.case.target.reading or found.case.target
    return stated.unit or found.case.book.units.dimensions[found.case.indicator.dimension].units[0].symbol


def _digits(found: Assessment) -> int:
    stated, known = found.case.target.reading or found.case.target, found.track
    figures = [one.figure.value for one in (*known.used, known.first) if one]
    printed = [significant_digits(one) for value in (stated.value or (), *figures) for one in value]
    return max(LEAST_DIGITS, min(printed, default=LEAST_DIGITS))


def rows(found: Assessment, language: Language) -> list[tuple[str, str]]:
    """The verdict, every outcome under its name, and last what cannot be given, with the reasons."""
    lines = [(say(language, "column.verdict"), verdict(found, language))]
    if found.reason:
        lines.append((say(language, "column.why"), say(language, f"reason.{found.reason}")))
    missing: dict[str, list[str]] = {}
    for name in OUTCOMES:
        label = say(language, f"outcome.{name}")
        if (value := getattr(found, name)) == 0 and name == "distance":
            continue
        if isinstance(value, str):
            missing.setdefault(value, []).append(label)
        else:
            weak = _doubts(found.loose, language) if name == "ratio" else ""
            lines.append((label, outcome(found, name, language) + weak))
    join = say(language, "chart.sources.join")
    silent = [
        say(language, "data.line", name=join.join(labels), figures=say(language, f"reason.{reason}"))
        for reason, labels in missing.items()
    ]
    none = (say(language, "outcome.none"), say(language, "chart.rest.join").join(silent))
    return [*lines, none] if silent else lines


def figure(found: Assessment, chosen: Chosen | None, language: Language) -> str:
    """A figure that a verdict rests on, with its period and weaknesses; "" where there is none."""
    if chosen is None:
        return ""
    partial = chosen.pair.comparability == "partial"
    return phrases.weighed(found.case.book, found.case.indicator, chosen.figure, partial, language)


def _as_printed(found: Assessment, language: Language) -> str:
    """The newest figure where it is one figure and not a sum, a rise or an average."""
    several = found.case.target.kind in (*YEARLY, *ADDED)
    return "" if several else figure(found, found.track.latest or found.track.base, language)


def cells(found: Assessment, day: date, language: Language) -> dict[str, str]:
    """The row of a target in an evaluation; `day` is the one for which the path's demand is shown."""
    case, asked = found.case, found.asked(day)
    row = {
        "name": phrases.name(case.indicator, case.target, language),
        "target": phrases.full_value(case.book, case.indicator, case.target, language),
        "baseline": figure(found, case.baseline, language),
        "latest": outcome(found, "reached", language) if found.track.latest else "",
        "asked": "" if asked is None else amount(found, asked, language),
        "verdict": verdict(found, language),
        "why": why(found, language),
    }
    return {say(language, f"column.{name}"): text for name, text in row.items()}
