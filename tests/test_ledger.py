"""The ledger and the text agree in both directions, or verify says where they do not."""

from dataclasses import replace

import pytest
from conftest import BASE

from loaders.book import load
from loaders.ledger import tokens
from loaders.models import Doubt, Doubts, Ledger, LedgerFigure, LedgerSection
from loaders.phrase import plain
from loaders.verify import cut, verify

CODES = {"ledger", "doubt-not-found"}


@pytest.fixture
def toy():
    return load(BASE).book, (BASE / "plan.txt").read_text(encoding="utf-8")


def sorted_tokens(book, text):
    """A ledger that fits the toy text: each target's own figure, everything else a name."""
    texts = cut(book, text, "plan.txt").texts
    words = tuple(word.word for word in book.plan.value_words)
    own = [target for sector in book.sectors for _, target in sector.targets]
    sections = []
    for name, body in texts.items():
        figures = []
        for token in tokens(body, words):
            of = tuple(target.id for target in own if target.section == name and holds(body, target, token))
            figures.append(LedgerFigure(token=token.text, sort="target" if of else "name", of=of))
        if figures:
            sections.append(LedgerSection(section=name, figures=tuple(figures)))
    return Ledger(sections=tuple(sections))


def holds(body, target, token):
    at = body.find(plain(target.printed))
    return at <= token.at < at + len(plain(target.printed))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("到2030年达到5.5%", ["2030", "5.5"]),
        ("建设五百亿级基地", ["五百亿"]),
        ("突破千亿元", ["千亿"]),
        ("装机达到390万千瓦", ["390"]),
        ("一体推进,进一步", []),
        ("2—4家", ["2", "4"]),
        ("实现全覆盖,三大基地", ["全覆盖", "三"]),
    ],
)
def test_what_counts_as_a_figure(text, found):
    assert [token.text for token in tokens(text, ("全覆盖",))] == found


def test_a_ledger_that_fits_is_silent(toy):
    book, text = toy
    assert verify(replace(book, ledger=sorted_tokens(book, text)), text, "plan.txt") == []


def spoiled(ledger, change):
    """The ledger with its first section that states a target changed."""
    index = next(n for n, part in enumerate(ledger.sections) if any(f.sort == "target" for f in part.figures))
    part = ledger.sections[index]
    changed = part.model_copy(update={"figures": tuple(change(list(part.figures)))})
    return Ledger(sections=(*ledger.sections[:index], changed, *ledger.sections[index + 1 :]))


def blind(figures):
    return [figure.model_copy(update={"sort": "name", "of": ()}) for figure in figures]


def elsewhere(figures):
    return [figure.model_copy(update={"of": ("no-such-target",)}) if figure.of else figure for figure in figures]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda figures: figures[:-1], id="a figure of the text is missing"),
        pytest.param(lambda figures: [*figures, figures[-1]], id="the ledger has one too many"),
        pytest.param(
            lambda figures: [figures[-1].model_copy(update={"token": "77"}), *figures[1:]], id="another figure"
        ),
        pytest.param(blind, id="a target that no figure states"),
        pytest.param(elsewhere, id="a figure of a target that does not exist"),
    ],
)
def test_a_ledger_that_does_not_fit_is_told(toy, change):
    book, text = toy
    ledger = spoiled(sorted_tokens(book, text), change)
    problems = verify(replace(book, ledger=ledger), text, "plan.txt")
    assert problems
    assert {problem.code for problem in problems} == {"ledger"}


def test_a_new_figure_in_the_text_is_told(toy):
    book, text = toy
    ledger = sorted_tokens(book, text)
    line = [line for line in text.splitlines() if line.endswith("。")][-1]
    assert text.count(line) == 1
    longer = text.replace(line, line + "另有88处。")
    assert "ledger" in {problem.code for problem in verify(replace(book, ledger=ledger), longer, "plan.txt")}


@pytest.mark.parametrize("shift", [-1, 1])
def test_a_section_set_aside_still_has_its_count(toy, shift):
    book, text = toy
    ledger = sorted_tokens(book, text)
    index = next(n for n, part in enumerate(ledger.sections) if not any(figure.of for figure in part.figures))
    part = ledger.sections[index]
    aside = LedgerSection(section=part.section, whole="set aside", count=len(part.figures) + shift)
    sections = (*ledger.sections[:index], aside, *ledger.sections[index + 1 :])
    (problem,) = verify(replace(book, ledger=Ledger(sections=sections)), text, "plan.txt")
    assert problem.code == "ledger"


def test_a_doubted_phrase_must_stand_in_its_section(toy):
    book, text = toy
    target = book.sectors[0].targets[0][1]
    reason = target.name or book.sectors[0].indicators[0].name

    def doubting(phrase):
        return replace(book, doubts=Doubts(doubts=(Doubt(section=target.section, printed=phrase, reason=reason),)))

    assert verify(doubting(target.printed), text, "plan.txt") == []
    (problem,) = verify(doubting("没有这句话"), text, "plan.txt")
    assert problem.code == "doubt-not-found"
