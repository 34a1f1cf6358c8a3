"""The queue of requests: how many, which first, one chosen; and the figures to take away."""

from typing import Final

import pandas as pd
import streamlit as st

from geo.dates import in_words
from geo.directory.access import Person
from geo.directory.requests import states
from geo.directory.requests.erasure import expire
from geo.directory.requests.figures import figures
from geo.directory.requests.letters import place_label
from geo.directory.store.changes import Record
from geo.directory.store.rows import plain_rows
from geo.directory.store.store import Store
from geo.errors import AtlasError
from geo.french import count, typeset
from geo.output.caption import Caption
from geo.output.html import figures as figures_html
from geo.output.html import table
from geo.output.requests import figures_csv
from geo.vocabulary import items, label
from pages.components.file_button import file_button
from pages.components.nothing_waits import closed_room, nothing_waits
from pages.components.session_user import why_not
from pages.components.text import plain

_LONGEST_SHOWN: Final = 60


def may_read(who: Person) -> bool:
    """Return whether this visitor may read what people wrote; say why when not."""
    if who.may_write and who.may_see_contacts:
        return True
    why = states.CLOSED_TO_YOU if who.may_propose else why_not()
    with st.container(key="lecture_seule"):
        st.info(plain(why), icon=":material/lock:")
    closed_room("Ici la coordination suit chaque demande de mise en lien jusqu’à sa réponse.")
    return False


def read(store: Store, who: Person) -> pd.DataFrame:
    """Read the queue, once what is too old is forgotten; a base that cannot say so stops here."""
    try:
        expire(store)
        return states.queue(store, who)
    except AtlasError as fault:
        st.error(plain(str(fault)), icon=":material/error:")
        st.stop()


def key_figures(store: Store, every: pd.DataFrame) -> None:
    """Count the requests by state, those that wait for too long first."""
    if store.read_only:
        st.info(plain(store.read_only), icon=":material/lock:")
    if every.empty:
        return
    counts = every["shown_state"].value_counts()
    st.html(
        figures_html(
            [(item.label, str(int(counts.get(item.id, 0)))) for item in items("request_state")]
        )
    )
    late = int(counts.get(states.UNANSWERED, 0))
    if late:
        many = "attendent" if late > 1 else "attend"
        st.warning(
            f"{count(late, 'demande')} {many} une réponse depuis plus de 15 jours.",
            icon=":material/alarm:",
        )


def choose(every: pd.DataFrame) -> Record | None:
    """Let one request be chosen; those that wait for too long come first."""
    if every.empty:
        nothing_waits(
            "Aucune demande pour l’instant.",
            "Ici vient chaque demande écrite page « Être mis en lien » : vous lisez qui demande "
            "quoi, à qui la transmettre, et où elle en est.",
            "/etre_mis_en_lien",
            "Voir cette page",
        )
        return None
    shown = st.pills(
        "États",
        [item.id for item in items("request_state")],
        selection_mode="multi",
        format_func=lambda code: label("request_state", code),
        key="demandes_etats",
    )
    selected = every[every["shown_state"].isin(shown)] if shown else every
    if selected.empty:
        st.write("Aucune demande dans ces états.")
        return None
    late_first = selected["shown_state"].ne(states.UNANSWERED).sort_values(kind="stable").index
    rows = {str(row["request_id"]): row for row in plain_rows(selected.loc[late_first])}
    chosen = st.selectbox(
        "Demande", [*rows], format_func=lambda one: _request_label(rows[one]), key="demandes_choix"
    )
    return rows.get(chosen) if chosen else None


def _request_label(row: Record) -> str:
    day = "/".join(reversed(row["created_at"][:10].split("-")))
    need = row["need"]
    cut = f"{need[:_LONGEST_SHOWN].rstrip()}…" if len(need) > _LONGEST_SHOWN else need
    return typeset(
        f"{label('request_state', row['shown_state'])}, {day}, {place_label(row)} : {cut}"
    )


def figures_table(store: Store) -> None:
    """Show the figures by département, practice and month, and give them as a file."""
    found = figures(store, states.today())
    if found.empty:
        return
    st.header("Chiffres, sans donnée personnelle", anchor=False)
    header = ["Département ou région", "Pratique", "Mois", "Demandes", "Sans réponse"]
    lines = [
        [
            row["territory"],
            label("practice", row["practice"]),
            in_words(row["month"]),
            str(row["request_count"]),
            str(row["unanswered_count"]),
        ]
        for row in found.to_dict("records")
    ]
    st.html(table("Demandes par territoire, pratique et mois", header, lines, folds=True))
    about = Caption("Demandes de mise en lien", "sans filtre", fictive=False, catalysts_from="")
    file_button(
        "Chiffres (CSV)",
        lambda: figures_csv(found, about),
        "demandes-de-mise-en-lien.csv",
        "text/csv",
        icon=":material/table:",
    )
