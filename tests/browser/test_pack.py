"""What goes out together or is shown elsewhere: the pack of a filter, the short address, the chart in another page."""

import csv
import http.server
import io
import re
import threading
import zipfile
from functools import partial
from urllib.parse import quote

import pytest
from frictionless import validate
from PIL import Image
from playwright.sync_api import expect

from tests.browser.test_image import BOOK, DAY
from wording import columns

# A chart alone, drawn or as rows.
CHART = ".js-plotly-plot, .board"


def pack(found):
    return found.page.locator("[class*=st-key-image-pack]")


def asked(found, tmp_path, shape="wide", form="png") -> zipfile.ZipFile:
    """The pack of the page, opened."""
    control = pack(found)
    control.locator("details.image summary").click()
    with found.page.expect_download(timeout=120_000) as waiting:
        control.locator(f"input[value={shape}]").check()
        control.locator(f"button[data-format={form}]").click()
    path = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return zipfile.ZipFile(path)


def parts(packed: zipfile.ZipFile) -> list[tuple[str, bytes]]:
    return [(name, packed.read(name)) for name in packed.namelist()]


def table(packed: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(packed.read(name).decode("utf-8-sig"))))


def test_a_pack_holds_every_chart_of_the_filter_the_data_and_the_sources(visit, tmp_path):
    found = visit("?sector=mining&sector=water", locale="en-GB")
    packed = asked(found, tmp_path, "square")
    assert packed.testzip() is None
    assert packed.filename.endswith(f"_charts_and_data_10_targets_{DAY}.zip")
    pictures = [name for name in packed.namelist() if name.endswith(".png")]
    shown = ["Non-coal_mining_baseline", "Number_of_non-coal", "Share_of_large", "Share_of_medium", "Water_baseline"]
    assert [name for name in shown if sum(name in picture for picture in pictures) != 1] == []
    assert {Image.open(io.BytesIO(packed.read(name))).size for name in pictures} == {(2160, 2160)}
    targets = table(packed, "targets_and_baselines.csv")
    assert {row["sector"] for row in targets} == {"mining", "water"} and len(targets) == 10
    sources = {row["id"] for row in table(packed, "sources.csv")}
    assert {row["source_id"] for row in table(packed, "figures.csv")} == sources
    package = {name: content for name, content in parts(packed) if name.startswith("data_package/")}
    ids = {row["id"] for row in targets}
    assert package == {f"data_package/{name}": content for name, content in columns.packed(BOOK, ids).items()}
    about = packed.read("read_me.txt").decode("utf-8-sig")
    assert all(name in about for name in pictures)
    assert f"Data: {DAY}, version {BOOK.version}" in about and "/?sector=mining&sector=water" in about


def test_another_program_unpacks_it_under_the_same_names(visit, unzip, tmp_path):
    packed = asked(visit("data?sector=water&kind=level"), tmp_path, form="svg")
    folder = unzip(packed.filename)
    assert "目标与基期值.csv" in packed.namelist() and "说明.txt" in packed.namelist()
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    assert {name: path.read_bytes() for name, path in files.items()} == dict(parts(packed))
    assert {path.stat().st_mode & 0o777 for path in files.values()} == {0o644}
    assert validate(str(files["数据包/datapackage.json"])).flatten(["title", "fieldName", "message"]) == []


def test_while_a_pack_is_made_its_progress_is_shown(visit, tmp_path):
    found = visit("?sector=mining")
    said = "said => { const seen = []; window.steps = seen; new MutationObserver(() => seen.push([said.textContent,"
    said += " said.previousElementSibling.hidden])).observe(said, { childList: true }); }"
    pack(found).locator("p[role=status]").evaluate(said)
    name = asked(found, tmp_path, form="svg").filename.rpartition("/")[2]
    expect(pack(found).locator("p[role=status]")).to_have_text(f"已保存 {name}")
    steps = found.page.evaluate("steps")
    numbered = [re.fullmatch(r"正在生成 (\d+)/(\d+)：(.*)", text) for text, _ in steps]
    counts = [int(step[1]) for step in numbered if step]
    # Each picture is told; the texts, which take no time, need not be.
    assert counts[:4] == [1, 2, 3, 4] and {step[2] for step in numbered if step} == {"18"}
    assert any(not hidden for _, hidden in steps)
    expect(pack(found).locator("progress")).to_be_hidden()


def test_the_data_page_offers_the_pack_and_nothing_found_offers_none(visit):
    offered = pack(visit("data?sector=energy", locale="en-GB"))
    expect(offered.locator("summary").first).to_contain_text("13 targets")
    expect(offered.locator("details.share")).to_be_hidden()  # a pack is no view
    nothing = visit("?q=nothingatall")
    expect(nothing.page.locator("p[role=status]")).to_contain_text("没有符合")
    expect(pack(nothing)).to_have_count(0)


def opened_share(found):
    """What leads to the first chart, opened; of a chart that must be chosen first it comes with its sheet."""
    control, share = found.control().locator("summary"), found.page.locator("details.share").first
    control.wait_for()
    if not share.is_visible():
        control.click()
    share.locator("summary").click()
    return share


def shared(found, what: str) -> str:
    """Copy from the first chart's control, and read what was copied."""
    found.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    share = opened_share(found)
    share.locator(f"button[data-copy={what}]").click()
    status = found.page.locator("p[role=status]").first
    expect(status).to_have_text(re.compile("已复制|Copied"))
    return found.page.evaluate("navigator.clipboard.readText()")


@pytest.mark.parametrize(
    ("page", "short"),
    [
        ("?scope=all&q=煤层气&sector=energy&lang=zh&units=chinese", "/?sector=energy&q=煤层气&lang=zh"),
        (
            "indicator?id=unconventional-gas-output&sector=energy&lang=en",
            "/indicator?id=unconventional-gas-output&lang=en",
        ),
        ("evaluation?year=2028&lang=en&units=chinese", "/evaluation?year=2028&lang=en&units=chinese"),
    ],
)
def test_the_short_address_opens_the_same_view(visit, page, short):
    found = visit(page)
    expect(found.charts.first).to_be_visible()
    copied = shared(found, "link")
    assert copied == found.address + short
    words = found.page.locator("[data-testid=stPlotlyChart]").first.get_attribute("aria-label")
    again = visit(copied.removeprefix(f"{found.address}/"), locale="en-GB")
    expect(again.charts.first).to_be_visible()
    assert again.page.locator("[data-testid=stPlotlyChart]").first.get_attribute("aria-label") == words


def test_where_the_clipboard_is_shut_the_address_can_be_copied_by_hand(visit):
    found = visit("?sector=water")
    found.page.evaluate(
        "Object.defineProperty(navigator, 'clipboard', { value: undefined }); document.execCommand = () => false"
    )
    share = opened_share(found)
    share.locator("button[data-copy=link]").click()
    expect(found.page.locator("p[role=status]").first).to_contain_text("自行复制")
    field = share.locator("input").first
    assert field.evaluate("field => field.selectionEnd - field.selectionStart") == len(field.input_value())


@pytest.fixture
def newspaper(tmp_path):
    """Another site, with the embed code in a page of its own."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=tmp_path))
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def publish(code: str) -> str:
        (tmp_path / "article.html").write_text(
            f"<!doctype html><meta charset=utf-8><h1>News</h1>{code}", encoding="utf-8"
        )
        return f"http://127.0.0.1:{server.server_port}/article.html"

    yield publish
    server.shutdown()


def test_another_page_shows_the_chart_alone_with_its_sources(visit, newspaper):
    found = visit("indicator?id=unconventional-gas-output&lang=en")
    expect(found.charts.first).to_be_visible()
    page = found.page
    page.goto(newspaper(shared(found, "embed")))
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("heading", level=1)).to_have_text(
        "Unconventional natural gas output: published figures and the target"
    )
    expect(frame.locator(".js-plotly-plot")).to_have_count(1)
    words = frame.locator("body")
    for part in (
        "Other figures: People's Daily Online",
        f"Data: {DAY}, version {BOOK.version}",
        "The text does not say",
    ):
        expect(words).to_contain_text(part)
    for absent in (".top", ".foot", "[class*=st-key-image]", "details.drawer"):
        expect(frame.locator(absent)).to_have_count(0)
    expect(frame.get_by_role("link", name="See all the evidence on the site")).to_have_attribute(
        "href", f"{found.address}/indicator?id=unconventional-gas-output&lang=en"
    )
    # All of it is seen without scrolling.
    inside = frame.locator("[data-testid=stMain]")
    expect(inside).to_be_visible()
    assert inside.evaluate("element => element.scrollHeight <= element.clientHeight + 1")


@pytest.mark.parametrize("width", [360, 500, 1000])
@pytest.mark.parametrize("page", ["?sector=energy", "evaluation?year=2028", "indicator?id=gdp-growth"])
def test_a_frame_is_as_high_as_its_chart_on_a_phone_too(visit, newspaper, page, width):
    found = visit(f"{page}&lang=en")
    expect(found.charts.first).to_be_visible()
    article = newspaper(shared(found, "embed"))
    found.page.set_viewport_size({"width": width, "height": 800})
    found.page.goto(article)
    frame = found.page.frame_locator("iframe")
    expect(frame.locator(CHART)).to_have_count(1)
    expect(frame.get_by_role("link", name="See all the evidence")).to_be_visible()
    assert frame.locator("[data-testid=stMain]").evaluate("one => one.scrollHeight <= one.clientHeight + 1")


def test_every_sort_of_chart_can_stand_alone(visit):
    found = visit("chart?id=start.energy&embed=true")
    expect(found.page.locator(".board tbody tr").first).to_be_visible()
    assert found.plotly == []  # rows need none
    for identifier in ("years.irrigation-coefficient", "pace", "evidence", "earlier", "verdicts.2028", "start.water"):
        found.page.goto(f"{found.address}/chart?id={identifier}&embed=true")
        expect(found.page.locator(CHART)).to_have_count(1)
    assert found.complaints == [] and found.foreign() == []


def test_a_chart_alone_keeps_the_filter(visit):
    found = visit("chart?id=start.energy&status=comparable&lang=en&embed=true")
    expect(found.page.locator("[data-testid=stMain]")).to_contain_text("2 of the 2 chosen among 13 targets")


def test_an_unknown_chart_gives_words(visit):
    found = visit("chart?id=start.water&embed=true")
    for identifier in ("", "start.nowhere", "years.", "verdicts.1999", "<b>x</b>"):
        found.page.goto(f"{found.address}/chart?id={quote(identifier)}&embed=true")
        expect(found.page.get_by_test_id("stAlert")).to_contain_text("没有这张图")
        expect(found.page.locator(".js-plotly-plot")).to_have_count(0)
