"""Points to check: the list, the one at hand, and its place put right by dragging or typing."""

from typing import Any, Final

import pandas as pd
import streamlit as st

from geo.directory.ecosystems.rows import where
from geo.directory.geocoding.checklist import checklist, moved
from geo.directory.store.changes import Changes
from geo.directory.store.rows import plain as plain_record
from geo.directory.store.store import Store
from geo.directory.store.worlds import only_real
from geo.directory.withheld import readable
from geo.errors import AtlasError, BadCoordinatesError
from geo.french import NBSP, count, quoted
from geo.output import maps
from geo.query.parameters import RECORD
from geo.query.values import number
from geo.reference.place import Place
from geo.reference.territory import territory
from geo.vocabulary import label
from pages.components.link import current_query
from pages.components.map import Click, show_map
from pages.components.nothing_waits import nothing_waits
from pages.components.place_search import place_search
from pages.components.session_user import person
from pages.components.submit import submit
from pages.components.text import plain

_MOST: Final = 500
_LETTERS: Final = 20
_AROUND: Final = 0.03
_POINT: Final = "nouveau_point"
_POINT_FIELDS: Final = {"longitude", "latitude"}


def places_to_check(store: Store) -> pd.DataFrame:
    """Return the records whose place is doubtful, the least sure first, and say how many."""
    found = checklist(only_real(store.read("actor")))
    if not person().may_write:  # a point that its owner withheld is the coordination's to check
        found = where(found, (not _POINT_FIELDS & {*names} for names in found["withheld"]))
    if found.empty:
        nothing_waits(
            "Aucun point à vérifier.",
            "Ici vient l’acteur dont l’adresse est douteuse ou dont le point tombe hors de sa "
            "commune : vous glissez son repère à sa place sur la carte.",
            "/contribuer",
            "Apporter des acteurs",
        )
        return found
    some = f"{NBSP}; les {_MOST} premiers ici" if len(found) > _MOST else ""
    st.markdown(
        f"**{count(len(found), 'point')} à vérifier**{some}. Glissez le repère à sa place sur la "
        "carte, cliquez où il doit être, ou écrivez ses coordonnées."
    )
    return found.head(_MOST)


def chosen(found: pd.DataFrame) -> dict[str, Any]:
    """Ask which record to look at; the link names it."""
    ids = [str(one) for one in found.index]
    requested_id = current_query()[RECORD] or ids[0]
    names = {
        one: f"{name} ({town})" if town else name
        for one, name, town in zip(ids, found["actor_name"], found["town"], strict=True)
    }
    picked = st.selectbox(
        "Fiche",
        ids,
        index=ids.index(requested_id) if requested_id in ids else 0,
        format_func=names.__getitem__,
        on_change=_forget,
        key=f"verifier_{len(ids)}",
    )
    st.query_params[RECORD.name] = picked
    return plain_record(found.loc[picked].to_dict())


def _forget() -> None:
    st.session_state.pop(_POINT, None)


def put_right(record: dict[str, Any]) -> None:
    """Show where a record stands and why it is doubted; write the place that a person gives."""
    st.warning(plain(record["location_check"]), icon=":material/wrong_location:")
    row = record if person().may_write else readable(record)
    address = " ".join(filter(None, (row["address"], row["postcode"], row["town"])))
    precision = label("precision", record["location_precision"] or "unknown").lower()
    st.caption(plain(f"{address or 'Sans adresse'} — précision{NBSP}: {precision}"))
    lon, lat = _point(record)
    layers = _stated(record["commune_code"])
    bounds = _bounds(record)
    if record["longitude"] is None or record["latitude"] is None:
        bounds = _near() or _bounds(record | {"longitude": lon, "latitude": lat})
    if lon is None or lat is None:
        st.info("Cette fiche n’a aucun point : cliquez sa place sur la carte.")
    else:
        layers.append(maps.place_layer(lon, lat, record["actor_name"], movable=True))
    show_map(
        layers,
        key="verifier",
        title=f"Carte : {record['actor_name']}, à déplacer",
        bounds=bounds,
        on_click=_keep,
        clicks=("place",),
    )
    _write(record, lon, lat)


def _near() -> maps.Bounds | None:
    """Let the map be brought near a place, for a record that has none yet."""
    looked = place_search(
        "lieu_verifier", label="Approcher la carte de", placeholder="Nom de la commune"
    )
    return maps.territory_bounds(*Place.parse(looked)) if looked else None


def _stated(commune_code: str) -> list[dict[str, Any]]:
    """Draw the commune that the record states, when it exists today."""
    try:
        name = territory("commune", commune_code).label
    except AtlasError:
        return []
    return [maps.territory_layer("commune", commune_code, name)]


def _point(record: dict[str, Any]) -> tuple[float | None, float | None]:
    stored = st.session_state.get(_POINT)
    if stored and stored[0] == record["actor_id"]:
        return stored[1], stored[2]
    return record["longitude"], record["latitude"]


def _bounds(record: dict[str, Any]) -> maps.Bounds:
    """Look at a point and at the whole commune that its record states, however far apart."""
    lon, lat = record["longitude"], record["latitude"]
    if lon is None or lat is None:
        return maps.HEXAGONE
    west, south, east, north = lon - _AROUND, lat - _AROUND, lon + _AROUND, lat + _AROUND
    try:
        stated = maps.territory_bounds("commune", record["commune_code"])
    except AtlasError:
        return west, south, east, north
    return (
        min(west, stated[0]),
        min(south, stated[1]),
        max(east, stated[2]),
        max(north, stated[3]),
    )


def _keep(click: Click) -> None:
    st.session_state[_POINT] = (
        current_query(say=False)[RECORD],
        round(click.longitude, 6),
        round(click.latitude, 6),
    )


def _write(record: dict[str, Any], lon: float | None, lat: float | None) -> None:
    """Offer the two numbers, for who has no mouse, and what to do with them."""
    key = f"{record['actor_id']}_{lon}_{lat}"
    with st.form(f"place_{key}", border=False):
        left, right = st.columns(2)
        north = left.text_input("Latitude", _written(lat), max_chars=_LETTERS, key=f"lat_{key}")
        east = right.text_input("Longitude", _written(lon), max_chars=_LETTERS, key=f"lon_{key}")
        wanted = st.form_submit_button(
            "Enregistrer ce point", type="primary", icon=":material/where_to_vote:"
        )
    if not wanted:
        return
    try:
        new = moved(record, _degrees("Longitude", east, 180), _degrees("Latitude", north, 90))
    except AtlasError as fault:
        st.error(plain(str(fault)), icon=":material/error:")
        return
    if submit(Changes.one("actor", new), f"Point vérifié{NBSP}: {quoted(record['actor_name'])}"):
        _forget()
        st.query_params.pop(RECORD.name, None)
        st.rerun()


def _written(degrees: float | None) -> str:
    """Write a coordinate as it is read in French; a point that is not there leaves its field empty.

    A field of numbers would write « 45.800000 », and refuse a decimal comma.
    """
    return "" if degrees is None else str(round(degrees, 6)).replace(".", ",").removesuffix(",0")


def _degrees(name: str, text: str, most: int) -> float:
    """Read a coordinate written with a comma or a point, or say what is wanted."""
    degrees = number(text.strip().replace(",", ".").replace("\N{MINUS SIGN}", "-"))
    if degrees is None or abs(degrees) > most:
        raise BadCoordinatesError(
            f"{name}{NBSP}: écrivez des degrés, de -{most} à {most}, comme 45,8 ou 45.8."
        )
    return degrees
