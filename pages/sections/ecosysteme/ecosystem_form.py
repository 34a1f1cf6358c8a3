"""Creating or changing an ecosystem: its place chosen, listed or drawn on the map."""

from typing import Any

import streamlit as st

from geo.directory.ecosystems import (
    EXAMPLE_ID,
    checked_ecosystem,
    checked_perimeter,
    new_id,
    row_of,
    traced,
)
from geo.directory.schema import ECOSYSTEM, PERIMETER
from geo.directory.store.changes import Changes
from geo.errors import AtlasError
from geo.french import count
from geo.output import maps
from geo.output.maps.areas import sketch_layer
from geo.reference import gazetteer
from geo.reference.kinds import any_kind
from geo.reference.place import Place
from geo.reference.territory import territory
from geo.vocabulary import items, label
from pages.components.actor_picker import pick_actors
from pages.components.map import Click, show_map
from pages.components.place_search import place_search
from pages.components.provenance import provenance_fields
from pages.components.store_view import StoreView
from pages.components.submit import submit
from pages.components.text import plain

NEW = "nouveau"
PLACES = {
    "territoire": "Un territoire",
    "communes": "Une liste de communes",
    "dessin": "Un périmètre dessiné",
    "perimetre": "Un périmètre importé",
}


def form_open() -> str:
    """Return the ecosystem whose form is open, ``NEW`` for a new one, nothing when none is."""
    return str(st.session_state.get("ecosysteme_form", ""))


def open_form(ecosystem_id: str) -> None:
    """Open the form of an ecosystem, or close it without an id; a callback."""
    st.session_state["ecosysteme_form"] = ecosystem_id
    st.session_state["coins"] = []


def buttons(ecosystem_id: str, *, example: bool) -> None:
    """Offer to create an ecosystem, to change the one shown, to open the example."""
    with st.container(horizontal=True):
        st.button(
            "Créer un écosystème",
            on_click=open_form,
            args=(NEW,),
            type="secondary" if ecosystem_id else "primary",
            icon=":material/add:",
        )
        if ecosystem_id and not example:
            st.button("Modifier", on_click=open_form, args=(ecosystem_id,), icon=":material/edit:")


def open_example() -> None:
    """Offer to look at the built-in example."""
    st.button(
        "Voir l’exemple : Paris Est Marne & Bois",
        on_click=_show,
        args=(EXAMPLE_ID,),
        icon=":material/visibility:",
    )


def _show(ecosystem_id: str) -> None:
    st.session_state["ecosysteme"] = ecosystem_id


def ecosystem_form(store_view: StoreView, ecosystem_id: str) -> None:
    """Draw the form; what is typed is checked whole before it is written."""
    new = ecosystem_id == NEW
    row = ECOSYSTEM.blank() if new else row_of(store_view.book, "ecosystem", ecosystem_id)
    key = f"eco_{ecosystem_id}_{row['revision']}"
    with st.container(border=True):
        st.header("Nouvel écosystème" if new else "Modifier l’écosystème", anchor=False)
        name = st.text_input("Nom de l’écosystème", row["ecosystem_name"], key=f"{key}_nom")
        place = _place(store_view, row, key)
        values = {**row, "ecosystem_name": name, **_about(store_view, row, key)}
        values |= provenance_fields(row, key)
        with st.container(horizontal=True):
            saved = st.button("Enregistrer l’écosystème", type="primary", icon=":material/save:")
            st.button("Annuler", on_click=open_form, args=("",))
        if saved:
            _save(store_view, values, place, new=new)


def _about(store_view: StoreView, row: dict[str, Any], key: str) -> dict[str, Any]:
    levels = ["", *(item.id for item in items("maturity"))]
    maturity = st.selectbox(
        "Maturité",
        levels,
        levels.index(row["maturity"]),
        format_func=lambda code: label("maturity", code) if code else "Non renseignée",
        key=f"{key}_maturite",
        placeholder="Choisissez",
    )
    added = pick_actors(
        "Acteurs ajoutés, en plus de ceux situés dans le périmètre",
        store_view.offered(row["actor_ids"], row["ecosystem_id"]),
        f"{key}_acteurs",
        row["actor_ids"],
    )
    note = st.text_area("Note, visible de tous", row["note"], key=f"{key}_note")
    return {"maturity": maturity, "actor_ids": added, "note": note}


# --- its place ----------------------------------------------------------------------------------


def _place(store_view: StoreView, row: dict[str, Any], key: str) -> dict[str, Any]:
    """Draw the choice of a place; give its fields, or its corners under « corners »."""
    how = st.radio(
        "Où ?",
        [one for one in PLACES if one != "perimetre" or len(store_view.book["perimeter"])],
        _place_index(row),
        format_func=PLACES.__getitem__,
        horizontal=True,
        key=f"{key}_ou",
    )
    if how == "communes":
        return {"commune_codes": _communes(row, key)}
    if how == "dessin":
        return {"corners": _corners()}
    if how == "perimetre":
        return {"perimeter_id": _imported(store_view, row, key)}
    return _territory(row)


def _place_index(row: dict[str, Any]) -> int:
    if row["perimeter_id"]:
        return list(PLACES).index("perimetre")
    return 1 if row["commune_codes"] else 0


def _territory(row: dict[str, Any]) -> dict[str, Any]:
    if row["territory_code"]:
        current = Place(row["territory_kind"], row["territory_code"])
        st.session_state.setdefault("territoire_eco", str(current))
    chosen = place_search(
        "territoire_eco",
        label=any_kind(),
        placeholder="Paris Est Marne & Bois, Ardèche…",
    )
    if not chosen:
        return {}
    found = territory(*Place.parse(chosen))
    st.caption(f"Choisi : {plain(found.label)}, {count(found.commune_count, 'commune')}.")
    return {"territory_kind": found.kind, "territory_code": found.code}


def _communes(row: dict[str, Any], key: str) -> list[str]:
    state_key = f"{key}_communes"
    chosen: list[str] = st.session_state.setdefault(f"{state_key}_codes", [*row["commune_codes"]])
    typed = st.text_input(
        "Ajouter des communes : nom ou code postal",
        key=f"{state_key}_mots",
        max_chars=80,
        live=True,
    )
    found = gazetteer.search(typed, 8, ["commune"]) if len((typed or "").strip()) > 1 else []
    offered = {place.code: place.label for place in found}
    offered |= {code: territory("commune", code).label for code in chosen}
    st.session_state[state_key] = chosen
    picked = st.multiselect(
        "Communes",
        list(offered),
        format_func=offered.__getitem__,
        key=state_key,
        placeholder="Cherchez puis choisissez",
        select_all=False,
    )
    st.session_state[f"{state_key}_codes"] = [str(code) for code in picked]
    return [str(code) for code in picked]


def _imported(store_view: StoreView, row: dict[str, Any], key: str) -> str:
    names = store_view.book["perimeter"]["perimeter_name"]
    ids = [str(one) for one in names.index]
    picked = st.selectbox(
        "Périmètre",
        ids,
        ids.index(row["perimeter_id"]) if row["perimeter_id"] in ids else 0,
        format_func=lambda one: str(names[one]),
        key=f"{key}_perimetre",
        placeholder="Choisissez",
    )
    return str(picked or "")


@st.fragment
def _map_of_corners() -> None:
    """Draw the map where a click adds a corner; only this part of the page runs again."""
    corners: list[tuple[float, float]] = st.session_state.setdefault("coins", [])
    st.markdown(
        "Touchez la carte à chaque coin du périmètre, dans l’ordre, en faisant le tour. Il se "
        "referme seul. Sans souris ni écran tactile, choisissez plutôt une liste de communes."
    )
    looked = place_search(
        "lieu_dessin", label="Regarder un lieu", placeholder="Par exemple : Nogent-sur-Marne"
    )
    show_map(
        [sketch_layer(corners)],
        key="dessin",
        title=f"Carte pour dessiner un périmètre : {count(len(corners), 'coin')}",
        bounds=maps.territory_bounds(*Place.parse(looked)) if looked else maps.HEXAGONE,
        on_click=_add_corner,
        clicks=("place",),
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{count(len(corners), 'coin')}**")
        st.button(
            "Enlever le dernier coin", on_click=_drop_corner, disabled=not corners,
            icon=":material/undo:",
        )  # fmt: skip
        st.button("Recommencer le tracé", on_click=_no_corner, disabled=not corners)


def _corners() -> list[tuple[float, float]]:
    _map_of_corners()
    return list(st.session_state.get("coins", []))


def _add_corner(click: Click) -> None:
    corner = (round(click.longitude, 6), round(click.latitude, 6))
    st.session_state["coins"] = [*st.session_state.get("coins", []), corner]


def _drop_corner() -> None:
    st.session_state["coins"] = st.session_state["coins"][:-1]


def _no_corner() -> None:
    st.session_state["coins"] = []


def _save(
    store_view: StoreView, values: dict[str, Any], place: dict[str, Any], *, new: bool
) -> None:
    empty = {"territory_kind": "", "territory_code": "", "commune_codes": [], "perimeter_id": ""}
    if new:
        values["ecosystem_id"] = new_id("ecosysteme", values["ecosystem_name"])
    try:
        changes = Changes()
        if "corners" in place:
            perimeter = _perimeter(values, place["corners"])
            place = {"perimeter_id": perimeter["perimeter_id"]}
            changes = Changes.one("perimeter", perimeter)
        ids = [record["perimeter_id"] for record in changes.put.get("perimeter", ())]
        record = checked_ecosystem(values | empty | place, store_view.book, ids)
    except AtlasError as fault:
        st.error(plain(str(fault)), icon=":material/error:")
        return
    verb = "Nouvel écosystème" if new else "Modification de l’écosystème"
    changes += Changes.one("ecosystem", record)
    if submit(changes, f"{verb} : {record['ecosystem_name']}"):
        open_form("")
        st.session_state["ecosysteme_cree"] = record["ecosystem_id"]
        st.rerun()


def _perimeter(values: dict[str, Any], corners: list[tuple[float, float]]) -> dict[str, Any]:
    name = f"Périmètre de {values['ecosystem_name'] or 'l’écosystème'}"
    return checked_perimeter(
        {
            **PERIMETER.blank(),
            "perimeter_id": new_id("perimetre", name),
            "perimeter_name": name,
            "geojson": traced(corners),
            "status": "publiee",
        }
    )


def just_created() -> None:
    """Show the ecosystem that was just written, before the choice is drawn."""
    made = st.session_state.pop("ecosysteme_cree", "")
    if made:
        st.session_state["ecosysteme"] = made
