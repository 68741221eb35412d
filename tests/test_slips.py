"""What people type by mistake and parsers tell badly: depth, unseen characters, signs of a Chinese keyboard."""

import re
import unicodedata

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from loaders import slips
from loaders.letters import named, odd, shown
from loaders.nesting import beyond
from loaders.problem import quoted
from loaders.yamlfile import MAX_DEPTH, Document, read

SCALARS = st.sampled_from(["a", "b [x [y", "c#d", "-e", "f:g", "'it''s [ {'", '"\\" [[ - - #"', "'- - -: ['"])
DATA = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, min_size=1, max_size=3) | st.dictionaries(st.sampled_from("kmn"), inner, min_size=1),
    max_leaves=12,
)


def in_flow(data: object) -> str:
    if isinstance(data, list):
        return f"[{', '.join(map(in_flow, data))}]"
    if isinstance(data, dict):
        return f"{{{', '.join(f'{key}: {in_flow(value)}' for key, value in data.items())}}}"
    text = str(data)
    return text if text[0] in "'\"" else f'"{text}"'


def in_block(data: object, indent: int, draw) -> str:
    """YAML of many layouts, with brackets and dashes where they mean nothing."""
    pad = " " * indent
    if isinstance(data, str):
        folded = f"text [ of\n{pad}  two - lines [[\n"
        block = f"|\n{pad}  - - [[ {{\n\n{pad}   # [x\n"
        return f" {draw(st.sampled_from((data + chr(10), data + ' # - [[' + chr(10), folded, block)))}"
    if draw(st.integers(0, 5)) == 0:
        return f" {in_flow(data)}\n"
    if isinstance(data, list):
        return "\n" + "".join(f"{pad}-{in_block(value, indent + 2, draw)}" for value in data)
    wider = draw(st.integers(1, 3))
    return "\n" + "".join(
        # A list may stand as far left as its key.
        f"{pad}{key}:{in_block(value, indent + wider * (not isinstance(value, list)), draw)}"
        for key, value in data.items()
    )


def by_events(text: str, most: int) -> tuple[int, int] | None:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > most:
            return event.start_mark.line, event.start_mark.column
    return None


@pytest.mark.sweep
@given(data=DATA, most=st.integers(0, 6), more=st.data())
def test_depth_is_counted_as_a_parser_counts_it(data, most, more):
    text = in_block(data, 0, more.draw)
    index = beyond(text, most)
    before = text[:index]
    assert by_events(text, most) == (None if index is None else (before.count("\n"), index - before.rfind("\n") - 1))


def read_text(folder, text: str) -> Document:
    path = folder / "data.yaml"
    path.write_text(text, "utf-8", newline="")
    return read(path, path.name)


# More levels than any parser would go along with; what is wrong beside them is wrong at other places.
DEEP = {
    "brackets": ("a: " + "[" * 2000, (1, 3 + MAX_DEPTH)),
    "closed brackets": ("a: " + "[" * 2000 + "]" * 2000, (1, 3 + MAX_DEPTH)),
    "braces": ("a: " + "{b: " * 2000, (1, 4 * MAX_DEPTH)),
    "dashes": ("- " * 2000 + "x", (1, 2 * MAX_DEPTH + 1)),
    "questions": ("? " * 2000 + "x", (1, 2 * MAX_DEPTH + 1)),
    "answers": ("? a\n" + "".join(f"{'  ' * level}: ? a\n" for level in range(1100)), (MAX_DEPTH + 1, 25)),
    "indentation": ("".join(f"{' ' * level}a:\n" for level in range(1500)), (MAX_DEPTH + 1, MAX_DEPTH + 1)),
    "Windows line ends": ("".join(f"{' ' * level}a:\r\n" for level in range(1500)), (MAX_DEPTH + 1, MAX_DEPTH + 1)),
    "behind an alias": ("- *x\n- " + "[" * 2000, (2, 2 + MAX_DEPTH)),
    "behind a tag": ("- !x y\n- " + "[" * 2000, (2, 2 + MAX_DEPTH)),
    "before a tab": ("a: " + "[" * 2000 + "\n\tb", (1, 3 + MAX_DEPTH)),
}


@pytest.mark.parametrize(("text", "place"), DEEP.values(), ids=DEEP)
def test_depth_is_told_at_the_level_that_is_too_deep(tmp_path, text, place):
    (problem,) = read_text(tmp_path, text).problems
    assert (problem.code, problem.line, problem.column) == ("yaml-depth", *place)
    assert problem.found == f"{MAX_DEPTH + 1} levels"


@pytest.mark.parametrize(
    "text", ["# [[[[[[[[[[[[[[[\na: [", "a: '[[[[[[[[[[[[[[[[\n", 'a: "- - - - - - - - - - - - - - "\nb: [']
)
def test_brackets_in_texts_and_comments_are_not_depth(tmp_path, text):
    assert [problem.code for problem in read_text(tmp_path, text).problems] == ["yaml-syntax"]


UNSEEN = [
    *map(chr, (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), *range(0x2066, 0x206A))),
    *"\xa0\xad\u034f\u061c\u115f\u1680\u180e\u2000\u2009\u2028\u2029\u202f\u205f\u2800\u3164\ufeff\uffa0\ufffd",
    *"\x00\x07\x1b\x7f\x85\ue000\ufdd0\ufe00\ufe0f\uffff\U000e0020\U000e0100\U0010fffd",
]


@pytest.mark.parametrize("char", UNSEEN, ids=lambda char: f"{ord(char):04X}")
def test_what_nobody_sees_is_found_and_named(char):
    assert list(odd(f"校{char}舍")) == [1]
    assert quoted(f"校{char}舍") == f"'校<U+{ord(char):04X}>舍'"
    assert re.fullmatch(r"U\+[0-9A-F]{4,6} [A-Z0-9 -]+", named(char))


@pytest.mark.parametrize(
    "text",
    ["山西　“甲”：１２％，（乙）——丙…", "naïve café ½ m² → µ", "\u0645\u06cc\u200c\u062e", "\u0915\u094d\u200d\u0937"],
)
def test_letters_and_signs_are_not_odd(text):
    assert list(odd(text)) == []


@pytest.mark.sweep
@given(st.text())
def test_a_message_is_one_line_in_which_everything_shows(text):
    line = shown(text)
    assert list(odd(line)) == []
    assert not any(unicodedata.category(char) in ("Cc", "Zl", "Zp") for char in line)


def test_spaces_at_the_ends_show_in_a_message():
    assert quoted(" a \n") == "' a <U+000A>'"


def test_the_first_unseen_character_of_each_line_is_told_at_once(tmp_path):
    found = read_text(tmp_path, "a: x\u200by\u200bz\nb: 1\nc:\u00a0d\n").problems
    assert [(problem.line, problem.column, problem.code) for problem in found] == [
        (1, 5, "odd-character"),
        (3, 3, "odd-character"),
    ]


NUMBERS = {
    "9,800": "9800",
    "9，800": "9800",
    "1,234,567.8": "1234567.8",
    "3 000 000": "3000000",
    "１２": "12",
    "9800": "9800",
    "−3": "-3",
    "“2400”": "2400",
    "12%": "12, without '%'",
    "１２％": "12, without '%'",
    "9.8万亩": "9.8, without '万亩'",
    "2400—2600": "[2400, 2600]",
    "2400至2600个": "[2400, 2600]",
    "2400，2600": "[2400, 2600] if these are two numbers",
    # Nothing is guessed of what could be several numbers or none.
    **dict.fromkeys(("many", "约2400", "017", "0x1F", "1e3", ".5", "5.", "12:30", ""), ""),
}
PERIODS = {
    "2031年": "2031",
    "２０３１": "2031",
    "2031/9/30": "2031-09-30",
    "2031.9": "2031-09",
    "2031年9月": "2031-09",
    "2031年9月30日": "2031-09-30",
    "2031年1—9月": "2031-01/2031-09",
    "2031—2035": "2031/2035",
    "2031年至2035年": "2031/2035",
    **dict.fromkeys(("2031-02-30", "2031/13/40", "9/30/2031", "2035-2031", "20310930", "soon", ""), ""),
}


@pytest.mark.parametrize(("text", "meant"), NUMBERS.items())
def test_a_number_is_told_as_it_is_to_be_written(text, meant):
    assert slips.number(text) == meant


@pytest.mark.parametrize(("text", "meant"), PERIODS.items())
def test_a_period_is_told_as_it_is_to_be_written(text, meant):
    assert slips.period(text) == meant


def test_every_character_is_either_told_by_name_or_read(tmp_path):
    """None is left for the parser to refuse in words of its own, at a place that counts bytes."""
    for start in range(0, 0x11000, 0x100):
        chars = [chr(code) for code in range(start, start + 0x100) if not 0xD800 <= code < 0xE000]
        left = [char for char in chars if not list(odd(char)) and char not in "\t\n\r'"]
        document = read_text(tmp_path, "".join(f"- '{char}'\n" for char in left))
        assert not left or document.data == tuple(left)
