"""The images that people publish: made in the browser, opened and looked at."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image, ImageChops, ImageDraw
from playwright.sync_api import expect

from tests.browser.glyphs import kinds

TITLE = (40, 50, 1400, 120)  # where the title stands on a sheet of 2400 × 1350


@pytest.fixture
def saved(tmp_path):
    def save(download) -> Path:
        path = tmp_path / download.suggested_filename
        download.save_as(path)
        return path

    return save


def test_the_glyph_check_tells_boxes_from_writing():
    picture = Image.new("L", (600, 60), 255)
    pen = ImageDraw.Draw(picture)
    for x in range(10, 560, 50):
        pen.rectangle((x, 10, x + 30, 50), outline=0, width=3)
    assert kinds(picture, (0, 0, 600, 60)) == 1
    pen.line((10, 10, 40, 50), fill=0, width=8)
    assert kinds(picture, (0, 0, 600, 60)) == 2


def test_a_png_is_a_white_sheet_with_chinese_writing(visit, saved):
    path = saved(visit("?sector=energy").download("png"))
    assert path.name == "能源_基期与目标.png"
    picture = Image.open(path).convert("RGB")
    assert picture.size == (2400, 1350)
    corners = [(0, 0), (2399, 0), (0, 1349), (2399, 1349)]
    assert {picture.getpixel(corner) for corner in corners} == {(255, 255, 255)}
    assert kinds(picture, TITLE) >= 9  # 能源从基期到2030年目标 holds a dozen different signs


def test_nothing_on_the_sheet_touches_its_edge(visit, saved):
    picture = Image.open(saved(visit("?sector=health-care", locale="en-GB").download("png"))).convert("RGB")
    ink = ImageChops.difference(picture, Image.new("RGB", picture.size, "white")).getbbox()
    assert ink[0] >= 20
    assert ink[1] >= 20
    assert ink[2] <= 2380
    assert ink[3] <= 1340


def test_an_svg_holds_its_words_as_text(visit, saved, chromium):
    path = saved(visit("?sector=energy").download("svg"))
    assert path.name == "能源_基期与目标.svg"
    sheet = ElementTree.parse(path).getroot()
    assert (sheet.get("width"), sheet.get("height")) == ("1200", "675")
    words = "".join(sheet.itertext())
    for wanted in ("能源：从基期到2030年目标", "166.9亿立方米", "晋政发〔2026〕4号", "数据更新"):
        assert wanted in words
    assert "http" not in "".join(value for node in sheet.iter() for value in node.attrib.values())
    page = chromium.new_page(viewport={"width": 1200, "height": 675}, device_scale_factor=2)
    page.goto(path.as_uri())
    shot = path.with_suffix(".opened.png")
    page.screenshot(path=shot)
    page.close()
    assert kinds(Image.open(shot), TITLE) >= 9


def test_a_dark_phone_and_a_light_desktop_get_the_same_picture(visit, saved, tmp_path):
    desktop = saved(visit("?sector=traditional-industry").download("png")).rename(tmp_path / "desktop.png")
    phone = saved(visit("?sector=traditional-industry", scheme="dark", width=390, height=844).download("png"))
    difference = ImageChops.difference(Image.open(desktop).convert("RGB"), Image.open(phone).convert("RGB"))
    assert difference.getbbox() is None


def test_the_picture_speaks_the_language_of_the_page(visit, saved):
    download = visit("?sector=health-care", locale="en-GB").download("svg")
    assert download.suggested_filename == "Health_and_care_baseline_and_target.svg"
    words = "".join(ElementTree.parse(saved(download)).getroot().itertext())
    assert "Health and care: from the baseline to the 2030 target" in words


@pytest.mark.parametrize(("locale", "words"), [("zh-CN", "图片没有生成"), ("en-GB", "No image was made")])
def test_without_the_drawing_program_there_are_words_and_another_try(visit, saved, locale, words):
    found = visit("?sector=energy", locale=locale)
    found.page.route("**/app/static/**", lambda route: route.abort())
    control = found.control()
    control.locator("summary").click()
    control.locator("button[data-format=png]").click()
    expect(found.page.locator("p[role=status]").first).to_contain_text(words)
    found.page.unroute("**/app/static/**")
    assert Image.open(saved(found.download("png"))).size == (2400, 1350)
