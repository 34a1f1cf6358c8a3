"""Catalysts in a sortable table, and one catalyst's own page."""

from urllib.parse import quote

import pandas as pd
import streamlit as st

from geo.directory.directory import Directory
from geo.directory.schema import ACTOR
from geo.directory.store.published import published
from geo.errors import AtlasError
from geo.output import maps
from geo.output.cards import CATALYST_PAGE, place_of, practice_tags, source_html
from geo.output.html import facts
from geo.output.records import practice_labels, records
from geo.query.parameters import RECORD
from geo.reference.territory import territory
from geo.vocabulary import label
from pages.components.completion import completion
from pages.components.link import current_query
from pages.components.map import show_map
from pages.components.page_frame import map_records
from pages.components.submit import book as open_book
from pages.components.text import plain
from pages.sections.acteurs.actor_form import correction
from pages.sections.acteurs.contacts import contacts

_ZOOM = 0.25


def catalyst_table(rows: pd.DataFrame) -> None:
    """Show catalysts as a table to sort and search; each name opens its own page."""
    table = pd.DataFrame(
        [
            {
                "fiche": f"{CATALYST_PAGE}{quote(record['catalyst_id'])}#{record['catalyst_name']}",
                "où": place_of(record),
                "pratiques": practice_labels(record["practices"]),
                "profil": label("any_profile", record["profile"]),
                "preuve": label("evidence", record["evidence"]),
                "source": record["source_title"] or record["source_url"],
                "note": record["note"],
            }
            for record in records(rows)
        ]
    )
    st.dataframe(
        table,
        hide_index=True,
        height=min(38 * len(table) + 42, 640),
        column_config={
            "fiche": st.column_config.LinkColumn(
                "Catalyseur", display_text="#(.*)$", width="medium"
            ),
            "où": st.column_config.TextColumn("Lieu connu"),
            "pratiques": st.column_config.TextColumn("Pratiques"),
            "profil": st.column_config.TextColumn("Profil"),
            "preuve": st.column_config.TextColumn("Preuve publique"),
            "source": st.column_config.TextColumn("Source"),
            "note": st.column_config.TextColumn("Note"),
        },
    )


def open_one(rows: pd.DataFrame) -> None:
    """Offer to open a page by its name: a keyboard does not reach the links of a table."""

    def follow() -> None:
        if st.session_state["ouvrir"]:
            st.query_params[RECORD.name] = st.session_state["ouvrir"]

    names = rows["catalyst_name"].to_dict()
    st.selectbox(
        "Ouvrir une fiche",
        [*names],
        index=None,
        format_func=lambda one: str(names.get(one, one)),
        placeholder="Nom du catalyseur",
        key="ouvrir",
        on_change=follow,
    )


def requested_catalyst(book: Directory) -> str:
    """Give the catalyst that the link names; one that does not exist is said and left out."""
    catalyst_id = current_query()[RECORD]
    if not catalyst_id:
        return ""
    try:
        book.catalyst(catalyst_id)
    except AtlasError as fault:
        st.warning(plain(str(fault)), icon=":material/link_off:")
        return ""
    return catalyst_id


def show_catalyst(book: Directory, catalyst_id: str) -> None:
    """Show one catalyst: what is known, how well, and from where."""
    rows = book.frame.loc[[catalyst_id]]
    record = records(rows)[0]
    st.page_link("catalyseurs.py", label="Tous les catalyseurs", icon=":material/arrow_back:")
    st.title(plain(record["catalyst_name"]), anchor=False)
    st.html(f"<p>{practice_tags(record)}</p>")
    left, right = st.columns([5, 6], gap="medium")
    with left:
        st.html(facts(_facts(record)))
        st.html(f'<p class="source">Source : {source_html(record)}</p>')
        if record["website"]:
            st.link_button(
                "Site de l’organisation", record["website"], icon=":material/open_in_new:"
            )
        _reach(catalyst_id)
        _territories(record)
    with right:
        _map(book, rows, record["catalyst_name"])
    completion(open_book(), catalyst_id)
    correction(catalyst_id)


def _reach(catalyst_id: str) -> None:
    """Show how to write to the organisation, and to whom among those who consented."""
    store = open_book()
    public = published(store, "actor")
    if catalyst_id not in public.index:
        return
    row = public.loc[catalyst_id]
    names = [name for name in ("email", "phone") if row[name]]
    if names:
        st.html(facts([(ACTOR.field(name).label, str(row[name])) for name in names]))
    contacts(store, catalyst_id)


def _facts(record: dict[str, str]) -> list[tuple[str, str]]:
    basis = record["practices_basis"]
    known = [
        ("Profil", label("any_profile", record["profile"])),
        ("Lieu connu", place_of(record)),
        ("Précision du lieu", label("precision", record["location_precision"])),
        ("Portée déclarée", _scope(record["scope"])),
        ("Preuve publique", label("evidence", record["evidence"])),
        ("Origine des pratiques", label("basis", basis) if basis else ""),
        ("Note", record["note"]),
    ]
    return [(term, value) for term, value in known if value]


def _scope(scope: str) -> str:
    if scope in {"", "national"}:
        return "Nationale" if scope else "Non renseignée"
    found = territory(*scope.split(":", 1))
    return f"{label('territory_kind', found.kind)} : {found.label}"


def _territories(record: dict[str, str]) -> None:
    codes = {kind: record[f"{kind}_code"] for kind in ("commune", "departement", "region")}
    for kind, code in codes.items():
        if code:
            st.page_link(
                "territoire.py",
                label=f"Voir le territoire : {territory(kind, code).label}",
                query_params={"territoire": f"{kind}:{code}"},
                icon=":material/map:",
            )


def _map(book: Directory, rows: pd.DataFrame, name: str) -> None:
    row = rows.iloc[0]
    if pd.isna(row["longitude"]):
        _area_map(row, name)
        return
    west, south, east, north = maps.catalyst_bounds(rows) or maps.HEXAGONE
    show_map(
        [maps.catalyst_layer(rows, map_records(book))],
        key="fiche",
        title=f"Carte : {name}",
        bounds=(west - _ZOOM, south - _ZOOM, east + _ZOOM, north + _ZOOM),
    )


def _area_map(row: pd.Series, name: str) -> None:
    """Show the area a catalyst is known to, for want of a point."""
    precision = row["location_precision"]
    code = row[f"{precision}_code"] if precision in {"departement", "region"} else ""
    if not code:
        st.info("Aucun lieu connu : cette fiche n’a pas de carte.", icon=":material/location_off:")
        return
    area = territory(precision, code)
    show_map(
        [maps.territory_layer(precision, code, area.label)],
        key="fiche_zone",
        title=f"Carte : {name} est connu pour {area.label}, sans lieu plus précis",
        bounds=maps.territory_bounds(precision, code),
    )
    st.caption(f"Connu pour {area.label}, sans lieu plus précis : aucun point n’est inventé.")
