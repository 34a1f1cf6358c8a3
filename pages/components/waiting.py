"""On every page, for the coordination alone: requests that wait for somebody to take them up."""

import streamlit as st

from geo.errors import AtlasError
from geo.french import count
from pages.components.session_user import person


def waiting_requests(page: str) -> None:
    """Say how many requests nobody has passed on or answered, and lead to them."""
    if page == "demandes" or not (person().may_write and person().may_see_contacts):
        return
    # What it needs is read by the coordination alone: a visitor who reads waits for none of it.
    from geo.directory.requests.figures import waiting_count  # noqa: PLC0415
    from geo.directory.requests.states import today  # noqa: PLC0415
    from geo.directory.store.open import open_store  # noqa: PLC0415

    try:
        number = waiting_count(open_store(), today())
    except AtlasError:  # the page says elsewhere that the base cannot be read
        return
    if number:
        label = count(
            number, "demande de mise en lien attend", "demandes de mise en lien attendent"
        )
        st.page_link("demandes.py", label=label, icon=":material/mark_email_unread:")
