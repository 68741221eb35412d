"""Each folder of tests/broken goes wrong in one way. What is wrong must be found, and where it stands."""

import os
import re
import tempfile
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import test_add
import test_consistency
import test_ledger
import test_oddity
import test_verify
import yaml

from loaders.book import NoData, data_files, load
from loaders.problem import MESSAGES
from loaders.yamlfile import MAX_BYTES, read

BROKEN = Path(__file__).parent / "broken"
CASES = sorted(path.name for path in BROKEN.iterdir())
# No data file of a repository can hold these: they have tests of their own below.
DIRECT = {
    *("unreadable-file", "file-gone", "file-too-large"),
    *test_ledger.CODES,
    *test_consistency.CODES,
    *test_oddity.CODES,
}

TARGET = """name: {zh: 学校, en: Schools}
indicators:
  - id: school-places
    name: {zh: 公办学位, en: School places}
    definition: {zh: 公办中小学可容纳的学生数。, en: Room for pupils.}
    dimension: count:place
    measure: stock
    direction: up
    targets:
      - id: school-places-2034
        kind: level
        comparator: ge
        value: 2400
        unit: 个
        printed: 公办学位增加到2400个以上
        section: 3
"""
OBSERVATION = """    observations:
      - value: 2100
        unit: 个
        period: 2031
        printed: 2100个
        source: county-yearbook-2031
"""


def expectations(case: str) -> list[dict[str, Any]]:
    expected: list[dict[str, Any]] = yaml.safe_load((BROKEN / case / "expected.yaml").read_text("utf-8"))
    return sorted(expected, key=place)


def place(problem: dict[str, Any]) -> tuple[str, int, int, str]:
    return problem["file"], problem["line"], problem["column"], problem["code"]


def detail(problem: dict[str, Any]) -> Iterator[str]:
    """What the message must hold behind the code; expected.yaml may leave it open."""
    for name in ("expected", "found"):
        if name in problem:
            yield f"{name} {problem[name]}"


@pytest.mark.parametrize("case", CASES)
def test_every_problem_is_found_in_its_place(case, folder):
    found = [problem.as_dict() for problem in load(folder(case)).problems]
    assert sorted(map(place, found)) == [place(problem) for problem in expectations(case)]
    assert all(problem["message"].strip() for problem in found)
    said = {(place(problem), text) for problem in found for text in detail(problem)}
    for problem in expectations(case):
        assert {(place(problem), text) for text in detail(problem)} <= said


@pytest.mark.parametrize("case", CASES)
def test_check_prints_each_problem_on_a_line(case, folder):
    done = test_add.run("check", str(folder(case)))
    assert done.returncode == 1
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    lines = sorted(done.stderr.removesuffix("\n").split("\n"))
    heads = sorted(
        f"{file}:{line}:{column} {code} {MESSAGES[code]['en']}"
        for file, line, column, code in map(place, expectations(case))
    )
    assert len(lines) == len(heads)
    for line, head in zip(lines, heads, strict=True):
        assert line.startswith(head)
        rest = line.removeprefix(head)
        assert rest == "" or (rest.startswith((" (expected ", " (found ")) and rest.endswith(")"))


def test_every_code_has_a_case():
    produced = {problem["code"] for case in CASES for problem in expectations(case)}
    assert set(MESSAGES) - produced - test_verify.CODES - DIRECT == set()


def test_no_case_expects_a_code_that_does_not_exist():
    produced = {problem["code"] for case in CASES for problem in expectations(case)}
    assert (produced | test_verify.CODES | DIRECT) - set(MESSAGES) == set()


def test_problems_of_several_files_are_told_in_one_run(folder):
    files = {problem.file for problem in load(folder("several-at-once")).problems}
    assert len(files) == 6


def test_a_file_that_cannot_be_read_is_a_problem(tmp_path):
    (problem,) = read(tmp_path, "folder.yaml").problems
    assert (problem.file, problem.line, problem.column, problem.code) == ("folder.yaml", 1, 1, "unreadable-file")


def test_a_file_that_went_away_since_it_was_listed_is_a_problem_that_says_so(folder, monkeypatch):
    data = folder()
    listed = data_files(data)
    (data / "schools.yaml").unlink()
    monkeypatch.setattr("loaders.book.data_files", lambda _: listed)
    assert [(problem.file, problem.code) for problem in load(data).problems] == [("schools.yaml", "file-gone")]


@pytest.mark.parametrize("name", ["._plan.yaml", ".#schools.yaml", ".schools.yml", "~$schools.yaml"])
def test_what_systems_and_editors_keep_for_themselves_is_no_data(folder, name):
    data = folder()
    version = load(data).book.version
    (data / name).write_bytes(b"\x00\x05\x16\x07\xb0")
    assert load(data).problems == ()
    assert load(data).book.version == version


@pytest.mark.parametrize("name", ["schools.yaml~", "#schools.yaml#", "schools.yaml.swp", "schools.yaml.bak"])
def test_a_copy_that_an_editor_leaves_is_no_data(folder, name):
    data = folder(files={name: "{"})
    assert load(data).problems == ()


@pytest.mark.parametrize("name", ["._plan.yaml", "old.yaml"])
def test_a_folder_is_no_data_whatever_its_name(folder, name):
    data = folder()
    (data / name).mkdir()
    (data / name / "schools.yaml").write_text("{", "utf-8")
    assert load(data).problems == ()


def test_nothing_but_hidden_files_is_no_data(tmp_path):
    (tmp_path / ".plan.yaml").write_text("a: 1", "utf-8")
    with pytest.raises(NoData):
        data_files(tmp_path)


def test_the_name_of_a_file_shows_what_nobody_sees(folder):
    data = folder()
    (data / "schools.yaml").rename(data / "schools\u200b.yaml")
    said = {problem.code: problem.expected for problem in load(data).problems}
    assert said["unlisted-sector"] == "schools<U+200B> in the list"


@pytest.mark.parametrize("name", ["schools.yaml", "changes-2031.csv"])
@pytest.mark.parametrize("size", [MAX_BYTES + 1, 10**12])
def test_a_huge_file_is_refused_unread(folder, name, size):
    data = folder()
    (data / name).touch()
    os.truncate(data / name, size)
    tracemalloc.start()
    try:
        found = [(problem.code, problem.found) for problem in load(data).problems]
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert found == [("file-too-large", f"{size} bytes")]
    assert peak < 3 * MAX_BYTES


LINKS = {"to nowhere": ("gone", "file-gone"), "to itself": ("NAME", "unreadable-file")}
LINKS |= {"in a ring": ("ring", "unreadable-file"), "without an end": ("/dev/zero", "unreadable-file")}


@pytest.mark.parametrize(("leads", "code"), LINKS.values(), ids=LINKS)
@pytest.mark.parametrize("name", ["schools.yaml", "plan.yaml", "gaps.yaml", "changes-2031.csv"])
def test_a_link_that_leads_to_no_file_is_a_problem_of_that_file(folder, name, leads, code):
    """Also of a file that need not be there: who has made the link thinks that it is."""
    data = folder()
    (data / name).unlink(missing_ok=True)
    (data / name).symlink_to(leads.replace("NAME", name))
    (data / "ring").symlink_to(name)
    (problem,) = load(data).problems
    assert (problem.file, problem.line, problem.column, problem.code) == (name, 1, 1, code)


def test_a_pipe_is_not_waited_for(folder):
    data = folder()
    (data / "schools.yaml").unlink()
    os.mkfifo(data / "schools.yaml")
    assert [(problem.file, problem.code) for problem in load(data).problems] == [("schools.yaml", "unreadable-file")]


@pytest.fixture
def as_nobody(folder) -> Iterator[Path]:
    """The toy plan's folder as a user sees it whose it is not."""
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        data = folder().rename(Path(place) / "data")
        user = os.geteuid()
        os.seteuid(user or pytest.importorskip("pwd").getpwnam("nobody").pw_uid)
        yield data
        os.seteuid(user)


def forbid(path: Path, mode: int) -> None:
    user = os.geteuid()
    os.seteuid(path.stat().st_uid)
    path.chmod(mode)
    os.seteuid(user)


def test_a_file_that_may_not_be_read_is_a_problem(as_nobody):
    forbid(as_nobody / "schools.yaml", 0)
    found = [(problem.file, problem.code) for problem in load(as_nobody).problems]
    assert found == [("schools.yaml", "unreadable-file")]


def test_a_folder_whose_names_may_be_read_and_nothing_else_has_only_problems(as_nobody):
    forbid(as_nobody, 0o444)
    try:
        found = {problem.code for problem in load(as_nobody).problems}
    finally:
        forbid(as_nobody, 0o755)
    assert found == {"unreadable-file"}


@pytest.mark.parametrize("name", ["data", ".", "data/further/down"])
def test_a_folder_that_may_not_be_read_is_no_data(as_nobody, name):
    closed = as_nobody if name == "data" else as_nobody.parent
    forbid(closed, 0)
    try:
        with pytest.raises(NoData):
            data_files(as_nobody.parent / name)
    finally:
        forbid(closed, 0o755)


@pytest.mark.parametrize("name", ["a" * 300, "a/" * 3000, "a\0b", "\udcff"])
def test_a_folder_that_no_system_can_have_is_no_data(name):
    with pytest.raises(NoData):
        data_files(Path(name))


@pytest.mark.parametrize("case", ["alias-bomb", "deep-brackets"])
def test_a_bomb_is_refused_before_it_is_built(case):
    tracemalloc.start()
    try:
        document = read(BROKEN / case / "schools.yaml", "schools.yaml")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert document.data is None
    assert peak < 5_000_000


@pytest.mark.parametrize("rest", [" " + "a b " * 1000, "&" * 4000, "万" * 4000], ids=["words", "signs", "unit"])
def test_a_message_is_no_longer_than_a_person_reads(folder, rest):
    """What is advised repeats what was written."""
    data = folder(edits={"schools.yaml": ("value: 2400", f"value: '2400{rest.rstrip()}'")})
    (problem,) = load(data).problems
    assert problem.code == "number-form" and problem.expected.startswith("2400, without ")
    assert problem.expected.endswith("…") and len(str(problem)) < 900


def edited(text: str, *edits: tuple[str, str]) -> str:
    """The text with each old part, which must stand there once, replaced by the new one."""
    for old, new in edits:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        text = text.replace(old, new)
    return text


SHARED = edited(TARGET, ("2400个以上", "2400个、600个以上"))
PERIOD = "period: 2031\n"
SOURCE = "source: county-yearbook-2031"
HARMLESS = {
    "byte order mark": "\ufeff" + TARGET,
    "Windows line ends": TARGET.replace("\n", "\r\n"),
    "no line end at the end": TARGET.rstrip("\n"),
    "a comment": edited(TARGET, ("kind: level", "kind: level  # a state")),
    "a surprising word in quotes": edited(TARGET, ("en: Schools}", "en: 'on'}")),
    "spaces and full-width digits around a figure": edited(TARGET, ("到2400个以上", "到 ２４００ 个 以上")),
    "full-width signs in a Chinese sentence": edited(
        TARGET, ("生数。", "生数：含“小学”、初中，不含幼儿园（见附件）；１２个区。")
    ),
    "full-width signs where a parser would also take plain ones": edited(TARGET, ("{zh: 公办中", "{zh: zh：公办中")),
    "a full-width space between words": edited(TARGET, ("zh: 公办学位,", "zh: 公办　学位,")),
    "quotes around a text that is one quotation": edited(TARGET, ("en: School places", "en: '“School places”'")),
    "a joiner behind a letter from right to left": edited(TARGET, ("School places", "\u0645\u06cc\u200c\u062e")),
    "a joiner behind a virama": edited(TARGET, ("School places", "\u0915\u094d\u200d\u0937")),
    "a rare Chinese character": edited(TARGET, ("zh: 公办学位,", "zh: \U00031350学位,")),
    "an emoji": edited(TARGET, ("School places", "School places \U0001f3eb")),
    "a range": edited(
        TARGET,
        ("comparator: ge", "comparator: range"),
        ("value: 2400", "value: [2400, 2600]"),
        ("2400个", "2400—2600个"),
    ),
    "growth in percent of what is counted in places": edited(
        TARGET, ("level", "growth"), ("value: 2400", "value: 4"), ("unit: 个", "unit: '%'"), ("2400个", "4%")
    ),
    "a coverage of nearly all": edited(
        TARGET,
        ("kind: level", "kind: coverage"),
        ("comparator: ge", "comparator: about"),
        ("value: 2400", "value: 100"),
        ("unit: 个", "unit: '%'"),
        ("增加到2400个以上", "覆盖100%左右的学生"),
    ),
    "two targets of one phrase, each with its figure": edited(SHARED, ("section: 3", "section: 3\n        figure: 1"))
    + edited(
        SHARED[SHARED.index("      - id") :],
        ("-2034", "-new-2034"),
        ("value: 2400", "value: 600"),
        ("section: 3", "section: 3\n        figure: 2"),
    ),
    "a doubted print of another dimension": edited(TARGET, ("unit: 个", "unit: '%'"), ("2400个", "2400%"))
    + "        flags: [suspected-misprint]\n"
    + "        reading: {value: 2400, unit: 个, reason: {zh: 单位误印。, en: A slip of the unit.}}\n",
    "a bare verb with its flag": edited(TARGET, ("增加到2400个以上", "达到2400个")) + "        flags: [bare-verb]\n",
    "an observation without a judgement": TARGET + OBSERVATION,
    "the day of its source": TARGET + edited(OBSERVATION, (PERIOD, "period: 2032-02-20\n")),
    "months before its source": TARGET + edited(OBSERVATION, (PERIOD, "period: 2031-01/2031-09\n")),
    "a month": TARGET + edited(OBSERVATION, (PERIOD, "period: 2031-09\n")),
    "the month of its source": TARGET
    + edited(OBSERVATION, (PERIOD, "period: 2031-03\n"), (SOURCE, "source: bay-daily-2031-03")),
    "a sum over years": TARGET + edited(OBSERVATION, (PERIOD, "period: 2029/2031\n")),
    "a sum announced in the course of its last year, as its note says": TARGET
    + edited(OBSERVATION, (PERIOD, "period: 2029/2032\n        note: {zh: 预计数。, en: Expected.}\n")),
    "the month of a month-precise source": TARGET
    + edited(OBSERVATION, (PERIOD, "period: 2031-01/2031-03\n"), (SOURCE, "source: bay-daily-2031-03")),
    "the year of a year-precise source": TARGET
    + edited(OBSERVATION, (PERIOD, "period: 2032\n"), (SOURCE, "source: annual-plan-2032")),
    "an undated figure that says so": TARGET + edited(OBSERVATION, (PERIOD, "flags: [undated]\n")),
}


@pytest.mark.parametrize("text", HARMLESS.values(), ids=HARMLESS)
def test_what_looks_odd_but_is_right_is_accepted(text, folder):
    assert load(folder(files={"schools.yaml": text})).problems == ()


@pytest.mark.parametrize(("known", "found"), [("", {"comparator-word"}), ("  - {word: 一级以上, means: []}\n", set())])
def test_a_word_without_a_meaning_says_nothing_of_the_figure_beside_it(folder, known, found):
    """A grade and those above it hold the word for a floor, and bind no figure."""
    schools = edited(TARGET, ("增加到2400个以上", "建成2400个一级以上学位")) + "        flags: [bare-verb]\n"
    data = folder(files={"schools.yaml": schools}, edits={"plan.yaml": ("\nwords:\n", f"\nwords:\n{known}")})
    assert {problem.code for problem in load(data).problems} == found


def test_plain_values_are_read_as_they_are_written(tmp_path):
    path = tmp_path / "values.yaml"
    path.write_text("[true, false, null, 7, -0.50, 3.0, 2032-03, '3.0', word]", "utf-8")
    document = read(path, "values.yaml")
    assert document.problems == ()
    numbers = "7, Decimal('-0.50'), Decimal('3.0')"
    assert repr(document.data) == f"(True, False, None, {numbers}, '2032-03', '3.0', 'word')"


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_each_code_says_itself_and_what_to_do_in_both_languages(code):
    assert set(MESSAGES[code]) == {"zh", "en"}
    assert re.search("[\u4e00-\u9fff]", MESSAGES[code]["zh"])
    assert MESSAGES[code]["en"].isascii()
    assert re.search("：.", MESSAGES[code]["zh"]) and re.search(": .", MESSAGES[code]["en"]), "a colon, and the cure"
