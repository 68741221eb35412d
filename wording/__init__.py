"""Every word of ours and every number format that a person sees, in Chinese and English."""

from typing import Literal

# A language, and behind the dash the other language's units: what a reader chose to see.
Language = Literal["zh", "en", "zh-international", "en-chinese"]
LANGUAGES = ("zh", "en")
UNITS = ("chinese", "international")
LOCAL_UNITS: tuple[Language, ...] = ("zh", "en-chinese")


def reader(language: str, units: str) -> Language:
    """The words of one language with the units of another; its own where `units` is none of UNITS."""
    if language == "zh":
        return "zh-international" if units == "international" else "zh"
    return "en-chinese" if units == "chinese" else "en"
