"""The alliances that an address asks for: those of an ecosystem or all, then its filters."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pandas as pd

from geo.analysis.ecosystem import Ecosystem, ecosystem
from geo.analysis.network import Choice, choose
from geo.directory.ecosystems import Book, visible_rows
from geo.directory.store.lookup import has
from geo.errors import UnknownCodeError
from geo.query import parameters as p
from geo.query.query import Query


@dataclass(frozen=True)
class AskedAlliances:
    """Alliances, the filters that keep them, and the ecosystem they are of, if any."""

    rows: pd.DataFrame
    choice: Choice
    home: Ecosystem | None

    @property
    def place(self) -> str:
        """Name the ecosystem; nothing without one."""
        return str(self.home.record["ecosystem_name"]) if self.home else ""


def asked_alliances(wanted: Query, book: Book, *, drafts: bool = False) -> AskedAlliances:
    """Keep the alliances of an address, in their order.

    Raises
    ------
    UnknownCodeError
        Its ecosystem or its actor does not exist.
    """
    home = ecosystem(wanted[p.ECOSYSTEM], book, drafts=drafts) if wanted[p.ECOSYSTEM] else None
    every = home.alliances if home else visible_rows(book["alliance"], drafts=drafts)
    actor = wanted[p.ACTOR]
    if actor and not has(book["actor"], actor):
        raise UnknownCodeError(
            f"Acteur inconnu : « {actor[:80]} ». Il a pu être retiré ou fusionné."
        )
    year = wanted[p.YEAR]
    choice = Choice(
        kind=wanted[p.TYPE],
        odd=wanted[p.ODD],
        actor=actor,
        current=wanted[p.CURRENT],
        year=int(year) if year else None,
    )
    return AskedAlliances(choose(every, choice, datetime.now(UTC).date()), choice, home)
