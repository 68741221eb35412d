"""What cannot all hold among valid targets, or follows from them: notes, never errors.

Pure functions over the data; `check --format json` lists their findings.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction

from loaders.models import Target
from loaders.problem import Problem
from loaders.rules import Parsed, Spot, spots
from loaders.units import UnitTable, decimal_text

Interval = tuple[Fraction | None, Fraction | None]


def shares(parsed: Parsed) -> Iterator[Problem]:
    """A share or a coverage of more than the whole."""
    for spot in spots(parsed):
        for path, target in spot.targets():
            stated = target.reading or target
            if (
                target.kind in ("share", "coverage")
                and stated.unit == "%"
                and max(stated.value or (0,)) > 100
            ):
                yield spot.problem(
                    (*path, "value"), "note-share-over-100", "at most 100", str(max(stated.value or ()))
                )


def parts(parsed: Parsed) -> Iterator[Problem]:
    """The parts of a total ask for more than the total itself."""
    table = parsed.units
    every = {target.id: (spot, path, target) for spot in spots(parsed) for path, target in spot.targets()}
    for total in parsed.plan.totals if parsed.plan and table else ():
        if not table or total.total not in every or not set(total.parts) <= set(every):
            continue
        spot, path, target = every[total.total]
        whole = _amount(table, spot, target)
        amounts = [_amount(table, every[part][0], every[part][2]) for part in total.parts]
        if whole is None or None in amounts:
            continue
        added = sum((amount for amount in amounts if amount is not None), Fraction(0))
        if added > whole:
            yield spot.problem((*path, "value"), "note-parts-exceed-total",
                               f"at least {decimal_text(added)}", decimal_text(whole))  # fmt: skip


def reductions(parsed: Parsed) -> Iterator[Problem]:
    """A reduction and the level that it should leave imply a start; an observed one may contradict it."""
    table = parsed.units
    for spot in spots(parsed) if table and parsed.plan else ():
        if spot.indicator.direction != "down":
            continue
        for path, cut in spot.targets():
            for _, left in spot.targets():
                if cut.kind == "increment" and left.kind == "level" and cut.deadline == left.deadline:
                    assert table and parsed.plan
                    yield from _implied(table, parsed.plan.base_year, spot, (*path, "value"), cut, left)


def _implied(
    table: UnitTable, base_year: int, spot: Spot, path: tuple[str | int, ...], cut: Target, left: Target
) -> Iterator[Problem]:
    reduction, level = _amount(table, spot, cut), _amount(table, spot, left)
    if reduction is None or level is None:
        return
    start = reduction + level
    about = "about " if "about" in (cut.comparator, left.comparator) else ""
    arithmetic = f"{about}{decimal_text(start)} = {decimal_text(level)} + {decimal_text(reduction)}"
    observed = [
        table.normalise(spot.indicator.dimension, figure.unit, figure.value[0]).value
        for figure in spot.indicator.observations
        if figure.period and figure.period[:4] == str(base_year)
    ]
    if observed and start not in observed:
        yield spot.problem(path, "note-reduction-contradicts", arithmetic, decimal_text(observed[0]))
    elif not observed:
        yield spot.problem(path, "note-implied-start", arithmetic, "no observed start")


def together(parsed: Parsed) -> Iterator[Problem]:
    """Two states of one indicator, asked for by the same date, that exclude each other."""
    table = parsed.units
    for spot in spots(parsed) if table else ():
        states = [
            (path, target) for path, target in spot.targets() if target.kind in ("level", "share", "annual")
        ]
        for number, (path, one) in enumerate(states):
            for _, other in states[number + 1 :]:
                assert table
                apart = _apart(_interval(table, spot, one), _interval(table, spot, other))
                if one.kind == other.kind and one.deadline == other.deadline and apart:
                    yield spot.problem(
                        (*path, "value"), "note-cannot-both-hold", f"what allows {other.id}", one.id
                    )


def _amount(table: UnitTable, spot: Spot, target: Target) -> Fraction | None:
    stated = target.reading or target
    if stated.value is None or stated.unit is None:
        return None
    dimension = table.dimension_of(spot.indicator.dimension, stated.unit)
    return table.normalise(dimension, stated.unit, stated.value[-1]).value


def _interval(table: UnitTable, spot: Spot, target: Target) -> Interval:
    """Lowest and highest value that a target allows; None is open. `about` allows a tenth either way."""
    amount = _amount(table, spot, target)
    if amount is None:
        return None, None
    if target.comparator in ("ge", "gt"):
        return amount, None
    if target.comparator in ("le", "lt"):
        return None, amount
    slack = amount / 10 if target.comparator == "about" else Fraction(0)
    low = amount
    if target.value and len(target.value) == 2 and amount:
        low = amount * Fraction(target.value[0]) / Fraction(target.value[1] or Decimal(1))
    return low - slack, amount + slack


def _apart(one: Interval, other: Interval) -> bool:
    return _below(one, other) or _below(other, one)


def _below(one: Interval, other: Interval) -> bool:
    return one[1] is not None and other[0] is not None and one[1] < other[0]


NOTES: tuple[Callable[[Parsed], Iterator[Problem]], ...] = (shares, parts, reductions, together)


def notes(parsed: Parsed) -> tuple[Problem, ...]:
    """The findings over a valid folder, in the order of its files."""
    return tuple(sorted(problem for rule in NOTES for problem in rule(parsed)))
