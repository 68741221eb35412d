"""The assessments as rows: the columns of the loaders' table, then every input and output of the verdict."""

from datetime import date
from fractions import Fraction

from loaders.book import Book
from loaders.finding import cases
from loaders.tables import COLUMNS as LOADED
from loaders.tables import Cell, Row, targets
from progress.assess import OUTCOMES, Assessment, assess
from progress.figures import Chosen

_INPUTS = (
    "as_of due allowed_low allowed_high path_from_value path_from_time path_to_value reached_time "
    "latest_value latest_period latest_grade latest_comparability latest_source_id "
    "recent_from_value recent_from_period recent_from_grade recent_from_comparability recent_from_source_id "
    "used_periods used_source_ids"
)
_OUTPUTS = tuple(column for name in OUTCOMES for column in (name, f"{name}_reason"))
_VERDICT = ("ratio_doubts", "verdict", "verdict_reason", "verdict_doubts")
COLUMNS = (*LOADED["table"], *_INPUTS.split(), *_OUTPUTS, *_VERDICT)


def assessments(book: Book, asof: date) -> tuple[Assessment, ...]:
    """Every target in the order of the plan's sectors."""
    return tuple(assess(case, asof) for case in cases(book))


def rows(book: Book, asof: date) -> list[Row]:
    """One row per target. Amounts are in the normalised unit, paces in it per year, months ahead of the path; times
    are in years, the end of 2031 being 2032."""
    return [{**row, **_cells(found)} for row, found in zip(targets(book), assessments(book, asof), strict=True)]


def _cells(found: Assessment) -> dict[str, Cell]:
    aim, track, path = found.aim, found.track, found.path
    cells: dict[str, Cell] = {
        "as_of": str(found.asof),
        "due": str(found.due),
        "allowed_low": aim.low if aim else None,
        "allowed_high": aim.high if aim else None,
        "path_from_value": path[0].value if path else None,
        "path_from_time": path[0].at if path else None,
        "path_to_value": path[1].value if path else None,
        "reached_time": track.now.at if track.now and isinstance(found.reached, Fraction) else None,
        **_figure("latest", track.latest, found),
        **_figure("recent_from", track.first, found),
        "used_periods": tuple(str(one.figure.period) for one in track.used),
        "used_source_ids": tuple(one.figure.source for one in track.used),
        "ratio_doubts": found.loose,
        "verdict": found.verdict,
        "verdict_reason": found.reason,
        "verdict_doubts": found.tentative,
    }
    for name in OUTCOMES:
        outcome = getattr(found, name)
        given = isinstance(outcome, Fraction)
        cells |= {name: outcome if given else None, f"{name}_reason": None if given else outcome}
    return {column: cells[column] for column in (*_INPUTS.split(), *_OUTPUTS, *_VERDICT)}


def _figure(name: str, chosen: Chosen | None, found: Assessment) -> dict[str, Cell]:
    parts: dict[str, Cell] = dict.fromkeys(("value", "period", "grade", "comparability", "source_id"))
    if chosen:
        source = found.case.book.source[chosen.figure.source]
        parts = {
            "value": chosen.amount.value,
            "period": chosen.figure.period,
            "grade": source.grade,
            "comparability": chosen.pair.comparability,
            "source_id": source.id,
        }
    return {f"{name}_{part}": cell for part, cell in parts.items()}
