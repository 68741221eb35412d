"""What a page does in the browser by itself. Its links switch in place. It outlives its server: it says so, takes no
clicks meanwhile, and is made anew afterwards."""

from pathlib import Path
from secrets import token_hex

import streamlit as st

from wording import Language
from wording.texts import say

# Links come first: they work from the first run on.
_CODE = "\n".join(
    Path(__file__).with_name("control").joinpath(name).read_text(encoding="utf-8") for name in ("links.js", "guard.js")
)
_guard = st.components.v2.component("guard", js=_CODE)


def watch(language: Language, *, soon: bool = False) -> None:
    """Called last: its new name for the run tells the page that all before it has come. The page asks to be made anew
    by itself where there is something newer `soon`."""
    words = {word: say(language, f"guard.{word}") for word in ("away", "back", "reload")}
    _guard(key="guard", data={"words": words, "run": token_hex(8), "soon": soon}, on_again_change=lambda: None)
