"""The tables of the store as a page reads them, and its links checked against them."""

from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any, Final, TypeVar

import pandas as pd
import streamlit as st

from geo.analysis.ecosystem import Ecosystem, ecosystem
from geo.directory.directory import Directory, directory, memoise
from geo.directory.ecosystems import Book, row_of
from geo.directory.reading import readable_actors, readable_book, whole_book
from geo.directory.store.encryption import consented
from geo.directory.store.lookup import among, fingerprint, known
from geo.directory.store.store import Store
from geo.directory.store.worlds import is_fictitious, world
from geo.directory.withheld import without_withheld
from geo.errors import UnreadableStoreError
from geo.french import typeset
from geo.output.maps.actors import publish_actors
from geo.vocabulary import choices, label
from pages.components.session_user import person
from pages.components.submit import book as open_book

_KEPT: Final = 16  # answers about one state
Answer = TypeVar("Answer")


@dataclass(frozen=True, eq=False)
class StoreView:
    """What a visitor works on. ``book``: whole records, to change them; ``seen``: to show them.

    Everybody who may see the same is given the same tables of one state: not to be changed.

    In ``seen`` no field whose publication was withdrawn is left; what is not published is there
    only for those whose changes are received, be it named by another record.
    """

    store: Store
    drafts: bool
    _answers: dict[tuple[Hashable, ...], Any] = field(default_factory=dict, repr=False)

    @cached_property
    def book(self) -> Book:
        """Read every table as it is, the built-in example added to the ecosystems."""
        return whole_book(self.store)

    @cached_property
    def seen(self) -> Book:
        """Read every table as this visitor may see it, the fictitious territory included."""
        return readable_book(self.store, drafts=self.drafts, fictitious=True, whole=self.book)

    def world(self, *named: str) -> Book:
        """Read what may be listed together: the real records, or the fictitious territory's."""
        return world(self.seen, *named) if any(map(is_fictitious, named)) else self._real

    @cached_property
    def _real(self) -> Book:
        return world(self.seen)

    def ecosystem(self, ecosystem_id: str) -> Ecosystem:
        """Put one ecosystem together: see ``geo.analysis.ecosystem.ecosystem``."""
        ask = partial(ecosystem, ecosystem_id, self.seen, drafts=self.drafts)
        return self.once(("ecosystem", ecosystem_id), ask)

    def once(self, question: tuple[Hashable, ...], ask: Callable[[], Answer]) -> Answer:
        """Keep an answer about this state as long as it is the latest; not to be changed."""
        known: Answer | None = self._answers.get(question)
        if known is None:
            known = ask()
            if len(self._answers) >= _KEPT:
                self._answers.clear()
            self._answers[question] = known
        return known

    @property
    def names(self) -> pd.Series:
        """Return the names of actors, by id."""
        return self.seen["actor"]["actor_name"]

    def offered(self, current_ids: list[str], *named: str) -> pd.DataFrame:
        """Return the actors to choose from: those seen, and those held already whatever they are.

        Without the latter, saving a form would silently take archived members out. ``named``: the
        ecosystem that the form is about, which may be the fictitious one.
        """
        every, seen = self.book["actor"], self.world(*named, *current_ids)["actor"]
        more = every[among(every, {*current_ids} - known(seen, current_ids))]
        return pd.concat([seen, without_withheld(more)]) if len(more) else seen

    def inside(self, ecosystem_id: str) -> pd.Index:
        """List the actors of an ecosystem; none without one."""
        if ecosystem_id not in self.seen["ecosystem"].index:
            return pd.Index([])
        return self.ecosystem(ecosystem_id).actors.index

    @property
    def people(self) -> dict[str, str]:
        """Name each contact as it consented to be named, else by its actor."""
        consented_names: dict[Any, str] = {}
        with suppress(UnreadableStoreError):  # without the keys, nobody is named
            consented_names = consented(self.store)["contact_name"].to_dict()
        return {
            str(one): str(
                consented_names.get(one) or f"un contact de {self.names.get(actor, 'cet acteur')}"
            )
            for one, actor in self.book["contact"]["actor_id"].items()
        }

    def knows(self, kind: str) -> Callable[[str], object]:
        """Return what refuses a link to a record that is not there."""
        return lambda text: row_of(self.seen, kind, text)


def open_store_view(*, public: bool = False) -> StoreView:
    """Open the store for this visitor, as it is now; ``public``: as anybody, whoever looks."""
    store = open_book()
    return _views(directory(), store, store.snapshot())[not public and person().may_propose]


@memoise(1)  # in the directory: a former state goes with it, its tables and ecosystems too
def _views(_book: Directory, store: Store, _snapshot: int) -> tuple[StoreView, StoreView]:
    """Give the view without drafts, then with them; neither reads anything yet."""
    return StoreView(store, drafts=False), StoreView(store, drafts=True)


def actor_records(store_view: StoreView, rows: pd.DataFrame) -> str:
    """Publish the marks of some actors once per state of the store, and give their address.

    ``rows``: all that the filters of a page choose from, so that none of them sends marks again.
    """
    ids = fingerprint(rows.index.to_series())
    return store_view.once(("marks", ids), lambda: _published(store_view, rows))


def _published(store_view: StoreView, rows: pd.DataFrame) -> str:
    store, snapshot = store_view.store, store_view.store.snapshot()
    of = "base, brouillons compris" if store_view.drafts else "base"
    actors = readable_actors(store, drafts=store_view.drafts)
    some = actors[among(actors, rows.index)]
    return publish_actors(some, lambda: "actor" not in store.touched(snapshot), of=of)


def choose_one(title: str, key: str, vocabulary_id: str, everything: str) -> str:
    """Draw a choice of one item of a vocabulary, or all of them."""
    codes = ("", *(code for code in choices(vocabulary_id)[:-1]))
    number = vocabulary_id == "odd"
    st.session_state.setdefault(key, "")
    chosen = st.selectbox(
        title,
        codes,
        format_func=lambda code: (
            (f"{code}. " if number else "") + typeset(label(vocabulary_id, code))
            if code
            else everything
        ),
        key=key,
        persist_state="session",
        placeholder="Choisissez",
    )
    return str(chosen or "")
