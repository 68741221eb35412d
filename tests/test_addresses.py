"""Whatever an address says, it gives a page, and soon."""

import random
import re
from collections.abc import Mapping
from time import process_time

import pytest
from conftest import ROOT
from streamlit.runtime.state.query_params_proxy import QueryParamsProxy
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from evidence.search import FACETS
from tests import fuzz
from wording.texts import TEXTS

pytestmark = pytest.mark.sweep

PARAMETERS = ("lang", "units", "q", "id", "year", "order", "others", "sort", "context", "scope", "what", *FACETS)
PATHS = ("", "indicator", "evaluation", "data", "method", "chart", "sector")
KNOWN = (
    "en",
    "zh",
    "chinese",
    "international",
    "pond-area",
    "fish-ponds",
    "level",
    "strive",
    "none",
    "A",
    "north-bank",
    "2033",
)
NASTY = (
    *(
        "",
        " ",
        "\0",
        "\u202e",
        "\ufeff",
        "\u200d",
        "\U0001f9d1\u200d\U0001f680",
        "a" * 5_000,
        "%00",
        "%",
        "None",
        "nan",
    ),
    *("-1", "1e999", "../../etc/passwd", "<script>alert(1)</script>", "' OR 1=1 --", "{0}", "{plan}", "${x}", "(?P<"),
    *(
        "[[",
        "\\",
        "*",
        "$x$",
        ":smile:",
        "# h",
        "EN",
        "zh-CN",
        "en-chinese",
        "facet sector",
        "\n",
        "第",
        "第节",
        "section",
    ),
)


def addresses(count: int):
    """Pages with parameters: known values, nasty ones and noise, once and many times over."""
    dice = random.Random(2030)

    def value() -> str:
        noise = "".join(chr(dice.choice((dice.randrange(32, 127), dice.randrange(160, 0xD7FF)))) for _ in range(8))
        return dice.choice((dice.choice(KNOWN), dice.choice(NASTY), dice.choice(NASTY), noise))

    for _ in range(count):
        names = dice.sample(PARAMETERS, dice.randrange(1, 5))
        yield (dice.choice(PATHS), {name: [value() for _ in range(dice.choice((1, 1, 1, 3)))] for name in names})


def asked(page: str, parameters: Mapping[str, list[str]]) -> AppTest:
    """The page at this address, made without a browser."""
    test = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    test._page_hash = calc_hash(page)
    for name, values in parameters.items():
        test.query_params[name] = values
    return test.run()


@pytest.fixture
def toy(monkeypatch):
    monkeypatch.setenv("PLAN_DIR", str(ROOT / "tests" / "base"))
    for page in PATHS:  # what is imported and read once takes no part
        asked(page, {})


@pytest.mark.usefixtures("toy")
@pytest.mark.parametrize("part", range(5))
def test_any_address_gives_a_page_soon(part):
    begin = fuzz.peak()
    for page, parameters in list(addresses(500))[part::5]:
        before = process_time()
        test = asked(page, parameters)
        assert process_time() - before < fuzz.READING, (page, parameters)
        assert not test.exception and not test.error, (page, parameters)
        words = "".join(block.proto.body for block in test.get("html"))
        titles = re.findall(r"<h1[^>]*>(.*?)</h1>", words)
        if page == "sector":
            assert not titles, "it leads to another page and shows nothing"
            continue
        # A chart that is not there is told in a line.
        assert len(titles) + (len(test.info) if page == "chart" else 0) == 1, (page, parameters)
        # It is the page that was asked for.
        assert (bool(titles) and titles[0] in TEXTS["nav.method"].values()) == (page == "method"), (page, parameters)
    assert fuzz.peak() - begin < 200 << 20


@pytest.mark.usefixtures("toy")
def test_these_are_all_the_parameters_that_pages_read(monkeypatch):
    read = set()
    for name in ("get_all", "__getitem__", "__contains__"):
        real = getattr(QueryParamsProxy, name)
        monkeypatch.setattr(QueryParamsProxy, name, lambda own, key, real=real: (read.add(key), real(own, key))[1])
    for page in PATHS:
        asked(page, {"id": ["fish-ponds"], "sector": ["fish-ponds"]})
    assert read == set(PARAMETERS)
