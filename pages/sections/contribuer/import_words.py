"""Words of a file that no list holds: the team says what each stands for."""

import hashlib
from typing import Final

import pandas as pd
import streamlit as st

from geo.directory.importing import (
    Mapping,
    Table,
    UnknownTerm,
    codes,
    field_label,
    meaning,
    unknown_terms,
)
from geo.french import count, typeset
from pages.components.text import plain

_LEFT_EMPTY: Final = "— laisser vide —"
_TALL: Final = 420


def words(table: Table, mapping: Mapping) -> Mapping:
    """Show the words that no list holds, with a guess; give the mapping that explains them."""
    found = unknown_terms(table, mapping)
    if not found:
        return mapping
    st.subheader("Les mots à faire correspondre", anchor=False)
    of_types = "" if all(one.field for one in found) else (
        " Les mots d’une colonne de types (« type », « catégorie »…) disent le profil ou la "
        "pratique des lignes qui ne les disent pas autrement."
    )  # fmt: skip
    st.caption(
        typeset(
            f"{count(len(found), 'mot')} du fichier à traduire dans nos listes. Le sens proposé "
            "l’est par ressemblance : double-cliquez sur « Veut dire » pour le changer ; ce qui "
            f"reste vide n’est pas repris.{of_types} Votre choix est retenu pour les fichiers de "
            "mêmes colonnes."
        )
    )
    for one, chosen in zip(found, _table(found, table, mapping), strict=True):
        names = _choices(one)
        if chosen not in {*names, _LEFT_EMPTY}:
            sentence = (
                f"« {chosen} » n’est pas un choix de {_from(one)} : « {one.word} » reste vide."
            )
            st.warning(plain(typeset(sentence)), icon=":material/rule:")
        mapping = meaning(mapping, one, *names.get(chosen, (one.target, "")))
    return mapping


def _choices(one: UnknownTerm) -> dict[str, tuple[str, str]]:
    """Return what a word may mean: what a person reads, the field and the code."""
    return {
        _choice(target, code): (target, code) for target in one.targets for code in codes(target)
    }


def _choice(target: str, code: str) -> str:
    return typeset(f"{field_label(target)} : {codes(target)[code]}") if code else _LEFT_EMPTY


def _from(one: UnknownTerm) -> str:
    return field_label(one.field) if one.field else f"la colonne « {one.column} »"


def _table(found: list[UnknownTerm], table: Table, mapping: Mapping) -> list[str]:
    options = dict.fromkeys(name for one in found for name in _choices(one))
    rows = pd.DataFrame(
        {
            "colonne": [one.column for one in found],
            "mot": [one.word for one in found],
            "lignes": [one.rows for one in found],
            "sens": [_choice(one.target, one.guess) for one in found],
        }
    )
    mark = repr((table.name, len(table), mapping.pairs))
    edited = st.data_editor(
        rows,
        key=f"words_{hashlib.sha256(mark.encode()).hexdigest()[:12]}",
        hide_index=True,
        height=min(35 * (len(rows) + 1) + 3, _TALL),
        disabled=["colonne", "mot", "lignes"],
        column_config={
            "colonne": st.column_config.TextColumn("Colonne"),
            "mot": st.column_config.TextColumn("Mot du fichier"),
            "lignes": st.column_config.NumberColumn("Lignes"),
            "sens": st.column_config.SelectboxColumn(
                "Veut dire", options=[_LEFT_EMPTY, *options], required=True, width="medium"
            ),
        },
    )
    return [str(one) for one in edited["sens"]]
