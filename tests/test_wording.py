"""Every word in both languages, none missing, none left over; numbers as people write them."""

import re
import string
from decimal import Decimal
from fractions import Fraction
from typing import get_args

import pytest
from conftest import ROOT, real_book
from hypothesis import given
from hypothesis import strategies as st

from charts import pack, style
from charts.rows import table
from charts.sheet import SHAPES
from evidence import changes
from evidence.case import cases
from evidence.context import Obstacle
from evidence.health import CODES, WEAK
from evidence.kinds import NO_PATH
from evidence.search import FACETS
from evidence.standing import STATUSES
from loaders.history import HOW
from loaders.models import COMPARATORS, DIFFERENCES, EXTENTS, GRADES, KINDS, Comparability, Flag, Rival, Target
from progress.assess import OUTCOMES
from progress.order import ORDERS
from progress.others import METHODS, Because
from progress.promises import BECAUSE as UNSAID
from progress.promises import CAME
from progress.start import ROLES
from progress.table import FILES
from progress.track import Reason
from progress.verdict import VERDICTS
from views import terms
from views.method import AFTER, PARTS
from views.overview import TOLD
from views.pieces import GROUPS
from wording import UNITS
from wording.evidence import evidence
from wording.glossary import glossary
from wording.numbers import amount, compared, period, rounded
from wording.phrases import WEIGHTY
from wording.texts import TEXTS, _Words, say
from wording.worked import FORMULAS

LOOKS = {
    "kept",
    "missed",
    "point",
    "path",
    "context",
    "rival",
    "rival_other",
    "zero",
    *(f"weight.{weight}" for weight in style.WEIGHTS),
}
SHOWN = {f"{part}{kind}" for part in ("title", "file") for kind in ("", ".context", ".rivals", ".none")}
MARKS = {"axis", "baseline", "unverified", "partial", "target", "beside", "beside.item"}
# Those of dashboard.py, which runs when it is imported.
PAGES = ("overview", "indicator", "evaluation", "data", "method")
# Keys that are put together from a part and a word of the data model.
FAMILIES = {
    "comparator.": {*COMPARATORS, "ge.bare", "le.bare"},
    "rest.": set(NO_PATH),
    "section.": {"section", "box", "chapter", "named"},
    "flag.": set(get_args(Flag)),
    "month.": {str(month) for month in range(1, 13)},
    "page.language.": {"zh", "en"},
    "guard.": {"away", "back", "reload"},
    "column.": set(),
    "image.": {"shape", "hint", "busy", "failed", "unmade", "share", "copy", "copied", "uncopied"},
    "shape.": {f"{shape}{file}" for shape in SHAPES for file in ("", ".file")},
    "share.": {"link", "embed"},
    "pack.": {*FILES, "sources"},
    "chart.baseline": {".partial", ".unverified", ".partial_unverified"},
    "row.": {"partial", "unverified"},
    "obstacle.": set(get_args(Obstacle)),
    "role.": set(ROLES),
    "tile.": {
        f"{one}{under}" for one in ("comparable", "partial", "from_zero", "asks-no-more") for under in ("", ".under")
    },
    "order.": set(ORDERS),
    "weak.": set(TOLD),
    "health.": {*CODES, *WEAK},
    "evidence.": {"baseline", "observation", *get_args(Rival.model_fields["kind"].annotation)},
    "evidence.group.": set(GROUPS),
    "comparability.": {*get_args(Comparability), *(f"rule.{name}" for name in ("name", "code", "meaning"))},
    "differs.": {f"{code}{rule}" for code in DIFFERENCES for rule in ("", ".rule")},
    "extent.": set(EXTENTS),
    "grade.": set(GRADES),
    "nav.": {f"{page}{short}" for page in PAGES for short in ("", ".short")},
    "units.": set(UNITS),
    "find.": {"query", *FACETS},
    "kind.": set(KINDS),
    "firmness.": set(get_args(Target.model_fields["firmness"].annotation)),
    "data.": {"shown", "all", "scope", "what", *FILES, *(f"file.{what}" for what in (*FILES, "sources", "package"))},
    "problem.": {"expected", "found"},
    "method.": {f"{part}{title}" for part in (*PARTS, *AFTER) for title in ("", ".title")},
    "verdict.": {*VERDICTS, "file"},
    "status.": {*STATUSES, "file"},
    "reason.": set(get_args(Reason)),
    "doubt.": {"partial", "unverified", "conflicting", "inexact"},
    "outcome.": set(OUTCOMES),
    "value.points.": {"%", "‰"},
    "mark.": {*MARKS, "point", "zero", "context", "rival", "rival_other"},
    "years.": {*LOOKS, *SHOWN, "far", "undated", "beside", "hidden", "different", "rest"},
    "weighty.": set(WEIGHTY),
    "ambition.": {*MARKS, "needed", "recent", "scope", "scope.some", "file", "file.some"},
    "calendar.": {"printed", "implied"},
    "earlier.": {*CAME, "show", "hide", "tile", "tile.number", "tile.under", "column.name"},
    "earlier.because.": set(UNSAID),
    "earlier.doubt.": {"partial", "unverified", "conflicting", "inexact", "goal_unverified"},
    "earlier.column.": {"time", "kind", "goal", "outcome", "came", "weak", "note"},
    "worked.": {*FORMULAS, *get_args(Because)},
    "worked.column.": {"name", "formula", "numbers", "result"},
    "history.": {*changes.KINDS, *HOW},
    "class.": {word for _, classes in METHODS.values() for word in classes},
}


def sources() -> str:
    files = [ROOT / "dashboard.py", *(f for room in ("charts", "views", "wording") for f in (ROOT / room).glob("*.py"))]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def test_every_word_that_is_asked_for_is_written():
    asked = set(re.findall(r'say\(\s*[^,()]*(?:\[[^]]*\])?,\s*"([a-z0-9._]+)"', sources()))
    assert asked
    assert asked - set(TEXTS) == set()
    assert {family + word for family, words in FAMILIES.items() for word in words} - set(TEXTS) == set()


def test_no_word_is_written_that_nobody_asks_for():
    code = sources()
    built = {family + word for family, words in FAMILIES.items() for word in words}
    columns = {f"column.{name}" for name in re.findall(r'^        "([a-z]+)":', code, re.MULTILINE)}
    unused = {key for key in TEXTS if f'"{key}"' not in code} - built - columns
    assert unused == set()


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", sorted(TEXTS))
def test_both_languages_are_there_and_fill_the_same_fields(key):
    assert set(TEXTS[key]) == {"zh", "en"}
    chinese, english = TEXTS[key]["zh"], TEXTS[key]["en"]
    assert chinese.strip()
    assert english.strip()
    assert fields(chinese) == fields(english)


@pytest.fixture(scope="module")
def units():
    return real_book().units


@pytest.mark.parametrize(
    ("dimension", "value", "unit", "chinese", "english"),
    [
        ("gas-volume", "300", "亿立方米", "300亿立方米", "30 billion m³"),
        ("gas-volume", "166.9", "亿立方米", "166.9亿立方米", "16.69 billion m³"),
        ("gas-volume", "16.5", "billion cubic meters", "165亿立方米", "16.5 billion m³"),
        ("power", "1400", "万千瓦", "1400万千瓦", "14 GW"),
        ("power", "1", "亿千瓦", "1亿千瓦", "100 GW"),
        ("power", "1200", "MW", "1200兆瓦", "1.2 GW"),
        ("power", "40.13", "million kilowatts", "4013万千瓦", "40.13 GW"),
        ("money", "5000", "亿元", "5000亿元", "CNY 500 billion"),
        ("farmland", "3050", "万亩", "3050万亩", "2,033 thousand ha"),
        ("farmland", "70", "万亩", "70万亩", "47 thousand ha"),
        ("permille", "3.0", "‰", "3.0‰", "3.0 per 1,000 live births"),
        ("per-100000-births", "12", "/10万", "12/10万", "12 per 100,000 live births"),
        ("coefficient", "0.6", "1", "0.6", "0.6"),
        ("count:mine", "1000", "座", "1000座", "1,000 mines"),
        ("count:mine", "1", "座", "1座", "1 mine"),
        ("percentage-points", "1", "个百分点", "1个百分点", "1 percentage point"),
        ("size-class", "500", "亿级", "500亿级", "50-billion class"),
    ],
)
def test_amounts_read_as_people_write_them(units, dimension, value, unit, chinese, english):
    assert amount(units, dimension, unit, (Decimal(value),), "zh") == chinese
    assert amount(units, dimension, unit, (Decimal(value),), "en") == english


def test_a_range_has_one_unit(units):
    ends = (Decimal(2), Decimal(4))
    assert amount(units, "count:laboratory", "家", ends, "zh") == "2—4家"
    assert amount(units, "count:laboratory", "家", ends, "en") == "2–4 laboratories"


def test_a_figure_in_words_is_shown_in_the_usual_unit(units):
    assert amount(units, "money", "千亿元", (Decimal(1),), "zh", in_words=True) == "1000亿元"
    assert amount(units, "money", "千亿元", (Decimal(1),), "en", in_words=True) == "CNY 100 billion"


@given(st.decimals("0.001", "99999", places=3), st.fractions("1/1000", 1000), st.integers(1, 7))
def test_rounding_stays_close_and_never_shows_more_decimals_than_allowed(value, factor, digits):
    exact = Fraction(value) * factor
    shown = rounded(exact, digits, 3)
    assert -shown.as_tuple().exponent <= 3
    # Half of the last place shown, or half of the last whole digit.
    assert abs(Fraction(shown) - exact) <= Fraction(1, 2) * max(Fraction(1, 1000), exact / 10 ** (digits - 1), 1)


@pytest.mark.parametrize(
    ("comparator", "bare", "chinese", "english"),
    [
        ("ge", False, "5以上", "at least 5"),
        ("ge", True, "5", "5"),
        ("gt", False, "超过5", "over 5"),
        ("about", False, "5左右", "about 5"),
        ("le", False, "不超过5", "at most 5"),
        ("lt", False, "低于5", "under 5"),
        ("eq", False, "5", "5"),
    ],
)
def test_comparators_speak_the_plans_terms(comparator, bare, chinese, english):
    assert compared(comparator, "5", "zh", bare) == chinese
    assert compared(comparator, "5", "en", bare) == english


@pytest.mark.parametrize(
    ("text", "chinese", "english"),
    [
        ("2031", "2031年", "2031"),
        ("2031-09-30", "2031年9月30日", "30 Sep 2031"),
        ("2031-03", "2031年3月", "Mar 2031"),
        ("2031-01/2031-09", "2031年1月至9月", "Jan–Sep 2031"),
        ("2031-11/2032-02", "2031年11月至2032年2月", "Nov 2031–Feb 2032"),
        ("2031/2035", "2031—2035年合计", "2031–2035 in total"),
    ],
)
def test_periods_read_as_people_write_them(text, chinese, english):
    assert period(text, "zh") == chinese
    assert period(text, "en") == english


def test_a_word_that_nobody_wrote_is_an_error():
    with pytest.raises(KeyError):
        say("zh", "page.nonsense")


@pytest.mark.parametrize(
    ("key", "fields", "one", "more"),
    [
        ("notice.broken", "count", "1 error has", "3 errors have"),
        ("calendar.printed", "count", "1 target due", "3 targets due"),
        ("years.hidden", "count", "1 figure hidden", "3 figures hidden"),
        ("mark.beside.brief", "count", "1 more target,", "3 more targets,"),
        ("value.points.%", "value", "1 percentage point", "3 percentage points"),
        ("value.months", "value", "1 month ahead", "3 months ahead"),
        ("value.times", "value", "equal to the recent pace", "3 times the recent pace"),
    ],
)
def test_one_thing_is_not_called_several(key, fields, one, more):
    assert one in say("en", key, **{fields: 1}) and one in say("en", key, **{fields: "1"})
    assert more in say("en", key, **{fields: 3}) and "|" not in say("en", key, **{fields: 3})


# What is filled with a number of things; every other field is a name, a date or a part of a sentence.
COUNTED = ("count", "total", "rest", "shown", "drawn", "starts", "met", "months", "value")
# Nouns that the texts count, one and several of them, and what only looks like one.
NOUNS = {
    tuple(pair.split("|"))
    for both in TEXTS.values()
    for pair in re.findall(r"\{\w+:([^}]*\|[^}]*)\}", both["en"])
    if not pair.startswith("equal")
}
# Where the field stands for one only in words: a rate by its unit, the title of a file.
BY_ITSELF = ("value.times", "value.annual", "value.growth", "value.annual_average", "ambition.scope", "coverage.scope")


def counted(text: str, number: str) -> str:
    """A text with a number in each field that counts, and a word in the others."""
    values = {name: number if name in COUNTED else "word" for name in fields(text)}
    return _Words().vformat(text, (), values)


@pytest.mark.parametrize("number", ["0", "1", "2"])
def test_one_is_one_and_none_and_two_are_several(number):
    """A counted thing is named in the singular after 1 and in the plural after 0 and 2, in every English text."""
    wrong = [one if number != "1" else more for one, more in NOUNS if one != more]
    assert len(wrong) > 5
    bad = re.compile(rf"(?<![\d.,–]){number} (?:more |comparable |unverified )?(?:{'|'.join(map(re.escape, wrong))})\b")
    told = {key: counted(both["en"], number) for key, both in TEXTS.items() if fields(both["en"]) & set(COUNTED)}
    assert len(told) > 20
    assert {key: text for key, text in told.items() if bad.search(text)} == {}


# A number before a word in the plural.
PLURAL = re.compile(r"\{(" + "|".join(COUNTED) + r")\} (more )?[a-z]+s\b(?! a )")


def test_no_text_counts_in_the_plural_alone():
    assert {key for key, both in TEXTS.items() if PLURAL.search(both["en"])} - set(BY_ITSELF) == set()


def test_one_of_what_the_plan_counts_is_one(units):
    counted = {name: one for name, one in units.dimensions.items() if name.startswith("count:")}
    assert len(counted) > 10
    for name, dimension in counted.items():
        for number in (0, 1, 2):
            unit = next(row.symbol for row in dimension.units if row.factor == 1)
            one = amount(units, name, unit, (Decimal(number),), "en")
            assert (one == dimension.pattern["en"].replace("{}", str(number))) == (number != 1), one


# What nobody would print: our own turns of phrase, riddles, and words of the workshop instead of the subject.
DEAD = {
    "en": (
        r"way gone|time gone|still to change|fall(s|en)? due|(?<!pace )needed against|speaks? of|start comparable"
        r"|comparable start|asks? (for )?no more|the path asks|the line asks|what is weak|nobody|reckon|mended"
        r"|made anew|bare verb|those shown|newest|what moved|blind to|judged alike|what is printed|plan's years"
        r"|set against|held against|the program|this program|the dashboard|the server sent|drawing program"
        r"|\.yaml|\.py\b|no script"
    ),
    "zh": (
        r"走过|走完|路程|别处|别家|要求的路径|半填|有可比的起点|依据哪里弱|薄弱处|说的是依据|不可比的数(?!据)|可比的公布数(?!据)"
        r"|已公布的数(?!据)|基期数|无人判断|没有人判断|绘图程序|脚本|程序|图纸|计起"
    ),
}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_text_says_it_as_nobody_would(language):
    said = {f"texts: {key}": both[language] for key, both in TEXTS.items()}
    said |= {f"glossary: {one.id}": one.meaning[language] for one in glossary().values()}
    assert {key: text for key, text in said.items() if re.search(DEAD[language], text, re.IGNORECASE)} == {}


def test_english_has_no_marks_that_the_chinese_font_draws_wide():
    said = [both["en"] for both in TEXTS.values()] + [one.meaning["en"] for one in glossary().values()]
    assert [text for text in said if re.search("[“”‘’]", text)] == []


@pytest.mark.parametrize("page", terms.PAGES)
def test_each_page_explains_the_terms_of_its_first_screen(page):
    assert {"baseline", "comparable"} <= set(terms.PAGES[page])
    assert ("verdict" in terms.PAGES[page]) == (page != "overview")


def every_word() -> str:
    """What pages, charts and files of the real plan say, in English and in Chinese."""
    book = real_book()
    said = []
    for language in ("en", "zh"):
        ids = {target.id for sector in book.sectors for _, target in sector.targets}
        for chart in pack.charts(book, language, ids):
            head = chart.head
            said += [head.title, head.subtitle, *head.notes, *head.brief, head.sources, chart.sentence]
            said += [cell for row in chart.table for cell in row.values()]
        said += [cell for row in table(book, language).values() for cell in row.values()]
        for case in cases(book):
            for one in evidence(book, case.indicator, case.target, language):
                said += [one.value, one.source, one.citation, one.done, one.reason, *one.notes]
    return "\n".join(said)


def test_what_is_put_together_reads_like_one_sentence():
    text = every_word()
    assert "1 cluster" in text
    odd = (
        r"(?<![\d.,])1 (clusters|mines|targets|documents|percentage points|times)",
        r" [;,](?= )",
        r"《[^》]*《",
        r"\(\(",
        r"（（",
    )
    assert [found.group() for one in odd for found in re.finditer(f".{{0,30}}{one}.{{0,10}}", text)] == []
