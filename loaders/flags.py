"""What a flag may stand on."""

from loaders.parsed import Parsed, Problems


def flags(parsed: Parsed) -> Problems:
    """`undated` and a period exclude each other; a reading needs its flag; a start can be inferred only of what counts
    from somewhere and does not print from where."""
    for at in parsed.figures():
        if (at.thing.period is None) != ("undated" in at.thing.flags):
            yield at.problem((), "undated", "one of the two", "both" if at.thing.period else "neither")
    for target in parsed.targets():
        if (target.thing.reading is not None) != ("suspected-misprint" in target.thing.flags):
            yield target.problem((), "reading-flag", "both or neither", "one of them")
        starts_at_zero = target.thing.kind in ("increment", "cumulative") and target.thing.counts_from is None
        if "zero-inferred" in target.thing.flags and not starts_at_zero:
            wanted = "an increment or a cumulative target whose start is not printed"
            yield target.problem(("flags",), "zero-flag", wanted, target.thing.kind)
