"""The rows of the overview as HTML: what they say, where their marks stand, and that the sheet says the same."""

import re
from html.parser import HTMLParser

import pytest
from conftest import real_book

from charts.row import TRACK, Row, Spot
from charts.rows import range_chart, rows
from charts.sheet import SHAPES
from progress.assess import Assessment
from progress.calendar import asof
from progress.order import ORDERS, hardness, ordered
from progress.table import assessments
from views import scoreboard

BOOK = real_book()
LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])


class Page(HTMLParser):
    """The words, links and marks of a piece of HTML."""

    def __init__(self, html: str):
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.marks: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.feed(html)
        assert self.open == [], "an element is not closed"

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "col":
            return
        self.open.append(tag)
        if tag == "a":
            self.links.append(given["href"])
        if tag == "i" and "class" in given:  # no number of the scale
            self.marks.append((given["class"], given.get("style", "")))

    def handle_endtag(self, tag):
        if tag != "col":
            assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)


def row(**changes) -> Row:
    plain = {"id": "a", "indicator": "i", "name": "Ponds", "target": "target: 10 (2034)", "status": "comparable"}
    return Row(**{**plain, "asked": "target: 10", "by": "2034", **changes})


def drawn(made: Row) -> list[tuple[str, str]]:
    return Page(scoreboard.track(made, "en")).marks


def board(*made: Row) -> str:
    return scoreboard.table(made, "Ponds", lambda name: f"indicator?id={name}", lambda _: "", lambda _: False, "en")


def at(style: str) -> float:
    return float(re.search(r"left:([\d.]+)%", style)[1])


def place(share: float) -> float:
    return 100 * (share - TRACK[0]) / (TRACK[1] - TRACK[0])


def test_a_row_holds_its_words_and_a_link():
    page = Page(board(row(start=Spot("baseline", (50.0,), "5 (2031)", "5", "5", "2031"))))
    assert {"Ponds", "5", "2031", "target: 10", "2034"} <= set(page.words)
    assert page.links == ["indicator?id=i"]


def test_text_from_the_data_stays_text():
    evil = '<script>x</script> & "quoted"'
    html = board(row(name=evil, asked=evil, by=evil, start=Spot("baseline", (50.0,), evil, evil, evil, evil, evil)))
    assert "<script" not in html
    assert evil in Page(html).words


def test_the_target_stands_at_the_same_place_in_every_row():
    places = {at(style) for made in rows(BOOK, "en").values() for look, style in drawn(made) if look == "mark target"}
    assert places == {round(place(100), 2)}


@pytest.mark.parametrize(
    ("share", "words"), [(180.0, "180% ▸"), (-20.0, "◂ -20%"), (130.0, ""), (0.0, "")]
)  # what lies on the edge is on the track
def test_what_lies_beyond_the_edge_is_an_arrow_with_its_number(share, words):
    page = Page(scoreboard.track(row(context=Spot("context", (share,), "18 (2031)", "18", "18")), "en"))
    assert any(look.startswith("beyond") for look, _ in page.marks) == bool(words)
    assert (words in page.words) == bool(words)


@pytest.mark.parametrize(
    ("partial", "unverified", "look"),
    [
        (False, False, "mark baseline"),
        (True, False, "mark baseline half"),
        (False, True, "mark baseline hollow"),
        (True, True, "mark baseline half hollow"),
    ],
)
def test_half_is_partly_comparable_and_hollow_is_unverified(partial, unverified, look):
    spot = Spot("baseline", (50.0,), "5", partial=partial, unverified=unverified)
    assert look in [name for name, _ in drawn(row(start=spot))]


def test_only_a_start_has_a_line_to_the_target():
    context = Spot("context", (50.0,), "5")
    assert "line" not in [look for look, _ in drawn(row(context=context))]
    assert "line" in [look for look, _ in drawn(row(start=Spot("baseline", (50.0,), "5")))]
    assert "line dotted" in [look for look, _ in drawn(row(start=Spot("baseline", (50.0,), "5", partial=True)))]


def test_a_figure_of_the_plans_own_years_is_what_a_row_shows():
    start, now = Spot("baseline", (50.0,), "5", "5", "5"), Spot("point", (70.0,), "7", "7", "7", "2033")
    made = row(start=start, reached=now, context=Spot("context", (60.0,), "6"))
    assert made.known is now
    assert [level for spot, _, level in made.placed if spot is now] == [0]


def test_a_legend_names_only_what_is_used():
    words = Page(scoreboard.legend([row(start=Spot("baseline", (50.0,), "5", partial=True))], "en")).words
    assert {"Target", "Baseline", "Half filled: partly comparable"} <= set(words)
    assert "Counted from zero" not in words and "Hollow: unverified" not in words


def test_a_start_that_keeps_the_target_has_no_line_on_the_page_as_on_the_sheet():
    kept = [made for made in rows(BOOK, "en").values() if made.start and made.start.shares and not made.way]
    assert kept
    assert all(not look.startswith("line") for made in kept for look, _ in drawn(made))


def test_what_a_cap_allows_is_shaded():
    (style,) = [style for look, style in drawn(row(allowed=(0.0, 100.0))) if look == "band"]
    assert (at(style), "width:76.92%" in style) == (0, True)


def test_other_targets_are_said_in_words_too():
    page = Page(scoreboard.track(row(rivals=(Spot("rival", (80.0,), "8 (2032, national target)"),)), "en"))
    assert "8 (2032, national target)" in "".join(page.words)


@LANGUAGES
def test_page_and_sheet_are_made_of_the_same_rows_and_say_the_same(language):
    every = rows(BOOK, language)
    for sector in BOOK.sectors:
        chart = range_chart(BOOK, sector, language)
        assert [*chart.drawn, *chart.beside] and {one.id for one in (*chart.drawn, *chart.beside)} <= set(every)
        sheet = chart.printed(SHAPES["wide"])
        symbols = sum(len(trace.x) for trace in sheet.data if trace.mode == "markers")
        assert symbols == sum(len(one.goal) + len(one.placed) for one in chart.drawn)
        for made in chart.drawn:
            assert made == every[made.id]
            words = "".join(Page(board(made)).words)
            for said in (made.name, made.asked, made.by, made.known.value if made.known else ""):
                assert said in words
            assert made.name in chart.sentence and made.target in chart.sentence


@LANGUAGES
def test_targets_without_a_track_are_one_line_a_sector(language):
    beside = [made for made in rows(BOOK, language).values() if not made.goal]
    assert len(beside) == 34
    page = Page(scoreboard.compact(beside, lambda name: name, language))
    assert len(page.links) == 34
    assert page.open == [] and scoreboard.compact([], lambda name: name, language) == ""


def found() -> tuple[Assessment, ...]:
    return assessments(BOOK, asof(BOOK))


@pytest.mark.parametrize("order", ORDERS)
def test_an_order_leaves_out_nothing(order):
    every = found()
    assert sorted(id(one) for one in ordered(every, order)) == sorted(id(one) for one in every)


def test_the_hardest_come_first_and_the_plan_decides_between_equals():
    hard = ordered(found(), "hard")
    keys = [hardness(one) for one in hard]
    assert keys == sorted(keys)
    rest = [one.case.target.id for one in hard if hardness(one)[0] == 2]
    assert rest == [one.case.target.id for one in found() if one.case.target.id in set(rest)]


def test_what_is_due_first_comes_first():
    days = [one.due for one in ordered(found(), "due")]
    assert days == sorted(days)


def test_the_weakest_evidence_comes_first():
    states = [one.case.status for one in ordered(found(), "weak")]
    firsts = list(dict.fromkeys(states))
    assert firsts[:5] == ["nothing", "rivals_only", "context", "partial", "comparable"]
