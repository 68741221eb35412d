"""What a target's figures come to in one word. The thresholds stand here and nowhere else."""

from fractions import Fraction
from typing import Literal, get_args

Verdict = Literal["met", "on_track", "behind", "far_behind", "moving_away", "not_yet_due", "cannot_say"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)

# Shares of the required pace, or of a yearly amount: from the first on it is on track, from the second behind.
ON_TRACK = Fraction(95, 100)
BEHIND = Fraction(60, 100)


def by_pace(pace: Fraction, due: bool) -> Verdict:
    """The word for a pace, 1 being the straight line. On the day itself what is not met is behind at best."""
    if pace < 0:
        return "moving_away"
    if pace < BEHIND:
        return "far_behind"
    return "behind" if due or pace < ON_TRACK else "on_track"
