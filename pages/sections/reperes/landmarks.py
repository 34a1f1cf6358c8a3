"""Dated figures on screen, those left out, and the official indicators."""

from itertools import groupby

import streamlit as st

from geo.analysis.national_indicators import national_figures
from geo.directory.landmarks import Landmark, landmarks
from geo.errors import AtlasError
from geo.french import count, typeset
from geo.output.landmarks import contradicted_table, landmark_table, national_table
from pages.components.text import plain


def _read() -> tuple[Landmark, ...]:
    try:
        return landmarks()
    except AtlasError as fault:
        st.error(plain(str(fault)), icon=":material/error:")
        st.stop()


def introduction() -> None:
    """Say what these figures are: mostly opinions, dated, of those who were asked."""
    found = _read()
    kept = sum(one.is_shown for one in found)
    st.markdown(
        typeset(
            f"**{count(kept, 'repère')}**, relevés dans des textes publics, surtout de "
            "l’Observatoire des partenariats. Ce sont des parts de personnes ou d’organisations "
            "interrogées une année donnée : une opinion n’est pas une pratique, et deux années ne "
            "se comparent que si la question est la même."
        )
    )


def shown() -> None:
    """Show the figures by topic, in the order of their first appearance."""
    kept = [one for one in _read() if one.is_shown]
    order = [*dict.fromkeys(one.topic for one in kept)]
    kept.sort(key=lambda one: order.index(one.topic))
    for topic, group in groupby(kept, key=lambda one: one.topic):
        st.html(landmark_table(topic, group))


def left_out() -> None:
    """Count the figures that their sources contradict; their values are shown nowhere."""
    gone = [one for one in _read() if not one.is_shown]
    st.header("Ce qui n’est pas montré", anchor=False)
    who = count(len(gone), "repère n’est pas montré", "repères ne sont pas montrés")
    st.markdown(typeset(f"**{who}** : leurs sources se contredisent." if gone else "Rien."))
    if gone:
        st.html(contradicted_table(gone))


def official() -> None:
    """Show the official indicators in force, for France whole."""
    st.header("Indicateurs officiels", anchor=False)
    st.html(national_table(national_figures()))
    st.caption(
        typeset(
            "Sommes ou rapports des 18 régions ; par territoire, voyez les pages Carte et "
            "Territoire."
        )
    )
