"""Exports of an ecosystem as CSV: links with both ids, gaps; each row says where it comes from."""

from collections.abc import Mapping
from typing import Final

import pandas as pd

from geo.analysis import network
from geo.french import count
from geo.output.caption import Caption
from geo.output.table import write_csv
from geo.vocabulary import UNSTATED, label, vocabularies

LINK_COLUMNS: Final = (
    *("alliance_id", "alliance_name", "partnership_kind", "partnership_label"),
    *("source_id", "source_name", "target_id", "target_name", "since", "until", "fictif"),
)


def links_csv(alliances: pd.DataFrame, names: pd.Series, caption: Caption) -> bytes:
    """Write one row per pair of members, with both ids and both names."""
    rows = [
        [
            row["alliance_id"],
            row["alliance_name"],
            row["partnership_kind"],
            label(network.KINDS, row["partnership_kind"]),
            row["source_id"],
            str(names.get(row["source_id"], "")),
            row["target_id"],
            str(names.get(row["target_id"], "")),
            row["since"],
            row["until"],
            "fictif" if row["fictive"] else "",
        ]
        for row in network.edges(alliances).to_dict("records")
    ]
    return write_csv([*LINK_COLUMNS], rows, _origin(caption, count(len(rows), "lien")), caption)


def gaps_csv(
    cells: Mapping[tuple[str, str], list[str]], names: pd.Series, caption: Caption
) -> bytes:
    """Write every pair practice × profile with its actors, the empty pairs included."""
    profiles = (*vocabularies()[network.PROFILES].ids(), UNSTATED)
    rows = [
        [
            *(practice, label("practice", practice)),
            *(profile, label(network.PROFILES, profile)),
            *(len(ids := cells.get((practice, profile), [])), ids),
            network.names_in(ids, names),
        ]
        for practice in (*vocabularies()["practice"].ids(), UNSTATED)
        for profile in profiles
    ]
    header = ["practice", "practice_label", "profile", "profile_label"]
    header += ["actor_count", "actor_ids", "actor_names"]
    return write_csv(header, rows, _origin(caption, count(len(rows), "case")), caption)


def _origin(caption: Caption, quantity: str) -> str:
    parts = [caption.title, caption.about, quantity, f"filtres : {caption.filters}"]
    mark = ["Données fictives"] if caption.fictive else []
    return " ; ".join([*mark, *(part for part in parts if part), f"extrait le {caption.date}"])
