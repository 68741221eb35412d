"""Five errands of a new reader who starts at the bare address; each click and each typed line is one action."""

import csv
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect


@dataclass
class Reader:
    """Counts what a person does on a page."""

    found: object
    actions: int = 0

    def types(self, words: str) -> None:
        with self.found.rerun():
            self.found.search(words)
        self.actions += 1

    def clicks(self, what) -> None:
        what.click()
        self.actions += 1

    def opens_row(self, name: str) -> None:
        self.clicks(self.found.targets.get_by_role("link", name=name))


@pytest.fixture
def reader(visit):
    return lambda **options: Reader(visit(**options))


def test_the_2030_target_for_gas_and_its_source(reader):
    person = reader(locale="en-GB")
    person.types("natural gas output")
    person.opens_row("Unconventional natural gas output")
    target = person.found.page.locator("article.asked")
    expect(target).to_contain_text("30 billion m³ (2030)")
    expect(target).to_contain_text("非常规天然气产量力争达到300亿立方米")
    expect(target).to_contain_text("Section 6")
    expect(person.found.page.get_by_role("link", name="Outline of the 15th Five-Year Plan")).to_be_visible()
    assert person.actions == 2


def test_which_energy_targets_have_no_baseline(reader):
    person = reader(locale="zh-CN")
    person.clicks(person.found.pill("sector", "能源"))
    person.clicks(person.found.page.get_by_text("更多筛选"))
    person.clicks(person.found.pill("status", "只有不可比数据"))
    person.clicks(person.found.pill("status", "只有其他目标"))
    expect(person.found.page.get_by_test_id("stMain")).to_contain_text("共5项目标")
    assert person.actions == 4


def test_a_chart_of_new_type_storage_for_a_slide_in_english(reader, tmp_path):
    person = reader(locale="zh-CN")
    person.clicks(person.found.link("English"))
    expect(person.found.page.get_by_role("heading", level=1)).to_contain_text("2030")
    person.types("new-type storage")
    person.opens_row("New-type energy storage")
    expect(person.found.page.get_by_role("heading", level=1)).to_contain_text("New-type energy storage")
    person.found.download("png").save_as(tmp_path / "slide.png")
    assert person.actions + 2 == 5  # to open the control and to choose the format are two more
    assert (tmp_path / "slide.png").read_bytes().startswith(b"\x89PNG")


def test_the_view_of_water_goals_sent_as_a_link(reader, visit):
    person = reader(locale="zh-CN")
    person.clicks(person.found.pill("sector", "水"))
    person.found.arrives("/", sector="water")
    assert person.actions == 1
    other = visit("?sector=water", locale="en-GB")
    expect(other.page.locator("h2.sector")).to_contain_text("Water")
    expect(other.targets).to_have_count(6)


def test_all_industry_targets_as_csv(reader, tmp_path):
    person = reader(locale="zh-CN")
    person.clicks(person.found.link("数据"))
    person.found.arrives("/data")
    person.clicks(person.found.pill("sector", "传统产业"))
    person.found.arrives("/data", sector="traditional-industry")
    person.clicks(person.found.pill("sector", "新兴产业与平台"))
    person.found.arrives("/data", sector=["traditional-industry", "emerging-industry"])
    expect(person.found.page.get_by_role("table").first.locator("tbody tr")).to_have_count(25)
    with person.found.page.expect_download() as waiting:
        person.clicks(person.found.page.get_by_role("button", name="CSV（Excel可打开）"))
    waiting.value.save_as(tmp_path / "industry.csv")
    with (tmp_path / "industry.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["sector"] for row in rows} == {"traditional-industry", "emerging-industry"}
    assert (len(rows), person.actions) == (25, 4)
