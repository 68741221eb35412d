"""Every block of docs/analysis.md runs, in order, and prints what stands below it."""

import re
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stdout
from decimal import Decimal
from fractions import Fraction
from io import StringIO

import pytest
from conftest import ROOT

from evidence import tables

TEXT = (ROOT / "docs" / "analysis.md").read_text("utf-8")
# Each block of Python and, where there is one, what it prints.
BLOCKS = re.findall(r"```python\n(.*?)```\n(?:\n```text\n(.*?)```)?", TEXT, re.DOTALL)


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder with the data in it, as the repository has it, and nothing else."""
    (tmp_path / "indicators").symlink_to(ROOT / "indicators")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run() -> dict:
    names: dict = {}
    for code, printed in BLOCKS:
        out = StringIO()
        with redirect_stdout(out):
            exec(compile(code, "docs/analysis.md", "exec"), names)
        # Without Kaleido a picture is a message, which a notebook shows too.
        assert out.getvalue() == printed or "CannotDraw" in code, code
        names["said"] = names.get("said", "") + out.getvalue()
    return names


def test_there_are_blocks_and_each_fence_is_read():
    assert len(BLOCKS) == TEXT.count("```python") > 9
    assert sum(bool(printed) for _, printed in BLOCKS) == TEXT.count("```text") == 2


def test_every_block_runs_and_gives_what_is_said(place, monkeypatch):
    monkeypatch.setitem(sys.modules, "kaleido", None)
    names = run()
    assert "requirements-export.txt" in names["said"]
    assert names["loaded"].problems == ()
    assert 0 < len(names["firm"]) < len(names["targets"])
    assert {"irrigation-coefficient-2030"} <= set(names["irrigation"]["id"])
    assert names["largest"]["normalised_unit"].is_unique
    assert len(names["both"]) > 20
    assert all(isinstance(left, Fraction | Decimal) for left in names["both"]["left"])
    assert set(names["judged"].columns) > set(tables.TARGETS)
    assert names["reasons"].sum() > 0
    pages = [(place / name).read_text("utf-8") for name in ("chart.html", "sheet.html")]
    assert all("Plotly.newPlot" in page and "cdn.plot.ly" not in page.partition("<script")[0] for page in pages)
    assert not list(place.glob("sheet.[sp]*g"))
    assert len(names["read"]) == len(names["irrigation"])
    assert [str(one) for one in names["exact"]] == list(names["read"]["value_low"].dropna())


@pytest.mark.browser
def test_the_picture_is_drawn_where_there_is_what_it_takes(place, monkeypatch):
    from tests.browser.conftest import chromium_path

    monkeypatch.setenv("BROWSER_PATH", chromium_path())
    # In a thread of its own: Playwright keeps a loop in the first, where an earlier test opened a page.
    with ThreadPoolExecutor(1) as thread:
        assert "CannotDraw" not in thread.submit(run).result()["said"]
    assert (place / "sheet.svg").read_bytes().startswith(b"<svg")
    assert (place / "sheet.png").read_bytes().startswith(b"\x89PNG")
