"""A target as a row: its words, and the marks on its track. One model for the page's rows and for the sheet."""

from dataclasses import dataclass
from itertools import count

# In percent of the target: the ends of the track. What lies beyond is an arrow with its number.
TRACK = (0.0, 130.0)
# Marks closer than this, in percent of the target, would cover each other.
_CLOSE = 4.0
_SAME = 1.0


@dataclass(frozen=True)
class Spot:
    """A mark of a `look` (see style.MARKS) at one or two shares of the target, in percent. `value`, `when` and the
    short `word` (why it is no baseline, whose target it is) are parts of its whole `text`; `brief` leaves out the
    weaknesses that the mark itself shows."""

    look: str
    shares: tuple[float, ...]
    text: str
    brief: str = ""
    value: str = ""
    when: str = ""
    word: str = ""
    partial: bool = False
    unverified: bool = False

    def alike(self, other: "Spot") -> bool:
        """Whether both look the same."""
        return (self.look, self.partial, self.unverified) == (other.look, other.partial, other.unverified)


@dataclass(frozen=True)
class Row:
    """`asked` and `by` are the parts of the whole `target`: what, and by when. `start` is a baseline or zero, `context`
    the best figure where there is none to start from; a row without a `goal` has no place on an axis. `goal` are the
    target's ends in percent: 100, and of a range the upper one. `allowed` is the part of the track that keeps the
    target where that is not simply more of it; `why` says what is weak or why there is no track, `signs` behind the
    name lead to notes."""

    id: str
    indicator: str
    name: str
    target: str
    status: str
    asked: str = ""
    by: str = ""
    goal: tuple[float, ...] = (100.0,)
    start: Spot | None = None
    context: Spot | None = None
    rivals: tuple[Spot, ...] = ()
    allowed: tuple[float, float] | None = None
    why: str = ""
    signs: str = ""

    @property
    def known(self) -> Spot | None:
        """The figure that the row shows: where it starts, else what is known instead."""
        return self.context if self.context and (not self.start or self.start.look == "zero") else self.start

    @property
    def line(self) -> float | None:
        """Where the way to the target begins; None without one."""
        return self.start.shares[0] if self.start and self.start.shares else None

    @property
    def placed(self) -> tuple[tuple[Spot, float, int], ...]:
        """Each mark but the target, at each of its shares, and how many steps above the track it stands: what would
        cover another mark does, and so does context beside a way that it is no part of. Of marks that look the same at
        the same place only the first."""
        taken = [(share, 0) for share in self.goal]
        found: list[tuple[Spot, float, int]] = []
        for spot in (one for one in (self.start, self.context, *self.rivals) if one):
            first = 1 if spot is self.context and self.line is not None else 0
            for share in spot.shares:
                if any(spot.alike(other) and abs(share - at) < _SAME for other, at, _ in found):
                    continue
                level = first if spot is self.start else _free(share, first, taken)
                taken.append((share, level))
                found.append((spot, share, level))
        return tuple(found)


def _free(share: float, first: int, taken: list[tuple[float, int]]) -> int:
    """The lowest step from `first` on where nothing is near."""
    near = {level for other, level in taken if abs(share - other) < _CLOSE}
    return next(level for level in count(first) if level not in near)
