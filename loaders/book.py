"""A folder of data files as one frozen book, or the list of its problems."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from loaders import dates, difference, history, models, outcomes, rules, slips
from loaders.history import Step
from loaders.letters import shown
from loaders.models import FILES, OPTIONAL, Doubts, Figure, Gaps, Indicator, Ledger, Section, SectorFile, Source, Target
from loaders.parsed import Parsed, Spot
from loaders.problem import Problem, quoted
from loaders.units import UnitTable
from loaders.yamlfile import Document, KeyPath, read

NO_LEDGER, NO_DOUBTS, NO_GAPS = Ledger(sections=()), Doubts(doubts=()), Gaps(gaps=())
DEFAULT = Path(__file__).resolve().parent.parent / "indicators"
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
    """Everything that a valid folder says, in the order of the plan's sectors; `version` is of its files' content,
    `history` what changed before, the latest step first."""

    plan: models.Plan
    sections: models.Sections
    sources: models.Sources
    units: UnitTable
    sectors: tuple[Sector, ...]
    ledger: Ledger = NO_LEDGER
    doubts: Doubts = NO_DOUBTS
    gaps: Gaps = NO_GAPS
    places: tuple[tuple[str, Site], ...] = ()
    version: str = ""
    history: tuple[Step, ...] = ()

    @cached_property
    def targets(self) -> tuple[Target, ...]:
        """Every target, in the order of the plan's sectors."""
        return tuple(target for sector in self.sectors for _, target in sector.targets)

    @cached_property
    def indicator(self) -> dict[str, Indicator]:
        return {indicator.id: indicator for sector in self.sectors for indicator in sector.indicators}

    @cached_property
    def source(self) -> dict[str, Source]:
        return {source.id: source for source in self.sources.sources}

    @cached_property
    def section(self) -> dict[str, Section]:
        return {section.id: section for section in self.sections.sections}

    @cached_property
    def site(self) -> dict[str, Site]:
        """File, line and column of each target's value, by its id; of each figure's period (indicator/group/position),
        each source's date (sources/id) and the plan's (plan/updated), which no id of a target can be."""
        return dict(self.places)

    def figure_site(self, indicator: Indicator, figure: Figure) -> Site:
        """The place of a figure of an indicator; of two that are alike each has its own."""
        groups = {"observations": indicator.observations, "rivals": indicator.rivals}
        found = ((group, n) for group, many in groups.items() for n, one in enumerate(many) if one is figure)
        group, position = next(found)
        return self.site[f"{indicator.id}/{group}/{position}"]


@dataclass(frozen=True)
class Loaded:
    """`book` is None exactly when there are problems."""

    book: Book | None
    problems: tuple[Problem, ...]


def data_files(folder: Path) -> list[Path]:
    """The YAML files of a folder. Raises NoData where there are none.

    Names that begin with a dot or tilde are notes that systems and editors keep for themselves.
    """
    try:
        if not folder.is_dir():
            raise NoData(f"{folder} is not a folder")
        found = sorted(folder.iterdir())
    except OSError as error:  # a name that is too long, a folder around it that must not be searched
        raise NoData(f"{folder} cannot be read: {error}") from error
    seen = [path for path in found if path.suffix in (".yaml", ".yml") and not path.name.startswith((".", "~"))]
    files = [path for path in seen if not _is_folder(path)]
    if not files:
        raise NoData(f"{folder} holds no YAML file")
    return files


def _is_folder(path: Path) -> bool:
    """What else has a file's name is for `read` to open: a link that leads nowhere must not pass for no file."""
    try:
        return path.is_dir()
    except OSError:
        return False


def load(folder: Path) -> Loaded:
    """Read and check all files of a folder; every problem of a run is reported together.

    Raises NoData. Bad content never raises.
    """
    documents = {shown(path.name): read(path, shown(path.name)) for path in data_files(folder)}
    problems = [problem for document in documents.values() for problem in document.problems]
    missing = set(FILES) - set(OPTIONAL) - set(documents)
    problems += [Problem(name, 1, 1, "missing-file", name, "nothing") for name in missing]
    valid: dict[str, Any] = {}
    for name, document in documents.items():
        try:
            if document.data is not None:
                valid[name] = FILES.get(name, SectorFile).model_validate(document.data)
        except ValidationError as error:
            problems += [_problem(document, dict(detail)) for detail in error.errors(include_url=False)]
    files = {path.rpartition(".")[0]: model for path, model in valid.items() if path in FILES}
    sectors = tuple((name.rpartition(".")[0], valid[name], documents[name]) for name in valid if name not in FILES)
    parsed = Parsed(documents, sectors, **files)
    past = history.read(folder, parsed.plan.updated if parsed.plan else None)
    problems += past.problems
    problems += [*rules.check(parsed), *dates.check(parsed), *difference.check(parsed), *outcomes.check(parsed)]
    if problems:
        return Loaded(None, tuple(sorted(set(problems))))
    read_ = {stem: Sector(stem, sector.name, sector.indicators) for stem, sector, _ in sectors}
    ordered = tuple(read_[stem] for stem in files["plan"].sectors)
    spots: list[tuple[str, Spot[Any], str]] = [(at.thing.id, at, "value") for at in parsed.targets()]
    spots += [(f"{at.indicator.id}/{at.path[-2]}/{at.path[-1]}", at, "period") for at in parsed.figures()]
    spots += [("plan/updated", Spot(documents["plan.yaml"], (), parsed.plan), "updated")]
    spots += [(f"sources/{at.thing.id}", at, "date") for at in parsed.listed("sources", "sources")]
    places = [(name, (at.document.file, *at.document.place((*at.path, key)))) for name, at, key in spots]
    texts = {name: document.text for name, document in documents.items()}
    parts = files | {"units": parsed.table, "version": version(texts), "history": past.steps}
    return Loaded(Book(**parts, sectors=ordered, places=tuple(places)), ())


def version(texts: Mapping[str, str]) -> str:
    """Of what files hold, in the order of their names: the same on every system, another for anything else."""
    content = "\0".join(f"{name}\0{text}" for name, text in texts.items())
    return sha256(content.replace("\r\n", "\n").encode()).hexdigest()[:8]


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
        code, wanted = context["code"], context["expected"]
        meant = slips.period(context["found"]) if code in ("bad-date", "bad-period") else ""
        return document.problem(path, code, meant or wanted, quoted(context["found"]))
    text = detail["input"] if isinstance(detail["input"], str) else ""
    if _EXPECTED.get(kind, "").endswith("number") and (meant := slips.number(text)):
        return document.problem(path, "number-form", meant, found)
    return document.problem(path, "bad-value", _EXPECTED.get(kind, detail["msg"]), found)
