"""What is weak about the evidence: for each code a plain case, and the cases next to it that are none."""

import csv
import io
import json
from collections.abc import Iterable
from fractions import Fraction

import pytest
from conftest import BASE, Folder
from test_tables import SECOND_YEARBOOK

from evidence.finding import Finding
from evidence.health import CODES, RULES, SERIES_RULES, findings
from evidence.tables import HEALTH
from loaders.book import load
from wording import LANGUAGES
from wording.texts import TEXTS

# The toy plan runs from 2032 to 2034, its base year is 2031.
SOURCES = """sources:
  - {id: yearbook, publisher: {zh: 局, en: Bureau}, date: 2032-02-20, date_precision: day, grade: A}
  - {id: daily, publisher: {zh: 报, en: Daily}, date: 2032-02, date_precision: month, grade: B}
  - {id: mirror, publisher: {zh: 网, en: Mirror}, date: 2032, date_precision: year, grade: C}
  - {id: plan-of-2030, publisher: {zh: 局, en: Bureau}, date: 2030-12-31, date_precision: day, grade: A}
  - {id: plan-of-2031, publisher: {zh: 局, en: Bureau}, date: 2031-01-01, date_precision: day, grade: A}
  - {id: undated-plan, publisher: {zh: 局, en: Bureau}, date_precision: none, grade: A}
"""
DIFFERENCES = {
    "partial": ", differs: [definition], extent: province, word: {zh: 字, en: words}",
    "different": ", differs: [measure], extent: province, word: {zh: 字, en: words}",
}
GONE = "{date: 2032, reason: {zh: 已修订。, en: Revised.}}"


def row(**fields: object) -> str:
    """An item of a list on one line; what is None is left out."""
    return "      - {" + ", ".join(f"{name}: {value}" for name, value in fields.items() if value is not None) + "}\n"


def seen(value: object, period: object = 2031, source: str = "yearbook", pair: str | None = "same", **more) -> str:
    """A published figure; `pair` is how it compares with the target, None where nobody has said."""
    judged = f", judged: {more.pop('judged')}" if "judged" in more else ""
    reason = "reason: {zh: 字, en: words}" + DIFFERENCES.get(pair or "", "")
    pairs = pair and f"[{{target: goal, comparability: {pair}, {reason}{judged}}}]"
    unit = more.pop("unit", "亩")
    words = str(value).strip("[]").replace(", ", "—")
    phrase = f"{more.get('comparator', '')} {words}{unit}".strip()
    return row(value=value, unit=unit, period=period, printed=f"'{phrase}'", source=source, pairs=pairs, **more)


def promised(value: object, by: object, source: str = "yearbook", pair: str | None = "same", **more: object) -> str:
    """A target that somebody else set."""
    return seen(value, by, source, pair, kind="other_target", **more)


def goal(value: object = 12, comparator: str = "ge", **more: object) -> str:
    """The plan's target."""
    unit = more.pop("unit", "亩")
    fields = {"id": "goal", "kind": "level", "comparator": comparator, "value": value, "unit": f"'{unit}'"}
    words = str(value).strip("[]").replace(", ", "—")
    flags = "[bare-verb]" if comparator not in ("eq", "about", "range") else None
    return row(**fields | {"printed": f"'水面{words}{unit}'", "section": 1, "flags": flags} | more)


MILESTONE = row(id="goal", kind="milestone", printed="建成", section=1)


def ponds(
    target: str, *observations: str, rivals: Iterable[str] = (), direction: str = "up", measure: str = "stock"
) -> str:
    """One indicator with one target, as its sector file has it."""
    lists = {"targets": [target], "observations": observations, "rivals": rivals}
    return f"""  - id: ponds
    name: {{zh: 水面, en: Ponds}}
    definition: {{zh: 水面。, en: Water surface.}}
    dimension: pond-area
    measure: {measure}
    direction: {direction}
""" + "".join(f"    {name}:\n{''.join(rows)}" for name, rows in lists.items() if rows)


@pytest.fixture
def health(folder: Folder):
    """The findings of one code on the toy plan with these ponds."""

    def found(code: str, *indicators: str) -> list[Finding]:
        files = {
            "fish-ponds.yaml": "name: {zh: 鱼塘, en: Ponds}\nindicators:\n" + "".join(indicators),
            "schools.yaml": "name: {zh: 学校, en: Schools}\nindicators: []\n",
            "sources.yaml": SOURCES,
            # The words for comparators are not the matter here.
            "plan.yaml": (BASE / "plan.yaml").read_text("utf-8").partition("words:")[0],
        }
        loaded = load(folder(files=files))
        assert loaded.problems == ()
        assert loaded.book
        return [finding for finding in findings(loaded.book) if finding.code == code]

    return found


def printed(found: Iterable[Finding]) -> list[list[str]]:
    """The figures that each finding is about, as their sources print them."""
    return [[figure.printed for figure in finding.figures] for finding in found]


def series(value: object, period: object, name: str | None = "ponds-total", **more: object) -> str:
    return seen(value, period, series=name, **more)


# One plain case for each code, with the figures that it names.
PLAIN = {
    "context-only": (ponds(goal(), seen(9, pair="different"), seen(8, 2030, pair="different")), ["9亩"]),
    "rivals-only": (ponds(goal(), rivals=[promised(9, 2033), promised(8, 2032, pair="different")]), ["9亩", "8亩"]),
    "nothing-known": (ponds(goal()), []),
    "start-unpublished": (ponds(goal(kind="increment"), seen(9, pair="different")), []),
    "only-unverified": (ponds(goal(), seen(9, source="mirror")), ["9亩"]),
    "old-baseline": (ponds(goal(), seen(9, 2029)), ["9亩"]),
    "other-definition": (ponds(goal(), seen(9, pair="partial"), seen(8, pair=None)), ["9亩", "8亩"]),
    "conflicting-sources": (ponds(goal(), seen(9), seen(8, source="daily")), ["9亩", "8亩"]),
    "only-bound": (ponds(goal(), seen(9, comparator="gt")), ["gt 9亩"]),
    "asks-no-more": (ponds(goal(12), seen(12)), ["12亩"]),
    "not-judged-twice": (ponds(goal(), seen(9, judged="[same]"), seen(8, 2030, pair=None)), ["9亩", "8亩"]),
    "series-growth": (ponds(goal(), series(100, 2030), series(110, 2031, growth=20)), ["100亩", "110亩"]),
    "series-sum": (
        ponds(goal(), series(10, 2030), series(11, 2031), series(30, "2030/2031")),
        ["30亩", "10亩", "11亩"],
    ),
}


@pytest.mark.parametrize("code", PLAIN)
def test_each_code_has_a_plain_case(health, code):
    indicator, figures = PLAIN[code]
    (finding,) = health(code, indicator)
    assert printed([finding]) == [figures]
    assert (finding.sector, finding.indicator.id) == ("fish-ponds", "ponds")
    # A series is a matter of the indicator, whatever its targets.
    assert (finding.target.id if finding.target else None) == (None if code in SERIES_RULES else "goal")
    assert (finding.gap is not None) == (code == "conflicting-sources")


def test_no_code_is_without_a_case():
    assert set(PLAIN) == {*RULES, *SERIES_RULES}


def old(text: str) -> str:
    """The same item, superseded."""
    return text.replace("}\n", f", superseded: {GONE}}}\n")


@pytest.mark.parametrize("code", RULES)
def test_a_superseded_target_never_counts(health, code):
    indicator, _ = PLAIN[code]
    target = next(line + "\n" for line in indicator.splitlines() if "id: goal" in line)
    assert health(code, indicator.replace(target, old(target))) == []


NOTHING = ponds(goal(), seen(9, judged="[same, same]"))


@pytest.mark.parametrize("code", PLAIN)
def test_a_good_baseline_has_no_finding(health, code):
    assert health(code, NOTHING) == []


# Code and indicator: not found, although something next to it would be.
NEAR = {
    "context: a baseline that is comparable in part": (
        "context-only",
        ponds(goal(), seen(9, pair="partial"), seen(8, pair="different")),
    ),
    "context: each year is held against itself": (
        "context-only",
        ponds(goal(kind="annual"), seen(8, pair="different")),
    ),
    "rivals: beside a figure that is different": (
        "rivals-only",
        ponds(goal(), seen(8, pair="different"), rivals=[promised(9, 2033)]),
    ),
    "nothing: a date needs no start": ("nothing-known", ponds(MILESTONE, direction="none")),
    "nothing: a total counts from zero": ("nothing-known", ponds(goal(kind="cumulative"), measure="flow")),
    "start: of a total": ("start-unpublished", ponds(goal(kind="cumulative"))),
    "start: of what is counted by the year": ("start-unpublished", ponds(goal(kind="increment"), measure="flow")),
    "start: known in part": ("start-unpublished", ponds(goal(kind="increment"), seen(9, pair="partial"))),
    "unverified: beside an older B": (
        "only-unverified",
        ponds(goal(), seen(9, source="mirror"), seen(8, 2029, source="daily")),
    ),
    "unverified: a C that is different": ("only-unverified", ponds(goal(), seen(9, source="mirror", pair="different"))),
    "unverified: a C that is superseded": ("only-unverified", ponds(goal(), old(seen(9, source="mirror")))),
    "old: the year before the base year": ("old-baseline", ponds(goal(), seen(9, 2030))),
    "old: the first day of the year before": ("old-baseline", ponds(goal(), seen(9, "2030-01-01"))),
    "old: beside the base year": ("old-baseline", ponds(goal(), seen(9, 2029), seen(10, 2031))),
    "old: a sum that ends in time": ("old-baseline", ponds(goal(), seen(9, "2026/2030"))),
    "definition: one of the very same": ("other-definition", ponds(goal(), seen(9, pair="partial"), seen(8, 2030))),
    "definition: no observation at all": ("other-definition", ponds(goal(), rivals=[promised(9, 2032, pair=None)])),
    "bound: an equal value": ("only-bound", ponds(goal(), seen(9, comparator="eq"))),
    "bound: about": ("only-bound", ponds(goal(), seen(9, comparator="about"))),
    "bound: a range": ("only-bound", ponds(goal(), seen("[8, 9]", comparator="range"))),
    "bound: a value is preferred": ("only-bound", ponds(goal(), seen(9), seen(8, 2030, comparator="gt"))),
    "judged: twice": ("not-judged-twice", ponds(goal(), seen(9, judged="[same, same]"))),
    "judged: twice, unlike": ("not-judged-twice", ponds(goal(), seen(9, judged="[same, partial]"))),
    "judged: no figure": ("not-judged-twice", ponds(goal())),
}


@pytest.mark.parametrize(("code", "indicator"), NEAR.values(), ids=NEAR)
def test_what_comes_near_is_not_found(health, code, indicator):
    assert printed(health(code, indicator)) == []


UNFIT = (old(seen(9)), seen(7, pair=None))


def test_a_later_figure_is_context_whoever_promised_something(health):
    indicator = ponds(goal(), *UNFIT, seen(8, "2032-01-01"), rivals=[promised(9, 2031)])
    assert printed(health("context-only", indicator)) == [["8亩"]]


def test_what_is_superseded_or_judged_by_nobody_is_not_known(health):
    assert len(health("nothing-known", ponds(goal(), *UNFIT, rivals=[old(promised(9, 2031))]))) == 1


def test_the_last_day_before_the_year_before_the_base_year_is_old(health):
    assert printed(health("old-baseline", ponds(goal(), seen(9, "2029-12-31")))) == [["9亩"]]


@pytest.mark.parametrize("comparator", ["ge", "gt", "le", "lt"])
def test_each_bound_is_only_a_bound(health, comparator):
    assert len(health("only-bound", ponds(goal(), seen(9, comparator=comparator)))) == 1


@pytest.mark.parametrize("judged", ["[]", "[same]"])
def test_one_reader_is_not_two(health, judged):
    assert printed(health("not-judged-twice", ponds(goal(), seen(9, judged=judged)))) == [["9亩"]]


def test_a_rival_wants_two_readers_too(health):
    assert printed(health("not-judged-twice", ponds(goal(), rivals=[promised(9, 2033)]))) == [["9亩"]]


def test_a_superseded_figure_need_not_be_judged(health):
    assert health("not-judged-twice", ponds(goal(), old(seen(9, pair=None)))) == []


def test_a_superseded_figure_is_of_no_definition(health):
    found = health("other-definition", ponds(goal(), seen(9, pair="partial"), old(seen(8))))
    assert printed(found) == [["9亩"]]


# conflicting-sources: two observations beside 9 亩 of 2031, and how far they lie apart.
CONFLICTS = {
    "another value": ([seen(9), seen(8)], [Fraction(1, 9)]),
    "the larger second": ([seen(8), seen(10)], [Fraction(1, 5)]),
    "another value, in part comparable": ([seen(9), seen(8, pair="partial")], [Fraction(1, 9)]),
    "a floor that the value breaks": ([seen(9), seen(10, comparator="ge")], [Fraction(1, 10)]),
    "a cap that the value breaks": ([seen(9), seen(8, comparator="lt")], [Fraction(1, 9)]),
    "a floor above a cap": ([seen(8, comparator="le"), seen(10, comparator="ge")], [Fraction(1, 5)]),
    "as many digits": ([seen("25.7"), seen("25.6")], [Fraction(1, 257)]),
    "fewer digits of another value": ([seen("25.7"), seen("25.649")], [Fraction(51, 25700)]),
    "another unit": ([seen("1.0", unit="公顷"), seen(16)], [Fraction(1, 16)]),
    "of one year after the base year": ([seen(9, "2032-01-31"), seen(8, "2032-01-31")], [Fraction(1, 9)]),
    "three that differ": ([seen(10), seen(8), seen(5)], [Fraction(1, 5), Fraction(1, 2), Fraction(3, 8)]),
}
NO_CONFLICTS = {
    "the same value": [seen(9), seen("9.0")],
    "a floor that is kept": [seen(9), seen(8, comparator="gt")],
    "a floor that is met": [seen(9), seen(9, comparator="ge")],
    "a cap that is kept": [seen(9), seen(10, comparator="lt")],
    "two floors": [seen(9, comparator="ge"), seen(10, comparator="ge")],
    "a floor below a cap": [seen(9, comparator="ge"), seen(10, comparator="le")],
    "fewer digits": [seen("25.7"), seen("25.698")],
    "fewer digits, the other way round": [seen("25.698"), seen("25.7")],
    "fewer digits of half a digit more": [seen("25.7"), seen("25.65")],
    "fewer digits in another unit": [seen("1.7", unit="公顷"), seen(26)],
    "the same amount in another unit": [seen(1, unit="公顷"), seen(15)],
    "another period": [seen(9, 2031), seen(8, 2030)],
    "a day and its year": [seen(9, 2031), seen(8, "2031-12-31")],
    "two months of a stock": [seen(9, "2031-12"), seen(8, "2031-11")],
    "a different measure": [seen(9), seen(8, pair="different")],
    "nobody has judged": [seen(9), seen(8, pair=None)],
    "no period": [seen(9, None, flags="[undated]"), seen(8, None, flags="[undated]")],
    "superseded": [seen(9), old(seen(8))],
}


@pytest.mark.parametrize(("figures", "gaps"), CONFLICTS.values(), ids=CONFLICTS)
def test_values_of_one_period_that_exclude_each_other(health, figures, gaps):
    found = health("conflicting-sources", ponds(goal(), *figures))
    assert [finding.gap for finding in found] == gaps
    assert all(len(finding.figures) == 2 for finding in found)


@pytest.mark.parametrize("figures", NO_CONFLICTS.values(), ids=NO_CONFLICTS)
def test_values_that_can_both_hold(health, figures):
    assert health("conflicting-sources", ponds(goal(), *figures)) == []


def test_a_promise_is_no_conflict(health):
    """Somebody else's goal for 2031 and what came of it are two things."""
    assert health("conflicting-sources", ponds(goal(), seen(9), rivals=[promised(8, 2031)])) == []


def test_about_a_value_does_not_exclude_what_lies_near(health):
    """Elsewhere (evidence.amount) `about` allows a twentieth either way."""
    assert health("conflicting-sources", ponds(goal(), seen(610, comparator="about"), seen(612))) == []


def test_a_value_within_a_range_is_no_conflict(health):
    assert health("conflicting-sources", ponds(goal(), seen("[8, 10]", comparator="range"), seen("9.0"))) == []


def test_ranges_that_begin_at_zero_do_not_raise(health):
    ranges = [seen(f"[0, {end}]", comparator="range") for end in (5, 9)]
    assert health("conflicting-sources", ponds(goal(), *ranges)) == []


# asks-no-more, for a target of 12 亩 or more by 2034.
ENOUGH = {
    "reached": ponds(goal(), seen(12)),
    "passed": ponds(goal(), seen(13)),
    "reached in another unit": ponds(goal(15), seen(1, unit="公顷")),
    "reached in part comparable": ponds(goal(), seen(12, pair="partial")),
    "reached at least": ponds(goal(), seen(12, comparator="ge")),
    "reached by both ends": ponds(goal(), seen("[12, 14]", comparator="range")),
    "promised by an earlier year": ponds(goal(), rivals=[promised(12, 2033)]),
    "promised by an earlier day": ponds(goal(), rivals=[promised(12, "2034-12-30")]),
    "promised as a floor": ponds(goal(), rivals=[promised(12, 2033, comparator="ge")]),
    "more promised by the same date": ponds(goal(), rivals=[promised("12.1", 2034)]),
    "promised by the same date before the base year": ponds(goal(), rivals=[promised(12, 2034, "plan-of-2030")]),
    "promised earlier than a printed deadline": ponds(goal(deadline="2033-08-31"), rivals=[promised(12, 2032)]),
    "the lower end of a range": ponds(goal("[12, 14]", "range"), seen(12)),
    "a level and a yearly goal": ponds(goal(kind="annual"), seen(12)),
    "down, reached": ponds(goal(12, "le"), seen(12), direction="down"),
    "down, reached by both ends": ponds(goal(12, "le"), seen("[9, 12]", comparator="range"), direction="down"),
    "down, passed": ponds(goal(12, "le"), seen(11), direction="down"),
    "down, promised by an earlier year": ponds(goal(12, "le"), rivals=[promised(12, 2033)], direction="down"),
    "down, less promised by the same date": ponds(goal(12, "le"), rivals=[promised(11, 2034)], direction="down"),
    "down, the upper end of a range": ponds(goal("[9, 12]", "range"), seen(12), direction="down"),
    "a sum, and a sum before it": ponds(goal(kind="cumulative"), seen(12, "2029/2031")),
    "an addition, and one promised for years before": ponds(goal(kind="increment"), rivals=[promised(12, "2029/2031")]),
    "an addition, and one promised by an earlier year": ponds(goal(kind="increment"), rivals=[promised(12, 2033)]),
    "an average, and one of years before": ponds(goal(kind="annual_average"), seen(12, "2029/2031")),
    "an average, and a single year": ponds(goal(kind="annual_average"), seen(12)),
    "about more": ponds(goal(), seen(13, comparator="about")),
    "about as much as about": ponds(goal(12, "about"), seen(12, comparator="about")),
    "a misprint as it is read": ponds(
        goal(
            120,
            flags="[bare-verb, suspected-misprint]",
            reading="{value: 12, unit: 亩, reason: {zh: 多印一个零。, en: A zero too many.}}",
        ),
        seen(12),
    ),
}
MORE = {
    "not yet reached": ponds(goal(), seen("11.9")),
    "not yet reached by the lower end": ponds(goal(), seen("[11, 14]", comparator="range")),
    "under it": ponds(goal(), seen(13, comparator="lt")),
    "at most": ponds(goal(), seen(13, comparator="le")),
    "less promised by an earlier year": ponds(goal(), rivals=[promised("11.9", 2033)]),
    "a cap promised by an earlier year": ponds(goal(), rivals=[promised(13, 2033, comparator="le")]),
    "promised by the same date in the base year": ponds(goal(), rivals=[promised(12, 2034, "plan-of-2031")]),
    "promised by the same date after the base year": ponds(goal(), rivals=[promised(12, 2034, "yearbook")]),
    "promised by the same date, nobody knows when": ponds(goal(), rivals=[promised(12, 2034, "undated-plan")]),
    "less promised by the same date before the base year": ponds(
        goal(), rivals=[promised("11.9", 2034, "plan-of-2030")]
    ),
    "promised by a later date": ponds(goal(), rivals=[promised(12, 2035, "plan-of-2030")]),
    "more promised by a later date": ponds(goal(), rivals=[promised(13, 2035)]),
    "promised later than a printed deadline": ponds(goal(deadline="2033-08-31"), rivals=[promised(13, 2033)]),
    "a different measure": ponds(goal(), seen(13, pair="different"), rivals=[promised(13, 2033, pair="different")]),
    "nobody has judged": ponds(goal(), seen(13, pair=None), rivals=[promised(13, 2033, pair=None)]),
    "superseded": ponds(goal(), old(seen(13)), rivals=[old(promised(13, 2033))]),
    "no period": ponds(goal(), seen(13, None, flags="[undated]")),
    "no better way": ponds(goal(12, "eq"), seen(12), direction="none"),
    "no value": ponds(MILESTONE, seen(13)),
    "growth of what is measured": ponds(goal(5, kind="growth", unit="%"), seen(13)),
    "down, not yet reached": ponds(goal(12, "le"), seen("12.1"), direction="down"),
    "down, not yet reached by the upper end": ponds(
        goal(12, "le"), seen("[11, 13]", comparator="range"), direction="down"
    ),
    "down, over it": ponds(goal(12, "le"), seen(11, comparator="gt"), direction="down"),
    "down, at least": ponds(goal(12, "le"), seen(11, comparator="ge"), direction="down"),
    "down, the lower end of a range": ponds(goal("[9, 12]", "range"), seen("12.1"), direction="down"),
    "down, more promised by an earlier year": ponds(goal(12, "le"), rivals=[promised(13, 2033)], direction="down"),
    "a level, and a sum over years": ponds(goal(), seen(13, "2029/2031")),
    "a sum, and a single year": ponds(goal(kind="cumulative"), seen(13)),
    "an addition, and a single year": ponds(goal(kind="increment"), seen(13)),
    "an addition, and less promised before": ponds(goal(kind="increment"), rivals=[promised("11.9", 2033)]),
    "about as much": ponds(goal(), seen(12, comparator="about")),
    "about as much promised by an earlier year": ponds(goal(), rivals=[promised(12, 2033, comparator="about")]),
}


@pytest.mark.parametrize("indicator", ENOUGH.values(), ids=ENOUGH)
def test_what_was_promised_or_reached_before_is_no_more(health, indicator):
    (finding,) = health("asks-no-more", indicator)
    assert len(finding.figures) == 1


@pytest.mark.parametrize("indicator", MORE.values(), ids=MORE)
def test_the_target_asks_for_more(health, indicator):
    assert printed(health("asks-no-more", indicator)) == []


def test_one_finding_names_all_that_came_before(health):
    figures = [seen(12, 2030), seen(11, 2031)]
    rivals = [promised(13, 2033), promised(12, 2034, "plan-of-2030"), promised(12, 2034, "plan-of-2031")]
    found = health("asks-no-more", ponds(goal(), *figures, rivals=rivals))
    assert [[figure.source for figure in finding.figures] for finding in found] == [
        ["yearbook", "yearbook", "plan-of-2030"]
    ]


@pytest.mark.parametrize(("comparator", "direction"), [("gt", "up"), ("lt", "down")])
def test_over_what_was_reached_is_more(health, comparator, direction):
    """Who has 12 and is asked for over 12 is asked for more."""
    assert printed(health("asks-no-more", ponds(goal(12, comparator), seen(12), direction=direction))) == []


def test_nine_months_of_what_should_fall_have_not_reached_the_target_of_a_year(health):
    figure = seen(9, "2031-01/2031-09")
    assert printed(health("asks-no-more", ponds(goal(12, "le"), figure, direction="down", measure="flow"))) == []


def test_a_misprinted_unit_is_read_as_it_must_be(health):
    reading = "{value: 12, unit: 亩, reason: {zh: 单位误印。, en: A slip of the unit.}}"
    target = goal(12, unit="%", flags="[bare-verb, suspected-misprint]", reading=reading)
    assert printed(health("asks-no-more", ponds(target, seen(12)))) == [["12亩"]]


# series-growth: levels of 100 and 110 allow a rise between 8.955 and 11.055 %, printed digits considered.
@pytest.mark.parametrize(
    ("before", "now", "growth", "holds"),
    [
        (100, 110, "10.0", True),
        (100, 110, "11.1", True),
        (100, 110, "11.2", False),
        (100, 110, "9.0", True),
        (100, 110, "8.9", False),
        (100, 110, "12", False),
        (100, 110, "8.5", False),
        (100, 110, "8", False),
        ("100.0", "110.0", "10.1", True),
        ("100.0", "110.0", "10.2", False),
        ("100.0", "110.0", "11", False),
        ("100.0", "110.0", "10", True),
        (110, 100, "-9.1", True),
        (110, 100, "9.1", False),
    ],
)
def test_levels_and_growth_hold_as_far_as_their_digits_say(health, before, now, growth, holds):
    found = health("series-growth", ponds(goal(), series(before, 2030), series(now, 2031, growth=growth)))
    assert len(found) == (0 if holds else 1)


def test_the_printed_growth_stands_beside_that_of_the_levels(health):
    (finding,) = health("series-growth", ponds(goal(), series(100, 2030), series(110, 2031, growth="20.0")))
    assert (finding.expected, finding.found) == ("20.0% ≠ 10.0%", "")


GROWING = {
    "another series": [series(100, 2030, "other"), series(110, 2031, growth=20)],
    "no series": [series(100, 2030, None), series(110, 2031, None, growth=20)],
    "no growth": [series(100, 2030), series(110, 2031)],
    "growth of the year before": [series(100, 2030, growth=20), series(110, 2031)],
    "two years apart": [series(100, 2029), series(110, 2031, growth=20)],
    "a bound": [series(100, 2030), series(110, 2031, comparator="gt", growth=20)],
    "a bound before": [series(100, 2030, comparator="ge"), series(110, 2031, growth=20)],
    "about": [series(100, 2030, comparator="about"), series(110, 2031, growth=20)],
    "days": [series(100, "2030-12-31"), series(110, "2031-12-31", growth=20)],
    "nine months": [series(100, 2030), series(110, "2031-01/2031-09", growth=20)],
    "superseded": [series(100, 2030), old(series(110, 2031, growth=20))],
    "superseded before": [old(series(100, 2030)), series(110, 2031, growth=20)],
    "other units": [series(1, 2030, unit="公顷"), series(18, 2031, growth=20)],
}


@pytest.mark.parametrize("figures", GROWING.values(), ids=GROWING)
def test_growth_that_nothing_contradicts(health, figures):
    assert printed(health("series-growth", ponds(goal(), *figures))) == []


def test_growth_is_held_against_each_level_of_the_year_before(health):
    figures = [series(100, 2030), series(92, 2030, source="daily"), series(110, 2031, growth=20)]
    assert printed(health("series-growth", ponds(goal(), *figures))) == [["100亩", "110亩"]]


def test_a_series_needs_no_comparable_figure(health):
    figures = [series(100, 2030, pair="different"), series(110, 2031, pair=None, growth=20)]
    assert printed(health("series-growth", ponds(goal(), *figures))) == [["100亩", "110亩"]]


# series-sum: the years 10, 11 and 12 allow a sum between 31.5 and 34.5, printed digits considered.
YEARS = [series(10, 2029), series(11, 2030), series(12, 2031)]
WITHOUT_ONE = [YEARS[0], YEARS[2]]
TWO_SOURCES = [*YEARS, series(13, 2030, source="daily")]


@pytest.mark.parametrize(
    ("years", "total", "comparator", "holds"),
    [
        (YEARS, 33, "eq", True),
        (YEARS, 35, "eq", True),
        (YEARS, 36, "eq", False),
        (YEARS, "34.6", "eq", False),
        (YEARS, 31, "eq", True),
        (YEARS, 30, "eq", False),
        (YEARS, 33, "ge", True),
        (YEARS, 20, "gt", True),
        (YEARS, 36, "ge", False),
        (YEARS, 40, "le", True),
        (YEARS, 30, "lt", False),
        (YEARS, 36, "about", True),
        (YEARS, 40, "about", False),
        (YEARS, "[30, 32]", "range", True),
        (YEARS, "[28, 30]", "range", False),
        (WITHOUT_ONE, 1000, "eq", True),
        (WITHOUT_ONE, 21, "eq", True),
        (WITHOUT_ONE, 20, "eq", False),
        (WITHOUT_ONE, 20, "ge", True),
        ([], 1, "eq", True),
        ([], -5, "eq", True),
        ([YEARS[0], old(series(100, 2030)), YEARS[2]], 33, "eq", True),
        ([series(10, 2029), series(11, 2030), series(12, 2031, "other")], 22, "eq", True),
        (TWO_SOURCES, 31, "eq", True),
        (TWO_SOURCES, 30, "eq", False),
        (TWO_SOURCES, 37, "eq", True),
        (TWO_SOURCES, 38, "eq", False),
        ([*YEARS, series(500, 2028)], 33, "eq", True),
    ],
)
def test_years_can_add_up_to_their_sum(health, years, total, comparator, holds):
    whole = series(total, "2029/2031", comparator=comparator)
    assert len(health("series-sum", ponds(goal(), whole, *years))) == (0 if holds else 1)


def test_a_sum_of_no_series_is_not_checked(health):
    assert health("series-sum", ponds(goal(), series(1, "2029/2031", None), *YEARS)) == []


def test_a_sum_in_another_unit_is_checked_as_an_amount(health):
    years = [series(15, 2030), series(15, 2031)]
    assert health("series-sum", ponds(goal(), series("2.0", "2030/2031", unit="公顷"), *years)) == []


def test_a_superseded_sum_is_not_checked(health):
    assert health("series-sum", ponds(goal(), old(series(1, "2029/2031")), *YEARS)) == []


def test_a_year_of_which_only_a_floor_is_known_may_have_been_more(health):
    years = [series(10, 2030, comparator="ge"), series(11, 2031)]
    assert health("series-sum", ponds(goal(), series(30, "2030/2031"), *years)) == []


def test_a_superseded_target_excludes_no_other(health):
    replaced = goal(10, "eq").replace("id: goal", "id: earlier-goal")
    both = ponds(old(replaced) + goal(12, "eq"))
    assert health("note-cannot-both-hold", both) == []


def test_findings_come_in_the_order_of_the_codes_and_then_of_the_plan(folder):
    book = load(folder()).book
    assert book
    found = [(CODES.index(finding.code), finding.target.id) for finding in findings(book) if finding.target]
    targets = [target.id for sector in book.sectors for _, target in sector.targets]
    assert len({code for code, _ in found}) > 1
    assert found == sorted(found, key=lambda one: (one[0], targets.index(one[1])))


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_words(code):
    assert set(TEXTS[f"health.{code}"]) == set(LANGUAGES)
    assert all(TEXTS[f"health.{code}"][language].strip() for language in LANGUAGES)


# The contract: to change a word here is to break somebody's script.
CONTRACT = ("code", "sector", "indicator_id", "target_id", "figures", "gap_percent", "expected", "found")


def test_the_table_as_json_and_csv(folder, run_cli):
    second = SECOND_YEARBOOK.replace("9750", "9310")
    data = folder(edits={"fish-ponds.yaml": ("      - value: 610\n", second)})
    done = run_cli("health", data, "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    rows = json.loads(done.stdout)
    assert tuple(HEALTH) == CONTRACT
    assert all(tuple(item) == CONTRACT for item in rows)
    (conflict,) = [item for item in rows if item["code"] == "conflicting-sources"]
    assert conflict == {
        "code": "conflicting-sources",
        "sector": "fish-ponds",
        "indicator_id": "pond-area",
        "target_id": "pond-area-2034",
        "figures": ["全县养殖水面9800亩 (2031-12-31, county-yearbook-2031)", "9310亩 (2031-12-31, annual-plan-2032)"],
        "gap_percent": 5,
        "expected": None,
        "found": None,
    }
    done = run_cli("health", data, "--format", "csv")
    assert (done.returncode, done.stderr) == (0, "")
    lines = list(csv.DictReader(io.StringIO(done.stdout)))
    assert tuple(lines[0]) == CONTRACT
    assert [line["code"] for line in lines] == [item["code"] for item in rows]
    (line,) = [line for line in lines if line["code"] == "conflicting-sources"]
    assert line["figures"] == ";".join(conflict["figures"])
    assert (line["gap_percent"], line["expected"]) == ("5", "")


def test_a_table_without_a_finding_has_its_columns(folder, run_cli):
    empty = "name: {zh: 空, en: Empty}\nindicators: []\n"
    data = folder(files={"fish-ponds.yaml": empty, "schools.yaml": empty})
    assert run_cli("health", data).stdout == ",".join(CONTRACT) + "\n"
