"""The evidence of a target in words: every figure that was set beside it, and what was done to it."""

from dataclasses import dataclass

from evidence.baseline import choose, end, pair_of
from evidence.context import total
from evidence.standing import counted
from loaders.book import Book
from loaders.models import COMPARABILITIES, GRADES, Derived, Figure, Indicator, Pair, Rival, Target
from wording import Language, phrases
from wording.numbers import amount, compared, converted, period
from wording.texts import say


@dataclass(frozen=True)
class Evidence:
    """One figure beside one target, ready to show; "" where there is nothing to say."""

    kind: str
    value: str
    period: str
    printed: str
    done: str
    grade: str
    grade_meaning: str
    comparability: str
    reason: str
    judged: str
    source: str
    url: str | None
    citation: str
    notes: tuple[str, ...]
    word: str = ""
    differs: tuple[str, ...] = ()
    group: str = "figures"
    look: str = ""
    publisher: str = ""


def evidence(book: Book, indicator: Indicator, target: Target, language: Language) -> tuple[Evidence, ...]:
    """The baseline first, then as comparable as can be, the latest first; derived values last."""
    baseline = choose(book, indicator, target)
    chosen = baseline.figure if baseline else None
    figures = sorted(
        (*indicator.observations, *indicator.rivals),
        key=lambda figure: (
            figure is not chosen,
            figure.superseded is not None,
            COMPARABILITIES.index(_comparability(pair_of(figure, target))),
            isinstance(figure, Rival),
            -end(figure).toordinal() if figure.period else 0,
        ),
    )
    return (
        *(_evidence(book, indicator, target, figure, figure is chosen, language) for figure in figures),
        *(_derived(book, indicator, item, language) for item in indicator.derived),
    )


def counts_from(book: Book, indicator: Indicator, target: Target, language: Language) -> str:
    """From when an addition counts where the plan does not print it, and what is known of the amount that it adds to
    where there is no baseline; "" for other targets."""
    if target.kind != "increment" or indicator.measure != "stock":
        return ""
    parts = (part(book, indicator, target, language) for part in (_since, _total))
    return " ".join(filter(None, parts))


def _since(book: Book, indicator: Indicator, target: Target, language: Language) -> str:
    since = counted(book, indicator, target)
    if since is None:
        return say(language, "evidence.counts.none")
    if since.rival is None:
        return ""
    source = phrases.citation(book.source[since.rival.source], language, address=False)
    when = phrases.when(indicator, since.rival, language)
    return say(language, "evidence.counts.rival", source=source, period=when, year=since.year)


def _total(book: Book, indicator: Indicator, target: Target, language: Language) -> str:
    if choose(book, indicator, target):
        return ""
    near = total(book, indicator, target)
    if near is None:
        return say(language, "evidence.counts.unpublished")
    source, join = book.source[near.figure.source], say(language, "chart.sources.join")
    # That it is a stock is why it is named here; what else differs is what it lacks.
    codes = join.join(say(language, f"differs.{code}") for code in near.pair.differs if code != "sort")
    lacks = [
        phrases.when(indicator, near.figure, language),
        say(language, "evidence.counts.differs", codes=codes) if codes else "",
        say(language, "doubt.unverified") if source.grade == GRADES[-1] else "",
    ]
    return say(
        language,
        "evidence.counts.total",
        value=phrases.figure(book, indicator, near.figure, language),
        lacks=say(language, "source.join").join(filter(None, lacks)),
        source=phrases.citation(source, language, address=False),
    )


def _comparability(pair: Pair | None) -> str:
    return pair.comparability if pair else "different"


def _evidence(
    book: Book, indicator: Indicator, target: Target, figure: Figure, chosen: bool, language: Language
) -> Evidence:
    source, pair = book.source[figure.source], pair_of(figure, target)
    kind = figure.kind if isinstance(figure, Rival) else "baseline" if chosen else "observation"
    as_printed = not converted(book.units, indicator.dimension, figure.unit, language)
    grown = [say(language, "evidence.growth", growth=figure.growth)] if figure.growth is not None else []
    flags = [say(language, f"flag.{flag}") for flag in figure.flags if flag != "undated"]
    return Evidence(
        say(language, f"evidence.{kind}"),
        phrases.figure(book, indicator, figure, language),
        phrases.when(indicator, figure, language),
        figure.printed,
        say(language, "evidence.as_printed" if as_printed else "evidence.converted", unit=figure.unit),
        source.grade,
        say(language, f"grade.{source.grade}"),
        say(language, f"comparability.{_comparability(pair)}"),
        pair.reason[language] if pair else say(language, "evidence.unjudged"),
        _judged(pair, language),
        phrases.citation(source, language, address=False),
        source.url,
        phrases.citation(source, language),
        (
            *grown,
            *flags,
            *(note[language] for note in (figure.note, source.note) if note),
            *phrases.superseded(figure, language),
        ),
        pair.word[language] if pair and pair.word else "",
        tuple(say(language, f"differs.{code}") for code in pair.differs) if pair else (),
        "targets" if isinstance(figure, Rival) else "figures",
        _look(figure, _comparability(pair), source.grade, chosen),
        source.publisher[language],
    )


def _look(figure: Figure, comparability: str, grade: str, chosen: bool) -> str:
    """The mark that stands for a figure on charts, with its weights."""
    rival, different = isinstance(figure, Rival), comparability == "different"
    plain = ("rival" if rival else "baseline" if chosen else "point") if not different else ""
    look = plain or ("rival-other" if rival else "context")
    return look + " half" * (comparability == "partial") + " hollow" * (grade == GRADES[-1])


def _judged(pair: Pair | None, language: Language) -> str:
    """Whether two readers, blind to each other, came to the same judgement."""
    said = pair.judged if pair else ()
    if len(said) < 2:
        return say(language, "judged.once")
    if len(set(said)) == 1:
        return say(language, "judged.agreed")
    words = [say(language, f"comparability.{one}") for one in dict.fromkeys(said)]
    return say(language, "judged.settled", said=say(language, "chart.rest.join").join(words))


def _derived(book: Book, indicator: Indicator, item: Derived, language: Language) -> Evidence:
    source = book.source[item.source] if item.source else None
    text = amount(book.units, indicator.dimension, item.unit, (item.value,), language)
    return Evidence(
        say(language, "evidence.derived"),
        compared(item.comparator, text, language),
        period(item.period, language) if item.period else "",
        "",
        say(language, "evidence.arithmetic", arithmetic=item.arithmetic),
        "",
        "",
        "",
        item.reason[language],
        "",
        phrases.citation(source, language, address=False) if source else "",
        source.url if source else None,
        phrases.citation(source, language) if source else "",
        (),
        group="derived",
        publisher=source.publisher[language] if source else "",
    )
