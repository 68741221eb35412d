"""What leaves the house: short addresses, packs of charts and tables, `python -m charts export`."""

import csv
import html
import io
import json
import os
import re
import subprocess
import sys
import unicodedata
import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import cycle, islice, product
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from conftest import BASE, ROOT, real_book
from frictionless import validate
from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_cli import BARE

import loaders.book
from charts import link, pack, sheet
from charts.__main__ import main
from charts.range import RangeChart
from charts.sheet import SHAPES
from charts.years import Years
from evidence.case import cases
from evidence.frames import for_excel, frame
from loaders.book import load
from progress.start import start
from wording import phrases
from wording.texts import say

SITE = "https://dash.example/plan"
LANGUAGES = ("zh", "en", "zh-international", "en-chinese")
EVERY_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)
EVERY_SHAPE = pytest.mark.parametrize("shape", SHAPES.values(), ids=list(SHAPES))
REAL, TOY = real_book(), load(BASE).book
PLANS = {"the toy plan": TOY, "the real plan": REAL}
EVERY_PLAN = pytest.mark.parametrize("book", PLANS.values(), ids=PLANS)
DEJAVU = Path("/usr/share/fonts/truetype/dejavu")
CHOICES = st.dictionaries(
    st.sampled_from(["q", "sector", "kind", "firmness", "status", "grade", "place"]),
    st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=3, unique=True),
)
# Names that a person could put into a data file: one line, nothing that controls.
HOSTILE = (
    "<script>alert(1)</script>", '<b>bold</b> & <a href="http://x.example">x</a>', "&lt;b&gt; &amp;amp;",
    "../../etc/pw", r"a\b:c*d?e|f", "CON", ".hidden.", "{name}{0}", "%s %(x)s", "=1+1", "$x^2$", "能源😀é",
    "\u202egnp.exe", "a\u200bb\u00adc", "\u05d0\u05d1.exe", "\u0645\u06cc\u200c\u062e\u3000b",
)  # fmt: skip
EVERY_HOSTILE = pytest.mark.parametrize("evil", HOSTILE)


def everything(book) -> set[str]:
    return {target.id for sector in book.sectors for _, target in sector.targets}


def charts(book, language="en", ids=None):
    return list(pack.charts(book, language, everything(book) if ids is None else ids))


def chart(book, identifier, language="en", ids=None):
    return pack.chart(book, language, identifier, everything(book) if ids is None else ids)


HEADS = {language: chart(REAL, "pace", language).head for language in LANGUAGES}


def squeezed(text: str) -> str:
    """Without spaces, so that line breaks do not matter."""
    return "".join(text.split())


def words(figure) -> str:
    """What a sheet says, in reading order of its parts, as a reader sees it."""
    shown = "".join(annotation.text for annotation in figure.layout.annotations)
    return squeezed(html.unescape(re.sub(r"</?(b|br|span)( style=\"color:[^\"]*\")?>", "", shown)))


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def everything_said(book, ids=None, language="en", address=SITE) -> dict[str, str]:
    chosen = everything(book) if ids is None else ids
    pictures = pack.named(pack.charts(book, language, chosen), SHAPES["wide"], "png")
    return pack.texts(book, language, chosen, pictures, address)


def texts(*asked) -> dict[str, str]:
    """What a person opens: all but the data package."""
    return {name: text for name, text in everything_said(*asked).items() if "/" not in name}


def good_name(name: str) -> bool:
    """Whether Windows, macOS and Linux take it as the name of a file."""
    reserved = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10))}
    bad = any(char in '\\/:*?"<>|' or unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in name)
    whole = name == name.strip() and not name.endswith(".") and name.partition(".")[0].upper() not in reserved
    return bool(name) and not bad and whole and len(name.encode()) <= 255


def asks(address: str) -> dict[str, list[str]]:
    """The parameters of an address, as a server reads them."""
    parts = urlsplit(address)
    assert parts.fragment == ""
    return parse_qs(parts.query, keep_blank_values=True, strict_parsing=True)


# short addresses


@pytest.mark.sweep
@given(choices=CHOICES, language=st.sampled_from(LANGUAGES))
@example(choices={"q": ["水 & 电=50%#1?+/\\"], "sector": ["energy", "water"]}, language="zh-international")
@example(choices={"q": ["%26%20&lang=zh"]}, language="en")
@settings(max_examples=60)
def test_an_address_says_again_what_was_asked(choices, language):
    head = HEADS[language]
    reader = dict(zip(("lang", "units"), ([part] for part in language.split("-")), strict=False))
    assert asks(link.view(SITE, head, choices)) == {**choices, **reader}
    alone = asks(link.alone(SITE, head, choices))
    assert alone == {"id": ["pace"], **choices, **reader, "embed": ["true"]}


@given(CHOICES)
def test_an_address_is_one_word_of_letters_and_escapes(choices):
    for make in (link.view, link.alone):
        address = make(SITE, HEADS["zh"], choices)
        assert not re.search(r"[\s\"<>#\\^`{|}\x00-\x1f\x7f]", address)
        assert (urlsplit(address).hostname, address.count("?")) == ("dash.example", 1)


def test_chinese_stays_readable_in_an_address():
    address = link.view(SITE, chart(REAL, "pace").head, {"q": ["抽水蓄能"]})
    assert link.shown(address) == "dash.example/plan/evaluation?q=抽水蓄能&lang=en"


@EVERY_PLAN
def test_a_chart_that_no_filter_changes_has_none_in_its_address(book):
    filtered = {"q": ["水"], "sector": ["somewhere"], "grade": ["A", "B"]}
    for one in charts(book):
        if one.head.id.partition(".")[0] not in ("start", "pace"):
            assert link.view(SITE, one.head, filtered) == link.view(SITE, one.head, {})
            assert link.alone(SITE, one.head, filtered) == link.alone(SITE, one.head, {})


@EVERY_PLAN
def test_an_address_holds_no_more_than_the_view_needs(book):
    for one in charts(book):
        assert asks(link.view(SITE, one.head, {})) == {name: [value] for name, value in one.head.at} | {"lang": ["en"]}
        assert asks(link.alone(SITE, one.head, {})) == {"id": [one.head.id], "lang": ["en"], "embed": ["true"]}


def test_a_sectors_chart_alone_needs_no_sector_beside_its_id():
    head = chart(REAL, "start.water").head
    assert "sector" not in asks(link.alone(SITE, head, {"sector": ["energy", "water"]}))


def test_an_address_leads_to_the_same_view_in_every_language():
    choices = {"q": ["水 %"], "sector": ["water"]}
    for every in zip(*(charts(REAL, language) for language in LANGUAGES), strict=True):
        for make in (link.view, link.alone):
            asked = [asks(make(SITE, one.head, choices)) for one in every]
            assert [(each.pop("lang"), each.pop("units", [])) for each in asked] == [
                (["zh"], []), (["en"], []), (["zh"], ["international"]), (["en"], ["chinese"])
            ]  # fmt: skip
            assert all(each == asked[0] for each in asked)


def test_a_sectors_chart_opens_its_own_sector_with_the_rest_of_the_filter():
    choices = {"sector": ["energy", "water"], "grade": ["C"]}
    asked = asks(link.view(SITE, chart(REAL, "start.water").head, choices))
    assert asked == {"sector": ["water"], "grade": ["C"], "lang": ["en"]}


@pytest.mark.parametrize("scheme", ["https://", "http://"])
def test_a_printed_address_has_no_scheme(scheme):
    assert link.shown(f"{scheme}dash.example/?a=http://x") == "dash.example/?a=http://x"


# ids


@EVERY_PLAN
@EVERY_LANGUAGE
def test_the_id_of_each_chart_finds_the_same_chart(book, language):
    every = charts(book, language)
    assert len({one.head.id for one in every}) == len(every) > 3
    assert [chart(book, one.head.id, language) for one in every] == every


@given(ids=st.sets(st.sampled_from(sorted(everything(REAL)))))
@settings(max_examples=10)
def test_the_id_of_each_chart_of_a_filter_finds_it_under_that_filter(ids):
    for one in charts(REAL, "zh", ids):
        assert chart(REAL, one.head.id, "zh", ids) == one


@given(
    st.text(max_size=20)
    | st.tuples(st.sampled_from(["start", "years", "verdicts", "pace", "evidence"]), st.text(max_size=12)).map(".".join)
)
@example("start.").via("near misses")
@example("years.pond-area ")
@example("verdicts.02032")
@example("verdicts.２０３２")
@example("verdicts.-1")
@example("verdicts.99999999999999999999")
@example("evidence.")
@example("pace.x")
@example("start.fish-ponds.x")
@example("Start.fish-ponds")
def test_an_unknown_id_finds_nothing_and_breaks_nothing(identifier):
    found = chart(TOY, identifier)
    assert found is None or found.head.id == identifier


def test_every_year_of_the_plan_has_its_evaluation_and_no_other_year():
    found = [year for year in range(1990, 2100) if chart(TOY, f"verdicts.{year}")]
    assert found == [2032, 2033, 2034]


# what a pack holds


@given(ids=st.sets(st.sampled_from(sorted(everything(REAL)))))
@settings(max_examples=12)
def test_a_pack_holds_each_target_of_the_filter_and_no_other(ids):
    found = charts(REAL, "en", ids)
    assert len({one.head.id for one in found}) == len(found)
    starts = {one.head.id.removeprefix("start."): one for one in found if one.head.id.startswith("start.")}
    for sector in REAL.sectors:
        if sector.id in starts:
            own = {target.id for _, target in sector.targets if target.id in ids}
            assert {row.id for row in (*starts[sector.id].drawn, *starts[sector.id].beside)} == own
    paces = [row.id for one in found if one.head.id == "pace" for row in one.drawn]
    assert set(paces) <= ids
    assert not {"evidence", "verdicts.2026", "earlier"} & {one.head.id for one in found} or ids == everything(REAL)


@given(ids=st.sets(st.sampled_from(sorted(everything(REAL)))))
@settings(max_examples=12)
def test_the_tables_are_about_the_targets_of_the_filter_and_name_their_sources(ids):
    about, targets, figures, verdicts, sources = texts(REAL, ids).values()
    assert f"This pack holds {len(ids)} target{'s' * (len(ids) != 1)}." in about
    assert {row["id"] for row in table(targets)} == {row["id"] for row in table(verdicts)} == ids
    assert {row["target_id"] for row in table(figures)} <= ids
    known = [row["id"] for row in table(sources)]
    assert len(set(known)) == len(known)
    assert set(known) == {row["source_id"] for row in table(figures)}
    assert {row["baseline_source_id"] for row in table(targets)} - {""} <= set(known)
    assert {one for row in table(verdicts) for one in row["used_source_ids"].split(";") if one} <= set(known)


@pytest.mark.parametrize("take", [0, 4, 97])
def test_the_data_package_in_a_pack_is_valid_and_of_the_same_targets(tmp_path, take):
    ids = set(sorted(everything(REAL))[:take])
    files = everything_said(REAL, ids, "zh")
    for name in (packaged := [name for name in files if name.startswith("数据包/")]):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(files[name].encode())
    report = validate(str(tmp_path / "数据包" / "datapackage.json"))
    assert report.flatten(["title", "fieldName", "message"]) == []
    assert len(report.tasks) == len(packaged) - 1
    assert {row["id"] for row in table(files["数据包/targets.csv"])} == ids
    assert {row["id"] for row in table(files["目标与基期值.csv"])} == ids


def test_a_chart_by_year_is_about_a_target_of_the_filter():
    """Of the indicator's two targets only the addition is asked for; the chart by year shows the other one."""
    assert [one.head.id for one in charts(REAL, "en", {"non-coal-mines-reduction-2030"})] == ["start.mining"]


def test_a_filter_without_targets_gives_tables_with_headings_alone():
    assert charts(TOY, "en", set()) == []
    about, *tables = texts(TOY, set()).values()
    assert "0 targets" in about
    assert [len(text.splitlines()) for text in tables] == [1, 1, 1, 1]


def test_a_plan_that_has_no_target_yet_gives_sheets_too(folder):
    empty = "name: {zh: 空, en: Empty}\nindicators: []\n"
    book = load(folder(files={"fish-ponds.yaml": empty, "schools.yaml": empty})).book
    for one in charts(book):
        one.printed(SHAPES["wide"])


@EVERY_PLAN
@EVERY_LANGUAGE
def test_the_page_of_a_pack_names_each_file_the_plan_and_the_version(book, language):
    pictures = pack.named(pack.charts(book, language, everything(book)), SHAPES["square"], "svg")
    files = pack.texts(book, language, everything(book), pictures, SITE + "/?a=b")
    about = next(iter(files.values()))
    named = re.findall(r"^(\S+\.(?:svg|csv|json))\s?[:：]", about, re.MULTILINE)
    # Of a data package its descriptor is named, which names the rest.
    descriptor = [name for name in files if name.endswith("/datapackage.json")]
    assert named == [*pictures, *(name for name in list(files)[1:] if "/" not in name), *descriptor]
    plan = book.plan
    for wanted in (plan.title[language], plan.number, plan.url, plan.updated, book.version, SITE + "/?a=b"):
        assert wanted in about
    assert plan.report[language] in about.splitlines()


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_text_of_a_pack_is_a_formula_in_excel(folder, start):
    evil = json.dumps(f'{start}HYPERLINK("http://x.example";"a")')
    data = folder(
        edits={
            "sources.yaml": ("en: Heron Bay County Bureau of Statistics", f"en: {evil}"),
            "fish-ponds.yaml": ("en: Pond area", f"en: {evil}"),
        }
    )
    every = [cell for text in list(texts(load(data).book).values())[1:] for row in table(text) for cell in row.values()]
    assert any("HYPERLINK" in cell for cell in every)
    assert [cell for cell in every if re.match(r"[=+@\t\r]|-(?!\d+(\.\d+)?$)", cell)] == []


@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=20))
@example('a,"b";c')
@example("'=1")
def test_excel_reads_each_cell_as_one_cell(text):
    (row,) = table(for_excel(frame({"a": "text", "b": "text"}, [{"a": text, "b": "next"}])))
    assert row["a"] in (text, f"'{text}")
    assert row["b"] == "next"


def test_tables_are_utf_8_for_excel_and_the_page_for_a_windows_editor():
    about, *tables = texts(REAL).values()
    assert all(text.startswith("\ufeff") and "\r" not in text and text.endswith("\n") for text in tables)
    assert about.startswith("\ufeff") and about.count("\ufeff") == 1
    assert about.count("\n") == about.count("\r\n")


# file names


@pytest.mark.sweep
@EVERY_PLAN
def test_file_names_are_good_on_every_system_and_tell_everything_apart(book):
    seen = set()
    for language, shape, ending in product(("zh", "en"), SHAPES.values(), ("png", "svg")):
        names = list(pack.named(pack.charts(book, language, everything(book)), shape, ending))
        assert [name for name in names if not good_name(name)] == []
        assert all(say(language, f"shape.{shape.name}.file") in name and book.plan.updated in name for name in names)
        assert [int(name.partition("_")[0]) for name in names] == list(range(1, len(names) + 1))
        assert len({unicodedata.normalize("NFKC", name).casefold() for name in names}) == len(names)
        assert not seen & set(names)
        seen |= set(names)
    assert [name for name in texts(book) if not good_name(name)] == []


def test_a_filtered_sector_says_so_in_subtitle_and_file_name():
    for sector in REAL.sectors:
        named = [target.id for _, target in sector.targets]
        whole, some = (chart(REAL, f"start.{sector.id}", "en", ids) for ids in (set(named), set(named[:-1])))
        if whole and some:
            count, total = len(named) - 1, len(named)
            assert f": {len(whole.drawn)} of {total} targets" in whole.head.subtitle
            assert f": {len(some.drawn)} of the {count} chosen among {total} targets" in some.head.subtitle
            assert f"{count}_of_{total}" in some.name(SHAPES["wide"])
            assert "_of_" not in whole.name(SHAPES["wide"])


def test_a_filtered_pace_says_so_in_subtitle_and_file_name():
    whole, some = chart(REAL, "pace"), chart(REAL, "pace", ids={"irrigation-coefficient-2030"})
    assert len(some.drawn) < len(whole.drawn)
    assert some.head.subtitle != whole.head.subtitle
    assert some.name(SHAPES["wide"]) != whole.name(SHAPES["wide"])


def test_the_evaluations_of_two_years_have_two_file_names():
    assert len({chart(TOY, f"verdicts.{year}").name(SHAPES["wide"]) for year in (2032, 2033)}) == 2


def test_the_same_chart_in_other_units_has_another_file_name():
    local, other = (chart(REAL, "years.unconventional-gas-output", one) for one in ("zh", "zh-international"))
    assert local.unit != other.unit
    assert local.name(SHAPES["wide"]) != other.name(SHAPES["wide"])


def test_a_long_name_is_cut_to_what_a_file_system_takes(folder):
    data = folder(edits={"fish-ponds.yaml": ("zh: 养殖水面", f"zh: {'养殖水面' * 25}")})
    assert all(map(good_name, pack.named(pack.charts(load(data).book, "zh", everything(TOY)), SHAPES["wide"], "png")))


def test_a_newer_date_gives_other_file_names(folder):
    newer = load(folder(edits={"plan.yaml": ("updated: 2032-06-15", "updated: 2032-06-16")})).book
    old, new = (set(pack.named(iter(charts(book)), SHAPES["wide"], "png")) for book in (TOY, newer))
    assert not old & new


@given(st.lists(st.text(min_size=1, max_size=20).filter(lambda text: text.isprintable() and text.strip()), min_size=1))
def test_a_name_made_of_any_words_has_no_sign_that_a_system_forbids(parts):
    assert not set(sheet.name(*parts)) & set('\\/:*?"<>| \u3000')


def renamed(book, identifier, name):
    """The book with another English name for an indicator. Not by way of a file: `check` refuses what can't be seen."""

    def item(one):
        return one.model_copy(update={"name": one.name.model_copy(update={"en": name})} if one.id == identifier else {})

    sectors = tuple(replace(one, indicators=tuple(map(item, one.indicators))) for one in book.sectors)
    return replace(book, sectors=sectors)


@EVERY_HOSTILE
def test_a_hostile_name_is_shown_letter_by_letter_and_makes_a_good_file_name(evil):
    book = renamed(TOY, "pond-area", evil)
    pictures = pack.named(pack.charts(book, "en", everything(book)), SHAPES["wide"], "png")
    assert [name for name in pictures if not good_name(name)] == []
    for identifier in ("start.fish-ponds", "years.pond-area"):
        figure = chart(book, identifier).printed(SHAPES["wide"], "dash.example")
        assert squeezed(evil) in words(figure)
        assert "<script" not in figure.to_json() and "<a " not in words(figure).replace(squeezed(evil), "")
    assert evil in texts(book)["read_me.txt"]


# the version of the data


@pytest.mark.parametrize("name", sorted(path.name for path in BASE.glob("*.yaml")))
def test_any_other_byte_is_another_version(folder, name):
    data = folder()
    before, path = load(data).book, data / name
    path.write_bytes(path.read_bytes() + b" ")
    after = load(data).book
    assert (after.plan, after.sectors) == (before.plan, before.sectors)
    assert after.version != before.version
    assert re.fullmatch("[0-9a-f]{8}", after.version)


def test_the_line_ends_of_a_system_are_no_other_version(folder):
    data = folder()
    for path in data.glob("*.yaml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert load(data).book.version == TOY.version


def test_what_is_no_data_file_is_no_other_version(folder):
    data = folder()
    (data / "notes.txt").write_text("mine")
    (data / "readings").mkdir()
    (data / "readings" / "x.yaml").write_text("a: 1")
    assert load(data).book.version == TOY.version


def test_the_version_is_of_the_content_that_was_read(folder, monkeypatch):
    data, check = folder(), loaders.book.rules.check

    def check_while_somebody_saves(parsed):
        with (data / "plan.yaml").open("a") as file:
            file.write("# saved meanwhile\n")
        return check(parsed)

    monkeypatch.setattr(loaders.book.rules, "check", check_while_somebody_saves)
    assert load(data).book.version == TOY.version


# what a sheet says


def said(one, shape) -> None:
    figure, head = one.printed(shape, "dash.example/?id=a&lang=en"), one.head
    shown = words(figure)
    for part in (head.title, head.subtitle, head.data + " dash.example/?id=a&lang=en"):
        assert squeezed(part) in shown
    # Where not all has room publishers and years stand alone.
    assert squeezed(head.sources) in shown or (head.cited and squeezed(head.cited) in shown)
    assert all(squeezed(note) in shown for note in head.notes) or all(squeezed(note) in shown for note in head.brief)
    assert (figure.layout.width, figure.layout.height) == (shape.width, shape.height)


@EVERY_LANGUAGE
@EVERY_SHAPE
def test_a_sheet_says_what_where_whence_when_and_which_address(shape, language):
    for one in charts(TOY, language):
        said(one, shape)
        assert "2032-06-15" in one.head.data and TOY.version in one.head.data
        assert "鹭政发〔2032〕7号" in one.head.sources
        own = {"years.fry-released": TOY.plan.places[0].name}.get(one.head.id, TOY.plan.region)
        assert own[language] in one.head.subtitle


def placed(book, language) -> set[str]:
    """What a chart can be about: the province, or a place in it."""
    return {book.plan.region[language], *(place.name[language].removeprefix("the ") for place in book.plan.places)}


@pytest.mark.sweep
@EVERY_LANGUAGE
def test_each_chart_of_the_real_plan_says_it_too(language):
    """Each chart in one of the shapes, each in turn."""
    shapes = islice(cycle(SHAPES.values()), LANGUAGES.index(language), None)
    for one, shape in zip(charts(REAL, language)[LANGUAGES.index(language) :: 4], shapes, strict=False):
        said(one, shape)


def off_the_axes(figure) -> list[str]:
    """What Plotly would leave out without a word: notes at a place that the axes do not have."""
    ends = {axis: sorted(figure.layout[f"{axis}axis"].range or (float("-inf"), float("inf"))) for axis in "xy"}
    return [
        note.text
        for note in figure.layout.annotations
        for axis, (low, high) in ends.items()
        if note[f"{axis}ref"] != "paper" and not low <= note[axis] <= high
    ]


@pytest.mark.sweep
@EVERY_LANGUAGE
def test_whatever_a_sheet_names_has_a_place_on_its_axes(language):
    for one in charts(REAL, language):
        for shape in SHAPES.values():
            assert off_the_axes(one.printed(shape, "dash.example/?id=a")) == [], (one.head.id, shape.name)


@EVERY_PLAN
@EVERY_LANGUAGE
def test_a_subtitle_has_the_unit_and_the_place(book, language):
    for one in charts(book, language):
        if isinstance(one, Years) and one.unit:
            assert one.unit.lstrip("个/") in one.head.subtitle
        assert any(place in one.head.subtitle for place in placed(book, language))


def test_the_pace_names_its_place():
    assert REAL.plan.region["en"] in chart(REAL, "pace").head.subtitle


def drawn_sources(book, one):
    """The sources of the figures in a chart by ids, from the data."""
    every = {case.target.id: case for case in cases(book)}
    if isinstance(one, RangeChart) and one.head.id.startswith("start."):
        starts = [start(every[row.id]) for row in one.drawn]
        shares = [share for own in starts for share in (own.baseline, own.context, *(found for _, found in own.rivals))]
        return {book.source[share.figure.source] for share in shares if share}
    if isinstance(one, Years):
        cited = " ".join(mark.cells[2] for mark in one.marks if mark.sort != "target")
        language = one.head.language
        return {source for source in book.source.values() if phrases.citation(source, language, address=False) in cited}
    return set()


@EVERY_PLAN
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_source_line_names_publisher_and_date_of_each_figure_drawn(book, language):
    named = 0
    for one in charts(book, language):
        for source in drawn_sources(book, one):
            assert f"{source.publisher[language]} {source.date or ''}".strip() in one.head.sources
            named += 1
    assert named


def test_an_inferred_date_is_never_printed_as_a_known_one():
    found = chart(REAL, "start.energy")
    source = REAL.source["energytrend-2025-07-31"]
    assert source.date_precision == "inferred" and source in drawn_sources(REAL, found)
    assert "inferred" in found.head.sources


@pytest.mark.parametrize(
    ("name", "source"), [("unconventional-gas-output", "netease-gas"), ("urban-unemployment", "employment-plan-14")]
)
def test_an_undated_source_is_called_so(name, source):
    found = chart(REAL, f"years.{name}")
    assert REAL.source[source] in drawn_sources(REAL, found)
    assert f"{REAL.source[source].publisher.en} undated" in found.head.sources


def test_the_pace_names_the_sources_of_what_it_calls_met():
    found = chart(REAL, "pace")
    every = {case.target.id: case for case in cases(REAL)}
    for row in found.beside:
        known = [REAL.source[figure.source] for figure in every[row.id].comparable]
        assert row.name in " ".join(found.head.notes)
        assert any(source.publisher.en in found.head.sources for source in known)


def test_the_evidence_counts_the_documents_that_indicators_name(folder):
    fresh = "sources:\n  - {id: fresh, publisher: {zh: 甲, en: A}, date_precision: none, grade: A}\n"
    book = load(folder(edits={"sources.yaml": ("sources:\n", fresh)})).book
    assert len(table(texts(book)["sources.csv"])) == 3
    assert "Evidence: 3 documents" in chart(book, "evidence").head.sources


def flagged(book, rows) -> set[str]:
    """The weighty flags of the rows' targets."""
    every = {case.target.id: case for case in cases(book)}
    return {flag for row in rows for flag in phrases.weighty_flags(every[row.id].target, conflicting=False)}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_weighty_flag_of_a_drawn_target_has_its_note(language):
    for one in charts(REAL, language):
        if one.head.id.startswith("start."):
            notes = " ".join(one.head.brief)
            assert all(say(language, f"weighty.{flag}") in notes for flag in flagged(REAL, one.drawn))


def test_each_weighty_flag_of_a_pace_has_its_note():
    found = chart(REAL, "pace")
    assert "definition-unknown" in flagged(REAL, found.drawn)
    assert all(say("en", f"weighty.{flag}") in " ".join(found.head.notes) for flag in flagged(REAL, found.drawn))


def test_each_weighty_flag_of_a_target_beside_the_axis_has_its_note():
    found = chart(REAL, "start.economy")
    assert "definition-unknown" in flagged(REAL, found.beside)
    assert all(say("en", f"weighty.{flag}") in " ".join(found.head.notes) for flag in flagged(REAL, found.beside))


def test_a_sheet_says_which_of_its_targets_no_longer_count(folder):
    old = "        deadline: 2034\n        superseded: {date: 2032-05, reason: {zh: 修订, en: Revised since.}}\n"
    book = load(folder(edits={"fish-ponds.yaml": ("        deadline: 2034\n", old)})).book
    found = chart(book, "start.fish-ponds")
    said_so = "Revised since" in " ".join((found.head.subtitle, *found.head.notes))
    assert said_so or "pond-area-2034" not in {row.id for row in (*found.drawn, *found.beside)}


# the command line: with a stand-in for Kaleido, whose pictures are what it was told to draw

FAKE = """
import json
class Kaleido:
    count = 0
    def __init__(self, **_): pass
    async def open(self): {open}
    async def close(self): pass
    async def calc_fig(self, figure, how):
        Kaleido.count += 1
        {draw}
        return json.dumps([figure["layout"]["annotations"], how], ensure_ascii=False).encode()
"""


@pytest.fixture
def export(tmp_path, run_cli):
    """Runs the export in a process of its own; `kaleido` is the text of the stand-in."""

    def run(*arguments, kaleido=None, **environment):
        shim = tmp_path / "shim"
        shim.mkdir(exist_ok=True)
        text = kaleido if kaleido is not None else FAKE.format(open="pass", draw="pass")
        (shim / "kaleido.py").write_text(text, encoding="utf-8")
        return run_cli("export", *arguments, module="charts", PYTHONPATH=str(shim), **environment)

    return run


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_export_holds_what_the_pack_of_the_page_holds(folder, export, tmp_path, language):
    out = tmp_path / "new" / "out"
    done = export(folder(), "--out", out, "--lang", language, "--shape", "half", "--format", "svg")
    assert (done.returncode, done.stdout) == (0, "")
    pictures = pack.named(pack.charts(TOY, language, everything(TOY)), SHAPES["half"], "svg")
    files = pack.texts(TOY, language, everything(TOY), pictures, "")
    assert names(out) == {*pictures, *files}
    assert [line for line in done.stderr.splitlines() if line in pictures] == list(pictures)
    for name, text in files.items():
        assert (out / name).read_bytes() == text.encode()


def test_an_export_knows_the_folder_the_sector_and_the_address(folder, export, tmp_path):
    out = tmp_path / "out"
    arguments = ("--sector", "fish-ponds", "--lang", "en", "--site", "https://dash.example/")
    assert export(folder(), "--out", out, *arguments).returncode == 0
    assert {row["sector"] for row in table((out / "targets_and_baselines.csv").read_text("utf-8"))} == {"fish-ponds"}
    pictures = sorted(path for path in out.iterdir() if path.suffix == ".png")
    assert [path.name[3:12] for path in pictures] == ["Fish_pond", "Pond_area", "Fry_relea", "Nitrogen_"]
    said = ["".join(part["text"] for part in json.loads(path.read_text("utf-8"))[0]) for path in pictures]
    assert "dash.example/?sector=fish-ponds&amp;lang=en" in said[0]
    assert "dash.example/indicator?id=pond-area&amp;lang=en" in said[1]


def test_without_an_address_a_sheet_has_none(folder, export, tmp_path):
    assert export(folder(), "--out", tmp_path / "out", "--lang", "en").returncode == 0
    out = tmp_path / "out"
    assert not any("?sector=" in (out / name).read_text("utf-8") for name in names(out))


def test_several_sectors_are_all_sectors(folder, export, tmp_path):
    data, both = folder(), ("--sector", "schools", "--sector", "fish-ponds")
    assert export(data, "--out", tmp_path / "a", *both).returncode == 0
    assert export(data, "--out", tmp_path / "b").returncode == 0
    assert names(tmp_path / "a") == names(tmp_path / "b")


def test_pictures_that_are_not_of_this_export_are_named_and_stay(folder, export, tmp_path):
    """Whose they are nobody can tell: those of an earlier export, of more sectors, or a person's own."""
    data, out = folder(), tmp_path / "out"
    assert "not of this export" not in export(data, "--out", out, "--lang", "en").stderr
    (out / "notes.txt").write_text("mine")
    before = names(out)
    again = export(data, "--out", out, "--lang", "en", "--sector", "schools")
    written = {line for line in again.stderr.splitlines() if line in names(out)}
    others = {line.partition(" is not of this export")[0] for line in again.stderr.splitlines() if " is not" in line}
    assert again.returncode == 0
    assert others == {name for name in before if name.endswith(".png")} - written
    assert others and names(out) == before | written


@pytest.mark.parametrize("site", ["http://localhost:8501", "https://dash.example/plan/", "https://图表.example/规划"])
def test_an_address_may_have_a_port_a_path_and_chinese_words(folder, export, tmp_path, site):
    assert export(folder(), "--out", tmp_path / "out", "--lang", "en", "--site", site).returncode == 0
    assert f"{site.rstrip('/')}/?lang=en" in (tmp_path / "out" / "read_me.txt").read_text("utf-8")


def test_an_export_says_the_units_that_were_asked_for(folder, export, tmp_path):
    arguments = ("--lang", "en", "--units", "chinese", "--sector", "fish-ponds")
    assert export(folder(), "--out", tmp_path / "out", *arguments).returncode == 0
    assert "万亩" in next((tmp_path / "out").glob("02_*")).read_text("utf-8")


def test_the_page_of_an_export_has_the_address_of_its_filter(folder, export, tmp_path):
    export(folder(), "--out", tmp_path / "out", "--sector", "schools", "--lang", "en", "--site", "https://dash.example")
    assert "dash.example/?sector=schools" in (tmp_path / "out" / "read_me.txt").read_text("utf-8")


def test_a_sector_that_is_named_twice_counts_once(export, tmp_path):
    twice = ("--sector", "water", "--sector", "water")
    assert export("--out", tmp_path / "out", *twice, "--lang", "en", "--site", "https://dash.example").returncode == 0
    pace = next((tmp_path / "out").glob("*pace*")).read_text("utf-8")
    assert "evaluation?sector=water" in pace
    assert pace.count("sector=water") == 1


def wrong() -> dict[str, list[str]]:
    return {
        "no command": [],
        "no folder to write to": ["export", "FOLDER"],
        "an unknown sector": ["export", "FOLDER", "--out", "OUT", "--sector", "fish-pond"],
        "a known and an unknown sector": ["export", "FOLDER", "--out", "OUT", "--sector", "schools", "--sector", "x"],
        "an empty sector": ["export", "FOLDER", "--out", "OUT", "--sector", ""],
        "a sector by its name": ["export", "FOLDER", "--out", "OUT", "--sector", "鱼塘"],
        "an unknown shape": ["export", "FOLDER", "--out", "OUT", "--shape", "round"],
        "an unknown format": ["export", "FOLDER", "--out", "OUT", "--format", "pdf"],
        "an unknown language": ["export", "FOLDER", "--out", "OUT", "--lang", "fr"],
        "unknown units": ["export", "FOLDER", "--out", "OUT", "--units", "imperial"],
        "an address without its scheme": ["export", "FOLDER", "--out", "OUT", "--site", "dash.example"],
        "an address of something else": ["export", "FOLDER", "--out", "OUT", "--site", "file:///dash.example"],
        "an address without a host": ["export", "FOLDER", "--out", "OUT", "--site", "https://"],
        "an address with a filter": ["export", "FOLDER", "--out", "OUT", "--site", "https://dash.example/?lang=en"],
        "an address with a place in a page": ["export", "FOLDER", "--out", "OUT", "--site", "https://dash.example#top"],
        "an address with a password": ["export", "FOLDER", "--out", "OUT", "--site", "https://me:mine@dash.example"],
        "an address with a blank": ["export", "FOLDER", "--out", "OUT", "--site", "https://dash.example/our plan"],
        "an address with an odd port": ["export", "FOLDER", "--out", "OUT", "--site", "https://dash.example:99999"],
        "an address with half a bracket": ["export", "FOLDER", "--out", "OUT", "--site", "https://[dash.example"],
        "a missing folder": ["export", "GONE", "--out", "OUT"],
        "a folder without data": ["export", "EMPTY", "--out", "OUT"],
        "two folders": ["export", "FOLDER", "FOLDER", "--out", "OUT"],
    }


@pytest.mark.parametrize("arguments", wrong().values(), ids=wrong())
def test_a_wrong_call_exits_with_2_and_writes_nothing(folder, run_cli, tmp_path, arguments):
    (tmp_path / "empty").mkdir()
    out = tmp_path / "out"
    paths = {"FOLDER": folder(), "OUT": out, "GONE": tmp_path / "gone", "EMPTY": tmp_path / "empty"}
    done = run_cli(*(paths.get(word, word) for word in arguments), module="charts")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.strip() and "Traceback" not in done.stderr
    assert not out.exists()


def test_an_unknown_sector_is_named(folder, export, tmp_path):
    assert "no sector x, y in" in export(folder(), "--out", tmp_path, "--sector", "y", "--sector", "x").stderr


def test_an_empty_name_for_the_folder_is_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("charts.export.draw", lambda *_: None)
    with pytest.raises(SystemExit) as stopped:
        main(["export", str(BASE), "--out", ""])
    assert stopped.value.code == 2 and not any(tmp_path.iterdir())


def test_broken_data_exits_with_1_and_writes_nothing(folder, export, tmp_path, run_cli):
    data = folder("several-at-once")
    done = export(data, "--out", tmp_path / "out")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == run_cli("check", data).stderr
    assert not (tmp_path / "out").exists()


def in_the_way(place: Path) -> dict[str, Path]:
    return {
        "a file": place / "file",
        "a file on the way": place / "file" / "out",
        "a folder that nobody may make": Path("/proc/out"),
        "a folder that nobody may write to": Path("/proc/self"),
        "no name that a system takes": place / ("x" * 300),
    }


@pytest.mark.parametrize("obstacle", in_the_way(Path()))
def test_a_folder_that_cannot_be_written_is_told(folder, export, tmp_path, obstacle):
    (tmp_path / "file").write_text("mine")
    out = in_the_way(tmp_path)[obstacle]
    done = export(folder(), "--out", out)
    assert (done.returncode, done.stdout) == (2, "")
    assert str(out)[:40] in done.stderr and "Traceback" not in done.stderr
    assert (tmp_path / "file").read_text() == "mine"


def test_a_folder_where_a_picture_should_be_is_told(folder, export, tmp_path):
    data, out = folder(), tmp_path / "out"
    export(data, "--out", out)
    picture = next(out.glob("01_*"))
    picture.unlink()
    picture.mkdir()
    done = export(data, "--out", out)
    assert done.returncode == 2
    assert picture.name in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("text", ["raise ImportError", "import a_part_of_it_that_is_missing"])
def test_without_kaleido_an_export_says_what_to_install(folder, export, tmp_path, text):
    done = export(folder(), "--out", tmp_path / "out", kaleido=text)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "python -m charts: Kaleido is not installed: pip install -r requirements-export.txt\n"
    assert (ROOT / "requirements-export.txt").exists()
    assert not (tmp_path / "out").exists() or names(tmp_path / "out") == set()


def test_an_export_that_cannot_start_leaves_no_folder(folder, export, tmp_path):
    assert export(folder(), "--out", tmp_path / "a" / "out", kaleido="raise ImportError").returncode == 2
    assert not (tmp_path / "a").exists()


def test_a_browser_that_does_not_start_is_told(folder, export, tmp_path):
    broken = FAKE.format(open="raise RuntimeError('no display')", draw="pass")
    done = export(folder(), "--out", tmp_path / "out", kaleido=broken)
    assert (done.returncode, names(tmp_path / "out")) == (2, set())
    assert "Chromium" in done.stderr and "no display" in done.stderr and "Traceback" not in done.stderr


def test_two_signs_that_look_the_same_are_a_missing_font(folder, export, tmp_path):
    boxes = FAKE.format(open="pass", draw="return b'box'")
    done = export(folder(), "--out", tmp_path / "out", kaleido=boxes)
    assert (done.returncode, names(tmp_path / "out")) == (2, set())
    assert "font" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("count", [1, 4], ids=["at the font check", "at the second picture"])
def test_a_browser_that_breaks_down_is_no_fault_of_the_data(folder, export, tmp_path, count):
    broken = FAKE.format(open="pass", draw=f"assert Kaleido.count < {count}, 'the browser has gone'")
    done = export(folder(), "--out", tmp_path / "out", kaleido=broken)
    assert (done.returncode, done.stdout) == (2, "")
    assert "the browser has gone" in done.stderr and "Traceback" not in done.stderr


def test_where_file_names_cannot_be_chinese_that_is_told(folder, export, tmp_path):
    """The machine without any language of test_cli."""
    done = export(folder(), "--out", tmp_path / "out", **BARE)
    assert done.returncode in (0, 2)
    assert "Traceback" not in done.stderr


# the command line: with Kaleido and Chromium


@pytest.fixture
def real_export():
    """Runs the export with Kaleido itself; skips where no browser is, unless that is what is asked for."""
    pytest.importorskip("kaleido", reason="Kaleido is not installed")

    def run(*arguments, **environment):
        command = [sys.executable, "-m", "charts", "export", *map(str, arguments)]
        done = subprocess.run(
            command, cwd=ROOT, env=os.environ | environment, capture_output=True, timeout=120, check=False
        )
        if "BROWSER_PATH" not in environment and b"no Chromium" in done.stderr:
            pytest.skip("no Chromium is installed")
        return subprocess.CompletedProcess(command, done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


@pytest.mark.browser
def test_a_png_has_twice_the_size_of_its_shape(folder, real_export, tmp_path):
    image = pytest.importorskip("PIL.Image", reason="Pillow is not installed")
    done = real_export(folder(), "--out", tmp_path / "out", "--site", "https://dash.example")
    assert (done.returncode, done.stdout) == (0, "")
    pictures = sorted((tmp_path / "out").glob("*.png"))
    assert len(pictures) == len(charts(TOY))
    for path in pictures:
        with image.open(path) as picture:
            assert (picture.format, picture.size) == ("PNG", (2400, 1350))
            assert picture.convert("RGB").getpixel((2, 2)) == (255, 255, 255)
            assert len(picture.convert("RGB").getcolors(1 << 24) or ()) > 5


@pytest.mark.browser
def test_an_svg_keeps_its_text_as_text_and_asks_nothing_of_any_network(folder, real_export, tmp_path):
    evil = '<a href="http://x.example">x</a> & &lt;b&gt; 鱼塘'
    data = folder(edits={"fish-ponds.yaml": ("en: Pond area", f"en: {json.dumps(evil)}")})
    options = ("--format", "svg", "--shape", "square", "--lang", "en", "--site", "https://dash.example")
    assert real_export(data, "--out", tmp_path / "out", *options).returncode == 0
    pictures = sorted((tmp_path / "out").glob("*.svg"))
    assert len(pictures) == len(charts(TOY))
    for path in pictures:
        root = ET.fromstring(path.read_text("utf-8"))
        tags = {part.tag.rpartition("}")[2] for part in root.iter()}
        assert (root.get("width"), root.get("height")) == ("1080", "1080")
        assert not tags & {"image", "script", "foreignObject", "a"}
        assert not any(re.search(r"(href|src)$", key) for part in root.iter() for key in part.attrib)
        assert "@import" not in path.read_text("utf-8")
    shown = ["".join(ET.fromstring(path.read_text("utf-8")).itertext()) for path in pictures]
    assert all(squeezed(evil) in squeezed(text) for text in shown[:2])
    assert "dash.example/indicator?id=pond-area&lang=en" in squeezed(shown[1])
    assert "鹭政发〔2032〕7号" in squeezed(shown[2])


@pytest.mark.browser
@pytest.mark.parametrize("browser", ["/nonexistent", "/bin/true"])
def test_without_a_browser_an_export_says_so(folder, real_export, tmp_path, browser):
    done = real_export(folder(), "--out", tmp_path / "out", BROWSER_PATH=browser)
    assert (done.returncode, done.stdout, names(tmp_path / "out")) == (2, "", set())
    assert "no Chromium or Chrome could be started" in done.stderr and browser in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.browser
@pytest.mark.skipif(not DEJAVU.is_dir(), reason="DejaVu is not installed where Debian puts it")
def test_without_chinese_fonts_an_export_stops_before_its_first_picture(folder, real_export, tmp_path):
    config = tmp_path / "fonts.conf"
    config.write_text(
        f"<fontconfig><dir>{DEJAVU}</dir><cachedir>{tmp_path / 'cache'}</cachedir></fontconfig>", encoding="utf-8"
    )
    done = real_export(folder(), "--out", tmp_path / "out", FONTCONFIG_FILE=str(config))
    assert (done.returncode, done.stdout, names(tmp_path / "out")) == (2, "", set())
    assert "fonts-noto-cjk" in done.stderr and "Traceback" not in done.stderr
