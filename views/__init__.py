"""One module per page, and what the pages share. Streamlit is known here and in dashboard.py only."""
