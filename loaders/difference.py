"""The rule of comparability: what follows from the codes of what differs. No judgement rests on how large a figure is.

A share or rate of a part, or of the whole country, still says something about one's own; an amount does not: what it
lacks, or has too much, is unknown. A person names the codes; the outcome is arithmetic.
"""

from loaders.models import Comparability, Difference, Figure, Indicator, Judgement, Outcome, Pair, Rival, Target
from loaders.parsed import Held, Parsed, Problems
from loaders.problem import quoted
from loaders.yamlfile import KeyPath

# What is told apart only where no other code holds: a term that may mean more, less or the same.
RESIDUAL = "definition"
# Characters of the short word that fit into a label, by language.
LABEL = {"zh": 10, "en": 24}
# Kinds that state a rate, a share or all or none, whatever their indicator measures; and averages over years.
RATES = ("share", "coverage", "growth", "relative", "milestone")
AVERAGES = ("growth", "annual_average")


def outcome(indicator: Indicator, target: Target, figure: Figure, pair: Pair) -> Comparability:
    """What the differences of a pair make of it."""
    rate = target.kind in RATES or indicator.measure_of(figure) == "rate"
    place = rate and isinstance(figure, Rival) and pair.extent == "nation"
    return _follows(pair.differs, scope=rate, place=place, period=target.kind in AVERAGES and _one_year(figure))


def came_to(indicator: Indicator, rival: Rival, judged: Outcome) -> Comparability:
    """What the differences between a goal and an observation for its own time make of it: no other place or time is a
    yardstick for what was promised."""
    return _follows(judged.differs, scope=indicator.measure_of(rival) == "rate")


def _follows(
    differs: tuple[Difference, ...], *, scope: bool, place: bool = False, period: bool = False
) -> Comparability:
    """The outcome, by whether each code alone still leaves something to compare."""
    if not differs:
        return "same"
    informative: dict[tuple[str, ...], bool] = {
        ("definition",): True, ("scope",): scope, ("place",): place, ("period",): period,
    }  # fmt: skip
    return "partial" if informative.get(differs) else "different"


def _one_year(figure: Figure) -> bool:
    return figure.period is not None and len(figure.period) == len("2031")


def check(parsed: Parsed) -> Problems:
    """What is not the same says what differs, and the outcome follows from that alone."""
    for at in parsed.figures():
        targets = {target.id: target for target in at.indicator.targets}
        for index, pair in enumerate(at.thing.pairs):
            if pair.target in targets:
                follows = outcome(at.indicator, targets[pair.target], at.thing, pair)
                yield from _difference(at, ("pairs", index), pair, follows)
    for rival in parsed.rivals():
        for index, judged in enumerate(rival.thing.outcomes):
            follows = came_to(rival.indicator, rival.thing, judged)
            yield from _difference(rival, ("outcomes", index), judged, follows)


def _difference(at: Held[Figure], path: KeyPath, pair: Judgement, follows: Comparability) -> Problems:
    yield from _words(at, path, pair)
    stated = {"differs": pair.differs, "extent": pair.extent, "word": pair.word}
    same = pair.comparability == "same"
    for name, value in stated.items():
        if bool(value) == same:
            code, wanted = ("difference-on-same", f"no {name}") if same else ("difference-missing", name)
            yield at.problem((*path, name), code, wanted, quoted(name) if same else "nothing")
    codes = pair.differs
    if len(set(codes)) < len(codes) or (len(codes) > 1 and RESIDUAL in codes):
        wanted = f"each code once, {RESIDUAL} only alone"
        yield at.problem((*path, "differs"), "difference-codes", wanted, " ".join(codes))
    elif not same and all(stated.values()) and follows != pair.comparability:
        yield at.problem((*path, "comparability"), "difference-outcome", follows, pair.comparability)


def _words(at: Held[Figure], path: KeyPath, pair: Judgement) -> Problems:
    for language, most in LABEL.items():
        if pair.word and len(pair.word[language]) > most:
            wanted = f"at most {most} characters"
            yield at.problem((*path, "word", language), "word-length", wanted, quoted(pair.word[language]))
