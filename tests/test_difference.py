"""The rule of comparability as a table: what differs, and what follows from that."""

import re
from decimal import Decimal
from html import unescape

import pytest
from conftest import ROOT, real_book
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from loaders.difference import LABEL, came_to, outcome
from loaders.fields import Both
from loaders.models import DIFFERENCES, EXTENTS, KINDS, Figure, Indicator, Outcome, Pair, Rival, Target
from wording.texts import TEXTS

WORDS = Both(zh="字", en="words")


def follows(kind: str, measure: str, codes: str, extent: str, who: str, period: str | None) -> str:
    """The outcome for a figure of a measure beside a target of a kind; `who` published it or set it as a goal."""
    target = Target(id="goal", kind=kind, printed="水面", section="1")
    words = {"id": "ponds", "name": WORDS, "definition": WORDS, "dimension": "pond-area", "direction": "up"}
    indicator = Indicator.model_validate(words | {"measure": measure, "targets": (target,)})
    plain = {"value": Decimal(9), "unit": "亩", "period": period, "printed": "9亩", "source": "yearbook"}
    figure = Rival(**plain, kind="other_target") if who == "rival" else Figure(**plain)
    pair = Pair(
        target="goal",
        comparability="same",
        reason=WORDS,
        differs=tuple(codes.split()),
        extent=extent or None,
        word=WORDS if codes else None,
    )
    return outcome(indicator, target, figure, pair)


TABLE = [
    # kind of target, measure, what differs, extent, who, period: outcome
    ("level", "stock", "", "", "observation", "2031", "same"),
    ("level", "rate", "", "", "rival", "2033", "same"),
    ("level", "rate", "", "", "rival", None, "same"),
    # a term that may mean more, less or the same, of whatever kind
    ("level", "stock", "definition", "province", "observation", "2031", "partial"),
    ("cumulative", "flow", "definition", "province", "rival", "2031/2035", "partial"),
    ("milestone", "stock", "definition", "province", "observation", "2031", "partial"),
    # an amount of a part is not the amount
    ("level", "stock", "scope", "province", "observation", "2031", "different"),
    ("level", "flow", "scope", "part", "observation", "2031", "different"),
    ("increment", "stock", "scope", "part", "observation", "2031", "different"),
    ("cumulative", "flow", "scope", "part", "rival", "2031/2035", "different"),
    ("annual", "flow", "scope", "part", "observation", "2031", "different"),
    ("scale", "flow", "scope", "part", "observation", "2031", "different"),
    # a rate, a share, a coverage or a state of a part still tells something
    ("level", "rate", "scope", "part", "observation", "2031", "partial"),
    ("annual_average", "rate", "scope", "province", "observation", "2031", "partial"),
    ("share", "stock", "scope", "part", "observation", "2031", "partial"),
    ("coverage", "stock", "scope", "part", "rival", "2033", "partial"),
    ("growth", "flow", "scope", "part", "observation", "2031", "partial"),
    ("relative", "flow", "scope", "province", "observation", "2031", "partial"),
    ("milestone", "stock", "scope", "part", "observation", "2031", "partial"),
    # a national goal is a yardstick for a rate, not for an amount, and no other place is one
    ("level", "rate", "place", "nation", "rival", "2033", "partial"),
    ("share", "stock", "place", "nation", "rival", "2033", "partial"),
    ("level", "stock", "place", "nation", "rival", "2033", "different"),
    ("level", "rate", "place", "nation", "observation", "2031", "different"),
    ("level", "rate", "place", "basin", "rival", "2033", "different"),
    ("level", "rate", "place", "city", "rival", "2033", "different"),
    ("level", "rate", "place", "city", "observation", "2031", "different"),
    ("share", "rate", "place", "station", "observation", "2031", "different"),
    # one whole year beside an average over years
    ("growth", "flow", "period", "province", "observation", "2031", "partial"),
    ("growth", "rate", "period", "province", "rival", "2031", "partial"),
    ("annual_average", "flow", "period", "province", "observation", "2031", "partial"),
    ("annual_average", "flow", "period", "province", "observation", "2029/2031", "different"),
    ("growth", "flow", "period", "province", "observation", "2031-01/2031-09", "different"),
    ("annual_average", "flow", "period", "province", "observation", "2031-09", "different"),
    ("growth", "flow", "period", "province", "observation", None, "different"),
    ("level", "flow", "period", "province", "observation", "2029/2031", "different"),
    ("cumulative", "flow", "period", "province", "observation", "2031", "different"),
    ("level", "rate", "period", "province", "observation", "2031-01/2031-09", "different"),
    ("share", "rate", "period", "province", "observation", None, "different"),
    # what is measured, the sort of figure and its stage are never a part of it
    ("share", "rate", "measure", "province", "observation", "2031", "different"),
    ("growth", "rate", "measure", "province", "observation", "2031", "different"),
    ("level", "stock", "sort", "province", "observation", "2031", "different"),
    ("coverage", "rate", "sort", "province", "rival", "2033", "different"),
    ("milestone", "stock", "stage", "province", "observation", "2031", "different"),
    ("level", "rate", "stage", "province", "observation", "2031", "different"),
    # two differences, each of which alone would leave something
    ("share", "rate", "scope place", "nation", "rival", "2033", "different"),
    ("growth", "rate", "scope period", "part", "observation", "2031", "different"),
    ("level", "rate", "place period", "nation", "rival", "2033", "different"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "measure", "codes", "extent", "who", "period", "wanted"), TABLE)
def test_the_outcome_follows_from_what_differs(kind, measure, codes, extent, who, period, wanted):
    assert follows(kind, measure, codes, extent, who, period) == wanted


def test_the_table_has_every_code_kind_and_extent():
    assert {code for row in TABLE for code in row[2].split()} == set(DIFFERENCES)
    assert {row[0] for row in TABLE} == set(KINDS)
    assert {row[3] for row in TABLE} - {""} == set(EXTENTS)


def test_a_figure_with_a_measure_of_its_own_goes_by_that():
    target = Target(id="goal", kind="level", printed="水面", section="1")
    words = {"id": "ponds", "name": WORDS, "definition": WORDS, "dimension": "pond-area", "direction": "up"}
    indicator = Indicator.model_validate(words | {"measure": "stock", "targets": (target,)})
    pair = Pair(target="goal", comparability="same", reason=WORDS, differs=("scope",), extent="part", word=WORDS)
    plain = {"value": Decimal(9), "unit": "亩", "period": "2031", "printed": "9亩", "source": "yearbook"}
    assert outcome(indicator, target, Figure(**plain), pair) == "different"
    assert outcome(indicator, target, Figure(**plain, measure="rate"), pair) == "partial"


CAME_TO = [
    # measure of what was promised, what differs, extent: outcome
    ("stock", "", "", "same"),
    ("flow", "definition", "province", "partial"),
    ("rate", "scope", "part", "partial"),
    ("flow", "scope", "part", "different"),
    ("stock", "scope", "part", "different"),
    # no other place and no part of its time says what became of a goal
    ("rate", "place", "nation", "different"),
    ("rate", "period", "province", "different"),
    ("rate", "measure", "province", "different"),
    ("flow", "sort", "province", "different"),
    ("stock", "stage", "province", "different"),
    ("rate", "scope period", "part", "different"),
]


def made(measure: str, codes: str, extent: str | None) -> str:
    """What is left to compare of an outcome, for a goal in an indicator that counts a stock."""
    words = {"id": "ponds", "name": WORDS, "definition": WORDS, "dimension": "pond-area", "direction": "up"}
    indicator = Indicator.model_validate(words | {"measure": "stock", "targets": ()})
    plain = {"value": Decimal(9), "unit": "亩", "period": "2031", "printed": "9亩", "source": "yearbook"}
    rival = Rival(**plain, kind="annual_target", measure=None if measure == "stock" else measure)
    told = {"differs": tuple(codes.split()), "extent": extent, "word": WORDS if codes else None}
    return came_to(
        indicator, rival, Outcome(source="yearbook", period="2031", comparability="same", reason=WORDS, **told)
    )


@pytest.mark.parametrize(("measure", "codes", "extent", "wanted"), CAME_TO)
def test_what_differs_between_a_goal_and_its_outcome_says_what_is_left_to_compare(measure, codes, extent, wanted):
    assert made(measure, codes, extent or None) == wanted


def test_the_table_of_outcomes_has_every_code():
    assert {code for row in CAME_TO for code in row[1].split()} == set(DIFFERENCES)


@given(
    st.sampled_from(("stock", "flow", "rate")),
    st.lists(st.sampled_from(DIFFERENCES), unique=True, min_size=1).map(" ".join),
    st.sampled_from(EXTENTS),
)
def test_an_outcome_with_a_difference_is_never_the_same(measure, codes, extent):
    assert made(measure, codes, extent) != "same"


@given(
    st.sampled_from(KINDS),
    st.sampled_from(("stock", "flow", "rate")),
    st.lists(st.sampled_from(DIFFERENCES), unique=True, min_size=2),
    st.sampled_from(EXTENTS),
    st.sampled_from(("observation", "rival")),
    st.sampled_from(("2031", "2031-09", "2029/2031", None)),
)
def test_two_differences_leave_nothing_to_compare(kind, measure, codes, extent, who, period):
    assert follows(kind, measure, " ".join(codes), extent, who, period) == "different"


def test_the_documentation_names_the_codes_and_extents_of_the_data():
    text = (
        (ROOT / "docs" / "data.md").read_text("utf-8").partition("## Grades and comparability")[2].partition("\n## ")[0]
    )
    assert tuple(re.findall(r"^\| `([a-z]+)` \|", text, re.MULTILINE)) == DIFFERENCES
    said = text.partition("The extents are")[2].partition(". ")[0]
    assert tuple(re.findall("`([a-z]+)`", said)) == EXTENTS


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_method_page_has_the_rule_in_words(language):
    def page(language: str) -> None:
        from conftest import BASE

        from loaders.book import load
        from views import method

        method.show(load(BASE).book, language)

    test = AppTest.from_function(page, kwargs={"language": language}, default_timeout=60).run()
    assert not test.exception
    bodies = [block.proto.body for block in test.get("html")]
    cells = [unescape(re.sub("<.*?>", "", cell)) for body in bodies for cell in re.findall("<t[hd].*?</t[hd]>", body)]
    keys = [f"differs.{code}{rule}" for code in DIFFERENCES for rule in ("", ".rule")]
    wanted = {TEXTS[key][language] for key in (*keys, *(f"extent.{extent}" for extent in EXTENTS))}
    assert wanted | {*DIFFERENCES, *EXTENTS} <= set(cells)
    assert TEXTS["comparability.rule.outcome"][language] in [text.value for text in test.markdown]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_word_of_the_real_data_fits_a_label_and_says_more_than_that_it_differs(language):
    words = {
        pair.word[language]
        for sector in real_book().sectors
        for indicator in sector.indicators
        for figure in (*indicator.observations, *indicator.rivals)
        for pair in figure.pairs
        if pair.word
    }
    assert len(words) > 50
    assert [word for word in words if len(word) > LABEL[language]] == []
    bare = {"不同", "不可比", "部分可比", "different", "other", "not comparable", "partly comparable"}
    names = {TEXTS[f"differs.{code}"][language] for code in DIFFERENCES}
    assert words & (bare | names) == set()
