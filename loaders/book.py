"""A folder of data files as one frozen book, or the list of its problems."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from loaders import rules
from loaders.models import (
    Doubts,
    Gaps,
    Indicator,
    Ledger,
    Model,
    Plan,
    Section,
    Sections,
    SectorFile,
    Source,
    Sources,
    Target,
)
from loaders.problem import Problem, quoted
from loaders.units import UnitTable
from loaders.yamlfile import Document, KeyPath, read

NO_LEDGER, NO_DOUBTS, NO_GAPS = Ledger(sections=()), Doubts(doubts=()), Gaps(gaps=())
DEFAULT = Path(__file__).resolve().parent.parent / "indicators"
AnyModel = TypeVar("AnyModel", bound=Model)


Site = tuple[str, int, int]


class NoData(Exception):
    """The folder is missing or holds no YAML: the call is wrong, not the data."""


@dataclass(frozen=True)
class Sector:
    id: str
    name: Any
    indicators: tuple[Indicator, ...]

    @property
    def targets(self) -> tuple[tuple[Indicator, Target], ...]:
        return tuple((indicator, target) for indicator in self.indicators for target in indicator.targets)


@dataclass(frozen=True)
class Book:
    """Everything that a valid folder says, in the order of the plan's sectors."""

    plan: Plan
    sections: Sections
    sources: Sources
    units: UnitTable
    sectors: tuple[Sector, ...]
    ledger: Ledger = NO_LEDGER
    doubts: Doubts = NO_DOUBTS
    gaps: Gaps = NO_GAPS
    places: tuple[tuple[str, Site], ...] = ()

    @cached_property
    def source(self) -> dict[str, Source]:
        return {source.id: source for source in self.sources.sources}

    @cached_property
    def section(self) -> dict[str, Section]:
        return {section.id: section for section in self.sections.sections}

    @cached_property
    def site(self) -> dict[str, Site]:
        """File, line and column of each target's value."""
        return dict(self.places)


@dataclass(frozen=True)
class Loaded:
    """`book` is None exactly when there are problems."""

    book: Book | None
    problems: tuple[Problem, ...]


def data_files(folder: Path) -> list[Path]:
    """The YAML files of a folder. Raises NoData where there are none."""
    if not folder.is_dir():
        raise NoData(f"{folder} is not a folder")
    try:
        found = sorted(folder.iterdir())
    except OSError as error:
        raise NoData(f"{folder} cannot be read: {error}") from error
    files = [path for path in found if path.suffix in (".yaml", ".yml") and path.is_file()]
    if not files:
        raise NoData(f"{folder} holds no YAML file")
    return files


def load(folder: Path) -> Loaded:
    """Read and check all files of a folder; every problem of a run is reported together.

    Raises NoData. Bad content never raises.
    """
    documents = {path.name: read(path, path.name) for path in data_files(folder)}
    problems = [problem for document in documents.values() for problem in document.problems]
    models: dict[str, Any] = {}
    for name, model in (rules.COMMON | rules.OPTIONAL).items():
        if name not in documents and name in rules.COMMON:
            problems.append(Problem(name, 1, 1, "missing-file", name, "nothing"))
        elif name in documents and documents[name].data is not None:
            models[name] = _validated(documents[name], model, problems)
    sectors = [
        (name.rpartition(".")[0], sector, document)
        for name, document in documents.items()
        if name not in rules.COMMON | rules.OPTIONAL
        and document.data is not None
        and (sector := _validated(document, SectorFile, problems))
    ]
    parsed = rules.Parsed(
        models.get("plan.yaml"),
        models.get("sections.yaml"),
        models.get("sources.yaml"),
        UnitTable(models["units.yaml"]) if models.get("units.yaml") else None,
        tuple(sectors),
        documents,
        models.get("gaps.yaml"),
    )
    problems += rules.check(parsed)
    if problems:
        return Loaded(None, tuple(sorted(set(problems))))
    return Loaded(_book(parsed, models), ())


def _book(parsed: rules.Parsed, models: dict[str, Any]) -> Book:
    assert parsed.plan and parsed.sections and parsed.sources and parsed.units
    files = {stem: sector for stem, sector, _ in parsed.sectors}
    sectors = tuple(Sector(stem, files[stem].name, files[stem].indicators) for stem in parsed.plan.sectors)
    extra = {name: models[f"{name}.yaml"] for name in ("ledger", "doubts", "gaps") if models.get(f"{name}.yaml")}
    places = tuple(
        (target.id, (spot.document.file, *spot.document.place((*spot.path, *path, "value"))))
        for spot in rules.spots(parsed)
        for path, target in spot.targets()
    )
    return Book(parsed.plan, parsed.sections, parsed.sources, parsed.units, sectors, places=places, **extra)


def _validated(document: Document, model: type[AnyModel], problems: list[Problem]) -> AnyModel | None:
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        problems += [_problem(document, dict(detail)) for detail in error.errors(include_url=False)]
        return None


_EXPECTED = {
    "string_type": "text",
    "tuple_type": "a list",
    "model_type": "keys and values",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "is_instance_of": "a number",
    "decimal_type": "a number",
}


def _problem(document: Document, detail: dict[str, Any]) -> Problem:
    """A pydantic error at its place in the file, under our own stable codes."""
    path: KeyPath = tuple(detail["loc"])
    kind, context, found = detail["type"], detail.get("ctx", {}), quoted(detail["input"])
    name = str(path[-1]) if path else ""
    if kind == "missing":
        return document.problem(path[:-1], "missing-key", name, "nothing")
    if kind == "extra_forbidden":
        return document.problem(path, "unknown-key", "a key of the schema", quoted(name))
    if kind == "literal_error":
        return document.problem(path, "bad-word", context["expected"], found)
    if kind == "ours":
        return document.problem(path, context["code"], context["expected"], quoted(context["found"]))
    return document.problem(path, "bad-value", _EXPECTED.get(kind, detail["msg"]), found)
