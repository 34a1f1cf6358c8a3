"""The fields every record shares: where it comes from, its status."""

from typing import Any

import streamlit as st

from geo.french import typeset
from geo.vocabulary import items, label


def provenance_fields(record: dict[str, Any], key: str) -> dict[str, Any]:
    """Draw source, date and status of a record being written; give what was typed."""
    with st.expander("Source et statut", icon=":material/link:"):
        title = st.text_input("Source", record["source_title"], key=f"{key}_source")
        url = st.text_input(
            "Adresse de la source", record["source_url"], key=f"{key}_url", placeholder="https://…"
        )
        date = st.text_input(
            "Date de la source",
            record["source_date"],
            key=f"{key}_date",
            placeholder="AAAA, AAAA-MM ou AAAA-MM-JJ",
        )
        statuses = [item.id for item in items("record_status")]
        status = st.selectbox(
            "Statut",
            statuses,
            statuses.index(record["status"] or "publiee"),
            format_func=lambda code: label("record_status", code),
            key=f"{key}_status",
            placeholder="Choisissez",
        )
    return {"source_title": title, "source_url": url, "source_date": date, "status": status}


def coded(title: str, vocabulary_id: str, chosen: list[str], key: str) -> list[str]:
    """Draw a choice of several items of a vocabulary, and give their codes."""
    number = vocabulary_id == "odd"
    picked = st.multiselect(
        title,
        [item.id for item in items(vocabulary_id)],
        chosen,
        format_func=lambda code: (
            (f"{code}. " if number else "") + typeset(label(vocabulary_id, code))
        ),
        key=key,
        placeholder="Aucun choix",
    )
    return [str(code) for code in picked]
