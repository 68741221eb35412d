"""Sorting the table of targets: each column both ways, by what it means; what has nothing there comes last."""

import itertools

import pytest
from conftest import real_book

from loaders.fields import last_day
from progress.calendar import asof
from progress.columns import KEYS, by_column
from progress.table import assessments

BOOK = real_book()
FOUND = assessments(BOOK, asof(BOOK))
COLUMNS = ("name", *KEYS)
WAYS = pytest.mark.parametrize("down", [False, True], ids=["up", "down"])


def name(one):
    return one.case.indicator.name.en


def sort(column, *, down=False, found=FOUND):
    return by_column(found, column, down=down, name=name)


def of(column, one):
    return {"name": name, **KEYS}[column](one)


@WAYS
@pytest.mark.parametrize("column", COLUMNS)
def test_a_column_sorts_all_and_leaves_what_has_nothing_for_the_end(column, down):
    values = [of(column, one) for one in sort(column, down=down)]
    known = [value for value in values if value is not None]
    assert len(values) == len(FOUND) and len(set(known)) > 1
    assert known == sorted(known, reverse=down)
    assert values[len(known) :] == [None] * (len(values) - len(known))


@WAYS
@pytest.mark.parametrize("column", COLUMNS)
def test_the_order_of_before_decides_between_equals(column, down):
    place = {id(one): number for number, one in enumerate(FOUND)}
    found = sort(column, down=down)
    equal = [(one, other) for one, other in itertools.pairwise(found) if of(column, one) == of(column, other)]
    assert all(place[id(one)] < place[id(other)] for one, other in equal)


@pytest.mark.parametrize("column", ["target", "baseline", "period"])
def test_these_columns_have_gaps_in_the_real_plan(column):
    assert of(column, sort(column)[-1]) is None


@pytest.mark.parametrize("column", ["target", "baseline"])
def test_amounts_are_compared_within_their_unit_only(column):
    units = [of(column, one)[0] for one in sort(column) if of(column, one)]
    assert len(set(units)) == sum(unit != before for before, unit in zip([None, *units], units, strict=False))


def test_a_period_counts_with_its_last_day():
    found = [one for one in sort("period", down=True) if one.case.baseline and one.case.baseline.figure.period]
    days = [last_day(one.case.baseline.figure.period.split("/")[-1]) for one in found]
    assert days == sorted(days, reverse=True)


def test_boxes_stand_behind_the_numbered_sections():
    numbers = [one.case.target.section for one in sort("section")]
    first = next(place for place, section in enumerate(numbers) if not section.isdigit())
    assert all(section.isdigit() for section in numbers[:first])
    assert not any(section.isdigit() for section in numbers[first:])
    assert numbers[:first] == sorted(numbers[:first], key=int), "2 before 10"


def test_nothing_sorted_is_nothing():
    assert [sort(column, found=()) for column in COLUMNS] == [[]] * len(COLUMNS)
