"""Two readings of the plan, made apart, and what became of their differences."""

import pytest
import yaml
from conftest import ROOT

from loaders.book import load
from loaders.phrase import plain

READINGS = ROOT / "indicators" / "readings"


def read(name):
    return yaml.safe_load((READINGS / f"{name}.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def targets():
    book = load(ROOT / "indicators").book
    return {target.id: target for sector in book.sectors for _, target in sector.targets}


def test_each_target_is_in_the_second_reading_and_each_but_the_adopted_in_the_first(targets):
    adopted = {item["target"] for item in read("reconciliation")["adopted"]}
    assert {goal["target"] for goal in read("second")["goals"] if "target" in goal} == set(targets)
    assert {goal["target"] for goal in read("first")["goals"]} | adopted == set(targets)


def test_each_goal_that_only_one_reading_holds_is_decided():
    outcome = read("reconciliation")
    decided = {(item["section"], plain(item["phrase"])) for item in outcome["left_out"]}
    alone = {(goal["section"], plain(goal["phrase"])) for goal in read("second")["goals"] if "target" not in goal}
    assert alone == decided
    assert all(item["reason"] for group in outcome.values() for item in group)


def test_each_kept_field_is_what_the_data_says(targets):
    for item in read("reconciliation")["differences"]:
        value = getattr(targets[item["target"]], item["field"])
        assert str(value).lower() == str(item["kept"]).lower(), item["target"]


def test_both_readings_agree_on_the_figures_that_they_share(targets):
    """Size classes may be cut differently (5 百亿级, 500 亿级); everything else is one number."""
    for name in ("first", "second"):
        for goal in read(name)["goals"]:
            target = targets.get(goal.get("target"))
            if target and target.value and target.kind != "scale":
                stated = goal["value"] if isinstance(goal["value"], list) else [goal["value"]]
                assert [float(end) for end in target.value] == stated, goal["phrase"]
