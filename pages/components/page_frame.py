"""What frames every page: what the data are, and how to load the network's own register."""

from typing import Final

import streamlit as st

from geo.directory.directory import Directory, directory
from geo.directory.store.open import lost_store
from geo.errors import UNREADABLE, AtlasError
from geo.french import typeset
from geo.output.caption import FICTIVE_NOTICE, NOT_THE_REGISTER
from pages.components.session_user import is_its_users, person
from pages.components.text import plain

_OF_CATALYSTS: Final = {"", "carte", "couverture", "territoire", "catalyseurs", "integrer"}
"""Pages, by their address, that answer by catalysts alone."""


def open_directory() -> Directory:
    """Return the directory in force; a file that cannot be read stops the page with its reason."""
    try:
        return directory()
    except AtlasError as fault:
        st.error(plain(str(fault)), icon=":material/error:")
        st.stop()


def warn_of_fiction() -> None:
    """Say at the top of every page when what it shows is made up."""
    if open_directory().fictive:
        st.error(
            f"**{typeset(FICTIVE_NOTICE)}** Ne les diffusez pas comme réels.",
            icon=":material/science:",
        )


def warn_of_loss() -> None:
    """Say at the top of every page that the base is lost, and what is shown in its place.

    Which file, and how to put it back, is for who can: on a site, its log.
    """
    if lost := lost_store():
        why = lost if is_its_users() else UNREADABLE
        st.error(
            plain(f"{why} En attendant, ces pages montrent les données livrées avec Catalyse."),
            icon=":material/error:",
        )


def say_nothing_yet(page: str) -> None:
    """Say what to do next above a page of catalysts, where the base holds none."""
    if page not in _OF_CATALYSTS or len(open_directory().frame):
        return
    with st.container(key="rien_encore"):
        st.info(
            typeset(f"Cette base ne tient encore aucun catalyseur : {_next_step()}"),
            icon=":material/add_location_alt:",
        )


def _next_step() -> str:
    if person().may_propose:
        return "[apportez-les](/contribuer) par un tableau, chacun avec une pratique ou une preuve."
    return "en attendant, lisez [les ressources](/ressources) pour faire alliance."


def about_the_data(book: Directory) -> None:
    """Say what the catalysts shown are, and are not."""
    if book.fictive or book.frame.empty:
        return
    with st.expander(typeset(f"D’où viennent ces {len(book.frame)} catalyseurs ?")):
        st.markdown(
            f"{typeset(NOT_THE_REGISTER)} Ceux d’ici ont été relevés dans des textes publics ; "
            "chaque fiche dit sa source, sa date et sa précision. La page [Méthode](/methode) les "
            "décrit."
        )
