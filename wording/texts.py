"""The words of the pages and charts, read from texts.yaml."""

from pathlib import Path

from loaders.yamlfile import read
from wording import Language

TEXTS: dict[str, dict[str, str]] = read(Path(__file__).with_name("texts.yaml"), "texts.yaml").data


def say(language: Language, key: str, /, **fields: object) -> str:
    """The text of `key`, its fields filled. Raises KeyError for a key that nobody wrote."""
    text = TEXTS[key][language[:2]]
    return text.format(**fields) if fields else text
