"""The shapes of the data files, frozen all the way down. Unknown keys are errors.

What one field can say about itself is checked in `fields.py`; what needs a second field,
another file or the plan's text is a rule in `rules.py` or `verify.py`.
"""

from typing import Literal, get_args

from loaders import fields
from loaders.fields import Both, Day, Id, Line, Model, Number, Period, SectionId, Span, Text, Url, Year
from loaders.units import Units

Comparator = Literal["ge", "gt", "eq", "about", "lt", "le", "range"]
Comparability = Literal["same", "partial", "different"]
Grade = Literal["A", "B", "C"]
Measure = Literal["stock", "flow", "rate"]
Direction = Literal["up", "down", "none"]
Difference = Literal["measure", "scope", "place", "period", "sort", "stage", "definition"]
Extent = Literal["province", "part", "basin", "city", "station", "nation"]
Kind = Literal[
    "level", "increment", "cumulative", "annual", "annual_average", "growth", "share", "relative",
    "coverage", "scale", "milestone",
]  # fmt: skip
Flag = Literal[
    "bare-verb", "bound-only", "conflicting", "definition-unknown", "suspected-misprint", "undated", "value-from-words",
    "zero-inferred",
]  # fmt: skip
# Why no machine can compare a published figure with its phrase: it is in words, its digits are written in a
# way that is not read here (166億9千万), or its number stands there without the unit (a cell of a table).
Unread = Literal["words", "notation", "unit"]

KINDS: tuple[str, ...] = get_args(Kind)
COMPARATORS: tuple[str, ...] = get_args(Comparator)
COMPARABILITIES: tuple[str, ...] = get_args(Comparability)
GRADES: tuple[str, ...] = get_args(Grade)
UNREAD: tuple[str, ...] = get_args(Unread)
DIFFERENCES: tuple[str, ...] = get_args(Difference)
EXTENTS: tuple[str, ...] = get_args(Extent)


class Place(Model):
    id: Id
    name: Both


class Word(Model):
    """A word of the plan that says how a figure binds: 以上 is `ge`, 突破 is `gt`."""

    word: Text
    means: tuple[Comparator, ...]


class ValueWord(Model):
    """A word that states a value without a digit: full coverage is 100 %."""

    word: Text
    value: Number
    unit: Text


class Total(Model):
    """Targets that are parts of another, for the sum to be checked."""

    total: Id
    parts: tuple[Id, ...]


class Evaluation(Model):
    """An evaluation of the plan. `assumed` says that the section does not print its year."""

    name: Both
    year: Year
    section: Text
    assumed: bool = False


class Licence(Model):
    """Under what the data may be used: the licence's usual short name, and where its text can be read."""

    name: fields.Licence
    url: Url


class Plan(Model):
    """plan.yaml: the document that sets the targets. `period_words` are the names by which its text calls its own
    years: a phrase that has one prints the last of them as its deadline."""

    title: Both
    short: Both
    region: Both
    number: Text
    url: Url
    published: Day
    first_year: Year
    last_year: Year
    base_year: Year
    updated: Day
    report: Both
    sectors: tuple[Id, ...]
    places: tuple[Place, ...] = ()
    words: tuple[Word, ...] = ()
    value_words: tuple[ValueWord, ...] = ()
    totals: tuple[Total, ...] = ()
    evaluations: tuple[Evaluation, ...] = ()
    period_words: tuple[Line, ...] = ()
    licence: Licence | None = None


class Section(Model):
    """One chapter, section or box, as it opens in the body of the plan's text.

    `heading` is one whole line; `resumes` starts the line with which the parent goes on after a box that no heading
    closes; `title` is what a reader sees where the printed heading is cut or misprinted.
    """

    id: SectionId
    heading: Text
    en: Text
    title: Text | None = None
    parent: Text | None = None
    resumes: Text | None = None


class Sections(Model):
    """sections.yaml: `body` is the whole line after which the contents end."""

    body: Text
    sections: tuple[Section, ...]


class LedgerFigure(Model):
    """One figure of the text in its order; `of` names the targets that it states or dates."""

    token: Text
    sort: Literal["target", "deadline", "achievement", "name", "policy", "other"]
    of: tuple[Id, ...] = ()
    reason: Text | None = None


class LedgerSection(Model):
    """The figures of one section; `whole` sets a section aside as one, with its count."""

    section: Text
    whole: Text | None = None
    count: int | None = None
    figures: tuple[LedgerFigure, ...] = ()


class Ledger(Model):
    """ledger.yaml: every figure of the text after its contents, with what it is."""

    sections: tuple[LedgerSection, ...]


class Doubt(Model):
    """A misprint or oddity of the text: what is printed and why it is doubted."""

    section: Text
    printed: Text
    meant: Text | None = None
    reason: Both


class Doubts(Model):
    """doubts.yaml: what a search of the text for misprints and impossible values found."""

    doubts: tuple[Doubt, ...]


class Source(Model):
    """A document that prints a figure. A mirror has no `url`: it is named, never linked."""

    id: Id
    publisher: Both
    title: Text | None = None
    date: Day | None = None
    date_precision: Literal["day", "month", "year", "inferred", "none"]
    url: Url | None = None
    grade: Grade
    note: Both | None = None


class Gap(Model):
    """Which figure a target lacks, who is likely to publish it and when."""

    target: Id
    figure: Both
    publisher: Both
    when: Both


class Gaps(Model):
    """gaps.yaml: what a person would have to collect."""

    gaps: tuple[Gap, ...]


class Sources(Model):
    sources: tuple[Source, ...]


class Reading(Model):
    """What a doubted figure must mean, and why."""

    value: Span
    unit: Text
    reason: Both


class Superseded(Model):
    """Since when, and why, a target or figure no longer counts; it stays and is shown as such."""

    date: Day
    reason: Both


class Target(Model):
    """A value that the plan sets for an indicator. `figure` is the position, from 1,
    of the target's figure among those of `printed`; `counts_from` the year at whose end
    an addition begins, where the text prints it."""

    id: Id
    name: Both | None = None
    kind: Kind
    comparator: Comparator | None = None
    value: Span | None = None
    unit: Text | None = None
    printed: Text
    figure: int | None = None
    section: Text
    deadline: Day | None = None
    deadline_printed: bool = False
    counts_from: Year | None = None
    firmness: Literal["committed", "strive"] = "committed"
    reading: Reading | None = None
    flags: tuple[Flag, ...] = ()
    note: Both | None = None
    superseded: Superseded | None = None

    @property
    def stated(self) -> "Target | Reading":
        """What it asks for; of a doubted figure what that must mean."""
        return self.reading or self


class Judgement(Model):
    """How a figure compares with something else, and why a person says so.

    `judged` keeps what each reader said, blind to the other; `comparability` is the outcome. What is not the same
    says what `differs`, the `extent` that the figure covers, and in a `word` for labels what it is instead.
    """

    comparability: Comparability
    reason: Both
    judged: tuple[Comparability, ...] = ()
    differs: tuple[Difference, ...] = ()
    extent: Extent | None = None
    word: Both | None = None


class Pair(Judgement):
    """How a figure compares with one target."""

    target: Id


class Outcome(Judgement):
    """How an observation compares with somebody else's target for its own time: what that came to.

    It is named by its `source` and `period`. Where both are the same as one target, they are the same as each other,
    and nobody says so again.
    """

    source: Id
    period: Period


class Figure(Model):
    """A published figure: an observation, or a target that somebody else set.

    Figures with one `series` measure one and the same thing and must hold together;
    `growth` is the rise over the year before, in %, that the source prints beside the level.
    `unread` says why `printed`, which must state the value with its unit, cannot be read so.
    """

    value: Span
    unit: Text
    comparator: Comparator = "eq"
    period: Period | None = None
    printed: Text
    unread: Unread | None = None
    source: Id
    measure: Measure | None = None
    series: Id | None = None
    growth: Number | None = None
    flags: tuple[Flag, ...] = ()
    pairs: tuple[Pair, ...] = ()
    note: Both | None = None
    superseded: Superseded | None = None


class Rival(Figure):
    kind: Literal["annual_target", "other_target"]
    outcomes: tuple[Outcome, ...] = ()


class Derived(Model):
    """A value that nobody printed, with the sum or difference that gives it (76 + 5 = 81).

    It is shown as derived and never serves as an observation.
    """

    value: Number
    unit: Text
    comparator: Comparator = "eq"
    period: Period | None = None
    arithmetic: Text
    reason: Both
    source: Id | None = None


class Indicator(Model):
    id: Id
    name: Both
    definition: Both
    dimension: Text
    measure: Measure
    direction: Direction
    places: tuple[Id, ...] = ()
    targets: tuple[Target, ...]
    observations: tuple[Figure, ...] = ()
    rivals: tuple[Rival, ...] = ()
    derived: tuple[Derived, ...] = ()

    def measure_of(self, figure: Figure) -> Measure:
        """What a figure of it measures: its own measure, unless the figure says another."""
        return figure.measure or self.measure


class SectorFile(Model):
    """A sector file; its name is the sector's id."""

    name: Both
    indicators: tuple[Indicator, ...]


# Every file beside the sectors' is named after its model. Only a plan whose text has been read to the end has the last.
_MODELS: tuple[type[Model], ...] = (Plan, Sections, Sources, Units, Ledger, Doubts, Gaps)
FILES = {f"{model.__name__.lower()}.yaml": model for model in _MODELS}
OPTIONAL = ("ledger.yaml", "doubts.yaml", "gaps.yaml")
