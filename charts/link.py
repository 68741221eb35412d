"""The short address of what a chart shows: ids, the reader's language, and nothing that the view does not need."""

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from charts.sheet import Head
from wording import Language

# The charts that a filter changes, by the first part of their ids; the others show one thing by its id, or everything.
FILTERED = ("start", "pace")
# What a chart hides goes with it wherever it is shown.
CONTEXT, OFF = "context", "off"
Choices = Mapping[str, Sequence[str]]


def view(site: str, head: Head, choices: Choices) -> str:
    """The page that shows the chart, under the site's own address (without its last slash)."""
    kept = choices if _filtered(head) else {}
    return f"{site}/{head.page}?{_query(dict(head.at), kept, head.language)}"


def overview(site: str, choices: Choices, language: Language) -> str:
    """The first page with a filter."""
    return f"{site}/?{_query({}, choices, language)}"


def alone(site: str, head: Head, choices: Choices) -> str:
    """The chart alone, to be embedded in another page."""
    own = dict(head.at) if _filtered(head) else choices
    kept = {name: values for name, values in choices.items() if name not in own}
    shown = {name: value for name, value in head.at if name == CONTEXT}
    return f"{site}/chart?{_query({'id': head.id, **shown}, kept, head.language)}&embed=true"


def _filtered(head: Head) -> bool:
    return head.id.partition(".")[0] in FILTERED


def shown(address: str) -> str:
    """An address as it is printed: without what a browser adds by itself."""
    return address.removeprefix("https://").removeprefix("http://")


def _query(own: Mapping[str, str], choices: Choices, language: Language) -> str:
    reader = dict(zip(("lang", "units"), language.split("-"), strict=False))
    every = {name: [value] for name, value in own.items()}
    every |= {name: list(values) for name, values in choices.items() if name not in own}
    every |= {name: [value] for name, value in reader.items()}
    return "&".join(f"{name}={_plain(value)}" for name, values in every.items() for value in values)


def _plain(value: str) -> str:
    """Escaped as far as an address needs it; Chinese words stay readable, and browsers understand them."""
    return "".join(char if char.isalnum() else quote(char, safe="-._~") for char in value)
