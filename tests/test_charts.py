"""What the range chart is given and draws, without a browser."""

import itertools
import json

import pytest
from conftest import real_book
from hypothesis import given
from hypothesis import strategies as st

from charts import style
from charts.range import RangeChart
from charts.row import TRACK, Row, Spot
from charts.rows import range_chart, table
from charts.sheet import SHAPES, Head


@pytest.fixture(scope="module")
def book():
    return real_book()


def spot(look="baseline", *shares: float, text="5 (2031)", **changes) -> Spot:
    return Spot(look, shares, text, text, **changes)


def row(name="Output", share=50.0, partial=False, unverified=False, **changes) -> Row:
    """A row that starts at a share, or without a start where that is None."""
    start = None if share is None else spot("baseline", share, partial=partial, unverified=unverified)
    plain = {"id": "a", "indicator": "i", "name": name, "target": "target: 10", "status": "comparable", "start": start}
    return Row(**{**plain, **changes})


def chart(*rows: Row, beside=()) -> RangeChart:
    notes = tuple(f"Not on this axis: {one.name}" for one in beside)
    around = ("Title", "Subtitle", notes, ("Brief",), "Sources", "Data: today", "2031-01-01", "file", "en")
    return RangeChart(Head("start.sector", "", (), *around), "Chapters", (), rows, tuple(beside))


def screen(chart):
    return chart.screen


def printed(chart):
    return chart.printed(SHAPES["wide"])


EVERY_SHAPE = pytest.mark.parametrize("shape", SHAPES.values(), ids=list(SHAPES))


def marks(figure, look, hollow=False):
    symbol = style.MARKS[look].symbol + ("-open" if hollow else "")
    return [trace for trace in figure.data if trace.mode == "markers" and trace.marker.symbol == symbol]


def ways(figure):
    return [trace for trace in figure.data if trace.mode == "lines"]


def words(figure) -> str:
    return "\n".join(annotation.text for annotation in figure.layout.annotations)


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


def test_without_a_start_there_is_no_line_and_words_say_why():
    figure = screen(chart(row(share=None, why="nothing known")))
    assert (marks(figure, "baseline"), ways(figure)) == ([], [])
    assert "nothing known" in words(figure)


def test_hollow_is_a_copy_and_half_filled_is_what_is_partly_comparable():
    firm, copy, partial = (
        screen(chart(row(**more))) for more in ({}, {"unverified": True}, {"partial": True, "unverified": False})
    )
    assert [len(marks(one, "baseline", hollow=True)) for one in (firm, copy, partial)] == [0, 1, 1]
    # Plotly has no half-filled symbol: a hollow one and what fills its half.
    fills = [[shape.line.width for shape in one.layout.shapes if shape.type == "path"] for one in (firm, copy, partial)]
    assert fills == [[], [], [0]]
    both = screen(chart(row(partial=True, unverified=True)))
    assert [shape.line.width for shape in both.layout.shapes] == [2]  # it stays hollow, parted by a line
    assert [[trace.line.dash for trace in ways(one)] for one in (firm, partial)] == [["solid"], ["dot"]]


def test_context_has_no_line_and_leaves_the_way_of_another_mark():
    alone = chart(row(share=None, context=spot("context", 40.0)))
    assert ways(screen(alone)) == []
    beside = chart(row(start=spot("zero", 0.0), context=spot("context", 40.0)))
    (line,), (square,) = ways(screen(beside)), marks(screen(beside), "context")
    assert square.y[0] < line.y[0]  # counted from above


@EVERY_SHAPE
@pytest.mark.parametrize("partial", [False, True])
def test_what_lies_beyond_the_edge_is_an_arrow_with_its_number(shape, partial):
    far = spot("context", 980.0, value="19.6 points", partial=partial)
    figure = chart(row(share=None, context=far)).printed(shape)
    (arrow,) = [trace for trace in figure.data if trace.mode == "markers" and trace.marker.symbol == "triangle-right"]
    assert TRACK[1] < arrow.x[0] < figure.layout.xaxis.range[1]  # well away from the target
    sign = "◐\u00a0" if partial else ""
    assert f"{sign}19.6 points" in [note.text for note in figure.layout.annotations]


def test_an_arrow_is_hollow_only_where_its_figure_is_a_copy():
    far = spot("context", 980.0, value="19.6 points", unverified=True)
    symbols = [trace.marker.symbol for trace in screen(chart(row(share=None, context=far))).data]
    assert "triangle-right-open" in symbols


def test_a_way_leads_to_the_nearer_end_of_a_range_and_its_ends_are_joined():
    for share, end in ((50.0, 100.0), (200.0, 150.0)):
        figure = screen(chart(row(share=share, goal=(100.0, 150.0), allowed=(100.0, 150.0))))
        lines = {trace.line.color: trace.x for trace in ways(figure)}
        assert lines == {style.BASELINE: (share, end, None), style.TARGET: (100.0, 150.0, None)}


@EVERY_SHAPE
def test_a_way_begins_at_the_rim_of_a_hollow_mark(shape):
    hollow, full = (chart(row(unverified=one)).printed(shape) for one in (True, False))
    assert ways(full)[0].x[0] == 50
    assert 50 < ways(hollow)[0].x[0] < 60
    falls = chart(row(share=120.0, unverified=True, allowed=(0.0, 100.0))).printed(shape)
    assert 100 < ways(falls)[0].x[0] < 120


@EVERY_SHAPE
def test_a_band_shows_what_a_cap_allows(shape):
    figure = chart(row(share=120.0, allowed=(0.0, 100.0))).printed(shape)
    (band,) = [one for one in figure.layout.shapes if one.type == "rect"]
    assert (band.x0, band.x1, band.layer) == (0, 100, "below")


@pytest.mark.parametrize("steps", [1, 2, 4])
@EVERY_SHAPE
def test_marks_on_two_steps_never_touch_nor_reach_the_words_of_another_row(shape, steps):
    """One unit of the y axis is one pixel."""
    many = tuple(spot("rival", 100.0 + 1.1 * step) for step in range(steps))
    figure = chart(row("First", None, rivals=many), row("Second", None, rivals=many)).printed(shape)
    above = {look: style.up(style.MARKS[look]) * 15 / style.MARKS[look].size for look in ("target", "rival")}
    ends = sorted(
        (y - above[look] * trace.marker.size - 1, y + above[look] * trace.marker.size + 1)
        for look in above
        for hollow in (False, True)
        for trace in marks(figure, look, hollow)
        for y in trace.y
    )
    assert len(ends) == 2 * (steps + 1)
    assert all(low[1] <= high[0] for low, high in itertools.pairwise(ends))
    assert ends[0][0] >= 0


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


def full() -> RangeChart:
    """A row of each sort, each mark with words of its own."""
    rival = {look: spot(look, 80.0, text=f"a {look}") for look in ("rival", "rival other")}
    return chart(
        row("First"),
        row("Second", None, why="nothing known"),
        row("Third", None, context=spot("context", 40.0, text="context")),
        row("Fourth", start=spot("zero", 0.0, text="zero"), context=spot("context", 40.0, text="more context")),
        row("Fifth", None, rivals=tuple(rival.values())),
    )


def test_the_sentence_names_every_row_and_everything_that_is_drawn():
    text = full().sentence
    assert "First: 5 (2031) → target: 10" in text
    assert "Second: nothing known · target: 10" in text  # an arrow only where a way leads there
    assert "Third: context · target: 10" in text
    assert "Fourth: more context; zero → target: 10" in text
    assert "a rival; a rival other" in text


def test_the_table_names_everything_that_is_drawn():
    told = [" ".join(line.values()) for line in full().table]
    for one, line in zip(full().drawn, told, strict=True):
        assert all(mark.text in line for mark, _, _ in one.placed), line


def test_the_legend_names_what_is_used_and_nothing_else():
    assert list(full().legend) == ["target", "baseline", "zero", "context", "rival", "rival other"]
    assert list(chart(row(unverified=True)).legend) == ["target", "baseline", "unverified"]
    assert list(chart(row(share=None, context=spot("context", 9.0, partial=True))).legend) == [
        "target",
        "context",
        "partial",
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_sentence_and_table_of_each_sector_name_every_mark(book, language):
    for sector in book.sectors:
        made = range_chart(book, sector, language)
        for one, line in zip(made.drawn, made.table, strict=True):
            for mark, _, _ in one.placed:
                assert mark.text in made.sentence
                assert mark.text in " ".join(line.values()), (one.id, mark.text)


def test_the_table_holds_each_target_once(book):
    rows = table(book, "en")
    assert list(rows) == [target.id for sector in book.sectors for _, target in sector.targets]
    first = rows["maternal-mortality-2030"]
    assert first["Target value"] == "at most 12 per 100,000 live births"
    assert first["Where in the plan"] == "Section 48"
    assert first["Baseline"] == ""
    assert rows["heritage-safety-standard-2028"]["Due"] == "31 Dec 2028"


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
