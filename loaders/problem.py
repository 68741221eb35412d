"""A problem in the data: itself data, with a stable code and a place."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong in one place of one file.

    `file` is relative to the data folder, `line` and `column` count from 1,
    `code` is stable (people script against it), `message`, `expected` and
    `found` are English for the person who edits the data.
    """

    file: str
    line: int
    column: int
    code: str
    message: str
    expected: str = ""
    found: str = ""

    def __str__(self) -> str:
        detail = ", ".join(
            f"{name} {text}" for name, text in (("expected", self.expected), ("found", self.found)) if text
        )
        place = f"{self.file}:{self.line}:{self.column}"
        return f"{place} {self.code} {self.message}" + (f" ({detail})" if detail else "")

    def as_dict(self) -> dict[str, str | int]:
        """The fields in the order of `check --format json`."""
        fields = asdict(self)
        order = ("file", "line", "column", "code", "message", "expected", "found")
        return {name: fields[name] for name in order}


def quoted(value: object) -> str:
    """A found value, on one line and short enough for a message."""
    text = " ".join(str(value).split())
    return f"'{text[:60]}…'" if len(text) > 60 else f"'{text}'"
