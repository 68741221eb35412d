"""The terms of the pages and what they mean, read from glossary.yaml."""

from functools import cache
from pathlib import Path

from loaders.fields import Both, Id, Model
from loaders.yamlfile import read


class Term(Model):
    """A term in both languages, what it means, and the ids of terms that belong to it."""

    id: Id
    name: Both
    meaning: Both
    see: tuple[Id, ...] = ()


@cache
def glossary() -> dict[str, Term]:
    """Every term by its id, in the order in which they are to be read."""
    listed = read(Path(__file__).with_name("glossary.yaml"), "glossary.yaml").data
    return {term.id: term for term in map(Term.model_validate, listed)}
