"""What an ecosystem has and lacks: profiles, practices, actors alone, ODD without project."""

import streamlit as st

from geo.analysis import programmes
from geo.analysis.ecosystem import Ecosystem
from geo.directory.directory import directory
from geo.french import number
from geo.output.caption import Caption
from geo.output.html import figures
from geo.output.links import gaps_csv
from geo.output.missing import ecosystem_missing
from geo.output.network import actor_links, practice_table, profile_label
from geo.output.records import practice_labels
from geo.query.selection import Selection
from geo.reference.place import Place
from geo.vocabulary import label
from pages.components.ask_link import ask_link
from pages.components.beside import gaps_beside, list_beside
from pages.components.file_button import file_button
from pages.components.filters import also_pills, chosen_selection
from pages.components.needs import near_for, resources_for
from pages.components.paging import one_page

_A_PAGE = 500


def show_gaps(found: Ecosystem) -> None:
    """Show what is missing, then who is there, by profile."""
    what_is_missing(found)
    by_profile(found)


def by_profile(found: Ecosystem) -> None:
    """Count actors by profile, the empty ones included."""
    st.subheader("Acteurs par profil", anchor=False)
    pairs = [(profile_label(str(code)), number(n)) for code, n in found.by_profile.items()]
    if len(found.actors):
        st.html(figures([pair for pair in pairs if pair[1] != "0"]))
    absent = [name for name, quantity in pairs if quantity == "0"]
    st.caption(f"Profils absents : {', '.join(absent) or 'aucun'}.")


def what_is_missing(found: Ecosystem) -> None:
    """Show the gaps: practices, actors without alliance, ODD without project."""
    st.subheader("Ce qui manque", anchor=False)
    if first := ecosystem_missing(found):
        st.html(first)
    missing = found.missing_practices
    if missing:
        st.markdown(f"Aucun acteur connu pour : **{practice_labels(missing)}**.")
        resources_for(missing)
        place = _place(found)
        for code in missing:
            if place:
                near_for(directory(), place, code)
            ask_link(place=place, practice=code, what=label("practice", code))
    else:
        st.markdown("Chaque pratique a au moins un acteur connu.")
    names = found.linked["actor_name"]
    if len(found.actors):
        st.html(practice_table(found.cells, names))
        st.caption(
            "Un acteur qui a plusieurs pratiques compte dans chacune : la somme des cases peut "
            "dépasser le nombre d’acteurs. Touchez un nombre pour voir les acteurs."
        )
    _beside(found)
    if len(found.alone):
        with st.expander(f"Acteurs sans alliance ({len(found.alone)})"):
            st.html(actor_links(one_page(found.alone, "seuls", _A_PAGE).index, names))
    with st.expander(f"ODD sans projet ({len(found.odd_without_project)})"):
        resources_for(odd=found.odd_without_project)


def shown_beside() -> Selection:
    """Return what the visitor asked to see beside the actors: the rest filters nothing here."""
    return Selection(also=chosen_selection().also)


def _beside(found: Ecosystem) -> None:
    """Say apart, when it is asked for, the resource places of the ecosystem's communes."""
    if not found.communes:
        return
    also_pills()
    selection = shown_beside()
    rows = programmes.among(programmes.selected(selection), found.communes)
    gaps_beside(rows)
    list_beside(selection, rows)


def _place(found: Ecosystem) -> str:
    """Return the territory of an ecosystem as an address writes it, where it is one."""
    kind, code = found.record["territory_kind"], found.record["territory_code"]
    return str(Place(kind, code)) if kind and code else ""


def downloads(found: Ecosystem) -> None:
    """Offer the matrix with its empty cells."""
    about = Caption(
        f"Pratiques et profils, {found.record['ecosystem_name']}",
        "sans filtre",
        found.fictive,
        "base de l’écosystème",
        about=found.place,
    )
    file_button(
        "Ce qui manque (CSV)",
        lambda: gaps_csv(found.cells, found.everyone["actor_name"], about),
        f"{about.mark}ce-qui-manque.csv",
        "text/csv",
        icon=":material/table:",
    )
