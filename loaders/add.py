"""`python -m loaders add`: one published figure, put where it belongs in its sector file.

The text is edited, not written anew, so that comments and order stay; what comes out
must load without a problem and hold just the one figure more.
"""

import argparse
import re
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from loaders.book import Book, Loaded, data_files, load, version
from loaders.fields import last_day
from loaders.models import COMPARABILITIES, COMPARATORS, DIFFERENCES, EXTENTS, UNREAD, Figure, Indicator, Rival
from loaders.rewrite import replace

GROUPS = ("targets", "observations", "rivals", "derived")
KINDS = ("observation", "annual_target", "other_target")


class Refused(Exception):
    """The call names what does not exist, or a layout that cannot be edited safely."""


@dataclass(frozen=True)
class Added:
    """`entry` is the YAML to show; `text` the new content of `path`, None where the figure is there already, in place
    of `old`. `loaded` is the folder as it would be, the figure the last of its `group` of the `indicator`; `dated` the
    edit of the plan's file that goes with it, where its date moves.
    """

    path: Path
    line: int
    entry: str
    text: str | None
    loaded: Loaded | None = None
    old: str = ""
    dated: "Added | None" = None
    indicator: str = ""
    group: str = ""


def options(parser: argparse.ArgumentParser) -> None:
    of = parser.add_mutually_exclusive_group(required=True)
    of.add_argument("--target", metavar="ID", help="the target to pair the figure with")
    of.add_argument("--indicator", metavar="ID", help="the indicator, where nobody has judged a pair yet")
    parser.add_argument("--value", nargs="+", type=_number, required=True, metavar="N", help="one, or two for a range")
    for name, text in (("unit", "as printed"), ("source", "an id of sources.yaml")):
        parser.add_argument(f"--{name}", required=True, help=text)
    parser.add_argument("--period", help="2031, 2031-09, 2031-09-30, 2031-01/2031-09, 2031/2035; none is undated")
    parser.add_argument("--kind", choices=KINDS, default=KINDS[0])
    parser.add_argument("--comparator", choices=COMPARATORS, default="eq")
    parser.add_argument("--printed", help="the figure phrase; value and unit where it is not given")
    parser.add_argument("--unread", choices=UNREAD, help="why the phrase cannot be compared with value and unit")
    parser.add_argument("--comparability", choices=COMPARABILITIES)
    parser.add_argument("--reason-zh", help="why, in Chinese")
    parser.add_argument("--reason-en", help="why, in English")
    parser.add_argument("--differs", nargs="+", choices=DIFFERENCES, metavar="CODE", help=", ".join(DIFFERENCES))
    parser.add_argument("--extent", choices=EXTENTS, help="what the figure covers, where something differs")
    parser.add_argument("--word-zh", help="what the figure is instead, for labels, in Chinese")
    parser.add_argument("--word-en", help="what the figure is instead, for labels, in English")
    parser.add_argument(
        "--updated", metavar="DAY", help="move the data's own day in plan.yaml, together with the figure"
    )
    parser.add_argument("--write", action="store_true", help="write the file; without it the entry is only shown")


def _number(text: str) -> Decimal:
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no plain number")
    return Decimal(text)


def add(folder: Path, args: argparse.Namespace, book: Book) -> Added:
    """The edit that `args` describes. Raises Refused, OSError; what `check` refuses comes back in `loaded`."""
    given = [args.comparability, args.reason_zh, args.reason_en]
    words = [args.word_zh, args.word_en]
    args.period = args.period or None
    args.printed = args.printed or _phrase(args, book)
    if any(re.search(r"[\n\r]", text or "") for text in (args.printed, *given, *words)):
        raise Refused("a text is one line")  # YAML would fold a second one into the first
    if any(given) and not (all(given) and args.target):
        raise Refused("--comparability, --reason-zh and --reason-en go together, with --target")
    if any([args.differs, args.extent, *words]) and not (all(given) and all(words) == any(words)):
        raise Refused("--differs, --extent, --word-zh and --word-en go with a judgement, both words together")
    sector, index, indicator = _indicator(book, args)
    files = _files(folder, book)
    path = folder / f"{sector}.yaml"
    if path.name not in files:
        path = path.with_suffix(".yml")
    text = files[path.name].decode("utf-8")
    line, column, header = _place(text, index, _group(args))
    entry = "".join(" " * column + row + "\n" for row in (*header, *_entry(args, bool(header))))
    dated = _dated(folder / "plan.yaml", files["plan.yaml"], args, book)
    files |= {dated.path.name: (dated.text or "").encode("utf-8")} if dated else {}
    for figure in (*indicator.observations, *indicator.rivals):
        if _same(args, figure):
            if args.comparability and args.target not in [pair.target for pair in figure.pairs]:
                raise Refused("the figure is there already, without this judgement; please add it there by hand")
            return Added(path, line + 1, entry, None, _loaded(files), text, dated)
    lines = text.splitlines(keepends=True)
    ending = "\r\n" if lines[0].endswith("\r\n") else "\n"
    if not lines[line - 1].endswith("\n"):
        lines[line - 1] += ending
    edited = "".join((*lines[:line], entry.replace("\n", ending), *lines[line:]))
    files |= {path.name: edited.encode("utf-8")}
    loaded = _edited(path, files, book, indicator, args)
    return Added(path, line + 1, entry, edited, loaded, text, dated, indicator.id, _group(args))


def _dated(path: Path, raw: bytes, args: argparse.Namespace, book: Book) -> Added | None:
    """plan.yaml with the day that `--updated` names and every other character as it was; None where none moves."""
    day, now = args.updated, book.plan.updated
    try:
        if day in (None, now):
            return None
        if last_day(day) < last_day(now):
            raise Refused(f"--updated {day} lies before {now}, which the plan has")
    except ValueError as error:
        raise Refused(f"--updated {day} is no day such as 2031-09-30") from error
    whole = raw.decode("utf-8")
    text = whole.removeprefix("\ufeff")  # the parser does not count it
    node = _children(yaml.compose(text, Loader=yaml.CSafeLoader))["updated"]
    start, end = node.start_mark.index, node.end_mark.index
    if text[start:end].strip("'\"") != now:
        raise Refused("the layout of plan.yaml is not understood; please change `updated` by hand")
    edited = whole[: len(whole) - len(text)] + text[:start] + day + text[end:]
    return Added(path, node.start_mark.line + 1, f"updated: {day}\n", edited, old=whole)


def write(added: Added) -> None:
    """All or nothing: the figure and the day, which goes second: where a crash keeps it back `check` says so, and the
    same call again moves it. Raises NotWritten."""
    edits = [one for one in (added, added.dated) if one]
    replace({one.path: (one.old, one.text) for one in edits if one.text is not None})


def _files(folder: Path, book: Book) -> dict[str, bytes]:
    """What the book was read from; the places of its indicators are of no use in any other text."""
    files = {path.name: path.read_bytes() for path in data_files(folder)}
    with suppress(UnicodeDecodeError):
        if version({name: raw.decode("utf-8-sig") for name, raw in files.items()}) == book.version:
            return files
    raise Refused("the data has changed while it was read; please call again")


def _indicator(book: Book, args: argparse.Namespace) -> tuple[str, int, Indicator]:
    """The one that the call names, with its sector and its position there."""
    for sector in book.sectors:
        for index, indicator in enumerate(sector.indicators):
            if args.indicator == indicator.id or args.target in [target.id for target in indicator.targets]:
                return sector.id, index, indicator
    raise Refused(f"there is no {'target' if args.target else 'indicator'} {args.target or args.indicator}")


def _group(args: argparse.Namespace) -> str:
    return "observations" if args.kind == "observation" else "rivals"


def _place(text: str, index: int, group: str) -> tuple[int, int, list[str]]:
    """The line before which the entry goes, its column, and the key that has to come first."""
    mapping = _children(yaml.compose(text, Loader=yaml.CSafeLoader))["indicators"].value[index]
    nodes = _children(mapping)
    node = nodes.get(group) or [nodes[name] for name in GROUPS[: GROUPS.index(group)] if name in nodes][-1]
    if mapping.flow_style or node.flow_style:
        raise Refused(f"{group} stands on one line; please write it as a block first")
    lines, end = text.splitlines(), node.end_mark.line
    # The parser ends a list where the next thing begins: blank lines and comments between belong to that.
    while end and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    if group in nodes:
        return end, node.start_mark.column, []
    return end, mapping.start_mark.column, [f"{group}:"]


def _children(node: Any) -> dict[str, Any]:
    return {key.value: value for key, value in node.value}


def _entry(args: argparse.Namespace, indented: bool) -> list[str]:
    ends = [format(end, "f") for end in args.value]
    fields = [
        ("kind", args.kind if args.kind != "observation" else None),
        ("value", ends[0] if len(ends) == 1 else f"[{', '.join(ends)}]"),
        ("unit", _scalar(args.unit)),
        ("comparator", args.comparator if args.comparator != "eq" else None),
        ("period", args.period and _scalar(args.period, r"[0-9/-]+")),
        ("printed", _scalar(args.printed)),
        ("unread", args.unread),
        ("source", _scalar(args.source, r"[a-z][a-z0-9-]*")),
        ("flags", None if args.period else "[undated]"),
    ]
    rows = [f"{name}: {text}" for name, text in fields if text is not None]
    if args.comparability:
        rows += [
            "pairs:",
            f"  - target: {args.target}",
            f"    comparability: {args.comparability}",
            f"    judged: [{args.comparability}]",
            *_difference(args),
            "    reason:",
            f"      zh: {_scalar(args.reason_zh)}",
            f"      en: {_scalar(args.reason_en)}",
        ]
    space = "  " if indented else ""
    return [f"{space}{'  ' if number else '- '}{row}" for number, row in enumerate(rows)]


def _difference(args: argparse.Namespace) -> list[str]:
    """What the call says of it and no more: `check` says what lacks, and what one that is the same must not have."""
    rows = {"differs": args.differs and f"[{', '.join(args.differs)}]", "extent": args.extent}
    if args.word_zh:
        rows["word"] = f"{{zh: {_scalar(args.word_zh)}, en: {_scalar(args.word_en)}}}"
    return [f"    {name}: {text}" for name, text in rows.items() if text]


def _phrase(args: argparse.Namespace, book: Book) -> str:
    """Value and unit, which `check` reads back: a coefficient has none, and 35 100 million is not 35100 million."""
    unit = "" if "" in book.units.spellings(args.unit) else args.unit
    return "—".join(format(end, "f") for end in args.value) + (" " if unit[:1].isdigit() else "") + unit


def _scalar(text: str, plain: str = "") -> str:
    """Text as YAML gives it back unchanged: in quotes, but for what looks like `plain`."""
    if plain and re.fullmatch(plain, text):
        return text
    return "'" + text.replace("'", "''") + "'"


def _same(args: argparse.Namespace, figure: Figure) -> bool:
    kind = figure.kind if isinstance(figure, Rival) else "observation"
    one = (kind, list(figure.value), figure.unit, figure.comparator, figure.period, figure.source)
    return one == (args.kind, args.value, args.unit, args.comparator, args.period, args.source)


def _edited(
    path: Path, files: Mapping[str, bytes], book: Book, indicator: Indicator, args: argparse.Namespace
) -> Loaded:
    """The files, one of them edited, as they would be read; a change of anything else is refused too."""
    loaded = _loaded(files)
    if loaded.book is None:
        return loaded
    before, after = book.indicator, dict(loaded.book.indicator)
    held = after[indicator.id]
    *others, figure = getattr(held, _group(args)) or [None]
    after[indicator.id] = held.model_copy(update={_group(args): tuple(others)})
    if after != before or not figure or not _same(args, figure):
        raise Refused(f"the layout of {path.name} is not understood; please add the figure by hand")
    return loaded


def _loaded(files: Mapping[str, bytes]) -> Loaded:
    """What the folder would hold."""
    with tempfile.TemporaryDirectory() as scratch:
        for name, content in files.items():
            (Path(scratch) / name).write_bytes(content)
        return load(Path(scratch))
