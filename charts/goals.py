"""What earlier goals came to: tied to their outcomes on a chart by year, and counted by sector."""

from collections.abc import Sequence

from charts.entries import Entry
from charts.sheet import head
from charts.stem import Stem
from charts.tally import Tally
from loaders.book import Book
from loaders.models import Figure
from progress.calendar import asof
from progress.promises import CAME, Promise, promises, tallies, tally
from wording import Language, phrases, promised
from wording.numbers import period
from wording.texts import say

# The id of its chart, and what the address of the evaluation must hold to show it.
ID, SHOW = "earlier", "show"


def stems(drawn: Sequence[Entry], made: Sequence[Promise], first: int) -> tuple[tuple[Stem, Promise], ...]:
    """The goals that a chart draws beside their outcomes, each once; its entries are the marks from `first` on."""

    def place(figure: Figure) -> int | None:
        found = (place for place, one in enumerate(drawn, first) if any(own is figure for own in one.figures))
        return next(found, None)

    found: dict[Stem, Promise] = {}
    for one in made:
        goal, outcome = place(one.rival), place(one.outcome.figure) if one.outcome else None
        if goal is not None and outcome is not None and one.checked:
            found.setdefault(Stem(goal, outcome, one.came), one)
    return tuple(found.items())


def earlier(book: Book, language: Language) -> Tally | None:
    """The goals of each sector by what they came to; None where no goal is over."""
    day = asof(book)
    own = [one for one in promises(book, day) if not one.again]
    if not own:
        return None
    counts, sectors = tally(own), tallies(own, lambda one: one.sector.id)
    known = [state for came in CAME for state in (came, f"{came}?")]
    states = [(one.sector.id, one.came + ("?" if one.checked and not one.firm else "")) for one in own]
    used = tuple(state for state in known if any(one == state for _, one in states))
    documents = {one.rival.source for one in own} | {one.outcome.figure.source for one in own if one.outcome}
    words = {"place": book.plan.region[language], "day": period(str(day), language), "goals": counts.goals}
    around = head(
        book,
        language,
        (ID, "evaluation", ((ID, SHOW),)),
        (say(language, "earlier.chart"), say(language, "earlier.scope", **words)),
        (promised.unsaid(counts, language), say(language, "earlier.fair")),
        say(language, "earlier.sources", count=len(documents), **phrases.plan(book, language)),
        say(language, "earlier.file"),
    )
    rows = tuple(tuple(states.count((sector, state)) for state in used) for sector in sectors)
    names = {sector.id: sector.name[language] for sector in book.sectors}
    return Tally(around, "earlier", used, tuple(names[one] for one in sectors), rows)
