"""What the rows of a file are: said once for all those that do not say it themselves."""

import hashlib
from dataclasses import replace
from typing import Final

import streamlit as st

from geo.directory.importing.declaration import Declaration
from geo.directory.importing.mapping import Mapping
from geo.directory.importing.table import Table
from geo.directory.importing.terms import codes
from geo.directory.store.store import Store
from geo.errors import AtlasError
from geo.french import typeset
from pages.components.text import plain

_NOT_SAID: Final = "— ne rien dire —"
_LICENCES: Final = ("Licence Ouverte 2.0", "ODbL 1.0", "CC BY 4.0", "CC BY-SA 4.0")


def about_all_rows(store: Store, table: Table, mapping: Mapping) -> Mapping:
    """Ask what every row is and where the file comes from; give the mapping that says it."""
    st.header("Que sont ces lignes ?", anchor=False)
    st.caption(
        typeset(
            "Vaut pour les lignes qui ne le disent pas elles-mêmes, et ne remplace rien. Leurs "
            "fiches porteront « Déclarées par qui a apporté le fichier » : ce sont des acteurs "
            "locaux, pas des catalyseurs. Laissez vide ce que vous ne savez pas."
        )
    )
    key = hashlib.sha256(repr((table.name, table.columns)).encode()).hexdigest()[:12]
    declaration = replace(_who(store, mapping.about, key), words=mapping.about.words)
    declaration = _where_from(declaration, table, mapping.about, key)
    try:
        return replace(mapping, about=declaration.checked())
    except AtlasError as fault:
        st.error(plain(str(fault)), icon=":material/error:")
        return replace(mapping, about=replace(declaration, source_url="", source_date=""))


def _who(store: Store, before: Declaration, key: str) -> Declaration:
    left, right = st.columns(2)
    profiles = {"": _NOT_SAID, **codes("profile")}
    profile = left.selectbox(
        "Profil de tous",
        [*profiles],
        index=[*profiles].index(before.profile),
        format_func=profiles.__getitem__,
        key=f"rows_profile_{key}",
    )
    practices = right.multiselect(
        "Pratiques de tous",
        [*codes("practices")],
        default=[*before.practices],
        format_func=codes("practices").__getitem__,
        placeholder=_NOT_SAID,
        select_all=False,
        key=f"rows_practices_{key}",
    )
    names = {"": "— aucun —", **_ecosystems(store)}
    joined = before.ecosystem_id if before.ecosystem_id in names else ""
    ecosystem = st.selectbox(
        "Écosystème que tous rejoignent",
        [*names],
        index=[*names].index(joined),
        format_func=names.__getitem__,
        key=f"rows_ecosystem_{key}",
    )
    return Declaration(profile, tuple(practices), ecosystem)


def _ecosystems(store: Store) -> dict[str, str]:
    """Return the real ecosystems, by name: an example takes nobody in."""
    ecosystems = store.read("ecosystem")
    real = ecosystems[~ecosystems["fictive"].astype(bool) & ~ecosystems["example"].astype(bool)]
    return {str(one): str(name) for one, name in real["ecosystem_name"].sort_values().items()}


def _where_from(
    declaration: Declaration, table: Table, before: Declaration, key: str
) -> Declaration:
    left, right = st.columns(2)
    title = left.text_input(
        "Source",
        before.source_title,
        placeholder=table.name,
        max_chars=200,
        key=f"rows_title_{key}",
    )
    url = right.text_input(
        "Adresse de la source",
        before.source_url,
        placeholder="https://…",
        max_chars=500,
        key=f"rows_url_{key}",
    )
    date = left.text_input(
        "Date de la source",
        before.source_date,
        placeholder="AAAA, MM/AAAA ou JJ/MM/AAAA",
        max_chars=30,
        key=f"rows_date_{key}",
    )
    licences = list(dict.fromkeys(["", *_LICENCES, before.licence]))
    licence = right.selectbox(
        "Licence",
        licences,
        index=licences.index(before.licence),
        format_func=lambda one: one or _NOT_SAID,
        accept_new_options=True,
        key=f"rows_licence_{key}",
    )
    return replace(
        declaration, source_title=title, source_url=url, source_date=date, licence=licence or ""
    )
