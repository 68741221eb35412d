"""The book as tables: the one place that builds what the command line prints, pages show, downloads hold and analysts
load. Names and order of the columns are the contract of the command line: people script against them."""

from collections.abc import Callable, Collection, Mapping
from decimal import Decimal

import pandas as pd

from evidence.amount import ends
from evidence.case import Case, cases
from evidence.context import obstacle
from evidence.frames import Row, Schema, frame
from evidence.health import findings, wanted
from evidence.kinds import NO_PATH
from evidence.standing import STATUSES
from loaders.book import Book
from loaders.fields import Both
from loaders.models import Figure, Rival, Section, Target

NO_CANONICAL = ("scale", "milestone")

# One row per target.
TARGETS: Schema = {
    "id": "text", "indicator_id": "text", "sector": "word", "name_zh": "text", "name_en": "text", "kind": "word",
    "comparator": "word", "value_low": "exact", "value_high": "exact", "unit": "word", "printed": "text",
    "normalised_low": "exact", "normalised_high": "exact", "normalised_unit": "word", "reading_low": "exact",
    "reading_high": "exact", "reading_unit": "word", "reading_reason": "text", "direction": "word",
    "deadline": "text", "deadline_printed": "flag", "firmness": "word", "scope": "text", "section": "text",
    "parent_section": "text", "flags": "words", "baseline_value": "exact", "baseline_unit": "word",
    "baseline_normalised": "exact", "baseline_period": "text", "baseline_grade": "word", "baseline_source_id": "text",
    "comparability": "word", "comparability_reason": "text", "status": "word", "context_value_low": "exact",
    "context_value_high": "exact", "context_unit": "word", "context_normalised_low": "exact",
    "context_normalised_high": "exact", "context_period": "text", "context_differs": "words",
    "context_grade": "word", "context_source_id": "text",
}  # fmt: skip
# One row per observation or rival target and target of its indicator.
OBSERVATIONS: Schema = {
    "target_id": "text", "indicator_id": "text", "kind": "word", "comparator": "word", "value_low": "exact",
    "value_high": "exact", "unit": "word", "normalised_low": "exact", "normalised_high": "exact",
    "normalised_unit": "word", "period": "text", "measure": "word", "comparability": "word",
    "comparability_reason": "text", "differs": "words", "extent": "word", "grade": "word",
    "source_id": "text", "publisher": "text", "title": "text",
    "date": "text", "date_precision": "word", "url": "text", "printed": "text", "flags": "words", "note": "text",
}  # fmt: skip
# One row per sector: how many targets it has and on what evidence.
SECTORS: Schema = {
    "id": "text", "name_zh": "text", "name_en": "text", "indicators": "count", "targets": "count",
    **dict.fromkeys(STATUSES, "count"),
}  # fmt: skip
# One row per finding on the evidence. `gap_percent` is how far two figures lie apart.
HEALTH: Schema = {
    "code": "word", "sector": "word", "indicator_id": "text", "target_id": "text", "figures": "words",
    "gap_percent": "exact", "expected": "text", "found": "text",
}  # fmt: skip
# What a person would have to collect: one row per target whose start is not known. `unit` is the one that the target
# is stated in.
GAPS: Schema = {
    "target_id": "text", "sector": "word", "name_zh": "text", "name_en": "text", "status": "word", "unit": "word",
    "canonical_unit": "word", "figure_zh": "text", "figure_en": "text", "publisher_zh": "text",
    "publisher_en": "text", "when_zh": "text", "when_en": "text",
}  # fmt: skip
# One row per document, in packs only.
SOURCES: Schema = {
    "id": "text", "publisher_zh": "text", "publisher_en": "text", "title": "text", "date": "text",
    "date_precision": "word", "grade": "word", "url": "text",
}  # fmt: skip


def targets(book: Book) -> pd.DataFrame:
    """One row per target, in the order of the plan's sectors."""
    return frame(TARGETS, map(_target, cases(book)))


def _target(case: Case) -> Row:
    target, indicator, baseline = case.target, case.indicator, case.baseline
    flags = _flags(target, conflicting=baseline is not None and baseline.conflicting)
    section = case.book.section[target.section]
    return {
        "id": target.id,
        "indicator_id": indicator.id,
        "sector": case.sector.id,
        **_name(case),
        "kind": target.kind,
        "comparator": target.comparator,
        **_ends("value", target.value),
        "unit": target.unit,
        "printed": target.printed,
        **_normalised(case),
        **_reading(target),
        "direction": indicator.direction,
        "deadline": case.deadline,
        "deadline_printed": target.deadline_printed,
        "firmness": target.firmness,
        "scope": ";".join(indicator.places) or "province",
        "section": target.section,
        "parent_section": _around(case.book, section),
        "flags": flags,
        **_baseline(case),
        "status": case.status,
        **_context(case),
    }


def _name(case: Case) -> Row:
    name = case.target.name or case.indicator.name
    return {"name_zh": name.zh, "name_en": name.en}


def _ends(prefix: str, span: tuple[Decimal, ...] | None) -> Row:
    return {f"{prefix}_low": span[0] if span else None, f"{prefix}_high": span[-1] if span else None}


def _normalised(case: Case) -> Row:
    """What is printed, in the canonical unit; an order of size and a dated state have none."""
    target, units = case.target, case.book.units
    exact = () if target.kind in NO_CANONICAL else ends(case.book, case.indicator, target)
    dimension = units.dimension_of(case.indicator.dimension, str(target.unit)) if exact else ""
    return {
        "normalised_low": exact[0].value if exact else None,
        "normalised_high": exact[-1].value if exact else None,
        "normalised_unit": units.dimensions[dimension].canonical if dimension else None,
    }


def _reading(target: Target) -> Row:
    reading = target.reading
    return {
        **_ends("reading", reading.value if reading else None),
        "reading_unit": reading.unit if reading else None,
        "reading_reason": reading.reason.en if reading else None,
    }


def _baseline(case: Case) -> Row:
    chosen = case.baseline
    source = case.book.source[chosen.figure.source] if chosen else None
    return {
        "baseline_value": chosen.figure.value[0] if chosen else None,
        "baseline_unit": chosen.figure.unit if chosen else None,
        "baseline_normalised": chosen.amount.value if chosen else None,
        "baseline_period": chosen.figure.period if chosen else None,
        "baseline_grade": source.grade if source else None,
        "baseline_source_id": source.id if source else None,
        "comparability": chosen.pair.comparability if chosen else None,
        "comparability_reason": chosen.pair.reason.en if chosen else None,
    }


def _context(case: Case) -> Row:
    """The best figure that is no baseline, and why it is none: what differs, or what keeps it from being one."""
    best = case.standing.context
    figure = best.figure if best else None
    source = case.book.source[figure.source] if figure else None
    hinders = obstacle(case.book, case.indicator, figure) if figure else None
    differs: tuple[str, ...] = (best.codes if best else ()) or ((hinders,) if hinders else ())
    return {
        **_ends("context_value", figure.value if figure else None),
        "context_unit": figure.unit if figure else None,
        "context_normalised_low": best.amounts[0] if best else None,
        "context_normalised_high": best.amounts[-1] if best else None,
        "context_period": figure.period if figure else None,
        "context_differs": differs,
        "context_grade": source.grade if source else None,
        "context_source_id": source.id if source else None,
    }


def _flags(stated: Target | Figure, *, conflicting: bool = False) -> tuple[str, ...]:
    """The flags that a person wrote and those that follow from the data."""
    derived = {"conflicting": conflicting, "superseded": stated.superseded is not None}
    return tuple(sorted({*stated.flags, *(flag for flag, holds in derived.items() if holds)}))


def _around(book: Book, section: Section) -> str | None:
    """The section around a box; a section's own chapter is not asked for here."""
    parent = book.section.get(section.parent or "")
    return parent.id if parent and parent.parent else None


def observations(book: Book) -> pd.DataFrame:
    """One row per observation or rival target and target of its indicator."""
    pairs = (
        (case, figure) for case in cases(book) for figure in (*case.indicator.observations, *case.indicator.rivals)
    )
    return frame(OBSERVATIONS, (_figure(case, figure) for case, figure in pairs))


def _figure(case: Case, figure: Figure) -> Row:
    pair, source, amounts = case.pair(figure), case.book.source[figure.source], case.amounts(figure)
    return {
        "target_id": case.target.id,
        "indicator_id": case.indicator.id,
        "kind": figure.kind if isinstance(figure, Rival) else "observation",
        "comparator": figure.comparator,
        **_ends("value", figure.value),
        "unit": figure.unit,
        "normalised_low": amounts[0],
        "normalised_high": amounts[-1],
        "normalised_unit": case.book.units.dimensions[case.indicator.dimension].canonical,
        "period": figure.period,
        "measure": case.indicator.measure_of(figure),
        "comparability": pair.comparability if pair else "different",
        "comparability_reason": pair.reason.en if pair else None,
        "differs": pair.differs if pair else (),
        "extent": pair.extent if pair else None,
        "grade": source.grade,
        "source_id": source.id,
        "publisher": source.publisher.en,
        "title": source.title,
        "date": source.date,
        "date_precision": source.date_precision,
        "url": source.url,
        "printed": figure.printed,
        "flags": _flags(figure),
        "note": figure.note.en if figure.note else None,
    }


def sectors(book: Book) -> pd.DataFrame:
    """One row per sector with how many targets it has and on what evidence."""
    rows = []
    for sector in book.sectors:
        states = [case.status for case in cases(book) if case.sector is sector]
        rows.append({
            "id": sector.id, "name_zh": sector.name.zh, "name_en": sector.name.en,
            "indicators": len(sector.indicators), "targets": len(states),
            **{str(state): states.count(state) for state in STATUSES},
        })  # fmt: skip
    return frame(SECTORS, rows)


def health(book: Book) -> pd.DataFrame:
    """One row per finding on the evidence."""
    rows = (
        {
            "code": finding.code,
            "sector": finding.sector,
            "indicator_id": finding.indicator.id,
            "target_id": finding.target.id if finding.target else None,
            "figures": tuple(f"{one.printed} ({one.period or ''}, {one.source})" for one in finding.figures),
            "gap_percent": None if finding.gap is None else Decimal(round(1000 * finding.gap)) / 10,
            "expected": finding.expected or None,
            "found": finding.found or None,
        }
        for finding in findings(book)
    )
    return frame(HEALTH, rows)


def gaps(book: Book) -> pd.DataFrame:
    """One row per target whose start nobody has found: without a baseline where one is needed, or with a bound for
    one; an addition to what nobody has counted; and what else somebody named a figure for, until the baseline is full.
    """
    named = {gap.target: gap for gap in book.gaps.gaps}
    rows = []
    for case in cases(book):
        gap = named.get(case.target.id)
        if (wanted(case) or (gap and not _full(case))) and not case.target.superseded:
            texts = {"figure": gap.figure, "publisher": gap.publisher, "when": gap.when} if gap else {}
            rows.append({
                "target_id": case.target.id, "sector": case.sector.id, **_name(case), "status": case.status,
                "unit": case.target.stated.unit,
                "canonical_unit": book.units.dimensions[case.indicator.dimension].canonical,
                **_both("figure", texts), **_both("publisher", texts), **_both("when", texts),
            })  # fmt: skip
    return frame(GAPS, rows)


def _full(case: Case) -> bool:
    """Whether there is a baseline that leaves nothing to wish for; what is reached or not has none."""
    start = case.baseline
    return start is not None and start.pair.comparability == "same" and case.target.kind not in NO_PATH


def _both(name: str, texts: Mapping[str, Both]) -> Row:
    both = texts.get(name)
    return {f"{name}_{language}": both[language] if both else None for language in ("zh", "en")}


def sources(book: Book, ids: Collection[str]) -> pd.DataFrame:
    """The documents behind the figures that stand beside the targets which `ids` names, each once."""
    near = [case for case in cases(book) if case.target.id in ids]
    used = {one.source for case in near for one in (*case.indicator.observations, *case.indicator.rivals)}
    rows = (
        {
            "id": source.id, "publisher_zh": source.publisher.zh, "publisher_en": source.publisher.en,
            "title": source.title, "date": source.date, "date_precision": source.date_precision,
            "grade": source.grade, "url": source.url,
        }
        for source in book.sources.sources
        if source.id in used
    )  # fmt: skip
    return frame(SOURCES, rows)


# The tables of the command line by their names there.
TABLES: Mapping[str, Callable[[Book], pd.DataFrame]] = {
    "table": targets,
    "observations": observations,
    "sectors": sectors,
    "health": health,
    "gaps": gaps,
}
