"""Reading figures as they stand in print."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.phrase import Stated, figures, figures_in_words, numeral, plain, published, spaced

FULL = [("全覆盖", Decimal(100))]


def ends(found: tuple[Stated, ...]) -> list[tuple[str, str]]:
    return [(str(stated.low), str(stated.high)) for stated in found]


def in_words(phrase: str, *spellings: str) -> list[str]:
    return [str(stated.low) for stated in figures_in_words(plain(phrase), spellings, FULL)]


@pytest.mark.parametrize(
    ("printed", "compared"),
    [
        ("３０５０万亩", "3050万亩"),
        ("１２．５％", "12.5%"),
        ("降到 3.0 毫克/升 以下", "降到3.0毫克/升以下"),
        ("2\u30004\u00a06\t8", "2468"),
        ("一行\n两行", "一行两行"),
        ("**达到2400个**", "达到2400个"),
        ("## 第一章 水里的事", "第一章水里的事"),
        ("PM<sub>2.5</sub>浓度", "PM2.5浓度"),
        ("5<br/>6", "56"),
        ("900—1000", "900-1000"),
        ("900–1000", "900-1000"),
        ("900～1000", "900-1000"),
        ("900——1000", "900-1000"),
        ("（一）", "(一)"),
        ("\ufeff零\u200b宽", "零宽"),
        ("养\u00ad殖\u200d水\u2060面", "养殖水面"),
        ("2,400个", "2400个"),
        ("２,４００个", "2400个"),
        ("1,234,567.8亩", "1234567.8亩"),
        ("25，400个", "25,400个"),
        ("3,50,400个", "3,50,400个"),
        ("2400,600个", "2400,600个"),
    ],
)
def test_plain_text_has_one_spelling(printed, compared):
    assert plain(printed) == compared


@pytest.mark.parametrize(
    ("phrase", "found"),
    [
        ("达到2400个", [("2400", "2400")]),
        ("提高到0.6", [("0.6", "0.6")]),
        ("增长2—4%", [("2", "4")]),
        ("增长1.5～2.5个百分点", [("1.5", "2.5")]),
        ("分别降至3.0%、5.0%和6.0%以下", [("3.0", "3.0"), ("5.0", "5.0"), ("6.0", "6.0")]),
        ("下降到12/10万以下", [("12", "12")]),
        ("到2034年达到5万亩", [("5", "5")]),
        ("2033年8月底前建成", [("8", "8")]),
        ("2032—2034年新增5万个", [("5", "5")]),
        ("达到2034个", [("2034", "2034")]),
        ("实现全覆盖", []),
        ("", []),
    ],
)
def test_figures_in_digits(phrase, found):
    assert ends(figures(plain(phrase))) == found


def test_a_figure_keeps_what_follows_it():
    (births,) = figures(plain("下降到12/10万以下"))
    assert births.rest == "/10万以下"
    first, second = figures("5%和6%以下")
    assert (first.rest, second.rest) == ("%和6%以下", "%以下")


@pytest.mark.parametrize(
    ("phrase", "found"),
    [
        ("more than 1,743 square kilometers", [("1743", "1743")]),
        ("in 2022 50 percent", [("2022", "2022"), ("50", "50")]),
        ("2024 年 5 万亩", [("5", "5")]),
        ("between 20 - 25 percent", [("20", "25")]),
        ("25，400个", [("25", "25"), ("400", "400")]),
        ("4,5 %", []),
        ("5・0%", []),
        ("1'743", []),
        ("1.743.000,5", []),
        ("12/10万", [("12", "12")]),
    ],
)
def test_published_figures_in_whatever_language(phrase, found):
    """Digits in a notation that is not read here are no figure, never another one."""
    assert ends(published(spaced(phrase))) == found


@given(st.decimals("0.1", "99999", places=2), st.decimals("100000", "999999", places=1))
def test_any_range_is_read_with_its_digits(low, high):
    assert ends(figures(plain(f"增加{low}—{high}万个"))) == [(str(low), str(high))]


@pytest.mark.parametrize(
    ("phrase", "unit", "values"),
    [
        ("建设五百亿级产业基地", "亿级", ["500"]),
        ("打造两百亿级集群", "亿级", ["200"]),
        ("产值突破千亿元", "千亿元", ["1"]),
        ("产值达到五千亿元", "亿元", ["5000"]),
        ("产值达到五千亿元", "千亿元", ["5"]),
        ("三百亿级和五百亿级", "亿级", ["300", "500"]),
        ("新增亿元企业", "亿元", ["1"]),
        ("垃圾分类实现全覆盖", "%", ["100"]),
        ("垃圾分类覆盖面更广", "%", []),
    ],
)
def test_figures_in_words(phrase, unit, values):
    assert in_words(phrase, unit) == values


@pytest.mark.parametrize("phrase", ["突破千亿元", "突破百亿元"])
def test_a_power_alone_belongs_to_its_unit(phrase):
    """千亿元 with the unit 亿元 would be a thousand of it, which nobody printed as a numeral."""
    assert in_words(phrase, "亿元") == []


@pytest.mark.parametrize("unit", ["亿元", "千亿元"])
@pytest.mark.parametrize("phrase", ["3千亿元", "达到15千亿元", "３ 千亿元"])
def test_a_numeral_behind_digits_is_no_figure_in_words(phrase, unit):
    assert in_words(phrase, unit) == []


@pytest.mark.parametrize(
    "phrase",
    [
        "一百零五亿元",
        "一万五千亿元",
        "突破万亿元",
        "1.5万亿元",
        "数十亿元",
        "几亿元",
        "十几亿元",
        "二十多亿元",
        "五十余亿元",
        "二百五亿元",
    ],
)
def test_a_numeral_out_of_scope_is_never_read_as_another(phrase):
    """No answer is a message to the person who edits the data; a wrong one is a wrong figure."""
    assert in_words(phrase, "亿元") == []


def written(number: int) -> str:
    """1 to 9999 as Chinese writes it: 零 for a gap inside, 十五 and not 一十五 at the start."""
    text, gap = "", ""
    for place, name in enumerate(("千", "百", "十", "")):
        digit = int(f"{number:04}"[place])
        if digit:
            text += gap + "一二三四五六七八九"[digit - 1] + name
        gap = "零" if text and not digit else ""
    return text[1:] if 10 <= number < 20 else text


# In scope: numerals without 零, that is without a gap inside. 两 may stand for 二, 一十 for 十.
GAPLESS = [number for number in range(1, 10_000) if "零" not in written(number)]


@given(st.sampled_from(GAPLESS))
def test_numerals_without_a_gap_are_read(number):
    assert numeral(written(number)) == number
    assert numeral(written(number).replace("二", "两")) == number


@given(st.integers(10, 19))
def test_the_leading_one_may_be_written(number):
    assert numeral("一" + written(number)) == number


@given(st.one_of(st.text("一二两三四五六七八九十百千零万亿几", max_size=7), st.integers(1, 9999).map(written)))
def test_what_is_read_is_what_is_written(text):
    number = numeral(text)
    usual = text.replace("两", "二")
    assert number is None or written(number) == (usual[1:] if usual.startswith("一十") else usual)


@given(st.integers(1, 9999).filter(lambda number: number not in GAPLESS))
def test_a_numeral_that_drops_its_zero_is_not_read(number):
    """二百五 is 250 to some and 205 to others."""
    assert numeral(written(number).replace("零", "")) is None


@given(st.text(max_size=5))
def test_no_text_breaks_the_reader(text):
    numeral(text)
    figures(plain(text))
    figures_in_words(plain(text), ["亿元", "个", ""], FULL)
