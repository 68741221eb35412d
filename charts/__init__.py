"""Frozen rows in, plotly figures out: no Streamlit, no files, no clock."""
