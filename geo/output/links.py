"""What an ecosystem lacks as CSV; each row says where it comes from."""

from collections.abc import Mapping

import pandas as pd

from geo.analysis import network
from geo.french import count
from geo.output.caption import Caption
from geo.output.table import write_csv
from geo.vocabulary import UNSTATED, label, vocabularies


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
