"""The one place for colours, marks, type and line breaks of charts."""

import html
import re
import unicodedata
from collections.abc import Iterable
from math import ceil, floor, log10

import plotly.graph_objects as go

# Okabe-Ito blue and vermilion: apart for every kind of colour sight and in grey print, and
# readable on white and on Streamlit's dark ground. Shape carries the meaning, colour repeats it.
BASELINE = "#2b7bba"
TARGET = "#d55e00"
MISSING = "#808080"
PATH = "#808080"
# Fills of bars that are not whole: half of BASELINE, and none at all.
HALF = "rgba(43,123,186,0.4)"
HALF_TARGET = "rgba(213,94,0,0.4)"
AWAY = "#5c2a00"
HOLLOW = "rgba(128,128,128,0)"
GRID = "rgba(128,128,128,0.25)"

MARK_BASELINE = "circle"
MARK_UNVERIFIED = "circle-open"
MARK_TARGET = "diamond"
MARK_RIVAL = "diamond-open"
MARK_MISSING = "square-open"
DASH = {"same": "solid", "partial": "dot"}

# System fonts: a web font does not reach a PNG that the browser draws.
FONT = '"Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", "Source Han Sans SC", sans-serif'
INK = "#1a1a1a"
PAPER = "#ffffff"
GREY = "#555555"
PRINT_WIDTH, PRINT_HEIGHT = 1200, 675


def escaped(text: str) -> str:
    """Plotly reads a little HTML in every text; what comes from data must stay text."""
    return html.escape(text, quote=False)


def width(text: str) -> int:
    """Width in half-em columns: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def lines(text: str, columns: int) -> list[str]:
    """`text` in lines of at most `columns`; Latin words stay whole, Chinese breaks anywhere."""
    result, current = [], ""
    for piece in _pieces(text):
        if current and width(current + piece.rstrip()) > columns:
            result.append(current.rstrip())
            current = ""
        current += piece
        while width(current.rstrip()) > columns:  # a word longer than a line
            cut = next(end for end in range(len(current), 0, -1) if width(current[:end]) <= columns)
            result.append(current[:cut])
            current = current[cut:]
    return [*result, current.rstrip()] if current.strip() else result


def hover(text: str) -> str:
    """Words for the label over a mark, narrow enough for a phone."""
    return "<br>".join(map(escaped, lines(text, 36)))


# A bracket is kept whole (up to this width) and punctuation stays with what stands before it.
_BRACKET = 26
_CLOSING = "，。；：、）】”’！？%‰)"


def _pieces(text: str) -> list[str]:
    """What a line may be broken between: Latin words, single Chinese characters, short brackets."""
    pieces: list[str] = []
    for token in re.findall(r"（[^（）]*）|\([^()]*\) ?|[^\s\u2e80-\uffef]+ ?|.", text):
        if width(token) > _BRACKET:
            pieces += _pieces(token[:1]) + _pieces(token[1:]) if token[0] in "（(" else [token]
        elif pieces and token[0] in _CLOSING:
            pieces[-1] += token
        else:
            pieces.append(token)
    return pieces


def ticks(low: float, high: float) -> list[float]:
    """About five round numbers between two ends."""
    about = (high - low) / 5
    power = 10 ** floor(log10(about))
    step = next(times * power for times in (1, 2, 5, 10) if times * power >= about * 0.999)
    return [number * step for number in range(ceil(low / step), floor(high / step) + 1)]


def legend(entries: Iterable[tuple[str, str, str]]) -> str:
    """Sign, colour and words of each mark, as the HTML that both Plotly and Markdown read."""
    # A no-break space: at the end of a line a sign must not part from its word.
    return "　".join(f'<span style="color:{colour}">{sign}</span>\u00a0{words}' for sign, colour, words in entries)


def page(figure: go.Figure, height: int, bottom: int) -> go.Figure:
    """The figure as part of a page of any width, whose theme gives the colours of text and ground."""
    return figure.update_layout(
        height=height, margin={"l": 6, "r": 10, "t": 4, "b": bottom},
        paper_bgcolor="rgba(0,0,0,0)", plot_bgcolor="rgba(0,0,0,0)",
    )  # fmt: skip


def sheet(
    figure: go.Figure, size: int, inner: float, margin: tuple[int, int, int, int], shift: int,
    heads: Iterable[tuple[str, float, int]], notes: Iterable[str], below: int,
) -> go.Figure:  # fmt: skip
    """The figure as the white sheet for publication: one width and type, a plot of the height `inner` and around it
    (left, top, right, bottom) this margin in pixels.

    All lines begin `shift` left of the plot. `heads` are HTML, how far below the sheet's top they stand and their
    type, the first of them bold; the plain text of the `notes` begins so far `below` the plot.
    """
    left, top, right, bottom = margin
    figure.update_layout(
        template="plotly_white", width=PRINT_WIDTH, height=round(top + inner + bottom), autosize=False,
        paper_bgcolor=PAPER, plot_bgcolor=PAPER, font={"family": FONT, "color": INK, "size": size},
        margin={"l": left, "r": right, "t": top, "b": bottom},
    )  # fmt: skip
    for number, (text, at, points) in enumerate(heads):
        _line(figure, text if number else f"<b>{text}</b>", shift, at - top, points, INK)
    for number, note in enumerate(notes):
        _line(figure, escaped(note), shift, inner + below + 18 * number, 13, GREY)
    return figure


def _line(figure: go.Figure, text: str, shift: int, down: float, size: int, colour: str) -> None:
    figure.add_annotation(
        text=text, font={"size": size, "color": colour}, align="left", showarrow=False,
        x=0, xref="paper", xanchor="left", xshift=-shift, y=1, yref="paper", yanchor="middle", yshift=-down,
    )  # fmt: skip
