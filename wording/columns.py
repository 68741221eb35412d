"""What each column of each table holds, read from columns.yaml, and the data package that says so."""

from collections.abc import Collection
from pathlib import Path

from evidence import package
from evidence.package import Column, Words
from loaders.book import Book
from loaders.fields import Both
from loaders.yamlfile import read
from progress import table

_READ = read(Path(__file__).with_name("columns.yaml"), "columns.yaml").data
WORDS = Words(
    rounded=Both.model_validate(_READ["rounded"]),
    part=Both.model_validate(_READ["part"]),
    tables={name: Both.model_validate(one["about"]) for name, one in _READ["tables"].items()},
    columns={
        name: {column: Column.model_validate(said) for column, said in one["columns"].items()}
        for name, one in _READ["tables"].items()
    },
)


def packed(book: Book, ids: Collection[str] | None = None) -> dict[str, bytes]:
    """The files of the data package: of the targets that `ids` names and what belongs to them, or of all."""
    resources = (*package.resources(book), table.resource(book))
    return package.files(book, package.chosen(resources, ids) if ids is not None else resources, WORDS)
