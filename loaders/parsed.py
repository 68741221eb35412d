"""All files of a folder as far as they could be read, and where each thing in them stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from loaders import models
from loaders.models import Derived, Figure, Indicator, Plan, Rival, Target
from loaders.problem import Problem
from loaders.units import Units, UnitTable
from loaders.yamlfile import Document, KeyPath

# The lists of things with ids: what one of them is called, the file, and the list's key there.
LISTS = (
    ("section", "sections", "sections"),
    ("place", "plan", "places"),
    ("source", "sources", "sources"),
    ("dimension", "units", "dimensions"),
)
Problems = Iterator[Problem]
Thing = TypeVar("Thing", covariant=True)


@dataclass(frozen=True)
class Spot(Generic[Thing]):
    """A thing and where it stands."""

    document: Document
    path: KeyPath
    thing: Thing

    def problem(self, path: KeyPath, code: str, expected: str = "", found: str = "") -> Problem:
        return self.document.problem((*self.path, *path), code, expected, found)


@dataclass(frozen=True)
class Held(Spot[Thing]):
    """What an indicator holds."""

    indicator: Indicator


@dataclass(frozen=True)
class Parsed:
    """All files of a folder as far as they could be read; None where one could not or need not be there."""

    documents: dict[str, Document]
    sectors: tuple[tuple[str, models.SectorFile, Document], ...]
    plan: Plan | None = None
    sections: models.Sections | None = None
    sources: models.Sources | None = None
    units: Units | None = None
    ledger: models.Ledger | None = None
    doubts: models.Doubts | None = None
    gaps: models.Gaps | None = None

    @cached_property
    def table(self) -> UnitTable | None:
        return UnitTable(self.units) if self.units else None

    def listed(self, file: str, key: str) -> Iterator[Spot[Any]]:
        """The items of a list of a common file; none where it could not be read."""
        for index, item in enumerate(getattr(getattr(self, file), key, ())):
            yield Spot(self.documents[f"{file}.yaml"], (key, index), item)

    def indicators(self) -> Iterator[Spot[Indicator]]:
        for _, sector, document in self.sectors:
            for index, indicator in enumerate(sector.indicators):
                yield Spot(document, ("indicators", index), indicator)

    def _held(self, *groups: str) -> Iterator[Held[Any]]:
        for at in self.indicators():
            for group in groups:
                for index, thing in enumerate(getattr(at.thing, group)):
                    yield Held(at.document, (*at.path, group, index), thing, at.thing)

    def targets(self) -> Iterator[Held[Target]]:
        return self._held("targets")

    def figures(self) -> Iterator[Held[Figure]]:
        """Observations and rival targets."""
        return self._held("observations", "rivals")

    def rivals(self) -> Iterator[Held[Rival]]:
        return self._held("rivals")

    def stated(self) -> Iterator[Held[Figure | Derived]]:
        return self._held("observations", "rivals", "derived")

    def derived(self) -> Iterator[Held[Derived]]:
        return self._held("derived")
