"""An evaluation as one HTML file: whole, in both languages, asking nothing of any network; and its command line."""

import html
import re
from collections import Counter
from html.parser import HTMLParser

import pytest
from conftest import BASE, real_book

from charts import goals, tally
from charts.ambition import ambition
from evidence.case import cases, live
from loaders.book import load
from progress.calendar import asof
from progress.table import assessments
from views import report
from wording import phrases
from wording.numbers import period
from wording.texts import TEXTS

YEAR = 2027
TAGS = {*("html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "p", "ul", "li", "div", "span", "script")}
TAGS |= {"table", "thead", "tbody", "tr", "th", "td", "noscript", "details", "summary"}


class Page(HTMLParser):
    """What a browser would see: elements, their attributes, the text outside of scripts, each script."""

    def __init__(self, text: str):
        super().__init__()
        self.tags, self.attributes, self.scripts, self.words, self.open = Counter(), [], [], [], ""
        self.feed(text)
        self.text = " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag, attrs):
        self.tags[tag] += 1
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        self.open = tag

    def handle_endtag(self, _):
        self.open = ""

    def handle_data(self, data):
        if self.open == "script":
            self.scripts.append(data)
        elif self.open == "style":
            self.attributes.append(("style", "text", data))
        else:
            self.words.append(data)


@pytest.fixture(scope="module")
def book():
    return real_book()


@pytest.fixture(scope="module", params=["zh", "en"])
def written(request, book):
    text = report.document(book, YEAR, request.param)
    return request.param, text, Page(text)


def words(key: str, language: str) -> str:
    return TEXTS[key][language]


def test_it_is_one_page_in_one_language_with_a_title(written, book):
    language, text, page = written
    assert text.startswith(f'<!doctype html><html lang="{language}"><head>') and text.endswith("</html>\n")
    title = words("report.title", language).format(plan=book.plan.short[language], year=YEAR)
    assert f"<title>{html.escape(title)}</title>" in text and f"<h1>{html.escape(title)}</h1>" in text
    assert ("meta", "charset", "utf-8") in page.attributes
    assert set(page.tags) == TAGS and page.tags["h1"] == page.tags["title"] == 1


def test_it_asks_nothing_of_any_network(written):
    _, _, page = written
    calling = {"src", "href", "srcset", "action", "data", "poster", "background", "http-equiv", "formaction"}
    assert [one for one in page.attributes if one[1] in calling] == []
    assert [one for one in page.attributes if re.search(r"https?:|//|url\(|@import", one[2])] == []
    assert [one for one in page.attributes if one[0] == "script"] == []  # neither src nor module


def test_it_brings_plotly_once_and_draws_three_charts_without_a_cloud(written):
    _, _, page = written
    bundles = [script for script in page.scripts if "plotly.js v" in script]
    drawn = [script for script in page.scripts if "Plotly.newPlot(" in script and script not in bundles]
    assert (len(bundles), len(drawn)) == (1, 3)
    assert page.scripts.index(bundles[0]) < page.scripts.index(drawn[0])
    assert all('"showSendToCloud": false' in script for script in drawn)
    assert not any(re.search(r"fetch\(|XMLHttpRequest|import\(|https?://", script) for script in drawn)


def test_without_scripts_each_chart_is_told_and_its_figures_stand_in_a_table(written, book):
    language, text, _ = written
    _, *still = (Page(part) for part in re.findall("<noscript>(.*?)</noscript>", text))
    found = assessments(book, asof(book, YEAR))
    past = goals.earlier(book, language)
    assert past
    charts = (tally.verdicts(book, found, language, YEAR), ambition(found, book, language), past)
    assert len(still) == len(charts)
    for page, chart in zip(still, charts, strict=True):
        assert page.text.startswith(words("report.still", language))
        assert page.tags["tr"] == 1 + len(chart.table) > 2
        assert all(" ".join(cell.split()) in page.text for row in chart.table for cell in row.values())


def test_it_names_every_target_verdict_date_and_source(written, book):
    language, text, _ = written
    read = re.sub("<noscript>.*?</noscript>", "", text)
    page, targets = Page(read), Page(read.partition('id="earlier"')[0])
    for case in cases(book):
        assert " ".join(phrases.name(case.indicator, case.target, language).split()) in page.text
    found = assessments(book, asof(book, YEAR))
    assert all(words(f"verdict.{one.verdict}", language) in page.text for one in found)
    assert targets.tags["td"] == 6 * len(found)
    for wanted in (book.plan.number, book.plan.url, period(str(book.plan.updated), language)):
        assert wanted in page.text
    assert all(sector.name[language] in page.text for sector in book.sectors)
    assert not re.search(r"\bnan\b|\bNone\b|Fraction|[{}]", page.text)


@pytest.mark.parametrize("year", [2026, 2027, 2030])
def test_the_summary_adds_up_and_says_that_the_year_is_not_over(book, year):
    found = assessments(book, asof(book, year))
    _, text = report.summary(book, found, year, "en")
    assert f"{year} is not over; data to 27 Nov 2026. {len(found)} targets: " in text
    counts = re.sub(r"\(.*?\)", "", text.partition(" targets: ")[2].partition(". ")[0])
    assert sum(map(int, re.findall(r"\d+", counts))) == len(found)


def test_the_calendar_counts_every_live_target_once(book):
    *_, listed = report.dates(book, "en")
    days = listed.split("<li>")[1:]
    counts = [int(count) for day in days for count in re.findall(r"(\d+) targets? (?:due|without)", day)]
    assert sum(counts) == len(list(live(book)))
    assert "By 27 Nov 2026, the date of the data, 18% " in "".join(report.dates(book, "en"))


def test_details_link_only_where_there_is_somewhere_to_go(book):
    found = assessments(book, asof(book, YEAR))
    linked = "".join(report.details(book, found, YEAR, "en", lambda name: f"?indicator={name}&x"))
    for case in cases(book):
        assert f'href="?indicator={case.indicator.id}&amp;x"' in linked
    assert "href" not in "".join(report.details(book, found, YEAR, "en"))


def parts(html: str) -> list[str]:
    """The first tags of the parts that can be opened."""
    return re.findall('<details[^>]*class="part"[^>]*>', html)


def test_in_a_file_every_part_stands_open_and_on_a_page_closed(book):
    found = assessments(book, asof(book, YEAR))
    page = parts("".join(report.details(book, found, YEAR, "en", lambda name: f"?id={name}")))
    file = parts("".join(report.details(book, found, YEAR, "en")))
    assert len(page) == len(file) > len(book.sectors)
    assert not any(" open=" in one for one in page) and all(' open="open"' in one for one in file)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_closed_part_counts_what_it_holds(book, language):
    """The counts of a sector are those of its rows; those of a reason, of the names under it."""
    found = assessments(book, asof(book, YEAR))
    html = "".join(report.details(book, found, YEAR, language, lambda name: f"?id={name}"))
    held = re.findall('<details([^>]*)class="part"[^>]*><summary>(.*?)</summary>(.*?)</details>', html)
    for attributes, title, inner in held:
        sector = re.search('id="([^"]+)"', attributes)
        own = [one for one in found if sector and one.case.sector.id == sector[1]]
        links = inner.count("<a href=")
        assert links == len(own) if sector else links
        counted = sum(map(int, re.findall(r"\d+", title.rpartition("：" if language == "zh" else ":")[2])))
        assert (counted if sector else int(re.findall(r"\d+", title)[-1])) == links


FIGURE = """      - value: 10400
        unit: 亩
        period: 2033-12-31
        printed: 全县养殖水面10400亩
        source: county-yearbook-2031
        pairs:
          - target: pond-area-2034
            comparability: same
            reason: {zh: 同一口径。, en: The same.}
    rivals:
"""


def toy(folder, *changes: tuple[str, str], updated: str = "2034-06-15"):
    """The toy plan in its last year, with a figure of its second; `changes` are made in every file."""
    files = {path.name: path.read_text("utf-8") for path in BASE.glob("*.yaml")}
    files["fish-ponds.yaml"] = files["fish-ponds.yaml"].replace("    rivals:\n", FIGURE, 1)
    files["sources.yaml"] = files["sources.yaml"].replace("date: 2032-02-20", "date: 2034-02-20")
    files["plan.yaml"] = files["plan.yaml"].replace("updated: 2032-06-15", f"updated: {updated}")
    for old, new in changes:
        assert any(old in text for text in files.values()), old
        files = {name: text.replace(old, new) for name, text in files.items()}
    return folder(files=files)


def test_a_year_that_is_over_is_judged_by_its_own_figures(folder):
    book = load(toy(folder)).book
    early, late = (Page(report.document(book, year, "en")).text for year in (2032, 2033))
    assert "Figures up to 31 Dec 2033; 5 targets: " in late and "not over" not in early + late
    assert "693.3 ha (31 Dec 2033)" in late and "693.3 ha" not in early
    assert "No target has a comparable figure from the plan period yet" in early and "No target has" not in late
    assert "far behind" in late and "27% of the change made" in late


EVIL = (
    "<b>x</b>",
    '"><img src=x onerror=alert(1)>',
    "</script><script>alert(1)</script>",
    "</title><a href=//x.example>",
)


@pytest.mark.parametrize("evil", EVIL)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_words_from_the_data_stay_text(folder, evil, language):
    both, name = f"{{zh: '{evil}', en: '{evil}'}}", f"'{evil}'"
    places = [
        *(("{zh: 养殖水面, en: Pond area}", both), ("name: {zh: 鱼塘, en: Fish ponds}", f"name: {both}")),
        *(("{zh: 鹭湾县三年行动计划, en: Heron Bay's three-year plan}", both), ("鹭政发〔2032〕7号", name)),
        ("{zh: 鹭湾县统计局, en: Heron Bay County Bureau of Statistics}", both),
        ("{zh: '{}公顷', en: '{} ha'}", both.replace(name, f"'{{}}{evil}'")),
        ("places:\n", f"evaluations: [{{name: {both}, year: 2033, section: 1}}]\nplaces:\n"),
    ]
    loaded = load(toy(folder, *places))
    assert loaded.problems == ()
    text = report.document(loaded.book, 2033, language)
    page = Page(text)
    assert set(page.tags) <= TAGS and page.tags["script"] == 5
    assert {name for _, name, _ in page.attributes} & {"src", "href", "onerror"} == set()
    assert page.text.count(evil) >= 8  # title, heading, names, number, evaluation
    for raw in (evil, evil.replace("<", r"\u003c").replace(">", r"\u003e")):
        assert not any(raw in script for script in page.scripts if "plotly.js v" not in script)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_command_writes_the_page(run_cli, folder, language):
    done = run_cli("report", toy(folder), "--year", 2033, "--lang", language, module="views")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f'<!doctype html><html lang="{language}">')
    assert words("evaluation.heading", language).format(year=2033) in done.stdout


def test_chinese_the_real_plan_and_the_year_of_its_data_need_no_word(run_cli, book):
    done = run_cli("report", module="views", LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (0, "")
    assert f"<title>{book.plan.short['zh']}：{asof(book).year}年评估</title>" in done.stdout


def test_bad_data_prints_problems_and_no_page(run_cli, folder):
    done = run_cli("report", folder(edits={"schools.yaml": ("unit: 个", "unit: 席")}), module="views")
    assert (done.returncode, done.stdout) == (1, "")
    assert "schools.yaml" in done.stderr


@pytest.mark.parametrize(
    "call",
    [*(f"report {more}" for more in ("gone", "--year 2025", "--year 99999", "--year soon", "--lang fr")), "page", ""],
)
def test_a_wrong_call(run_cli, call):
    done = run_cli(*call.split(), module="views")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.strip() and "Traceback" not in done.stderr


def test_after_the_plan_its_last_year_is_evaluated(run_cli, folder):
    done = run_cli("report", toy(folder, updated="2035-03-01"), "--lang", "en", module="views")
    assert "evaluation 2034</title>" in done.stdout


def test_the_same_data_gives_the_same_file(folder):
    book = load(toy(folder)).book
    assert report.document(book, 2033, "en") == report.document(book, 2033, "en")
