"""How far inhabitants are: the choice of territories, key figures, curves, the least served."""

from dataclasses import replace

import streamlit as st

from geo.analysis.proximity.proximity import Proximity, proximity
from geo.directory.directory import Directory
from geo.french import NBSP, number, typeset
from geo.output.curves import compared, curve_options, curve_table
from geo.output.html import figures, table
from geo.output.proximity import (
    confidence,
    country_figures,
    least_header,
    least_rows,
    sentences,
)
from geo.query.parameters import COMPARED, DRAWN_KINDS, OUTLINES, WITHIN
from geo.query.selection import Selection
from geo.vocabulary import plural
from pages.components.text import plain

KIND = "departement"
FACETS = {"pratique": "practices", "profil": "profiles", "preuve": "evidence"}
_NAMES = {"pratique": "Pratique", "profil": "Profil", "preuve": "Ce qui les fait connaître"}
_FIRST, _MOST = 10, 100


def choose() -> tuple[str, float]:
    """Draw the choice of territories and of what « within reach » means."""
    if st.session_state.get(OUTLINES.name) not in DRAWN_KINDS:
        st.session_state[OUTLINES.name] = KIND
    st.session_state.setdefault(WITHIN.name, WITHIN.kind.text(WITHIN.default))
    left, right = st.columns(2)
    kind = left.selectbox(
        OUTLINES.label,
        DRAWN_KINDS,
        format_func=plural,
        key=OUTLINES.name,
        persist_state="session",
    )
    within = right.selectbox(
        WITHIN.label,
        WITHIN.kind.offers,
        format_func=lambda value: f"{value}{NBSP}km",
        key=WITHIN.name,
        persist_state="session",
    )
    return kind, float(within)


def in_url(kind: str, within_km: float) -> dict[str, str]:
    """Return the parameters of the link and of the files."""
    return {OUTLINES.name: kind, WITHIN.name: f"{within_km:g}"}


def measure(book: Directory, kind: str, selection: Selection, within_km: float) -> Proximity:
    """Measure every territory of the kind."""
    return proximity(book, kind, selection, within_km)


def figures_of(seen: Proximity) -> None:
    """Say the country in four figures."""
    st.html(figures(country_figures(seen)))


def say(seen: Proximity) -> None:
    """Say how sure the figures are, and what they leave apart."""
    st.caption(plain(confidence(seen)))
    st.markdown("\n".join(f"- {plain(one)}" for one in sentences(seen)))


def curves(book: Directory, selection: Selection) -> dict[str, str]:
    """Draw the share of inhabitants by distance, selections side by side, and the same table.

    Return the parameter of the link.
    """
    st.session_state.setdefault(COMPARED.name, COMPARED.default)
    facet = st.segmented_control(
        COMPARED.label,
        list(FACETS),
        format_func=_NAMES.__getitem__,
        key=COMPARED.name,
        required=True,
        persist_state="session",
    )
    found = compared(book, replace(selection), FACETS[facet or COMPARED.default])
    st.echarts_chart(
        curve_options(found),
        height=420,
        key="courbes",
        alt=typeset(
            "Courbes : part des habitants de France selon la distance au catalyseur le plus "
            "proche ; les mêmes chiffres sont dans le tableau qui suit."
        ),
    )
    header, rows = curve_table(found)
    with st.expander("Les mêmes chiffres, en tableau", icon=":material/table:"):
        title = "Part des habitants à moins de cette distance"
        st.html(table(title, header, rows, folds=True))
    return {COMPARED.name: facet if facet and facet != COMPARED.default else ""}


def least_served(seen: Proximity) -> None:
    """List the territories whose inhabitants are farthest, and how sure that is."""
    every = len(seen.frame)
    whole = st.toggle(
        typeset(f"Montrer les {min(every, _MOST)} premiers"), key="tous_desservis", value=False
    )
    most = _MOST if whole else _FIRST
    kinds = plural(seen.kind)
    title = f"Les {kinds} les moins desservis"
    st.html(table(title, least_header(seen), least_rows(seen, most), folds=True))
    st.caption(
        plain(
            f"Les {number(min(most, every))} premiers sur {number(every)}, du plus loin au plus "
            "proche en moyenne ; d’abord ceux dont aucun catalyseur n’est placé de ce côté de "
            "l’océan. Tous sont dans les fichiers."
        )
    )
