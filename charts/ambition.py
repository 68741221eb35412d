"""How hard it is: the pace of the recent past as a share of the pace that each target needs from here.

The rows of a range chart, the needed pace being its 100 %.
"""

from collections.abc import Iterable
from fractions import Fraction

from charts.range import RangeChart
from charts.row import Row, Spot
from charts.rows import aside, doubts, signs
from charts.sheet import head
from loaders.book import Book
from progress.assess import Assessment
from wording import Language, judged, phrases
from wording.texts import say


def ambition(found: Iterable[Assessment], book: Book, language: Language) -> RangeChart:
    """The hardest first; beside the axis what was met at the start."""
    every = [one for one in found if not one.case.target.superseded]
    drawn = sorted((one for one in every if _share(one) is not None), key=lambda one: _share(one) or 0)
    start = [one for one in every if one.reason == "met_at_start"]
    figures = [chosen.figure for one in drawn for chosen in (one.track.first, *one.track.used) if chosen]
    figures += [known.figure for one in start if (known := one.track.latest or one.track.base)]
    rows, beside = ([_row(one, language) for one in part] for part in (drawn, start))
    total = sum(not target.superseded for target in book.targets)
    counts = {"drawn": len(drawn), "met": len(start), "rest": len(every) - len(drawn) - len(start)}
    rest = say(language, "ambition.rest", **counts)
    some = ".some" if len(every) < total else ""
    scope = say(language, f"ambition.scope{some}", place=book.plan.region[language], shown=len(every), total=total)
    notes = doubts((*rows, *beside), language)
    words = head(
        book,
        language,
        ("pace", "evaluation", ()),
        (say(language, "ambition.title"), say(language, "ambition.subtitle") + scope),
        (rest, aside(beside, "ambition", language), *notes),
        phrases.sources(book, [book.source[figure.source] for figure in figures], "years.sources", language),
        say(language, f"ambition.file{some}", shown=len(every), total=total),
        (rest, *doubts(rows, language)),  # which counts what was met at the start
    )
    return RangeChart(words, rest, notes, tuple(rows), tuple(beside), "ambition")


def _share(assessment: Assessment) -> float | None:
    """The recent pace in percent of the needed one; None where they cannot be compared."""
    if assessment.ratio == "no_movement":
        return 0.0
    return float(100 / assessment.ratio) if isinstance(assessment.ratio, Fraction) else None


def _row(assessment: Assessment, language: Language) -> Row:
    """The pace in percent of the needed one as the start; beside the axis the figure that met the target."""
    case, share = assessment.case, _share(assessment)
    known = assessment.track.latest or assessment.track.base
    target = phrases.full_value(case.book, case.indicator, case.target, language)
    text = judged.figure(assessment, known, language)
    if share is not None:
        words = {name: judged.outcome(assessment, name, language) for name in ("needed", "recent", "ratio")}
        target, text = (say(language, f"ambition.{name}", **words) for name in ("needed", "recent"))
    loose = set(assessment.loose)
    partial, unverified = bool({"partial", "inexact"} & loose), "unverified" in loose
    return Row(
        case.target.id,
        case.indicator.id,
        phrases.name(case.indicator, case.target, language),
        target,
        case.status,
        goal=(100.0,) if share is not None else (),
        start=Spot("baseline", () if share is None else (share,), text, text, partial=partial, unverified=unverified),
        why=judged.verdict(assessment, language),
        signs=signs(case.target, case.baseline),
    )
