"""The queue of proposals, and what was decided."""

from typing import Final

import pandas as pd

from geo.directory.proposals.payload import PENDING
from geo.directory.proposals.submit import PROPOSABLE
from geo.directory.schema import KINDS
from geo.directory.store.store import Store
from geo.errors import UnknownCodeError
from geo.french import count, quoted

_RANK: Final = {name: rank for rank, name in enumerate(PROPOSABLE)}


def list_pending(proposals: pd.DataFrame, author: str | None = None) -> pd.DataFrame:
    """Keep what waits for a decision, the oldest first, of one author or of all.

    Of proposals sent together, what others are made of comes first: actors before alliances.
    """
    waiting = _of(proposals[proposals["decision"] == PENDING], author)
    ranked = waiting.assign(rank=waiting["record_kind"].map(_RANK))
    return ranked.sort_values(["proposed_at", "rank", "proposal_id"]).drop(columns="rank")


def list_decided(proposals: pd.DataFrame, author: str | None = None) -> pd.DataFrame:
    """Keep what was decided, the last first, of one author or of all."""
    found = _of(proposals[proposals["decision"] != PENDING], author)
    return found.sort_values(["decided_at", "proposal_id"], ascending=False)


def _of(proposals: pd.DataFrame, author: str | None) -> pd.DataFrame:
    found = proposals.rename_axis(None)  # its id is a column too
    return found if author is None else found[found["author"] == author]


def named(store: Store, kind: str, text: str) -> str:
    """Find the record that a person names by its id or its exact name, whatever the case.

    Raises
    ------
    UnknownCodeError
        None has that name, or several.
    """
    table, wanted = store.read(kind), text.strip()
    if wanted in table.index:
        return wanted
    names = table[KINDS[kind].title].str.strip().str.casefold()
    found = [*table.index[names == wanted.casefold()]] if wanted else []
    if len(found) == 1:
        return str(found[0])
    said = count(len(found), "fiche") if found else "aucune fiche"
    raise UnknownCodeError(
        f"{said[0].upper()}{said[1:]} de ce nom : {quoted(wanted[:80])}. "
        "Donnez le nom exact, ou l’identifiant de la fiche."
    )
