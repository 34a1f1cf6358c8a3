"""A person who asks to be forgotten is looked for in every state, deleted contacts included."""

from typing import Any, Final

import streamlit as st

from geo.directory.contacts import known_people
from geo.directory.store.lookup import row_at
from geo.directory.store.store import Store
from geo.errors import AtlasError
from geo.french import count, quoted, typeset
from pages.components.erasing import erasing
from pages.components.text import plain

_MOST: Final = 20
_WHY: Final = (
    "Un contact supprimé, seul ou avec son organisation, reste chiffré dans l’historique : "
    "cherchez-le ici pour l’effacer."
)


def people(store: Store) -> None:
    """Find a person by name or e-mail in the base and all its past, and erase them."""
    with st.expander("Effacer une personne qui le demande", icon=":material/delete_forever:"):
        st.caption(typeset(_WHY))
        text = st.text_input("Nom ou courriel de la personne", key="personne", max_chars=200)
        if not text.strip():
            return
        try:
            found = known_people(store, text)
        except AtlasError as fault:
            st.error(plain(str(fault)), icon=":material/error:")
            return
        st.caption(typeset(_quantity(len(found))))
        there = {*store.read("contact").index}
        for contact_id, row in found.head(_MOST).iterrows():
            _one(store, str(contact_id), dict(row), is_there=contact_id in there)


def _quantity(quantity: int) -> str:
    if not quantity:
        return "Aucun contact de ce nom, ni aujourd’hui ni dans l’historique."
    more = f", dont voici les {_MOST} premiers : précisez" if quantity > _MOST else ""
    return f"{count(quantity, 'contact')}{more}."


def _one(store: Store, contact_id: str, row: dict[str, Any], *, is_there: bool) -> None:
    name = row["contact_name"] or row["contact_email"]
    st.header(plain(name), anchor=False)
    where = _organisation(store, str(row["actor_id"]))
    state = "contact dans la base" if is_there else "contact supprimé, encore dans l’historique"
    st.caption(plain(", ".join(one for one in (row["contact_email"], where, state) if one)))
    if row["now"] and row["now"] != row["contact_name"]:
        st.caption(
            typeset(
                f"Ce contact est aujourd’hui celui de {quoted(row['now'])} : l’effacer efface les "
                "deux."
            )
        )
    erasing(store, contact_id)


def _organisation(store: Store, actor_id: str) -> str:
    actors = store.read("actor")
    at = row_at(actors, actor_id)
    return "organisation supprimée" if at is None else str(actors["actor_name"].array[at])
