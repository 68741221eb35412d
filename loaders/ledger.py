"""The ledger: every figure of the plan's text, by position, with what it is.

It proves in both directions that no goal was missed and none invented: each token
of the text stands in the ledger, and each target's figure is one of its tokens.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.book import Book
from loaders.models import LedgerFigure, LedgerSection, Target
from loaders.phrase import occurrences, plain
from loaders.problem import Problem, quoted

# Digits with their decimals, and numerals in words. Left out because they count nothing in
# this language: 一 by itself (一体, 进一步) and 半 (半导体). What only names a unit is no
# figure (the 万 of 390万千瓦), nor is the numeral of a heading's or document's own number.
_TOKEN = re.compile(r"\d+(?:\.\d+)?|[零一二两三四五六七八九十百千万亿]+")


@dataclass(frozen=True)
class Token:
    """A figure of the text: `at` is where it starts in the `plain` text of its section."""

    text: str
    at: int


def tokens(text: str, value_words: tuple[str, ...] = ()) -> tuple[Token, ...]:
    """The figures of a section's `plain` text in order; words that state a value count too."""
    words = sorted((plain(word) for word in value_words), key=len, reverse=True)
    pattern = re.compile("|".join([*map(re.escape, words), _TOKEN.pattern]))
    return tuple(
        Token(match[0], match.start())
        for match in pattern.finditer(text)
        if match[0] in words or not _is_word(text, match)
    )


def _is_word(text: str, match: re.Match[str]) -> bool:
    before = text[match.start() - 1 : match.start()]
    return match[0] == "一" or (not match[0][0].isdigit() and before.isdigit())


def against(book: Book, texts: dict[str, str], name: str) -> Iterator[Problem]:
    """Where the text and the ledger disagree, in either direction."""
    words = tuple(word.word for word in book.plan.value_words)
    listed = {section.section: section for section in book.ledger.sections}
    for section in book.sections.sections:
        found = tokens(texts.get(section.id, ""), words)
        entry = listed.pop(section.id, LedgerSection(section=section.id))
        figures, count = ((), entry.count) if entry.whole else (entry.figures, len(entry.figures))
        pairs = enumerate(zip(found, figures, strict=False), 1)
        other = next(((number, *pair) for number, pair in pairs if pair[0].text != pair[1].token), None)
        if other:
            number, token, figure = other
            yield _problem(name, section.id, f"{quoted(figure.token)} as figure {number}", quoted(token.text))
        elif len(found) != count:
            yield _problem(name, section.id, f"{count} figures", f"{len(found)}")
        elif not entry.whole:
            yield from _targets(book, texts[section.id], section.id, found, figures, name)
    for left in listed:
        yield _problem(name, left, "a section of sections.yaml", "none")


def _targets(
    book: Book, text: str, section: str, found: tuple[Token, ...], figures: tuple[LedgerFigure, ...], name: str
) -> Iterator[Problem]:
    """Each target of the section is named at one of its own figures, and each figure names a real one."""
    own = {target.id: target for target in book.targets if target.section == section}
    named: set[str] = set()
    for number, (token, figure) in enumerate(zip(found, figures, strict=True), 1):
        for identifier in figure.of:
            target = own.get(identifier)
            if target is None or not (figure.sort == "deadline" or _holds(text, target, token)):
                wanted = f"a target whose phrase holds figure {number}"
                yield _problem(name, section, wanted, quoted(identifier))
            elif figure.sort == "target":
                named.add(identifier)
    for identifier in sorted(set(own) - named):
        yield _problem(name, section, f"a figure of {identifier}", "none")


def _holds(text: str, target: Target, token: Token) -> bool:
    phrase = plain(target.printed)
    return any(at <= token.at < at + len(phrase) for at in occurrences(text, phrase))


def _problem(name: str, section: str, expected: str, found: str) -> Problem:
    return Problem(name, 1, 1, "ledger", f"in {section} {expected}", found)
