"""Two readings of the plan, made apart, and what became of their differences."""

import re
from decimal import Decimal

import pytest
import yaml
from conftest import ROOT, real_book
from test_verify import plan_text

from evidence.frames import rows
from evidence.tables import gaps
from loaders.phrase import plain
from loaders.verify import cut

READINGS = ROOT / "indicators" / "readings"
FACTS = ROOT.parent / "shared" / "facts"
PACKS = ("energy", "industry", "social", "hunt3-energy-industry", "hunt3-social")


def read(name):
    return yaml.safe_load((READINGS / f"{name}.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def targets():
    book = real_book()
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
    outcome = read("reconciliation")
    for item in (*outcome["differences"], *outcome["changed"]):
        value = getattr(targets[item["target"]], item["field"])
        assert str(value).lower() == str(item["kept"]).lower(), item["target"]


def test_what_neither_reading_says_is_a_change_with_a_reason(targets):
    fields = ("kind", "comparator", "deadline", "deadline_printed", "firmness")
    said = {name: {goal.get("target"): goal for goal in read(name)["goals"]} for name in ("first", "second")}
    alone = {
        (target.id, field)
        for target in targets.values()
        for field in fields
        if str(getattr(target, field)).lower()
        not in {str(goals.get(target.id, {}).get(field, getattr(target, field))).lower() for goals in said.values()}
    }
    assert alone == {(item["target"], item["field"]) for item in read("reconciliation")["changed"]}


def test_a_deadline_is_printed_or_the_target_says_that_it_is_not(targets):
    """A year or the plan period in print is a deadline; what has neither is undated; a date that follows from other
    words (within ten years, before a year) is neither and has a note."""
    both = [target.id for target in targets.values() if target.deadline_printed and "undated" in target.flags]
    inferred = [target for target in targets.values() if not target.deadline_printed and "undated" not in target.flags]
    assert both == []
    assert [target.id for target in inferred if not target.note or not re.search("年内|年前", target.printed)] == []
    assert all(target.deadline == "2030" for target in targets.values() if "undated" in target.flags)


def test_a_deadline_is_printed_where_its_sentence_has_it_up_to_the_figure(targets):
    """A year or the plan period binds what follows it in its sentence, not what stands before it or after the stop."""
    text = cut(real_book(), plan_text().read_text("utf-8-sig"), "plan").texts
    said = {}
    for target in targets.values():
        before, phrase, _ = text[target.section].partition(plain(target.printed))
        assert phrase, target.id
        sentence = before.rpartition("。")[2] + phrase
        said[target.id] = bool(re.search(f"{target.deadline[:4]}年(?!前)|“十五五”", sentence))
    assert said == {target.id: target.deadline_printed for target in targets.values()}


def test_a_definition_that_leaves_something_open_is_flagged():
    """Where the definition says that the plan does not say, or that it is our reading, so does the flag."""
    silent = [
        target.id
        for sector in real_book().sectors
        for indicator, target in sector.targets
        if re.search("未说明|未写明|未列明|未印出|未注明|未给出|没有数字标准|理解|只说|未说", indicator.definition.zh)
        and "definition-unknown" not in target.flags
    ]
    assert silent == []


def test_both_readings_agree_on_the_figures_that_they_share(targets):
    """Size classes may be cut differently (5 百亿级, 500 亿级); everything else is one number."""
    for name in ("first", "second"):
        for goal in read(name)["goals"]:
            target = targets.get(goal.get("target"))
            if target and target.value and target.kind != "scale":
                stated = goal["value"] if isinstance(goal["value"], list) else [goal["value"]]
                assert [float(end) for end in target.value] == stated, goal["phrase"]


def every_row():
    outcome = read("facts")
    aside = [row for group in outcome["aside"] for row in group["rows"]]
    return outcome["used"], aside, outcome["aside"]


def test_every_row_of_the_fact_pack_is_used_or_set_aside_once_with_a_reason():
    used, aside, groups = every_row()
    rows = [row["row"] for row in (*used, *aside)]
    assert len(rows) == len(set(rows))
    assert all(group["reason"]["zh"].strip() and group["reason"]["en"].strip() for group in groups)
    if not FACTS.is_dir():
        pytest.skip(f"{FACTS} is not here: rows not compared with the pack itself")
    packs = {name: yaml.safe_load((FACTS / f"{name}.yaml").read_text("utf-8")) for name in PACKS}
    assert set(rows) == {f"{name} {number}" for name in PACKS for number in range(1, len(packs[name]) + 1)}


def test_what_the_fact_pack_gives_as_used_stands_in_the_data():
    book = real_book()
    values = {
        indicator.id: {Decimal(end) for figure in (*indicator.observations, *indicator.rivals) for end in figure.value}
        for sector in book.sectors
        for indicator in sector.indicators
    }
    missing = [
        row["row"]
        for row in every_row()[0]
        for identifier in row["of"]
        if not numbers(row["figure"]) & values[identifier]
    ]
    assert missing == []


def numbers(text):
    return {Decimal(found) for found in re.findall(r"-?\d+(?:\.\d+)?", text)}


def test_every_figure_of_the_source_texts_has_an_indicator_or_a_reason():
    outcome = read("texts")
    known = {item.id for sector in real_book().sectors for item in sector.indicators}
    for figure in outcome["figures"]:
        assert set(figure.get("of", ())) <= known
        assert ("of" in figure) != (figure.get("aside") in outcome["reasons"])
    for text, total in outcome["totals"].items():
        assert sum(one.get("count", 1) for one in outcome["figures"] if one["text"] == text) == total["figures"]


def test_a_mirror_is_named_never_linked_and_only_a_lead():
    seen = [
        source
        for source in real_book().sources.sources
        if any(word in source.publisher.zh for word in ("转载件", "镜像件"))
    ]
    assert seen
    assert [source.id for source in seen if source.url or source.grade != "C"] == []


def test_every_pair_of_the_plan_is_judged_twice_with_a_reason():
    book = real_book()
    for sector in book.sectors:
        for indicator in sector.indicators:
            for figure in (*indicator.observations, *indicator.rivals):
                assert {pair.target for pair in figure.pairs} == {target.id for target in indicator.targets}
                assert all(len(pair.judged) == 2 for pair in figure.pairs)


# What a reason says that argues from how large the figure is: past the target, far from it, not to be believed.
SIZE = re.compile(
    r"exceed|surpass|clearly|obvious|evident|plausib|order of magnitude|already"
    r"|(?:far|much|even|too) (?:above|below|over|high|low|large|small|great|more|less|few|many|big)"
    r"|(?:higher|lower|larger|smaller|greater|more|less|fewer) than (?:the|this|its) (?:target|goal|plan)"
    r"|(?:above|below|over|under|close to) the (?:target|goal)"
    r"|显然|明显|显著|不可能|不合理|量级|远[高低大小超多少]|过[大小高低多少]|[高低大小多少]得多"
    r"|已经?(?:高|低|大|小|多|少|超)|(?:高|低|大|小|多|少|超)[于过](?:本?规划|纲要|目标)(?!所说)",
    re.IGNORECASE,
)


@pytest.mark.parametrize(
    "reason",
    [
        "2024年已高于2030年目标，范围显然不同。",
        "数值高于纲要2030年的目标，可见两者口径不同。",
        "已经超过目标，应另有口径。",
        "比目标大得多。",
        "Already above the target for 2030, so it must cover other things.",
        "It is higher than the target for 2030, which shows that the two are not the same measure.",
        "The figure exceeds the target.",
        "Far more than the plan asks for.",
    ],
)
def test_a_reason_that_argues_from_the_size_is_known(reason):
    assert SIZE.search(reason)


def test_no_reason_argues_from_how_large_the_figure_is():
    said = [
        pair.reason[language]
        for sector in real_book().sectors
        for indicator in sector.indicators
        for figure in (*indicator.observations, *indicator.rivals)
        for pair in figure.pairs
        for language in ("zh", "en")
    ]
    assert len(said) > 500
    assert [reason for reason in said if SIZE.search(reason)] == []


def test_every_target_without_a_full_baseline_has_a_named_gap():
    assert [row["target_id"] for row in rows(gaps(real_book())) if not row["figure_zh"]] == []


def test_the_kept_differences_are_those_of_the_data():
    pairs = [
        (pair.target, figure.source, *pair.judged, pair.comparability)
        for sector in real_book().sectors
        for indicator in sector.indicators
        for figure in (*indicator.observations, *indicator.rivals)
        for pair in figure.pairs
        if len(set(pair.judged)) > 1
    ]
    names = ("target", "source", "first", "second", "outcome")
    kept = [tuple(item[name] for name in names) for item in read("judgements")["differences"]]
    assert sorted(kept) == sorted(pairs)
