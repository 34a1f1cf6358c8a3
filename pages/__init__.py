"""What a visitor sees: the only place that imports Streamlit."""
