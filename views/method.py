"""How the figures come about, and what this site does not say."""

import streamlit as st

from loaders.book import Book
from views import markup
from wording import Language
from wording.texts import say

PARTS = ("targets", "baseline", "comparability", "grades", "units", "findings", "limits")


def show(book: Book, language: Language) -> None:
    """One part under the other; the words stand in texts.yaml."""
    plan = book.plan
    markup.show(markup.text(say(language, "nav.method"), "h1"))
    years = {"first": plan.first_year, "last": plan.last_year, "base": plan.base_year}
    for part in PARTS:
        markup.show(markup.text(say(language, f"method.{part}.title"), "h2", anchor=part))
        st.markdown(say(language, f"method.{part}", **years))
