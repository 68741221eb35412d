"""Damage to the toy plan by dice: text, data and names of its files. A seed and a number are always the same case."""

import random
import re
import tempfile
from collections.abc import Callable, Iterator
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

from loaders import models
from loaders.models import COMPARATORS, KINDS
from loaders.rules import ALLOWED, RATES, SLIPS, STATES
from loaders.yamlfile import read

HERE = Path(__file__).resolve().parent
Files = dict[str, bytes]
Dice = random.Random


def _split(text: str) -> list[str]:
    return text.split()


def files() -> Files:
    """tests/base, and over it tests/full, which has every key and what changed before."""
    found = (path for name in ("base", "full") for path in sorted((HERE / name).iterdir()))
    return {path.name: path.read_bytes() for path in found if path.suffix in (".yaml", ".csv")}


# What stands where something else should: values of the wrong type or size, signs of YAML, letters nobody sees.
NUMBERS = _split("""
0 1 2 -1 -0 0.0 -0.5 100 99.95 1e3 017 0x1F 1_000 .5 5. +1 .inf .nan 12:30 999999999999999999 0.000000000000000001
-999999999999999999.999999999999999999 9999999999999999999 2031 2034 1899 3000 0000 2031-02-30 2032-12-31 2031/2033
2031-01/2031-09 9999 9999-12 0001-01-01 2031-00 1/3 0/1 1/0 999999999999999999/1
""")
WORDS = _split("""
~ null true false yes on [] {} '' "" ' " - ? : & * ! % @ ` | > # , [ ] { } &a *a <<: --- ... %YAML !!python/none
{} {0} {x} {count:a|b} {{}} $x$ <b> <!-- a:b a#b *bold* # ＃ ： ， ｛ ％ １２ 一 万 亿 个 以上 超过 全覆盖 三 第三节
2034年 box x chapter section 1 3 1.5 ## ** () (?P<x \\\\ \\n http://[ https://a/%zz =1+1 @x ./../x None NaN
""")
UNSEEN = list("\0\a\t\r\n\v\f\x1b\x7f\x85\xa0\xad\u200b\u200d\u200f\u202e\u2028\u2060\ufe0f\ufeff\ufffd\ue000\uffff")
UNSEEN += ["\U000e0020", "\U0001f9d1\u200d\U0001f680", "e\u0301", "\u0664", "\u3000", "\ufb01", "\U00031350", "\u0345"]
_LISTED = (models.Kind, models.Comparator, models.Comparability, models.Grade, models.Measure, models.Direction)
LISTED = [word for one in (*_LISTED, models.Flag, models.Difference, models.Extent) for word in get_args(one)]
KEYS = sorted({key for one in vars(models).values() if hasattr(one, "model_fields") for key in one.model_fields})
_TOKEN = re.compile(r"[A-Za-z_][\w-]*|\d+(?:\.\d+)?|[\u4e00-\u9fff]{1,4}")


def any_value(dice: Dice) -> str:
    return dice.choice(dice.choice((NUMBERS, WORDS, UNSEEN, LISTED, KEYS)))


# Damage to the text of one file.


def bytes_flip(dice: Dice, raw: bytes) -> bytes:
    for _ in range(dice.choice((1, 1, 2, 8))):
        at = dice.randrange(len(raw) + 1)
        raw = raw[:at] + dice.choice((b"", dice.randbytes(1), dice.randbytes(4))) + raw[at + dice.choice((0, 1)) :]
    return raw


def half_written(dice: Dice, raw: bytes) -> bytes:
    return raw[: dice.randrange(len(raw) + 1)] + dice.choice((b"", b"", b"\0" * 40, raw[:200]))


def other_encoding(dice: Dice, raw: bytes) -> bytes:
    text = raw.decode("utf-8", "replace")
    return dice.choice((
        lambda: text.encode("utf-16"), lambda: text.encode("gb18030"), lambda: text.encode("utf-8-sig"),
        lambda: raw.replace(b"\n", b"\r\n"), lambda: raw.replace(b"\n", b"\r"), lambda: b"", lambda: b"\xff" * 9,
        lambda: b"\n" * 5000, lambda: b"#" + raw.replace(b"\n", b"\n#"), lambda: raw + raw, lambda: b"\0" * 4096,
    ))()  # fmt: skip


def lines(dice: Dice, text: str) -> str:
    rows = text.splitlines(keepends=True) or [""]
    one, other = dice.randrange(len(rows)), dice.randrange(len(rows))
    far = min(len(rows), one + dice.choice((1, 1, 3, 10)))
    match dice.randrange(5):
        case 0:
            del rows[one:far]
        case 1:
            rows[other:other] = rows[one:far]
        case 2:
            rows[one], rows[other] = rows[other], rows[one]
        case 3:
            rows[one:far] = [" " * dice.choice((1, 2, 4, 40)) + row for row in rows[one:far]]
        case _:
            rows[one:far] = [row[dice.choice((1, 2)) :] if row[:1] == " " else row for row in rows[one:far]]
    return "".join(rows)


def letters(dice: Dice, text: str) -> str:
    at = dice.randrange(len(text) + 1)
    return text[:at] + any_value(dice) * dice.choice((1, 1, 1, 2, 50)) + text[at + dice.choice((0, 0, 1, 5)) :]


def much(dice: Dice, text: str) -> str:
    """Depth, length and number."""
    rows = text.splitlines(keepends=True) or [""]
    at = dice.randrange(len(rows))
    sign = dice.choice(("[", "{a: ", "- ", "? ", "<", "1,", "9", "一", "1 ", "a:", "'", "a ", "&a [*a,"))
    rows[at] = rows[at].rstrip("\n") + dice.choice((" ", "")) + sign * dice.choice((13, 500, 20_000)) + "\n"
    return "".join(rows) if dice.random() < 0.7 else "".join((*rows[:at], *[rows[at - 1]] * 300, *rows[at:]))


def scalars(dice: Dice, text: str) -> str:
    """One value behind a key, in whatever way it is written, gives way to another one of the text or of ours."""
    found = list(re.finditer(r"(?<=: )[^\n,{}\[\]]+", text))
    if not found:
        return text
    one = dice.choice(found)
    new = dice.choice((any_value(dice), dice.choice(found)[0], f"'{any_value(dice)}'", f"[{any_value(dice)}]"))
    return text[: one.start()] + new + text[one.end() :]


def marked(dice: Dice, text: str) -> str:
    """Anchors, aliases, tags, merge keys and further documents."""
    found = list(re.finditer(r"(?<=: )(?=\S)|(?<=- )(?=\S)", text))
    at = dice.choice(found).start() if found else 0
    return text[:at] + dice.choice(("&a ", "*a ", "!x ", "!!str ", "<<: *a\n", "\n---\n", "\n...\n", "? ")) + text[at:]


# Damage to the data of one file, written anew: what the schema allows comes out of it more often.

Node = Any
SECTORS = ("fish-ponds.yaml", "schools.yaml", "harbour.yaml")


def nodes(data: Node) -> Iterator[tuple[Node, Any]]:
    """Every mapping and list, each with each of its keys or positions."""
    for key in list(data) if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ():
        yield data, key
        yield from nodes(data[key])


def thawed(data: Node) -> Node:
    if isinstance(data, dict):
        return {key: thawed(value) for key, value in data.items()}
    return [thawed(value) for value in data] if isinstance(data, tuple) else data


def written(data: Node) -> str:
    """YAML on lines of its own for each value."""
    if isinstance(data, dict):
        return "{" + ",\n".join(f"{quoted(key)}: {written(value)}" for key, value in data.items()) + "}"
    if isinstance(data, list):
        return "[" + ",\n".join(map(written, data)) + "]"
    if isinstance(data, bool) or data is None:
        return {True: "true", False: "false", None: "null"}[data]
    return format(data, "f") if isinstance(data, Decimal) else str(data) if isinstance(data, int) else quoted(data)


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def replacement(dice: Dice, old: Node, every: list[tuple[Node, Any]], key: Any) -> Node:
    """Another value of the same key, of any key, of the wrong type, or empty."""
    alike = [held[name] for held, name in every if name == key and isinstance(name, str)] or [old]
    other = dice.choice((0, 1, -1, Decimal("0.0"), Decimal("-3.5"), 10**17, True, None, [], {}, "x", [old], [old, old]))
    held, name = dice.choice(every)
    word = dice.choice((*LISTED, *WORDS, *NUMBERS))
    return deepcopy(dice.choice((dice.choice(alike), dice.choice(alike), dice.choice(alike), other, held[name], word)))


def structure(dice: Dice, data: Node) -> None:
    every = list(nodes(data))
    if not every:
        return
    held, key = dice.choice(every)
    match dice.randrange(8):
        case 0:
            del held[key]
        case 1 if isinstance(held, dict):
            held[dice.choice((*KEYS, any_value(dice)))] = held.pop(key)
        case 1 | 2 if isinstance(held, list):
            held.insert(dice.randrange(len(held) + 1), deepcopy(held[key]))
        case 3 if isinstance(held, list):
            dice.shuffle(held)
        case 4 if isinstance(held, dict):
            held[dice.choice(KEYS)] = replacement(dice, held[key], every, dice.choice(KEYS))
        case _:
            held[key] = replacement(dice, held[key], every, key)


# Figures that the rules allow, however unlikely: what is reckoned with them must come out.
FIGURES = _split("0 0.0 0.01 1 -1 3 5 9.95 50 100 101 24000 0.000000000000000001 999999999999999999 -4.5 2400.000")
PERIODS = _split(
    "1999 2027 2030 2031 2032 2031-12 2032-01 2032-06-15 2031-12-31 2028-02-29 2031-01/2031-11 2032-01/2032-05"
)
PERIODS += _split("2029/2031 2030/2031 2031/2032 2027/2030 2031-11/2032-02")
BOUND = {"ge": "以上", "le": "以下", "gt": "超过", "lt": "低于", "about": "左右"}


def figures(dice: Dice, data: Node) -> None:
    """Other numbers, periods, kinds and directions, the phrases going along, and more figures held against more
    targets."""
    for held in data.get("indicators", ()) if isinstance(data, dict) else ():
        if dice.random() < 0.4:
            held["direction"] = dice.choice(("up", "down", "none"))
            held["measure"] = dice.choice(("stock", "flow", "rate", held["measure"]))
        for name, target in zip("甲乙丙丁戊", held["targets"], strict=False):
            if "value" in target and not {"figure", "reading", "counts_from"} & set(target):
                asks(dice, target, held, held["id"] + name)
        whole = [one for one in held["targets"] if dice.random() < 0.7]
        for one in (*held.get("observations", ()), *held.get("rivals", ())):
            if dice.random() < 0.6:
                value = dice.choice(FIGURES)
                one |= {"value": Decimal(value), "printed": f"{value.strip('-')} {one['unit']}", "comparator": "eq"}
                one |= {"period": dice.choice(PERIODS), "flags": [], "source": "annual-plan-2032"}
                one.pop("unread", None)
            same = {"comparability": "same", "reason": {"zh": "同", "en": "Same."}}
            one["pairs"] = [{"target": target["id"], **same} for target in whole]


def asks(dice: Dice, target: Node, held: Node, name: str) -> None:
    """Another figure, mostly as the rules allow it."""
    kinds = [one for one in KINDS if one != "milestone" and (one in RATES) == (target["kind"] in RATES)]
    kind = dice.choice((target["kind"], *kinds))
    wrong = SLIPS[held["direction"]] if kind in STATES else ()
    fits = [one for one in ALLOWED.get(kind, COMPARATORS) if one not in wrong and one != "range"]
    value, comparator = dice.choice(FIGURES).strip("-"), dice.choice(fits)
    ends = f"{value}{target['unit']}{BOUND.get(comparator, '')}"
    target |= {"value": Decimal(value), "comparator": comparator, "printed": f"达{name}：{ends}", "flags": []}
    target |= {"kind": kind, "deadline": dice.choice(("2032", "2033-06-30", "2034-12-31")), "deadline_printed": False}


def other_figures(dice: Dice, raw: bytes) -> bytes:
    return remade(raw, lambda data: figures(dice, data))


def rewritten(dice: Dice, raw: bytes) -> bytes:
    def change(data: Node) -> None:
        for _ in range(dice.choice((1, 1, 2, 3))):
            structure(dice, data)

    return remade(raw, change)


def remade(raw: bytes, change: Callable[[Node], None]) -> bytes:
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "a"
        path.write_bytes(raw)
        data = thawed(read(path, "a").data)
    change(data)
    return written(data).encode("utf-8", "surrogatepass") if isinstance(data, dict | list) else raw


def cells(dice: Dice, raw: bytes) -> bytes:
    """Of a table some cells are others of the table or of ours, some are away or too many, some rows stand twice."""
    rows = [row.split(",") for row in raw.decode("utf-8", "replace").splitlines()] or [[""]]
    for _ in range(dice.choice((1, 1, 2, 5))):
        row = dice.choice(rows)
        at = dice.randrange(len(row) + 1)
        new = dice.choice((any_value(dice), dice.choice(dice.choice(rows) or [""]), "", f'"{any_value(dice)}"'))
        row[at : at + dice.choice((1, 1, 1, 1, 0, 2))] = [new] if dice.random() < 0.95 else []
    if dice.random() < 0.2:
        rows.append(list(dice.choice(rows)))
    return "\n".join(",".join(row) for row in rows).encode("utf-8", "surrogatepass")


# Damage to the folder.


def word_everywhere(dice: Dice, files: Files) -> None:
    """A number, an id or a unit is another one wherever it stands, so that what refers to it may still fit."""
    name = dice.choice(sorted(files))
    found = _TOKEN.findall(files[name].decode("utf-8", "replace"))
    if not found:
        return
    old = dice.choice(found)
    new = dice.choice((any_value(dice), dice.choice(found), dice.choice(NUMBERS)))
    edges = (r"(?<![\w.-])", r"(?![\w.-])") if old.isascii() else ("", "")
    if old[0].isdigit():
        edges, new = (r"(?<![\d.])", r"(?![\d.])"), dice.choice((*NUMBERS, str(dice.randrange(10**5)), new))
    pattern = re.compile(edges[0] + re.escape(old) + edges[1])
    for other in [name] if dice.random() < 0.3 else sorted(files):
        text = files[other].decode("utf-8", "surrogateescape")
        files[other] = pattern.sub(lambda _: new, text).encode("utf-8", "surrogateescape")


def names(dice: Dice, files: Files) -> None:
    name, other = dice.choice(sorted(files)), dice.choice(sorted(files))
    match dice.randrange(4):
        case 0:
            del files[name]
        case 1:
            files[dice.choice(("a.yaml", "Ü.yaml", "a b.yml", "-.yaml", "plan.yml", "\u202e.yaml"))] = files.pop(name)
        case 2:
            files[name], files[other] = files[other], files[name]
        case _:
            files["copy.yaml"] = files[name]


def case(seed: int, number: int) -> Files:
    """The files of one case."""
    dice, all_files = Dice(f"{seed} {number}"), files()
    raw_damage: tuple[Callable[[Dice, bytes], bytes], ...] = (bytes_flip, half_written, other_encoding)
    text_damage: tuple[Callable[[Dice, str], str], ...] = (lines, letters, much, scalars, scalars, marked)
    for name in SECTORS if dice.random() < 0.3 else ():
        all_files[name] = other_figures(dice, all_files[name])
    for _ in range(dice.choice((0, 1, 1, 1, 2, 4))):
        name, sort = dice.choice(sorted(all_files) or ["plan.yaml"]), dice.random()
        raw = all_files.get(name, b"")
        if sort < 0.08:
            all_files[name] = dice.choice(raw_damage)(dice, raw)
        elif sort < 0.35:
            text = dice.choice(text_damage)(dice, raw.decode("utf-8", "surrogateescape"))
            all_files[name] = text.encode("utf-8", "surrogatepass" if not raw else "surrogateescape")
        elif sort < 0.65:
            all_files[name] = (cells if name.endswith(".csv") else rewritten)(dice, raw)
        elif all_files:
            (names if sort > 0.97 else word_everywhere)(dice, all_files)
    return all_files
