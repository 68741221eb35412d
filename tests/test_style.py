"""The visual language: shape and size carry the meaning, colour repeats it, and every eye can tell."""

import itertools
import re

import pytest
from conftest import ROOT

from charts import style
from charts.sheet import SHAPES
from charts.tally import _LOOKS
from evidence.standing import STATUSES
from progress.verdict import VERDICTS
from tests.specimen import COLOURS, EYES, every

DOC = (ROOT / "docs" / "visual-language.md").read_text("utf-8")


def light(colour: str) -> tuple[float, float, float]:
    """Linear light of a colour written #rrggbb, 0 to 1."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return red, green, blue


def lab(rgb: tuple[float, ...]) -> tuple[float, float, float]:
    """CIE L*a*b* of linear light, for the white of a screen (D65)."""
    red, green, blue = (min(1.0, max(0.0, part)) for part in rgb)
    xyz = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089,
    )
    x, y, z = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def apart(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    return sum((a - b) ** 2 for a, b in zip(lab(one), lab(other), strict=True)) ** 0.5


def contrast(one: str, other: str) -> float:
    """As WCAG 2 defines it."""
    first, second = (
        sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), light(colour), strict=True)) + 0.05
        for colour in (one, other)
    )
    return max(first, second) / min(first, second)


def test_no_two_marks_have_the_same_shape_and_size():
    looks = [(look.symbol, look.size) for look in style.MARKS.values()]
    assert len(set(looks)) == len(looks)


def test_hollow_is_what_only_copies_print_and_nothing_else():
    """So no mark is hollow by itself."""
    assert [name for name, look in style.MARKS.items() if "open" in look.symbol] == []


def test_no_mark_is_pale():
    """A pale colour would fall below what an eye tells from the ground: what is partly comparable is half filled."""
    for name in ("years", "context", "added"):
        for trace in every("en")[name].screen.data:
            assert trace.opacity in (None, 1) and getattr(trace.marker, "opacity", None) in (None, 1)


@pytest.mark.parametrize("name", ["circle", "diamond"])
@pytest.mark.parametrize("aside", [0, 20])
def test_what_fills_half_of_a_mark_stands_where_the_mark_does(name, aside):
    look = next(look for look in style.MARKS.values() if look.symbol == name)
    across = [
        float(part) for part in re.findall(r"(-?[0-9.]+),", str(style.half(look, 0, 0, 12, False, aside)["path"]))
    ]
    assert max(across) == aside and min(across) < aside
    hollow = style.half(look, 0, 0, 12, True, aside)
    assert set(re.findall(r"(-?[0-9.]+),", str(hollow["path"]))) == {str(aside)}


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(style.MARKS, 2)))
def test_no_two_marks_are_alike_in_grey_print(one, other):
    """Of the same shape they differ in size by half, and diamonds much in width or height; so do their signs, but where
    no chart has both."""
    first, second = (style.MARKS[name] for name in (one, other))
    if first.symbol == second.symbol:
        assert max(first.size, second.size) >= 1.5 * min(first.size, second.size)
    elif "diamond" in first.symbol and "diamond" in second.symbol:
        reaches = [[look.size * part for part in style.REACH[look.symbol]] for look in (first, second)]
        assert max(max(a / b, b / a) for a, b in zip(*reaches, strict=True)) >= 1.4  # in width or in height
    assert first.sign != second.sign or {one, other} == {"baseline", "point"}


def test_no_two_states_of_a_tally_have_the_same_sign_and_hatching_in_the_same_chart():
    for states in (STATUSES, VERDICTS):
        looks = [(sign, fill in (style.GRID, style.HOLLOW), hatch) for sign, fill, hatch in map(_LOOKS.get, states)]
        assert len(set(looks)) == len(looks)


def test_no_two_states_of_the_evidence_have_the_same_fill_on_a_page():
    """There bars have no hatching; a verdict that has two of one fill tells them apart by the frame."""
    assert len({_LOOKS[state][1] for state in STATUSES}) == len(STATUSES)


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(COLOURS, 2)))
@pytest.mark.parametrize("eyes", [None, *EYES])
def test_colours_stay_apart_for_every_kind_of_eyes(eyes, one, other):
    pair = [light(COLOURS[name]) for name in (one, other)]
    if eyes:
        pair = [tuple(sum(a * b for a, b in zip(row, rgb, strict=True)) for row in EYES[eyes]) for rgb in pair]
    assert apart(*pair) > 15  # 2 to 3 is what an eye just sees


@pytest.mark.parametrize("colour", [style.INK, style.GREY])
def test_words_are_readable_on_paper(colour):
    assert contrast(colour, style.PAPER) >= 4.5


COLOURED = sorted({style.MISSING, style.PATH, *(look.colour for look in style.MARKS.values())})


@pytest.mark.parametrize("colour", COLOURED)
def test_marks_stand_out_from_paper_and_from_a_dark_page(colour):
    assert contrast(colour, style.PAPER) >= 3 and contrast(colour, "#0e1117") >= 3


@pytest.mark.parametrize("shape", SHAPES.values(), ids=list(SHAPES))
def test_no_words_on_a_sheet_are_smaller_than_its_notes_or_than_two_millimetres_across_a_page(shape):
    for chart in every("en").values():
        texts = chart.printed(shape).layout.annotations
        assert min(text.font.size for text in texts if text.font.size) >= min(shape.note, *shape.label) >= 12
        if shape.name == "half":  # of a page, and 180 mm wide in print: 12 of its 1,000 px are 2.2 mm
            assert min(shape.note, *shape.label) * 180 / shape.width > 2


def test_the_docs_name_every_mark_colour_and_shape_as_it_is():
    for look in style.MARKS.values():
        assert f"`{look.symbol}`" in DOC and look.sign in DOC
    for colour in (style.BASELINE, style.TARGET, style.OTHER, style.MISSING, style.AWAY):
        assert colour in DOC
    for shape in SHAPES.values():
        size, label = f"{shape.width} × {shape.height}", f"{max(shape.label)}–{min(shape.label)}"
        row = f"| {shape.name} | {size} | {shape.title} | {shape.lead} | {label} | {shape.note} |"
        assert row in DOC
    assert set(re.findall(r"\]\(([a-z0-9-]+\.png)\)", DOC)) <= {path.name for path in (ROOT / "docs").iterdir()}
