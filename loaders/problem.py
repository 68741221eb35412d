"""A problem in the data: itself data, with a stable code and a place."""

from dataclasses import dataclass
from pathlib import Path

import yaml

from loaders.letters import shown

# What each code says, in Chinese and in English.
MESSAGES: dict[str, dict[str, str]] = yaml.safe_load(
    Path(__file__).with_name("problems.yaml").read_text(encoding="utf-8")
)


# Characters of what was expected or found. A message is read on one line, and data can make either as long as itself.
LONGEST = 300


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong in one place of one file.

    `file` is relative to the data folder, `line` and `column` count from 1;
    `expected` and `found` are English; the command line speaks English, the page both languages.
    """

    file: str
    line: int
    column: int
    code: str
    expected: str = ""
    found: str = ""

    def __post_init__(self) -> None:
        for name in ("expected", "found"):
            if len(text := getattr(self, name)) > LONGEST:
                object.__setattr__(self, name, f"{text[: LONGEST - 1]}…")

    @property
    def note(self) -> bool:
        """Whether it is to be known only, so that all is well."""
        return self.code.startswith("note-")

    @property
    def message(self) -> str:
        return MESSAGES[self.code]["en"]

    def __str__(self) -> str:
        details = (("expected", self.expected), ("found", self.found))
        detail = ", ".join(f"{name} {text}" for name, text in details if text)
        place = f"{self.file}:{self.line}:{self.column}"
        return f"{place} {self.code} {self.message}" + (f" ({detail})" if detail else "")

    def as_dict(self) -> dict[str, str | int]:
        """The fields in the order of `check --format json`."""
        order = ("file", "line", "column", "code", "message", "expected", "found")
        return {name: getattr(self, name) for name in order}


def quoted(value: object) -> str:
    """A found value, on one line and short enough for a message; what cannot be seen in it stands by its number."""
    text = str(value)
    return f"'{shown(text[:60])}…'" if len(text) > 60 else f"'{shown(text)}'"
