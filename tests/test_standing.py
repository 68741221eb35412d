"""What is known of a target's start: each step of the ladder, which figure may be context, and which is the best."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
import test_baseline
from conftest import real_book
from hypothesis import given
from hypothesis import strategies as st

from charts.tally import coverage
from evidence import context, frames, tables
from evidence.case import Case
from evidence.search import counts, entries
from evidence.standing import STATUSES
from loaders.book import Book, Sector
from loaders.fields import Both
from loaders.models import DIFFERENCES, EXTENTS, Figure, Indicator, Sources
from loaders.rules import ALLOWED
from loaders.units import Units, UnitTable
from progress.calendar import asof
from progress.table import assessments, verdicts
from wording import LANGUAGES
from wording.evidence import counts_from
from wording.texts import say

WORDS = test_baseline.WORDS
# The plan of three years, 2032 to 2034; its base year is 2031. An `n` is an A whose date nobody knows.
SOURCES = Sources.model_validate({
    "sources": tuple(
        {"id": name, "publisher": WORDS, "date": when, "date_precision": "year" if when else "none", "grade": grade}
        for name, when, grade in (
            *(("a", "2032", "A"), ("b", "2032", "B"), ("bb", "2032", "B"), ("c", "2032", "C")),
            *(("old", "2029", "A"), ("n", None, "A")),
        )
    )
})  # fmt: skip
UNITS = UnitTable(
    Units.model_validate({
        "dimensions": tuple(
            {
                "id": name, "canonical": name, "decimals": 1, "rate": unit == "%",
                "pattern": Both(zh="{}字", en="{} words"),
                "units": ({"symbol": unit, "factor": 1},),
            }
            for name, unit in (("amount", "u"), ("percent", "%"))
        )
    })
)  # fmt: skip


def figure(text: str) -> dict[str, object]:
    """`9@2031:b:partial:scope+place:nation`: 9 for 2031 from the source b, comparable in part, of another scope and
    place, the nation's. Without marks it is an A's, the very same; with differences alone it is `different`."""
    amount, *marks = text.split(":")
    value, _, period = amount.partition("@")
    found: dict[str, object] = {"source": "a"}
    pair: dict[str, object] = {"comparability": "same"}
    for mark in marks:
        if mark in EXTENTS:
            pair["extent"] = mark
        elif mark in ("partial", "different"):
            pair["comparability"] = mark
        elif set(mark.split("+")) <= set(DIFFERENCES):
            pair["differs"] = tuple(mark.split("+"))
            if pair["comparability"] == "same":
                pair["comparability"] = "different"
        elif mark in ("stock", "flow", "rate"):
            found["measure"] = mark
        elif mark == "gone":
            found["superseded"] = {"date": "2032", "reason": WORDS}
        elif mark in ("rival", "unjudged"):
            pass
        else:
            found["source"] = mark
    pairs = () if "unjudged" in marks else ({"target": "goal", "reason": WORDS, **pair},)
    kind = {"kind": "other_target"} if "rival" in marks else {}
    return (
        {"value": Decimal(value), "unit": "u", "printed": value, "period": period or None, "pairs": pairs}
        | found
        | kind
    )


def make(goal: str, seen: str) -> Case:
    """`level flow` and the figures: a stock unless named; `since=2031` is the printed year that an addition counts
    from, `unit=%` what the target is stated in, `read=u` what its doubted unit must mean."""
    kind, *rest = goal.split()
    more = dict(word.split("=") for word in rest if "=" in word)
    target: dict[str, object] = {"id": "goal", "kind": kind, "printed": "12", "section": "1"}
    if ALLOWED.get(kind, ("ge",)):
        target |= {"comparator": "ge", "value": (Decimal(12),), "unit": more.get("unit", "u")}
    if "read" in more:
        target["reading"] = {"value": Decimal(12), "unit": more["read"], "reason": WORDS}
    if "since" in more:
        target["counts_from"] = int(more["since"])
    figures = [(one, figure(one)) for one in seen.split() if one != "-"]
    indicator = Indicator.model_validate({
        "id": "ponds", "name": WORDS, "definition": WORDS, "dimension": "amount", "direction": "up",
        "measure": next((word for word in rest if word in ("flow", "rate")), "stock"), "targets": (target,),
        "observations": tuple(made for text, made in figures if ":rival" not in text),
        "rivals": tuple(made for text, made in figures if ":rival" in text),
    })  # fmt: skip
    sector = Sector("water", WORDS, (indicator,))
    return Case(
        replace(test_baseline.BOOK, sources=SOURCES, units=UNITS, sectors=(sector,)),
        sector,
        indicator,
        indicator.targets[0],
    )


# What it is | the target | figures | status, the value that is context, and what keeps a comparable one from more.
SPECIFICATION = """
# The ladder, step by step: what kind it is comes first, then what is known.
all of a set, whatever is known | coverage | 9@2031 | yes_no -
a date | milestone | - | yes_no -
an order of size | scale | 9@2031:measure | unmeasured 9
an addition, whatever is known | increment | 9@2031 | from_zero -
a total | cumulative flow | - | from_zero -
a baseline of the same | level | 9@2031 | comparable -
a baseline in part the same | level | 9@2031:partial:definition | partial -
the same before what is in part the same | level | 9@2031:partial:definition 8@2029 | comparable -
a share with a baseline | share | 9@2031 | comparable -
each year, with a baseline | annual flow | 9@2031 | comparable -
each year, without | annual flow | - | each_year -
each year, with what is different | annual flow | 9@2031:measure | each_year 9
an average | annual_average flow | - | each_year -
a growth | growth rate | - | each_year -
a lead | relative rate | - | each_year -
what is different | level | 9@2031:measure | context 9
what is different, beside a promise | level | 9@2031:measure 10@2033:rival | context 9
a promise | level | 10@2033:rival | rivals_only -
a promise of another measure | level | 10@2033:rival:measure | rivals_only -
nothing at all | level | - | nothing -
# Beside a baseline nothing else is context.
a baseline and more | level | 9@2031 8@2031:measure 7@2033 | comparable -
# What keeps a comparable figure from being a baseline.
no year is printed | level | 9 | context 9 no_year
part of a year | level flow | 9@2031-01/2031-09 | context 9 part_year
a month of a rate | level rate | 9@2031-09 | context 9 part_year
after the base year | level | 9@2032-03-31 | context 9 after_base
after the base year by a day | level | 9@2032-01-01 | context 9 after_base
the last day of the base year | level | 9@2031-12-31 | comparable -
part of a year after the base year | level flow | 9@2032-01/2032-03 | context 9 part_year
# What is never context.
a stock for an addition | level | 9@2031:sort | nothing -
a stock for an addition, among more | level | 9@2031:scope+sort | nothing -
what is planned | level | 9@2031:stage | nothing -
what is in part the same and of another sort | level | 9@2032:partial:sort | nothing -
a promise that is planned | level | 9@2031:rival:stage | nothing -
a promise of another sort | level | 9@2031:rival:sort | nothing -
superseded | level | 9@2031:gone | nothing -
a superseded promise | level | 9@2031:rival:gone | nothing -
what nobody has judged | level | 9@2031:unjudged | nothing -
of another dimension | growth unit=% | 9@2031:measure | each_year -
of another dimension than print, but that of the reading | level unit=% read=u | 9@2031:place | context 9
of the dimension of print, but not of the reading | level unit=u read=% | 9@2031:place | nothing -
# The order of context: the extent first.
the province before the nation | level | 8@2031:place:nation 9@2025:c:measure:province | context 9
the province before a part | level | 8@2031:place:part 9@2025:c:measure:province | context 9
the province before a basin | level | 8@2031:place:basin 9@2025:c:measure:province | context 9
a part before the nation | level | 8@2031:place:nation 9@2025:c:place:part | context 9
a basin before the nation | level | 8@2031:place:nation 9@2025:c:place:basin | context 9
a city before the nation | level | 8@2031:place:nation 9@2025:c:place:city | context 9
a part and a basin are alike | level | 8@2025:place:part 9@2031:place:basin | context 9
what is the same is the province's own | level | 8@2031:place:part 9@2032-06-30:c | context 9 after_base
# Then a whole year.
a year before some months | level flow | 8@2031-01/2031-09:measure 9@2029:c:measure | context 9
a year before several in one | level flow | 8@2027/2031:measure 9@2025:c:measure | context 9
a year before none | level | 8:measure 9@2025:c:measure | context 9
a state is whole on any day | level | 8@2031-06-30:measure 9@2031-09:measure | context 9
# Then A and B before C, the later, A before B.
verified before later | level | 8@2031:c:measure 9@2025:b:measure | context 9
later before better | level | 8@2030:measure 9@2031:b:measure | context 9
better at one time | level | 8.55@2031:b:measure 9@2031:measure | context 9
after the base year is later | level | 8@2031:measure 9@2032:b:measure | context 9
# Then more digits, then the id of the source.
more digits | level | 8@2031:b:measure 9.05@2031:bb:measure | context 9.05
the id of the source | level | 8@2031:bb:measure 9@2031:b:measure | context 9
# What has no year stands at the date of its source.
the later source | level | 8:old:measure 9:b:measure | context 9
a source with a date before one without | level | 8:n:measure 9:old:measure | context 9
"""
CASES = {
    name: parts
    for name, *parts in (
        [part.strip() for part in line.split("|")] for line in SPECIFICATION.splitlines() if "|" in line
    )
}


@pytest.mark.parametrize(("goal", "seen", "wanted"), CASES.values(), ids=CASES)
@pytest.mark.parametrize("turned", [False, True], ids=["as listed", "turned round"])
def test_it_stands_so(goal, seen, wanted, turned):
    case = make(goal, " ".join(seen.split()[::-1]) if turned else seen)
    best = case.standing.context
    said = [case.status, str(best.figure.value[0]) if best else "-"]
    if best and not best.codes:
        said.append(str(context.obstacle(case.book, case.indicator, best.figure)))
    assert " ".join(said) == wanted


def test_every_status_is_reached():
    assert {wanted.split()[0] for _, _, wanted in CASES.values()} == set(STATUSES)


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("9@2030-06", date(2030, 6, 30)),
        ("9@2027/2031", date(2031, 12, 31)),
        ("9:old", date(2029, 12, 31)),
        ("9:n", None),
    ],
)
def test_a_figure_stands_at_the_end_of_its_period_or_at_the_date_of_its_source(text, stands):
    case = make("level", f"{text}:measure")
    assert case.standing.context and case.standing.context.day == stands


@given(
    st.lists(
        st.sampled_from([text for _, seen, _ in CASES.values() for text in seen.split() if text != "-"]), max_size=6
    ),
    st.sampled_from(["level", "share", "annual flow", "level rate"]),
    st.randoms(),
)
def test_the_order_of_the_file_decides_nothing_and_a_baseline_leaves_no_context(seen, goal, chance):
    mixed = chance.sample(seen, len(seen))
    one, other = (make(goal, " ".join(texts)).standing for texts in (seen, mixed))
    assert one.status == other.status
    assert (one.baseline is None) or one.context is None
    for best in (one.context, other.context):
        assert best is None or not set(best.pair.differs) & {"sort", "stage"}


# From when an addition counts: the goal | figures | year, and the value of the goal elsewhere that says so.
COUNTED = {
    "printed": ("increment since=2030", "-", 2030, None),
    "printed, whatever others say": ("increment since=2030", "9@2032/2034:rival", 2030, None),
    "printed nowhere": ("increment", "-", None, None),
    "one's own goal for the plan's years": ("increment", "9@2032/2034:rival", 2031, "9"),
    "a goal for other years": ("increment", "9@2032/2033:rival", None, None),
    "a goal for its last year": ("increment", "9@2034:rival", None, None),
    "a goal that is not the same": ("increment", "9@2032/2034:rival:scope", None, None),
    "a goal that is in part the same": ("increment", "9@2032/2034:rival:partial:definition", None, None),
    "a goal that no longer counts": ("increment", "9@2032/2034:rival:gone", None, None),
    "a figure is no goal": ("increment", "9@2032/2034", None, None),
    "no addition": ("level", "9@2032/2034:rival", None, None),
    "a total counts from the plan's first day": ("cumulative flow", "9@2032/2034:rival", None, None),
}


@pytest.mark.parametrize(("goal", "seen", "year", "rival"), COUNTED.values(), ids=COUNTED)
def test_an_addition_counts_from(goal, seen, year, rival):
    found = make(goal, seen).counted
    assert (found.year if found else None) == year
    assert (str(found.rival.value[0]) if found and found.rival else None) == rival


def without_the_different(book: Book) -> Book:
    """The book as if nobody had found a figure, or a goal set elsewhere, that is different."""

    def kept(figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
        slim = [
            figure.model_copy(update={"pairs": tuple(one for one in figure.pairs if one.comparability != "different")})
            for figure in figures
        ]
        return tuple(figure for figure in slim if figure.pairs)

    sectors = tuple(
        replace(
            sector,
            indicators=tuple(
                one.model_copy(update={"observations": kept(one.observations), "rivals": kept(one.rivals)})
                for one in sector.indicators
            ),
        )
        for sector in book.sectors
    )
    return replace(book, sectors=sectors)


def test_no_verdict_distance_or_pace_of_the_real_data_knows_of_a_figure_that_is_different():
    book = real_book()
    bare = without_the_different(book)
    before, after = (list(frames.rows(verdicts(one, asof(one)))) for one in (book, bare))
    assert [row["id"] for row in before] == [row["id"] for row in after]
    changed = {name for one, other in zip(before, after, strict=True) for name in one if one[name] != other[name]}
    # That something was taken away at all shows in just what may change.
    assert changed == {"status", *(name for name in tables.TARGETS if name.startswith("context_"))}
    assert (
        sum(one["context_source_id"] != other["context_source_id"] for one, other in zip(before, after, strict=True))
        > 20
    )


def test_the_real_plan_is_known_so_far():
    """So that a change of data or rule that moves a target is seen; the closing figures of the overview."""
    found = tables.targets(real_book())["status"].value_counts()
    assert {status: int(found[status]) for status in STATUSES} == {
        "comparable": 7, "partial": 4, "from_zero": 16, "each_year": 5, "context": 15, "rivals_only": 14, "nothing": 2,
        "yes_no": 28, "unmeasured": 6,
    }  # fmt: skip


def test_of_the_targets_with_a_measure_at_least_eight_in_ten_show_more_than_themselves():
    counts = tables.targets(real_book())["status"].value_counts()
    measured = 97 - counts["yes_no"] - counts["unmeasured"]
    assert measured - counts["nothing"] - counts["each_year"] >= 0.8 * measured


def test_where_zero_is_our_reading_the_target_says_so():
    flagged = [
        target.id for sector in real_book().sectors for _, target in sector.targets if "zero-inferred" in target.flags
    ]
    assert len(flagged) == 5 and "upgraded-villages-2026-2030" in flagged


# What an addition adds to: figures, and the value that is named.
TOTALS = {
    "the latest stock": ("8@2030:sort 9@2031:sort", "9"),
    "whatever else differs": ("8@2031:sort 9@2032-06-30:scope+sort", "9"),
    "the better source of one time": ("8@2031:c:sort 9@2031:b:scope+sort", "9"),
    "not what a year added": ("8@2031:flow:sort 9@2030:sort", "9"),
    "not what is planned": ("8@2031:sort+stage 9@2030:sort", "9"),
    "not what is of the same sort": ("8@2031:period 9@2030:sort", "9"),
    "not what is superseded": ("8@2031:sort:gone 9@2030:sort", "9"),
    "not a goal": ("8@2033:rival:sort", None),
    "nothing": ("-", None),
}


@pytest.mark.parametrize(("seen", "named"), TOTALS.values(), ids=TOTALS)
def test_the_total_that_an_addition_adds_to(seen, named):
    case = make("increment", seen)
    found = context.total(case.book, case.indicator, case.target)
    assert (str(found.figure.value[0]) if found else None) == named
    assert named is None or case.standing.context is None or case.standing.context.figure is not found.figure


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_indicator_page_says_from_when_an_addition_counts_and_what_it_adds_to(language):
    book = real_book()
    said = {
        target.id: words
        for sector in book.sectors
        for indicator, target in sector.targets
        if (words := counts_from(book, indicator, target, language))
    }
    assert set(said) == {
        "renewable-capacity-added-2026-2030", "non-coal-mines-reduction-2030", "national-laboratories-added-2026-2030",
    }  # fmt: skip
    rival, stock = ("中国新闻网", "6家") if language == "zh" else ("China News Service", "6 laboratories")
    assert rival in said["national-laboratories-added-2026-2030"]
    assert stock in said["national-laboratories-added-2026-2030"]
    assert say(language, "evidence.counts.unpublished") in said["non-coal-mines-reduction-2030"]
    assert say(language, "doubt.unverified") in said["national-laboratories-added-2026-2030"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_counts_of_targets_without_a_baseline_agree(language):
    """The filter, the tables, the chart of the evidence, what is weak, and why an evaluation cannot say."""
    book = real_book()
    facet = counts(entries(book), "", {}, "status")
    sectors = tables.sectors(book)
    drawn = coverage(book, language)
    chart = dict(zip(drawn.states, map(sum, zip(*drawn.counts, strict=True)), strict=True))
    assert facet == chart == {status: int(sectors[status].sum()) for status in STATUSES}
    assert sum(facet.values()) == int(sectors["targets"].sum()) == 97
    weak = tables.health(book)["code"].value_counts()
    codes = {"context-only": "context", "rivals-only": "rivals_only", "nothing-known": "nothing"}
    assert {code: int(weak[code]) for code in codes} == {code: facet[status] for code, status in codes.items()}
    found = assessments(book, asof(book))
    unknown = [one.case.status for one in found if one.reason == "no_baseline"]
    assert {status: unknown.count(status) for status in set(unknown)} == {one: facet[one] for one in codes.values()}
    started = [one for one in found if one.reason in ("start_unpublished", "base_year_not_printed")]
    assert {one.case.status for one in started} == {"from_zero"}
    assert len(started) == int(weak["start-unpublished"]) == 3


def test_the_gap_list_has_every_target_whose_start_is_not_known_and_none_that_has_a_full_one():
    book = real_book()
    listed = {row["target_id"]: row["status"] for row in frames.rows(tables.gaps(book))}
    wanted = {row["id"]: row["status"] for row in frames.rows(tables.targets(book))}
    unknown = {"context", "rivals_only", "nothing"}
    assert {name for name, status in wanted.items() if status in unknown} <= set(listed)
    full = [name for name, status in listed.items() if status == "comparable"]
    assert full == ["new-type-storage-capacity-2030"], "its baseline is a bound"
    starts = {
        "non-coal-mines-reduction-2030",
        "national-laboratories-added-2026-2030",
        "renewable-capacity-added-2026-2030",
    }
    assert starts <= set(listed)
