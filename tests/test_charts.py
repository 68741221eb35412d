"""What the range chart is given and draws, without a browser."""

import json
from fractions import Fraction

import pytest
from conftest import real_book
from hypothesis import given
from hypothesis import strategies as st

from charts import style
from charts.range import RangeChart, Row
from charts.rows import range_chart, table
from charts.sheet import SHAPES, Head
from progress.start import starts


@pytest.fixture(scope="module")
def book():
    return real_book()


def row(name="Output", share=50.0, **changes) -> Row:
    state = "missing" if share is None else "same"
    plain = {"id": "a", "indicator": "i", "name": name, "target": "target: 10", "baseline": "5 (2031)", "share": share}
    return Row(**{**plain, "state": state, "unverified": False, "has_baseline": True, "why": "", **changes})


def chart(*rows: Row, beside=()) -> RangeChart:
    notes = tuple(f"Not on this axis: {one.name}" for one in beside)
    around = ("Title", "Subtitle", notes, ("Brief",), "Sources", "Data: today", "2031-01-01", "file", "en")
    return RangeChart(Head("start.sector", "", (), *around), "Chapters", (), rows, tuple(beside))


def screen(chart):
    return chart.screen


def printed(chart):
    return chart.printed(SHAPES["wide"])


EVERY_SHAPE = pytest.mark.parametrize("shape", SHAPES.values(), ids=list(SHAPES))


def marks(figure, look):
    symbol = style.MARKS[look].symbol
    return [trace for trace in figure.data if trace.mode == "markers" and trace.marker.symbol == symbol]


def words(figure) -> str:
    return "\n".join(annotation.text for annotation in figure.layout.annotations)


def test_a_start_is_the_exact_share_of_the_goal(book):
    energy = {start.target.id: start for sector in book.sectors for start in starts(book, sector)}
    assert energy["unconventional-gas-output-2030"].share == Fraction("166.9") / 300
    assert energy["pumped-storage-capacity-2030"].state == "missing"
    assert energy["pumped-storage-capacity-2030"].share is None
    assert energy["renewable-capacity-added-2026-2030"].state == "not_applicable"


def test_a_doubted_figure_is_charted_as_it_is_read_and_shown_as_it_is_printed(book):
    health = next(sector for sector in book.sectors if sector.id == "health-care")
    drawn = {item.id: item for item in range_chart(book, health, "en").drawn}
    assert drawn["infant-mortality-2030"].target == (
        "target: at most 5.0 per 1,000 live births (printed as 5.0%) (2030)"
    )


def test_a_yearly_target_says_so(book):
    rows = {row.id: row for sector in book.sectors for row in range_chart(book, sector, "zh").drawn}
    assert rows["energy-technology-transfer-2026-2030"].target == "力争每年100项以上（2026—2030年）"
    assert rows["groundwater-abstraction-2026-2030"].target == "目标年均不超过27亿立方米（2026—2030年）"


def test_only_a_printed_date_is_shown_as_one(book):
    rows = {row.id: row for sector in book.sectors for row in range_chart(book, sector, "en").drawn}
    assert rows["mechanization-2030"].target == "target: 82% (no date given)"
    assert rows["electrification-2030"].target == "target: 30% (2030)"


def test_a_baseline_lies_at_its_share_and_the_target_at_100():
    figure = screen(chart(row(share=55.5)))
    assert [trace.x for trace in marks(figure, "baseline")] == [(55.5,)]
    assert [trace.x for trace in marks(figure, "target")] == [(100,)]


def test_a_missing_baseline_is_a_hollow_mark_with_words_and_no_line():
    figure = screen(chart(row(share=None)))
    assert [x < 0 for trace in marks(figure, "missing") for x in trace.x] == [True]  # off the scale: it is not zero
    assert marks(figure, "baseline") == []
    assert [trace for trace in figure.data if trace.mode == "lines"] == []
    assert "no comparable baseline" in words(figure)


def test_an_unverified_baseline_is_hollow_and_a_partial_one_has_a_dotted_line():
    figure = screen(chart(row(unverified=True, state="partial")))
    assert len(marks(figure, "unverified")) == 1
    assert [trace.line.dash for trace in figure.data if trace.mode == "lines"] == ["dot"]


@pytest.mark.parametrize("build", [screen, printed])
def test_what_must_fall_stays_inside_the_axis(build):
    low, high = build(chart(row(share=240.0))).layout.xaxis.range
    assert low < 0
    assert high > 240


@pytest.mark.parametrize("build", [screen, printed])
@pytest.mark.parametrize("evil", ["<script>alert(1)</script>", "a & b <b>bold", '<a href="http://x.example">x</a>'])
def test_text_from_the_data_stays_text(build, evil):
    shown = words(build(chart(row(name=evil), beside=[row(name=evil)])))
    assert "<script" not in shown
    assert "<a " not in shown
    assert "<b>bold" not in shown


@EVERY_SHAPE
@pytest.mark.parametrize("count", [0, 1, 3, 8])
def test_a_sheet_has_the_size_of_its_shape_and_says_what_it_is(shape, count):
    figure = chart(*[row(f"Indicator {n}") for n in range(count)], beside=[row("Beside")]).printed(
        shape, "x.example/?a"
    )
    assert (figure.layout.width, figure.layout.height) == (shape.width, shape.height)
    assert figure.layout.paper_bgcolor == "#ffffff"
    for wanted in ("Title", "Subtitle", "Sources", "Not on this axis: Beside", "Data: today x.example/?a"):
        assert wanted in words(figure)


@EVERY_SHAPE
def test_a_sheet_grows_rather_than_squeeze_its_rows(shape):
    figure = chart(*[row(f"Indicator {n}") for n in range(30)]).printed(shape)
    assert (figure.layout.width, figure.layout.paper_bgcolor) == (shape.width, "#ffffff")
    assert figure.layout.height > shape.height


def test_where_there_is_no_room_for_all_notes_a_sheet_says_how_many_it_leaves_out():
    many = [row(f"A target of a rather long name, the {n}th of them") for n in range(60)]
    assert "Brief" not in words(printed(chart(row(), beside=many[:1])))
    figure = printed(chart(row(), beside=many))
    assert "Brief" in words(figure) and "rather long" not in words(figure)
    assert figure.layout.height == SHAPES["wide"].height


@pytest.mark.sweep
@pytest.mark.parametrize("language", ["zh", "en", "zh-international", "en-chinese"])
def test_each_sector_has_sheets_of_the_sizes_of_their_shapes(book, language):
    for sector in book.sectors:
        for shape in SHAPES.values():
            layout = json.loads(range_chart(book, sector, language).printed(shape, "x.example/?id=a").to_json())[
                "layout"
            ]
            assert (layout["width"], layout["height"]) == (shape.width, shape.height)


def test_the_sentence_names_every_row():
    text = chart(row("First"), row("Second", share=None, baseline="no comparable baseline")).sentence
    assert "First: 5 (2031) → target: 10" in text
    assert "Second: no comparable baseline → target: 10" in text


def test_the_table_holds_each_target_once(book):
    rows = table(book, "en")
    assert list(rows) == [target.id for sector in book.sectors for _, target in sector.targets]
    first = rows["maternal-mortality-2030"]
    assert first["Value"] == "at most 12 per 100,000 live births"
    assert first["Where in the plan"] == "Section 48"
    assert first["Baseline"] == ""
    assert rows["heritage-safety-standard-2028"]["By"] == "31 Dec 2028"


@given(st.text("能源abc d，。（）()e", max_size=80), st.integers(8, 40))
def test_lines_keep_every_sign_and_their_width(text, columns):
    broken = style.lines(text, columns)
    assert "".join("".join(broken).split()) == "".join(text.split())
    # Punctuation may hang over by one sign rather than open a line.
    assert all(style.width(line) <= columns + 2 for line in broken)


def test_a_short_bracket_is_never_torn():
    assert style.lines("166.9亿立方米（2024年）→力争300亿立方米（2030年）", 41) == [
        "166.9亿立方米（2024年）→力争300亿立方米",
        "（2030年）",
    ]
