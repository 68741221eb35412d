"""Data that changes under a running dashboard, breaks, or belongs to another plan."""

import shutil

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ROOT, serving


@pytest.fixture
def plan(tmp_path):
    """A copy of the toy plan that a test may spoil."""
    return shutil.copytree(ROOT / "tests" / "base", tmp_path / "plan")


def alerts(found):
    return found.page.get_by_test_id("stAlert")


def sector_file(plan):
    common = {"plan.yaml", "sections.yaml", "sources.yaml", "units.yaml"}
    return next(path for path in sorted(plan.glob("*.yaml")) if path.name not in common)


def test_another_plan_in_another_folder_opens(visit, plan):
    with serving(plan) as address:
        found = visit(at=address, locale="en-GB")
        expect(found.page.get_by_role("heading", level=1)).to_be_visible()
        expect(found.targets.first).to_be_visible()
        assert "Shanxi" not in found.page.inner_text("body")


def test_a_broken_edit_keeps_the_last_good_data_and_a_repair_is_picked_up(visit, plan):
    """What changed is read in the background: the page asks again by itself, and is no other document."""
    with serving(plan) as address:
        found = visit(at=address, locale="en-GB")
        expect(found.targets).to_have_count(5)
        file = sector_file(plan)
        good = file.read_text(encoding="utf-8")
        file.write_text(good + "\tbroken", encoding="utf-8")
        found.page.reload()
        found.settles()
        found.page.evaluate("window.mine = true")
        expect(alerts(found)).to_contain_text("last correct data")
        expect(found.targets).to_have_count(5)
        file.write_text(good.replace("en: Pond area", "en: Area of all ponds"), encoding="utf-8")
        found.link("Overview").click()  # whatever makes the page anew
        expect(alerts(found)).to_have_count(0)
        expect(found.targets.first).to_contain_text("Area of all ponds")
        assert found.page.evaluate("mine")


@pytest.mark.parametrize(
    ("locale", "words", "message"),
    [("zh-CN", "改正之前暂不显示", "见到：'indicatorz'"), ("en-GB", "no chart is shown", "found: 'indicatorz'")],
)
def test_a_first_start_with_broken_data_lists_the_problems_and_nothing_else(visit, plan, locale, words, message):
    file = sector_file(plan)
    file.write_text("name: {zh: 甲, en: A}\nindicatorz: []\n", encoding="utf-8")
    with serving(plan) as address:
        found = visit(at=address, locale=locale, ready=False)
        expect(alerts(found)).to_contain_text(words)
        expect(found.page.get_by_test_id("stCode")).to_contain_text("unknown-key")
        expect(found.page.get_by_test_id("stCode")).to_contain_text(message)
        assert found.page.locator(".js-plotly-plot").count() == 0
        assert "Traceback" not in found.page.inner_text("body")


def test_a_missing_folder_gets_a_calm_notice(visit, tmp_path):
    with serving(tmp_path / "nowhere") as address:
        found = visit(at=address, locale="en-GB", ready=False)
        expect(alerts(found)).to_contain_text("missing or holds no data")
