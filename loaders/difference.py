"""The rule of comparability: what follows from the codes of what differs. No judgement rests on how large a figure is.

A share or rate of a part, or of the whole country, still says something about one's own; an amount does not: what it
lacks, or has too much, is unknown. A person names the codes; the outcome is arithmetic.
"""

from loaders.models import Comparability, Figure, Indicator, Pair, Rival, Target
from loaders.parsed import Held, Parsed, Problems
from loaders.problem import Problem, quoted
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
    if not pair.differs:
        return "same"
    rate = target.kind in RATES or (figure.measure or indicator.measure) == "rate"
    informative: dict[tuple[str, ...], bool] = {
        ("definition",): True,
        ("scope",): rate,
        ("place",): rate and isinstance(figure, Rival) and pair.extent == "nation",
        ("period",): target.kind in AVERAGES and _one_year(figure),
    }
    return "partial" if informative.get(pair.differs) else "different"


def _one_year(figure: Figure) -> bool:
    return figure.period is not None and len(figure.period) == len("2031")


def _differences(parsed: Parsed) -> Problems:
    """What is not the same says what differs, and the outcome follows from that alone."""
    for at in parsed.figures():
        targets = {target.id: target for target in at.indicator.targets}
        for index, pair in enumerate(at.thing.pairs):
            if pair.target in targets:
                yield from _difference(at, ("pairs", index), pair, targets[pair.target])


def _difference(at: Held[Figure], path: KeyPath, pair: Pair, target: Target) -> Problems:
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
    elif not same and all(stated.values()):
        follows = outcome(at.indicator, target, at.thing, pair)
        if follows != pair.comparability:
            yield at.problem((*path, "comparability"), "difference-outcome", follows, pair.comparability)


def _words(at: Held[Figure], path: KeyPath, pair: Pair) -> Problems:
    for language, most in LABEL.items():
        if pair.word and len(pair.word[language]) > most:
            wanted = f"at most {most} characters"
            yield at.problem((*path, "word", language), "word-length", wanted, quoted(pair.word[language]))


def check(parsed: Parsed) -> list[Problem]:
    return list(_differences(parsed))
