"""The fields every record shares: where it comes from, its status."""

from typing import Any

import streamlit as st

from geo.directory.importing.date_text import iso
from geo.french import typeset
from geo.vocabulary import items, label

_DATE = "05/2024 ou 2024"


def provenance_fields(record: dict[str, Any], key: str) -> dict[str, Any]:
    """Draw source, date and status of a record being written; give what was typed."""
    with st.expander("Source et statut", icon=":material/link:"):
        title = st.text_input("Source", record["source_title"], key=f"{key}_source")
        url = st.text_input(
            "Adresse de la source", record["source_url"], key=f"{key}_url", placeholder="https://…"
        )
        date = date_field("Date de la source", record["source_date"], f"{key}_date")
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


def date_field(title: str, current: str, key: str, where: Any = st) -> str:
    """Draw a date as French people write it; give it as ISO, or as typed when it is none."""
    shown = "/".join(reversed(current.split("-")))
    typed = where.text_input(title, shown, key=key, placeholder=_DATE)
    return iso(typed) or typed


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
        select_all=False,
    )
    return [str(code) for code in picked]
