"""The targets as rows, in words and shares, and the range chart of a sector that is made of them."""

from collections.abc import Collection, Sequence
from fractions import Fraction

from charts.range import RangeChart
from charts.row import TRACK, Row, Spot
from charts.sheet import head
from evidence.baseline import Baseline
from evidence.case import Case, cases
from evidence.context import obstacle
from loaders.book import Book, Sector
from loaders.models import GRADES, Figure, Section, Target
from progress.assess import Assessment, assess
from progress.bounds import bounds_of
from progress.calendar import asof
from progress.figures import weak
from progress.start import Role, Share, Start, start
from progress.table import assessments
from wording import Language, judged, phrases
from wording.texts import TEXTS, say


def rows(book: Book, language: Language) -> dict[str, Row]:
    """The row of every target that still counts, by its id, in the order of the plan's sectors."""
    found = assessments(book, asof(book))
    return {one.case.target.id: _row(one, language) for one in found if not one.case.target.superseded}


def range_chart(book: Book, sector: Sector, language: Language, ids: Collection[str] | None = None) -> RangeChart:
    """The chart of a sector, or of those of its targets that `ids` names."""
    every = [case for case in cases(book) if case.sector is sector and not case.target.superseded]
    chosen = [case for case in every if ids is None or case.target.id in ids]
    made = [_row(assess(case, asof(book)), language) for case in chosen]
    return of_sector(book, sector, (made, len(every)), _used(chosen), language)


def of_sector(
    book: Book, sector: Sector, chosen: tuple[Sequence[Row], int], figures: Collection[Figure], language: Language
) -> RangeChart:
    """The chart of rows of a sector that has so many, drawn from these figures."""
    made, total = chosen
    beside = tuple(row for row in made if not row.goal)
    some = len(made) < total
    counts = {"drawn": len(made) - len(beside), "shown": len(made), "total": total}
    counts["starts"] = sum(row.start is not None and row.start.look == "baseline" for row in made if row.goal)
    scope = say(language, "chart.scope.some" if some else "chart.scope", place=book.plan.region[language], **counts)
    name = say(language, "image.file.some" if some else "image.file", sector=sector.name[language], **counts)
    notes, used = doubts(made, language), [book.source[figure.source] for figure in figures]
    words = head(
        book,
        language,
        (f"start.{sector.id}", "", (("sector", sector.id),)),
        (
            say(language, "chart.title", sector=sector.name[language], year=book.plan.last_year),
            say(language, "chart.subtitle") + scope,
        ),
        (aside(beside, "mark", language), *notes),
        phrases.sources(book, used, "chart.sources", language),
        name,
        (" ".join([*([say(language, "mark.beside.brief", count=len(beside))] if beside else []), *notes]),),
        phrases.sources(book, used, "chart.sources", language, brief=True),
    )
    about = say(language, "chart.chapters", chapters=_chapters(book, sector, language))
    return RangeChart(words, about, notes, tuple(row for row in made if row.goal), beside)


def _used(chosen: Sequence[Case]) -> list[Figure]:
    """The figures behind the marks."""
    found = [start(case) for case in chosen]
    return [
        one.figure
        for made in found
        for one in (made.baseline, made.context, *(share for _, share in made.rivals))
        if one
    ]


def aside(rows: Sequence[Row], family: str, language: Language) -> str:
    """The targets that have no place on the axis, so that a sheet does not hide them."""
    if not rows:
        return ""
    items = [
        say(language, f"{family}.beside.item", name=row.name + row.signs, value=row.target, why=row.why) for row in rows
    ]
    return say(language, f"{family}.beside", items=say(language, "chart.rest.join").join(items))


# The sign of each weighty flag behind a name.
_SIGNS = dict(zip(phrases.WEIGHTY, "*¹²³", strict=True))


def signs(target: Target, baseline: Baseline | None) -> str:
    """What leads from a name to its doubts."""
    flags = phrases.weighty_flags(target, baseline is not None and baseline.conflicting)
    return "".join(_SIGNS[flag] for flag in flags)


def doubts(rows: Sequence[Row], language: Language) -> tuple[str, ...]:
    """What the signs behind the names mean."""
    used = {sign for row in rows for sign in row.signs}
    return tuple(sign + say(language, f"weighty.{flag}") for flag, sign in _SIGNS.items() if sign in used)


def _row(assessment: Assessment, language: Language) -> Row:
    case = assessment.case
    made, target = start(case), case.target
    return Row(
        target.id,
        case.indicator.id,
        phrases.name(case.indicator, target, language),
        phrases.full_value(case.book, case.indicator, target, language),
        case.status,
        phrases.asked(case.book, case.indicator, target, language, named=False),
        phrases.by(case.book, target, language),
        tuple(_percent(one) for one in made.goal),
        _start(made, language),
        _reached(assessment, language) if made.goal else None,
        _spot(case, "context", made.context, _context_word(case, made.context, language), language),
        tuple(_rival(case, role, share, language) for role, share in made.rivals),
        _allowed(case) if made.goal else None,
        _why(case, language),
        signs(target, case.baseline),
    )


def _percent(share: Fraction) -> float:
    return float(100 * share)


def _start(made: Start, language: Language) -> Spot | None:
    """Where the way begins: at zero what is added up, else at the baseline."""
    if made.from_zero and made.goal:
        inferred = "zero-inferred" in made.case.target.flags
        text = say(language, "row.zero.inferred" if inferred else "row.zero")
        return Spot("zero", (0.0,), text, text, text)
    pair = made.baseline.pair if made.baseline else None
    word = pair.word[language] if pair and pair.word else ""  # what a partly comparable one is instead
    return _spot(made.case, "baseline", made.baseline, word, language)


def _reached(assessment: Assessment, language: Language) -> Spot | None:
    """How far the figures of the plan's own years have come; None before there are any."""
    latest, value = assessment.track.latest, assessment.reached
    if latest is None or isinstance(value, str):
        return None
    case = assessment.case
    text = judged.outcome(assessment, "reached", language)
    doubts = {*assessment.tentative, *weak(case.book, latest)}
    return Spot(
        "point",
        (_percent(value / case.goal[0]),),
        text,
        text,
        phrases.figure(case.book, case.indicator, latest.figure, language),
        phrases.when(case.indicator, latest.figure, language),
        partial="partial" in doubts,
        unverified="unverified" in doubts,
    )


def _spot(case: Case, look: str, share: Share | None, word: str, language: Language) -> Spot | None:
    if share is None:
        return None
    figure, partial = share.figure, share.pair.comparability == "partial"
    unverified = case.book.source[figure.source].grade == GRADES[-1]
    value = phrases.figure(case.book, case.indicator, figure, language)
    # That no year is printed its word says already.
    undated = figure.period is None and set(share.pair.differs) <= {"period"}
    when = "" if undated and word else phrases.when(case.indicator, figure, language)
    weak = (say(language, f"row.{name}") for name, true in (("partial", partial), ("unverified", unverified)) if true)
    short = [part for part in (when, word) if part]
    text, brief = (
        say(language, "chart.baseline", value=value, period=say(language, "source.join").join(parts))
        for parts in ((*short, *weak), short)
    )
    return Spot(look, tuple(_percent(one) for one in share.ends), text, brief, value, when, word, partial, unverified)


def _context_word(case: Case, share: Share | None, language: Language) -> str:
    """Why a figure is no baseline, in a short word."""
    if share is None:
        return ""
    if share.pair.comparability == "different" and share.pair.word:
        return share.pair.word[language]
    hinders = obstacle(case.book, case.indicator, share.figure)
    return say(language, f"obstacle.{hinders}") if hinders else ""


def _rival(case: Case, role: Role, share: Share, language: Language) -> Spot:
    """Another target, with whose it is; where it is of another thing, what that is too."""
    different = share.pair.comparability == "different"
    own = share.pair.word[language] if different and share.pair.word else ""
    words = say(language, "source.join").join(filter(None, (say(language, f"role.{role}"), own)))
    spot = _spot(case, "rival other" if different else "rival", share, words, language)
    assert spot
    return spot


def _allowed(case: Case) -> tuple[float, float] | None:
    """The part of the track that keeps the target, where a cap or a range asks for something else than more."""
    bounds, unit = bounds_of(case), case.goal[0]
    if len(set(case.goal)) > 1 and unit > 0:
        return 100.0, min(TRACK[1], _percent(case.goal[-1] / unit))
    if bounds.high is None or unit < 0:
        return None
    low = TRACK[0] if bounds.low is None else max(TRACK[0], _percent(bounds.low / unit))
    high = min(TRACK[1], _percent(bounds.high / unit))
    return (low, high) if low < high else None


def _why(case: Case, language: Language) -> str:
    """What is weak about the start, in a word; of a target without a track why it has none."""
    kind = f"rest.{case.target.kind}"
    if case.status in ("yes_no", "unmeasured"):
        return say(language, kind if kind in TEXTS else "rest.other")
    return "" if case.status in ("comparable", "from_zero") else say(language, f"status.{case.status}")


def table(book: Book, language: Language) -> dict[str, dict[str, str]]:
    """The table behind the charts: the cells of each target in words, by the target's id."""
    verdicts = {found.case.target.id: judged.verdict(found, language) for found in assessments(book, asof(book))}
    return {case.target.id: _cells(case, verdicts[case.target.id], language) for case in cases(book)}


def _cells(case: Case, verdict: str, language: Language) -> dict[str, str]:
    book, indicator, target, baseline = case.book, case.indicator, case.target, case.baseline
    cells = {
        "name": phrases.name(indicator, target, language),
        "target": phrases.value(book, indicator, target, language) if target.value else "",
        "deadline": phrases.deadline(target, language),
        "baseline": phrases.figure(book, indicator, baseline.figure, language) if baseline else "",
        "period": phrases.when(indicator, baseline.figure, language) if baseline else "",
        "status": say(language, f"status.{case.status}"),
        "verdict": verdict,
        "section": phrases.place(target, language),
    }
    return {say(language, f"column.{name}"): cell for name, cell in cells.items()}


def _chapters(book: Book, sector: Sector, language: Language) -> str:
    """The chapters that hold the sector's targets, in the order of the plan."""
    found = {_chapter(book, book.section[target.section]).id for _, target in sector.targets}
    chapters = [section for section in book.sections.sections if section.id in found]
    names = [
        say(language, "section.named", number=section.id.split()[-1], name=phrases.title(section, language))
        for section in chapters
    ]
    return say(language, "chart.rest.join").join(names)


def _chapter(book: Book, section: Section) -> Section:
    return _chapter(book, book.section[section.parent]) if section.parent else section
