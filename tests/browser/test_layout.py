"""On no chart does anything overlap or leave the figure: every chart of the plan, drawn at the width it gets on a
phone and on a desktop, and on its sheet for publication."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import plotly
import pytest

from charts import style, tally
from charts.ambition import ambition
from charts.marks import years
from charts.rows import range_chart
from charts.sheet import SHAPES
from loaders.book import load
from progress.calendar import asof
from progress.table import assessments
from progress.verdict import VERDICTS
from tests.browser.conftest import ROOT

BOOK = load(ROOT / "indicators").book
NOW = assessments(BOOK, asof(BOOK))
# As it may be once figures have come: every verdict, firm and tentative, and paces of all sorts.
LATER = tuple(
    replace(
        one,
        verdict=VERDICTS[number % len(VERDICTS)],
        tentative=("partial",) if number % 3 else (),
        loose=("unverified", "inexact") if number % 4 else (),
        needed=Fraction(22, 7),
        recent=Fraction(22 * (number % 11 - 3), 49),
        ratio=Fraction(7, number % 11 - 3) if number % 11 != 3 else "no_movement",
        reason=None,
    )
    for number, one in enumerate(NOW)
)
PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
# What the page leaves for a chart at 390 and at 1280 pixels; a small multiple has 324 at either.
PHONE, MULTIPLE, DESKTOP = 358, 324, 704
BOTH = pytest.mark.parametrize("language", ["zh", "en"])


@pytest.fixture(scope="module")
def page(chromium):
    page = chromium.new_page(viewport={"width": 1300, "height": 900})
    page.set_content("<body style='margin: 100px'><div id=chart></div>")
    page.add_script_tag(path=PLOTLY)
    yield page
    page.close()


def faults(page, figure, width: int | None = None) -> list[str]:
    """Texts that leave the figure, and pairs of texts, or of a text and a mark, that overlap."""
    if width:
        figure = type(figure)(figure).update_layout(width=width, font={"family": style.FONT})
    return page.evaluate(DRAW, figure.to_json())


DRAW = """async figure => {
  const place = document.querySelector("#chart"), { data, layout } = JSON.parse(figure);
  await Plotly.newPlot(place, data, layout, { staticPlot: true });
  const edge = place.querySelector(".main-svg").getBoundingClientRect(), told = [];
  const box = (node, slack) => {
    const { left, right, top, bottom } = node.getBoundingClientRect();
    return { left: left + slack, right: right - slack, top: top + slack, bottom: bottom - slack };
  };
  const texts = [...place.querySelectorAll("text")].filter(one => one.textContent.trim())
    .map(one => ({ name: one.textContent, ...box(one, 2) }));
  const marks = [...place.querySelectorAll(".scatterlayer .points path")]
    .map(one => ({ name: "a mark", ...box(one, 3) }));
  for (const one of texts)
    if (one.left < edge.left || one.right > edge.right || one.top < edge.top || one.bottom > edge.bottom)
      told.push(`${one.name} leaves the figure`);
  texts.forEach((one, index) => [...texts.slice(index + 1), ...marks].forEach(other => {
    if (one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom)
      told.push(`${one.name} overlaps ${other.name}`);
  }));
  return told;
}"""


def test_the_check_sees_what_overlaps_and_what_is_cut(page):
    figure = style.go.Figure(layout={"width": 300, "height": 200, "margin": {"l": 0, "r": 0, "t": 0, "b": 0}})
    for x, text in ((0.5, "one"), (0.52, "another"), (0.98, "far right")):
        figure.add_annotation(text=text, x=x, y=0.5, xref="paper", yref="paper", showarrow=False, xanchor="left")
    figure.update_xaxes(visible=False).update_yaxes(visible=False)
    assert faults(page, figure) == ["far right leaves the figure", "one overlaps another"]


def every_fault(page, chart, *widths: int) -> list[str]:
    """The faults of a chart at some widths on a page, and on a sheet of each shape."""
    found = [f"{width}: {fault}" for width in widths for fault in faults(page, chart.screen, width)]
    address = "tracker.example.org/indicator?id=an-indicator-of-some-length&lang=en"
    for shape in SHAPES.values():
        found += [f"{shape.name}: {fault}" for fault in faults(page, chart.printed(shape, address))]
    return found


@BOTH
@pytest.mark.parametrize("sector", BOOK.sectors, ids=lambda sector: sector.id)
def test_the_range_chart_of_each_sector(page, sector, language):
    assert every_fault(page, range_chart(BOOK, sector, language), PHONE, DESKTOP) == []


@BOTH
@pytest.mark.parametrize("count", [0, 1, 3, 15, 30])
def test_as_many_rows_as_there_may_be_with_the_longest_names(page, count, language):
    charts = [range_chart(BOOK, sector, language) for sector in BOOK.sectors]
    rows = sorted((row for chart in charts for row in chart.drawn), key=lambda row: -style.width(row.name + row.target))
    chart = replace(charts[0], drawn=tuple(rows[:count]), beside=())
    assert len(chart.drawn) == count
    assert every_fault(page, chart) == []  # on pages these rows are HTML


@BOTH
@pytest.mark.parametrize("sector", BOOK.sectors, ids=lambda sector: sector.id)
def test_the_years_of_each_indicator(page, sector, language):
    charts = [chart for item in sector.indicators if (chart := years(BOOK, item, language))]
    for chart in charts:
        assert (chart.head.title, every_fault(page, chart, MULTIPLE, DESKTOP)) == (chart.head.title, [])


@BOTH
@pytest.mark.parametrize("found", [NOW, LATER[:30]], ids=["now", "later"])
def test_how_hard_it_is(page, found, language):
    chart = ambition(found, BOOK, language)
    assert len(chart.drawn) > 3
    assert every_fault(page, chart, PHONE, DESKTOP) == []


@BOTH
@pytest.mark.parametrize("name", ["coverage", "verdicts"])
def test_what_is_counted_by_sector(page, name, language):
    chart = tally.coverage(BOOK, language) if name == "coverage" else tally.verdicts(BOOK, LATER, language, 2031)
    assert every_fault(page, chart, PHONE, DESKTOP) == []
