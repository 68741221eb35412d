"""The image control: one worded button per chart, and one for all charts of a filter, made in the visitor's browser.

What is asked for comes as data: sheets from `charts/`, which the browser draws with the plotly.js that the installed
wheel carries. Nothing is fetched from elsewhere and the server needs no browser.
"""

import logging
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
from charts.range import RangeChart
from charts.sheet import SHAPES, Chart, name
from charts.style import width
from loaders.book import Book
from views import address
from wording import Language
from wording.texts import say

# The wheel's own folder is served as it stands: a copy would need an installation that can be written.
_WHEEL = declare_component("plotly", Path(plotly.__file__).parent / "package_data")
# The release is named so that no browser draws with that of before an update.
SCRIPT = f"component/{_WHEEL.name}/plotly.min.js?{version('plotly')}"

# The files' text, not their paths: Streamlit takes a path only from an installed package. It takes one module, so that
# what the control's own calls is read before it.
_PARTS = {"html": ("image.html",), "css": ("image.css",), "js": ("zip.js", "image.js")}
_FOLDER = Path(__file__).with_name("control")
_TEXTS = {part: "".join((_FOLDER / name).read_text("utf-8") for name in names) for part, names in _PARTS.items()}

_control = st.components.v2.component("image_control", html=_TEXTS["html"], css=_TEXTS["css"], js=_TEXTS["js"])
# A line in a column of text and on a phone: half-ems, and the pixels of the window. The height of a line, what a
# chart alone needs besides its words, and a row of one on a phone.
_COLUMN, _PHONE = 80, 40
_COLUMN_PIXELS, _PHONE_PIXELS = 700, 360
_LINE, _AROUND, _ROW = 22, 190, 20
_WORDS = ("shape", "hint", "busy", "failed", "unmade", "share", "copy", "copied", "uncopied")
# What a control is built from, what it asks for, and what it is answered: a sheet with its name and its chart in words,
# or the name of a ZIP and its files, each a sheet or a text.
Built = dict[str, object]
Asked = Mapping[str, str]
Answer = dict[str, object]
log = logging.getLogger(__name__)


def control(chart: Chart, key: str) -> None:
    """The control of one chart: its image in any shape, its short address, and how to embed it."""
    place, language = _place(), chart.head.language
    built: Built = {"shared": _shared(chart, place), "of": chart.head.data}
    _offer(key, language, lambda asked: _sheet(chart, asked, place), say(language, "image.open"), built)


def choice(
    charts: Mapping[str, Callable[[], Chart]], labels: Mapping[str, str], key: str, language: Language, *,
    title: str, label: str, version: str,
) -> None:  # fmt: skip
    """One control for many charts, each made only when it is asked for: `labels` name them in its select, `label` says
    what is chosen there, `title` what the control opens. Of another `version` of the data all are drawn anew."""
    place = _place()

    def make(asked: Asked) -> Answer:
        chart = charts[asked["chart"]]()
        return {**_sheet(chart, asked, place), "shared": _shared(chart, place)}

    # Pairs, for an object of JavaScript puts keys that are numbers first.
    named = [(one, labels[one]) for one in charts]
    built: Built = {"charts": named, "chart": label, "shared": [], "of": [version, place]}
    if charts:
        _offer(key, language, make, title, built)


def everything(book: Book, language: Language, ids: frozenset[str]) -> None:
    """The control of all charts of a filter, with the data and the sources."""
    place, context = _place(), address.context()

    def make(asked: Asked) -> Answer:
        ending = asked["format"]
        if ending not in SCALE:
            raise KeyError(ending)
        every = pack.named(pack.charts(book, language, ids, context=context), SHAPES[asked["shape"]], ending)
        files = [{"name": file, "sheet": _sheet(chart, asked, place)["sheet"]} for file, chart in every.items()]
        texts = pack.texts(book, language, ids, every, address.here())
        files += [{"name": file, "text": text} for file, text in texts.items()]
        zipped = say(language, "pack.file", short=book.plan.short[language], count=len(ids))
        return {"files": files, "zip": name(zipped, str(book.plan.updated)) + ".zip", "format": ending}

    built: Built = {"shared": [], "zipped": True}
    _offer("pack", language, make, say(language, "pack.open", count=len(ids)), built)


# Where the page stands, and its filter.
Place = tuple[str, dict[str, list[str]]]


def _place() -> Place:
    return address.site(), address.filters()


def _sheet(chart: Chart, asked: Asked, place: Place) -> Answer:
    """A chart for publication, with its name and in words."""
    site, choices = place
    shape = SHAPES[asked["shape"]]
    sheet = chart.printed(shape, link.shown(link.view(site, chart.head, choices))).to_json()
    return {"sheet": sheet, "name": chart.name(shape), "alt": chart.sentence}


def _shared(chart: Chart, place: Place) -> list[tuple[str, str, str]]:
    """What leads to the chart from elsewhere: what it is called, itself, and its key."""
    site, choices = place
    frame = _frame(link.alone(site, chart.head, choices), chart)
    texts = {"link": link.view(site, chart.head, choices), "embed": frame}
    return [(say(chart.head.language, f"share.{what}"), text, what) for what, text in texts.items()]


# A fragment: the page is not made again for an image.
@st.fragment
def _offer(key: str, language: Language, make: Callable[[Asked], Answer], title: str, built: Built) -> None:
    key = f"image-{key}-{language}"
    asked = getattr(st.session_state.get(key), "asked", None)
    words = {word: say(language, f"image.{word}") for word in _WORDS} | {"open": title}
    words["done"] = say(language, "image.done", file="{file}")
    words["shown"] = say(language, "image.shown", width="{width}", height="{height}")
    words["step"] = say(language, "image.step", done="{done}", total="{total}", file="{file}")
    shapes = {
        one.name: {"name": say(language, f"shape.{one.name}"), "width": one.width, "height": one.height}
        for one in SHAPES.values()
    }
    data = {**built, "script": SCRIPT, "words": words, "shapes": shapes}
    _control(key=key, data={**data, "answer": asked and _answer(make, asked)}, on_asked_change=lambda: None)


def _answer(make: Callable[[Asked], Answer], asked: Asked) -> Answer:
    """What was asked for; where it cannot be made, an answer that holds nothing, so that the visitor is told at once
    and in their language."""
    try:
        return {**make(asked), "id": asked["id"]}
    except Exception:
        log.exception("no sheet was made")
        return {"id": asked["id"]}


def _frame(source: str, chart: Chart) -> str:
    """What another page needs to show the chart, high enough for it and the words around it: in a column of text, and
    the higher the narrower the window is, down to a phone's."""
    head = chart.head
    wide, narrow = (_high(chart, columns) for columns in (_COLUMN, _PHONE))
    # Rows of HTML break their words on a phone, which a drawn chart does not.
    narrow += _ROW * len(chart.drawn) if isinstance(chart, RangeChart) else 0
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
    return round(chart.height + _LINE * lines + _AROUND)
