"""What is weak about the evidence: one pure rule per stable code, over a valid book.

A rule yields findings and never raises. People script against the codes.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

from evidence import consistency, notes
from evidence.amount import Interval, apart, interval
from evidence.baseline import contradicts, end, part_year_flow, same_time
from evidence.case import Case, live
from evidence.finding import Finding
from evidence.kinds import ADDED, NO_PATH
from loaders.book import Book
from loaders.difference import AVERAGES
from loaders.fields import last_day
from loaders.models import Figure, Indicator, Rival
from loaders.units import half_digit

BOUNDS = ("ge", "gt", "le", "lt")
# Kinds that a single year can meet.
YEARLY = ("level", "share", "annual", "annual_average", "growth", "relative", "coverage")


def context_only(case: Case) -> Iterator[Finding]:
    """A start is needed, and what is published is not comparable."""
    if case.status == "context" and case.standing.context:
        yield case.finding("context-only", case.standing.context.figure)


def rivals_only(case: Case) -> Iterator[Finding]:
    """A start is needed, and only goals are known."""
    if case.status == "rivals_only":
        yield case.finding("rivals-only", *(one.figure for one in case.standing.rivals))


def nothing_known(case: Case) -> Iterator[Finding]:
    """A start is needed, and there is no figure that could stand beside the target."""
    if case.status == "nothing":
        yield case.finding("nothing-known")


def start_unpublished(case: Case) -> Iterator[Finding]:
    """An addition or a reduction of what nobody has counted: its progress could not be measured."""
    if case.target.kind == "increment" and case.indicator.measure == "stock" and not case.baseline:
        yield case.finding("start-unpublished")


def only_unverified(case: Case) -> Iterator[Finding]:
    """The best start that there is comes from a C source."""
    if case.baseline and case.book.source[case.baseline.figure.source].grade == "C":
        yield case.finding("only-unverified", case.baseline.figure)


def old_baseline(case: Case) -> Iterator[Finding]:
    """The start is older than the year before the base year."""
    if case.baseline and end(case.baseline.figure).year < case.book.plan.base_year - 1:
        yield case.finding("old-baseline", case.baseline.figure)


def other_definition(case: Case) -> Iterator[Finding]:
    """There are observations, and none of them is of the very same measure."""
    seen = [figure for figure in case.figures if not isinstance(figure, Rival)]
    if seen and not any((pair := case.pair(figure)) and pair.comparability == "same" for figure in seen):
        yield case.finding("other-definition", *seen)


def conflicting_sources(case: Case) -> Iterator[Finding]:
    """Two comparable observations of one period with values that exclude each other."""
    seen = [figure for figure in case.comparable if not isinstance(figure, Rival) and figure.period]
    for one, other in combinations(seen, 2):
        if same_time(case.indicator, one, other) and contradicts(case.book, case.indicator, one, other):
            # A range counts with its middle; values that differ are not both zero.
            first, second = (case.amounts(figure)[0] + case.amounts(figure)[-1] for figure in (one, other))
            gap = abs(first - second) / max(abs(first), abs(second))
            yield case.finding("conflicting-sources", one, other, gap=gap)


def only_bound(case: Case) -> Iterator[Finding]:
    """The source of the start gives a floor or a cap, not a value."""
    if case.baseline and case.baseline.figure.comparator in BOUNDS:
        yield case.finding("only-bound", case.baseline.figure)


def asks_no_more(case: Case) -> Iterator[Finding]:
    """The target asks for no more than was promised by an earlier date, or reached, before."""
    up, unit, ends = case.indicator.direction == "up", case.target.stated.unit, case.goal
    if case.indicator.direction == "none" or not ends or unit is None:
        return
    if case.book.units.dimension_of(case.indicator.dimension, unit) != case.indicator.dimension:
        return
    before = []
    for figure in case.comparable:
        if figure.comparator in (("lt", "le") if up else ("gt", "ge")) or not _alike(case, figure):
            continue
        reached = case.amounts(figure)
        lead = reached[0] - ends[0] if up else ends[-1] - reached[-1]
        if lead >= 0 and (lead > 0 or not _weaker(case, figure)) and _before(case, figure, lead):
            before.append(figure)
    if before:
        yield case.finding("asks-no-more", *before)


def _weaker(case: Case, figure: Figure) -> bool:
    """At one and the same number, 左右 says less than 以上, and 以上 less than 超过."""
    asked, said = case.target.comparator, figure.comparator
    return (asked in ("gt", "lt") and said not in ("gt", "lt")) or (said == "about" and asked != "about")


def _alike(case: Case, figure: Figure) -> bool:
    """Whether the periods can be compared: a sum with sums and promises, an average with averages too."""
    if figure.period is None or part_year_flow(case.indicator, figure):
        return False
    over_years = len(figure.period) == len("2031/2035")
    if case.target.kind in ADDED:
        return over_years or isinstance(figure, Rival)
    return case.target.kind in YEARLY and (not over_years or case.target.kind in AVERAGES)


def _before(case: Case, figure: Figure, lead: Fraction) -> bool:
    """An observation; a promise for an earlier date; one for the same date that asks for
    more, or is older than the base year (the plan's own announcements repeat it)."""
    if not isinstance(figure, Rival):
        return True
    by, due = end(figure), last_day(case.deadline)
    published = case.book.source[figure.source].date
    older = published is not None and last_day(published).year < case.book.plan.base_year
    return by < due or (by == due and (lead > 0 or older))


def not_judged_twice(case: Case) -> Iterator[Finding]:
    """Two readers, blind to each other, have not both judged a figure and the target."""
    once = [figure for figure in case.figures if not (pair := case.pair(figure)) or len(pair.judged) < 2]
    if once:
        yield case.finding("not-judged-twice", *once)


def series_growth(book: Book, sector: str, indicator: Indicator) -> Iterator[Finding]:
    """Two levels of one series and the growth that is printed between them exclude each other."""
    yearly = _yearly(indicator)
    for (series, year), figures in yearly.items():
        for figure in figures:
            for earlier in yearly.get((series, year - 1), ()):
                if figure.growth is None or {figure.comparator, earlier.comparator} - {"eq"}:
                    continue
                now, then = _printed(book, indicator, figure), _printed(book, indicator, earlier)
                low, high = (100 * (a / b - 1) for a, b in ((now[0], then[1]), (now[1], then[0])))
                rise, slack = Fraction(figure.growth), half_digit(figure.growth)
                if apart((low, high), (rise - slack, rise + slack)):
                    said = f"{figure.growth}% ≠ {float((low + high) / 2):.1f}%"
                    yield Finding("series-growth", sector, indicator, None, (earlier, figure), None, said)


def series_sum(book: Book, sector: str, indicator: Indicator) -> Iterator[Finding]:
    """A sum over years that the years of its series cannot add up to."""
    yearly = _yearly(indicator)
    for figure in indicator.observations:
        if not figure.series or figure.superseded or len(figure.period or "") != len("2031/2035"):
            continue
        first, last = (int(year) for year in str(figure.period).split("/"))
        years = [yearly.get((figure.series, year), []) for year in range(first, last + 1)]
        spans = [[_allowed(book, indicator, one) for one in year] for year in years]
        low = sum((min((one[0] or Fraction(0) for one in year), default=Fraction(0)) for year in spans), Fraction(0))
        tops = [one[1] for year in spans for one in year]
        closed = all(spans) and None not in tops
        high = sum((max(one[1] or Fraction(0) for one in year) for year in spans), Fraction(0)) if closed else None
        if any(spans) and apart(_allowed(book, indicator, figure), (low, high)):
            yield Finding("series-sum", sector, indicator, None, (figure, *(one for year in years for one in year)))


def _yearly(indicator: Indicator) -> dict[tuple[str, int], list[Figure]]:
    """The full-year values of each series."""
    found: dict[tuple[str, int], list[Figure]] = {}
    for figure in indicator.observations:
        if figure.series and figure.period and len(figure.period) == len("2031") and not figure.superseded:
            found.setdefault((figure.series, int(figure.period)), []).append(figure)
    return found


def _allowed(book: Book, indicator: Indicator, figure: Figure) -> Interval:
    return interval(figure.comparator, *_printed(book, indicator, figure))


def _printed(book: Book, indicator: Indicator, figure: Figure) -> tuple[Fraction, Fraction]:
    """What a printed value stands for: half of its last digit either way."""
    low, high = figure.value[0], figure.value[-1]
    factor = book.units.row(indicator.dimension, figure.unit).factor
    return (Fraction(low) - half_digit(low)) * factor, (Fraction(high) + half_digit(high)) * factor


def wanted(case: Case) -> bool:
    """Whether somebody would have to find what a target starts from; a bound is not yet it."""
    rules = (context_only, rivals_only, nothing_known, start_unpublished, only_bound)
    return case.target.kind not in NO_PATH and any(found for rule in rules for found in rule(case))


# A rule is named after its code.
RULES = {
    rule.__name__.replace("_", "-"): rule
    for rule in (
        *(context_only, rivals_only, nothing_known, start_unpublished, only_unverified, old_baseline, other_definition),
        *(conflicting_sources, only_bound, asks_no_more, not_judged_twice),
    )
}
SERIES_RULES = {"series-growth": series_growth, "series-sum": series_sum}
CODES = (*RULES, *SERIES_RULES, *consistency.CODES, *notes.CODES)


# What is weak about a target rather than about its indicator; that a start is missing its status says.
WEAK = tuple(code for code in RULES if code not in ("context-only", "rivals-only", "nothing-known"))


def weaknesses(book: Book) -> dict[str, tuple[str, ...]]:
    """The codes of WEAK that hold, by the target's id."""
    found = {
        case.target.id: tuple(code for code in WEAK if any(True for _ in RULES[code](case))) for case in live(book)
    }
    return {target: codes for target, codes in found.items() if codes}


def findings(book: Book) -> tuple[Finding, ...]:
    """All findings, in the order of the codes and then of the plan's targets."""
    every = live(book)
    each = [(book, sector.id, indicator) for sector in book.sectors for indicator in sector.indicators]
    return (
        *(finding for rule in RULES.values() for case in every for finding in rule(case)),
        *(finding for rule in SERIES_RULES.values() for one in each for finding in rule(*one)),
        *consistency.notes(book),
        *notes.findings(book),
    )
