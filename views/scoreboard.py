"""The targets as rows of a table in HTML: real text and links, the marks drawn with CSS on a track."""

from collections.abc import Callable, Iterable, Sequence
from html import escape

from charts.row import TRACK, Row, Spot
from views.markup import element, link, text
from wording import Language
from wording.texts import say

Link = Callable[[str], str]
# The marks in the order of a legend, as the classes of their looks.
LEGEND = ("target", "baseline", "point", "partial", "unverified", "zero", "context", "rival", "rival other")
_HEADS = ("column.name", "board.known", "board.track", "board.goal", "board.weak")
# What the scale over the tracks names, in percent of the target.
_SCALE = (0, 50, 100)
# So that the target stands at the same place in every table, whichever of them shows its headings.
_COLUMNS = element(
    "".join(element("", "col", **{"class": name}) for name in ("", "known", "way", "goal", "weak")), "colgroup"
)


def legend(rows: Iterable[Row], language: Language) -> str:
    """What the marks mean that these rows use, once for all."""
    spots = [spot for row in rows for spot, _, _ in row.placed]
    used = {"target", *(spot.look for spot in spots)}
    used |= {weight for weight in ("partial", "unverified") if any(getattr(spot, weight) for spot in spots)}
    items: list[str] = []
    for look in (one for one in LEGEND if one in used):
        drawn = {"partial": "baseline half", "unverified": "baseline hollow"}.get(look, _class(look))
        mark = element("", "i", **{"class": f"mark {drawn}", "aria-hidden": "true"})
        items.append(element(mark + escape(say(language, f"mark.{look.replace(' ', '_')}")), "li"))
    allowed = element("", "i", **{"class": "band", "aria-hidden": "true"})
    items.append(element(allowed + escape(say(language, "mark.allowed")), "li"))
    listed = element("".join(items), "ul", **{"class": "legend"})
    summary = text(say(language, "board.legend"), "summary")
    # On a phone it would push the first row from the screen.
    return element(listed, "div", **{"class": "wide"}) + element(summary + listed, "details", **{"class": "narrow"})


def table(rows: Sequence[Row], label: str, href: Link, weak: Callable[[Row], str], out: Callable[[Row], bool],
          language: Language) -> str:  # fmt: skip
    """Rows under their headings; those that a filter leaves `out` are pale."""
    heads = "".join(element(_heading(key, language), "th", scope="col", role="columnheader") for key in _HEADS)
    body = "".join(_row(row, href, weak(row), out(row), language) for row in rows)
    head = element(element(heads, "tr", role="row"), "thead", role="rowgroup")
    inner = _COLUMNS + head + element(body, "tbody", role="rowgroup")
    return element(inner, "table", role="table", **{"class": "board", "aria-label": label})


def _heading(key: str, language: Language) -> str:
    """The words of a column, over the track with the numbers of its scale."""
    words = escape(say(language, key))
    if key != "board.track":
        return words
    numbers = "".join(element(str(share), "i", style=f"left:{_place(share)}%") for share in _SCALE)
    return words + element(numbers, "span", **{"class": "scale", "aria-hidden": "true"})


def alone(rows: Sequence[Row], label: str, language: Language) -> str:
    """Rows inside another site's page, where a link would lead astray."""
    return table(rows, label, lambda _: "", lambda row: row.why, lambda _: False, language)


def _row(row: Row, href: Link, weak: str, out: bool, language: Language) -> str:
    address = href(row.indicator)
    name = (link(row.name, address) if address else escape(row.name)) + (text(row.signs, "sup") if row.signs else "")
    known = row.known
    cells = (
        element(name, "th", scope="row", role="rowheader"),
        _cell(
            "known context" if known and known is row.context else "known",
            _two(known.value, _under(known, language)) if known else "",
        ),
        _cell("way", track(row, language)),
        _cell("goal", _two(row.asked, row.by)),
        _cell("weak", escape(weak)),
    )
    return element("".join(cells), "tr", role="row", **({"class": "out"} if out else {}))


def _cell(name: str, inner: str) -> str:
    return element(inner, "td", role="cell", **{"class": name})


def _two(first: str, second: str) -> str:
    """A value, and under it what is to be known of it."""
    return text(first, "b") + (text(second, "small") if second else "")


def _under(spot: Spot, language: Language) -> str:
    return say(language, "board.join").join(part for part in (spot.when, spot.word) if part)


def track(row: Row, language: Language) -> str:
    """The marks between the ends of the track, and in words, for who does not see them, the other targets."""
    if not row.goal:
        return text(row.why, "small")
    parts = [_bar("band", *row.allowed)] if row.allowed else []
    if row.start and row.way:
        parts.append(_bar("line dotted" if row.start.partial else "line", *row.way))
    # The target first: of a start that lies on it its points still show.
    parts += [_mark(Spot("target", (), row.target), share, 0) for share in row.goal if share <= TRACK[1]]
    parts += [_mark(spot, share, level) for spot, share, level in row.placed]
    # What stands in steps above the track needs a higher row.
    most = max((level for _, _, level in row.placed), default=0)
    high = {"style": f"--most:{most}"} if most > 1 else {}
    rail = element("".join(parts), "span", **{"class": "rail", "aria-hidden": "true"}, **high)
    rivals = say(language, "chart.rest.join").join(spot.text for spot in row.rivals)
    said = say(language, "data.line", name=say(language, "column.rivals"), figures=rivals) if rivals else ""
    return rail + (text(said, "span", look="unseen") if said else "")


def _place(share: float) -> float:
    """Where a share lies on the track, in percent of it."""
    low, high = TRACK
    return round(100 * (share - low) / (high - low), 2)


def _bar(look: str, first: float, last: float) -> str:
    ends = sorted(min(max(share, TRACK[0]), TRACK[1]) for share in (first, last))
    left, right = map(_place, ends)
    return element("", "i", style=f"left:{left}%;width:{round(right - left, 2)}%", **{"class": look})


def _mark(spot: Spot, share: float, level: int) -> str:
    """A mark with its words for a pointer; beyond the edge an arrow with its number."""
    steps = f";--up:{level}" if level else ""
    if share < TRACK[0] or share > TRACK[1]:
        side = "left" if share < TRACK[0] else "right"
        sign = ("◂ {:.0f}%" if side == "left" else "{:.0f}% ▸").format(share)
        return element(escape(sign), "i", title=spot.text, style=f"{side}:0{steps}", **{"class": f"beyond {side}"})
    weight = " half" * spot.partial + " hollow" * spot.unverified
    look = f"mark {_class(spot.look)}{weight}"
    return element("", "i", title=spot.text, style=f"left:{_place(share)}%{steps}", **{"class": look})


def _class(look: str) -> str:
    return look.replace(" ", "-")


def compact(rows: Sequence[Row], href: Link, language: Language) -> str:
    """Targets without a track in one line, opened on demand."""
    if not rows:
        return ""
    names = say(language, "chart.sources.join").join(row.name for row in rows)
    summary = element(escape(say(language, "board.rest", count=len(rows))) + text(names, "span"), "summary")
    items = "".join(element(_line(row, href, language), "li") for row in rows)
    return element(summary + element(items, "ul"), "details", **{"class": "rest"})


def _line(row: Row, href: Link, language: Language) -> str:
    words = say(language, "board.line", value=escape(row.target), why=escape(row.why))
    return say(language, "data.line", name=link(row.name, href(row.indicator)), figures=words)


def tile(number: str, words: str, under: str, href: str, chosen: bool) -> str:
    """A figure that matters, a link to what it counts."""
    inner = text(number, "b") + text(words, "span") + text(under, "small")
    return element(inner, "a", href=href, **{"class": "tile"}, **({"aria-current": "true"} if chosen else {}))


def tiles(made: Iterable[str], label: str) -> str:
    return element("".join(made), "nav", **{"class": "tiles", "aria-label": label})
