"""Where a target starts and which other targets stand beside it: each clause, one at a time, on a made-up book."""

from decimal import Decimal
from fractions import Fraction

import pytest
from conftest import real_book

from evidence.case import Case, live
from loaders.book import load
from loaders.models import Pair, Rival
from progress.start import on_axis, start

GOAL = "pond-area-2034"


@pytest.fixture
def pond(folder):
    """The made-up target of 1.2 万亩 by 2034 with these rivals, and without its observations where so told."""
    base = load(folder()).book
    sector, indicator = next((one, item) for one in base.sectors for item in one.indicators if item.id == "pond-area")

    def make(*rivals: Rival, bare: bool = True, **changes) -> Case:
        target = indicator.targets[0].model_copy(update=changes)
        observations = () if bare else indicator.observations
        own = indicator.model_copy(update={"rivals": rivals, "observations": observations, "targets": (target,)})
        return Case(base, sector, own, target)

    return make


def rival(value: str, period: str | None, comparability="same", extent=None, differs=(), **changes) -> Rival:
    reason = {"zh": "因为", "en": "Because."}
    pair = {
        "target": GOAL,
        "comparability": comparability,
        "reason": reason,
        "differs": tuple(differs),
        "extent": extent,
    }
    if differs:
        pair["word"] = {"zh": "另算", "en": "counted otherwise"}
    plain = {
        "kind": "other_target",
        "value": Decimal(value),
        "unit": "万亩",
        "printed": value,
        "pairs": (Pair.model_validate(pair),),
    }
    plain |= {"source": "annual-plan-2032", "period": period, "flags": () if period else ("undated",)}
    return Rival.model_validate({**plain, **changes})


def shown(case: Case) -> list[tuple[str, Fraction]]:
    return [(role, share.ends[0]) for role, share in start(case).rivals]


def test_a_start_is_the_exact_share_of_the_goal(pond):
    made = start(pond(bare=False))
    assert made.goal == (1,)
    assert made.baseline.ends == (Fraction(9800, 12000),)
    assert made.context is None


def test_a_range_is_its_lower_end_and_the_upper_one_beside_it(pond):
    made = start(pond(bare=False, comparator="range", value=(Decimal("1.2"), Decimal("1.5"))))
    assert made.goal == (1, Fraction(5, 4))
    assert made.baseline.ends == (Fraction(9800, 12000),)


@pytest.mark.parametrize("kind", ["coverage", "scale", "milestone"])
def test_what_has_no_path_has_no_place_on_the_axis(pond, kind):
    made = start(pond(rival("1.3", "2034"), bare=False, kind=kind))
    assert (made.goal, made.baseline, made.context, made.rivals) == ((), None, None, ())


def test_zero_has_no_shares(pond):
    made = start(pond(bare=False, comparator="le", value=(Decimal(0),)))
    assert (made.goal, made.baseline) == ((), None)


def test_a_goal_in_another_dimension_than_its_indicator_has_no_shares(pond):
    made = start(pond(bare=False, kind="growth", value=(Decimal(5),), unit="%"))
    assert (made.goal, made.baseline, made.rivals) == ((), None, ())


@pytest.mark.parametrize(
    ("one", "role"),
    [
        (rival("1.1", "2034", "partial", "nation", ["place"]), "nation"),
        (rival("1.1", "2032", "partial", "nation", ["place"]), "nation"),
        (rival("1.1", "2032"), "this_year"),  # the year in which the data was last changed
        (rival("1.1", "2031"), "earlier"),
        (rival("1.1", "2033"), "earlier"),
        (rival("1.1", "2034"), "elsewhere"),
        (rival("1.1", "2035"), "elsewhere"),
        (rival("1.1", None), "elsewhere"),
    ],
    ids=lambda one: one if isinstance(one, str) else f"{one.period} {one.pairs[0].extent or ''}",
)
def test_what_another_target_is_to_this_one(pond, one, role):
    assert shown(pond(one)) == [(role, Fraction(11, 12))]


def test_one_of_each_role_in_the_order_of_the_roles(pond):
    nation = rival("1.5", "2034", "partial", "nation", ["place"])
    found = pond(rival("0.9", "2031"), rival("1.3", "2034"), nation, rival("1", "2032"), rival("0.8", "2030"))
    assert [role for role, _ in shown(found)] == ["nation", "earlier", "this_year", "elsewhere"]


def test_of_one_role_the_most_comparable_is_shown_then_the_later(pond):
    partly = rival("0.7", "2033", "partial", "province", ["definition"])
    assert shown(pond(partly, rival("0.9", "2030"), rival("0.8", "2031"))) == [("earlier", Fraction(2, 3))]


@pytest.mark.parametrize("period", ["2034", None])
def test_a_document_that_repeats_the_plan_s_own_figure_is_no_rival(pond, period):
    assert shown(pond(rival("1.2", period), bare=False)) == []


def test_what_repeats_the_plan_hides_no_other_target(pond):
    found = pond(rival("1.2", "2034"), rival("1.3", "2034", "partial", "province", ["definition"]), bare=False)
    assert shown(found) == [("elsewhere", Fraction(13, 12))]


@pytest.mark.parametrize(("period", "role"), [("2033", "earlier"), ("2032", "this_year"), ("2035", "elsewhere")])
def test_the_same_figure_for_another_day_is_a_rival(pond, period, role):
    assert shown(pond(rival("1.2", period), bare=False)) == [(role, 1)]


def test_where_nothing_else_is_known_what_repeats_the_plan_is_shown(pond):
    alone = pond(rival("1.2", "2034"))
    assert (alone.status, shown(alone)) == ("rivals_only", [("elsewhere", 1)])
    assert shown(pond(rival("1.2", "2034"), rival("0.9", "2031"))) == [("earlier", Fraction(3, 4))]


DIFFERENT = rival("1.3", "2034", "different", "province", ["definition"])


def test_what_is_not_comparable_is_shown_only_where_nothing_else_is_known(pond):
    assert shown(pond(DIFFERENT)) == [("elsewhere", Fraction(13, 12))]
    assert shown(pond(DIFFERENT, bare=False)) == []
    assert shown(pond(DIFFERENT, rival("0.9", "2031"))) == [("earlier", Fraction(3, 4))]


@pytest.mark.parametrize("code", ["sort", "stage"])
def test_another_sort_of_thing_and_what_is_only_planned_is_never_shown(pond, code):
    assert shown(pond(rival("1.3", "2034", "different", "province", [code]))) == []


def test_a_part_of_a_year_is_no_target_of_a_year(pond):
    assert shown(pond(rival("1.3", "2032-01/2032-09", measure="flow"))) == []


def test_a_rival_that_is_a_range_has_both_its_ends(pond):
    one = rival("1", "2032").model_copy(update={"comparator": "range", "value": (Decimal(1), Decimal("1.1"))})
    ((_, share),) = start(pond(one)).rivals
    assert share.ends == (Fraction(5, 6), Fraction(11, 12))


def test_every_share_of_the_plan_times_its_target_is_the_figure_again():
    """And nothing is a baseline and context at once."""
    drawn = 0
    for case in live(real_book()):
        made = start(case)
        assert bool(made.goal) == on_axis(case)
        assert made.baseline is None or made.context is None
        for share in (made.baseline, made.context, *(share for _, share in made.rivals)):
            if share:
                assert tuple(end * case.goal[0] for end in share.ends) == tuple(
                    dict.fromkeys(case.amounts(share.figure))
                )
                drawn += 1
    assert drawn > 20
