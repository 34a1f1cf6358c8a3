"""Contribuer : bring a file, say what its columns mean, see what it changes, then write it."""

import streamlit as st

from geo.directory.contribution import as_seen
from pages.components.session_user import person
from pages.components.submit import book, may_write
from pages.sections.contribuer import (
    contribution,
    file_rows,
    import_preview,
    import_report,
    import_words,
)

st.title("Contribuer", anchor=False)
st.markdown(
    "Apportez votre tableau ou votre carte. **Rien n’est écrit avant votre confirmation**, et tout "
    "peut être annulé depuis l’[historique](/historique)."
)
store = book()
if may_write():
    table = contribution.uploaded_table()
    if table is not None:
        mapping = contribution.columns(store, table)
        mapping = file_rows.about_all_rows(store, table, mapping)
        mapping = import_words.words(table, mapping)
        made = contribution.checked(store, table, mapping)
        if made is not None:
            seen = made if person().may_write else as_seen(made)
            import_report.report(seen)
            import_preview.preview(seen)
            contribution.confirm(store, made)
contribution.template()
