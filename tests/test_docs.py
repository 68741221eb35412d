"""What docs/data.md says of keys and columns is what the code has: no more, no less, and in the same words. What
docs/architecture.md says where to find is there."""

import ast
import re
from collections.abc import Iterator
from typing import get_args

import pytest
from conftest import ROOT
from pydantic import TypeAdapter

from evidence import changes, package, tables
from evidence.frames import PANDAS
from loaders import fields
from loaders.fields import Model
from loaders.models import COMPARABILITIES, DIFFERENCES, EXTENTS, FILES, GRADES
from progress import promise_table
from progress import table as progress
from progress.promises import BECAUSE, CAME
from progress.verdict import VERDICTS
from wording.columns import WORDS

DATA = (ROOT / "docs" / "data.md").read_text("utf-8")
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
# A file, and perhaps what is defined there: `evidence/baseline.py:choose`.
PLACES = sorted(set(re.findall(r"`(dashboard\.py|(?:\w+/)+\w+\.(?:py|yaml))(?::(\w+))?`", ARCHITECTURE)))
SCHEMAS = {
    "indicators": package.INDICATORS,
    "targets": tables.TARGETS,
    "observations": tables.OBSERVATIONS,
    "sectors": tables.SECTORS,
    "health": tables.HEALTH,
    "gaps": tables.GAPS,
    "sources": tables.SOURCES,
    "verdicts": progress.ADDED,
    "changes": changes.CHANGES,
    "promises": promise_table.PROMISES,
}
Rows = list[list[str]]


def models(parent: type[Model] = Model) -> Iterator[type[Model]]:
    """Every shape of the data, Rival behind the Figure that it extends."""
    for model in parent.__subclasses__():
        if model.__module__.startswith("loaders."):
            yield model
            yield from models(model)


MODELS = {model.__name__: model for model in models()}


def section(level: str, name: str) -> str:
    """What stands under a heading, up to the next of any level."""
    found = re.findall(rf"^{level} `{re.escape(name)}`\n(.*?)(?=^#|\Z)", DATA, re.MULTILINE | re.DOTALL)
    assert len(found) == 1, f"{len(found)} headings {level} `{name}`"
    return found[0]


def cells(text: str) -> Rows:
    """The rows of the only table of a text, without its head."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def own(model: type[Model]) -> dict:
    """The fields that a model adds to the one that it extends."""
    (parent,) = model.__bases__
    inherited = getattr(parent, "model_fields", {})
    return {name: field for name, field in model.model_fields.items() if name not in inherited}


def choices(kind: object) -> set[str]:
    """The words of every Literal inside a type."""
    words = {word for word in get_args(kind) if isinstance(word, str)}
    return words.union(*(choices(inner) for inner in get_args(kind)))


@pytest.mark.parametrize("name", MODELS)
def test_the_keys_of_a_model_are_just_its_fields(name):
    listed = [(key, needed == "yes") for key, needed, _ in cells(section("###", name))]
    assert listed == [(f"`{key}`", field.is_required()) for key, field in own(MODELS[name]).items()]


@pytest.mark.parametrize("name", MODELS)
def test_the_words_that_a_key_allows_are_all_named(name):
    meanings = {key.strip("`"): meaning for key, _, meaning in cells(section("###", name))}
    for key, field in own(MODELS[name]).items():
        known = choices(field.annotation) if "Literal" in str(field.annotation) else set()
        assert [word for word in known if f"`{word}`" not in meanings[key]] == [], key


def test_every_model_and_table_has_its_heading_and_no_other_has():
    assert sorted(re.findall(r"^### `(\w+)`$", DATA, re.MULTILINE)) == sorted(MODELS)
    assert sorted(re.findall(r"^## `([^`]+)`$", DATA, re.MULTILINE)) == sorted([*FILES, "readings/", *SCHEMAS])


def test_every_file_of_the_readings_is_named():
    listed = [name.strip("`") for name, _ in cells(section("##", "readings/"))]
    assert sorted(listed) == sorted(path.name for path in (ROOT / "indicators" / "readings").iterdir())


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_columns_of_a_table_are_just_its_schema(name):
    listed = [(column, dtype) for column, dtype, _ in cells(section("##", name))]
    assert listed == [(f"`{column}`", dtype) for column, dtype in SCHEMAS[name].items()]


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_column_means_the_same_here_and_in_the_package(name):
    said = WORDS.columns[name]
    listed = {column.strip("`"): meaning for column, _, meaning in cells(section("##", name))}
    assert listed == {column: said[column].en for column in SCHEMAS[name]}
    # Of the verdicts the package has the target's id besides.
    assert set(said) - set(listed) == ({"id"} if name == "verdicts" else set())
    assert WORDS.tables[name].en.rstrip(".").lower() in " ".join(section("##", name).split()).lower()


def test_each_dtype_is_named_with_that_of_pandas():
    listed = re.findall(r"^\| `(\w+)` \| `([\w\[\]]+)` \|", DATA, re.MULTILINE)
    assert dict(listed) == PANDAS


def test_the_example_gives_the_tables_that_it_speaks_of(monkeypatch):
    monkeypatch.chdir(ROOT)
    (code,) = re.findall(r"```python\n(.*?)```", DATA, re.DOTALL)
    names: dict = {}
    exec(code, names)
    assert list(names["table"].columns) == list(tables.TARGETS)
    assert (names["table"]["value_low"].dtype, str(names["rounded"]["value_low"].dtype)) == (object, "Float64")


def test_every_verdict_is_named():
    (meaning,) = (meaning for column, _, meaning in cells(section("##", "verdicts")) if column == "`verdict`")
    assert re.findall(r"`(\w+)`", meaning) == list(VERDICTS)


def test_the_rules_of_evidence_name_every_code_extent_grade_and_verdict():
    rules = DATA.partition("# The rules of evidence")[2].partition("# The command line")[0]
    grades, judging = rules.split("## Judging the targets")
    assert [code.strip("`") for code, _ in cells(grades)] == list(DIFFERENCES)
    assert re.findall(r"`(\w+)`", re.search(r"The extents are(.*?)\.", grades, re.DOTALL)[1]) == list(EXTENTS)
    assert re.findall(r"\*\*([A-Z])\*\*", grades) == list(GRADES)
    assert set(re.findall(r"\*\*([a-z]+)\*\*", grades)) == set(COMPARABILITIES)
    assert re.findall(r"`(\w+)`", judging.partition(", with a reason")[0]) == list(VERDICTS)


@pytest.mark.parametrize(("what", "kind"), [("day", fields.Day), ("period", fields.Period), ("factor", fields.Factor)])
def test_the_examples_of_values_are_taken(what, kind):
    how = next(how for name, how in cells(DATA.partition("## How values are written")[2][:1500]) if name == what)
    examples = re.findall("`([^`]+)`", how)
    assert examples
    for example in examples:
        TypeAdapter(kind).validate_python(example)


def test_every_property_of_a_package_that_is_told_is_one():
    told = re.findall(
        r"^\| `(\w+)`[^|]*\|", DATA.partition("## The data package")[2].partition("\n## ")[0], re.MULTILINE
    )
    written = (ROOT / "evidence" / "package.py").read_text("utf-8")
    assert told
    assert [name for name in told if f'"{name}": ' not in written] == []


def test_every_word_on_a_promise_is_named():
    meanings = {column.strip("`"): meaning for column, _, meaning in cells(section("##", "promises"))}
    assert re.findall(r"`(\w+)`", meanings["verdict"]) == list(CAME)
    assert re.findall(r"`(\w+)`", meanings["verdict_reason"]) == list(BECAUSE)


def defined(path: str) -> set[str]:
    """The names that a module gives to functions, classes and values of its own."""
    body = ast.parse((ROOT / path).read_text("utf-8")).body
    names = {node.name for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    targets = [node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None) for node in body]
    return names | {target.id for target in targets if isinstance(target, ast.Name)}


@pytest.mark.parametrize(("path", "name"), PLACES, ids=map(":".join, PLACES))
def test_what_the_architecture_names_is_there(path, name):
    assert (ROOT / path).is_file()
    assert not name or name in defined(path)


def test_the_architecture_has_a_paragraph_for_each_room_in_the_order_of_imports():
    chain = re.search(r"`(dashboard → [^`]+)`", ARCHITECTURE)[1].split(" → ")
    rooms = [room.removesuffix(".py").rstrip("/") for room in re.findall(r"^\*\*`([\w./]+)`\*\*", ARCHITECTURE, re.M)]
    assert rooms == chain[::-1]
    assert f"`{' → '.join(chain)}`" in (ROOT / "README.md").read_text("utf-8")
