"""What the chart of one indicator is given and draws, without a browser."""

import json
import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import get_args

import pytest
from conftest import BASE, ROOT

from charts import style, trajectory
from charts.trajectory import WIDTHS, legend, printed, screen, sentence
from loaders.baseline import NO_PATH
from loaders.book import load
from loaders.models import Both, Figure, Pair, Rival, Superseded
from wording import Language

TARGET = "pond-area-2034"
EVIL = "<script>alert(1)</script>"
LANGUAGES = get_args(Language)
BOOK, TOY = load(ROOT / "indicators").book, load(BASE).book
EVERY = {item.id: item for book in (BOOK, TOY) for sector in book.sectors for item in sector.indicators}
POND = EVERY["pond-area"]


def figure(value, period, comparability="same", *, source="county-yearbook-2031", **more):
    """A figure of the toy plan beside its first target; with a `kind` a rival. "bay-daily" is made a C source."""
    pair = Pair(target=TARGET, comparability=comparability, reason=Both(zh="同", en="same"))
    plain = {"unit": "亩", "printed": value, "period": period, "source": source, "pairs": (pair,), **more}
    return (Rival if "kind" in more else Figure)(value=tuple(Decimal(end) for end in value.split("-")), **plain)


def made(*observations, rivals=(), language="zh", **changes):
    """The toy plan's chart with other figures; its newspaper is made a C source with an evil name."""
    sources = [
        source.model_copy(update={"grade": "C", "publisher": Both(zh=EVIL, en=EVIL)})
        if "daily" in source.id
        else source
        for source in TOY.sources.sources
    ]
    book = replace(TOY, sources=TOY.sources.model_copy(update={"sources": tuple(sources)}))
    update = {"observations": observations, "rivals": tuple(rivals), **changes}
    return trajectory.trajectory(book, POND.model_copy(update=update), language)


def of(name, language="en"):
    return trajectory.trajectory(BOOK, EVERY[name], language)


def signs(drawn, symbol):
    return [trace for trace in drawn.data if trace.mode == "markers" and trace.marker.symbol == symbol]


def words(drawn) -> str:
    hovers = [trace.hovertemplate or "" for trace in drawn.data]
    return "\n".join([*hovers, *(note.text for note in drawn.layout.annotations)])


def test_a_year_has_its_middle_a_stock_and_a_day_their_day_years_their_whole():
    gas, growth = of("unconventional-gas-output"), of("gdp-growth")
    base = next(mark for mark in gas.points if mark.sort == "baseline")
    assert (base.at, base.ends) == (Fraction("2024.5"), (Fraction("16.69"),))
    assert gas.targets[0].at == Fraction("2030.5")
    assert of("pumped-storage-capacity").targets[0].at == 2031
    assert next(mark for mark in growth.points if mark.sort == "baseline").span == (2021, 2026)
    assert made(figure("9800", "2031-07-02")).points[0].at == 2031 + Fraction(183, 365)


def test_one_unit_serves_each_reader():
    assert made(figure("9800", "2031-12-31")).unit == "万亩"
    assert made(figure("9800", "2031-12-31")).points[0].ends == (Fraction("0.98"),)
    assert made(figure("9800", "2031-12-31")).points[0].label == "0.98万亩（2031年12月31日）"
    assert made(figure("9800", "2031-12-31"), language="en").unit == "ha"
    assert made(figure("9800", "2031-12-31"), language="en").points[0].ends == (Fraction(9800, 15),)
    assert of("unconventional-gas-output", "zh").unit == "亿立方米"
    assert of("unconventional-gas-chain-value", "zh").unit == "亿元"
    assert of("irrigation-coefficient", "zh").unit == "无量纲"


def test_a_different_figure_is_counted_and_never_drawn():
    rival = figure("2", "2032", "different", kind="annual_target")
    chart = made(figure("1", "2031-12-31", "different"), rivals=[rival])
    assert chart.marks == chart.targets
    assert "另有2个数不可比" in " ".join(chart.notes)
    assert {trace.y for trace in screen(chart).data if trace.mode == "markers"} == {(1.2,), (chart_middle(chart),)}


def chart_middle(chart):
    """Where the sign of a missing baseline stands on an axis with nothing else near."""
    return float(sum(chart.scale)) / 2


def test_nothing_is_drawn_that_nobody_printed():
    """Every mark of the real plan lies at a printed value."""
    for indicator in EVERY.values():
        book = BOOK if indicator not in [item for sector in TOY.sectors for item in sector.indicators] else TOY
        chart = trajectory.trajectory(book, indicator, "en")
        if chart is None:
            continue
        stated = [*indicator.observations, *indicator.rivals, *(t.reading or t for t in indicator.targets if t.value)]
        known = {
            book.units.normalise(book.units.dimension_of(indicator.dimension, one.unit), one.unit, end).value
            for one in stated
            for end in one.value
        }
        assert {end for mark in chart.marks for end in mark.ends} <= known
        assert len(chart.points) <= len(indicator.observations)


def test_an_unverified_figure_leaves_for_a_verified_one_of_its_period():
    good, lead = figure("9000", "2030-12-31", "partial"), figure("9100", "2030-12-31", source="bay-daily-2031-03")
    later = figure("9800", "2031-12-31")
    assert [mark.ends for mark in made(good, lead, later).points] == [(Fraction("0.98"),), (Fraction("0.9"),)]
    assert "另有1个数没有画出" in " ".join(made(good, lead, later).notes)
    assert [mark.unverified for mark in made(lead, later).points] == [False, True]
    assert len(signs(screen(made(lead, later)), style.MARK_UNVERIFIED)) == 1


def test_the_baseline_stays_even_where_it_is_unverified():
    good, lead = figure("9000", "2031-12-31", "partial"), figure("9100", "2031-12-31", source="bay-daily-2031-03")
    assert [mark.sort for mark in made(good, lead).points] == ["baseline", "point"]


def test_what_is_partly_comparable_has_a_dotted_ring():
    rings = [shape for shape in screen(made(figure("9000", "2030-12-31", "partial"))).layout.shapes if shape.line]
    assert [(ring.type, ring.line.dash) for ring in rings] == [("circle", "dot")]
    assert screen(made(figure("9000", "2030-12-31"))).layout.shapes == ()


def lines(chart):
    return [trace.x for trace in screen(chart).data if trace.mode == "lines"]


def test_only_consecutive_years_are_joined():
    years = ("2027-12-31", "2028-12-31", "2030-12-31", "2031-12-31")
    figures = [figure(str(9000 + n), year) for n, year in enumerate(years)]
    assert lines(made(*figures)) == [(2028, 2029), (2031, 2032)]
    assert lines(made(figures[0], figures[2])) == []
    assert lines(made(figures[2], figure("9300", "2031-12-31", "partial"))) == []
    assert lines(made(figures[2], figure("9300", "2031-06-30"))) == []
    assert lines(made(figures[2], figure("9300", "2031-12-31", comparator="gt"))) == []


def test_neither_part_of_a_year_of_a_flow_nor_an_undated_nor_a_superseded_figure_is_drawn():
    old = Superseded(date="2032-01", reason=Both(zh="修订", en="revised"))
    some = [figure("5", "2031-01/2031-09"), figure("5", None, flags=("undated",))]
    chart = made(*some, figure("6", "2031", superseded=old), measure="flow")
    assert chart.points == ()
    assert "另有2个数没有画出" in " ".join(chart.notes)


def test_a_missing_baseline_is_a_hollow_square_at_the_left_with_words():
    chart = made()
    drawn = screen(chart)
    (sign,) = signs(drawn, style.MARK_MISSING)
    assert chart.years[0] <= sign.x[0] < chart.years[0] + 1
    assert "无可比基期数" in words(drawn)
    assert not signs(screen(made(figure("9000", "2030-12-31"))), style.MARK_MISSING)


def test_a_range_is_a_bar_between_its_two_printed_ends():
    drawn = screen(of("sme-clusters", "zh"))
    assert [trace.y for trace in signs(drawn, style.MARK_TARGET)] == [(5.0,), (8.0,)]
    assert (5.0, 8.0) in [trace.y for trace in drawn.data if trace.mode == "lines"]
    assert "目标5—8个" in words(drawn)


def test_an_addition_counts_from_zero_and_has_no_level_on_its_axis():
    chart = of("renewable-capacity")
    assert chart.points == () and chart.missing == ""
    assert any("78.808 GW" in note for note in chart.notes)
    assert len(of("non-coal-mines").targets) == 1
    assert any("at least" in note or "700" in note for note in of("non-coal-mines").notes)


def test_a_doubted_figure_is_drawn_as_it_is_read_and_the_note_says_so():
    chart = of("infant-mortality")
    assert chart.targets[0].ends == (5,)
    assert any("printed as 5.0%" in note for note in chart.notes)


def test_at_most_three_rivals_of_a_year_are_labelled():
    sources = ["county-yearbook-2031", "annual-plan-2032", "bay-daily-2031-03", "annual-plan-2032"]
    kinds = ["other_target", "annual_target", "other_target", "annual_target"]
    rivals = [
        figure(f"9{n}00", "2032", kind=kind, source=at) for n, (kind, at) in enumerate(zip(kinds, sources, strict=True))
    ]
    chart = made(rivals=rivals, language="en")
    assert [mark.label for mark in chart.rivals] == ["2032 other", "2032 annual", "", "2032 annual"]
    assert "9,200" in chart.rivals[2].hover or "613.3" in chart.rivals[2].hover


def test_the_axis_says_where_it_does_not_start_at_zero():
    assert of("irrigation-coefficient").scale[0] > 0
    assert any("does not start at zero" in note for note in of("irrigation-coefficient").notes)
    assert of("unconventional-gas-output").scale[0] == 0
    assert not any("zero" in note for note in of("unconventional-gas-output").notes)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("build", [screen, printed])
def test_text_from_the_data_stays_text(language, build):
    evil = Both(zh=EVIL, en=EVIL)
    lead = figure("9100", "2030-12-31", source="bay-daily-2031-03")
    assert "<script" not in words(build(made(lead, language=language, name=evil)))


@pytest.mark.parametrize("name", EVERY)
def test_every_indicator_builds_in_every_language(name):
    indicator = EVERY[name]
    book = BOOK if any(indicator in sector.indicators for sector in BOOK.sectors) else TOY
    for language in LANGUAGES:
        chart = trajectory.trajectory(book, indicator, language)
        assert (chart is None) == all(target.kind in NO_PATH for target in indicator.targets)
        if chart is None:
            continue
        sheet, page = printed(chart), screen(chart)
        assert (sheet.layout.width, sheet.layout.height) == (style.PRINT_WIDTH, style.PRINT_HEIGHT)
        assert page.layout.width is None and page.layout.paper_bgcolor == "rgba(0,0,0,0)"
        assert all(note.font.color is None for note in page.layout.annotations)
        assert json.loads(sheet.to_json())["data"]
        assert chart.title in sentence(chart) and all(note in sentence(chart) for note in chart.notes)
        assert "◆" in legend(chart)
        texts = [*page.layout.yaxis.ticktext, *page.layout.xaxis.ticktext]
        assert all(text.replace(",", "").replace(".", "").lstrip("-").isdigit() for text in texts)


def plain(text):
    return re.sub(r"<b>|</b>|<br>| ", "", text)


def boxes(page, chart, width):
    """What the words of a screen chart cover at a width, each (left, top, right, bottom) in pixels."""
    margin, (first, last), (low, high) = page.layout.margin, chart.years, map(float, chart.scale)
    wide, height = width - margin.l - margin.r, page.layout.height - margin.t - margin.b
    for note in page.layout.annotations:
        if note.xref == "paper":
            continue
        rows = note.text.replace("<b>", "").replace("</b>", "").split("<br>")
        across = max(map(style.width, rows)) * note.font.size * 0.52
        down = len(rows) * note.font.size * 1.3
        x = margin.l + wide * (note.x - first) / (last + 1 - first) + (note.ax if note.showarrow else note.xshift)
        y = height * (high - note.y) / (high - low) + (note.ay if note.showarrow else -note.yshift)
        left = x - across * {"left": 0, "center": 0.5, "right": 1}[note.xanchor]
        yield left, y - down / 2, left + across, y + down / 2


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [390, 700, WIDTHS[1]])
def test_labels_neither_touch_nor_are_cut(language, width):
    for indicator in (item for sector in BOOK.sectors for item in sector.indicators):
        chart = trajectory.trajectory(BOOK, indicator, language)
        if chart is None:
            continue
        placed = list(boxes(screen(chart), chart, width))
        said = "".join(plain(note.text) for note in screen(chart).layout.annotations)
        main = [mark.label for mark in (*chart.points, *chart.targets) if mark.label]
        assert all(plain(style.escaped(text)) in said for text in main), indicator.id
        for index, (left, top, right, bottom) in enumerate(placed):
            assert left >= 0 and right <= width, indicator.id
            for other in placed[:index]:
                apart = right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
                assert apart, indicator.id
