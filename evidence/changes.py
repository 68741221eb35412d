"""What changed between two versions of a plan's data: by id, and key by key as the files spell it.

The plan's own file, dimensions, sources, sectors, indicators, targets, published figures, pairs and gaps are compared;
section boundaries, ledger and doubts, which follow the plan's text, are not.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from evidence.frames import Row, Schema, frame
from loaders.book import Book
from loaders.fields import Model
from loaders.history import Change, Step
from loaders.models import Figure, Indicator
from loaders.units import decimal_text

# One row per thing that was added or removed, and per key that changed.
CHANGES: Schema = {
    "change": "word", "what": "word", "sector": "word", "indicator_id": "text", "id": "text", "field": "text",
    "old": "text", "new": "text",
}  # fmt: skip
# What a reader asks first of a new version, in this order; the last is all the rest.
KINDS = ("figures", "targets", "comparability", "grades", "wording", "rest")
_FIGURE_KEYS = ("value", "unit", "comparator", "period", "source", "superseded.date")
_TARGET_KEYS = ("value", "unit", "comparator", "kind", "deadline", "superseded.date")
# What a person would call a thing by, of what it may have.
_HEADS = ("printed", "name.en", "title", "figure.en")
Said = dict[str, str]
# A figure of an indicator, as far as its place says which one it is.
Spot = tuple[str, str, str, str | None]


@dataclass(frozen=True)
class Thing:
    """Which thing it is in either version: of figures and pairs also the indicator that they belong to and the list."""

    what: str
    id: str
    owner: str = ""
    group: str = ""


@dataclass(frozen=True)
class Found:
    """A thing in one version: where it belongs, and what its keys say."""

    said: Said
    sector: str | None = None
    indicator: str | None = None


def changes(old: Book, new: Book) -> pd.DataFrame:
    """One row per difference, in the order of the old version, what is new at the end."""
    crowd = _spots(old) | _spots(new)
    before, after = (dict(_things(book, crowd)) for book in (old, new))
    every = (*before, *(thing for thing in after if thing not in before))
    rows = (row for thing in every for row in _rows(thing, before.get(thing), after.get(thing)))
    return frame(CHANGES, rows)


def kind(change: Change) -> str:
    """Which of `KINDS` a change is."""
    whole, field = change.field is None, change.field or ""
    if change.what in ("observation", "rival") and (whole or field in _FIGURE_KEYS):
        return "figures"
    if change.what in ("target", "indicator") and (whole or (change.what == "target" and field in _TARGET_KEYS)):
        return "targets"
    if (change.what, field) == ("pair", "comparability"):
        return "comparability"
    if (change.what, field) == ("source", "grade"):
        return "grades"
    return "wording" if change.what == "indicator" else "rest"


def by_kind(step: Step) -> dict[str, list[Change]]:
    """The changes of a step under their kinds, in the order of `KINDS`; kinds without any are left out."""
    found = {name: [change for change in step.changes if kind(change) == name] for name in KINDS}
    return {name: many for name, many in found.items() if many}


def table(step: Step) -> pd.DataFrame:
    """A step as `changes` gave it."""
    return frame(CHANGES, (vars(change) for change in step.changes))


def _rows(thing: Thing, old: Found | None, new: Found | None) -> Iterator[Row]:
    found = new or old
    assert found
    where = {"what": thing.what, "sector": found.sector, "indicator_id": found.indicator, "id": thing.id}
    if old and new:
        for key in dict.fromkeys((*old.said, *new.said)):
            if (was := old.said.get(key)) != (now := new.said.get(key)):
                yield {"change": "changed", **where, "field": key, "old": was, "new": now}
    else:
        head = next((found.said[name] for name in _HEADS if name in found.said), None)
        change = "added" if new else "removed"
        yield {"change": change, **where, "field": None, "old": head if old else None, "new": head if new else None}


def _things(book: Book, crowd: Mapping[Spot, int]) -> Iterator[tuple[Thing, Found]]:
    yield Thing("plan", "plan"), Found(_said(book.plan))
    for dimension in book.units.dimensions.values():
        yield Thing("dimension", dimension.id), Found(_said(dimension))
    for source in book.sources.sources:
        yield Thing("source", source.id), Found(_said(source))
    for sector in book.sectors:
        yield Thing("sector", sector.id), Found(_said(sector.name, "name"), sector.id)
        for indicator in sector.indicators:
            own = _said(indicator, without=("targets", "observations", "rivals"))
            yield Thing("indicator", indicator.id), Found({**own, "sector": sector.id}, sector.id, indicator.id)
            for target in indicator.targets:
                stated = {**_said(target), "indicator": indicator.id}
                yield Thing("target", target.id), Found(stated, sector.id, indicator.id)
            yield from _figures(sector.id, indicator, crowd)
    for gap in book.gaps.gaps:
        yield Thing("gap", gap.target), Found(_said(gap))


def _groups(indicator: Indicator) -> Iterator[tuple[str, Figure]]:
    yield from (("observation", figure) for figure in indicator.observations)
    yield from (("rival", figure) for figure in indicator.rivals)


def _spots(book: Book) -> Counter[Spot]:
    every = book.indicator.values()
    return Counter(_spot(indicator, group, figure) for indicator in every for group, figure in _groups(indicator))


def _spot(indicator: Indicator, group: str, figure: Figure) -> Spot:
    return indicator.id, group, figure.source, figure.period


def _figures(sector: str, indicator: Indicator, crowd: Mapping[Spot, int]) -> Iterator[tuple[Thing, Found]]:
    """A figure has no id: its source and period name it, its phrase too where a source has several for one period, and
    its place among those that are alike in all of this."""
    seen: Counter[str] = Counter()
    for group, figure in _groups(indicator):
        spot = _spot(indicator, group, figure)
        name = f"{figure.source} {figure.period or 'undated'}" + (f" {figure.printed}" if crowd[spot] > 1 else "")
        seen[f"{group} {name}"] += 1
        if (number := seen[f"{group} {name}"]) > 1:
            name += f" {number}"
        yield Thing(group, name, indicator.id), Found(_said(figure, without=("pairs",)), sector, indicator.id)
        for pair in figure.pairs:
            yield Thing("pair", f"{name} {pair.target}", indicator.id, group), Found(_said(pair), sector, indicator.id)


def _said(model: Model, path: str = "", without: Iterable[str] = ()) -> Said:
    """Every key that holds something, a key inside a key behind a dot."""
    keys = [key for key in type(model).model_fields if key not in tuple(without)]
    return {name: text for key in keys for name, text in _flat(f"{path}.{key}".lstrip("."), getattr(model, key))}


def _flat(path: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, Model):
        yield from _said(value, path).items()
    elif isinstance(value, tuple) and any(isinstance(one, Model) for one in value):
        for number, one in enumerate(value):
            # Items go by what they are called, so that one more among them changes no other.
            called = getattr(one, next(iter(type(one).model_fields)))
            yield from _flat(f"{path}.{called if isinstance(called, str) else number}", one)
    elif value is not None and value != ():
        yield path, ";".join(map(_text, value)) if isinstance(value, tuple) else _text(value)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return decimal_text(value)
    return str(value)
