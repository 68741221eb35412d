"""Which targets a reader finds: words of both languages, facets and their counts."""

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from evidence.frames import rows
from evidence.health import WEAK, findings
from evidence.search import FACETS, NO_GRADE, PROVINCE, Entry, counts, entries, known, matching, relaxed
from evidence.standing import STATUSES
from evidence.tables import TABLES
from loaders.book import Book, load


def book_of(place) -> Book:
    book = load(place).book
    assert book
    return book


# The toy plan (tests/base): five targets whose words a reader of this file can count.
TOY = entries(book_of(ROOT / "tests" / "base"))
REAL = entries(book_of(ROOT / "indicators"))
POND, FRY, NITROGEN, PLACES, SCHOOL = (entry.target.id for entry in TOY)
EACH = pytest.mark.parametrize("every", [TOY, REAL], ids=["toy", "real"])


def ids(query: str = "", every: tuple[Entry, ...] = TOY, /, **chosen: list[str]) -> list[str]:
    return [entry.target.id for entry in matching(every, query, chosen)]


@EACH
def test_without_a_word_every_target_is_found_in_the_order_of_the_plan(every):
    assert ids("", every) == ids("  \u3000", every) == [entry.target.id for entry in every]


def test_every_target_of_the_real_plan_can_be_found():
    assert len(REAL) == 97
    for entry in REAL:
        for name in (entry.target.name or entry.indicator.name, entry.indicator.name, entry.indicator.definition):
            assert entry in matching(REAL, name.zh, {})
            assert entry in matching(REAL, name.en, {})
        assert entry in matching(REAL, entry.target.printed, {})


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("养殖水面", [POND]),  # a name
        ("pond area", [POND]),
        ("可容纳的学生", [PLACES]),  # words of a definition
        ("room for", [PLACES]),
        ("鱼塘", [POND, FRY, NITROGEN]),  # a sector
        ("fish ponds", [POND, FRY, NITROGEN]),
        ("三年累计投放", [FRY]),  # the phrase as printed
        ("北岸镇", [FRY]),  # a place
        ("North Bank", [FRY]),
        ("万亩", [POND]),  # a unit
        ("毫克/升", [NITROGEN]),
        ("mg/L", [NITROGEN]),  # another spelling of a unit
        ("清水护塘", [NITROGEN]),  # the heading of a section
        ("Clean water", [NITROGEN]),
        ("第三节", [PLACES, SCHOOL]),  # its number, as it is printed and in digits
        ("第3节", [PLACES, SCHOOL]),
        ("section3", [PLACES, SCHOOL]),
        ("专栏 1", [FRY]),  # a box
        ("box 1", [FRY]),
        ("nothing like it", []),
    ],
)
def test_words_of_both_languages_units_places_and_sections(query, wanted):
    assert ids(query) == wanted


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("煤层气", "unconventional-gas-output-2030"),
        ("new-type energy storage", "new-type-storage-capacity-2030"),
        ("亿m³", "unconventional-gas-output-2030"),
        ("km²", "urban-boundary-2030"),
        ("万 kW", "pumped-storage-capacity-2030"),
        ("gce/kWh", "coal-power-generation-rate-2030"),
        ("太原", "taiyuan-copper-cluster-2030"),
        ("Taiyuan", "copper-bases-2030"),
        ("Lüliang", "aluminium-magnesium-base-size-2030"),
    ],
)
def test_the_real_plan_is_found_by_what_readers_write(query, wanted):
    assert wanted in ids(query, REAL)


@pytest.mark.parametrize(
    ("query", "wanted"), [("GW", "pumped-storage-capacity-2030"), ("billion m³", "unconventional-gas-output-2030")]
)
def test_a_unit_that_the_page_shows_is_found(query, wanted):
    assert wanted in ids(query, REAL)


def test_a_word_does_not_run_over_two_words():
    assert {entry.target.unit for entry in matching(REAL, "GW", {})} <= {"万千瓦", "亿千瓦"}


def test_a_section_by_its_number_is_that_section_and_no_other():
    sixth = [entry.target.id for entry in REAL if entry.target.section == "6"]
    assert len(sixth) == 7
    assert ids("第六节", REAL) == ids("第6节", REAL) == sixth


@pytest.mark.parametrize("query", ["section 6", "Section 6"])
def test_the_example_in_the_search_box_finds_that_section_and_no_other(query):
    assert ids(query, REAL) == ids("第六节", REAL)


def test_a_box_by_its_number_is_that_box_and_no_other():
    assert ids("box 4", REAL) == [entry.target.id for entry in REAL if entry.target.section == "box 4"]
    assert ids("box 1", REAL) == [entry.target.id for entry in REAL if entry.target.section == "box 1"]


def test_the_word_for_a_box_finds_the_boxes_only():
    boxes = [entry.target.id for entry in REAL if entry.target.section.startswith("box")]
    assert ids("box", REAL) == boxes
    assert ids("专栏", REAL) == boxes


def test_a_heading_is_found_with_and_without_the_space_in_it():
    assert ids("第三节 增加学位") == [PLACES, SCHOOL]
    assert ids("第三节增加学位") == [PLACES, SCHOOL]


def test_letters_without_their_dots_are_the_same():
    assert ids("Luliang", REAL) == ids("Lüliang", REAL) != []


def test_every_word_must_hold_in_whatever_order_and_language():
    assert ids("fish clean") == ids("clean fish") == [NITROGEN]
    assert ids("鱼塘 water") == ids("fish 水")
    assert ids("fish school") == []
    assert ids("fish pond-nowhere") == []


def test_case_width_and_dashes_make_no_difference():
    assert ids("POND AREA") == ids("pOnD aReA") == ids("ｐｏｎｄ　ａｒｅａ") == [POND]
    assert ids("ＭＧ／Ｌ") == [NITROGEN]
    assert ids("专栏１") == ids("专栏1") == ids("专栏 1")
    assert ids("900-1000") == ids("900—1000") == ids("900–1000") == [FRY]


@pytest.mark.parametrize(
    "query", ["<b>", "*", ".*", "[", "\\", "'; drop table", "a|b", "%", "\x00", "\u200b", "😀" * 50]
)
def test_odd_words_are_looked_for_and_do_no_harm(query):
    assert set(ids(query)) <= set(ids())


def test_a_facet_leaves_the_targets_that_have_one_of_its_chosen_values():
    assert ids(sector=["schools"]) == [PLACES, SCHOOL]
    assert ids(kind=["level"]) == [POND, NITROGEN]
    assert ids(kind=["level", "milestone"]) == [POND, NITROGEN, SCHOOL]
    assert ids(firmness=["strive"]) == [NITROGEN]
    assert ids(status=["comparable"]) == [POND]
    assert ids(grade=["A"]) == [POND]
    assert ids(grade=[NO_GRADE]) == [FRY, NITROGEN, PLACES, SCHOOL]
    assert ids(place=["north-bank"]) == [FRY]
    assert ids(place=[PROVINCE]) == [POND, NITROGEN, PLACES, SCHOOL]
    assert ids(due=["2033"]) == [SCHOOL]
    assert ids(due=["2034", "2033"]) == ids()
    assert ids(sector=[]) == ids()
    assert ids(sector=["no such sector"]) == []


def test_what_is_weak_about_a_target_is_what_the_findings_say_of_it():
    book = book_of(ROOT / "indicators")
    told = {code: {one.target.id for one in findings(book) if one.code == code} for code in WEAK}
    assert sum(map(len, told.values())) > 50
    for code in WEAK:
        assert set(ids("", REAL, weak=[code])) == told[code]
    assert set(ids("", REAL, weak=list(WEAK))) == set().union(*told.values())


def test_a_target_is_due_in_the_year_of_its_deadline_else_in_the_last_of_the_plan():
    last = str(book_of(ROOT / "indicators").plan.last_year)
    for entry in REAL:
        year = (entry.target.deadline or last)[:4]
        assert entry.target.id in ids("", REAL, due=[year])
        assert entry.target.id not in ids("", REAL, due=[one for one in known(REAL, "due") if one != year])


@EACH
def test_each_value_of_a_facet_stands_once_in_an_order_that_people_know(every):
    for facet in FACETS:
        values = known(every, facet)
        assert sorted(values) == sorted({value for entry in every for value in entry.values[FACETS.index(facet)]})
    for facet, order in (("status", list(STATUSES)), ("weak", list(WEAK))):
        assert known(every, facet) == [value for value in order if value in known(every, facet)]
    assert known(every, "due") == sorted(known(every, "due"))
    assert known(every, "sector") == list(dict.fromkeys(entry.sector for entry in every))


def test_facets_and_words_are_combined():
    assert ids(sector=["fish-ponds"], kind=["level"]) == [POND, NITROGEN]
    assert ids("water", sector=["fish-ponds"], kind=["level"], firmness=["strive"]) == [NITROGEN]
    assert ids(sector=["schools"], kind=["level"]) == []
    assert ids("pond area", sector=["schools"]) == []


def test_a_target_of_several_places_is_found_by_each():
    assert "copper-bases-2030" in ids("", REAL, place=["taiyuan"])
    assert "copper-bases-2030" in ids("", REAL, place=["yuncheng"])
    assert ids("", REAL, place=["taiyuan", "yuncheng"]).count("copper-bases-2030") == 1


def test_values_agree_with_the_table_that_people_script_against():
    for place, every in ((ROOT / "tests" / "base", TOY), (ROOT / "indicators", REAL)):
        for entry, row in zip(every, rows(TABLES["table"](book_of(place))), strict=True):
            values = dict(zip(FACETS, entry.values, strict=True))
            plain = {name: row[name] for name in ("sector", "kind", "firmness", "status")}
            assert {name: values[name] for name in plain} == {name: (value,) for name, value in plain.items()}
            assert values["grade"] == (row["baseline_grade"] or NO_GRADE,)
            assert ";".join(values["place"]) == row["scope"]


def test_counts_say_what_each_value_would_give_with_the_other_choices_kept():
    assert counts(TOY, "", {}, "sector") == {"fish-ponds": 3, "schools": 2}
    assert counts(TOY, "", {}, "kind") == {"level": 2, "cumulative": 1, "increment": 1, "milestone": 1}
    # A choice in the facet itself does not count against its other values; one elsewhere does.
    assert counts(TOY, "", {"sector": ["schools"]}, "sector") == {"fish-ponds": 3, "schools": 2}
    assert counts(TOY, "", {"kind": ["level"]}, "sector") == {"fish-ponds": 2, "schools": 0}
    assert counts(TOY, "nitrogen", {"kind": ["level"]}, "sector") == {"fish-ponds": 1, "schools": 0}
    assert counts(TOY, "nowhere", {}, "firmness") == {"committed": 0, "strive": 0}


@pytest.mark.sweep
@EACH
@given(data=st.data())
def test_each_count_is_the_number_found_when_that_value_is_chosen(every, data):
    values = {facet: list(counts(every, "", {}, facet)) for facet in FACETS}
    chosen = {facet: data.draw(st.lists(st.sampled_from(values[facet]), max_size=2, unique=True)) for facet in FACETS}
    query = data.draw(st.sampled_from(["", "water", "水", "2030", "school 3"]))
    for facet in FACETS:
        given_counts = counts(every, query, chosen, facet)
        assert list(given_counts) == values[facet]
        for value, count in given_counts.items():
            assert count == len(matching(every, query, {**chosen, facet: [value]}))


def test_what_leaving_out_one_choice_would_give():
    assert relaxed(TOY, "", {"sector": ["schools"], "kind": ["level"]}) == {"sector": 2, "kind": 2}
    assert relaxed(TOY, "pond area", {"sector": ["schools"]}) == {"sector": 1, "query": 2}
    assert relaxed(TOY, "nowhere", {}) == {"query": 5}
    # Two choices that only together stand in the way are not offered one by one.
    assert relaxed(TOY, "nowhere", {"sector": ["schools"], "kind": ["level"]}) == {}
    assert relaxed(TOY, "", {"sector": ["schools"], "kind": ["level"], "place": ["north-bank"]}) == {}


def test_nothing_is_offered_where_nothing_was_chosen():
    assert relaxed(TOY, "", {}) == relaxed(TOY, "  ", {"sector": []}) == {}
