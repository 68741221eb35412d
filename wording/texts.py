"""The words of the pages and charts, read from texts.yaml."""

from pathlib import Path
from string import Formatter

from loaders.yamlfile import read
from wording import Language

TEXTS: dict[str, dict[str, str]] = read(Path(__file__).with_name("texts.yaml"), "texts.yaml").data


class _Words(Formatter):
    """Fields that may stand for one of two words: `{count:target|targets}`."""

    def format_field(self, value: object, format_spec: str) -> str:
        one, bar, more = format_spec.partition("|")
        return (one if str(value) == "1" else more) if bar else str(super().format_field(value, format_spec))


_WORDS = _Words()


def say(language: Language, key: str, /, **fields: object) -> str:
    """The text of `key`, its fields filled. Raises KeyError for a key that nobody wrote."""
    text = TEXTS[key][language[:2]]
    return _WORDS.vformat(text, (), fields) if fields else text
