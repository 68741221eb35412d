"""What a filter shows, all together: every chart by its id, and the files that go with the pictures."""

from collections.abc import Collection, Iterator

from charts import goals, tally
from charts.ambition import ambition
from charts.marks import years
from charts.rows import range_chart
from charts.sheet import Chart, Shape
from evidence.frames import for_excel
from evidence.package import DESCRIPTOR
from evidence.tables import sources
from loaders.book import Book
from progress.calendar import asof, year
from progress.table import FILES, assessments, chosen
from wording import Language
from wording.columns import packed
from wording.texts import say


def charts(book: Book, language: Language, ids: Collection[str], *, context: bool = True) -> Iterator[Chart]:
    """Every chart of the targets that `ids` names, in the order of the plan; of all targets also those that count
    them. Without `context` figures that are not comparable are hidden."""
    for sector in book.sectors:
        named = [indicator for indicator, target in sector.targets if target.id in ids]
        if named and (start := range_chart(book, sector, language, ids)).drawn:
            yield start
        drawn = (years(book, indicator, language, ids, context=context) for indicator in dict.fromkeys(named))
        yield from filter(None, drawn)
    whole = len(ids) == len(book.targets)
    for identifier in ("pace", *(("evidence", f"verdicts.{year(book)}", goals.ID) if whole else ())):
        if found := chart(book, language, identifier, ids):
            yield found


def chart(
    book: Book, language: Language, identifier: str, ids: Collection[str], *, context: bool = True
) -> Chart | None:
    """The chart of an id (see Head); of the starts and paces only the targets that `ids` names. None where there is
    none. `context` as above."""
    kind, _, name = identifier.partition(".")
    if kind == "start":
        sectors = {sector.id: sector for sector in book.sectors}
        start = range_chart(book, sectors[name], language, ids) if name in sectors else None
        return start if start and start.drawn else None
    if kind == "years":
        return years(book, book.indicator[name], language, context=context) if name in book.indicator else None
    if kind == "verdicts" and name in _years(book):
        return tally.verdicts(book, assessments(book, asof(book, int(name))), language, int(name))
    if identifier == goals.ID:
        return goals.earlier(book, language)
    if identifier == "pace":
        pace = ambition([one for one in assessments(book, asof(book)) if one.case.target.id in ids], book, language)
        return pace if pace.drawn else None
    return tally.coverage(book, language) if identifier == "evidence" else None


def _years(book: Book) -> list[str]:
    return [str(one) for one in range(book.plan.first_year, book.plan.last_year + 1)]


def texts(
    book: Book, language: Language, ids: Collection[str], pictures: dict[str, Chart], link: str
) -> dict[str, str]:
    """The data of these targets, their sources, and a page that says what is where, by file name. In a folder of its
    own the same as a data package, whose names are fixed and whose bytes are those that its descriptor tells."""
    files = {f"{say(language, f'data.file.{what}')}.csv": for_excel(chosen(what, book, ids)) for what in FILES}
    files[f"{say(language, 'data.file.sources')}.csv"] = for_excel(sources(book, ids))
    folder, plan = say(language, "data.file.package"), book.plan
    lines = [
        say(language, "pack.title", plan=plan.title[language], number=plan.number, url=plan.url),
        say(language, "pack.data", updated=plan.updated, version=book.version, count=len(ids)),
        link,
        plan.report[language],
        "",
        *(say(language, "chart.rest.item", name=file, value=one.sentence) for file, one in pictures.items()),
        "",
        *(say(language, f"pack.{what}", file=file) for what, file in zip((*FILES, "sources"), files, strict=True)),
        say(language, "pack.package", file=f"{folder}/{DESCRIPTOR}"),
    ]
    files |= {f"{folder}/{file}": content.decode() for file, content in packed(book, ids).items()}
    # With a byte order mark, as the tables have one: programs of Windows may take the words for an old code page.
    return {say(language, "pack.about") + ".txt": "\ufeff" + "\r\n".join(lines) + "\r\n", **files}


def named(every: Iterator[Chart], shape: Shape, ending: str) -> dict[str, Chart]:
    """The charts by file name, numbered in their order."""
    return {f"{number:02}_{one.name(shape)}.{ending}": one for number, one in enumerate(every, 1)}
