"""The queue of proposals, and what was decided."""

from typing import Final

import pandas as pd

from geo.directory.access import Person
from geo.directory.proposals.payload import PENDING, read_author_key
from geo.directory.proposals.submit import PROPOSABLE
from geo.directory.schema import KINDS
from geo.directory.store.store import Store
from geo.errors import UnknownCodeError
from geo.french import count, quoted

_RANK: Final = {name: rank for rank, name in enumerate(PROPOSABLE)}


def list_pending(proposals: pd.DataFrame, author: Person | None = None) -> pd.DataFrame:
    """Keep what waits for a decision, the oldest first, of one author or of all.

    Of proposals sent together, what others are made of comes first: actors before alliances.
    """
    waiting = _by_author(proposals[proposals["decision"] == PENDING], author)
    ranked = waiting.assign(rank=waiting["record_kind"].map(_RANK))
    return ranked.sort_values(["proposed_at", "rank", "proposal_id"]).drop(columns="rank")


def list_decided(proposals: pd.DataFrame, author: Person | None = None) -> pd.DataFrame:
    """Keep what was decided, the last first, of one author or of all."""
    decided = _by_author(proposals[proposals["decision"] != PENDING], author)
    return decided.sort_values(["decided_at", "proposal_id"], ascending=False)


def _by_author(proposals: pd.DataFrame, author: Person | None) -> pd.DataFrame:
    rows = proposals.rename_axis(None)  # its id is a column too
    if author is None:
        return rows
    pairs = zip(rows["payload"], rows["author"], strict=True)
    own = [author.wrote(read_author_key(text), name) for text, name in pairs]
    return rows[pd.Series(own, rows.index, dtype=bool)]


def find_record(store: Store, kind: str, typed: str) -> str:
    """Find the record that a person names by its id or its exact name, whatever the case.

    Raises
    ------
    UnknownCodeError
        None has that name, or several.
    """
    table, text = store.read(kind), typed.strip()
    if text in table.index:
        return text
    names = table[KINDS[kind].title].str.strip().str.casefold()
    matches = [*table.index[names == text.casefold()]] if text else []
    if len(matches) == 1:
        return str(matches[0])
    quantity = count(len(matches), "fiche") if matches else "aucune fiche"
    raise UnknownCodeError(
        f"{quantity[0].upper()}{quantity[1:]} de ce nom : {quoted(text[:80])}. "
        "Donnez le nom exact, ou l’identifiant de la fiche."
    )
