"""A published figure agrees with its own phrase, or says why that cannot be read."""

from argparse import Namespace
from collections import Counter
from decimal import Decimal
from typing import Any

import pytest
from conftest import real_book
from hypothesis import assume, given
from hypothesis import strategies as st

from loaders.add import _phrase
from loaders.agreement import slips
from loaders.book import Book
from loaders.models import Figure

LOADED = real_book()
assert LOADED
BOOK: Book = LOADED
ROWS = [(dimension.id, row) for dimension in BOOK.units.units.dimensions for row in dimension.units]
SPELLINGS = [(dimension, row, spelling) for dimension, row in ROWS for spelling in (row.symbol, *row.aliases)]
# How a figure stands in a sentence; a space before a unit is as good as none, but where both are digits.
SENTENCES = (
    "{} {}",
    "全县达到{} {}。",
    "2031年的{}  {}，同比增长",
    "output of {} {} in 2031",
    "it was {} {}, they say",
)
VALUES = st.one_of(
    st.integers(1, 10**6).map(Decimal), st.decimals("0.01", "9999.99", places=2, allow_nan=False, allow_infinity=False)
)
# Nobody may silence more without saying so here.
MOST_UNREAD = {"words": 20, "notation": 3, "unit": 8}


def codes(dimension: str, value: Any, unit: str, printed: str, **more: Any) -> list[str]:
    ends = value if isinstance(value, tuple) else (value,)
    figure = Figure(value=tuple(map(Decimal, ends)), unit=unit, printed=printed, source="s", **more)
    return [slip.code for slip in slips(BOOK.units, BOOK.plan, dimension, figure)]


@given(st.sampled_from(SPELLINGS), VALUES, st.sampled_from(SENTENCES), st.booleans())
def test_a_figure_printed_with_its_value_is_read_back(spelled, value, sentence, separated):
    dimension, row, spelling = spelled
    printed = sentence.format(f"{value:,}" if separated else value, spelling).strip()
    assert codes(dimension, value, row.symbol, printed) == []


@given(st.sampled_from(SPELLINGS), VALUES, VALUES, st.sampled_from(SENTENCES))
def test_another_number_is_caught(spelled, value, other, sentence):
    dimension, row, spelling = spelled
    assume(other not in (value, 1, 2031))  # what the unit 1 and the sentences themselves hold
    assert codes(dimension, other, row.symbol, sentence.format(value, spelling).strip()) == ["printed-value"]


@given(st.sampled_from(SPELLINGS), st.data(), VALUES, st.sampled_from(SENTENCES))
def test_another_unit_is_caught(spelled, data, value, sentence):
    dimension, row, spelling = spelled
    others = [other for owner, other in ROWS if owner == dimension and other != row]
    assume(others)
    unit = data.draw(st.sampled_from(others)).symbol
    assert codes(dimension, value, unit, sentence.format(value, spelling)) == ["printed-value"]


@given(st.sampled_from(SPELLINGS), VALUES, VALUES, st.sampled_from(["{0}—{1}{2}", "{0}{2}至{1}{2}", "{0} to {1} {2}"]))
def test_a_range_is_read_with_both_ends_and_neither_end_alone(spelled, one, other, pattern):
    dimension, row, spelling = spelled
    assume(one != other and not spelling[:1].isdigit())
    low, high = sorted((one, other))
    assume(1 not in (low, high))
    printed = pattern.format(low, high, spelling).strip()
    assert codes(dimension, (low, high), row.symbol, printed, comparator="range") == []
    assert (
        codes(dimension, low, row.symbol, printed) == codes(dimension, high, row.symbol, printed) == ["printed-value"]
    )


@given(st.sampled_from(SPELLINGS), VALUES)
def test_the_phrase_that_add_makes_passes(spelled, value):
    dimension, row, spelling = spelled
    unit = spelling or row.symbol
    printed = _phrase(Namespace(value=[value], unit=unit), BOOK)
    assert codes(dimension, value, unit, printed) == []


@pytest.mark.parametrize(
    ("dimension", "value", "unit", "printed"),
    [
        ("gas-volume", "1.13", "billion cubic meters", "1.13 billion cubic meters"),
        ("gas-volume", ("20", "25"), "billion cubic meters", "20 billion to 25 billion cubic meters"),
        ("gas-volume", ("20", "25"), "billion cubic meters", "between 20 and 25 billion cubic meters"),
        ("gas-volume", "25", "billion cubic meters", "from 20 to 25 billion cubic meters"),
        ("gas-volume", "113", "亿立方米", "113亿m³"),
        ("money", "120.89", "亿元", "集群產值120.89億元"),
        ("farmland", "45", "万亩", "新發展設施農業45萬畝"),
        ("percent", "6.5", "%", "３．５％、６．５％"),
        ("percent", "5", "%", "由3%提高到5%"),
        ("percent", "12", "%", "in 2031 12 percent"),
        ("percent", "1", "%", "in 2031 1 percent"),
        ("percent", "-2.3", "%", "fell by 2.3 percent"),
        ("permille", "3.5", "‰", "分别下降到3.5‰、12/10万以下"),
        ("coefficient", "0.6", "1", "系数提高到0.6"),
    ],
)
def test_what_agrees(dimension, value, unit, printed):
    comparator = "range" if isinstance(value, tuple) else "eq"
    said = codes(dimension, value, unit, printed, comparator=comparator)
    assert [code for code in said if code != "printed-comparator"] == []


@pytest.mark.parametrize(
    ("dimension", "value", "unit", "printed"),
    [
        ("power", "75.7", "GW", "75.7GWh"),
        ("percent", "5", "%", "crecimiento del 4,5 %"),
        ("percent", "0", "%", "5・0%"),
        ("percent", "5", "%", "5 percentage points"),
        ("percentage-points", "5", "个百分点", "5%"),
        ("count:county", "5", "个", "提高5個百分點"),
        ("count:county", "5", "个", "5万个"),
        ("coefficient", "60", "1", "60%"),
        ("coefficient", "60", "1", "60 million"),
        ("gas-volume", "25", "billion cubic meters", "20 billion to 25 billion cubic meters"),
        ("gas-volume", "1.13", "billion cubic meters", "11.13 billion cubic meters"),
        ("money", "3000", "亿元", "3千亿元"),
        ("power", "35", "亿千瓦", "发电量35亿千瓦时"),
        ("power", "5", "GW", "5 GW·h"),
        ("power", "5", "GW", "5 GW hours"),
        ("gas-volume", "5", "亿立方米", "日产量5亿m³/日"),
        ("percent", "5", "%", "0点5%"),
        ("gas-volume", "50", "亿立方米", "10×50亿立方米"),
        ("gas-volume", "5", "亿立方米", "十5亿立方米"),
        ("coefficient", "61", "1", "第61号文件"),
    ],
)
def test_what_does_not_agree(dimension, value, unit, printed):
    assert codes(dimension, value, unit, printed) == ["printed-value"]


@pytest.mark.parametrize(
    ("printed", "comparators"),
    [
        ("超过5%", {"gt"}),
        ("不超过5%", {"le"}),
        ("5%以上", {"ge"}),
        ("more than 5 percent", {"gt"}),
        ("no less than 5 percent", {"ge"}),
        ("Less than 5 percent", {"lt"}),
        ("full coverage 5 percent", {"ge", "gt", "eq", "about", "lt", "le"}),
        ("超过全国平均水平，达到5%", {"ge", "gt", "eq", "about", "lt", "le"}),
    ],
)
def test_only_a_word_beside_the_figure_binds_its_comparator(printed, comparators):
    said = {
        name: codes("percent", "5", "%", printed, comparator=name) for name in ("ge", "gt", "eq", "about", "lt", "le")
    }
    assert said == {name: [] if name in comparators else ["printed-comparator"] for name in said}


def test_a_unit_changed_by_hand_no_longer_passes(folder, run_cli):
    """Ten thousand times the printed area would otherwise meet its target."""
    data = folder(edits={"fish-ponds.yaml": ("value: 9800\n        unit: 亩", "value: 9800\n        unit: 万亩")})
    done = run_cli("check", data)
    assert done.returncode == 1
    assert "fish-ponds.yaml:23:9 printed-value" in done.stderr
    assert "(expected 9800 万亩, found 9800 亩 in '全县养殖水面9800亩')" in done.stderr
    assert run_cli("table", data, module="progress").returncode == 1


def test_few_figures_of_the_real_data_cannot_be_read():
    held = [indicator for sector in BOOK.sectors for indicator in sector.indicators]
    figures = [figure for one in held for figure in (*one.observations, *one.rivals)]
    unread = Counter(figure.unread for figure in figures if figure.unread)
    assert len(figures) > 250
    assert unread <= Counter(MOST_UNREAD)


def test_an_amount_a_year_is_that_amount():
    assert codes("gas-volume", "4", "亿立方米", "4亿立方米/年") == []
