"""The control of time: a date, another to compare it with, and which of the two pasts."""

from collections.abc import Callable
from functools import lru_cache, partial

import pandas as pd
import streamlit as st

from geo.analysis.past.changes import Gathered
from geo.analysis.past.dates import base_dates, record_dates
from geo.analysis.past.ecosystem import Past, ecosystem_past
from geo.analysis.past.question import PastQuestion
from geo.analysis.past.state import Reader
from geo.directory.store.store import Store
from geo.output.past import (
    HEADER,
    LEVEL_HEADER,
    change_rows,
    change_sentence,
    change_title,
    date_words,
    level_rows,
    level_sentence,
    limits,
    meaning,
)
from geo.query import parameters as p
from geo.query.parameter import in_address
from geo.query.time_parameters import EXISTED, KNEW, last_day
from pages.components.paging import one_page
from pages.components.sortable import sortable
from pages.components.store_view import StoreView
from pages.components.text import plain

READINGS = {
    EXISTED: "Ce qui existait, d’après les fiches",
    KNEW: "Ce que la base savait, d’après son historique",
}
_ALL = "toutes les dates"
_NONE = "Aucune comparaison"
_A_PAGE = 200


def asked_now() -> PastQuestion:
    """Return what is asked of the past, before its widgets are drawn."""
    state = st.session_state
    date, compared = (str(state.get(one.name) or "") for one in (p.DATE, p.COMPARED_DATE))
    reading = str(state.get(p.READING.name) or p.READING.default)
    return PastQuestion(date, compared if date else "", reading)


def past_now(store_view: StoreView, ecosystem_id: str) -> Past:
    """Return an ecosystem at the date asked, as this visitor may see it."""
    return _past(store_view, ecosystem_id, asked_now())


def _past(store_view: StoreView, ecosystem_id: str, question: PastQuestion) -> Past:
    def ask() -> Past:
        reader = Reader(store_view.store, store_view.seen, store_view.drafts)
        return ecosystem_past(reader, ecosystem_id, question, store_view.ecosystem(ecosystem_id))

    return store_view.once(("past", ecosystem_id, question), ask)


def in_link() -> dict[str, str | list[str]]:
    """Return the parameters of the link; nothing for now."""
    return in_address(asked_now().values())


def choose_moment(store_view: StoreView, past: Past) -> None:
    """Draw the date; once there is one, what it is compared with and which past is meant."""
    question = past.state.question
    known_dates = _dates(store_view, past.state.current.record["ecosystem_id"], question.reading)
    with st.container(key="temps"):
        _date(_with(known_dates, question.date))
        if not question.date:
            return
        say(past)
        _compared(_with(known_dates, question.compared), question)
        _reading()


def choose_dates(gather: Callable[[], Gathered], store: Store) -> PastQuestion:
    """Let a printed sheet be of a date: folded until it is asked for; give what is asked.

    ``gather``: the records whose dates are offered.
    """
    question = asked_now()
    with st.expander(
        "Imprimer la fiche à une date passée",
        expanded=bool(question.date),
        icon=":material/history:",
        key="temps_fiche",
        on_change="rerun",
    ) as shown:
        if not shown.open:
            return question
        known_dates = base_dates(store) if question.of_base else record_dates(gather())
        dates = _with(known_dates, question.date)
        st.session_state.setdefault(p.DATE.name, "")
        st.selectbox(
            p.DATE.label,
            ["", *dates[::-1]],
            format_func=lambda one: date_words(one) if one else _ALL.capitalize(),
            key=p.DATE.name,
            persist_state="session",
            placeholder="Choisissez",
        )
        if question.date:
            st.caption(plain(meaning(question)))
            _compared(_with(known_dates, question.compared), question)
            _reading()
        st.caption(
            "Ses alliances, ses projets et ses autres acteurs sont à cette date\u00a0; ses "
            "catalyseurs, du jour\u00a0: leurs fiches ne disent pas depuis quand ils y sont."
        )
    return question


def _reading() -> None:
    st.radio(
        p.READING.label,
        [*READINGS],
        format_func=lambda one: READINGS[one],
        key=p.READING.name,
        persist_state="session",
    )


def _date(dates: list[str]) -> None:
    st.session_state.setdefault(p.DATE.name, "")
    st.select_slider(
        p.DATE.label,
        [*dates, ""],
        format_func=lambda one: date_words(one) if one else _ALL,
        key=p.DATE.name,
        persist_state="session",
    )


def _compared(dates: list[str], question: PastQuestion) -> None:
    st.session_state.setdefault(p.COMPARED_DATE.name, "")
    st.selectbox(
        p.COMPARED_DATE.label,
        ["", *(one for one in dates[::-1] if one != question.date)],
        format_func=lambda one: date_words(one) if one else _NONE,
        key=p.COMPARED_DATE.name,
        persist_state="session",
        placeholder="Choisissez",
    )


def _dates(store_view: StoreView, ecosystem_id: str, reading: str) -> list[str]:
    if reading == KNEW:
        return _base_dates(store_view.store, store_view.store.snapshot())
    return _record_dates(store_view, ecosystem_id)


@lru_cache(maxsize=4)
def _base_dates(store: Store, _snapshot: int) -> list[str]:
    return base_dates(store)


def _record_dates(store_view: StoreView, ecosystem_id: str) -> list[str]:
    ask = partial(record_dates, store_view.ecosystem(ecosystem_id))
    return store_view.once(("dates", ecosystem_id), ask)


def _with(dates: list[str], date: str) -> list[str]:
    """Add to the stops a date that a link asks for, in its place."""
    return sorted({*dates, date}, key=last_day) if date and date not in dates else dates


def say(past: Past) -> None:
    """Say which past is shown, and what it leaves out."""
    if past.state.question.date:
        st.caption(plain(" ".join([meaning(past.state.question), *limits(past.state)])))


def show_changes(past: Past) -> None:
    """List what changed between the two dates, and the history of maturity."""
    if past.state.question.is_now:
        return
    if past.changes:
        st.subheader(plain(change_title(past.changes)), anchor=False)
        st.markdown(plain(change_sentence(past.changes)))
        rows = pd.DataFrame(change_rows(past.changes), columns=[*HEADER])
        if len(rows):
            text = st.column_config.TextColumn
            shown = one_page(rows, "changements", _A_PAGE)
            sortable(shown, {name: text(name) for name in HEADER}, "Ce qui a changé")
    st.subheader("La maturité dans le temps", anchor=False)
    if past.levels:
        text = st.column_config.TextColumn
        levels = pd.DataFrame(level_rows(past.levels), columns=[*LEVEL_HEADER])
        sortable(levels, {name: text(name) for name in LEVEL_HEADER}, "Maturité dans le temps")
    st.caption(plain(level_sentence(past.levels)))
