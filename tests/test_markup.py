"""HTML of our own: chips, headings that sort, the evidence a line a figure, the line around every page. Text from the
data stays text."""

from dataclasses import replace
from html import escape
from types import SimpleNamespace

import pytest
from conftest import real_book
from test_address import at
from test_scoreboard import Page

from evidence.case import cases
from views import frame, markup, pieces
from wording.evidence import Evidence, evidence
from wording.numbers import period

BOOK = real_book()
LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])
EVIL = '<script>x</script> & "quoted" <b onclick=y>'
# Of a figure about which nothing is known but its kind.
PLAIN = Evidence("figure", "5", "2031", "", "", "", "", "", "", "", "", None, "", ())
GAS = next(case for case in cases(BOOK) if case.indicator.id == "unconventional-gas-output")


def test_a_chip_is_a_link_with_its_count_and_says_when_it_is_chosen():
    plain, chosen = (markup.chip("Water", "12", "./?a=1&b=2", one) for one in (False, True))
    assert Page(plain).links == ["./?a=1&b=2"] and "".join(Page(plain).words) == "Water 12"
    assert 'data-stay="yes"' in plain, "it leads to the page that is shown"
    assert ("aria-current" in plain, 'aria-current="true"' in chosen) == (False, True)


@pytest.mark.parametrize(
    ("way", "sign"), [("ascending", " ▲"), ("descending", " ▼"), ("", "")], ids=["up", "down", "not sorted"]
)
def test_a_heading_is_a_link_that_says_how_its_column_is_sorted(way, sign):
    html = markup.table([{"Name": "a", "Due": "2031"}], "Targets", sorts={"Due": markup.Heading("?sort=due", way)})
    assert Page(html).links == ["?sort=due"] and f"Due{sign}" in Page(html).words
    assert (f'aria-sort="{way}"' in html) == bool(way)
    assert '<th scope="col">Name</th>' in html, "what sorts nothing is no link"


def test_nothing_is_put_on_a_page_where_there_is_nothing(monkeypatch):
    put = []
    monkeypatch.setattr(markup.st, "html", put.append)
    markup.show()
    markup.show("", "")
    markup.show("", "<p>a</p>")
    assert put == ["<p>a</p>"]


WORDS = (
    *("kind", "value", "period", "printed", "done", "grade", "reason", "judged", "source", "url"),
    *("comparability", "word", "look", "publisher"),
)


@pytest.mark.parametrize(
    "made",
    [
        markup.chip(EVIL, EVIL, EVIL, True),
        markup.text(EVIL, anchor=EVIL, look=EVIL),
        markup.link(EVIL, EVIL),
        markup.table([{EVIL: EVIL}], EVIL, [EVIL], sorts={EVIL: markup.Heading(EVIL, EVIL)}),
        pieces.table(
            [replace(PLAIN, **dict.fromkeys(WORDS, EVIL),
                     notes=(EVIL,), differs=(EVIL,))], EVIL, "en",
        ),
    ],
    ids=["chip", "text", "link", "table", "pieces"],
)  # fmt: skip
def test_text_from_the_data_stays_text(made):
    assert escape(EVIL) in made
    assert "<script" not in made and "<b onclick" not in made and EVIL not in made


def test_the_evidence_stands_in_groups_and_an_empty_one_is_left_out():
    given = [replace(PLAIN, group=group, value=str(n)) for n, group in enumerate(("derived", "figures", "figures"))]
    assert [(group, [one.value for one in items]) for group, items in pieces.grouped(given)] == [
        ("figures", ["1", "2"]),
        ("derived", ["0"]),
    ]
    assert pieces.grouped([]) == []


@LANGUAGES
def test_no_figure_is_lost_between_the_groups(language):
    every = evidence(BOOK, GAS.indicator, GAS.target, language)
    found = [item for _, items in pieces.grouped(every) for item in items]
    assert len(found) == len(every) == 27 and set(map(id, found)) == set(map(id, every))


@LANGUAGES
def test_a_line_holds_the_figure_and_opens_all_that_is_known_of_it(language):
    for group, items in pieces.grouped(evidence(BOOK, GAS.indicator, GAS.target, language)):
        html = pieces.table(items, group, language)
        assert html.count("<details>") == html.count("<summary>") == len(items)
        for item, part in zip(items, html.split("<details>")[1:], strict=True):
            line, _, opened = part.partition("</summary>")
            assert escape(item.value) in line and escape(item.publisher) in line and escape(item.period) in line
            assert escape(item.source) in opened and all(escape(note) in opened for note in item.notes)
            assert "<dd></dd>" not in opened, "what is not known has no name either"


@pytest.mark.parametrize("now", ["", "data"])
def test_the_header_marks_the_page_that_is_shown_and_keeps_the_readers_choices(now, monkeypatch):
    at(monkeypatch, now, lang="en", sector="water", id="gas")
    html = frame.header(BOOK, {"": "Overview", "data": EVIL}, now, "en")
    page = Page(html)
    assert page.links[:3] == ["./?lang=en&sector=water"] * 2 + ["data?lang=en&sector=water"]
    current = [part.partition("<")[0].partition(">")[2] for part in html.split("<a ") if 'aria-current="page"' in part]
    assert current == ["Overview" if not now else escape(EVIL)]
    assert "<script" not in html


@pytest.mark.parametrize(
    ("language", "lang", "units"),
    [("zh", "zh", "chinese"), ("en", "en", "international"), ("zh-international", "zh", "international"),
     ("en-chinese", "en", "chinese")],
)  # fmt: skip
def test_the_header_marks_the_choices_in_force_and_each_other_is_a_link(language, lang, units, monkeypatch):
    at(monkeypatch, "indicator", id="gas")
    html = frame.header(BOOK, {"": "Overview"}, "indicator", language)
    chosen = [
        part.partition('"')[0] for part in html.split('href="')[1:] if 'aria-current="true"' in part.split(">")[0]
    ]
    assert chosen == [f"indicator?id=gas&amp;lang={lang}", f"indicator?id=gas&amp;units={units}"]
    assert {f"indicator?id=gas&{one}" for one in ("lang=zh", "lang=en", "units=chinese", "units=international")} <= set(
        Page(html).links
    )


@LANGUAGES
def test_the_foot_names_the_plan_and_the_data(language):
    words = "".join(Page(frame.footer(BOOK, language)).words)
    for wanted in (BOOK.plan.title[language], BOOK.plan.number, period(str(BOOK.plan.updated), language), BOOK.version):
        assert wanted in words
    evil = SimpleNamespace(plan=BOOK.plan.model_copy(update={"number": EVIL}), version=EVIL)
    assert "<script" not in frame.footer(evil, language)
