"""`python -m loaders add`: exactly one figure more, every other line as it was, or nothing at all."""

import contextlib
import io
import os
import re
import shutil
import tempfile
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import BASE
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.__main__ import main
from loaders.book import Book, load
from loaders.difference import LABEL
from loaders.letters import odd
from loaders.models import EXTENTS, Indicator
from loaders.problem import MESSAGES

PONDS, SCHOOLS = "fish-ponds.yaml", "schools.yaml"
# A plain figure for the toy plan; a case changes what it is about, None takes an option away.
FIGURE = {"target": "pond-area-2034", "value": 9700, "unit": "亩", "source": "county-yearbook-2031", "period": 2030}
NITROGEN = FIGURE | {"target": "tail-water-nitrogen-2034", "value": "3.40", "unit": "mg/L", "period": 2031}
REASONED = {"reason-zh": "快报数。", "reason-en": "A first estimate."}
DIFFERS = {"differs": ["definition"], "extent": "province", "word-zh": "快报数", "word-en": "first estimate"}
JUDGED = {"comparability": "partial", **REASONED, **DIFFERS}
OTHER = JUDGED | {"comparability": "different", "differs": ["scope", "period"], "extent": "part"}
ENTRY = """      - value: 9700
        unit: '亩'
        period: 2030
        printed: '9700亩'
        source: county-yearbook-2031
"""


def call(data: Path, *more: str, **changes: object) -> list[str]:
    """The words of a call; `reason_zh` stands for --reason-zh."""
    asked = FIGURE | {name.replace("_", "-"): value for name, value in changes.items()}
    words = ["add", str(data), *more]
    for name, value in asked.items():
        if isinstance(value, list | tuple):
            words += [f"--{name}", *map(str, value)]
        elif value is not None:
            words += [f"--{name}={value}"]
    return words


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


def run(*words: str) -> Done:
    """The command in this process, for long lists of cases; what it raises fails the test."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = main(words)
        except SystemExit as leave:  # argparse, on a wrong call
            code = int(leave.code or 0)
    return Done(code, *(each.buffer.getvalue().decode("utf-8") for each in (out, err)))


def snapshot(data: Path) -> dict[str, bytes]:
    """Every file of a folder, byte for byte."""
    return {path.name: path.read_bytes() for path in data.iterdir()}


def before(text: str, mark: str, entry: str) -> str:
    """The text with an entry put in before a mark that stands in it once."""
    assert text.count(mark) == 1, f"{mark!r} stands {text.count(mark)} times"
    return text.replace(mark, entry + mark)


def base(name: str) -> str:
    return (BASE / name).read_text("utf-8")


def book(data: Path) -> Book:
    loaded = load(data)
    assert loaded.problems == ()
    assert loaded.book
    return loaded.book


def indicator(data: Path, name: str) -> Indicator:
    return next(item for sector in book(data).sectors for item in sector.indicators if item.id == name)


def test_without_write_the_entry_is_only_shown(folder, run_cli):
    data = folder()
    files = snapshot(data)
    done = run_cli(*call(data))
    assert done.returncode == 0
    line = base(PONDS).split("    rivals:\n")[0].count("\n") + 1
    assert done.stdout == f"{PONDS}:{line}\n{ENTRY}"
    assert "--write" in done.stderr
    assert snapshot(data) == files


def test_write_adds_the_entry_that_was_shown_behind_the_last_observation(folder, run_cli):
    data = folder()
    files = snapshot(data)
    done = run_cli(*call(data, "--write"))
    note, last = done.stderr.splitlines()  # no pair was given with the figure
    assert (done.returncode, last) == (0, "written")
    assert note.startswith(f"{PONDS}:44:9 note-not-judged ")
    edited = before(base(PONDS), "    rivals:\n", ENTRY)
    assert snapshot(data) == files | {PONDS: edited.encode()}
    place, _, shown = done.stdout.partition("\n")
    assert shown == ENTRY
    number = int(place.removeprefix(f"{PONDS}:"))
    assert "".join(edited.splitlines(keepends=True)[number - 1 :]).startswith(ENTRY)


def test_a_judged_figure_has_its_pair(folder, run_cli):
    data = folder()
    assert run_cli(*call(data, "--write", **JUDGED)).returncode == 0
    pair = """        pairs:
          - target: pond-area-2034
            comparability: partial
            judged: [partial]
            differs: [definition]
            extent: province
            word: {zh: '快报数', en: 'first estimate'}
            reason:
              zh: '快报数。'
              en: 'A first estimate.'
"""
    assert (data / PONDS).read_text("utf-8") == before(base(PONDS), "    rivals:\n", ENTRY + pair)


def test_an_unjudged_figure_has_no_pair(folder):
    data = folder()
    assert run(*call(data, "--write", target=None, indicator="pond-area")).returncode == 0
    assert (data / PONDS).read_text("utf-8") == before(base(PONDS), "    rivals:\n", ENTRY)


def test_a_rival_goes_behind_the_last_rival(folder, run_cli):
    """The blank line and what follows it stay together."""
    data = folder()
    asked = {"kind": "other_target", "value": (1, "1.1"), "unit": "万亩", "comparator": "range", "period": 2033}
    assert run_cli(*call(data, "--write", **asked)).returncode == 0
    entry = """      - kind: other_target
        value: [1, 1.1]
        unit: '万亩'
        comparator: range
        period: 2033
        printed: '1—1.1万亩'
        source: county-yearbook-2031
"""
    assert (data / PONDS).read_text("utf-8") == before(base(PONDS), "\n  - id: fry-released", entry)


def test_an_undated_figure_says_so(folder):
    data = folder()
    assert run(*call(data, "--write", period=None)).returncode == 0
    entry = ENTRY.replace("        period: 2030\n", "") + "        flags: [undated]\n"
    assert (data / PONDS).read_text("utf-8") == before(base(PONDS), "    rivals:\n", entry)


NITROGEN_ENTRY = """      - value: 3.40
        unit: 'mg/L'
        period: 2031
        printed: '3.40mg/L'
        source: county-yearbook-2031
"""


def test_the_first_observation_brings_its_key(folder, run_cli):
    data = folder()
    assert run_cli(*call(data, "--write", **NITROGEN)).returncode == 0
    assert (data / PONDS).read_text("utf-8") == base(PONDS) + "    observations:\n" + NITROGEN_ENTRY


def test_the_first_observation_stands_before_the_rivals(folder):
    data = folder()
    rival = NITROGEN | {"kind": "annual_target", "period": 2033}
    assert run(*call(data, "--write", **rival)).returncode == 0
    assert run(*call(data, "--write", **NITROGEN)).returncode == 0
    rivals = NITROGEN_ENTRY.replace("- value", "- kind: annual_target\n        value").replace(
        "2031\n        p", "2033\n        p"
    )
    expected = base(PONDS) + "    observations:\n" + NITROGEN_ENTRY + "    rivals:\n" + rivals
    assert (data / PONDS).read_text("utf-8") == expected


def test_the_first_rival_stands_behind_the_observations(folder):
    data = folder()
    assert run(*call(data, "--write", **NITROGEN)).returncode == 0
    rival = NITROGEN | {"kind": "annual_target"}
    assert run(*call(data, "--write", **rival)).returncode == 0
    found = indicator(data, "tail-water-nitrogen")
    assert [str(figure.value[0]) for figure in (*found.observations, *found.rivals)] == ["3.40", "3.40"]
    keys = re.findall(r"^    (\w+):$", (data / PONDS).read_text("utf-8").partition("tail-water")[2], re.MULTILINE)
    assert keys == ["targets", "observations", "rivals"]


def test_the_first_observation_of_one_indicator_among_others(folder):
    data = folder()
    asked = {"target": "school-places-added-2034", "unit": "个", "value": 2100}
    assert run(*call(data, "--write", **asked)).returncode == 0
    entry = "    observations:\n" + ENTRY.replace("亩", "个").replace("9700", "2100")
    assert (data / SCHOOLS).read_text("utf-8") == before(base(SCHOOLS), "\n  - id: second-middle-school", entry)


# Everything that a tidy writer of YAML would straighten out.
UNTIDY = """# Schools, kept by hand.

indicators:   # one so far
- direction: up
  id: "school-places"     # double quotes

  name:
    en: 'It''s "room"'
    zh: >-
      公办
      学位
  definition: {zh: 学生数。,   en: "Pupils: all # of them"}
  dimension: count:place
  measure: stock
  observations:
  # the yearbook
  - value: 2100   # as printed
    unit: "个"
    period: 2031
    printed: '2100个'
    source: county-yearbook-2031

  # what the plan asks for

  targets:
  - {id: school-places-2034, kind: level, comparator: ge, value: 2400, unit: 个, printed: 学位2400个以上, section: 3}
  # the end of the list
name: {zh: 学校, en: Schools}
# the end of the file
"""
UNTIDY_ENTRY = """  - value: 2000
    unit: '个'
    period: 2030
    printed: '2000个'
    source: county-yearbook-2031
"""
FORMS = {
    "as it is": lambda text: text,
    "Windows line ends": lambda text: text.replace("\n", "\r\n"),
    "no line end at the end": lambda text: text.removesuffix("\n"),
    "a byte order mark": lambda text: "\ufeff" + text,
}


@pytest.mark.parametrize("shape", FORMS.values(), ids=FORMS)
def test_comments_order_quotes_and_line_ends_stay(folder, shape):
    data = folder(files={SCHOOLS: shape(UNTIDY)})
    asked = {"target": "school-places-2034", "unit": "个", "value": 2000}
    assert run(*call(data, "--write", **asked)).returncode == 0
    expected = before(UNTIDY, "\n  # what the plan asks for\n", UNTIDY_ENTRY)
    assert (data / SCHOOLS).read_bytes() == shape(expected).encode()


LAST = UNTIDY.replace("name: {zh: 学校, en: Schools}\n# the end of the file\n", "").replace(
    "indicators:   #", "name: {zh: 学校, en: Schools}\nindicators:   #"
)
AT_THE_END = LAST.partition("  observations:\n")[0] + LAST[LAST.index("  targets:\n") : LAST.index("  # the end of")]


@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["Unix line ends", "Windows line ends"])
def test_the_last_line_is_ended_as_the_others_are(folder, ending):
    """The entry comes behind a last line that has no end yet."""
    text = AT_THE_END.removesuffix("\n").replace("\n", ending)
    data = folder(files={SCHOOLS: text})
    asked = {"target": "school-places-2034", "unit": "个", "value": 2000}
    assert run(*call(data, "--write", **asked)).returncode == 0
    entry = "  observations:\n" + UNTIDY_ENTRY.replace("\n    ", "\n      ").replace("  - value", "    - value")
    assert (data / SCHOOLS).read_bytes() == (text + ending + entry.replace("\n", ending)).encode()


def test_a_sector_file_may_end_in_yml(folder):
    data = folder()
    (data / PONDS).rename(data / "fish-ponds.yml")
    assert run(*call(data, "--write")).returncode == 0
    assert (data / "fish-ponds.yml").read_text("utf-8") == before(base(PONDS), "    rivals:\n", ENTRY)
    assert not (data / PONDS).exists()


@pytest.mark.parametrize("changes", [{}, JUDGED, {"period": None}, {"kind": "annual_target"}, {"value": "9700.0"}])
def test_the_same_call_twice_adds_once(folder, changes):
    data = folder()
    assert run(*call(data, "--write", **changes)).returncode == 0
    files = snapshot(data)
    done = run(*call(data, "--write", **changes))
    assert (done.returncode, done.stdout) == (0, "")
    assert "there already" in done.stderr
    assert snapshot(data) == files


@pytest.mark.parametrize("changes", [{"value": 9701}, {"period": 2029}, {"comparator": "ge"}, {"kind": "other_target"}])
def test_another_figure_is_not_there_already(folder, changes):
    data = folder()
    assert run(*call(data, "--write")).returncode == 0
    files = snapshot(data)
    assert run(*call(data, "--write", **changes)).returncode == 0
    assert snapshot(data) != files


REFUSED = {
    "an unknown unit": ({"unit": "顷"}, "unknown-unit"),
    "a unit of something else": ({"unit": "个"}, "unit-dimension"),
    "an unknown source": ({"source": "hearsay"}, "unknown-source"),
    "a period after the date of the source": ({"period": 2032}, "period-after-source"),
    "a range the wrong way round": ({"value": (9800, 9700), "comparator": "range"}, "range-order"),
    "a range of one": ({"comparator": "range"}, "range-value"),
    "two values without a range": ({"value": (9700, 9800)}, "range-value"),
    "three values": ({"value": (1, 2, 3), "comparator": "range"}, "bad-value"),
    "no such day": ({"period": "2031-02-30"}, "bad-period"),
    "no such month": ({"period": "2031-13"}, "bad-period"),
    "a month that its source does not know yet": ({"period": "2032-02"}, "period-after-source"),
    "a source that is no id": ({"source": "Yearbook"}, "bad-id"),
    "more digits than print ever holds": ({"value": "1" * 19}, "yaml-surprise"),
    "text with a space at its end": ({"printed": "9700亩 "}, "bad-text"),
    "a control character": ({"printed": "9700\x01亩"}, "odd-character"),
    "a character that nobody sees": (JUDGED | {"reason-en": "an est\u00adimate"}, "odd-character"),
    "a character that ends a line to some": ({"printed": "9700\u2028亩"}, "odd-character"),
    "a reason without a word": (JUDGED | {"reason-zh": " "}, "bad-text"),
    **{
        f"{word} without {' and '.join(away)}": (judged | dict.fromkeys(away), "difference-missing")
        for word, judged in {"partial": JUDGED, "different": OTHER}.items()
        for away in (["differs"], ["extent"], ["word-zh", "word-en"])
    },
    "same with a difference": ({"comparability": "same", **REASONED, **DIFFERS}, "difference-on-same"),
    "same with an extent": ({"comparability": "same", **REASONED, "extent": "part"}, "difference-on-same"),
    "a code twice": (OTHER | {"differs": ["scope", "scope"]}, "difference-codes"),
    "another outcome than follows": (OTHER | {"comparability": "partial"}, "difference-outcome"),
    "a word that no label holds": (JUDGED | {"word-en": "a first and quick estimate"}, "word-length"),
}


@pytest.mark.parametrize(("changes", "code"), REFUSED.values(), ids=REFUSED)
def test_what_check_refuses_is_not_written(folder, changes, code):
    data = folder()
    files = snapshot(data)
    done = run(*call(data, "--write", **changes))
    assert done.returncode == 1
    assert re.search(rf"^{PONDS}:\d+:\d+ {code} ", done.stderr, re.MULTILINE)
    assert "written" not in done.stderr
    assert snapshot(data) == files


WRONG = {
    "an unknown target": {"target": "pond-area-2035"},
    "an indicator for a target": {"target": "pond-area"},
    "an unknown indicator": {"target": None, "indicator": "pond-depth"},
    "a target for an indicator": {"target": None, "indicator": "pond-area-2034"},
    "neither target nor indicator": {"target": None},
    "both": {"indicator": "pond-area"},
    "comparability alone": {"comparability": "same"},
    "reasons alone": {"reason-zh": "字", "reason-en": "words"},
    "a reason in one language": {"comparability": "same", "reason-zh": "字"},
    "an empty reason": {"comparability": "same", "reason-zh": "字", "reason-en": ""},
    "a word in one language": JUDGED | {"word-en": None},
    "an empty word": JUDGED | {"word-en": ""},
    "a word of two lines": JUDGED | {"word-zh": "快报\n数"},
    "a difference without a judgement": DIFFERS,
    "an extent without a judgement": {"extent": "part"},
    "an unknown code": JUDGED | {"differs": ["range"]},
    "no code behind the option": JUDGED | {"differs": []},
    "an unknown extent": JUDGED | {"extent": "village"},
    "a judgement without a target": JUDGED | {"target": None, "indicator": "pond-area"},
    "an unknown judgement": JUDGED | {"comparability": "similar"},
    "an unknown comparator": {"comparator": "over"},
    "an unknown kind": {"kind": "rumour"},
    "no value": {"value": None},
    "no unit": {"unit": None},
    "no source": {"source": None},
    **{
        f"the value {value!r}": {"value": value}
        for value in ("", "many", "1e3", "1,000", "１２", "NaN", ".5", "5.", "+5")
    },
}


@pytest.mark.parametrize("changes", WRONG.values(), ids=WRONG)
def test_a_wrong_call_exits_with_2(folder, changes):
    data = folder()
    files = snapshot(data)
    done = run(*call(data, "--write", **changes))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.strip()
    assert snapshot(data) == files


def test_refusals_and_wrong_calls_look_the_same_in_a_process_of_their_own(folder, run_cli, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")  # argparse wraps to the width of the terminal
    data = folder()
    files = snapshot(data)
    for changes, code in (({"unit": "顷"}, 1), ({"target": "pond-area-2035"}, 2), ({"value": "many"}, 2)):
        done, here = run_cli(*call(data, "--write", **changes)), run(*call(data, "--write", **changes))
        assert done.returncode == code
        assert (done.returncode, done.stdout, done.stderr) == (here.returncode, here.stdout, here.stderr)
    assert snapshot(data) == files


FLOW = """name: {zh: 学校, en: Schools}
indicators:
  - {id: a, name: {zh: 甲, en: A}, definition: {zh: 甲, en: A}, dimension: count:place, measure: stock, direction: up,
     targets: []}
  - id: b
    name: {zh: 乙, en: B}
    definition: {zh: 乙, en: B}
    dimension: count:place
    measure: stock
    direction: up
    targets: []
  - id: c
    name: {zh: 丙, en: C}
    definition: {zh: 丙, en: C}
    dimension: count:place
    measure: stock
    direction: up
    targets: []
    observations: []
"""


@pytest.mark.parametrize("name", ["a", "b", "c"])
def test_a_list_on_one_line_is_left_to_a_person(folder, name):
    data = folder(files={SCHOOLS: FLOW})
    done = run(*call(data, "--write", target=None, indicator=name, unit="个"))
    assert (done.returncode, done.stdout) == (2, "")
    assert "observations stands on one line" in done.stderr
    assert (data / SCHOOLS).read_text("utf-8") == FLOW


def test_a_block_of_text_that_looks_like_a_comment_is_not_torn(folder):
    """`# …` inside a block of text is text: where the editor cannot tell, it leaves the file alone."""
    note = """        note:
          en: a
          zh: >-
            甲
            # 乙
"""
    text = before(base(PONDS), "    rivals:\n", ENTRY + note)
    data = folder(files={PONDS: text})
    assert indicator(data, "pond-area").observations[-1].note["zh"] == "甲 # 乙"
    done = run(*call(data, "--write", period=2029))
    assert (done.returncode, done.stdout) == (2, "")
    assert (data / PONDS).read_text("utf-8") == text


def test_a_broken_folder_is_left_alone(folder, run_cli):
    data = folder("several-at-once")
    files = snapshot(data)
    done = run_cli(*call(data, "--write"))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == run_cli("check", data).stderr
    assert snapshot(data) == files


def test_a_missing_folder_is_a_wrong_call(tmp_path, run_cli):
    assert run_cli(*call(tmp_path / "gone", "--write")).returncode == 2


TEXTS = {
    "quotes": "'9700' \"mu\" ‘亩’ “亩” it''s",
    "colons and braces": "a: b, {c: [d]}: e",
    "a number sign": "9700 # 亩",
    "Chinese": "全县养殖水面9700亩，同比增长5%。",
    "a dash first": "- 9700",
    "a percent sign first": "%9700",
    "a word that YAML knows": "null",
    "a number": "9700",
    "a backslash": "a\\n\\u4e00",
    "beyond the basic plane": "𠮷 9700",
    "a long line": "很长 " * 200 + "的句子",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_text_comes_back_unchanged(folder, text):
    data = folder()
    label = {"word-zh": text[:9].strip(), "word-en": text[:20].strip()}
    judged = JUDGED | {"reason-zh": text, "reason-en": text} | label
    assert run(*call(data, "--write", printed=f"{text}：9700亩", **judged)).returncode == 0
    figure = indicator(data, "pond-area").observations[-1]
    (pair,) = figure.pairs
    assert (figure.printed, pair.reason.zh, pair.reason.en) == (f"{text}：9700亩", text, text)
    assert {"word-zh": pair.word.zh, "word-en": pair.word.en} == label


def test_a_phrase_that_contradicts_the_figure_is_refused(folder):
    data = folder()
    files = snapshot(data)
    done = run(*call(data, "--write", printed="全县养殖水面9800亩"))
    assert done.returncode == 1
    details = "(expected 9700 亩, found 9800 亩 in '全县养殖水面9800亩')"
    assert done.stderr == f"{PONDS}:45:9 printed-value {MESSAGES['printed-value']['en']} {details}\n"
    assert snapshot(data) == files


def test_a_phrase_that_cannot_be_read_is_added_with_the_reason(folder):
    data = folder()
    words = {"printed": "九千七百亩"}
    assert run(*call(data, "--write", **words)).returncode == 1
    assert run(*call(data, "--write", unread="words", **words)).returncode == 0
    assert indicator(data, "pond-area").observations[-1].unread == "words"


def test_a_call_that_would_change_anything_else_is_refused(folder):
    """What is valid YAML and good data, but more than the one figure."""
    data = folder()
    files = snapshot(data)
    done = run(*call(data, "--write", source="county-yearbook-2031\n    places: [north-bank]"))
    assert done.returncode in (1, 2)
    assert snapshot(data) == files


INJECTED = {
    "a line break in the phrase": {"printed": "9700\n亩"},
    "a line separator in the phrase": {"printed": "9700\u2028亩"},
    "a comment behind the period": {"period": "2030 # or 2029"},
    "quotes around the period": {"period": "'2030'"},
    "a comment behind the source": {"source": "county-yearbook-2031 # p. 7"},
    "a line more behind the period": {"period": "2030\n        measure: flow"},
}


@pytest.mark.parametrize("changes", INJECTED.values(), ids=INJECTED)
def test_what_would_not_come_back_as_it_was_given_is_refused(folder, changes):
    data = folder()
    files = snapshot(data)
    assert run(*call(data, "--write", **changes)).returncode in (1, 2)
    assert snapshot(data) == files


def test_bytes_that_are_no_text_are_no_crash(folder, run_cli):
    done = run_cli(*call(folder(), printed="9700\udcff"))
    assert done.returncode in (1, 2)
    assert "Traceback" not in done.stderr


def test_an_empty_period_twice_adds_once(folder):
    data = folder()
    first = run(*call(data, "--write", period=""))
    files = snapshot(data)
    second = run(*call(data, "--write", period=""))
    assert first.returncode == second.returncode
    assert snapshot(data) == files


YEAR = st.integers(1990, 2031)
# Nothing after the source, which is of 20 February 2032.
PERIODS = st.one_of(
    st.none(),
    YEAR.map(str),
    st.dates(date(1990, 1, 1), date(2032, 2, 20)).map(str),
    st.builds("{0}-{1:02}/{0}-{2:02}".format, YEAR, st.integers(1, 6), st.integers(7, 12)),
    st.builds("{}/{}".format, st.integers(1990, 2010), st.integers(2011, 2031)),
)
# With as many zeros behind the point as may be printed.
NUMBERS = st.builds(
    "{}.{}".format, st.integers(0, 10**6), st.from_regex(r"[0-9]{1,4}", fullmatch=True, alphabet="0123456789")
)
# Text on one line, and of what can be seen: the rest is refused, as a test above says.
TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co", "Zl", "Zp"]), min_size=1, max_size=20)
LINES = TEXT.map(str.strip).filter(lambda text: text and not list(odd(text)))
CALLS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["observation", "annual_target", "other_target"]),
        "value": st.one_of(st.integers(0, 10**6).map(str), NUMBERS),
        "unit": st.sampled_from(["亩", "万亩", "公顷", "hectares", "ha"]),
        "comparator": st.sampled_from(["eq", "about", "ge", "gt", "le", "lt"]),
        "period": PERIODS,
        "printed": st.one_of(st.none(), LINES),
    }
)
JUDGEMENTS = st.one_of(
    st.just({}),
    st.fixed_dictionaries({"comparability": st.just("same"), "reason-zh": LINES, "reason-en": LINES}),
    st.builds(
        lambda outcome, said: outcome | said,
        st.sampled_from(
            [
                {"comparability": "partial", "differs": ["definition"]},
                {"comparability": "different", "differs": ["scope"]},
                {"comparability": "different", "differs": ["measure", "period", "stage"]},
            ]
        ),
        st.fixed_dictionaries(
            {
                "reason-zh": LINES,
                "reason-en": LINES,
                "extent": st.sampled_from(EXTENTS),
                "word-zh": LINES.map(lambda text: text[: LABEL["zh"]].strip()),
                "word-en": LINES.map(lambda text: text[: LABEL["en"]].strip()),
            }
        ),
    ),
)


def without(whole: Book, name: str, group: str) -> tuple[Book, Any]:
    """The book without the last figure of one list, and that figure; where targets stand is left out."""
    taken: list[Any] = []

    def less(item: Indicator) -> Indicator:
        if item.id != name:
            return item
        *rest, last = getattr(item, group)
        taken.append(last)
        return item.model_copy(update={group: tuple(rest)})

    sectors = tuple(replace(sector, indicators=tuple(map(less, sector.indicators))) for sector in whole.sectors)
    (last,) = taken
    return replace(whole, sectors=sectors, places=()), last


@settings(max_examples=60)
@pytest.mark.sweep
@given(CALLS, JUDGEMENTS, st.sampled_from(["pond-area-2034", "pond-area"]))
def test_the_book_has_just_this_figure_more(asked, judged, place):
    judged = judged if place.endswith("2034") else {}
    named = {"target": place, "indicator": None} if place.endswith("2034") else {"target": None, "indicator": place}
    with tempfile.TemporaryDirectory() as scratch:
        data = Path(scratch) / "data"
        shutil.copytree(BASE, data)
        earlier = book(data)
        if asked["printed"]:
            asked = asked | {"printed": f"{asked['printed']}：{asked['value']}{asked['unit']}"}
        assert run(*call(data, "--write", **asked, **judged, **named)).returncode == 0
        group = "observations" if asked["kind"] == "observation" else "rivals"
        rest, figure = without(book(data), "pond-area", group)
    assert rest.version != earlier.version
    assert replace(rest, version="") == replace(earlier, places=(), version="")
    assert str(figure.value[0]) == asked["value"]
    assert len(figure.value) == 1
    assert (figure.unit, figure.comparator, figure.period) == (asked["unit"], asked["comparator"], asked["period"])
    assert figure.source == "county-yearbook-2031"
    assert figure.printed == asked["printed"] or asked["value"] + asked["unit"] == figure.printed
    assert figure.flags == (() if asked["period"] else ("undated",))
    assert getattr(figure, "kind", "observation") == asked["kind"]
    said = [(pair.target, pair.comparability, pair.judged, pair.reason.zh, pair.reason.en) for pair in figure.pairs]
    word = judged.get("comparability")
    assert said == ([(place, word, (word,), judged["reason-zh"], judged["reason-en"])] if judged else [])
    for pair in figure.pairs:
        assert (pair.differs, pair.extent) == (tuple(judged.get("differs", ())), judged.get("extent"))
        words = (pair.word.zh, pair.word.en) if pair.word else (None, None)
        assert words == (judged.get("word-zh"), judged.get("word-en"))


def test_a_write_that_cannot_take_the_place_is_told_and_leaves_nothing_behind(folder, monkeypatch):
    data = folder()
    files = snapshot(data)

    def fail(*_: object) -> None:
        raise OSError(5, "no more")

    monkeypatch.setattr("loaders.rewrite.os.replace", fail)
    done = run(*call(data, "--write"))
    assert (done.returncode, done.stdout[:11]) == (2, PONDS[:11])
    note, last = done.stderr.splitlines()
    assert note.startswith(f"{PONDS}:44:9 note-not-judged ")
    assert last == f"python -m loaders: nothing was written: {PONDS} cannot be replaced (no more)"
    assert snapshot(data) == files


def test_permissions_stay(folder):
    data = folder()
    (data / PONDS).chmod(0o640)
    assert run(*call(data, "--write")).returncode == 0
    assert (data / PONDS).stat().st_mode & 0o777 == 0o640
    assert set(snapshot(data)) == {path.name for path in BASE.glob("*.yaml")}


UPDATED = "updated: 2032-06-15\n"
LATER = (
    "  - {id: yearbook-2032, publisher: {zh: 统计局, en: Statistics}, date: 2033-02, date_precision: month, grade: A}\n"
)
NEW = {"source": "yearbook-2032", "period": "2032-12-31", "value": "1.05", "unit": "万亩", **JUDGED}


@pytest.fixture
def later(folder):
    """The toy plan with a document that is later than its data, and a comment behind the data's own day."""
    plan = base("plan.yaml").replace(UPDATED, UPDATED.strip() + "  # by hand\n")
    return folder(files={"sources.yaml": base("sources.yaml") + LATER, "plan.yaml": plan})


def test_what_is_later_than_the_data_is_written_and_told_of(later):
    done = run(*call(later, "--write", **NEW))
    assert done.returncode == 0
    first, last = done.stderr.splitlines()
    assert "note-period-after-data" in first
    assert last == "written"


def test_the_day_moves_with_the_figure_and_nothing_else(later):
    files = snapshot(later)
    done = run(*call(later, "--write", updated="2033-02-15", **NEW))
    assert (done.returncode, done.stderr) == (0, "written\n")
    assert done.stdout.endswith("\nplan.yaml:13\nupdated: 2033-02-15\n")
    after = snapshot(later)
    assert after["plan.yaml"] == files["plan.yaml"].replace(b"updated: 2032-06-15 ", b"updated: 2033-02-15 ")
    assert b"2033-02-15  # by hand" in after["plan.yaml"]
    assert {name for name in files if files[name] != after[name]} == {"plan.yaml", PONDS}
    assert book(later).plan.updated == "2033-02-15"


@pytest.mark.parametrize("period", ["2031-09", "2031-09-30"])
def test_a_month_is_written_as_it_is_asked_for(folder, period):
    data = folder()
    assert run(*call(data, "--write", **FIGURE | JUDGED | {"period": period})).stderr == "written\n"
    assert f"        period: {period}\n" in (data / PONDS).read_text("utf-8")


def test_without_write_the_day_stays(later):
    files = snapshot(later)
    assert run(*call(later, updated="2033-02-15", **NEW)).stderr == "not written: call again with --write\n"
    assert snapshot(later) == files


def test_the_day_moves_for_a_figure_that_is_there_already(later):
    run(*call(later, "--write", **NEW))
    ponds = snapshot(later)[PONDS]
    done = run(*call(later, "--write", updated="2033-02-15", **NEW))
    assert done.stderr == f"{PONDS}: this figure is there already\nwritten\n"
    assert snapshot(later)[PONDS] == ponds
    assert book(later).plan.updated == "2033-02-15"
    assert "nothing changes" in run(*call(later, "--write", updated="2033-02-15", **NEW)).stderr


@pytest.mark.parametrize(
    ("day", "code", "said"),
    [
        pytest.param("2032-06-14", 2, "lies before 2032-06-15", id="back"),
        pytest.param("2033-02-30", 2, "is no day", id="no day of a calendar"),
        pytest.param("soon", 2, "is no day", id="no day at all"),
        pytest.param("2033-02-15\na: b", 2, "--updated 2033-02-15<U+000A>a: b is no day", id="more than a day"),
        pytest.param("2099", 1, "updated-impossible", id="what check refuses"),
    ],
)
def test_a_day_that_cannot_be_changes_nothing(later, day, code, said):
    files = snapshot(later)
    done = run(*call(later, "--write", updated=day, **NEW))
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert snapshot(later) == files


def test_where_the_day_cannot_be_written_the_figure_is_not_either(later, monkeypatch):
    files = snapshot(later)

    tried, move = [], os.replace

    def some(source, target):
        tried.append(Path(target).name)
        if tried[-1] == "plan.yaml":
            raise OSError(5, "the disk says no")
        move(source, target)

    monkeypatch.setattr("loaders.rewrite.os.replace", some)
    done = run(*call(later, "--write", updated="2033-02-15", **NEW))
    assert done.returncode == 2
    assert done.stderr == "python -m loaders: nothing was written: plan.yaml cannot be replaced (the disk says no)\n"
    assert tried == [PONDS, "plan.yaml", PONDS], "the figure was there already, and went back"
    assert snapshot(later) == files


@pytest.mark.parametrize("ending", ["\r\n", "\n"])
def test_the_day_of_a_quoted_or_windows_file_moves_too(later, ending):
    text = base("plan.yaml").replace("updated: 2032-06-15", "updated: '2032-06-15'").replace("\n", ending)
    (later / "plan.yaml").write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert run(*call(later, "--write", updated="2033-02-15", **NEW)).returncode == 0
    wanted = text.replace("updated: '2032-06-15'", "updated: 2033-02-15")
    assert (later / "plan.yaml").read_bytes() == b"\xef\xbb\xbf" + wanted.encode()
