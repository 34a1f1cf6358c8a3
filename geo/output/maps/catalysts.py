"""Catalysts on a map: the records travel once, a filter sends only which ones to show."""

from collections.abc import Mapping
from typing import Any, Final
from weakref import ref

import pandas as pd
from markupsafe import Markup

from geo import vocabulary
from geo.directory.directory import Directory, directory, memoise
from geo.directory.store.rows import distinct_lists
from geo.output.maps import symbols
from geo.output.maps.crowds import MarkSource, Whole, is_offered, marks_shown, offered, withdraw
from geo.output.maps.groups import MANY
from geo.output.maps.places import Bounds
from geo.output.request_link import ASK_PAGE
from geo.output.webfiles import Still

Layer = dict[str, Any]
CATALYST_LINK: Final = "/catalyseurs?fiche="
_DECIMALS: Final = 5
_LATEST: Final[dict[type, tuple[Whole, str]]] = {}
"""Many catalysts as they were last published, and their address."""


def _web(address: Any) -> str:
    text = address if isinstance(address, str) else ""
    return text if text.startswith(("https://", "http://")) else ""


def _record(row: dict[Any, Any]) -> list[Any]:
    practices = [vocabulary.label("practice", code) for code in row["practices"]]
    return [
        row["catalyst_id"],
        row["catalyst_name"],
        round(row["longitude"], _DECIMALS),
        round(row["latitude"], _DECIMALS),
        symbols.mark_of(row["practices"]),
        f"{row['town']} ({row['departement_code']})" if row["town"] else "",
        vocabulary.label("any_profile", row["profile"]) if row["profile"] else "",
        practices,
        row["practices_basis"] == "inferred",
        vocabulary.label("evidence", row["evidence"]),
        _web(row["website"]),
        bool(row["fictive"]),
    ]


def _kinds(rows: pd.DataFrame) -> list[str]:
    return [symbols.mark_of(practices) for practices in rows["practices"]]


def publish_catalysts(
    catalysts: pd.DataFrame, still: Still | None = None, whole: Whole | None = None
) -> str:
    """Publish the records of every catalyst that has a point and give their address.

    Only public columns leave. Call it once per directory, with every catalyst, and keep the
    answer: a filter then sends a list of short identifiers. ``still``: see ``publish``;
    ``whole``: what it compares, kept as long as a map of many of them is.
    """
    names = symbols.names(symbols.mark_labels(), symbols.marks())
    document = {"symbols": symbols.all_symbols(), "names": names}
    source = MarkSource(document, _record, _kinds, still, whole)
    return offered(source, catalysts, catalysts["longitude"].notna().to_numpy())


@memoise(1)
def map_records(book: Directory) -> str:
    """Publish the records of a directory, once, and give the address that every map shows.

    They are there for as long as the directory in force says the same. One that says of many what
    the latest said has its address: the maps that stand, and their views, are its own.
    """
    latest = _LATEST.get(MarkSource)
    if latest and is_offered(latest[1]) and _says(book, latest[0]):
        return latest[1]
    if latest:
        withdraw(latest[1])
    whole = Whole(book.frame)
    # Many are held by the maps that show them, and by nothing that outlives those.
    few, seen = whole if len(book.frame) <= MANY else None, ref(whole)

    def still() -> bool:
        now, known = directory(), few or seen()
        return known is not None and (now.frame is known.rows or _says(now, known))

    address = publish_catalysts(book.frame, still, whole)
    if not few:
        _LATEST[MarkSource] = whole, address
    return address


@memoise(1)
def _says(now: Directory, known: Whole) -> bool:
    """Compare two states once: every view of a large map asks."""
    return now.frame.equals(known.rows)


def catalyst_layer(
    shown: pd.DataFrame,
    records: str,
    *,
    ranks: Mapping[str, int] | None = None,
    link: str = CATALYST_LINK,
) -> Layer:
    """Show some catalysts as marks that spread when they share a point.

    Parameters
    ----------
    shown
        The catalysts to show; those without a point are left out.
    records
        Address given by ``publish_catalysts`` for a table that holds them all.
    ranks
        Rank of each catalyst, by ``catalyst_id``, written on its mark.
    link
        Start of the address of a catalyst's page; its code is added.
    """
    placed = shown["longitude"].notna().to_numpy()
    return {
        "type": "catalysts",
        **marks_shown(records, shown, placed, "catalyst_id"),
        "ranks": dict(ranks or {}),
        "link": link,
        "ask": f"{ASK_PAGE}?fiche=" if link == CATALYST_LINK else "",
    }


def catalyst_bounds(shown: pd.DataFrame) -> Bounds | None:
    """Return the box that holds the points shown, or nothing when there is none."""
    placed = shown[shown["longitude"].notna()]
    if placed.empty:
        return None
    west, east = placed["longitude"].min(), placed["longitude"].max()
    return (
        float(west),
        float(placed["latitude"].min()),
        float(east),
        float(placed["latitude"].max()),
    )


def place_layer(
    longitude: float, latitude: float, label: str, radius_m: float = 0, *, movable: bool = False
) -> Layer:
    """Mark a place, with a circle when a radius (metres) is asked; a movable one can be dragged.

    Dragged, it comes back as a click of kind "place".
    """
    return {
        "type": "place",
        "at": [round(latitude, _DECIMALS), round(longitude, _DECIMALS)],
        "label": label,
        "radius": radius_m,
        "movable": movable,
    }


def catalyst_legend(shown: pd.DataFrame, *, folded: bool = False) -> Markup:
    """Explain, as HTML, the marks that catalysts have on a map; their evidence is on their page.

    ``folded``: under what shades a map, which it would push over the map itself.
    """
    on_map = shown["practices"].to_numpy()[shown["longitude"].notna().to_numpy()]
    present = {symbols.mark_of(codes) for codes in distinct_lists(on_map)[1]}
    entries = (
        symbols.legend_entry(symbols.picture(mark), label, mark)
        for mark, label in symbols.mark_labels().items()
        if mark in present
    )
    return symbols.legend("Pratique", entries, folded=folded)
