"""The network of the alliances that an address asks for."""

from datetime import UTC, datetime

import pandas as pd

from geo.analysis.asked_alliances import AskedAlliances, asked_alliances
from geo.analysis.bridging.bridging import Bridging, bridging
from geo.analysis.ecosystem import Ecosystem
from geo.analysis.network import Choice, members_of
from geo.directory.ecosystems import Book, visible_rows
from geo.query.query import Query


def bridging_of_query(
    wanted: Query, book: Book, *, drafts: bool = False
) -> tuple[AskedAlliances, Bridging]:
    """Return the alliances of an address and what they say as a network.

    Raises
    ------
    UnknownCodeError
        Its ecosystem or its actor does not exist.
    """
    selected = asked_alliances(wanted, book, drafts=drafts)
    actors = visible_rows(book["actor"], drafts=drafts)
    return selected, bridging_of(selected.rows, selected.choice, actors, selected.home)


def bridging_of(
    alliances: pd.DataFrame, choice: Choice, actors: pd.DataFrame, home: Ecosystem | None
) -> Bridging:
    """Measure chosen alliances as a network.

    Who is alone is asked of the ecosystem's own actors, else of all; in the network of one actor,
    of nobody.
    """
    last = datetime.now(UTC).year
    if home is not None:
        actors = home.everyone
    among = actors if home is None else home.actors
    if choice.actor:
        among = members_of(alliances, actors)
    return bridging(alliances, actors, last, among)
