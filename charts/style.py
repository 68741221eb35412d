"""The one place for colours, marks, type and line breaks of charts; docs/visual-language.md shows them."""

import html
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor, log10

import plotly.graph_objects as go

# Okabe-Ito blue and vermilion: apart for every kind of colour sight and in grey print, and
# readable on white and on Streamlit's dark ground. Shape carries the meaning, colour repeats it.
BASELINE = "#2b7bba"
TARGET = "#d55e00"
# What is of another definition, scope or place; 3 : 1 and more on white and on the dark ground.
OTHER = "#767676"
MISSING = "#808080"
PATH = "#808080"
# Fills of bars that are not whole: half of BASELINE, and none at all.
HALF = "rgba(43,123,186,0.4)"
HALF_TARGET = "rgba(213,94,0,0.4)"
HALF_GREY = "rgba(128,128,128,0.6)"
# A darker and a paler blue beside the half of it.
DEEP, PALE = "#1a4a70", "rgba(43,123,186,0.15)"
AWAY = "#5c2a00"
# What came of an earlier goal: slate and brown, of which none alarms.
KEPT, MISSED = "#8090b0", "#a08060"
HOLLOW = "rgba(128,128,128,0)"
GRID = "rgba(128,128,128,0.25)"
# What a cap or a range allows, behind the marks.
ALLOWED = "rgba(43,123,186,0.14)"


@dataclass(frozen=True)
class Look:
    """A mark: Plotly's symbol and its size on a screen, its colour, and its sign in a line of text."""

    symbol: str
    size: int
    colour: str
    sign: str


# No two marks share symbol and size, so that grey print tells them apart. Hollow is what was seen only as a copy, and
# nothing else; half filled is what is comparable only in part.
MARKS = {
    "target": Look("diamond", 15, TARGET, "◆"),
    "rival": Look("diamond-tall", 11, TARGET, "♦"),
    "rival other": Look("diamond-wide", 10, OTHER, "❖"),
    "baseline": Look("circle", 15, BASELINE, "●"),
    "point": Look("circle", 9, BASELINE, "●"),
    "context": Look("square", 9, OTHER, "■"),
    "zero": Look("line-ns", 15, BASELINE, "┃"),
    # No symbols of Plotly's: charts/stem.py draws them beside the line from a goal to its outcome.
    "kept": Look("tick", 10, KEPT, "✓"),
    "missed": Look("saltire", 10, MISSED, "×"),
}
# What is said of any mark.
WEIGHTS = {"partial": "◐", "unverified": "○"}
# What is no mark but a line: its sign and colour.
LINES = {"path": ("╌", PATH), "partial": ("┄", BASELINE), "allowed": ("▬", HALF)}
DASH = {"same": "solid", "partial": "dot"}

# System fonts: a web font does not reach a PNG that the browser draws.
FONT = '"Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", "Source Han Sans SC", sans-serif'
INK = "#1a1a1a"
PAPER = "#ffffff"
GREY = "#555555"


def faint(colour: str) -> str:
    """A colour as `#2b7bba` so thin that ink on it is read as on paper, and that it is not paper."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.12)"


def escaped(text: str) -> str:
    """Plotly reads a little HTML in every text; what comes from data must stay text."""
    return html.escape(text, quote=False)


# Letters that are not about one half-em wide, in half-ems; a little more than in Noto Sans: other systems are wider.
_NARROW = dict.fromkeys("iljftrI'.,:;!|()[]/-", 0.74) | {" ": 0.56, "³": 0.9} | dict.fromkeys("mwMW%@", 1.75)


def width(text: str) -> float:
    """Width in half-em columns: a Chinese character takes two, a Latin letter about one."""
    return sum(
        2
        if unicodedata.east_asian_width(char) in "WFA" and char not in _NARROW
        else _NARROW.get(char, 1.24 if char.isupper() else 1.1)
        for char in text
    )


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
_BRACKET = 33
_CLOSING = "，。；：、）】”’！？%‰);,.:"


def _pieces(text: str) -> list[str]:
    """What a line may be broken between: Latin words, single Chinese characters, short brackets."""
    pieces: list[str] = []
    for token in re.findall(r"（[^（）]*）|\([^()]*\) ?|[^\s\u2e80-\uffef]+ ?|.", text):
        if width(token) > _BRACKET:
            # A longer one breaks behind its commas; in English it has spaces to break at.
            first, *rest = re.findall("[^，]+，?", token[1:]) if token[0] == "（" else _pieces(token[1:])
            pieces += [token[0] + first, *rest] if token[0] in "（(" else [token]
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


def columns(pixels: float, size: float) -> int:
    """How many half-em columns of a type fit into so many pixels."""
    return int(pixels * 2 / size)


# How far from its middle a symbol of Plotly reaches to the side and up, in half sizes, where not just so far.
REACH = {"diamond": (1.3, 1.3), "diamond-tall": (0.7, 1.4), "diamond-wide": (1.4, 0.7)}


def up(look: Look) -> float:
    """How far a mark reaches above its middle, in parts of the size of the largest."""
    return look.size / 30 * REACH.get(look.symbol, (1, 1))[1]


def half(look: Look, x: float, y: float, size: float, hollow: bool, aside: float = 0) -> dict[str, object]:
    """What makes a hollow mark of this size in pixels half filled: Plotly has no such symbol. Of one that is to stay
    `hollow` only the line that parts it. `aside` is how far the mark stands beside its place, in pixels."""
    wide, reach = (size / 2 * part for part in REACH.get(look.symbol, (1, 1)))
    left, round_off = aside - wide, aside - reach * 4 / 3
    side = {
        "circle": f"C{round_off},{reach} {round_off},{-reach} {aside},{-reach}",
        "square": f"L{left},{reach}L{left},{-reach}L{aside},{-reach}",
    }.get(look.symbol, f"L{left},0L{aside},{-reach}")
    path = f"M{aside},{reach}" + (f"L{aside},{-reach}" if hollow else f"{side}Z")
    return {
        "type": "path", "path": path, "xsizemode": "pixel", "ysizemode": "pixel", "xanchor": x, "yanchor": y,
        "fillcolor": look.colour, "line": {"width": 2 if hollow else 0, "color": look.colour},
    }  # fmt: skip


# The fields of one of Plotly's annotations.
Note = dict[str, object]


def noted(figure: go.Figure, notes: Iterable[Note]) -> go.Figure:
    """The figure with these notes and no others. Added one by one it would check them all each time."""
    figure.layout.annotations = tuple(notes)
    return figure


# Sign, colour and words of a mark.
Sign = tuple[str, str, str]


def sign(look: str, words: str) -> Sign:
    """A mark or a line by its name."""
    if known := MARKS.get(look):
        return known.sign, known.colour, words
    return (WEIGHTS[look], GREY, words) if look in WEIGHTS else (*LINES[look], words)


def legend(entries: Iterable[Sign]) -> str:
    """The signs as the HTML that both Plotly and a page read."""
    # A no-break space: at the end of a line a sign must not part from its word.
    return "　".join(f'<span style="color:{colour}">{mark}</span>\u00a0{words}' for mark, colour, words in entries)


def page(figure: go.Figure, height: int, bottom: int, left: int = 6) -> go.Figure:
    """The figure as part of a page of any width, whose theme gives the colours of text and ground."""
    return figure.update_layout(
        height=height, margin={"l": left, "r": 10, "t": 4, "b": bottom},
        paper_bgcolor="rgba(0,0,0,0)", plot_bgcolor="rgba(0,0,0,0)",
    )  # fmt: skip
