"""A problem in the data: itself data, with a stable code and a place."""

from dataclasses import asdict, dataclass

# Every code, once, with what it says. People script against the codes: never reuse one.
MESSAGES = {
    # the file as YAML
    "unreadable-file": "the file cannot be read",
    "file-too-large": "the file is larger than any data file should be",
    "missing-file": "the data folder lacks this file",
    "not-utf-8": "the file is not UTF-8 text",
    "empty-file": "the file holds no data",
    "yaml-alias": "anchors and aliases are not allowed",
    "yaml-depth": "the data is nested too deeply",
    "yaml-documents": "the file holds more than one document",
    "yaml-key": "a key must be a plain word",
    "yaml-surprise": "YAML readers disagree on what this plain word means",
    "yaml-syntax": "this is not valid YAML",
    "yaml-tab": "a tab stands where YAML wants spaces",
    "yaml-tag": "tags are not allowed",
    "duplicate-key": "the key stands twice",
    # one field
    "bad-date": "this is no year, month or day",
    "bad-factor": "a factor is a whole number, a decimal or a fraction above zero",
    "bad-id": "an id starts with a letter a-z and goes on with a-z, 0-9 and -",
    "bad-period": "this is no period",
    "bad-text": "text is empty, has spaces at its ends or more than one line",
    "bad-url": "a link must be a web address",
    "bad-value": "the value is of the wrong type",
    "bad-word": "the value is none of the words allowed here",
    "missing-key": "a key is missing",
    "unknown-key": "the key is not known here",
    # between fields and files
    "box-end": "the body must go on after the box in one place",
    "comparator-direction": "the comparator contradicts which way is better",
    "comparator-word": "the phrase and the flag bare-verb must say how the figure binds",
    "derived-arithmetic": "the arithmetic must be a sum or difference that gives the derived value",
    "duplicate-id": "two things of a kind have one id",
    "duplicate-pair": "a figure and a target are judged twice",
    "duplicate-unit": "a dimension has one unit for each spelling",
    "figure-position": "the phrase has several figures or serves several targets",
    "kind-comparator": "the comparator makes no sense for the kind",
    "kind-value": "a target of this kind has no figure",
    "period-after-source": "the period ends after its source was published",
    "printed-value": "the phrase does not state the value with its unit",
    "range-order": "the first end of a range is the lower one",
    "range-value": "a range has two ends, anything else one value",
    "reading-flag": "a reading and the flag suspected-misprint belong together",
    "undated": "a figure has either a period or the flag undated",
    "unit-dimension": "the unit measures something else than the indicator",
    "unknown-dimension": "units.yaml has no such dimension",
    "unknown-place": "plan.yaml has no such place",
    "unknown-section": "sections.yaml has no such section",
    "unknown-sector": "plan.yaml lists a sector that has no file",
    "unknown-source": "sources.yaml has no such source",
    "unknown-target": "there is no such target, or it belongs to another indicator",
    "unknown-unit": "units.yaml has no such unit",
    "unlisted-sector": "plan.yaml does not list the sector of this file",
    # notes on valid data: findings, not errors
    "note-cannot-both-hold": "two targets of one indicator exclude each other",
    "note-implied-start": "a reduction and the level it leaves imply a start that no source prints",
    "note-parts-exceed-total": "the parts of a total ask for more than the total",
    "note-reduction-contradicts": "a reduction and the level it leaves imply another start than observed",
    "note-share-over-100": "a share of more than the whole",
    # against the plan's text
    "doubt-not-found": "a doubted phrase does not stand in its section of the text",
    "ledger": "the ledger and the text disagree",
    "printed-not-found": "the phrase does not stand in its section of the text",
    "printed-repeated": "the phrase stands several times in its section of the text",
    "section-missing": "the text has no such heading or section",
    "section-order": "a section opens before the one that should precede it",
    "section-repeated": "the heading stands several times in the body of the text",
}


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong in one place of one file.

    `file` is relative to the data folder, `line` and `column` count from 1;
    `expected` and `found` are English for the person who edits the data.
    """

    file: str
    line: int
    column: int
    code: str
    expected: str = ""
    found: str = ""

    @property
    def message(self) -> str:
        return MESSAGES[self.code]

    def __str__(self) -> str:
        details = (("expected", self.expected), ("found", self.found))
        detail = ", ".join(f"{name} {text}" for name, text in details if text)
        place = f"{self.file}:{self.line}:{self.column}"
        return f"{place} {self.code} {self.message}" + (f" ({detail})" if detail else "")

    def as_dict(self) -> dict[str, str | int]:
        """The fields in the order of `check --format json`."""
        fields = asdict(self) | {"message": self.message}
        order = ("file", "line", "column", "code", "message", "expected", "found")
        return {name: fields[name] for name in order}


def quoted(value: object) -> str:
    """A found value, on one line and short enough for a message."""
    text = " ".join(str(value).split())
    return f"'{text[:60]}…'" if len(text) > 60 else f"'{text}'"
