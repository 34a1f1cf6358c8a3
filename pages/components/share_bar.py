"""« Partager » and « Imprimer », which ``web/scripts/page.js`` hears."""

from typing import Final

import streamlit as st

_BAR: Final = (
    '<p class="actions"><button type="button" data-action="partager">Partager cette vue</button>'
    '<button type="button" data-action="imprimer">Imprimer</button></p>'
)


def share_bar() -> None:
    """Offer to share the address of what is on screen, and to print it."""
    with st.container(key="actions"):
        st.html(_BAR)
