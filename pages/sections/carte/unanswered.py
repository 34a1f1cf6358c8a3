"""Requests that nobody could answer, on the map of the coordination alone: gaps of another kind."""

from typing import Any

import streamlit as st

from geo.directory.requests.figures import unanswered_by_departement
from geo.directory.requests.states import today
from geo.directory.store.open import open_store
from geo.errors import AtlasError
from geo.french import NBSP, count
from geo.output import maps
from geo.reference.territory import territory
from pages.components.session_user import person
from pages.components.text import plain


def _counts() -> dict[str, int]:
    if not person().may_see_contacts:
        return {}
    try:
        return unanswered_by_departement(open_store(), today())
    except AtlasError:  # the page says elsewhere that the base cannot be read
        return {}


def _departement_label(code: str, number: int) -> str:
    return f"{territory('departement', code).label}{NBSP}: {_many(number)}"


def _many(number: int) -> str:
    return count(number, "demande sans réponse", "demandes sans réponse")


def layers() -> list[dict[str, Any]]:
    """Draw the départements that such requests came from."""
    found = _counts().items()
    return [
        maps.territory_layer("departement", code, _departement_label(code, n)) for code, n in found
    ]


def say() -> None:
    """Say the same in words, with the way to the queue."""
    found = _counts()
    if not found:
        return
    where = " ; ".join(_departement_label(code, number) for code, number in found.items())
    st.warning(plain(f"Contours, pour la coordination seule : {where}."), icon=":material/hearing:")
    st.page_link("demandes.py", label="Voir les demandes", icon=":material/inbox:")
