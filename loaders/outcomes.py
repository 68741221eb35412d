"""What earlier goals came to, as far as a person has to say it: each names one observation of the goal's own time.

Where the pairs of goal and observation with one target are both `same`, the two are the same as each other. That is
never said again: it could come to contradict the pairs.
"""

from collections.abc import Iterable

from loaders.fields import first_day, last_day
from loaders.models import Figure, Indicator, Outcome, Rival
from loaders.parsed import Held, Parsed, Problems
from loaders.problem import quoted
from loaders.yamlfile import KeyPath


def named(observations: Iterable[Figure], outcome: Outcome) -> list[Figure]:
    """The observations that an outcome speaks of; of valid data just one."""
    return [one for one in observations if (one.source, one.period) == (outcome.source, outcome.period)]


def both_same(one: Figure, other: Figure) -> bool:
    """Whether two figures measure the very thing that some target asks for."""
    alike = [{pair.target for pair in figure.pairs if pair.comparability == "same"} for figure in (one, other)]
    return bool(alike[0] & alike[1])


def within(indicator: Indicator, figure: Figure, period: str) -> bool:
    """Whether a figure speaks of a time inside a period. A stock has the time of its last day."""
    if figure.period is None:
        return False
    first, last = figure.period.split("/")[0], last_day(figure.period.split("/")[-1])
    begin = last if indicator.measure_of(figure) == "stock" else first_day(first)
    return first_day(period.split("/")[0]) <= begin <= last <= last_day(period.split("/")[-1])


def check(parsed: Parsed) -> Problems:
    """Each names one observation of its goal's own time, which the pairs do not judge already, and once."""
    for at in parsed.rivals():
        for index, outcome in enumerate(at.thing.outcomes):
            path: KeyPath = ("outcomes", index)
            yield from _named(at, path, outcome)
            if (outcome.source, outcome.period) in [(one.source, one.period) for one in at.thing.outcomes[:index]]:
                yield at.problem(path, "duplicate-outcome", "one judgement", _name(outcome))
            if outcome.judged and outcome.comparability not in outcome.judged:
                wanted = " or ".join(sorted(set(outcome.judged)))
                yield at.problem((*path, "comparability"), "judged-outcome", wanted, outcome.comparability)


def _named(at: Held[Rival], path: KeyPath, outcome: Outcome) -> Problems:
    found = named(at.indicator.observations, outcome)
    if len(found) != 1:
        yield at.problem((*path, "source"), "unknown-outcome", "one observation", f"{len(found)} of {_name(outcome)}")
    elif at.thing.period is None or not within(at.indicator, found[0], at.thing.period):
        wanted = f"within {at.thing.period}" if at.thing.period else "a goal with a period"
        yield at.problem((*path, "period"), "outcome-period", wanted, outcome.period)
    elif both_same(at.thing, found[0]):
        yield at.problem(path, "outcome-follows", "no such item", _name(outcome))


def _name(outcome: Outcome) -> str:
    return quoted(f"{outcome.source}, {outcome.period}")
