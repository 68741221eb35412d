"""The chart of one indicator over the years: printed figures only, in one unit, nothing between them."""

import json

import pytest
from conftest import BASE, real_book

from charts.marks import years
from charts.sheet import SHAPES
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
                assert len(figure.data) == len(found.marks)
    assert drawn


def test_marks_are_printed_figures_in_one_unit(book):
    found = chart(book, "unconventional-gas-output")
    assert found.unit == "billion m³"
    assert found.table[-1] == {
        "What": "The plan's target",
        "Value": "aim: 30 billion m³ (2030)",
        "Source": "Shanxi's 15th Five-Year Plan, Section 6",
    }
    assert [mark.ends for mark in of(found, "baseline")] == [(16.69,)]
    assert [mark.ends for mark in of(found, "target")] == [(30.0,)]
    local = chart(book, "unconventional-gas-output", "zh")
    assert local.unit == "亿立方米"
    assert [mark.ends for mark in of(local, "baseline")] == [(166.9,)]


def test_what_is_not_comparable_is_counted_and_not_drawn(book):
    found = chart(book, "unconventional-gas-output")
    values = {end for mark in found.marks for end in mark.ends}
    assert 13.43 not in values  # coal-bed methane alone
    assert 6.82 not in values  # half a year
    assert any("Not comparable" in note for note in found.head.notes)


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


def test_a_month_of_a_flow_or_rate_is_not_drawn_and_counted_beside_the_chart(folder):
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
    assert {mark.sort for mark in found.marks} == {"missing", "target"}
    assert any("Also not drawn: 1" in note for note in found.head.notes)


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


def test_without_a_baseline_the_chart_says_so(book):
    found = chart(book, "pumped-storage-capacity")
    assert of(found, "baseline") == []
    assert [(mark.at, mark.ends) for mark in of(found, "missing")] == [
        (2026.0, ())
    ]  # a stock stands at the end of its year
    assert '"square-open"' in found.screen.to_json()
    assert "no comparable baseline" in found.sentence
    assert found.table[0] == {"What": "Baseline", "Value": "no comparable baseline", "Source": ""}


def test_additions_and_milestones_have_no_chart(book):
    assert chart(book, "renewable-capacity") is None
    assert chart(book, "carbon-peak") is None


@pytest.mark.sweep
@pytest.mark.parametrize("language", ["zh", "en"])
def test_target_and_baseline_are_labelled_on_opposite_sides(book, language):
    for item in indicators(book).values():
        found = years(book, item, language)
        if found:
            labels = json.loads(found.screen.to_json())["layout"]["annotations"]
            assert {label["yanchor"] for label in labels} == {"top", "bottom"}


def axis(book, name):
    return chart(book, name).screen.layout.yaxis.range


def test_an_axis_begins_at_zero_unless_a_way_would_be_too_short_to_see(book):
    assert axis(book, "unconventional-gas-output")[0] <= 0
    assert axis(book, "neonatal-mortality")[0] <= 0  # there is no baseline, so no way
    assert axis(book, "irrigation-coefficient")[0] > 0.4
    assert "The axis does not begin at zero." in chart(book, "irrigation-coefficient").head.notes
    assert "The axis does not begin at zero." not in chart(book, "unconventional-gas-output").head.notes


def test_a_rate_over_years_lies_over_them(book):
    growth = chart(book, "gdp-growth")
    assert [(mark.at, mark.over) for mark in of(growth, "baseline")] == [(2023.5, (2021, 2026))]
    assert [(mark.at, mark.over) for mark in of(growth, "target")] == [(2028.5, (2026, 2031))]
    assert (growth.first, growth.last) == (2016, 2030)


def test_the_legend_names_only_marks_that_are_there(book):
    assert set(chart(book, "pumped-storage-capacity").legend) == set()  # all that there is has its words beside it
    gas = set(chart(book, "unconventional-gas-output").legend)
    assert gas == {"point", "unverified", "path", "rival", "rival unverified", "pale"}


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
