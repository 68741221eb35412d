"""Addresses of the page that once showed one sector lead to the overview with that sector chosen."""

import streamlit as st

from views import address, markup


def leave() -> None:
    """One step back leads to where the reader came from, not to this page again."""
    chosen = st.query_params.get_all("id")[-1:] or st.query_params.get_all("sector")[-1:]
    markup.become(address.page("", **({"sector": chosen[0]} if chosen else {})))
