"""Targets as rows: where their marks stand, what a cap or a range allows, and the short words that say how far to trust
a figure."""

import itertools
from decimal import Decimal

import pytest
from conftest import BASE as FOLDER
from conftest import real_book
from hypothesis import given
from hypothesis import strategies as st

from charts.range import RangeChart
from charts.row import CLOSE, COVERED, TRACK, Row, Spot
from charts.rows import _row, range_chart, rows
from evidence.case import Case, live
from loaders.book import load
from progress.assess import assess
from progress.calendar import asof
from progress.start import start
from wording.texts import say

BASE = load(FOLDER).book
BOTH = pytest.mark.parametrize("language", ["zh", "en"])
SHARES = st.floats(-200, 400, allow_nan=False)


def spot(look: str, *shares: float) -> Spot:
    return Spot(look, shares, look)


def row(**more: object) -> Row:
    return Row("id", "indicator", "Name", "target: 10", "comparable", **more)


def spots(look: str) -> st.SearchStrategy[Spot]:
    return st.lists(SHARES, min_size=1, max_size=2).map(lambda shares: spot(look, *shares))


ROWS = st.builds(
    row,
    goal=st.sampled_from([(100.0,), (100.0, 130.0), (100.0, 101.0)]),
    start=st.none() | spots("baseline") | st.just(spot("zero", 0.0)),
    context=st.none() | spots("context"),
    rivals=st.lists(spots("rival"), max_size=4).map(tuple),
)


def inside(share: float) -> float:
    return min(max(share, TRACK[0]), TRACK[1])


@given(ROWS)
def test_no_two_marks_of_a_row_cover_each_other(made):
    own = [(made.start, share, 0) for share in made.goal]
    for one, other in itertools.combinations([*own, *made.placed], 2):
        if one[2] != other[2] or (one in own and other in own):
            continue
        if one[0] is made.start and other[0] is made.start:
            assert abs(one[1] - other[1]) >= COVERED
        else:
            # Beyond an end of the track all marks but those of a way stand at that end.
            near, far = (at if mark is made.start else inside(at) for mark, at, _ in (one, other))
            assert abs(near - far) >= CLOSE


@given(ROWS)
def test_every_mark_is_placed_in_the_order_of_the_row_but_where_one_that_looks_the_same_stands(made):
    marks = [mark for mark in (made.start, made.reached, made.context, *made.rivals) if mark]
    every = [(mark, share) for mark in marks for share in mark.shares]
    placed = [(mark, share) for mark, share, _ in made.placed]
    left = iter(every)
    assert all(one in left for one in placed)
    for mark, share in every:
        assert any(mark.alike(other) and abs(share - at) < 1 for other, at in placed)
    assert made.steps == max([0, *(level for _, _, level in made.placed)])


@given(ROWS)
def test_context_never_stands_on_the_line_of_a_way(made):
    if made.way:
        assert all(level > 0 for mark, _, level in made.placed if mark is made.context)


def test_a_start_that_touches_its_target_stays_on_the_line():
    assert row(start=spot("baseline", 97.0)).placed[0][2] == 0
    assert row(start=spot("baseline", 100.0)).placed[0][2] == 1


@pytest.mark.parametrize(("first", "last"), [(50, 100), (160, 130), (0, 100)])
def test_a_way_leads_to_the_nearer_end(first, last):
    made = row(goal=(100.0, 130.0), allowed=(100.0, 130.0), start=spot("baseline", first))
    assert made.way == (first, last)


@pytest.mark.parametrize(("allowed", "first"), [(None, 100), (None, 290), ((0.0, 100.0), 80), ((100.0, 130.0), 115)])
def test_what_keeps_its_target_from_the_start_has_no_way(allowed, first):
    assert row(allowed=allowed, start=spot("baseline", first)).way is None


def test_what_must_fall_has_a_way_down():
    assert row(allowed=(0.0, 100.0), start=spot("baseline", 120.0)).way == (120, 100)


def test_without_a_start_or_a_goal_there_is_no_way():
    assert row(context=spot("context", 50)).way is None
    assert row(goal=(), start=spot("baseline")).way is None


@pytest.mark.parametrize(
    ("direction", "comparator", "value", "allowed"),
    [
        ("up", "ge", ("4",), None),  # more of it is simply better
        ("none", "le", ("4",), (0, 100)),
        ("down", "le", ("4",), (0, 100)),
        ("none", "range", ("4", "5"), (100, 125)),
        ("down", "range", ("4", "5"), (100, 125)),  # of a range what lies between its ends
        ("up", "range", ("4", "5"), (100, 125)),
        ("none", "range", ("4", "8"), (100, TRACK[1])),  # as far as the track goes
        ("none", "about", ("4",), (95, 105)),
        ("none", "ge", ("4",), None),
    ],
)
def test_a_range_and_what_keeps_a_cap_are_shaded(direction, comparator, value, allowed):
    sector, indicator = next((one, item) for one in BASE.sectors for item in one.indicators if item.id == "pond-area")
    target = indicator.targets[0].model_copy(update={"comparator": comparator, "value": tuple(map(Decimal, value))})
    own = indicator.model_copy(update={"direction": direction, "targets": (target,)})
    made = _row(assess(Case(BASE, sector, own, target), asof(BASE)), "en").allowed
    assert made == (allowed and pytest.approx(allowed))


@BOTH
def test_each_mark_of_the_plan_is_hollow_iff_its_figure_is_a_copy(language):
    """And partial iff it was judged so: hollow and half filled mean nothing else."""
    book, seen = real_book(), set()
    made = rows(book, language)
    for case in live(book):
        found, one = start(case), made[case.target.id]
        shares = [found.baseline, found.context, *(share for _, share in found.rivals)]
        marks = [one.start if one.start and one.start.look != "zero" else None, one.context, *one.rivals]
        for share, mark in zip(shares, marks, strict=True):
            assert (share is None) == (mark is None)
            if share and mark:
                assert mark.unverified == (book.source[share.figure.source].grade == "C")
                assert mark.partial == (share.pair.comparability == "partial")
                assert (mark.look == "rival other") == (
                    mark in one.rivals and bool(share.pair.comparability == "different")
                )
                seen.add((mark.look, mark.unverified, mark.partial))
    assert {(look, True) for look in ("baseline", "context", "rival")} <= {(look, copy) for look, copy, _ in seen}


@pytest.mark.parametrize("language", ["zh", "en", "zh-international", "en-chinese"])
def test_a_drawn_symbol_is_open_iff_its_figure_is_a_copy_or_it_is_half_filled(language):
    for sector in real_book().sectors:
        made = range_chart(real_book(), sector, language)
        wanted = sum(mark.unverified or mark.partial for one in made.drawn for mark, _, _ in one.placed)
        assert open_marks(made) == wanted - beyond(made)
        halves = sum(mark.partial for one in made.drawn for mark, at, _ in one.placed if inside(at) == at)
        assert sum(shape.type == "path" for shape in made.screen.layout.shapes) == halves


def open_marks(made: RangeChart) -> int:
    return sum(len(one.x) for one in made.screen.data if one.mode == "markers" and one.marker.symbol.endswith("-open"))


def beyond(made: RangeChart) -> int:
    """Arrows, which are never half filled."""
    placed = [(mark, at) for one in made.drawn for mark, at, _ in one.placed]
    return sum(mark.partial and not mark.unverified and inside(at) != at for mark, at in placed)


@BOTH
def test_context_says_in_a_word_why_it_is_no_baseline(language):
    made, judged = rows(real_book(), language), 0
    for case in live(real_book()):
        best, mark = start(case).context, made[case.target.id].context
        if best and mark:
            assert mark.word and mark.word in mark.text
            if best.pair.comparability == "different":
                assert best.pair.word and mark.word == best.pair.word[language]
                judged += 1
    assert judged > 5


@BOTH
@pytest.mark.parametrize(("period", "obstacle"), [("2032", "after_base"), (None, "no_year")])
def test_context_that_is_comparable_says_what_keeps_it_from_being_a_baseline(language, period, obstacle):
    sector, indicator = next((one, item) for one in BASE.sectors for item in one.indicators if item.id == "pond-area")
    changes = {"period": period, "flags": () if period else ("undated",)}
    late = indicator.observations[0].model_copy(update=changes)
    own = indicator.model_copy(update={"observations": (late,)})
    mark = _row(assess(Case(BASE, sector, own, indicator.targets[0]), asof(BASE)), language).context
    word = say(language, f"obstacle.{obstacle}")
    assert mark.word == word and mark.text.count(word) == 1
    assert bool(mark.when) == bool(period)  # that no year is printed is not said twice


@BOTH
def test_zero_says_where_it_is_only_how_the_text_is_read(language):
    made, flags = rows(real_book(), language), set()
    for case in live(real_book()):
        if case.status == "from_zero":
            inferred = "zero-inferred" in case.target.flags
            wanted = say(language, "row.zero.inferred" if inferred else "row.zero")
            found = made[case.target.id].start
            assert (found.look, found.shares, found.text) == ("zero", (0.0,), wanted)
            flags.add(inferred)
    assert flags == {True, False}


@BOTH
def test_a_rival_says_whose_target_it_is(language):
    roles = {role: say(language, f"role.{role}") for role in ("nation", "earlier", "this_year", "elsewhere")}
    made = rows(real_book(), language)
    for case in live(real_book()):
        for (role, _), mark in zip(start(case).rivals, made[case.target.id].rivals, strict=True):
            assert mark.word.startswith(roles[role]) and roles[role] in mark.text


@BOTH
def test_a_row_without_marks_says_why(language):
    for made in rows(real_book(), language).values():
        assert made.placed or made.why
