"""The images that people publish: made in the browser, opened in another program, and looked at."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from PIL import Image, ImageChops, ImageDraw
from playwright.sync_api import expect

from charts.rows import range_chart
from charts.sheet import SHAPES
from loaders.book import load
from tests.browser.conftest import FLAGS, ROOT, chromium_path
from tests.browser.glyphs import kinds

BOOK = load(ROOT / "indicators").book
DAY = BOOK.plan.updated
TITLE = (56, 60, 1100, 130)  # where the title stands on a wide sheet of 2400 × 1350


@pytest.fixture
def saved(tmp_path):
    def save(download) -> Path:
        path = tmp_path / download.suggested_filename
        download.save_as(path)
        return path

    return save


def same(one: Path, other: Path) -> bool:
    """Pixel for pixel."""
    return ImageChops.difference(*(Image.open(path).convert("RGB") for path in (one, other))).getbbox() is None


def test_the_glyph_check_tells_boxes_from_writing():
    picture = Image.new("L", (600, 60), 255)
    pen = ImageDraw.Draw(picture)
    for x in range(10, 560, 50):
        pen.rectangle((x, 10, x + 30, 50), outline=0, width=3)
    assert kinds(picture, (0, 0, 600, 60)) == 1
    pen.line((10, 10, 40, 50), fill=0, width=8)
    assert kinds(picture, (0, 0, 600, 60)) == 2


@pytest.fixture
def without_chinese(tmp_path) -> dict[str, str]:
    """The surroundings of a machine that has no Chinese font."""
    latin = next((path for path in Path("/usr/share/fonts").rglob("DejaVuSans.ttf")), None)
    if latin is None:
        pytest.skip("no font here that has Latin letters alone")
    (tmp_path / "fonts").mkdir()
    shutil.copy(latin, tmp_path / "fonts")
    (tmp_path / "fonts.conf").write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{tmp_path}/fonts</dir><cachedir>{tmp_path}/cache</cachedir></fontconfig>"
    )
    return {**os.environ, "FONTCONFIG_FILE": str(tmp_path / "fonts.conf")}


@pytest.mark.parametrize("there", [True, False], ids=["with", "without"])
def test_chinese_that_prints_as_boxes_is_seen(without_chinese, there, tmp_path):
    sheet, picture = tmp_path / "sheet.html", tmp_path / "sheet.png"
    sheet.write_text('<meta charset=utf-8><body style="font: 40px sans-serif">能源从基期到年目标', encoding="utf-8")
    call = [chromium_path(), "--headless", *FLAGS, f"--screenshot={picture}", "--window-size=500,100", sheet.as_uri()]
    environment = dict(os.environ) if there else without_chinese
    subprocess.run(call, env=environment, capture_output=True, timeout=60, check=True)
    found = kinds(Image.open(picture), (0, 0, 500, 80))
    assert (found >= 7) if there else (found <= 1)


def test_a_png_is_a_white_sheet_with_chinese_writing(visit, saved):
    path = saved(visit("?sector=energy").download("png"))
    assert path.name == f"能源_基期与目标_宽幅_{DAY}.png"
    picture = Image.open(path).convert("RGB")
    assert picture.size == (2400, 1350)
    corners = [(0, 0), (2399, 0), (0, 1349), (2399, 1349)]
    assert {picture.getpixel(corner) for corner in corners} == {(255, 255, 255)}
    assert kinds(picture, TITLE) >= 9  # 能源：起点与2030年目标 holds a dozen different signs


def test_nothing_on_a_sheet_touches_its_edge(visit, saved):
    found = visit("?sector=health-care", locale="en-GB")
    for name, wanted in SHAPES.items():
        picture = Image.open(saved(found.download("png", shape=name))).convert("RGB")
        assert picture.size == (2 * wanted.width, 2 * wanted.height)
        left, top, right, bottom = ImageChops.difference(picture, Image.new("RGB", picture.size, "white")).getbbox()
        assert min(left, top) >= 2 * wanted.edge - 8
        assert right <= 2 * wanted.width - wanted.edge and bottom <= 2 * wanted.height - wanted.edge


def test_an_svg_holds_its_words_as_text_and_opens_elsewhere(visit, saved, other_renderer):
    found = visit("?sector=energy")
    for name, wanted in SHAPES.items():
        path = saved(found.download("svg", shape=name))
        sheet = ElementTree.parse(path).getroot()
        assert (sheet.get("width"), sheet.get("height")) == (str(wanted.width), str(wanted.height))
        words, version = "".join(sheet.itertext()), f"{DAY}，版本{BOOK.version}"
        for text in ("能源：起点与2030年目标", "166.9亿立方米", "晋政发〔2026〕4号", version, "/?sector=energy"):
            assert text in words
        assert "http" not in "".join(value for node in sheet.iter() for value in node.attrib.values())
        opened, edge = other_renderer(path, 2), 2 * wanted.edge
        assert opened.size == (2 * wanted.width, 2 * wanted.height)
        assert kinds(opened, (edge, edge, edge + 30 * wanted.title, edge + 3 * wanted.title)) >= 9


def test_a_dark_phone_and_a_light_desktop_get_the_same_pictures(visit, saved, tmp_path):
    desktop = visit("?sector=traditional-industry")
    phone = visit("?sector=traditional-industry", scheme="dark", width=390, height=844)
    for name in SHAPES:
        large = saved(desktop.download("png", shape=name)).rename(tmp_path / "desktop.png")
        assert same(large, saved(phone.download("png", shape=name)))


def test_a_schedule_gets_the_same_picture_as_a_visitor(visit, saved, tmp_path):
    found = visit("?sector=mining")
    download = saved(found.download("png", shape="half"))
    call = ["-m", "charts", "export", "--sector", "mining", "--shape", "half", "--site", found.address]
    made = [sys.executable, *call, "--out", str(tmp_path / "out")]
    done = subprocess.run(made, cwd=ROOT, env={**os.environ, "BROWSER_PATH": chromium_path()}, timeout=120, check=True)
    assert done.returncode == 0
    assert same(download, next((tmp_path / "out").glob(f"*_{download.name}")))


def test_the_picture_speaks_the_language_of_the_page(visit, saved):
    download = visit("?sector=health-care", locale="en-GB").download("svg", shape="square")
    assert download.suggested_filename == f"Health_and_care_baseline_and_target_square_{DAY}.svg"
    words = "".join(ElementTree.parse(saved(download)).getroot().itertext())
    for part in ("Health and care:", "7 of 10 targets", f"Data: {DAY}, version"):
        assert part in words


def test_a_picture_of_a_filter_says_so(visit, saved):
    path = saved(visit("?sector=energy&status=comparable", locale="en-GB").download("svg"))
    assert path.name.startswith("Energy_baseline_and_target_2_of_13_wide_")
    words = "".join(ElementTree.parse(path).getroot().itertext())
    assert "2 chosen among 13 targets" in words
    assert "/?sector=energy&status=comparable&lang=en" in words


def opened(found):
    """The first control of a page, opened."""
    control = found.control()
    control.locator("summary").click()
    return control


def shown(control, shape: str = "wide"):
    """The preview, once it is there in this shape."""
    wanted = SHAPES[shape]
    image = control.locator("img")
    expect(image).to_have_js_property("naturalWidth", wanted.width)
    expect(image).to_have_js_property("naturalHeight", wanted.height)
    return image


# What the page asks of the server for its images from now on.
LISTEN = """() => {
  window.asked = [];
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (said) {
    const found = /"shape": ?"([a-z]+)"/.exec(new TextDecoder().decode(said));
    if (found) window.asked.push(found[1]);
    return send.call(this, said);
  };
}"""


def test_only_an_opened_control_asks_for_a_sheet_and_for_what_draws_it_and_for_each_once(visit, saved):
    found = visit(locale="en-GB")
    found.page.evaluate(LISTEN)
    found.control().locator("summary").wait_for()

    def asked():
        return found.page.evaluate("asked"), sum("plotly.min.js" in url for url in found.requests)

    assert asked() == ([], 0)
    control = opened(found)
    shown(control)
    assert asked() == (["wide"], 1)
    control.locator("input[value=square]").check()
    shown(control, "square")
    control.locator("input[value=wide]").check()
    shown(control)
    control.locator("summary").click()
    expect(control.locator("img")).to_be_hidden()
    control.locator("summary").click()
    shown(control)
    for format in ("png", "svg", "png"):
        saved(found.download(format))
    assert asked() == (["wide", "square"], 1)


def test_what_is_saved_is_what_is_seen(visit, saved):
    found = visit("indicator?id=irrigation-coefficient", locale="en-GB", width=390, height=844, scheme="dark")
    control = opened(found)
    words = found.page.locator("[data-testid=stPlotlyChart]").first.get_attribute("aria-label")
    for shape in reversed(SHAPES):
        control.locator(f"input[value={shape}]").check()
        image = shown(control, shape)
        expect(image).to_have_attribute("alt", words)
        seen = unquote(image.get_attribute("src").partition(",")[2])
        assert saved(found.download("svg", shape=shape)).read_text("utf-8") == seen
        box = image.bounding_box()
        assert 300 < box["width"] <= 390 - box["x"]
        assert box["width"] / box["height"] == pytest.approx(SHAPES[shape].width / SHAPES[shape].height, rel=0.02)


def test_one_control_offers_the_charts_of_all_sectors(visit, saved):
    found = visit(locale="en-GB")
    control = opened(found)
    names = [sector.name.en for sector in BOOK.sectors if range_chart(BOOK, sector, "en").drawn]
    assert control.get_by_label("Sector").locator("option").all_text_contents() == names
    for sector in ("water", "mining"):
        chart = range_chart(BOOK, next(one for one in BOOK.sectors if one.id == sector), "en")
        control.get_by_label("Sector").select_option(f"start.{sector}")
        expect(shown(control)).to_have_attribute("alt", chart.sentence)
        assert saved(found.download("png")).stem == chart.name(SHAPES["wide"])
        share = found.page.locator("details.share").first
        link, code = (share.locator("input").nth(number).input_value() for number in (0, 1))
        assert link == f"{found.address}/?sector={sector}&lang=en"
        assert f'src="{found.address}/chart?id=start.{sector}&amp;lang=en&amp;embed=true"' in code
    # Shut, nobody sees which chart the address is of.
    control.locator("summary").click()
    expect(found.page.locator("details.share").first).to_be_hidden()


def test_another_shape_is_chosen_and_saved_without_a_mouse(visit):
    found = visit(locale="en-GB")
    control, keys = found.control(), found.page.keyboard
    control.locator("summary").focus()
    keys.press("Enter")
    shown(control)
    keys.press("Tab")
    keys.type("Water")
    keys.press("Tab")
    keys.press("ArrowRight")
    shown(control, "half")
    expect(control.locator("img")).to_have_attribute("alt", re.compile("^Water"))
    keys.press("Tab")
    with found.page.expect_download() as waiting:
        keys.press("Space")
    assert waiting.value.suggested_filename.startswith("Water_") and "half_page" in waiting.value.suggested_filename


def test_a_preview_follows_the_filter(visit):
    found = visit("?sector=energy", locale="en-GB")
    control = opened(found)
    image = shown(control)
    before = image.get_attribute("alt")
    found.search("capacity")
    expect(image).not_to_have_attribute("alt", before)
    expect(image).to_have_attribute("alt", re.compile("chosen among 13"))


@pytest.mark.parametrize(("locale", "words"), [("zh-CN", "服务器没有响应"), ("en-GB", "the server did not respond")])
def test_a_chart_that_is_not_there_gives_words_at_once_and_the_next_is_shown(visit, locale, words):
    found = visit(locale=locale)
    control = opened(found)
    shown(control)
    choice = control.locator("select")
    choice.evaluate("one => one.append(new Option('?', 'start.nowhere'))")
    choice.select_option("start.nowhere")
    expect(found.page.locator("p[role=status]").first).to_contain_text(words)
    expect(control.locator("img")).to_be_hidden()
    choice.select_option("start.water")
    shown(control)
    assert found.page.get_by_test_id("stException").count() == 0


@pytest.mark.parametrize(("locale", "words"), [("zh-CN", "图片未能生成"), ("en-GB", "The image could not be made")])
def test_without_the_drawing_program_there_are_words_and_another_try(visit, saved, locale, words):
    found = visit("?sector=energy", locale=locale)
    found.page.route("**/plotly.min.js*", lambda route: route.abort())
    opened(found)
    expect(found.page.locator("p[role=status]").first).to_contain_text(words)
    found.page.unroute("**/plotly.min.js*")
    assert Image.open(saved(found.download("png"))).size == (2400, 1350)
