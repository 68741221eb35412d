"""What is odd about figures and dates, though it can be: nothing that is new goes uncounted without a word.

Pure functions over a book. What a person has said already, such as a pair judged different or the flag `undated`,
is no news.
"""

from collections.abc import Iterator

from evidence.baseline import end, pair_of, part_year_flow
from evidence.case import Case, live
from evidence.finding import Finding
from loaders.book import Book
from loaders.dates import over_a_year, years
from loaders.fields import first_day, last_day
from loaders.models import Figure, Indicator, Rival
from loaders.problem import Problem


def of_figure(book: Book, sector: str, indicator: Indicator, figure: Figure) -> Iterator[Finding]:
    """Why a published figure, or the source of one, is not what the data says that it counts."""
    targets = [target for target in indicator.targets if not target.superseded]
    pairs = [pair_of(figure, target) for target in targets]
    if figure.superseded or all(pair and pair.comparability == "different" for pair in pairs):
        return

    def note(code: str, expected: str, found: str) -> Finding:
        return Finding(f"note-{code}", sector, indicator, None, (figure,), None, expected, found)

    day, source, rival = last_day(book.plan.updated), book.source[figure.source], isinstance(figure, Rival)
    if not rival and figure.period and end(figure) > day:
        yield note("period-after-data", f"≤ {book.plan.updated}", str(figure.period))
    elif source.date and first_day(source.date) > day:
        yield note("source-after-data", f"≤ {book.plan.updated}", source.date)
    if not all(pairs):
        unjudged = [target.id for target, pair in zip(targets, pairs, strict=True) if not pair]
        yield note("not-judged", "", " ".join(unjudged))
    comparable = any(pair and pair.comparability != "different" for pair in pairs)
    # A stock has a day or a month: what was counted over several months stands for no point in time.
    months = "/" in (figure.period or "") and "-" in (figure.period or "")
    if comparable and not rival and (months or part_year_flow(indicator, figure)):
        yield note("part-of-year", "", str(figure.period))


def _figures(book: Book) -> Iterator[Finding]:
    for sector in book.sectors:
        for indicator in sector.indicators:
            for figure in (*indicator.observations, *indicator.rivals):
                yield from of_figure(book, sector.id, indicator, figure)


def _deadline(case: Case) -> Iterator[Finding]:
    target, plan = case.target, case.book.plan
    due = case.deadline[:4]
    explained = "undated" in target.flags or target.note is not None
    if not explained and not plan.first_year <= int(due) <= plan.last_year:
        yield case.finding("note-deadline-outside", expected=f"{plan.first_year}–{plan.last_year}", found=due)
    tokens = [
        figure.token
        for section in case.book.ledger.sections
        for figure in section.figures
        if figure.sort == "deadline" and target.id in figure.of
    ]
    dated = {due} & years(target.printed) | {year for token in tokens for year in years(token)}
    if dated and not target.deadline_printed:
        yield case.finding("note-deadline-printed", found=" ".join(sorted(dated)))


CODES = (
    *("note-period-after-data", "note-source-after-data", "note-not-judged", "note-part-of-year"),
    *("note-deadline-outside", "note-deadline-printed"),
)


def findings(book: Book) -> tuple[Finding, ...]:
    """In the order of the codes."""
    every = (*_figures(book), *(finding for case in live(book) for finding in _deadline(case)))
    return tuple(sorted(every, key=lambda finding: CODES.index(finding.code)))


def _of_folder(book: Book) -> Iterator[Problem]:
    """What belongs to no indicator: a new document that nothing cites yet, a day that nothing explains."""
    held = book.indicator.values()
    cited = {one.source for item in held for one in (*item.observations, *item.rivals)}
    cited |= {str(one.source) for item in held for one in item.derived}
    day = last_day(book.plan.updated)
    for source in book.sources.sources:
        if source.id not in cited and source.date and first_day(source.date) > day:
            place = book.site[f"sources/{source.id}"]
            yield Problem(*place, "note-source-after-data", f"≤ {book.plan.updated}", source.date)
    latest = max(last_day(one) for one in (book.plan.published, *(one.date for one in book.sources.sources)) if one)
    if over_a_year(latest, book.plan.updated):
        yield Problem(*book.site["plan/updated"], "note-updated-alone", f"within a year of {latest}", book.plan.updated)


def located(book: Book, found: tuple[Finding, ...]) -> Iterator[Problem]:
    """Each finding where a person would mend it: at its target, or at the figure that it is about."""
    for finding in found:
        target = finding.target
        place = book.site[target.id] if target else book.figure_site(finding.indicator, finding.figures[0])
        yield Problem(*place, finding.code, finding.expected, finding.found)


def problems(book: Book) -> list[Problem]:
    """All of it, by its place."""
    return sorted((*located(book, findings(book)), *_of_folder(book)))
