"""How many targets of each sector are in what state: backed by what evidence, or come to what verdict."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import plotly.graph_objects as go

from charts import style
from charts.sheet import Chart, Plot, Shape, head
from evidence.case import cases
from evidence.standing import STATUSES
from evidence.tables import sources
from loaders.book import Book
from progress.assess import Assessment
from progress.verdict import VERDICTS
from wording import Language, phrases
from wording.texts import say

_ROW = 46
# Sign, fill and hatching. Full, half, hollow and faint are told apart in grey print and on a dark page; what is not
# gets a hatching on sheets. On a page there is none: there its references do not resolve and the bars vanish.
_LOOKS = {
    "comparable": ("■", style.BASELINE, ""),
    "partial": ("▨", style.HALF, "/"),
    "from_zero": ("▤", style.DEEP, "-"),
    "each_year": ("▥", style.PALE, "|"),
    "context": ("▦", style.OTHER, "+"),
    "rivals_only": ("▧", style.HALF_TARGET, "\\"),
    "nothing": ("□", style.HOLLOW, ""),
    "yes_no": ("■", style.GRID, ""),
    "unmeasured": ("▩", style.HALF_GREY, "x"),
    "met": ("■", style.BASELINE, ""),
    "on_track": ("▨", style.HALF, "/"),
    "behind": ("▤", style.HALF_TARGET, "-"),
    "far_behind": ("▩", style.TARGET, "x"),
    "moving_away": ("▦", style.AWAY, "+"),
    "not_yet_due": ("■", style.GRID, ""),
    "cannot_say": ("□", style.HOLLOW, ""),
    "kept": ("✓", style.KEPT, ""),
    "missed": ("×", style.MISSED, "/"),
}
# A tentative verdict is the same frame, faint but for the sign of the firm one: empty is what cannot be judged.
_LOOKS |= {f"{verdict}?": ("□", "", "") for verdict in (*VERDICTS, "kept", "missed")}
_DARK = ("comparable", "from_zero", "context", "met", "far_behind", "moving_away")


@dataclass(frozen=True)
class Tally(Chart):
    """`counts` are the numbers of targets by state, for each of `names`, in the plan's order; a state's word is the
    text `family.state`."""

    family: str
    states: tuple[str, ...]
    names: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]

    def word(self, state: str) -> str:
        language = self.head.language
        word = say(language, f"{self.family}.{state.rstrip('?')}")
        return say(language, "verdicts.tentative", verdict=word) if state.endswith("?") else word

    @cached_property
    def screen(self) -> go.Figure:
        """The names stand above their bars."""
        figure = self._bars(13, 0.42, xanchor="left")
        return style.page(figure, _ROW * len(self.names) + 30, 4).update_layout(bargap=0.55)

    def plot(self, shape: Shape, room: float) -> Plot:
        """The names stand left of their bars."""
        size = next((size for size in shape.label if size * 1.7 * len(self.names) <= room), shape.label[-1])
        left = max(map(style.width, self.names), default=0) * size * 0.5 + 18
        figure = self._bars(size, 0, xanchor="left", xshift=-left)
        figure.update_layout(bargap=0.3)
        unit = (shape.measure - left - 8) / max(map(sum, self.counts), default=1)
        for bar, state in zip(figure.data, self.states, strict=True):
            rooms = [unit * count / (style.width(text) or 1) for count, text in zip(bar.x, bar.text, strict=True)]
            bar.textfont.size = [int(min(size, 2 * room)) or 1 for room in rooms]
            if hatch := _LOOKS[state][2]:
                colours = {"fgcolor": _ink(state), "bgcolor": style.PAPER}
                bar.marker.pattern = {"shape": hatch, "size": 7, "solidity": 0.25, **colours}
                bar.textfont.color = style.INK
        return Plot(figure, left, max(room, size * 1.7 * len(self.names)), 0)

    @cached_property
    def legend(self) -> dict[str, style.Sign]:
        """A tentative verdict shows in its empty frame the sign of the firm one."""
        entries = {}
        for state in self.states:
            sign, word = _LOOKS[state.rstrip("?")][0], self.word(state)
            entries[state] = ("□", _ink(state), f"{sign} {word}") if state.endswith("?") else (sign, _ink(state), word)
        return entries

    @cached_property
    def sentence(self) -> str:
        language, parts = self.head.language, []
        for name, counts in zip(self.names, self.counts, strict=True):
            items = [
                say(language, "coverage.part", state=self.word(state), count=count)
                for state, count in zip(self.states, counts, strict=True)
                if count
            ]
            parts.append(say(language, "data.line", name=name, figures=say(language, "source.join").join(items)))
        return say(language, "chart.rest.join").join((self.head.title, *parts))

    @cached_property
    def table(self) -> list[dict[str, str]]:
        heads = [say(self.head.language, "column.sector"), *map(self.word, self.states)]
        rows = zip(self.names, self.counts, strict=True)
        return [dict(zip(heads, (name, *map(str, counts)), strict=True)) for name, counts in rows]

    def _bars(self, size: int, above: float, **place: object) -> go.Figure:
        """The bars, and each one's name so far `above` its middle."""
        figure = go.Figure()
        for number, state in enumerate(self.states):
            counts = [row[number] for row in self.counts]
            sign = _LOOKS[state.rstrip("?")][0] + " " if state.endswith("?") else ""
            figure.add_bar(
                x=counts, y=list(range(len(counts))), orientation="h",
                text=[f"{sign}{count}" if count else "" for count in counts],
                textposition="inside", insidetextanchor="middle", textangle=0, constraintext="none",
                textfont={"color": style.PAPER if state in _DARK else style.INK, "size": size},
                marker={"color": _fill(state), "line": _line(state, counts)},
                hovertemplate=f"{self.word(state)}: %{{x}}<extra></extra>",
            )  # fmt: skip
        figure.update_xaxes(visible=False, fixedrange=True)
        figure.update_yaxes(range=[len(self.names) - 0.4, -0.8 if above else -0.6], visible=False, fixedrange=True)
        names = [
            {
                "text": style.escaped(name), "x": 0, "xref": "paper", "y": number - above, "yanchor": "middle",
                "showarrow": False, "font": {"size": size}, **place,
            }
            for number, name in enumerate(self.names)
        ]  # fmt: skip
        return style.noted(figure.update_layout(barmode="stack", showlegend=False, dragmode=False), names)


def _frame(state: str) -> str:
    """The colour of a bar's frame and of its sign: that of the bar, of the firm verdict, or grey."""
    sign, colour, _ = _LOOKS[state.rstrip("?")]
    return style.MISSING if sign == "□" else colour


def _ink(state: str) -> str:
    """The colour of a sign and of a hatching."""
    full = {
        **dict.fromkeys((style.HALF, style.PALE), style.BASELINE),
        style.HALF_TARGET: style.TARGET,
        style.HALF_GREY: style.MISSING,
        style.GRID: "rgba(128,128,128,0.5)",
    }
    return full.get(_frame(state), _frame(state))


def _fill(state: str) -> str:
    ink = _ink(state)
    return _LOOKS[state][1] or (style.faint(ink) if ink.startswith("#") else ink)


def _line(state: str, counts: Sequence[int]) -> dict[str, object]:
    """The frames of the bars; one of nothing would still be seen as a stroke."""
    width, colour = (2, _frame(state)) if state.endswith("?") else (1, style.MISSING)
    return {"color": colour, "width": [width if count else 0 for count in counts]}


def coverage(book: Book, language: Language) -> Tally:
    """The evidence of the targets."""
    states = [(case.sector.id, case.status) for case in cases(book)]
    place = ("evidence", "data", ())
    return _tally(book, "status", STATUSES, states, place, say(language, "coverage.title"), language)


def verdicts(book: Book, found: Iterable[Assessment], language: Language, year: int) -> Tally:
    """The verdicts of an evaluation."""
    states = [(one.case.sector.id, one.verdict + ("?" if one.tentative else "")) for one in found]
    known = tuple(f"{verdict}{mark}" for verdict in VERDICTS for mark in ("", "?"))
    place = (f"verdicts.{year}", "evaluation", (("year", str(year)),))
    return _tally(book, "verdict", known, states, place, say(language, "verdicts.title", year=year), language)


def _tally(
    book: Book, family: str, known: tuple[str, ...], states: Sequence[tuple[str, str]],
    place: tuple[str, str, tuple[tuple[str, str], ...]], title: str, language: Language,
) -> Tally:  # fmt: skip
    """Only states that occur; only sectors that have any."""
    used = tuple(state for state in known if any(one == state for _, one in states))
    sectors = [sector for sector in book.sectors if any(one == sector.id for one, _ in states)]
    documents = len(sources(book, {target.id for sector in book.sectors for _, target in sector.targets}))
    words = head(
        book,
        language,
        place,
        (title, say(language, "coverage.scope", place=book.plan.region[language], total=len(states))),
        (),
        say(language, "coverage.sources", count=documents, **phrases.plan(book, language)),
        say(language, f"{family}.file") + "".join(f"_{value}" for _, value in place[2]),
    )
    counts = tuple(tuple(states.count((sector.id, state)) for state in used) for sector in sectors)
    return Tally(words, family, used, tuple(sector.name[language] for sector in sectors), counts)
