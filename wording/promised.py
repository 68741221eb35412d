"""What earlier goals came to, in words: the goal, the figure that it was held against, the verdict and what is weak."""

from collections.abc import Iterable

from evidence.baseline import end
from loaders.units import significant_digits
from progress.promises import Promise, Tally
from wording import Language, phrases
from wording.judged import LEAST_DIGITS
from wording.numbers import computed, shown, written
from wording.texts import say


def came(promise: Promise, language: Language) -> str:
    """Kept; missed, and by how much; or why nobody can say. A goal that another row has too says so."""
    if promise.because:
        word = say(language, "earlier.because", reason=say(language, f"earlier.because.{promise.because}"))
    elif promise.missed_by:
        word = say(language, "earlier.missed_by", amount=_distance(promise, language))
    else:
        # Exactly at a bound that is itself not allowed nothing is left to measure.
        word = say(language, "earlier.missed.bound" if promise.came == "missed" else "earlier.kept")
    return say(language, "earlier.again", came=word) if promise.again else word


def _distance(promise: Promise, language: Language) -> str:
    """What was missed in the unit of the goal, with no more digits than both figures have, and in % of the goal."""
    book, indicator, rival = promise.book, promise.indicator, promise.rival
    assert promise.missed_by is not None and promise.outcome
    pattern, factor, _ = shown(book.units, indicator.dimension, rival.unit, language)
    printed = (*rival.value, *promise.outcome.figure.value)
    digits = max(LEAST_DIGITS, min(significant_digits(one) for one in printed))
    number = computed(promise.missed_by / factor, digits, language)
    # A change of a share is one of points, not of percent.
    if rival.unit in ("%", "‰"):
        text = say(language, f"value.points.{rival.unit}", value=number)
    else:
        text = written(book.units, indicator.dimension, pattern, number)
    if promise.outcome.figure.comparator != "eq":
        text = say(language, "earlier.least", amount=text)
    if (percent := promise.missed_percent) is None:
        return text
    return say(language, "earlier.percent", amount=text, share=computed(percent, LEAST_DIGITS, language))


def weak(promise: Promise, language: Language) -> str:
    """Why the verdict is tentative; that it is firm where it is; nothing without a verdict."""
    if promise.firm:
        return say(language, "earlier.firm")
    return _joined((say(language, f"earlier.doubt.{code}") for code in promise.tentative), language)


def notes(promise: Promise, language: Language) -> str:
    """What the data notes of goal and figure, where a source's own reason for a miss would stand."""
    figures = (promise.rival, promise.outcome.figure if promise.outcome else None)
    return " ".join(one.note[language] for one in figures if one and one.note)


def cells(promise: Promise, language: Language) -> dict[str, str]:
    """The row of a goal: when, what was set and by what, what it was held against, what came of it."""
    book, indicator, rival, chosen = promise.book, promise.indicator, promise.rival, promise.outcome
    goal = _cited(promise, phrases.figure(book, indicator, rival, language), rival.source, language)
    outcome = ""
    if chosen:
        value = phrases.figure(book, indicator, chosen.figure, language)
        if chosen.figure.period != rival.period:
            when = phrases.when(indicator, chosen.figure, language)
            value = say(language, "chart.baseline", value=value, period=when)
        outcome = _cited(promise, value, chosen.figure.source, language)
    row = {
        "time": phrases.when(indicator, rival, language),
        "kind": say(language, f"evidence.{rival.kind}"),
        "goal": goal,
        "outcome": outcome,
        "came": came(promise, language),
        "weak": weak(promise, language),
        "note": notes(promise, language),
    }
    return {say(language, f"earlier.column.{name}"): text for name, text in row.items()}


def _cited(promise: Promise, value: str, source: str, language: Language) -> str:
    """A value and who prints it."""
    return say(language, "earlier.cited", value=value, publisher=promise.book.source[source].publisher[language])


def newest(made: Iterable[Promise]) -> list[Promise]:
    """The newest first; of one time in the order of the data."""
    return sorted(made, key=lambda one: -end(one.rival).toordinal())


def one(counts: Tally, language: Language) -> str:
    """The counts of one measure in a sentence."""
    key = "earlier.one" if counts.checked else "earlier.one.none"
    return _told((say(language, key, **_counts(counts)), *_firm(counts, language)), language)


def every(counts: Tally, day: str, language: Language) -> str:
    """The counts of the whole plan, with the reasons of what cannot be checked."""
    parts = [say(language, "earlier.every", day=day, **_counts(counts)), *_firm(counts, language)]
    return _told((*parts, unsaid(counts, language)), language)


def unsaid(counts: Tally, language: Language) -> str:
    """How many cannot be checked, and why."""
    reasons = (
        say(language, "earlier.reason", reason=say(language, f"earlier.because.{why}"), count=count)
        for why, count in counts.unsaid
    )
    count = counts.goals - counts.checked
    return say(language, "earlier.unsaid", count=count, reasons=_joined(reasons, language)) if count else ""


def _firm(counts: Tally, language: Language) -> Iterable[str]:
    if counts.checked:
        yield say(language, "earlier.firm.count" if counts.firm else "earlier.firm.none", count=counts.firm)


def _counts(counts: Tally) -> dict[str, int]:
    return {"goals": counts.goals, "checked": counts.checked, "kept": counts.kept, "missed": counts.missed}


def _told(sentences: Iterable[str], language: Language) -> str:
    """One sentence after the other; Chinese has no space between them."""
    return ("" if language.startswith("zh") else " ").join(filter(None, sentences))


def _joined(words: Iterable[str], language: Language) -> str:
    return say(language, "chart.rest.join").join(words)
