"""Words of a file that no list holds: the team says what each stands for."""

import hashlib
from typing import Final

import streamlit as st

from geo.directory.importing.mapping import Mapping
from geo.directory.importing.report import field_label
from geo.directory.importing.table import Table
from geo.directory.importing.terms import codes
from geo.directory.importing.unknown_terms import UnknownTerm, meaning, unknown_terms
from geo.french import count, quoted, typeset
from geo.output.html import titled
from pages.components.text import plain

_LEFT_EMPTY: Final = "— laisser vide —"
_SHOWN: Final = 12


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
            "l’est par ressemblance : changez-le s’il le faut ; ce qui "
            f"reste vide n’est pas repris.{of_types} Votre choix est retenu pour les fichiers de "
            "mêmes colonnes."
        )
    )
    for one, chosen in zip(found, _chosen(found, table, mapping), strict=True):
        mapping = meaning(mapping, one, *_choices(one).get(chosen, (one.target, "")))
    return mapping


def _choices(one: UnknownTerm) -> dict[str, tuple[str, str]]:
    """Return what a word may mean: what a person reads, the field and the code."""
    return {
        _choice(target, code): (target, code) for target in one.targets for code in codes(target)
    }


def _choice(target: str, code: str) -> str:
    return typeset(f"{field_label(target)} : {codes(target)[code]}") if code else _LEFT_EMPTY


def _chosen(found: list[UnknownTerm], table: Table, mapping: Mapping) -> list[str]:
    """Ask what each word stands for, the most frequent first shown, the rest folded away."""
    mark = hashlib.sha256(repr((table.name, len(table), mapping.pairs)).encode()).hexdigest()[:12]
    shown = [_word(one, f"mot_{mark}_{n}") for n, one in enumerate(found[:_SHOWN])]
    rest = found[_SHOWN:]
    if not rest:
        return shown
    with st.expander(plain(count(len(rest), "autre mot", "autres mots"))):
        return shown + [_word(one, f"mot_{mark}_{n}") for n, one in enumerate(rest, _SHOWN)]


def _word(one: UnknownTerm, key: str) -> str:
    left, right = st.columns([1, 1], vertical_alignment="center")
    where = f"{quoted(one.column)}, {count(one.rows, 'ligne')}"
    left.html(titled(one.word, where))
    options = [_LEFT_EMPTY, *_choices(one)]
    guess = _choice(one.target, one.guess)
    return right.selectbox(
        plain(f"Le mot {quoted(one.word)} veut dire"),
        options,
        index=options.index(guess) if guess in options else 0,
        label_visibility="collapsed",
        key=key,
    )
