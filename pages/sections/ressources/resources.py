"""Resources on screen: their filters, their sentence, the list, what is still awaited."""

import pandas as pd
import streamlit as st

from geo.analysis.resources import ResourceChoice, silent
from geo.directory.resources import expected
from geo.french import count, typeset
from geo.output.resources import expected_table, resource_list
from geo.query import parameters as p
from geo.query.parameter import in_address
from pages.components.filters import drawer, facet_pills, text_filter
from pages.components.store_view import choose_one
from pages.components.text import plain

_SILENT = {
    "practices": "les pratiques",
    "step": "l’étape",
    "odd": "les ODD",
    "profiles": "les profils",
    "maturity": "la maturité",
}


def filters() -> ResourceChoice:
    """Draw the filters, kept in the link; give the choice they make."""
    facet_pills(p.PRACTICE)
    folded = (p.NATURE, p.STEP, p.ODD, p.MATURITY, p.PROFILE, p.TEXT)
    with drawer("Plus de filtres", sum(bool(st.session_state.get(one.name)) for one in folded)):
        cells = st.columns(4)
        with cells[0]:
            nature = choose_one(p.NATURE.label, p.NATURE.name, "resource_kind", "Toutes")
        with cells[1]:
            step = choose_one(p.STEP.label, p.STEP.name, "project_step", "Toutes")
        with cells[2]:
            odd = choose_one(p.ODD.label, p.ODD.name, "odd", "Tous")
        with cells[3]:
            maturity = choose_one(p.MATURITY.label, p.MATURITY.name, "maturity", "Toutes")
        facet_pills(p.PROFILE)
        text_filter()
    return ResourceChoice(
        tuple(st.session_state.get(p.PRACTICE.name) or ()),
        tuple(st.session_state.get(p.PROFILE.name) or ()),
        nature,
        step,
        odd,
        maturity,
        str(st.session_state.get(p.TEXT.name, "")).strip(),
    )


def in_url(choice: ResourceChoice) -> dict[str, str | list[str]]:
    """Return the parameters of the link that other pages do not share."""
    return in_address(
        {
            p.NATURE: choice.nature,
            p.STEP: choice.step,
            p.ODD: choice.odd,
            p.MATURITY: choice.maturity,
        }
    )


def _reset() -> None:
    for one in (p.PRACTICE, p.PROFILE):
        st.session_state[one.name] = []
    for other in (p.NATURE, p.STEP, p.ODD, p.MATURITY, p.TEXT):
        st.session_state[other.name] = ""


def say(choice: ResourceChoice, found: pd.DataFrame, every: pd.DataFrame) -> None:
    """Say the choice and its count, how many say nothing of it, and offer to see them all."""
    with st.container(gap="small"):
        st.markdown(f"**{plain(choice.sentence(len(found)))}**")
        criteria = [name for name in _SILENT if getattr(choice, name)]
        if criteria:
            parts = [
                f"{_SILENT[name]}, {count(silent(every, name), 'ressource')}" for name in criteria
            ]
            st.caption(
                typeset(
                    "Une ressource n’est gardée que si sa source le dit. Sources muettes sur : "
                    f"{' ; '.join(parts)} (sur {len(every)})."
                )
            )
        if choice.filters():
            st.button(
                "Enlever les filtres",
                key="reset_ressources",
                on_click=_reset,
                icon=":material/filter_alt_off:",
                type="tertiary" if len(found) else "primary",
            )


def show(found: pd.DataFrame) -> None:
    """List the resources."""
    if len(found):
        st.header("Le catalogue", anchor=False)
        st.html(resource_list(found))


def announced(every: pd.DataFrame) -> None:
    """Say which lists the network announces, and how many of their items are missing."""
    lists = expected(every)
    total, missing = (sum(getattr(one, name) for one in lists) for name in ("announced", "missing"))
    st.header("Ce qui est attendu du réseau", anchor=False)
    st.markdown(
        typeset(
            f"**{missing} éléments manquent sur {total} annoncés.** Le réseau en dit le nombre, "
            "aucun texte public n’en dit les noms : personne ne les invente ici. Un fichier chargé "
            "par la coordination les complète. Qui les annonce : page [Méthode](/methode)."
        )
    )
    st.html(expected_table(lists))
