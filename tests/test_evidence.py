"""What is said of each figure beside a target: in which order, how it was treated, from where."""

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

import pytest
from conftest import BASE

from loaders.book import Book, load
from loaders.fields import Both
from loaders.models import Figure, Indicator, Source, Sources, Target
from views import pieces
from wording import LANGUAGES, Language, phrases
from wording.evidence import Evidence, evidence
from wording.texts import TEXTS, say

EVERY_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)
WORDS = Both(zh="字", en="words")
TITLED = Source(
    id="yearbook",
    publisher=Both(zh="统计局", en="Bureau"),
    title="统计年鉴",
    date="2032-02-20",
    date_precision="day",
    url="https://heron-bay.example/yearbook",
    grade="A",
)
MIRROR = Source(
    id="mirror",
    publisher=Both(zh="转载网", en="Mirror"),
    date="2032",
    date_precision="inferred",
    grade="C",
    note=Both(zh="转载。", en="A repost."),
)
UNDATED = Source(id="undated", publisher=Both(zh="报", en="Daily"), date_precision="none", grade="B")
MONTHLY = Source(
    id="monthly", publisher=Both(zh="月刊", en="Monthly"), date="2032-02", date_precision="month", grade="B"
)
GONE = {"date": "2033-01-15", "reason": {"zh": "已修订。", "en": "Revised."}}
TARGET = {
    "id": "goal",
    "kind": "level",
    "comparator": "ge",
    "value": Decimal("1.2"),
    "unit": "万亩",
    "printed": "水面1.2万亩以上",
    "section": "1",
}


@pytest.fixture(scope="module")
def book() -> Book:
    """The toy plan with sources of our own."""
    loaded = load(BASE).book
    assert loaded
    return replace(loaded, sources=Sources(sources=(TITLED, MIRROR, UNDATED, MONTHLY)))


def target(**changes: object) -> Target:
    return Target.model_validate(TARGET | changes)


def pair(comparability: str = "same", *judged: str) -> dict:
    return {"target": "goal", "comparability": comparability, "reason": WORDS, "judged": judged}


def figure(printed: str, comparability: str | None = "same", **changes: object) -> dict:
    """An observation of 9 亩 in 2031; `printed` tells it from the others."""
    plain = {"value": Decimal(9), "unit": "亩", "period": "2031", "source": "yearbook", "printed": printed}
    return plain | {"pairs": (pair(comparability),) if comparability else ()} | changes


def rival(printed: str, comparability: str | None = "same", **changes: object) -> dict:
    return figure(printed, comparability, **{"kind": "other_target", "period": "2033"} | changes)


def derived(value: int, **changes: object) -> dict:
    fields = {"value": Decimal(value), "unit": "亩", "period": "2031", "arithmetic": "76 + 5 = 81", "reason": WORDS}
    return fields | changes


def indicator(observations: Iterable[dict] = (), rivals: Iterable[dict] = (), more: Iterable[dict] = ()) -> Indicator:
    fields = {"id": "ponds", "name": WORDS, "definition": WORDS, "dimension": "pond-area", "measure": "stock"}
    lists = {"targets": (target(),), "observations": tuple(observations), "rivals": tuple(rivals)}
    return Indicator.model_validate(fields | {"direction": "up"} | lists | {"derived": tuple(more)})


def said(book: Book, language: Language, *observations: dict, rivals=(), more=()) -> tuple[Evidence, ...]:
    of = indicator(observations, rivals, more)
    return evidence(book, of, of.targets[0], language)


def one(book: Book, language: Language, **changes: object) -> Evidence:
    """What is said of a single observation."""
    (item,) = said(book, language, figure("9亩", **changes))
    return item


# In whatever order the file has them: the baseline, then as comparable as can be, the superseded last.
MANY = (
    figure("different", "different"),
    figure("unjudged", None, period="2030"),
    figure("superseded", superseded=GONE),
    figure("superseded, different", "different", superseded=GONE),
    figure("same, undated", period=None, flags=("undated",)),
    figure("same, older", period="2029"),
    figure("partial", "partial"),
    figure("partial, older", "partial", period="2027"),
    figure("same, after the base year", period="2032-01-31"),
    figure("baseline", period="2031-12-31"),
)
RIVALS = (rival("partial promise", "partial"), rival("promise"), rival("later promise", period="2034"))
ORDER = [
    "baseline",
    "same, after the base year",
    "same, older",
    "same, undated",
    "later promise",
    "promise",
    "partial",
    "partial, older",
    "partial promise",
    "different",
    "unjudged",
    "superseded",
    "superseded, different",
]


@EVERY_LANGUAGE
@pytest.mark.parametrize("turn", [1, -1])
def test_the_order_is_that_of_comparability_and_then_of_time(book, language, turn):
    items = said(book, language, *MANY[::turn], rivals=RIVALS[::turn], more=[derived(81)])
    assert [item.printed for item in items[:-1]] == ORDER
    assert ["baseline" in item.look for item in items] == [True] + [False] * len(ORDER)
    assert items[-1].group == "derived"


def test_the_baseline_comes_first_even_where_it_is_older_and_partial(book):
    items = said(book, "en", figure("later", period="2032-01-31"), figure("start", "partial", period="2029"))
    assert [(item.printed, "baseline" in item.look) for item in items] == [("start", True), ("later", False)]


def test_without_a_baseline_none_is_marked(book):
    items = said(book, "en", figure("different", "different"), rivals=[rival("promise")])
    assert [(item.printed, "baseline" in item.look) for item in items] == [("promise", False), ("different", False)]


@EVERY_LANGUAGE
def test_no_figure_is_no_evidence(book, language):
    assert said(book, language) == ()


@EVERY_LANGUAGE
def test_each_sort_of_figure_has_a_name(book, language):
    rivals = [rival("a", kind="annual_target"), rival("b")]
    items = said(book, language, figure("c"), figure("d", period="2030"), rivals=rivals, more=[derived(81)])
    keys = ("baseline", "observation", "annual_target", "other_target", "derived")
    assert [item.kind for item in items] == [TEXTS[f"evidence.{key}"][language] for key in keys]
    assert len({item.kind for item in items}) == len(keys)


# Unit as printed, and for each language the value and what was done to it.
TREATED = [
    ("亩", "zh", "9.0亩", "与来源一致，未换算。"),
    ("亩", "en", "0.6 ha", "Converted exactly from 亩."),
    ("公顷", "zh", "9.0公顷", "与来源一致，未换算。"),
    ("公顷", "en", "9.0 ha", "As stated by the source, not converted."),
    ("hectares", "zh", "9.0公顷", "与来源一致，未换算。"),
    ("hectares", "en", "9.0 ha", "As stated by the source, not converted."),
    ("万亩", "zh", "9.0万亩", "与来源一致，未换算。"),
    ("万亩", "en", "6,000 ha", "Converted exactly from 万亩."),
]


@pytest.mark.parametrize(("unit", "language", "value", "done"), TREATED)
def test_what_was_done_to_a_value_is_said(book, unit, language, value, done):
    item = one(book, language, value=Decimal("9.0"), unit=unit)
    assert (item.value, item.done, item.printed) == (value, done, "9亩")


def test_a_foreign_unit_is_converted_for_chinese_readers(book):
    """Only its own language's unit can be shown as it was printed."""
    ponds = indicator([figure("9 acres", unit="acres")])
    area = book.units.units.dimensions[0]
    acre = area.units[0].model_copy(update={"symbol": "acres", "aliases": ()})
    dimensions = (area.model_copy(update={"units": (*area.units, acre)}), *book.units.units.dimensions[1:])
    units = replace(book.units, units=book.units.units.model_copy(update={"dimensions": dimensions}))
    (item,) = evidence(replace(book, units=units), ponds, ponds.targets[0], "zh")
    assert (item.value, item.done) == ("9亩", "由“acres”精确换算。")


@pytest.mark.parametrize(
    ("language", "value"),
    [("zh", ["超过9亩", "2—4亩", "9亩左右"]), ("en", ["over 0.6 ha", "0.1–0.3 ha", "about 0.6 ha"])],
)
def test_a_figure_keeps_its_comparator(book, language, value):
    shapes = [{"comparator": "gt"}, {"comparator": "range", "value": (Decimal(2), Decimal(4))}, {"comparator": "about"}]
    assert [one(book, language, **shape).value for shape in shapes] == value


@pytest.mark.parametrize(
    ("language", "dated", "undated"), [("zh", "2031年9月30日", "未注明时期"), ("en", "30 Sep 2031", "no period given")]
)
def test_a_figure_has_a_period_or_says_that_it_has_none(book, language, dated, undated):
    assert one(book, language, period="2031-09-30").period == dated
    item = one(book, language, period=None, flags=("undated",))
    assert item.period == undated
    # Said once: not again as a doubt.
    assert item.notes == ()


@pytest.mark.parametrize(
    ("measure", "period", "chinese", "english"),
    [
        ("flow", "2027/2031", "2027—2031年合计", "2027–2031 in total"),
        ("rate", "2027/2031", "2027—2031年", "2027–2031"),
        ("rate", "2031", "2031年", "2031"),
        ("rate", "2031-01/2031-09", "2031年1月至9月", "Jan–Sep 2031"),
        ("rate", "2031-03", "2031年3月", "Mar 2031"),
    ],
)
def test_a_rate_over_years_is_no_sum_of_them(book, measure, period, chinese, english):
    periods = [one(book, language, period=period, measure=measure).period for language in ("zh", "en")]
    assert periods == [chinese, english]


JUDGED = [
    ((), "zh", "尚未经第二人独立判断。"),
    ((), "en", "Not yet assessed by a second reviewer."),
    (("same",), "zh", "尚未经第二人独立判断。"),
    (("same",), "en", "Not yet assessed by a second reviewer."),
    (("same", "same"), "zh", "两人独立判断，结论一致。"),
    (("same", "same"), "en", "Two reviewers, working independently, came to the same result."),
    (("same", "partial"), "zh", "独立判断意见不一（可比；部分可比），以上为商定结果。"),
    (
        ("different", "same"),
        "en",
        "The reviewers, working independently, differed (not comparable; comparable); the result above was agreed.",
    ),
]


@pytest.mark.parametrize(("judged", "language", "words"), JUDGED)
def test_how_a_judgement_came_about(book, judged, language, words):
    assert one(book, language, pairs=(pair("same", *judged),)).judged == words


def test_three_readers_are_not_said_to_be_two_who_agree_and_differ(book):
    """Of (same, same, different) the two who differ must be named, not twice the same word."""
    assert one(book, "en", pairs=(pair("same", "same", "same", "different"),)).judged.count("(comparable; comp") == 0


@pytest.mark.parametrize(
    ("comparability", "chinese", "english"),
    [
        ("same", "可比", "comparable"),
        ("partial", "部分可比", "partly comparable"),
        ("different", "不可比", "not comparable"),
    ],
)
def test_the_judgement_and_its_reason(book, comparability, chinese, english):
    for language, word, reason in (("zh", chinese, "字"), ("en", english, "words")):
        item = one(book, language, pairs=(pair(comparability),))
        assert (item.comparability, item.reason) == (word, reason)


@pytest.mark.parametrize(
    ("language", "word", "differs"), [("zh", "鱼苗", ("指标", "时期")), ("en", "young fish", ("measure", "period"))]
)
def test_what_differs_and_what_the_figure_is_instead(book, language, word, differs):
    other = {"differs": ("measure", "period"), "extent": "part", "word": {"zh": "鱼苗", "en": "young fish"}}
    item = one(book, language, pairs=(pair("different") | other,))
    assert (item.word, item.differs) == (word, differs)
    shown = pieces.table([item], "", language)
    assert f"<dd>{word}" in shown and f"{word}</span>" in shown, "in the line and in what it opens"
    assert all(code in shown for code in differs)


@EVERY_LANGUAGE
@pytest.mark.parametrize("pairs", [(), (pair("same"),)], ids=["unjudged", "same"])
def test_where_nothing_is_said_to_differ_no_difference_is_shown(book, language, pairs):
    item = one(book, language, pairs=pairs)
    assert (item.word, item.differs) == ("", ())
    assert say(language, "evidence.differs") not in re.findall("<dt>(.*?)</dt>", pieces.table([item], "", language))


@EVERY_LANGUAGE
def test_what_nobody_has_judged_counts_as_different_and_says_so(book, language):
    item = one(book, language, pairs=())
    judged = one(book, language, pairs=(pair("different"),))
    assert item.comparability == judged.comparability
    assert (
        item.reason
        == {
            "zh": "尚未判断是否可比，按不可比处理。",
            "en": "Comparability not yet assessed, so treated as not comparable.",
        }[language]
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh", "自2033年1月15日起不再采用：已修订。"), ("en", "Superseded since 15 Jan 2033: Revised.")],
)
def test_a_superseded_figure_says_since_when_and_why(book, language, words):
    item = one(book, language, superseded=GONE)
    assert item.notes == (words,)
    assert "baseline" not in item.look
    assert one(book, language).notes == ()
    assert phrases.superseded(target(superseded=GONE), language) == [words]
    assert phrases.superseded(target(), language) == []


@pytest.mark.parametrize(
    ("language", "grown", "flag", "own", "mirror"),
    [
        ("zh", "来源同时公布比上年增长5.0%。", "definition-unknown", "自注。", "转载。"),
        (
            "en",
            "The source also gives growth of 5.0% on the previous year.",
            "definition-unknown",
            "Mine.",
            "A repost.",
        ),
    ],
)
def test_notes_are_growth_doubts_and_the_words_of_figure_and_source(book, language, grown, flag, own, mirror):
    changes = {"growth": Decimal("5.0"), "flags": (flag,), "note": {"zh": "自注。", "en": "Mine."}, "source": "mirror"}
    first, doubt, *rest = one(book, language, **changes).notes
    (alone,) = one(book, language, flags=(flag,)).notes
    assert (first, doubt, rest) == (grown, alone, [own, mirror])


CITED = {
    "yearbook": {
        "zh": ("统计局《统计年鉴》，2032年2月20日", "，https://heron-bay.example/yearbook", "。"),
        "en": ('Bureau, "统计年鉴", 20 Feb 2032', ", https://heron-bay.example/yearbook", "."),
    },
    "mirror": {"zh": ("转载网，2032年（推断）", "", "。"), "en": ("Mirror, 2032 (inferred)", "", ".")},
    "undated": {"zh": ("报，未注明日期", "", "。"), "en": ("Daily, undated", "", ".")},
    "monthly": {"zh": ("月刊，2032年2月", "", "。"), "en": ("Monthly, Feb 2032", "", ".")},
}


@EVERY_LANGUAGE
@pytest.mark.parametrize("name", CITED)
def test_a_citation_with_and_without_its_address(book, language, name):
    words, address, end = CITED[name][language]
    source = book.source[name]
    assert phrases.citation(source, language) == words + address + end
    assert phrases.citation(source, language, address=False) == words + end
    item = one(book, language, source=name)
    assert (item.citation, item.source) == (words + address + end, words + end)


@EVERY_LANGUAGE
def test_a_mirror_is_named_and_never_linked(book, language):
    assert one(book, language, source="mirror").url is None
    assert one(book, language).url == "https://heron-bay.example/yearbook"
    (item,) = said(book, language, more=[derived(81, source="mirror")])
    assert item.url is None
    assert item.source == CITED["mirror"][language][0] + CITED["mirror"][language][2]


@pytest.mark.parametrize(
    ("language", "meaning"),
    [("zh", "转载、汇编或镜像，只作线索，未经核实"), ("en", "a repost, a compilation or a mirror")],
)
def test_the_grade_and_what_it_means(book, language, meaning):
    item = one(book, language, source="mirror")
    assert item.grade == "C"
    assert item.grade_meaning.startswith(meaning)


@pytest.mark.parametrize(
    ("language", "value", "done", "reason"),
    [("zh", "81亩以上", "算式：76 + 5 = 81", "字"), ("en", "at least 5.4 ha", "Calculation: 76 + 5 = 81", "words")],
)
def test_a_derived_value_shows_its_arithmetic_and_claims_nothing_else(book, language, value, done, reason):
    (item,) = said(book, language, more=[derived(81, comparator="ge")])
    assert (item.value, item.done, item.reason) == (value, done, reason)
    claims = (item.printed, item.grade, item.grade_meaning, item.comparability, item.judged, item.source, item.citation)
    assert claims == ("",) * 7
    assert (item.url, item.notes, item.look) == (None, (), "")


@pytest.mark.parametrize(("language", "words"), [("zh", "2031年"), ("en", "2031")])
def test_a_derived_value_may_have_a_period_and_a_source(book, language, words):
    dated, undated = said(book, language, more=[derived(81, source="yearbook"), derived(81, period=None)])
    assert (dated.period, undated.period) == (words, "")
    assert dated.url == "https://heron-bay.example/yearbook"
    assert dated.citation == "".join(CITED["yearbook"][language])
    assert (undated.url, undated.source) == (None, "")


# A target in words.


@pytest.mark.parametrize(
    ("changes", "chinese", "english"),
    [
        ({}, "1.2万亩以上", "at least 800 ha"),
        ({"flags": ("bare-verb",)}, "1.2万亩", "800 ha"),
        ({"kind": "annual"}, "每年1.2万亩以上", "at least 800 ha a year"),
        ({"kind": "annual_average"}, "年均1.2万亩以上", "at least 800 ha a year on average"),
        ({"kind": "growth", "value": Decimal("4.0"), "unit": "%"}, "年均4.0%以上", "at least 4.0% a year"),
        ({"kind": "scale"}, "1.2万亩", "800 ha"),
        ({"reading": {"value": Decimal(12), "unit": "亩", "reason": WORDS}}, "12亩以上", "at least 0.8 ha"),
        ({"kind": "milestone", "comparator": None, "value": None, "unit": None, "printed": "建成"}, "建成", "建成"),
    ],
)
def test_the_value_of_a_target(book, changes, chinese, english):
    assert phrases.value(book, indicator(), target(**changes), "zh") == chinese
    assert phrases.value(book, indicator(), target(**changes), "en") == english


@pytest.mark.parametrize(
    ("changes", "chinese", "english"),
    [
        ({}, "目标1.2万亩以上（期限为推定）", "target: at least 800 ha (date inferred)"),
        (
            {"firmness": "strive", "deadline": "2033-08-31", "deadline_printed": True},
            "力争1.2万亩以上（2033年8月31日）",
            "aim: at least 800 ha (31 Aug 2033)",
        ),
        ({"kind": "annual"}, "目标每年1.2万亩以上（2032—2034年）", "target: at least 800 ha a year (2032–2034)"),
        (
            {"reading": {"value": Decimal(12), "unit": "亩", "reason": WORDS}},
            "目标12亩以上（原文印作1.2万亩）（期限为推定）",
            "target: at least 0.8 ha (printed as 1.2万亩) (date inferred)",
        ),
        (
            {"kind": "milestone", "comparator": None, "value": None, "unit": None, "flags": ("undated",)},
            "原文未给期限",
            "no date given",
        ),
    ],
)
def test_the_value_of_a_target_with_all_that_goes_with_it(book, changes, chinese, english):
    assert phrases.full_value(book, indicator(), target(**changes), "zh") == chinese
    assert phrases.full_value(book, indicator(), target(**changes), "en") == english


def test_a_deadline_that_is_not_printed_is_not_said():
    implied = target(deadline="2034")
    assert [phrases.deadline(implied, language) for language in LANGUAGES] == ["期限为推定", "date inferred"]
    printed = target(deadline="2034", deadline_printed=True)
    assert [phrases.deadline(printed, language) for language in LANGUAGES] == ["2034年", "2034"]


def test_a_target_may_have_a_name_of_its_own():
    own = target(name={"zh": "新增水面", "en": "Ponds added"})
    assert [phrases.name(indicator(), own, language) for language in LANGUAGES] == ["新增水面", "Ponds added"]
    assert [phrases.name(indicator(), target(), language) for language in LANGUAGES] == ["字", "words"]


@EVERY_LANGUAGE
def test_doubts_are_flags_then_the_reading_then_the_note_then_what_replaced_it(language):
    reason, note = Both(zh="多印一个零。", en="A zero too many."), Both(zh="自注。", en="Mine.")
    reading = {"value": Decimal(12), "unit": "亩", "reason": reason}
    flagged = target(flags=("suspected-misprint",), reading=reading, note=note, superseded=GONE)
    misprint, conflicting, *rest = phrases.doubts(flagged, language, conflicting=True)
    assert rest == [reason[language], note[language], *phrases.superseded(flagged, language)]
    assert misprint == phrases.doubts(target(flags=("suspected-misprint",)), language)[0]
    assert [conflicting] == phrases.doubts(target(), language, conflicting=True)
    assert phrases.doubts(target(), language) == []


def test_a_doubt_is_said_once():
    """A person may set the flag that also follows from the data."""
    said_so = target(flags=("conflicting",))
    assert phrases.doubts(said_so, "en", conflicting=True) == phrases.doubts(said_so, "en")


@pytest.mark.parametrize(("section", "chinese", "english"), [("1", "第1节", "Section 1"), ("box 1", "专栏1", "Box 1")])
def test_the_place_of_a_target_in_the_plan(section, chinese, english):
    assert [phrases.place(target(section=section), language) for language in LANGUAGES] == [chinese, english]


def test_the_title_of_a_section_has_no_number(book):
    section = book.section["1"]
    assert [phrases.title(section, language) for language in LANGUAGES] == ["扩塘养鱼", "More and better ponds"]
    mended = section.model_copy(update={"title": "第一节 扩塘"})
    assert phrases.title(mended, "zh") == "扩塘"


def test_a_figure_in_words(book):
    published = Figure.model_validate(figure("9亩", comparator="le"))
    assert [phrases.figure(book, indicator(), published, language) for language in LANGUAGES] == [
        "不超过9亩",
        "at most 0.6 ha",
    ]


def test_every_pair_of_the_toy_plan_reads_in_both_languages():
    toy = load(BASE).book
    assert toy
    for sector in toy.sectors:
        for of, wanted in sector.targets:
            chinese, english = (evidence(toy, of, wanted, language) for language in LANGUAGES)
            assert len(chinese) == len(english) == len(of.observations) + len(of.rivals)
            for zh, en in zip(chinese, english, strict=True):
                assert (zh.printed, zh.look, zh.url, zh.grade) == (en.printed, en.look, en.url, en.grade)
                assert all(zh_word != en_word for zh_word, en_word in ((zh.kind, en.kind), (zh.reason, en.reason)))
