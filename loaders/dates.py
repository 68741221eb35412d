"""What a date cannot be. There is no clock: the data's own days are held against each other and the plan's years."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from loaders.fields import first_day, last_day
from loaders.models import Plan, Rival
from loaders.parsed import Held, Parsed, Problems, Spot
from loaders.phrase import plain
from loaders.problem import Problem, quoted
from loaders.yamlfile import KeyPath

# Years around the plan's own in which every date lies. Half a century holds the series that a plan of some years is
# measured by and the horizons that rivals name, and none of the slips of one digit (1931 for 2031, 2304 for 2034).
# It is counted from the plan, since a fixed year would be one country's.
FAR = 50
# Years after the plan's end for which its data may be kept up: the one in which a later plan is over too.
KEPT = 10
FORMS = {len("2031"): "year", len("2031-09"): "month", len("2031-09-30"): "day"}
# Four digits before 年 (2400个 is no year), or the end of a token of the ledger.
_YEAR = re.compile(r"(?<!\d)\d{4}(?=年|-\d{4}年|$)")
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")


def years(text: str) -> set[str]:
    """The years that a text prints, in figures or in Chinese digits (二〇三四年)."""
    return set(_YEAR.findall(plain(text).translate(_DIGITS)))


def stated(plan: Plan, text: str) -> set[str]:
    """The years that a text prints, the plan's last one where it names the plan's years."""
    named = any(plain(word) in plain(text) for word in plan.period_words)
    return years(text) | ({str(plan.last_year)} if named else set())


def over_a_year(day: date, text: str) -> bool:
    """Whether a date begins more than a year after a day."""
    first = first_day(text)
    return (first.year - 1, first.month, first.day) > (day.year, day.month, day.day)


def _past(parsed: Parsed) -> Iterator[tuple[Spot[Any], KeyPath, str | None]]:
    """What has happened: documents, what was observed, since when a thing no longer counts."""
    for at in parsed.listed("sources", "sources"):
        yield at, ("date",), at.thing.date
    held: list[Held[Any]] = [*parsed.targets(), *parsed.figures()]
    for one in held:
        yield one, ("superseded", "date"), one.thing.superseded and one.thing.superseded.date
    for at in parsed.figures():
        yield at, ("period",), None if isinstance(at.thing, Rival) else at.thing.period


def _any(parsed: Parsed) -> Iterator[tuple[Spot[Any], KeyPath, str | None]]:
    """What may lie in the future."""
    for at in parsed.targets():
        yield at, ("deadline",), at.thing.deadline
        yield at, ("counts_from",), str(at.thing.counts_from) if at.thing.counts_from else None
    for figure in parsed.stated():
        observed = "observations" in figure.path
        yield figure, ("period",), None if observed else figure.thing.period
    for evaluation in parsed.listed("plan", "evaluations"):
        yield evaluation, ("year",), str(evaluation.thing.year)


def after_data(parsed: Parsed) -> Problems:
    """Nothing has happened more than a year after the data's own day; a little after it is a note."""
    if not parsed.plan:
        return
    day = last_day(parsed.plan.updated)
    for at, path, text in _past(parsed):
        if text and over_a_year(day, text.split("/")[-1]):
            yield at.problem(path, "date-after-data", f"at most a year after {parsed.plan.updated}", str(text))


def far(parsed: Parsed) -> Problems:
    """No date lies absurdly far from the plan. What has happened is bounded by the data's own day on its other side."""
    if not parsed.plan:
        return
    plan = parsed.plan
    if plan.last_year - plan.base_year > FAR:
        latest = plan.base_year + FAR
        yield parsed.documents["plan.yaml"].problem(
            ("last_year",), "date-far", f"{latest} at most", str(plan.last_year)
        )
    low, high = parsed.plan.base_year - FAR, parsed.plan.last_year + FAR
    early = [one for one in (*_past(parsed), *_any(parsed)) if one[2] and int(one[2][:4]) < low]
    late = [one for one in _any(parsed) if one[2] and int(one[2].split("/")[-1][:4]) > high]
    for at, path, text in (*early, *late):
        yield at.problem(path, "date-far", f"{low} to {high}", str(text))


def updated(parsed: Parsed) -> Problems:
    """The data is no older than its plan, and not kept for ever."""
    if not parsed.plan:
        return
    plan, document = parsed.plan, parsed.documents["plan.yaml"]
    latest = plan.last_year + KEPT
    if last_day(plan.updated) < first_day(plan.published) or first_day(plan.updated).year > latest:
        wanted = f"{plan.published} to {latest}"
        yield document.problem(("updated",), "updated-impossible", wanted, plan.updated)


def precision(parsed: Parsed) -> Problems:
    """How precise a date is said to be fits how it is written; `inferred` may have any form."""
    for at in parsed.listed("sources", "sources"):
        form, said = FORMS.get(len(at.thing.date or ""), "none"), at.thing.date_precision
        if said != form and (said != "inferred" or form == "none"):
            yield at.problem(("date_precision",), "date-precision", form, said)


def deadlines(parsed: Parsed) -> Problems:
    """A target falls due within the plan's years, or the plan says when; an addition begins before that.

    The flag `undated` or a note says that a date was reckoned from other words (within ten years): no year is printed.
    """
    if not parsed.plan:
        return
    first, last = parsed.plan.first_year, parsed.plan.last_year
    for at in parsed.targets():
        target = at.thing
        due = int((target.deadline or str(last))[:4])
        explained = target.deadline_printed or "undated" in target.flags or target.note is not None
        if due < first or (due > last and not explained):
            yield at.problem(("deadline",), "deadline-outside", f"{first} to {last}", str(target.deadline))
        if target.counts_from and target.counts_from >= due:
            yield at.problem(("counts_from",), "counts-from-late", f"before {due}", str(target.counts_from))


def printed(parsed: Parsed) -> Problems:
    """A deadline that is said to be printed is: in the phrase, the section's heading or, by the ledger, beside them.

    Without a ledger the rest of the section is not known here: `verify` looks there. A phrase that prints another
    year of the plan is enough for a contradiction (2033年底前 for 2034).
    """
    if not parsed.plan:
        return
    headings = {at.thing.id: at.thing.heading for at in parsed.listed("sections", "sections")}
    ledger = parsed.ledger.sections if parsed.ledger else ()
    dated = [(one.section, figure) for one in ledger for figure in one.figures if figure.sort == "deadline"]
    for at in parsed.targets():
        target = at.thing
        if not target.deadline_printed:
            continue
        if not target.deadline:
            yield at.problem(("deadline_printed",), "deadline-unprinted", "a deadline", "none")
        elif parsed.ledger or any(int(year) >= parsed.plan.first_year for year in years(target.printed)):
            own = [one.token for section, one in dated if section == target.section and target.id in one.of]
            texts = (target.printed, headings.get(target.section, ""), *own)
            found = set().union(*(stated(parsed.plan, text) for text in texts))
            if target.deadline[:4] not in found:
                printed_years = " ".join(sorted(found)) or quoted(target.printed)
                yield at.problem(("deadline",), "deadline-unprinted", target.deadline[:4], printed_years)


def superseded(parsed: Parsed) -> Problems:
    """Nothing stops counting before it was published."""
    dates = {at.thing.id: at.thing.date for at in parsed.listed("sources", "sources")}
    published = parsed.plan.published if parsed.plan else None
    every: list[tuple[Held[Any], str | None]] = [(at, published) for at in parsed.targets()]
    every += [(at, dates.get(at.thing.source)) for at in parsed.figures()]
    for at, since in every:
        old = at.thing.superseded
        if old and since and last_day(old.date) < first_day(since):
            yield at.problem(("superseded", "date"), "superseded-early", f"no earlier than {since}", old.date)


RULES: tuple[Callable[[Parsed], Problems], ...] = (
    *(after_data, far, updated, precision, deadlines, printed, superseded),
)


def check(parsed: Parsed) -> list[Problem]:
    return [problem for rule in RULES for problem in rule(parsed)]
