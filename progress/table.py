"""The assessments as a table: the columns of the targets' table, then every input and output of the verdict.

Times are in years, the end of 2031 being 2032; amounts are in the normalised unit, paces in it per year.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from fractions import Fraction
from typing import get_args

import pandas as pd

from evidence.case import cases
from evidence.frames import Row, Schema, frame
from evidence.package import Resource
from evidence.tables import TABLES, targets
from loaders.book import Book
from progress.assess import OUTCOMES, Assessment, assess
from progress.calendar import asof as until
from progress.figures import Chosen
from progress.track import Reason
from progress.verdict import VERDICTS

INPUTS: Schema = {
    "as_of": "day", "due": "day", "allowed_low": "exact", "allowed_high": "exact", "path_from_value": "exact",
    "path_from_time": "exact", "path_to_value": "exact", "reached_time": "exact", "latest_value": "exact",
    "latest_period": "text", "latest_grade": "word", "latest_comparability": "word", "latest_source_id": "text",
    "recent_from_value": "exact", "recent_from_period": "text", "recent_from_grade": "word",
    "recent_from_comparability": "word", "recent_from_source_id": "text", "recent_to_period": "text",
    "used_periods": "words", "used_source_ids": "words",
}  # fmt: skip
# Each outcome, and behind it the reason where there is none.
PARTS: Schema = {"": "exact", "_reason": "word"}
RESULTS: Schema = {f"{name}{part}": dtype for name in OUTCOMES for part, dtype in PARTS.items()}
VERDICT: Schema = {"ratio_doubts": "words", "verdict": "word", "verdict_reason": "word", "verdict_doubts": "words"}
ADDED: Schema = {**INPUTS, **RESULTS, **VERDICT}


def assessments(book: Book, asof: date) -> tuple[Assessment, ...]:
    """Every target in the order of the plan's sectors."""
    return tuple(assess(case, asof) for case in cases(book))


def verdicts(book: Book, asof: date) -> pd.DataFrame:
    """One row per target, from the figures for the time up to `asof`."""
    return pd.concat([targets(book), frame(ADDED, map(_row, assessments(book, asof)))], axis=1)


def _row(assessment: Assessment) -> Row:
    return {
        **_path(assessment),
        **_figure("latest", assessment, assessment.track.latest),
        **_figure("recent_from", assessment, assessment.track.first),
        "recent_to_period": assessment.track.last.figure.period if assessment.track.last else None,
        "used_periods": tuple(str(one.figure.period) for one in assessment.track.used),
        "used_source_ids": tuple(one.figure.source for one in assessment.track.used),
        **_results(assessment),
        "ratio_doubts": assessment.loose,
        "verdict": assessment.verdict,
        "verdict_reason": assessment.reason,
        "verdict_doubts": assessment.tentative,
    }


def _path(assessment: Assessment) -> Row:
    reached = assessment.track.now if isinstance(assessment.reached, Fraction) else None
    return {
        "as_of": str(assessment.asof),
        "due": str(assessment.due),
        "allowed_low": assessment.bounds.low if assessment.bounds else None,
        "allowed_high": assessment.bounds.high if assessment.bounds else None,
        "path_from_value": assessment.path[0].value if assessment.path else None,
        "path_from_time": assessment.path[0].at if assessment.path else None,
        "path_to_value": assessment.path[1].value if assessment.path else None,
        "reached_time": reached.at if reached else None,
    }


def _figure(prefix: str, assessment: Assessment, chosen: Chosen | None) -> Row:
    source = assessment.case.book.source[chosen.figure.source] if chosen else None
    return {
        f"{prefix}_value": chosen.amount.value if chosen else None,
        f"{prefix}_period": chosen.figure.period if chosen else None,
        f"{prefix}_grade": source.grade if source else None,
        f"{prefix}_comparability": chosen.pair.comparability if chosen else None,
        f"{prefix}_source_id": source.id if source else None,
    }


def _results(assessment: Assessment) -> Row:
    outcomes = {name: getattr(assessment, name) for name in OUTCOMES}
    return {
        column: cell
        for name, outcome in outcomes.items()
        for column, cell in (
            (name, outcome if isinstance(outcome, Fraction) else None),
            (f"{name}_reason", None if isinstance(outcome, Fraction) else outcome),
        )
    }


def resource(book: Book) -> Resource:
    """The verdicts in a data package: of the targets' own columns only the id, since their table is there too."""
    schema: Schema = {"id": "text", **ADDED}
    words = {"verdict": VERDICTS, "reason": get_args(Reason)}
    return Resource(
        "verdicts", schema, verdicts(book, until(book))[list(schema)], refers={"id": "targets"}, words=words
    )


# What can be downloaded.
FILES: Mapping[str, Callable[[Book], pd.DataFrame]] = {
    "table": targets,
    "observations": TABLES["observations"],
    "verdicts": lambda book: verdicts(book, until(book)),
}


def chosen(what: str, book: Book, ids: Collection[str]) -> pd.DataFrame:
    """The rows of one of FILES that are about the targets which `ids` names."""
    table = FILES[what](book)
    return table[table["target_id" if what == "observations" else "id"].isin(list(ids))]
