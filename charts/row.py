"""A target as a row: its words, and the marks on its track. One model for the page's rows and for the sheet."""

from dataclasses import dataclass
from itertools import count

# In percent of the target: the ends of the track. What lies beyond is an arrow with its number.
TRACK = (0.0, 130.0)
# Marks closer than this, in percent of the target, would cover each other.
CLOSE = 4.0
# A start may touch its target, since it belongs on the line; closer than this it would hide it.
COVERED = 2.0
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
    """`asked` and `by` are the parts of the whole `target`: what, and by when. `start` is a baseline or zero, `reached`
    how far a figure of the plan's own years has come, `context` the best figure where there is none to start from; a
    row without a `goal` has no place on an axis. `goal` are the target's ends in percent: 100, and of a range the upper
    one. `allowed` is the part of the track that keeps the target where that is not simply more of it; `why` says what
    is weak or why there is no track, `signs` behind the name lead to notes."""

    id: str
    indicator: str
    name: str
    target: str
    status: str
    asked: str = ""
    by: str = ""
    goal: tuple[float, ...] = (100.0,)
    start: Spot | None = None
    reached: Spot | None = None
    context: Spot | None = None
    rivals: tuple[Spot, ...] = ()
    allowed: tuple[float, float] | None = None
    why: str = ""
    signs: str = ""

    @property
    def known(self) -> Spot | None:
        """The figure that the row shows: how far it has come, else where it starts, else what is known instead."""
        if self.reached:
            return self.reached
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
        for spot in (one for one in (self.start, self.reached, self.context, *self.rivals) if one):
            first = 1 if spot is self.context and self.line is not None else 0
            own = spot in (self.start, self.reached)
            for share in spot.shares:
                if any(spot.alike(other) and abs(share - one) < _SAME for other, one, _ in found):
                    continue
                # All that lies beyond an end stands at that end; a way is drawn whole.
                at = share if own else min(max(share, TRACK[0]), TRACK[1])
                level = _free(at, first, taken, COVERED if own else CLOSE)
                taken.append((at, level))
                found.append((spot, share, level))
        return tuple(found)

    @property
    def steps(self) -> int:
        """How many steps above the track its marks need."""
        return max((level for _, _, level in self.placed), default=0)

    @property
    def way(self) -> tuple[float, float] | None:
        """From where to where a way leads: to the nearer end of the target. None without one, and where the start keeps
        the target already: a line back to it would say that it must fall."""
        if self.line is None or not self.goal:
            return None
        low, high = self.allowed or (self.goal[0], float("inf"))
        if low <= self.line <= high:
            return None
        return self.line, self.goal[0] if self.line < self.goal[0] else self.goal[-1]


def _free(share: float, first: int, taken: list[tuple[float, int]], close: float) -> int:
    """The lowest step from `first` on where nothing is so close."""
    near = {level for other, level in taken if abs(share - other) < close}
    return next(level for level in count(first) if level not in near)
