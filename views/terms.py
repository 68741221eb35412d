"""What the words of the pages mean, as HTML: all of them on the method page, those of the first screen beside it."""

from collections.abc import Collection
from html import escape

from views import address, markup, pieces
from wording import Language
from wording.glossary import glossary
from wording.texts import say

# Where the method page has all of them.
ANCHOR = "terms"
# What a reader meets before the first click.
FIRST = ("definition", "comparable", "baseline", "context-figure", "counted-from-zero")


def listed(language: Language, ids: Collection[str] = ()) -> str:
    """Terms and their meanings in the order of the glossary, all or those named."""
    every = glossary().values()
    return pieces.listed(
        [(one.name[language], escape(one.meaning[language])) for one in every if not ids or one.id in ids]
    )


def drawer(language: Language) -> str:
    """The terms of the first screen behind a title, and the way to the others."""
    others = markup.link(say(language, "terms.all"), f"{address.page('method')}#{ANCHOR}")
    return markup.opened(say(language, "terms.title"), listed(language, FIRST) + markup.element(others, "p"))
