"""The chart of one indicator over the years: printed figures only, in one unit, nothing between them; what is
comparable, and what stands beside it in grey."""

import json

import pytest
from conftest import BASE, real_book

from charts import link, style
from charts.labels import Frame
from charts.marks import years
from charts.sheet import SHAPES
from charts.years import OTHER
from evidence.baseline import choose
from loaders.book import load

LANGUAGES = ("zh", "en", "zh-international", "en-chinese")


@pytest.fixture(scope="module")
def book():
    return real_book()


def indicators(book):
    return {item.id: item for sector in book.sectors for item in sector.indicators}


def chart(book, name, language="en"):
    return years(book, indicators(book)[name], language)


def of(found, sort):
    return [mark for mark in found.marks if mark.sort == sort]


@pytest.mark.sweep
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_indicator_has_a_chart_or_none_and_a_sentence(book, language):
    drawn = 0
    for item in indicators(book).values():
        found = years(book, item, language)
        if found:
            drawn += 1
            assert of(found, "target")
            assert found.sentence.startswith(found.head.title)
            for figure in (found.screen, *(found.printed(shape, "x.example/?id=a") for shape in SHAPES.values())):
                assert [len(trace.x) for trace in figure.data] == [sum(len(mark.ends) for mark in found.marks)]
    assert drawn


def test_marks_are_printed_figures_in_one_unit(book):
    found = chart(book, "unconventional-gas-output")
    assert found.unit == "billion m³"
    assert found.table[-1] == {
        "Item": "The plan's target",
        "Value": "aim: 30 billion m³ (2030)",
        "Source": "Shanxi's 15th Five-Year Plan, Section 6",
    }
    assert [mark.ends for mark in of(found, "baseline")] == [(16.69,)]
    assert [mark.ends for mark in of(found, "target")] == [(30.0,)]
    local = chart(book, "unconventional-gas-output", "zh")
    assert local.unit == "亿立方米"
    assert [mark.ends for mark in of(local, "baseline")] == [(166.9,)]


def test_what_is_not_comparable_is_a_grey_square_with_its_word(book):
    found = chart(book, "unconventional-gas-output")
    grey = {mark.ends: mark for mark in of(found, "context")}
    assert grey[(13.43,)].word == "coal-bed methane" and grey[(6.82,)].word == "half a year"
    assert grey[(13.43,)].cells[0] == "Published figure (not comparable: coal-bed methane)"
    assert {mark.look.colour for mark in grey.values()} == {style.OTHER}
    assert not any(mark.word for mark in found.marks if mark.sort in ("point", "baseline", "target"))
    assert "13.43 billion m³ (2024)" in found.sentence and "coal-bed methane" in found.sentence


def test_what_would_crush_the_rest_is_listed_beside_the_chart(book):
    found = chart(book, "unconventional-gas-output")
    assert max(end for mark in found.marks for end in mark.ends) == 30
    assert any("off the scale" in note and "74.9 billion m³" in note for note in found.head.notes)
    assert any("off the scale" in note for note in found.head.brief)  # in a count, where there is no room for all


def test_a_stock_is_never_drawn_beside_an_addition_but_counted(book):
    found = chart(book, "renewable-capacity")
    assert max(end for mark in found.marks for end in mark.ends) == 100
    assert "78.808" not in found.sentence
    assert any("a different type" in note for note in found.head.notes)


def test_a_year_stands_at_its_middle_and_a_stock_at_its_day(book):
    assert of(chart(book, "unconventional-gas-output"), "baseline")[0].at == 2024.5
    assert 2025.49 < of(chart(book, "new-type-storage-capacity"), "baseline")[0].at < 2025.51


def test_a_month_of_a_stock_stands_at_its_end(folder):
    toy = load(folder(edits={"fish-ponds.yaml": ("period: 2031-12-31", "period: 2031-11")})).book
    found = years(toy, toy.sectors[0].indicators[0], "zh")
    (baseline,) = of(found, "baseline")
    assert baseline.at == pytest.approx(2031 + 334 / 365)
    assert "2031年11月" in baseline.cells[1]
    assert found.path[0][0] == baseline.at


def test_a_month_of_a_flow_or_rate_is_grey_and_says_so(folder):
    observation = """    observations:
      - value: 3.4
        unit: 毫克/升
        period: 2031-11
        printed: 3.4毫克/升
        source: county-yearbook-2031
        pairs:
          - {target: tail-water-nitrogen-2034, comparability: same, reason: {zh: 同一口径。, en: The same measure.}}
"""
    text = (BASE / "fish-ponds.yaml").read_text("utf-8")
    toy = load(folder(files={"fish-ponds.yaml": text + observation})).book
    found = years(toy, toy.sectors[0].indicators[2], "en")
    assert [mark.word for mark in of(found, "context")] == ["part of a year"]
    assert of(found, "context")[0].at == pytest.approx(2031 + (304 + 334) / 2 / 365)  # the middle of November
    assert of(found, "baseline") == []


def test_a_lead_is_hollow_and_leaves_where_a_better_source_has_the_period(book):
    found = chart(book, "mechanization")
    assert of(found, "baseline")[0].unverified
    assert '"circle-open"' in found.screen.to_json()
    periods = [
        mark.at for mark in chart(book, "unconventional-gas-output").marks if mark.unverified and mark.sort == "point"
    ]
    assert 2020.5 not in periods  # an A or B source prints 2020


def test_a_weak_baseline_says_so_beside_its_mark(book):
    found = chart(book, "provincial-laboratories").screen
    words = " ".join(note.text for note in found.layout.annotations).replace("<br>", " ")
    assert "5 laboratories (31 Dec 2022, partly comparable, unverified)" in words


def test_without_a_baseline_words_say_so_and_no_mark(book):
    found = chart(book, "pumped-storage-capacity")
    assert {mark.sort for mark in found.marks} == {"context", "rival other", "target"}
    assert "No comparable baseline." in found.sentence
    assert "baseline" not in chart(book, "groundwater-abstraction").sentence  # asked of each year: no start is missing


def test_an_addition_counts_from_zero_at_the_plans_start_to_the_target(book):
    found = chart(book, "renewable-capacity")
    assert [(mark.at, mark.ends) for mark in of(found, "zero")] == [(2026.0, (0.0,))]
    assert found.path == ((2026.0, 0.0), (2031.0, 100.0)) and found.tick == 1.0
    assert {mark.word for mark in of(found, "context")} == {"one year only", "one year, wind + solar"}
    assert all(mark.at == 2025.5 for mark in of(found, "context"))
    assert any("counted from the end of 2025 as in" in note for note in found.head.notes)


def test_where_nobody_says_from_when_an_addition_counts_no_path_does(book):
    found = indicators(book)["renewable-capacity"]
    drawn = years(book, found.model_copy(update={"rivals": ()}), "en")
    assert drawn.path == () and of(drawn, "zero")
    assert any("No document gives a starting date" in note for note in drawn.head.notes)


def test_one_years_addition_is_no_part_of_a_sum_that_it_could_be_taken_for(book):
    """A comparable figure for the plan's second year alone would lie far below the path of the sum."""
    found = indicators(book)["upgraded-villages"]
    seen, pair = found.observations[0], found.observations[0].pairs[0]
    same = pair.model_copy(update={"comparability": "same", "word": None, "differs": ()})
    alone, total = (seen.model_copy(update={"period": when, "pairs": (same,)}) for when in ("2027", "2026/2027"))
    drawn = years(book, found.model_copy(update={"observations": (alone, total), "rivals": ()}), "en")
    assert [(mark.at, mark.word) for mark in of(drawn, "context")] == [(2027.5, "one year only")]
    assert [mark.at for mark in of(drawn, "point")] == [2028.0]


def test_a_share_is_drawn_beside_all_or_none_where_one_was_published(book):
    assert [mark.ends for mark in of(chart(book, "waste-incineration"), "context")] == [(55.0,), (96.0,)]
    for name in ("black-odorous-water", "tidy-villages", "carbon-peak", "copper-bases"):
        assert chart(book, name) is None


def test_what_has_no_period_stands_at_the_date_of_its_source_and_says_so(book):
    (undated,) = of(chart(book, "pumped-storage-capacity"), "context")
    assert undated.word == "one station, no year printed"
    assert undated.at == pytest.approx(2024 + 282 / 366)
    assert [mark.word for mark in of(chart(book, "higher-education-enrolment"), "context")] == ["no year printed"]


def test_what_has_no_date_at_all_is_listed_and_never_drawn(book):
    found = indicators(book)["higher-education-enrolment"]
    nobody = next(source.id for source in book.sources.sources if source.date is None)
    seen = found.observations[0].model_copy(update={"source": nobody})
    drawn = years(book, found.model_copy(update={"observations": (seen,)}), "en")
    assert of(drawn, "context") == []
    assert any("neither the period nor the date" in note and "58.4%" in note for note in drawn.head.notes)


def test_the_same_figure_from_several_sources_is_one_mark_that_names_them_all(book):
    found = chart(book, "coking-output-value")
    (twice,) = [mark for mark in of(found, "context") if mark.word == "no year printed"]
    assert "Shanxi Daily" in twice.cells[2] and "China Chemical" in twice.cells[2]
    gas = {mark.ends: mark for mark in of(chart(book, "unconventional-gas-output"), "point")}
    assert not gas[(14.59,)].unverified  # a copy and a better source print it
    assert "unverified" not in gas[(14.59,)].cells[1]


def test_a_copy_stays_where_the_better_source_says_something_else(book):
    """The whole basin of an A or B source is no other print of the province's own figure."""
    soil = chart(book, "soil-conservation-rate")
    seen = {mark.word: mark.unverified for mark in of(soil, "context") if mark.at == 2021.5}
    assert seen == {"whole province": True, "whole river basin": False}


def test_a_reader_hides_what_is_not_comparable_and_everything_follows(book):
    whole, some = (years(book, indicators(book)["unconventional-gas-output"], "en", context=on) for on in (True, False))
    assert whole.has_context and not some.has_context
    assert [mark for mark in whole.marks if mark.sort not in OTHER] == list(some.marks)
    assert "coal-bed methane (" not in str(some.table) and not {"context", "rival other"} & set(some.legend)
    assert any("8 figures hidden" in note for note in some.head.notes)
    for address in (link.view("https://x.example", some.head, {}), link.alone("https://x.example", some.head, {})):
        assert "context=off" in address
    assert "context" not in link.alone("https://x.example", whole.head, {})


# What draws nothing but its target, with the reason.
NOTHING = "no figure and no goal was found"
FAR = "all that was found is off the scale, and listed"
ALONE = {
    **dict.fromkeys(("private-chain-enterprises", "private-town-enterprises", "wind-solar-bases"), NOTHING),
    **dict.fromkeys(("energy-sci-tech-achievements", "energy-technology-transfer"), NOTHING),
    **dict.fromkeys(("leading-research-teams", "backbone-research-teams", "young-research-teams"), NOTHING),
    **dict.fromkeys(("support-institutions-built", "exhibition-brands"), NOTHING),
    **dict.fromkeys(("development-zone-investment-lead", "integrated-care-counties"), FAR),
    "integrated-care-institutions": FAR,
}


def test_no_chart_is_empty_where_the_data_holds_what_could_be_drawn(book):
    alone = {}
    for name, item in indicators(book).items():
        found = years(book, item, "en")
        if found and {mark.sort for mark in found.marks} <= {"target", "zero"}:
            listed = any("off the scale" in note for note in found.head.notes)
            alone[name] = FAR if listed else NOTHING
            assert bool(item.observations or item.rivals) == listed
    assert alone == ALONE


def test_what_an_addition_takes_from_others_changes_no_chart_of_a_level(book):
    """Two targets of one indicator: whatever a filter leaves, its chart is about the level."""
    item = indicators(book)["non-coal-mines"]
    assert years(book, item, "en", {"non-coal-mines-reduction-2030"}) is None
    assert years(book, item, "en", {"non-coal-mines-2030"}) == years(book, item, "en")


@pytest.mark.sweep
@pytest.mark.parametrize("language", ["zh", "en"])
def test_target_and_baseline_are_labelled_on_opposite_sides(book, language):
    for item in indicators(book).values():
        found = years(book, item, language)
        if found and of(found, "baseline"):
            labels = json.loads(found.screen.to_json())["layout"]["annotations"]
            named = [label["yanchor"] for label in labels if label["text"].startswith("<b>")]
            assert sorted(named) == ["bottom", "top"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_mark_lies_on_another(book, language):
    """Not even where a goal set elsewhere is the target's own value on its own day."""
    for name in (
        "provincial-laboratories",
        "urban-unemployment",
        "unconventional-gas-output",
        "high-standard-farmland",
    ):
        found = chart(book, name, language)
        for figure in (found.screen, found.printed(SHAPES["square"])):
            (trace,) = figure.data
            turned = [angle > 0 for angle in trace.marker.angle]
            at = list(zip(trace.x, trace.y, turned, trace.marker.standoff, strict=True))
            assert len(set(at)) == len(at)


def test_touching_one_of_the_marks_at_a_place_names_them_all(book):
    found = chart(book, "provincial-laboratories").screen
    (trace,) = found.data
    one, other = [words for words, value in zip(trace.hovertext, trace.y, strict=True) if value == 20]
    assert one == other and "The plan's target" in one and "Target set elsewhere" in one


def axis(book, name):
    return chart(book, name).screen.layout.yaxis.range


def test_an_axis_begins_at_zero_unless_a_way_would_be_too_short_to_see(book):
    assert axis(book, "unconventional-gas-output")[0] <= 0
    assert axis(book, "neonatal-mortality")[0] <= 0  # goals alone are no way
    assert axis(book, "steel-revenue")[0] <= 0  # a grey square on the ground would look like a start
    assert axis(book, "soil-conservation-rate")[0] > 60  # what was published would lie on one line
    assert axis(book, "irrigation-coefficient")[0] > 0.4
    assert "The axis does not start at zero." in chart(book, "irrigation-coefficient").head.notes
    assert "The axis does not start at zero." not in chart(book, "unconventional-gas-output").head.notes


def test_a_rate_over_years_lies_over_them(book):
    growth = chart(book, "gdp-growth")
    assert [(mark.at, mark.over) for mark in of(growth, "baseline")] == [(2023.5, (2021, 2026))]
    assert [(mark.at, mark.over) for mark in of(growth, "target")] == [(2028.5, (2026, 2031))]
    assert (growth.first, growth.last) == (2016, 2030)


def test_the_legend_names_only_marks_that_are_there(book):
    assert set(chart(book, "private-town-enterprises").legend) == set()  # all that there is has its words beside it
    assert set(chart(book, "steel-revenue").legend) == {"context"}
    assert set(chart(book, "wind-solar-bases").legend) == {"zero", "path"}
    gas = set(chart(book, "unconventional-gas-output").legend)
    assert gas == {"point", "context", "path", "rival", "rival other", "partial", "unverified", "kept", "missed"}


def test_a_baseline_stays_even_where_only_a_copy_of_it_was_seen(book):
    """The better source of the same year is only partly comparable and so no baseline."""
    found = indicators(book)["unconventional-gas-output"]
    start = choose(book, found, found.targets[0]).figure
    copies = [source.id for source in book.sources.sources if source.grade == "C"]
    lead = start.model_copy(update={"source": copies[0]})
    pair = start.pairs[0].model_copy(update={"comparability": "partial"})
    near = start.model_copy(update={"pairs": (pair,)})
    drawn = years(book, found.model_copy(update={"observations": (lead, near), "rivals": ()}), "en")
    assert [mark.unverified for mark in of(drawn, "baseline")] == [True]
    assert len(of(drawn, "point")) == 1


def test_no_words_stand_nearer_to_another_mark_than_to_their_own():
    """Where two figures lie close, a reader would take the one's words for the other's."""
    book = real_book()
    drawn = [years(book, item, "en", context=True) for sector in book.sectors for item in sector.indicators]
    told = 0
    for chart in filter(None, drawn):
        frame = Frame(13, 300, 700, *chart.span, chart.first - 0.2, chart.last + 1.2)
        asides = chart._asides(frame)
        boxes = [
            (mark.at, [frame.around(mark.at, end, mark.half(13), aside) for end in mark.ends])
            for mark, aside in zip(chart.marks, asides, strict=True)
        ]
        notes, taken = [], []
        list(chart._label(notes, frame, taken, asides, sheet=False))
        for note, box in zip(notes, taken[-len(notes) :] if notes else [], strict=True):
            near = [(min(map(box.apart, found)), at) for at, found in boxes]
            assert [at for far, at in near if far == min(near)[0]] == [note["x"]], (chart.head.id, note["text"])
            told += 1
    assert told > 100
