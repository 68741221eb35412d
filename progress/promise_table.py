"""What earlier goals came to, as a table: the goal, the observation that it was held against, the verdict."""

from collections.abc import Sequence

import pandas as pd

from evidence.amount import amounts
from evidence.frames import Row, Schema, frame
from loaders.models import Figure
from progress.promises import Promise

# A figure as printed and converted: of the goal, and with `outcome_` before it of the observation.
STATED: Schema = {
    "comparator": "word", "value_low": "exact", "value_high": "exact", "unit": "word", "normalised_low": "exact",
    "normalised_high": "exact", "period": "text", "printed": "text", "grade": "word", "source_id": "text",
}  # fmt: skip
# One row per goal whose time is over.
PROMISES: Schema = {
    "indicator_id": "text", "sector": "word", "name_zh": "text", "name_en": "text", "kind": "word",
    "normalised_unit": "word", **STATED, "allowed_low": "exact", "allowed_high": "exact",
    **{f"outcome_{name}": dtype for name, dtype in STATED.items()},
    "comparability": "word", "comparability_reason": "text", "verdict": "word", "verdict_reason": "word",
    "verdict_doubts": "words", "missed_by": "exact", "missed_percent": "exact", "again": "flag",
}  # fmt: skip


def table(made: Sequence[Promise]) -> pd.DataFrame:
    return frame(PROMISES, map(_row, made))


def _row(promise: Promise) -> Row:
    indicator, chosen, bounds = promise.indicator, promise.outcome, promise.bounds
    outcome = _stated(promise, chosen.figure if chosen else None)
    return {
        "indicator_id": indicator.id,
        "sector": promise.sector.id,
        "name_zh": indicator.name.zh,
        "name_en": indicator.name.en,
        "kind": promise.rival.kind,
        "normalised_unit": promise.book.units.dimensions[indicator.dimension].canonical,
        **_stated(promise, promise.rival),
        "allowed_low": bounds.low if bounds else None,
        "allowed_high": bounds.high if bounds else None,
        **{f"outcome_{name}": cell for name, cell in outcome.items()},
        "comparability": chosen.pair.comparability if chosen else None,
        "comparability_reason": chosen.pair.reason.en if chosen else None,
        "verdict": promise.came,
        "verdict_reason": promise.because,
        "verdict_doubts": promise.tentative,
        "missed_by": promise.missed_by,
        "missed_percent": promise.missed_percent,
        "again": promise.again,
    }


def _stated(promise: Promise, figure: Figure | None) -> Row:
    if figure is None:
        return dict.fromkeys(STATED)
    found = amounts(promise.book, promise.indicator, figure)
    return {
        "comparator": figure.comparator,
        "value_low": figure.value[0],
        "value_high": figure.value[-1],
        "unit": figure.unit,
        "normalised_low": found[0],
        "normalised_high": found[-1],
        "period": figure.period,
        "printed": figure.printed,
        "grade": promise.book.source[figure.source].grade,
        "source_id": figure.source,
    }
