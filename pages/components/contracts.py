"""CRTE and PETR as a layer of a map: off until it is asked for, counted apart."""

from collections.abc import Collection
from functools import partial
from typing import Any, Final

import streamlit as st

from geo.analysis.contracts import KINDS, Contracts, contracts
from geo.french import NBSP
from geo.output.exports import FORMATS
from geo.output.maps.contracts import contract_arcs, contract_legend, contract_rows
from geo.query.parameters import CONTRACTS
from pages.components.file_button import file_button
from pages.components.sortable import name_column, sortable
from pages.components.text import plain

_FORMS: Final = ("xlsx", "csv", "geojson", "gpkg")
_NAMES: Final = {"crte": "CRTE signés par plusieurs", "petr": "PETR"}


def choose_contracts(communes: Collection[str] = ()) -> Contracts | None:
    """Draw the choice of a kind of contract; give those asked for, or nothing.

    ``communes``: only the contracts that have one of them; every contract without any.
    """
    st.session_state.setdefault(CONTRACTS.name, None)
    kind = st.segmented_control(
        CONTRACTS.label,
        KINDS,
        format_func=_NAMES.__getitem__,
        key=CONTRACTS.name,
        persist_state="session",
    )
    if not kind:
        return None
    every = contracts(str(kind))
    return every.touching(communes) if communes else every


def contract_layers(found: Contracts | None) -> list[dict[str, Any]]:
    """Draw them; nothing when none was asked for."""
    return [] if found is None else [contract_arcs(found).layer]


def contract_legend_of(found: Contracts | None) -> str:
    """Explain their lines, as HTML; "" when none was asked for."""
    return "" if found is None else contract_legend(found)


def say_contracts(found: Contracts | None) -> None:
    """Count them, apart from every other count."""
    if found is not None:
        st.caption(plain(f"{found.sentence()}."))


def contract_table(found: Contracts | None) -> None:
    """List the same contracts in a table to sort, for those who do without the map."""
    if found is None or found.alliances.empty:
        return
    table = contract_rows(found)
    text = st.column_config.TextColumn
    with st.expander(f"{_NAMES[found.kind]} ({len(table)})"):
        sortable(
            table,
            {
                "contrat": name_column("Contrat", table["contrat"]),
                "collectivites": text("Collectivités", width="large"),
                "nombre": st.column_config.NumberColumn("Nombre"),
                "source": text("Source"),
            },
            "Contrats",
        )
        _files(found)


def _files(found: Contracts) -> None:
    """Offer these contracts as files: nothing is built before it is asked for."""
    with st.container(horizontal=True):
        for form in _FORMS:
            file_button(
                f"Ces contrats{NBSP}: {FORMATS[form].label}",
                partial(_content, found, form),
                f"contrats-{found.kind}.{form}",
                FORMATS[form].media_type,
                key=f"contrats_{found.kind}_{form}",
            )


def _content(found: Contracts, form: str) -> bytes:
    from geo.output.exports.contracts import contracts_export  # noqa: PLC0415 - once asked for

    return FORMATS[form].content(contracts_export(found))
