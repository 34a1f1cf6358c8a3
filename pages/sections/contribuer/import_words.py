"""Words of a file that no list holds: the team says what each stands for."""

import hashlib
from typing import Final

import pandas as pd
import streamlit as st

from geo.directory.importing import Mapping, Table, UnknownTerm, codes, field_label, unknown_terms
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
    verb = "ne sont pas dans les listes" if len(found) > 1 else "n’est pas dans les listes"
    st.caption(
        typeset(
            f"{count(len(found), 'mot')} du fichier {verb}. Double-cliquez sur « Veut dire » pour "
            "choisir ; ce qui reste vide n’est pas repris. Votre choix est retenu pour les "
            "fichiers de mêmes colonnes."
        )
    )
    chosen = _table(found, table, mapping)
    for one, meaning in zip(found, chosen, strict=True):
        names = {name: code for code, name in codes(one.field).items()}
        if meaning not in {*names, _LEFT_EMPTY}:
            field = field_label(one.field)
            said = f"« {meaning} » n’est pas un choix du champ {field} : « {one.word} » reste vide."
            st.warning(plain(typeset(said)), icon=":material/rule:")
        mapping = mapping.explained(one.field, one.word, names.get(meaning, ""))
    return mapping


def _table(found: list[UnknownTerm], table: Table, mapping: Mapping) -> list[str]:
    fields = dict.fromkeys(one.field for one in found)
    options = dict.fromkeys(name for field in fields for name in codes(field).values())
    rows = pd.DataFrame(
        {
            "champ": [field_label(one.field) for one in found],
            "mot": [one.word for one in found],
            "lignes": [one.rows for one in found],
            "sens": [codes(one.field).get(one.guess, _LEFT_EMPTY) for one in found],
        }
    )
    mark = repr((table.name, len(table), mapping.pairs))
    edited = st.data_editor(
        rows,
        key=f"words_{hashlib.sha256(mark.encode()).hexdigest()[:12]}",
        hide_index=True,
        height=min(35 * (len(rows) + 1) + 3, _TALL),
        disabled=["champ", "mot", "lignes"],
        column_config={
            "champ": st.column_config.TextColumn("Champ"),
            "mot": st.column_config.TextColumn("Mot du fichier"),
            "lignes": st.column_config.NumberColumn("Lignes"),
            "sens": st.column_config.SelectboxColumn(
                "Veut dire", options=[_LEFT_EMPTY, *options], required=True, width="medium"
            ),
        },
    )
    return [str(one) for one in edited["sens"]]
