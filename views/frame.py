"""What stands around every page: one line with the name, the pages and the reader's two choices, and the foot."""

from collections.abc import Mapping
from html import escape

from evidence.search import FACETS
from loaders.book import Book
from views import address
from views.markup import element, link
from wording import LANGUAGES, LOCAL_UNITS, UNITS, Language
from wording.numbers import period
from wording.texts import say


def header(book: Book, pages: Mapping[str, str], now: str, language: Language) -> str:
    """`pages` are the titles by path, the first page's path being ""; `now` is the path of the page that is shown."""
    links = "".join(
        element(escape(title), "a", href=address.page(path), **({"aria-current": "page"} if path == now else {}))
        for path, title in pages.items()
    )
    name = element(escape(book.plan.short[language]), "a", href=address.page(""), **{"class": "name"})
    nav = element(links, "nav", **{"aria-label": say(language, "page.pages")})
    languages = {one: say(language, f"page.language.{one}") for one in LANGUAGES}
    units = {one: say(language, f"units.{one}") for one in UNITS}
    shown = "chinese" if language in LOCAL_UNITS else "international"
    choices = _choice("lang", languages, language[:2], say(language, "page.language"))
    choices += _choice("units", units, shown, say(language, "units.label"))
    # For a choice that is made before the one before has come; the facets are what may have several values.
    asked = {"data-made": "?" + address.query(), "data-many": " ".join(FACETS)}
    return element(name + nav + element(choices, "div", **{"class": "choices"}), "div", **{"class": "top"}, **asked)


def _choice(parameter: str, options: Mapping[str, str], now: str, label: str) -> str:
    items = "".join(
        element(
            escape(words), "a", href=address.with_value(parameter, value), lang=value if parameter == "lang" else "",
            **{"data-stay": "yes"}, **({"aria-current": "true"} if value == now else {}),
        )
        for value, words in options.items()
    )  # fmt: skip
    return element(items, "div", role="group", **{"class": "either", "aria-label": label})


def footer(book: Book, language: Language) -> str:
    """Where the targets stand, the date of the data, how to report an error."""
    plan = book.plan
    words = {"number": plan.number, "updated": period(str(plan.updated), language), "version": book.version}
    escaped = {field: escape(words) for field, words in {**words, "report": plan.report[language]}.items()}
    said = say(language, "page.footer", title=link(plan.title[language], plan.url), **escaped)
    return element(said, "p", **{"class": "caption foot"})
