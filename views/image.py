"""The image control: one worded button per chart, made in the visitor's browser.

It draws a print figure from `charts/` with the plotly.js that the installed wheel
carries; nothing is fetched from elsewhere and the server needs no browser.
"""

import shutil
from importlib.metadata import version
from pathlib import Path

import plotly
import streamlit as st

from wording import Language
from wording.texts import say

STATIC = Path(__file__).resolve().parent.parent / "static"
SCRIPT = f"plotly-{version('plotly')}.min.js"


def provide_script() -> None:
    """Put the wheel's plotly.js where Streamlit serves it. Where that fails the control says so."""
    source = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    target = STATIC / SCRIPT
    try:
        if target.exists() and target.stat().st_size == source.stat().st_size:
            return
        STATIC.mkdir(exist_ok=True)
        part = target.with_suffix(".part")
        shutil.copyfile(source, part)
        part.replace(target)
    except OSError as error:
        print(f"images: plotly.js could not be put into {STATIC}: {error}")


# The files' text, not their paths: Streamlit takes a path only from an installed package.
_PARTS = {part: Path(__file__).with_name("control") / f"image.{part}" for part in ("html", "css", "js")}
_TEXTS = {part: path.read_text(encoding="utf-8") for part, path in _PARTS.items()}

_control = st.components.v2.component("image_control", html=_TEXTS["html"], css=_TEXTS["css"], js=_TEXTS["js"])


def control(sheet: str, name: str, language: Language, key: str) -> None:
    """The control for one print figure, given as JSON; `name` is the file name without its ending."""
    words = {word: say(language, f"image.{word}") for word in ("open", "png", "svg", "busy", "failed")}
    words["done"] = say(language, "image.done", file="{file}")
    _control(key=key, data={"figure": sheet, "name": name, "script": SCRIPT, "words": words})
