"""The board of projects: cards that move, by hand or by their buttons."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pandas as pd
import streamlit as st

from geo.directory.ecosystems import moved, row_of
from geo.errors import AtlasError
from geo.output.board import board_data
from geo.templates import web_text
from geo.vocabulary import items
from pages.components.store_view import StoreView, open_store_view
from pages.components.submit import submit
from pages.components.text import plain

KEY = "tableau"
_LONGEST = 200


@cache
def _board() -> Callable[..., Any]:
    """Register the board: its own script and style, no third party's."""
    return st.components.v2.component(
        "catalyse_tableau",
        html='<div class="tableau-projets"></div>',
        css=web_text("board.css"),
        js=web_text("board.js"),
    )


def show_board(store_view: StoreView, projects: pd.DataFrame, *, opened: str, moves: bool) -> None:
    """Show the three steps with their cards; a move is written at once."""
    data = board_data(
        projects,
        store_view.seen["action"],
        store_view.names,
        datetime.now(UTC).date(),
        opened=opened,
        moves=moves,
    )
    _board()(key=KEY, data=data, on_moved_change=_moved, on_opened_change=_opened)
    if moves and len(projects):
        st.caption(
            "Faites glisser une carte d’une étape à l’autre, ou servez-vous de ses boutons "
            "fléchés ; chaque déplacement est enregistré et peut être annulé par l’historique."
        )


def _sent(name: str) -> Any:
    value: Any = st.session_state.get(KEY)
    return value.get(name) if value and hasattr(value, "get") else None


def _opened() -> None:
    st.session_state["projet"] = read_text(_sent("opened"))


def _moved() -> None:
    apply_move(_sent("moved"))


def apply_move(sent: Any) -> None:
    """Write the move that a browser asks for; it is checked, since anyone can send anything."""
    if not isinstance(sent, dict):
        return
    project_id, step, before = (read_text(sent.get(name)) for name in ("id", "step", "before"))
    book = open_store_view().book
    try:
        name = row_of(book, "project", project_id)["project_name"]
        changes = moved(book, project_id, step, before)
    except AtlasError as fault:
        st.error(plain(str(fault)), icon=":material/error:")
        return
    natures = {item.id: item.nature.lower() for item in items("project_step")}
    if changes.size():
        submit(changes, f"Projet {name} : étape {natures[step]}")


def read_text(value: Any) -> str:
    """Read a text that a browser sent."""
    return value[:_LONGEST] if isinstance(value, str) else ""
