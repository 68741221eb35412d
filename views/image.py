"""The image control: one worded button per chart, and one for all charts of a filter, made in the visitor's browser.

What is asked for comes as data: sheets from `charts/`, which the browser draws with the plotly.js that the installed
wheel carries. Nothing is fetched from elsewhere and the server needs no browser.
"""

from collections.abc import Callable, Mapping
from html import escape
from importlib.metadata import version
from math import ceil
from pathlib import Path

import plotly
import streamlit as st
from streamlit.components.v1 import declare_component

from charts import link, pack
from charts.export import SCALE
from charts.sheet import SHAPES, Chart, Shape, name
from charts.style import width
from loaders.book import Book
from views import address
from wording import Language
from wording.texts import say

# The wheel's own folder is served as it stands: a copy would need an installation that can be written.
_WHEEL = declare_component("plotly", Path(plotly.__file__).parent / "package_data")
# The release is named so that no browser draws with that of before an update.
SCRIPT = f"component/{_WHEEL.name}/plotly.min.js?{version('plotly')}"

# The files' text, not their paths: Streamlit takes a path only from an installed package.
_PARTS = {part: Path(__file__).with_name("control") / f"image.{part}" for part in ("html", "css", "js")}
_TEXTS = {part: path.read_text(encoding="utf-8") for part, path in _PARTS.items()}

_control = st.components.v2.component("image_control", html=_TEXTS["html"], css=_TEXTS["css"], js=_TEXTS["js"])
# A line in a column of text and on a phone: half-ems, and the pixels of the window. The height of a line, and what a
# chart alone needs besides its words.
_COLUMN, _PHONE = 80, 40
_COLUMN_PIXELS, _PHONE_PIXELS = 700, 360
_LINE, _AROUND = 22, 190
# What a control answers with: the name of a ZIP, if it is one, and its files, each a sheet or a text.
Answer = dict[str, object]


def control(chart: Chart, key: str) -> None:
    """The control of one chart: its image in any shape, its short address, and how to embed it."""
    site, choices, language = address.site(), address.filters(), chart.head.language
    view = link.view(site, chart.head, choices)

    def make(shape: Shape, ending: str) -> Answer:
        sheet = chart.printed(shape, link.shown(view)).to_json()
        return {"files": [{"name": f"{chart.name(shape)}.{ending}", "sheet": sheet}]}

    shared = (("link", view), ("embed", _frame(link.alone(site, chart.head, choices), chart)))
    _offer(key, language, make, say(language, "image.open"), dict(shared))


def everything(book: Book, language: Language, ids: frozenset[str]) -> None:
    """The control of all charts of a filter, with the data and the sources."""
    site, choices, context = address.site(), address.filters(), address.context()

    def make(shape: Shape, ending: str) -> Answer:
        every = pack.named(pack.charts(book, language, ids, context=context), shape, ending)
        links = {file: link.shown(link.view(site, chart.head, choices)) for file, chart in every.items()}
        files = [{"name": file, "sheet": chart.printed(shape, links[file]).to_json()} for file, chart in every.items()]
        texts = pack.texts(book, language, ids, every, address.here())
        files += [{"name": file, "text": text} for file, text in texts.items()]
        zipped = say(language, "pack.file", short=book.plan.short[language], count=len(ids))
        return {"files": files, "zip": name(zipped, str(book.plan.updated)) + ".zip"}

    _offer("pack", language, make, say(language, "pack.open", count=len(ids)), {})


# A fragment: the page is not made again for an image.
@st.fragment
def _offer(
    key: str, language: Language, make: Callable[[Shape, str], Answer], title: str, shared: Mapping[str, str]
) -> None:
    key = f"image-{key}-{language}"
    asked, answer = getattr(st.session_state.get(key), "asked", None), None
    if asked and asked["shape"] in SHAPES and asked["format"] in SCALE:
        answer = {**make(SHAPES[asked["shape"]], asked["format"]), "id": asked["id"], "format": asked["format"]}
    words = {word: say(language, f"image.{word}") for word in ("hint", "busy", "failed", "share", "copy", "copied")}
    words |= {"uncopied": say(language, "image.uncopied"), "open": title}
    words |= {"done": say(language, "image.done", file="{file}")}
    words |= {"step": say(language, "image.step", done="{done}", total="{total}", file="{file}")}
    shapes = {shape: say(language, f"shape.{shape}") for shape in SHAPES}
    given = [(say(language, f"share.{what}"), text, what) for what, text in shared.items()]
    data = {"script": SCRIPT, "words": words, "shapes": shapes, "shared": given, "answer": answer}
    _control(key=key, data=data, on_asked_change=lambda: None)


def _frame(source: str, chart: Chart) -> str:
    """What another page needs to show the chart, high enough for it and the words around it: in a column of text, and
    the higher the narrower the window is, down to a phone's."""
    head = chart.head
    wide, narrow = (_high(chart, columns) for columns in (_COLUMN, _PHONE))
    slope = (narrow - wide) / (_COLUMN_PIXELS - _PHONE_PIXELS)
    between = f"{narrow + slope * _PHONE_PIXELS:.0f}px - {100 * slope:.0f}vw"
    return (
        f'<iframe src="{escape(source)}" title="{escape(head.title)}" width="100%" height="{wide}"'
        f' style="border:0;height:clamp({wide}px,{between},{narrow}px)" loading="lazy"></iframe>'
    )


def _high(chart: Chart, columns: int) -> int:
    """The height of a chart alone, in pixels, where a line of its words holds so many half-ems."""
    head, legend = chart.head, sum(width(words) + 6 for _, _, words in chart.legend.values())
    words = " ".join((*head.notes, head.sources, head.data))
    lines = 1.6 * ceil(1.6 * width(head.title) / columns) + ceil(1.2 * legend / columns)
    lines += sum(ceil(1.05 * width(text) / columns) for text in (head.subtitle, words))
    return round(float(chart.screen.layout.height) + _LINE * lines + _AROUND)
