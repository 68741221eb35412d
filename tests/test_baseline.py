"""Which observation a target starts from: each clause of the rule, one at a time."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.baseline import Baseline, choose
from loaders.book import Book
from loaders.fields import Both
from loaders.models import Figure, Indicator, Pair, Plan, Section, Sections, Source, Sources, Target
from loaders.units import Dimension, UnitRow, Units, UnitTable

WORDS = Both(zh="字", en="words")
# The id of a source begins with its grade.
SOURCES = ("a-one", "a-two", "b-one", "c-one")
TARGET = Target(
    id="goal", kind="level", comparator="ge", value=(Decimal(12),), unit="亩", printed="12亩以上", section="1"
)
BOOK = Book(
    plan=Plan(
        title=WORDS,
        short=WORDS,
        region=WORDS,
        number="1",
        url="https://heron-bay.example",
        published="2032",
        first_year=2032,
        last_year=2034,
        base_year=2031,
        updated="2032",
        report=WORDS,
        sectors=(),
    ),
    sections=Sections(body="正文", sections=(Section(id="1", heading="第一节", en="One"),)),
    sources=Sources(
        sources=tuple(
            Source(id=name, publisher=WORDS, date_precision="none", grade=name[0].upper()) for name in SOURCES
        )
    ),
    units=UnitTable(
        Units(
            dimensions=(
                Dimension(
                    id="area",
                    canonical="ha",
                    pattern=Both(zh="{}公顷", en="{} ha"),
                    decimals=1,
                    units=(UnitRow(symbol="亩", factor="1/15"), UnitRow(symbol="公顷", factor=1)),
                ),
            )
        )
    ),
    sectors=(),
)


def seen(
    value: str, period: str | None = "2031", source: str = "a-one", pair: str | None = "same", **more: object
) -> Figure:
    """An observation; `pair` is how it compares with the target, None where nobody has said."""
    judged = (Pair(target="goal", comparability=pair, reason=WORDS),) if pair else ()
    return Figure.model_validate(
        {
            "value": Decimal(value),
            "unit": "亩",
            "printed": value,
            "period": period,
            "source": source,
            "pairs": judged,
            **more,
        }
    )


def start(*observations: Figure, measure: str = "stock") -> Baseline | None:
    indicator = Indicator.model_validate(
        {
            "id": "ponds",
            "name": WORDS,
            "definition": WORDS,
            "dimension": "area",
            "measure": measure,
            "direction": "up",
            "targets": (TARGET,),
            "observations": observations,
        }
    )
    return choose(BOOK, indicator, TARGET)


def value(baseline: Baseline | None) -> str | None:
    return str(baseline.figure.value[0]) if baseline else None


def test_same_comes_before_partial():
    """Even where the partial one is later, better graded and more precise."""
    assert value(start(seen("9.25", "2031", pair="partial"), seen("8", "2028", "c-one"))) == "8"


def test_a_and_b_come_before_c():
    assert value(start(seen("9.25", "2031", "c-one"), seen("8", "2028", "b-one"))) == "8"


def test_the_later_period_comes_first():
    """Before the grade: a B of the base year tells more of the start than an older A."""
    assert value(start(seen("8", "2030", "a-one"), seen("9", "2031", "b-one"))) == "9"


def test_a_period_is_as_late_as_its_end():
    assert value(start(seen("7", "2031-06-30"), seen("8", "2031-12-31"), seen("6", "2027/2030"))) == "8"


def test_a_comes_before_b():
    assert value(start(seen("9.25", source="b-one"), seen("9", source="a-one"))) == "9"


def test_more_digits_come_first():
    assert value(start(seen("9"), seen("9.25", source="a-two"))) == "9.25"


def test_the_printed_zero_is_a_digit():
    assert value(start(seen("9"), seen("9.0", source="a-two"))) == "9.0"


def test_the_id_of_the_source_decides_in_the_end():
    assert value(start(seen("8", source="a-two"), seen("9", source="a-one"))) == "9"


MANY = (
    seen("9.25", "2031", "c-one"),
    seen("9.2", "2031", "a-two"),
    seen("9.1", "2031", "a-one"),
    seen("9.3", "2031", "b-one"),
    seen("8", "2030", "a-one"),
    seen("9.4", "2031", "a-one", pair="partial"),
    seen("5", "2031", "a-one", pair="different"),
)


@given(st.permutations(MANY))
def test_the_order_in_the_file_decides_nothing(observations):
    assert value(start(*observations)) == "9.1"


@pytest.mark.parametrize("period", ["2032", "2032-01-01", "2030/2032", "2031-12/2032-01"])
def test_what_ends_after_the_base_year_is_left_out(period):
    assert start(seen("9", period)) is None


@pytest.mark.parametrize("period", ["2031", "2031-12", "2031-12-31"])
def test_what_ends_with_the_base_year_counts(period):
    assert value(start(seen("9", period))) == "9"


def test_a_part_of_a_years_flow_is_left_out():
    assert start(seen("9", "2031-01/2031-09"), measure="flow") is None
    assert value(start(seen("9", "2031-01/2031-09"), seen("5", "2027"), measure="flow")) == "5"


def test_a_years_flow_counts():
    assert value(start(seen("9", "2031"), measure="flow")) == "9"


def test_a_day_of_a_stock_counts():
    assert value(start(seen("9", "2031-09-30"))) == "9"


@pytest.mark.parametrize("measure", ["flow", "rate"])
@pytest.mark.parametrize("period", ["2031-12", "2031-10/2031-12"])
def test_a_month_of_a_flow_or_of_a_yearly_rate_is_left_out(period, measure):
    assert start(seen("9", period), measure=measure) is None
    assert value(start(seen("9", period), seen("5", "2027"), measure=measure)) == "5"


def test_a_month_of_a_stock_is_its_last_day():
    assert value(start(seen("9", "2031-11"), seen("8", "2031-11-29"), seen("7", "2031-10"))) == "9"
    assert value(start(seen("9", "2031-11"), seen("8", "2031-12-01"))) == "8"
    assert start(seen("9", "2032-01")) is None


def test_the_rate_of_one_day_is_a_state():
    assert value(start(seen("9", "2031-12-01"), measure="rate")) == "9"


def test_a_figure_may_measure_otherwise_than_its_indicator():
    assert start(seen("9", "2031-01/2031-09", measure="flow")) is None
    assert value(start(seen("9", "2031-09-30", measure="stock"), measure="flow")) == "9"


def test_the_undated_are_left_out():
    assert start(seen("9", None, flags=("undated",))) is None


def test_the_different_are_left_out():
    assert start(seen("9", pair="different")) is None


def test_what_nobody_has_judged_is_left_out():
    assert start(seen("9", pair=None)) is None


def test_a_judgement_on_another_target_does_not_count():
    judged = (Pair(target="another", comparability="same", reason=WORDS),)
    assert start(seen("9", pair=None).model_copy(update={"pairs": judged})) is None


GONE = {"date": "2032-05-01", "reason": WORDS}


def test_the_superseded_are_left_out():
    assert start(seen("9", superseded=GONE)) is None
    assert value(start(seen("9.25", "2031", superseded=GONE), seen("8", "2028", "c-one", "partial"))) == "8"


def test_no_observation_is_no_baseline():
    assert start() is None


def test_the_amount_is_exact():
    baseline = start(seen("9800"))
    assert baseline
    assert baseline.amount.value == Fraction(1960, 3)
    assert baseline.amount.digits == 4


def conflicting(*observations: Figure) -> bool:
    baseline = start(*observations)
    assert baseline
    return baseline.conflicting


@pytest.mark.parametrize("pair", ["same", "partial"])
def test_another_value_for_the_period_is_a_conflict(pair):
    assert conflicting(seen("9"), seen("8", source="b-one", pair=pair))


def test_the_same_amount_in_another_unit_is_no_conflict():
    assert not conflicting(seen("15"), seen("1", source="b-one", unit="公顷"))


def test_one_observation_is_no_conflict():
    assert not conflicting(seen("9"))


def test_another_period_is_no_conflict():
    assert not conflicting(seen("9", "2031"), seen("8", "2030"))


@pytest.mark.parametrize("period", ["2031-12", "2031-12-31"])
def test_the_stock_of_a_month_is_that_of_its_last_day(period):
    assert conflicting(seen("9", "2031-12"), seen("8", period, source="b-one"))
    assert not conflicting(seen("9", "2031-12"), seen("9", period, source="b-one"))
    assert not conflicting(seen("9", "2031-12"), seen("8", "2031-11", source="b-one"))


@pytest.mark.parametrize("other", [seen("8", pair="different"), seen("8", pair=None), seen("8", superseded=GONE)])
def test_what_cannot_be_a_baseline_is_no_conflict(other):
    assert not conflicting(seen("9"), other)


@pytest.mark.parametrize(
    ("one", "other", "conflict"),
    [
        ("25.698", "25.7", False),
        ("25.65", "25.7", False),
        ("25.649", "25.7", True),
        ("25.75", "25.7", False),
        ("25.751", "25.7", True),
        ("25.6", "25.7", True),
        ("26", "25.5", False),
        ("26", "25.4", True),
        ("9.0", "9", False),
    ],
)
def test_the_same_value_with_fewer_digits_is_no_conflict(one, other, conflict):
    """Half of the last digit of whichever has fewer, either way round."""
    assert conflicting(seen(one), seen(other, source="b-one")) is conflict
    assert conflicting(seen(other), seen(one, source="b-one")) is conflict


def test_fewer_digits_are_a_matter_of_the_printed_unit():
    """1.7公顷 is 24.75亩 to 26.25亩."""
    assert not conflicting(seen("26"), seen("1.7", source="b-one", unit="公顷"))
    assert conflicting(seen("27"), seen("1.7", source="b-one", unit="公顷"))


@pytest.mark.parametrize(("comparator", "bound"), [("gt", "8"), ("ge", "9"), ("lt", "10"), ("le", "9")])
def test_a_bound_that_the_value_keeps_is_no_conflict(comparator, bound):
    assert not conflicting(seen("9"), seen(bound, source="b-one", comparator=comparator))


@pytest.mark.parametrize(("comparator", "bound"), [("gt", "10"), ("ge", "10"), ("lt", "8"), ("le", "8")])
def test_a_bound_that_the_value_breaks_is_a_conflict(comparator, bound):
    assert conflicting(seen("9"), seen(bound, source="b-one", comparator=comparator))


def test_a_bound_that_was_chosen_is_kept_by_the_other_value_too():
    assert not conflicting(seen("8", comparator="gt"), seen("9", source="b-one"))
    assert conflicting(seen("8", comparator="gt"), seen("7", source="b-one"))
