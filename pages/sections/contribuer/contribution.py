"""A file brought by a team, step by step: read, columns, verification, preview, confirmation."""

import hashlib
from functools import partial
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo.directory.contribution import Contribution, dry_run, remembered, to_write
from geo.directory.geocoding.cache import Cache
from geo.directory.geocoding.geocoder import geocoder
from geo.directory.importing.apart import read_apart
from geo.directory.importing.fields import TARGETS
from geo.directory.importing.limits import limits_in_force
from geo.directory.importing.mapping import Mapping
from geo.directory.importing.mapping_reasons import reasons
from geo.directory.importing.presets import PRESETS
from geo.directory.importing.propose_mapping import propose
from geo.directory.importing.table import Table
from geo.directory.store.store import Store
from geo.errors import AtlasError
from geo.french import NBSP, count, quoted, typeset
from geo.output.html import titled
from pages.components.client import client_address
from pages.components.submit import submit
from pages.components.text import plain
from pages.components.uploads import ask_file

_CONTENT: Final = "contribution_contenu"
_LEFT_OUT: Final = "— ne pas importer —"


def uploaded_table() -> Table | None:
    """Ask for a file and read it; a file that cannot be read is refused in one sentence."""
    brought = ask_file(
        "Votre fichier",
        help="CSV, classeur Excel ou LibreOffice, GeoJSON, GeoPackage, KML ou KMZ, GPX, GML, "
        "FlatGeobuf, Parquet, Shapefile dans un .zip, exports de uMap et de GoGoCarto. Un fichier "
        "de polygones apporte des périmètres.",
    )
    if brought is None:
        return None
    content = brought.getvalue()
    st.session_state[_CONTENT] = hashlib.sha256(content).hexdigest()
    try:
        with st.spinner("Lecture du fichier…"):
            table = _read(content, brought.name, client_address())
    except AtlasError as fault:
        st.error(plain(str(fault)), icon=":material/error:")
        return None
    about = f"{count(len(table), 'ligne')}, {count(len(table.columns), 'colonne')}"
    st.markdown(f"**{plain(table.name)}**{NBSP}: {about}.")
    for notice in table.notices:
        st.caption(plain(notice))
    return table


@st.cache_resource(max_entries=3, ttl=1800, show_spinner=False)
def _read(content: bytes, name: str, _client: str) -> Table:
    return read_apart(content, name, limits=limits_in_force(), client=_client)


def columns(store: Store, table: Table) -> Mapping:
    """Show the mapping proposed, to be changed; give the one that is chosen."""
    proposed = mapping = propose(table, remembered(store))
    st.header("Les colonnes", anchor=False)
    st.caption(_origin(proposed))
    left = proposed.unmapped(table)
    why = reasons(table, proposed)
    for column in table.columns:
        if column not in left:
            mapping = _column(table, mapping, column, why.get(column, ""))
    if left:
        title = plain(count(len(left), "colonne laissée de côté", "colonnes laissées de côté"))
        with st.expander(title, icon=":material/visibility_off:"):
            for column in left:
                mapping = _column(table, mapping, column, "")
    return mapping


def _column(table: Table, mapping: Mapping, column: str, why: str) -> Mapping:
    """Ask what one column becomes, beside its name and what it holds."""
    labels = {"": _LEFT_OUT, **{target.name: target.label for target in TARGETS}}
    known = mapping.field_of(column)
    left, right = st.columns([1, 1], vertical_alignment="center")
    example = _example(table, column)
    more = " · ".join(one for one in (example and f"par exemple {quoted(example)}", why) if one)
    left.html(titled(column, more))
    chosen = right.selectbox(
        plain(f"La colonne {quoted(column)} devient"),
        [*labels],
        index=[*labels].index(known) if known in labels else 0,
        format_func=labels.__getitem__,
        label_visibility="collapsed",
        key=f"colonne_{_mark(table)}_{table.columns.index(column)}",
    )
    return mapping if chosen == known else mapping.with_(column, chosen)


def _origin(mapping: Mapping) -> str:
    preset = next((one for one in PRESETS if one.id == mapping.preset), None)
    if preset:
        return typeset(f"Format reconnu : {preset.title}.")
    return typeset(
        "Proposition faite d’après les noms et le contenu des colonnes : à gauche la colonne de "
        "votre fichier, à droite ce qu’elle devient, à corriger s’il le faut."
    )


def _example(table: Table, column: str) -> str:
    values = table.cells[column]
    return next((text[:60] for text in values.head(200) if text), "")


def _mark(table: Table) -> str:
    return hashlib.sha256(f"{table.name}{len(table)}{table.columns}".encode()).hexdigest()[:12]


def checked(store: Store, table: Table, mapping: Mapping) -> Contribution | None:
    """Verify the file as it is mapped, when asked to; what was verified stays until it changes."""
    where = geocoder()
    by_address = where is not None and st.checkbox(
        f"Placer à l’adresse les fiches sans coordonnées (les adresses sont envoyées à "
        f"{where.host})",
        help="Sans cela, une fiche sans coordonnées est placée au point de sa commune.",
    )
    # The content too: a file corrected has the same name, columns and number of rows.
    content = st.session_state.get(_CONTENT)
    key = (_mark(table), content, mapping, by_address, store.snapshot())
    if st.button("Vérifier le fichier", type="primary", icon=":material/fact_check:"):
        bar = st.progress(0.0, "Vérification…")
        try:
            made = dry_run(
                store,
                table,
                mapping,
                geocoder=where if by_address else None,
                cache=Cache(store.place.folder) if by_address else None,
                progress=partial(_advance, bar),
            )
        except AtlasError as fault:
            st.error(plain(str(fault)), icon=":material/error:")
            return None
        finally:
            bar.empty()
        st.session_state["contribution"] = (key, made)
    stored = st.session_state.get("contribution")
    return stored[1] if stored and stored[0] == key else None


def _advance(bar: DeltaGenerator, done: int, total: int) -> None:
    bar.progress(done / max(total, 1), "Vérification…")


def confirm(store: Store, made: Contribution) -> None:
    """Write everything as one snapshot, once confirmed."""
    if not made:
        st.info("Rien à écrire : tout est déjà dans la base.", icon=":material/done_all:")
        return
    label = f"Écrire dans la base{NBSP}: {made.sentence[:-1]}"
    if st.button(label, type="primary", icon=":material/save:") and submit(
        to_write(store, made), made.message
    ):
        st.session_state.pop("contribution", None)
        st.success(plain(f"Import fait. {made.sentence}"), icon=":material/check_circle:")
        _next(made)


def _next(made: Contribution) -> None:
    """Lead to what is done after an import: the ecosystem that was joined, if any, first."""
    home = made.ecosystem["ecosystem_id"] if made.ecosystem else ""
    opening = "Ouvrir cet écosystème" if home else "Ouvrir un écosystème"
    with st.container(horizontal=True):
        st.page_link(
            "ecosysteme.py",
            label=opening,
            query_params={"ecosysteme": home} if home else None,
            icon=":material/hub:",
        )
        for page, name, icon in (
            ("verifier.py", "Vérifier les points", ":material/where_to_vote:"),
            ("doublons.py", "Chercher les doublons", ":material/merge:"),
            ("acteurs.py", "Voir les acteurs", ":material/groups:"),
        ):
            st.page_link(page, label=name, icon=icon)


def template() -> None:
    """Say what a file may hold, for who starts from nothing."""
    with st.expander("Que peut contenir le fichier ?"):
        st.markdown(
            f"Une ligne par acteur. Seul le **nom** est obligatoire. Reconnus{NBSP}: "
            + ", ".join(target.label.lower() for target in TARGETS)
            + "."
        )
