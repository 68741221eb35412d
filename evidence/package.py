"""The tables as a Frictionless Data Package (version 2): CSV files, and a datapackage.json that says what is in them.

Types, keys, allowed words and units come from the tables' schemas and the models of the data; what a column means in
words is handed in, since words belong to another room. Nothing here asks the clock: the same data gives the same bytes.
"""

import io
import json
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from typing import Any, TypeVar, get_args

import pandas as pd

from evidence import tables
from evidence.context import Obstacle
from evidence.frames import Dtype, Row, Schema, frame, to_csv
from evidence.health import CODES
from evidence.standing import STATUSES
from loaders.book import Book
from loaders.fields import Both, Model, Text, last_day
from loaders.models import (
    COMPARABILITIES,
    COMPARATORS,
    DIFFERENCES,
    EXTENTS,
    GRADES,
    KINDS,
    Figure,
    Indicator,
    Rival,
    Source,
    Target,
)
from loaders.units import decimal_text

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
DESCRIPTOR = "datapackage.json"
Json = dict[str, Any]
Known = TypeVar("Known")

# One row per indicator: what the other tables refer to, and in which unit its amounts are.
INDICATORS: Schema = {
    "id": "text", "sector": "word", "name_zh": "text", "name_en": "text", "definition_zh": "text",
    "definition_en": "text", "dimension": "word", "canonical_unit": "word", "measure": "word", "direction": "word",
    "places": "words",
}  # fmt: skip
TYPES: Mapping[Dtype, Json] = {
    "text": {"type": "string"},
    "word": {"type": "string"},
    "flag": {"type": "boolean", "trueValues": ["true"], "falseValues": ["false"]},
    "count": {"type": "integer"},
    "exact": {"type": "number"},
    "words": {"type": "list", "delimiter": ";", "itemType": "string"},
    "day": {"type": "date"},
}
# Which row of which table a column names, whatever stands before it (`baseline_source_id` is a `source_id`).
REFERENCES = {"sector": "sectors", "indicator_id": "indicators", "target_id": "targets", "source_id": "sources"}


class Column(Both):
    """What a column means, and the unit of its numbers: a word, or in braces the column that names it."""

    unit: Text | None = None


@dataclass(frozen=True)
class Words:
    """What a package says in words: of its tables, of their columns, of numbers that had to be rounded, and of how many
    of the targets it is where it has not all of them."""

    rounded: Both
    part: Both
    tables: Mapping[str, Both]
    columns: Mapping[str, Mapping[str, Column]]


@dataclass(frozen=True)
class Resource:
    """One table. `key` is the column that no two rows share: not every table has one, since a figure has no id.

    `refers` are the tables that its columns name besides those of REFERENCES, `words` what they may hold besides WORDS.
    """

    name: str
    schema: Schema
    table: pd.DataFrame
    key: str | None = "id"
    refers: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def foreign(self, among: Collection[str]) -> dict[str, str]:
        """The columns that name rows of other tables, where these are among the package's."""
        found = {
            column: self.refers.get(column) or _by_ending(REFERENCES, column)
            for column, dtype in self.schema.items()
            if dtype != "words"
        }
        return {column: table for column, table in found.items() if table and table != self.name and table in among}


def _words(model: type[Model], name: str) -> tuple[str, ...]:
    """The words that a key of the data files allows."""

    def inside(kind: object) -> Iterable[str]:
        for one in get_args(kind):
            yield from (one,) if isinstance(one, str) else inside(one)

    return tuple(dict.fromkeys(inside(model.model_fields[name].annotation)))


# The words of a column, whatever stands before it (`baseline_grade` is a `grade`).
WORDS: Mapping[str, tuple[str, ...]] = {
    "kind": KINDS,
    "comparator": COMPARATORS,
    "comparability": COMPARABILITIES,
    "differs": DIFFERENCES,
    "extent": EXTENTS,
    "grade": GRADES,
    "date_precision": _words(Source, "date_precision"),
    "measure": _words(Indicator, "measure"),
    "direction": _words(Indicator, "direction"),
    "firmness": _words(Target, "firmness"),
    "flags": (*_words(Figure, "flags"), "superseded"),
    "status": STATUSES,
    "code": CODES,
}


def _by_ending(known: Mapping[str, Known], column: str) -> Known | None:
    """What is known of a name, or of the longest part behind one of its underscores."""
    parts = column.split("_")
    ends = ("_".join(parts[start:]) for start in range(len(parts)))
    return next((known[end] for end in ends if end in known), None)


def indicators(book: Book) -> pd.DataFrame:
    """One row per indicator, in the order of the plan's sectors."""
    rows: Iterator[Row] = (
        {
            "id": one.id, "sector": sector.id, "name_zh": one.name.zh, "name_en": one.name.en,
            "definition_zh": one.definition.zh, "definition_en": one.definition.en, "dimension": one.dimension,
            "canonical_unit": book.units.dimensions[one.dimension].canonical, "measure": one.measure,
            "direction": one.direction, "places": one.places,
        }
        for sector in book.sectors
        for one in sector.indicators
    )  # fmt: skip
    return frame(INDICATORS, rows)


def resources(book: Book) -> tuple[Resource, ...]:
    """The tables of a book, those first that others refer to."""
    every = [target.id for target in book.targets]
    kinds = {"kind": ("observation", *_words(Rival, "kind"))}
    # A comparable figure may be none to start from for a reason that no pair has.
    hinders = {"context_differs": (*DIFFERENCES, *get_args(Obstacle))}
    return (
        Resource("sectors", tables.SECTORS, tables.sectors(book)),
        Resource("indicators", INDICATORS, indicators(book)),
        Resource("sources", tables.SOURCES, tables.sources(book, every)),
        Resource("targets", tables.TARGETS, tables.targets(book), words=hinders),
        Resource("observations", tables.OBSERVATIONS, tables.observations(book), None, words=kinds),
        Resource("gaps", tables.GAPS, tables.gaps(book), "target_id"),
        Resource("health", tables.HEALTH, tables.health(book), None),
    )


def chosen(every: Iterable[Resource], ids: Collection[str]) -> tuple[Resource, ...]:
    """The rows that are about the targets which `ids` names, and those that these refer to.

    A row that names no target stays where its indicator has one of them.
    """
    named = {one.name: one for one in every}
    kept: dict[str, set[str]] = {"targets": set(ids)}
    # From what is most spoken of to what speaks: targets first, then all that names them, then what those name.
    targets = _rows(named["targets"], {"id": kept["targets"]})
    kept["indicators"] = set(targets.table["indicator_id"])
    found = {"targets": targets}
    for name, one in named.items():
        columns = {column: kept[table] for column, table in one.foreign(named).items() if table in kept}
        if name not in found and name not in ("sectors", "indicators", "sources"):
            found[name] = _rows(one, columns)
    for name in ("indicators", "sources", "sectors"):
        kept[name] = {cell for one in found.values() for cell in _named(one, name, named)}
        found[name] = _rows(named[name], {"id": kept[name]})
    return tuple(found[name] for name in named)


def _rows(one: Resource, columns: Mapping[str, Collection[str]]) -> Resource:
    """The rows whose cells are in what each column may hold; an empty cell fits."""
    table = one.table
    for column, cells in columns.items():
        table = table[table[column].isin(list(cells)) | table[column].isna()]
    return replace(one, table=table)


def _named(one: Resource, name: str, among: Collection[str]) -> set[str]:
    """The rows of one table that another names."""
    columns = [column for column, table in one.foreign(among).items() if table == name]
    return {str(cell) for column in columns for cell in one.table[column].dropna()}


def files(book: Book, every: Iterable[Resource], words: Words) -> dict[str, bytes]:
    """Every file of the package by its name, the descriptor first."""
    listed = tuple(every)
    contents = {f"{one.name}.csv": to_csv(one.table).encode() for one in listed}
    names = {one.name for one in listed}
    described = [_resource(one, contents[f"{one.name}.csv"], names, words) for one in listed]
    text = json.dumps({**_head(book, listed, words), "resources": described}, ensure_ascii=False, indent=2)
    return {DESCRIPTOR: f"{text}\n".encode(), **contents}


def _head(book: Book, listed: tuple[Resource, ...], words: Words) -> Json:
    """The package as a whole. A licence is named only where the plan's file names one."""
    plan, day = book.plan, last_day(book.plan.updated)
    licences = [{"name": plan.licence.name, "path": plan.licence.url}] if plan.licence else []
    used = {cell for one in listed if one.name == "sources" for cell in one.table["id"]}
    documents = [source for source in book.sources.sources if source.id in used]
    # A part has the name and the version of the whole: whoever is given it must read that it is one.
    count = next((len(one.table) for one in listed if one.name == "targets"), 0)
    total = len(book.targets)
    part = [_both(words.part).format(count=count, total=total)] if count < total else []
    return {
        "$schema": PROFILE,
        "name": f"plan-{plan.first_year}-{plan.last_year}",
        "title": f"{plan.short.en} / {plan.short.zh}",
        "description": "\n\n".join((_both(plan.title), *part)),
        # The day of the data in the way of semantic versions, and behind it what identifies its content.
        "version": f"{day.year}.{day.month}.{day.day}+{book.version}",
        **({"licenses": licences} if licences else {}),
        "sources": [
            {"title": f"{plan.title.zh} ({plan.number})", "path": plan.url},
            *(
                {"title": ": ".join(filter(None, (f"{one.publisher.en} / {one.publisher.zh}", one.title)))}
                | ({"path": one.url} if one.url else {})
                for one in documents
            ),
        ],
    }


def _both(words: Both) -> str:
    """Both languages in one text, as paragraphs: the standard has a single description for each thing."""
    return f"{words.en}\n\n{words.zh}"


def _resource(one: Resource, content: bytes, names: Collection[str], words: Words) -> Json:
    keys = [
        {"fields": [column], "reference": {"resource": table, "fields": ["id"]}}
        for column, table in one.foreign(names).items()
    ]
    return {
        "name": one.name,
        "path": f"{one.name}.csv",
        "type": "table",
        "description": _both(words.tables[one.name]),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{sha256(content).hexdigest()}",
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\n", "header": True},
        "schema": {
            "fields": [_field(one, column, words) for column in one.schema],
            "missingValues": [""],
            **({"primaryKey": [one.key]} if one.key else {}),
            **({"foreignKeys": keys} if keys else {}),
        },
    }


def _field(one: Resource, column: str, words: Words) -> Json:
    dtype, said, cells = one.schema[column], words.columns[one.name][column], list(one.table[column])
    meaning = [_both(said)]
    if dtype == "exact" and any(map(_endless, cells)):
        meaning.append(_both(words.rounded))
    # A list is read by its delimiter: where that stands in an item, the cell is a text to every reader.
    whole = dtype == "words" and any(";" in item for cell in cells for item in cell)
    allowed = _by_ending(one.words, column) or _by_ending(WORDS, column)
    limits: Json = {"required": True, "unique": True} if column == one.key else {}
    if allowed and dtype == "word":
        limits |= {"enum": list(allowed)}
    return {
        "name": column,
        **TYPES["text" if whole else dtype],
        "description": "\n\n".join(meaning),
        **({"unit": said.unit} if said.unit else {}),
        **({"itemEnum": list(allowed)} if allowed and dtype == "words" else {}),
        **({"constraints": limits} if limits else {}),
    }


def _endless(cell: Decimal | Fraction | None) -> bool:
    """Whether an exact number has no end as a decimal, so that what is written of it is rounded."""
    return cell is not None and Fraction(decimal_text(cell)) != cell


def zipped(contents: Mapping[str, bytes]) -> bytes:
    """All files in one ZIP, whose bytes are the same for the same data."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
