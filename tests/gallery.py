"""The pictures of the README, of docs/publishing.md and of docs/visual-language.md: `python -m tests.gallery` draws
them anew into docs/.

A person looks at them before they are kept; no test reads them.
"""

import base64
import io
from pathlib import Path

import plotly
import plotly.graph_objects as go
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from charts import link, pack, stem, style
from charts.sheet import SHAPES
from loaders.book import load
from tests.browser.conftest import FLAGS, ROOT, chromium_path, serving
from tests.specimen import EYES, years

DOCS = ROOT / "docs"
SIX = (
    ("zh", "years.unconventional-gas-output", "wide"),
    ("en", "start.energy", "wide"),
    ("zh", "pace", "half"),
    ("en", "years.irrigation-coefficient", "half"),
    ("zh", "start.traditional-industry", "square"),
    ("en", "evidence", "square"),
)
# Each mark, its weights, and its name.
FULL, PARTIAL, COPY, BOTH = (False, False), (True, False), (False, True), (True, True)
MARKS = {
    "target": ((FULL,), "target"),
    "rival": ((FULL, PARTIAL, COPY, BOTH), "target set elsewhere"),
    "rival other": ((FULL, COPY), "the same, not comparable"),
    "baseline": ((FULL, PARTIAL, COPY, BOTH), "baseline"),
    "point": ((FULL, PARTIAL, COPY, BOTH), "published figure"),
    "context": ((FULL, COPY), "the same, not comparable"),
    "zero": ((FULL,), "counted from zero"),
    "path": ((), "required path"),
    "kept": ((), "earlier goal, kept"),
    "missed": ((), "earlier goal, missed"),
}
WEIGHTS = ("whole", "in part", "a copy", "both")
PATH = {"color": style.PATH, "width": 2, "dash": "dash"}


def marks() -> go.Figure:
    """Every mark as charts draw it, with its weights and its name."""
    figure = go.Figure(
        layout={"width": 760, "height": 40 * len(MARKS) + 50, "font": {"family": style.FONT, "size": 17}}
    )
    for x, name in zip((0, 1.4, 2.8, 4.2), WEIGHTS, strict=True):
        figure.add_annotation(x=x + 0.6, y=-1, text=name, showarrow=False, font_size=14)
    for row, (look, (weights, name)) in enumerate(MARKS.items()):
        if look in stem.CAME:
            line = {"width": 2, "color": style.MARKS[look].colour}
            figure.add_shape(type="line", x0=0.3, x1=0.3, y0=row - 0.35, y1=row + 0.35, line=line)
            figure.add_shape(stem.sign(look, 0.6, row, (0, 0), 8))
        elif not weights:
            figure.add_scatter(x=[0.2, 1], y=[row, row], mode="lines", line=PATH)
        for partial, copy in weights:
            mark, x = style.MARKS[look], 0.6 + 1.4 * (partial + 2 * copy)
            symbol = mark.symbol + ("-open" if partial or copy else "")
            line = {"width": 3 if look == "zero" else 2, "color": mark.colour}
            shown = {"symbol": symbol, "size": mark.size, "color": mark.colour, "line": line}
            figure.add_scatter(x=[x], y=[row], mode="markers", marker=shown)
            if partial:
                figure.add_shape(style.half(mark, x, row, mark.size, copy))
        figure.add_annotation(x=5.6, y=row, text=name, xanchor="left", showarrow=False)
    figure.update_xaxes(visible=False, range=[0, 8.6]).update_yaxes(visible=False, range=[len(MARKS) - 0.5, -1.5])
    return figure.update_layout(
        showlegend=False, paper_bgcolor="#fff", plot_bgcolor="#fff", margin=dict.fromkeys("lrtb", 0)
    )


def seen(picture: Image.Image, matrix: tuple[tuple[float, ...], ...]) -> Image.Image:
    """A picture as other eyes see it; the matrix is for linear light."""
    curve = [round(255 * (value / 255) ** 2.2) for value in range(256)] * 3
    back = [round(255 * (value / 255) ** (1 / 2.2)) for value in range(256)] * 3
    flat = tuple(number for row in matrix for number in (*row, 0))
    return picture.point(curve).convert("RGB", flat).point(back)


def screenshot(browser: Browser) -> None:
    """The first screen of the overview, whole when the foot of the page is there."""
    with serving() as address:
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(f"{address}/?lang=en")
        page.locator(".foot").wait_for()
        page.screenshot(path=DOCS / "screenshot.png")


def main() -> None:
    book = load(ROOT / "indicators").book
    ids = {target.id for sector in book.sectors for _, target in sector.targets}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(FLAGS))
        page = browser.new_page()
        page.add_script_tag(path=Path(plotly.__file__).parent / "package_data" / "plotly.min.js")

        def drawn(figure: go.Figure) -> Image.Image:
            script = (
                "async text => { const { data, layout } = JSON.parse(text); return Plotly.toImage({ data, layout },"
            )
            script += " { format: 'png', width: layout.width, height: layout.height, scale: 1 }); }"
            content = base64.b64decode(page.evaluate(script, figure.to_json()).partition(",")[2])
            return Image.open(io.BytesIO(content)).convert("RGB")

        for number, (language, name, shape) in enumerate(SIX, 1):
            chart = pack.chart(book, language, name, ids)
            assert chart, name
            address = link.shown(link.view("https://plan.example.org", chart.head, {}))
            picture = drawn(chart.printed(SHAPES[shape], address))
            picture.save(DOCS / f"gallery-{number}.png", optimize=True)
        drawn(marks()).save(DOCS / "marks.png", optimize=True)
        whole = drawn(years("en").printed(SHAPES["half"], "plan.example.org"))
        views = [whole, whole.convert("L").convert("RGB"), *(seen(whole, EYES[name]) for name in EYES)]
        both = Image.new("RGB", (1000, 180 + 3 * 354), "white")
        for place, view in enumerate(views):
            small = view.crop((0, 0, 1000, 620)).resize((500, 310), Image.Resampling.LANCZOS)
            both.paste(small, (500 * (place % 2), 340 * (place // 2)))
        both.crop((0, 0, 1000, 1000)).save(DOCS / "eyes.png", optimize=True)
        screenshot(browser)


if __name__ == "__main__":
    main()
