"""What every chart has, and the sheets for publication: one frame around the plot, laid out anew for each shape."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from charts import style
from loaders.book import Book
from wording import Language
from wording.texts import say

_LEADING = 1.37
# HTML, size and colour of each line; a line without words is a gap.
_Lines = list[tuple[str, float, str]]


@dataclass(frozen=True)
class Shape:
    """A sheet in CSS pixels, the margin on all sides, and the type of each part.

    `label` are the sizes that the words inside the plot may have, the best first.
    """

    name: str
    width: int
    height: int
    edge: int
    title: int
    lead: int
    note: int
    label: tuple[int, ...]

    @property
    def measure(self) -> int:
        """The width between the margins."""
        return self.width - 2 * self.edge


SHAPES = {
    shape.name: shape
    for shape in (
        Shape("wide", 1200, 675, 28, 28, 17, 13, (20, 18, 16, 14, 13)),  # a slide, a web page
        Shape("half", 1000, 707, 26, 26, 16, 13, (18, 17, 16, 15, 14, 13)),  # half of an A4 page
        Shape("square", 1080, 1080, 40, 40, 24, 17, (28, 26, 24, 22, 20, 18, 16)),  # a post, read on a phone
    )
}


@dataclass(frozen=True)
class Head:
    """The words around a chart. `id` names it in addresses; `page` and `at` are the page that shows it, with what
    its address must hold; `brief` are the notes and `cited` the sources where not all have room; `file` is the image's
    name without shape, date and ending."""

    id: str
    page: str
    at: tuple[tuple[str, str], ...]
    title: str
    subtitle: str
    notes: tuple[str, ...]
    brief: tuple[str, ...]
    sources: str
    data: str
    day: str
    file: str
    language: Language
    cited: str = ""


def head(
    book: Book, language: Language, place: tuple[str, str, tuple[tuple[str, str], ...]], words: tuple[str, str],
    notes: Iterable[str], sources: str, file: str, brief: Iterable[str] = (), cited: str = "",
) -> Head:  # fmt: skip
    """The head of a chart: `place` is its id, page and address, `words` are title and subtitle."""
    data = say(language, "sheet.data", updated=book.plan.updated, version=book.version)
    kept = tuple(note for note in notes if note)
    short = tuple(note for note in brief if note) or kept
    return Head(*place, *words, kept, short, sources, data, str(book.plan.updated), file, language, cited)


@dataclass(frozen=True)
class Plot:
    """A figure on a sheet: how far its axes stand from the left margin, their height, and what their labels need
    below, all in pixels; `named` are the marks whose name stands beside them."""

    figure: go.Figure
    left: float
    height: float
    below: float
    named: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Chart(ABC):
    head: Head

    @property
    @abstractmethod
    def screen(self) -> go.Figure:
        """For a page of any width, whose theme gives the colours of text and ground. Not to be changed."""

    @property
    def height(self) -> float:
        """How high it stands on a page, in pixels."""
        return float(self.screen.layout.height)

    @abstractmethod
    def plot(self, shape: Shape, room: float) -> Plot:
        """For a sheet, in so many pixels of height; higher only where it cannot be read otherwise."""

    @property
    @abstractmethod
    def legend(self) -> dict[str, style.Sign]:
        """The marks that the chart uses and does not name beside them."""

    @property
    @abstractmethod
    def sentence(self) -> str:
        """The chart in words, from the same rows."""

    @property
    @abstractmethod
    def table(self) -> list[dict[str, str]]:
        """The rows in words, under their headings."""

    def name(self, shape: Shape) -> str:
        """The file name without its ending: what it holds, its shape, the date of the data."""
        _, _, units = self.head.language.partition("-")
        other = say(self.head.language, f"units.{units}") if units else ""
        return name(self.head.file, other, say(self.head.language, f"shape.{shape.name}.file"), self.head.day)

    def printed(self, shape: Shape, link: str = "") -> go.Figure:
        """The sheet for publication, the same from every window, device and theme; `link` is its short address."""
        head = self.head
        ways = ((head.notes, head.sources), (head.brief, head.sources), (head.brief, head.cited or head.sources))
        for notes, sources in dict.fromkeys(ways):
            figure = self._sheet(shape, _below(head, (*notes, sources), shape, link))
            if figure.layout.height <= shape.height:
                break
        return figure

    def _laid(self, shape: Shape, bottom: float, named: frozenset[str]) -> tuple[_Lines, float, Plot]:
        """The lines above the plot without what is named in it, where they end, and the plot in what room is left."""
        above = _above(self, shape, named)
        top = shape.edge + _height(above) + shape.lead * 0.6
        return above, top, self.plot(shape, shape.height - top - bottom)

    def _sheet(self, shape: Shape, below: _Lines) -> go.Figure:
        bottom = shape.edge + _height(below) + shape.note
        above, top, plot = self._laid(shape, bottom, frozenset())
        if plot.named:  # what stands directly beside its mark leaves the legend, if it still finds its place then
            again = self._laid(shape, bottom, plot.named)
            above, top, plot = again if again[2].named >= plot.named else (above, top, plot)
        inner = max(plot.height, shape.height - top - bottom - plot.below)
        figure = plot.figure.update_layout(
            template="plotly_white", autosize=False, width=shape.width, font={"family": style.FONT, "color": style.INK},
            height=round(top + inner + plot.below + bottom), paper_bgcolor=style.PAPER, plot_bgcolor=style.PAPER,
            margin={"l": shape.edge + plot.left, "r": shape.edge + 8, "t": top, "b": bottom + plot.below},
            margin_autoexpand=False,
        )  # fmt: skip
        around = [
            *_written(above, plot.left, shape.edge - top),
            *_written(below, plot.left, inner + plot.below + shape.note),
        ]
        return style.noted(figure, [*figure.layout.annotations, *around])


def name(first: str, *rest: str) -> str:
    """A file name that every system takes; the first part gives way where it would be too long."""
    parts = ["_".join(part.translate(_TAKEN).split()) for part in (first, *rest) if part]
    room = _LONGEST - len("_".join(parts[1:]).encode())
    return "_".join((parts[0].encode()[:room].decode(errors="ignore"), *parts[1:]))


# In bytes, of the 255 that systems allow: a number and an ending come to it.
_LONGEST = 230
_TAKEN = {ord(char): "-" for char in '\\/:*?"<>|'}


def _height(lines: _Lines) -> float:
    return sum(size * _LEADING for _, size, _ in lines)


def _above(chart: Chart, shape: Shape, named: frozenset[str]) -> _Lines:
    """Title, subtitle and legend."""
    title = _title(chart.head.title, style.columns(shape.measure, shape.title * 1.05))
    lead = style.lines(chart.head.subtitle, style.columns(shape.measure, shape.lead))
    found: _Lines = [(f"<b>{style.escaped(line)}</b>", shape.title, style.INK) for line in title]
    found += [("", shape.lead * 0.25, ""), *((style.escaped(line), shape.lead, style.GREY) for line in lead)]
    signs = [sign for look, sign in chart.legend.items() if look not in named]
    rows = _rows(signs, style.columns(shape.measure, shape.lead))
    return found + [("", shape.lead * 0.35, "")] * bool(rows) + [(style.legend(r), shape.lead, style.INK) for r in rows]


def _title(text: str, columns: int) -> list[str]:
    """A title in lines, parted behind its colon where it does not fit into one."""
    first, colon, rest = re.match("(.*?)(： ?|: |$)(.*)", text).groups()  # type: ignore[union-attr]
    if style.width(text) <= columns or not rest:
        return style.lines(text, columns)
    return [*style.lines(first + colon, columns), *style.lines(rest, columns)]


def _rows(signs: Iterable[style.Sign], columns: int) -> list[list[style.Sign]]:
    """The signs of a legend in rows that fit."""
    rows: list[list[style.Sign]] = []
    left = 0.0
    for sign in signs:
        needed = style.width(sign[2]) + 5
        if not rows or needed > left:
            rows.append([])
            left = columns
        rows[-1].append(sign)
        left -= needed
    return rows


def _below(head: Head, words: tuple[str, ...], shape: Shape, link: str) -> _Lines:
    """Notes and sources, date and version of the data with the short address."""
    columns = style.columns(shape.measure, shape.note)
    parts: Sequence[str] = (*words, f"{head.data} {link}".strip())
    return [(style.escaped(line), shape.note, style.GREY) for part in parts for line in style.lines(part, columns)]


def _written(lines: _Lines, left: float, down: float) -> Iterator[style.Note]:
    """Lines from the left margin, the first so far below the plot's upper end."""
    for text, size, colour in lines:
        if text:
            yield {
                "text": text, "font": {"size": size, "color": colour}, "align": "left", "showarrow": False,
                "x": 0, "xref": "paper", "xanchor": "left", "xshift": -left,
                "y": 1, "yref": "paper", "yanchor": "middle", "yshift": -down - size * _LEADING / 2,
            }  # fmt: skip
        down += size * _LEADING
