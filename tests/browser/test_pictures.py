"""Each sort of chart at each shape, compared with a picture that a person has looked at and kept.

There is no command that makes the kept pictures anew: a failing test leaves the picture that it got beside the
temporary files and says where; who has looked at it and finds it good puts it into `tests/pictures/`.
"""

import base64
import functools
import html
import io
import re
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import plotly
import pytest
from PIL import Image, ImageChops

from charts import pack
from charts.sheet import SHAPES
from evidence.case import cases
from loaders.book import load
from tests import specimen
from tests.browser.glyphs import kinds
from tests.conftest import ROOT

BOOK = load(ROOT / "indicators").book
KEPT = ROOT / "tests" / "pictures"
# A picture is compared in cells of so many pixels; a cell differs where its grey does by more than this.
CELL, GREY, MANY = 4, 24, 3


@pytest.fixture(scope="module")
def page(chromium):
    page = chromium.new_page()
    page.set_content("<div></div>")
    page.add_script_tag(path=Path(plotly.__file__).parent / "package_data" / "plotly.min.js")
    yield page
    page.close()


def made(page, figure, form: str) -> str:
    script = """async ([figure, format]) => {
      const { data, layout } = JSON.parse(figure), { width, height } = layout;
      return Plotly.toImage({ data, layout }, { format, width, height, scale: 1 });
    }"""
    return page.evaluate(script, [figure.to_json(), form]).partition(",")[2]


def drawn(page, figure) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(made(page, figure, "png")))).convert("L")


def differing(one: Image.Image, other: Image.Image) -> int:
    """In how many cells two pictures differ, wherever within a pixel to either side the words of a line begin: a sign
    that the font lacks comes from another one, whose width is not the same on every machine."""
    assert one.size == other.size
    size = (one.width // CELL, one.height // CELL)
    kept, wide = other.resize(size, Image.Resampling.BOX), one.resize((8 * one.width, one.height))
    aside = (ImageChops.offset(wide, by, 0).resize(size, Image.Resampling.BOX) for by in range(-8, 9))
    least = functools.reduce(ImageChops.darker, (ImageChops.difference(moved, kept) for moved in aside))
    return sum(least.point(lambda grey: grey > GREY).histogram()[1:])


@pytest.mark.parametrize("shape", SHAPES.values(), ids=list(SHAPES))
@pytest.mark.parametrize("name", specimen.every("en"))
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_sheet_looks_as_it_did(page, tmp_path, language, name, shape):
    got = drawn(page, specimen.every(language)[name].printed(shape, specimen.LINK + language))
    file = f"{language}_{name}_{shape.name}.png"
    got.quantize(16).save(tmp_path / file, optimize=True)
    assert (KEPT / file).exists(), f"look at {tmp_path / file} and keep it in {KEPT}"
    cells = differing(got, Image.open(KEPT / file).convert("L"))
    assert cells <= MANY, f"{cells} cells differ from the kept picture: look at {tmp_path / file}"


def test_every_kept_picture_is_compared():
    files = {f"{one}_{name}_{shape}.png" for one in ("zh", "en") for name in specimen.every(one) for shape in SHAPES}
    assert {path.name for path in KEPT.iterdir()} == files


@pytest.mark.parametrize("name", ["start", "years", "evidence"])
def test_the_comparison_sees_a_cut_a_moved_and_a_covering_label_but_no_noise(page, name):
    def sheet():
        return specimen.every("en")[name].printed(SHAPES["wide"])

    whole = drawn(page, sheet())
    assert differing(whole, whole.point(lambda grey: min(255, grey + 3))) == 0
    for number in range(len(sheet().layout.annotations)):
        for spoil in (cut, moved, covered):
            spoiled = sheet()
            spoil(spoiled.layout.annotations[number], spoiled)
            assert differing(whole, drawn(page, spoiled)) > MANY, (
                spoil.__name__,
                spoiled.layout.annotations[number].text,
            )


def cut(label, _) -> None:
    """Its last signs are gone."""
    text = label.text
    end = len(text) - (4 if text.endswith("</b>") else 0)
    label.text = text[: end - 3] + text[end:]


def moved(label, _) -> None:
    label.yshift = (label.yshift or 0) + 9


def covered(label, figure) -> None:
    """Another text lies over it."""
    figure.add_annotation(replaced(label))


def replaced(label):
    return type(label)(label).update(text="covering words")


@pytest.mark.parametrize("shape", SHAPES.values(), ids=list(SHAPES))
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_svg_of_the_plan_holds_its_words_as_text_and_opens_elsewhere(
    page, tmp_path, other_renderer, language, shape
):
    every = list(pack.charts(BOOK, language, {case.target.id for case in cases(BOOK)}))
    assert len(every) > 50
    for number, chart in enumerate(every):
        sheet = chart.printed(shape, specimen.LINK + language)
        text = unquote(made(page, sheet, "svg"))
        words = solid("".join(ElementTree.fromstring(text).itertext()))
        told = [html.unescape(re.sub("<[^>]*>", "", note.text)) for note in sheet.layout.annotations]
        assert [note for note in told if solid(note) not in words] == [], chart.head.id
        # The other program takes its time: each chart in one shape of one language.
        if number % (2 * len(SHAPES)) == 2 * list(SHAPES).index(shape.name) + (language == "en"):
            (tmp_path / "sheet.svg").write_text(text, encoding="utf-8")
            opened = other_renderer(tmp_path / "sheet.svg")
            assert opened.size == (shape.width, shape.height)
            title = (shape.edge, shape.edge, shape.width - shape.edge, round(shape.edge + 1.4 * shape.title))
            assert kinds(opened.resize((2 * shape.width, 2 * shape.height)), tuple(2 * at for at in title)) >= 5


def solid(text: str) -> str:
    """Without spaces, which Plotly makes no-break spaces or drops at a line's end."""
    return "".join(text.split())
