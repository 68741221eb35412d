"""How the figures come about, and what this site does not say."""

import streamlit as st

from loaders.book import Book
from wording import Language
from wording.texts import say

PARTS = ("targets", "baseline", "comparability", "grades", "units", "findings", "limits")


def show(book: Book, language: Language) -> None:
    """One part under the other; the words stand in texts.yaml."""
    plan = book.plan
    st.title(say(language, "nav.method"))
    years = {"first": plan.first_year, "last": plan.last_year, "base": plan.base_year}
    for part in PARTS:
        st.subheader(say(language, f"method.{part}.title"), anchor=part)
        st.markdown(say(language, f"method.{part}", **years))
    st.caption(say(language, "data.version", updated=plan.updated, report=plan.report[language]))
