"""Worked cases of the way to a target: ours beside what other platforms' methods make of the same figures."""

import math
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest

from progress.others import METHODS, opinions
from progress.trajectory import Point, Trajectory, annual_change, at, decimal_year


def way(start: str, now: str, end: str, years: int = 2, whole: int = 5) -> Trajectory:
    """From the end of 2031 to that of 2036, seen at the end of 2033."""
    begin = decimal_year(date(2031, 12, 31))
    times = (begin, begin + years, begin + whole)
    return Trajectory(*(Point(time, Fraction(value)) for time, value in zip(times, (start, now, end), strict=True)))


# Start, now, end; then as the table of the peers prints it: Eurostat's ratio and class, our pace, the UN's score and
# class, Germany's miss (below 0: early) and class, years ahead of the path, share of the way.
WORKED = {
    "a rise": (100, 107.5, 120, 0.992, "significant", 0.938, 0.991, "on_track", 0.10, "light_cloud", -0.12, 0.375),
    "a rise from little": (1, 2, 10, 0.708, "moderate", 0.278, 0.517, "fair", 0.81, "cloud", -1.44, 0.11),
    "a fall": (40, 37, 30, 0.684, "moderate", 0.750, 0.708, "fair", 0.36, "cloud", -0.5, 0.30),
    "a steep fall": (50, 20, 5, 0.996, "significant", 1.667, 0.999, "on_track", -2, "sun", 1.33, 0.67),
}
WORKED_CASES = pytest.mark.parametrize("row", WORKED.values(), ids=WORKED)


@WORKED_CASES
def test_each_method_gives_what_the_peers_table_prints(row):
    start, now, end, ratio, ratio_class, pace, score, score_class, miss, miss_class, ahead, share = row
    seen = way(str(start), str(now), str(end))
    eurostat, un, germany = opinions(seen)
    assert (eurostat.method, un.method, germany.method) == ("eurostat", "un", "germany")
    assert (eurostat.figure, eurostat.word) == (pytest.approx(ratio, abs=0.0005), ratio_class)
    assert (un.figure, un.word) == (pytest.approx(score, abs=0.0005), score_class)
    assert (germany.figure, germany.word) == (pytest.approx(miss, abs=0.005), miss_class)
    assert float(seen.pace) == pytest.approx(pace, abs=0.0005)
    assert float(seen.share) == pytest.approx(share, abs=0.005)
    assert float(seen.months) / 12 == pytest.approx(ahead, abs=0.006)


@WORKED_CASES
def test_each_method_gives_what_logarithms_and_floats_give(row):
    b, c, t = map(float, row[:3])
    seen = way(*map(str, row[:3]))
    eurostat, un, germany = (opinion.figure for opinion in opinions(seen))
    assert eurostat == pytest.approx(math.expm1(math.log(c / b) / 2) / math.expm1(math.log(t / b) / 5), rel=1e-12)
    assert un == pytest.approx((b * math.exp(math.log(c / b) * 5 / 2) - b) / (t - b), rel=1e-12)
    ahead = (t - (c + (c - b) / 2 * 3)) * (1 if t > b else -1)
    assert germany == pytest.approx(ahead / abs(t - c), rel=1e-12)
    on_path = 5 * (c - b) / (t - b)  # the years that the straight line takes to today's value
    assert float(seen.pace) == pytest.approx(on_path / 2, rel=1e-12)
    assert float(seen.months) == pytest.approx(12 * (on_path - 2), rel=1e-12)
    assert float(seen.required) == pytest.approx(0.6 * b + 0.4 * t, rel=1e-12)


def test_a_start_at_zero_has_no_compound_growth_and_the_line_all_the_same():
    seen = way("0", "2", "5")
    assert [(one.figure, one.word) for one in opinions(seen)] == [("not_above_zero", "")] * 2 + [(0.0, "sun")]
    assert (seen.share, seen.pace, seen.months, seen.required) == (Fraction(2, 5), 1, 0, 2)


@pytest.mark.parametrize("values", [("5", "2", "0"), ("5", "0", "1"), ("-1", "1", "2"), ("-5", "-4", "-1")])
def test_what_is_not_above_zero_is_never_stood_in_for(values):
    assert [one.figure for one in opinions(way(*values))][:2] == ["not_above_zero"] * 2


@pytest.mark.parametrize(
    ("values", "days"),
    [
        pytest.param(("1", "8", "9"), 1, id="steep in one day"),
        pytest.param(("1", "2", "1.000000000000000001"), 366, id="hardly anything is asked"),
        pytest.param(("0.000000000000000001", "999999999999999999", "5"), 30, id="from nothing to all"),
    ],
)
def test_what_no_float_holds_is_no_figure(values, days):
    start, now, end = map(Fraction, values)
    first, second = date(2031, 12, 31), date(2031, 12, 31) + timedelta(days=days)
    points = (Point(decimal_year(first), start), Point(decimal_year(second), now), Point(Fraction(2037), end))
    assert "beyond_numbers" in [one.figure for one in opinions(Trajectory(*points))]


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("90", ["away", "stagnation", "thunderstorm"]),
        ("100", ["insufficient", "stagnation", "thunderstorm"]),
        ("110", ["significant", "on_track", "sun"]),
        ("130", ["significant", "on_track", ""]),
    ],
)
def test_each_method_has_its_best_and_its_worst_class(now, words):
    assert [one.word for one in opinions(way("100", now, "120"))] == words


@pytest.mark.parametrize(
    ("method", "bound", "at_it", "below"),
    [
        ("eurostat", 0.95, "significant", "moderate"),
        ("eurostat", 0.60, "moderate", "insufficient"),
        ("eurostat", 0, "insufficient", "away"),
        ("un", 0.95, "on_track", "fair"),
        ("un", 0.10, "fair", "stagnation"),
        ("germany", 0.05, "light_cloud", "sun"),
        ("germany", 0.20, "light_cloud", "light_cloud"),
        ("germany", 1, "thunderstorm", "cloud"),
    ],
)
def test_each_class_begins_where_its_authors_draw_it(method, bound, at_it, below):
    def word(figure):
        return next(word for word, fits in METHODS[method][1].items() if fits(figure))

    assert (word(bound), word(bound - 1e-9)) == (at_it, below)


def test_a_miss_of_more_than_a_fifth_is_a_cloud():
    assert [fits(0.2 + 1e-9) for fits in METHODS["germany"][1].values()] == [False, False, True, True]


@pytest.mark.parametrize(
    ("day", "time"),
    [
        ("2031-12-31", Fraction(2032)),
        ("2032-12-31", Fraction(2033)),
        ("2032-01-01", 2032 + Fraction(1, 366)),
        ("2032-02-29", 2032 + Fraction(60, 366)),
        ("2033-06-30", 2033 + Fraction(181, 365)),
    ],
)
def test_a_day_is_over_at_its_end(day, time):
    assert decimal_year(date.fromisoformat(day)) == time


def test_each_day_is_later_than_the_one_before():
    days = [date(2031, 12, 1) + timedelta(days=count) for count in range(500)]
    assert all(decimal_year(one) < decimal_year(other) for one, other in pairwise(days))


def test_the_line_goes_through_its_ends_and_a_pace_is_a_year():
    start, end = Point(Fraction(2032), Fraction(7)), Point(Fraction(2037), Fraction(-3))
    assert [at(start, end, Fraction(year)) for year in (2032, 2034, 2037)] == [7, 3, -3]
    assert annual_change(start, end) == -2
