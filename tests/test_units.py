"""Conversion is exact. pint, which shares no code or factor with the units table, is the second opinion."""

from decimal import Decimal
from fractions import Fraction

import pint
import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from loaders.units import Units, UnitTable, decimal_text, significant_digits
from loaders.yamlfile import read

TABLE = UnitTable(Units.model_validate(read(ROOT / "indicators" / "units.yaml", "units.yaml").data))

PINT = pint.UnitRegistry(non_int_type=Fraction)
for definition in (
    "mu = hectare / 15",
    "yuan = [money]",
    "yuan_class = [size_class]",
    "gram_coal = [standard_coal]",
    "percentage = [percentage]",
    "thousandth_of_births = [thousandth_of_births]",
    "percentage_point = [percentage_point]",
    "death_in_100000_births = [death_in_100000_births]",
    "bare_number = [bare_number]",
    "mine = [mine]",
    "laboratory = [laboratory]",
    "village = [village]",
    "energy_base = [energy_base]",
    "achievement = [achievement]",
    "factory = [factory]",
    "team = [team]",
    "enterprise_cluster = [enterprise_cluster]",
    "machine_type = [machine_type]",
    "county_unit = [county_unit]",
    "institution = [institution]",
    "brand = [brand]",
    "state_reached = [state_reached]",
):
    PINT.define(definition)

# By dimension: what its canonical unit is called and what that is, and what each spelling is, in
# pint's words. Written from what the
# words mean (万 is ten thousand, 亿 a hundred million), never from the factors of units.yaml.
MEANING: dict[str, tuple[str, str, dict[str, str]]] = {
    "power": (
        "GW",
        "gigawatt",
        {
            "万千瓦": "10**4 * kilowatt",
            "万 kW": "10**4 * kilowatt",
            "萬千瓦": "10**4 * kilowatt",
            "万キロワット": "10**4 * kilowatt",
            "亿千瓦": "10**8 * kilowatt",
            "兆瓦": "megawatt",
            "MW": "megawatt",
            "GW": "gigawatt",
            "吉瓦": "gigawatt",
            "gigawatts": "gigawatt",
            "million kilowatts": "10**6 * kilowatt",
            "million kW": "10**6 * kilowatt",
            "mln kilowatts": "10**6 * kilowatt",
        },
    ),
    "gas-volume": (
        "billion m³",
        "10**9 * meter**3",
        {
            "亿立方米": "10**8 * meter**3",
            "亿m3": "10**8 * meter**3",
            "億立方メートル": "10**8 * meter**3",
            "billion cubic meters": "10**9 * meter**3",
            "billion m³": "10**9 * meter**3",
        },
    ),
    "water-volume": (
        "billion m³",
        "10**9 * meter**3",
        {
            "亿立方米": "10**8 * meter**3",
            "亿m3": "10**8 * meter**3",
            "100 million cu.m": "10**8 * meter**3",
            "billion cubic meters": "10**9 * meter**3",
            "billion m³": "10**9 * meter**3",
        },
    ),
    "money": (
        "billion CNY",
        "10**9 * yuan",
        {
            "亿元": "10**8 * yuan",
            "億元": "10**8 * yuan",
            "千亿元": "10**11 * yuan",
            "billion yuan": "10**9 * yuan",
            "billion CNY": "10**9 * yuan",
        },
    ),
    "size-class": (
        "billion",
        "10**9 * yuan_class",
        {"亿级": "10**8 * yuan_class", "百亿级": "10**10 * yuan_class", "亿": "10**8 * yuan_class"},
    ),
    "coal-rate": (
        "g standard coal per kWh",
        "gram_coal / kilowatt_hour",
        dict.fromkeys(
            ("克标准煤/千瓦时", "克/千瓦时", "gce/kWh", "grams of standard coal per kilowatt-hour"),
            "gram_coal / kilowatt_hour",
        ),
    ),
    "percent": ("%", "percentage", {"%": "percentage", "percent": "percentage"}),
    "permille": (
        "‰",
        "thousandth_of_births",
        {"‰": "thousandth_of_births", "per 1,000": "thousandth_of_births", "per thousand": "thousandth_of_births"},
    ),
    "percentage-points": (
        "percentage points",
        "percentage_point",
        dict.fromkeys(("个百分点", "percentage points", "個百分點"), "percentage_point"),
    ),
    "per-100000-births": (
        "per 100,000 live births",
        "death_in_100000_births",
        {
            "/10万": "death_in_100000_births",
            "per 100,000": "death_in_100000_births",
            "per 100,000 live births": "death_in_100000_births",
        },
    ),
    "coefficient": ("1", "bare_number", {"1": "bare_number", "": "bare_number", "（无量纲）": "bare_number"}),
    "farmland": (
        "thousand ha",
        "10**3 * hectare",
        dict.fromkeys(("万亩", "萬畝"), "10**4 * mu")
        | dict.fromkeys(("平方千米", "square kilometers", "km²"), "kilometer**2"),
    ),
    "count:mine": ("count:mine", "mine", {"座": "mine"}),
    "count:laboratory": (
        "count:laboratory",
        "laboratory",
        {"家": "laboratory", "个": "laboratory", "(count)": "laboratory"},
    ),
    "count:village": ("count:village", "village", {"个": "village", "万个": "10**4 * village"}),
    "count:energy-base": ("count:energy-base", "energy_base", {"个": "energy_base"}),
    "count:achievement": ("count:achievement", "achievement", {"项": "achievement"}),
    "count:factory": ("count:factory", "factory", {"户": "factory"}),
    "count:team": ("count:team", "team", {"个": "team"}),
    "count:cluster": ("count:cluster", "enterprise_cluster", {"个": "enterprise_cluster"}),
    "count:machine-type": ("count:machine-type", "machine_type", {"种": "machine_type"}),
    "count:county": ("count:county", "county_unit", {"个": "county_unit", "個": "county_unit"}),
    "count:institution": ("count:institution", "institution", {"个": "institution", "個": "institution"}),
    "count:brand": ("count:brand", "brand", {"个": "brand"}),
    "area": (
        "km²",
        "kilometer**2",
        dict.fromkeys(("平方千米", "平方公里", "km²", "square kilometers"), "kilometer**2"),
    ),
    "state": ("state", "state_reached", {"项已实现": "state_reached", "reached": "state_reached"}),
}
SPELLINGS = [
    (dimension.id, spelling)
    for dimension in TABLE.units.dimensions
    for row in dimension.units
    for spelling in (row.symbol, *row.aliases)
]


def by_pint(value: Fraction, unit: str, wanted: str) -> Fraction:
    """Raises pint's DimensionalityError where the two do not measure the same."""
    return (value * PINT(unit) / PINT(wanted)).to("dimensionless").magnitude


def same(one: Fraction | float, other: Fraction) -> bool:
    """Exactly, or to 1e-12 where pint left exact numbers."""
    if isinstance(one, Fraction | int):
        return one == other
    return abs(Fraction(one) - other) <= abs(other) * Fraction(1, 10**12)


def test_pint_knows_each_spelling_of_the_table_and_no_other():
    known = {(dimension, spelling) for dimension, (_, _, words) in MEANING.items() for spelling in words}
    assert known == set(SPELLINGS)
    assert set(MEANING) == set(TABLE.dimensions)


@given(st.sampled_from(SPELLINGS), st.decimals("-1e9", "1e9", places=4, allow_nan=False))
def test_conversion_there_and_back_agrees_with_pint(spelled, value):
    dimension, spelling = spelled
    _, canonical, words = MEANING[dimension]
    there = TABLE.normalise(dimension, spelling, value).value
    assert same(by_pint(Fraction(value), words[spelling], canonical), there)
    assert same(by_pint(there, canonical, words[spelling]), Fraction(value))


@pytest.mark.parametrize(("dimension", "spelling"), SPELLINGS)
def test_one_of_each_unit_agrees_with_pint(dimension, spelling):
    _, canonical, words = MEANING[dimension]
    factor = TABLE.normalise(dimension, spelling, Decimal(1)).value
    assert same(by_pint(Fraction(1), words[spelling], canonical), factor)


@pytest.mark.parametrize("dimension", MEANING)
def test_a_dimension_has_its_canonical_unit(dimension):
    assert TABLE.dimensions[dimension].canonical == MEANING[dimension][0]


@pytest.mark.parametrize(
    ("dimension", "value", "unit", "amount", "canonical"),
    [
        ("gas-volume", "300", "亿立方米", 30, "billion m³"),
        ("power", "1400", "万千瓦", 14, "GW"),
        ("power", "1", "亿千瓦", 100, "GW"),
        ("money", "5000", "亿元", 500, "billion CNY"),
        ("money", "1", "千亿元", 100, "billion CNY"),
        ("farmland", "3050", "万亩", Fraction(6100, 3), "thousand ha"),
        ("count:village", "1", "万个", 10_000, "count:village"),
        ("permille", "3.0", "‰", 3, "‰"),
        ("coefficient", "0.6", "", Fraction(3, 5), "1"),
        ("coal-rate", "290", "克标准煤/千瓦时", 290, "g standard coal per kWh"),
    ],
)
def test_amounts_in_canonical_units(dimension, value, unit, amount, canonical):
    assert TABLE.normalise(dimension, unit, Decimal(value)).value == amount
    assert TABLE.dimensions[dimension].canonical == canonical


def test_a_quantity_remembers_the_printed_digits():
    assert TABLE.normalise("farmland", "万亩", Decimal("3050")).digits == 4
    assert TABLE.normalise("percent", "%", Decimal("3.0")).digits == 2


@pytest.mark.parametrize(
    ("text", "digits"), [("3050", 4), ("3.0", 2), ("0.6", 1), ("0.05", 1), ("14.59", 4), ("0", 1), ("0.0", 1)]
)
def test_significant_digits_leave_leading_zeros_out(text, digits):
    assert significant_digits(Decimal(text)) == digits


@pytest.mark.parametrize(
    ("dimension", "unit"),
    [
        ("percent", "‰"),
        ("percent", "个百分点"),
        ("permille", "%"),
        ("percentage-points", "%"),
        ("coefficient", "%"),
        ("count:mine", "家"),
        ("count:laboratory", "座"),
        ("power", "亿立方米"),
    ],
)
def test_what_measures_something_else_is_never_converted(dimension, unit):
    with pytest.raises(KeyError):
        TABLE.normalise(dimension, unit, Decimal(1))


@pytest.mark.parametrize("spelling", ["万千瓦", " 万 千瓦 ", "**万千瓦**", "万<b>千瓦</b>"])
def test_markup_and_spaces_do_not_make_another_unit(spelling):
    assert TABLE.row("power", spelling).symbol == "万千瓦"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("dimension", TABLE.units.dimensions, ids=lambda dimension: dimension.id)
def test_a_pattern_has_one_place_for_the_number(dimension, language):
    assert dimension.pattern[language].count("{}") == 1
    assert dimension.pattern[language].replace("{}", "").count("{") == 0
    assert dimension.decimals >= 0


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("3.0"), "3.0"),
        (Decimal("3050"), "3050"),
        (Fraction(6100, 3), "2033.333333333333"),
        (Fraction(2, 3), "0.6666666666666667"),
        (Fraction(3, 5), "0.6"),
        (Fraction(100), "100"),
        (Fraction(0), "0"),
        (Fraction(1, 10**12), "0.000000000001"),
        (Fraction(10**20), "100000000000000000000"),
        (Fraction(-1, 8), "-0.125"),
    ],
)
def test_numbers_are_written_out(value, text):
    assert decimal_text(value) == text


@given(st.integers(-(10**18), 10**18), st.integers(0, 15))
def test_an_exact_decimal_stays_exact(digits, places):
    value = Fraction(digits, 10**places)
    assert Fraction(decimal_text(value)) == value


@given(st.decimals("-1e12", "1e12", places=6, allow_nan=False))
def test_a_printed_number_keeps_its_digits(value):
    assert Decimal(decimal_text(value)).as_tuple() == value.as_tuple()


@given(st.fractions(min_value=Fraction(-(10**15)), max_value=10**15, max_denominator=10**9))
def test_no_number_has_an_exponent_or_loses_more_than_the_sixteenth_digit(value):
    text = decimal_text(value)
    assert set(text) <= set("-0123456789.")
    assert abs(Fraction(text) - value) <= abs(value) / 10**15
