"""What a file would write, before it is written: new records, differences, and their map."""

import re
import time
from collections.abc import Callable
from typing import Final

import pandas as pd
import streamlit as st

from geo.directory.contribution import Contribution
from geo.directory.importing.report import value_text
from geo.directory.schema import ACTOR
from geo.directory.withheld import without_withheld
from geo.french import count
from geo.output import maps
from geo.output.maps.actors import actor_layer, actor_legend, located_only, publish_actors
from geo.vocabulary import label, vocabularies
from pages.components.map import show_map
from pages.components.sortable import sortable
from pages.components.text import plain

_SHOWN: Final = 500
_MAP_S: Final = 600
_MARGIN: Final = 0.02
_WIDEST: Final = 20.0


def in_words(field: str, codes: str) -> str:
    """Write the codes of a field as a person reads them; anything else stays as it is."""
    known = next((one.vocabulary for one in ACTOR.fields if one.name == field), "")
    ids = vocabularies()[known].ids() if known else ()
    parts = re.split(r"[;,] ", codes)
    return ", ".join(label(known, one) for one in parts) if {*parts} <= {*ids} else codes


def preview(made: Contribution) -> None:
    """Show what would be written: new records, differences, and where they are."""
    new, changed = made.plan.new, made.plan.changed
    if new:
        frame = pd.DataFrame(new[:_SHOWN])[["actor_name", "profile", "town", "location_precision"]]
        st.subheader(plain(count(len(new), "nouvelle fiche", "nouvelles fiches")), anchor=False)
        frame["profile"] = [label("any_profile", one) for one in frame["profile"]]
        frame["location_precision"] = [
            label("precision", one or "unknown") for one in frame["location_precision"]
        ]
        frame.columns = ["Nom", "Profil", "Ville", "Précision du lieu"]
        sortable(frame, {}, "Acteurs nouveaux", height=300)
        if len(new) > _SHOWN:
            st.caption(f"Les {_SHOWN} premières ici, toutes dans le rapport complet.")
    if changed:
        rows = [
            [
                update.record["actor_name"],
                one.label,
                in_words(one.field, value_text(one.old)),
                in_words(one.field, value_text(one.new)),
            ]
            for update in changed[:_SHOWN]
            for one in update.fields
        ]
        title = count(len(changed), "fiche modifiée", "fiches modifiées")
        st.subheader(plain(title), anchor=False)
        frame = pd.DataFrame(rows, columns=["Fiche", "Champ", "Avant", "Après"])
        sortable(frame, {}, "Champs modifiés", height=300)
    _map([*new, *(update.record for update in changed)])


def _map(records: list[dict[str, object]]) -> None:
    if not records:
        return
    frame = without_withheld(pd.DataFrame(records).set_index("actor_id", drop=False))
    frame["longitude"] = frame["longitude"].astype(float)
    frame["latitude"] = frame["latitude"].astype(float)
    here = located_only(frame)
    st.caption(f"{count(len(here), 'fiche')} sur la carte, {len(frame) - len(here)} sans point.")
    if here.empty:
        return
    st.html(actor_legend(here))
    show_map(
        [actor_layer(here, publish_actors(here, _for_a_while(), of="import"))],
        key="import",
        title=f"Carte : {len(here)} fiches du fichier",
        bounds=_bounds(here),
    )


def _for_a_while() -> Callable[[], bool]:
    """Return what tells whether a map not written yet may still be asked for."""
    end = time.monotonic() + _MAP_S
    return lambda: time.monotonic() < end


def _bounds(here: pd.DataFrame) -> maps.Bounds:
    """Look at the records; across oceans, at the mainland, from where the rest is a button away."""
    west, east = here["longitude"].min(), here["longitude"].max()
    if east - west > _WIDEST:
        return maps.HEXAGONE
    south, north = here["latitude"].min(), here["latitude"].max()
    return west - _MARGIN, south - _MARGIN, east + _MARGIN, north + _MARGIN
