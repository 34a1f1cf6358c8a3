"""The built-in example: Paris Est Marne & Bois, from public facts, with nothing added to them.

Its actors are the catalysts of the directory that stand in it or whose declared scope it is. It
brings no alliance and no project: those it shows are the network's (``data/network.toml``), each
with its text, or a team's own.
"""

from typing import Any, Final

import pandas as pd

from geo.directory.ecosystems.rows import frame_of
from geo.reference import france

EXAMPLE_ID: Final = "exemple-paris-est-marne-bois"
_KIND: Final = "ept"
_NAME: Final = "Paris Est Marne et Bois"
_NOTE: Final = (
    "Exemple bâti sur des textes publics : les acteurs sont ceux du répertoire situés dans ses "
    "communes ou qui déclarent ce périmètre ; chaque fiche dit sa source. L’exemple n’apporte ni "
    "alliance ni projet : les alliances qui s’affichent sont celles de l’écosystème du réseau, "
    "chacune avec son texte, ou ont été ajoutées à cette base. Selon le webinaire du "
    "8 septembre 2022, c’est un territoire pilote de « Agir ensemble en Territoire » depuis 2010."
)


def example() -> dict[str, Any] | None:
    """Return the example's record, or nothing where the reference does not hold its territory."""
    known = france.territories()
    if _KIND not in known.index.get_level_values(0):
        return None
    names = known.loc[_KIND]["territory_name"]
    found = names.index[names == _NAME]
    if found.empty:
        return None
    return {
        "ecosystem_id": EXAMPLE_ID,
        "ecosystem_name": "Paris Est Marne & Bois",
        "territory_kind": _KIND,
        "territory_code": str(found[0]),
        "example": True,
        "note": _NOTE,
        "source_title": (
            "Webinaire « La place du dialogue territorial », Réseau des pionniers des alliances "
            "en Territoire, 8 septembre 2022"
        ),
        "source_url": "https://www.lerameau.fr/decouvrir-le-fonds-odd-17/",
        "source_date": "2022-09-08",
        "status": "publiee",
    }


def with_example(ecosystems: pd.DataFrame) -> pd.DataFrame:
    """Add the example after the ecosystems of the store, unless the store has its own version."""
    record = example()
    if record is None or EXAMPLE_ID in ecosystems.index:
        return ecosystems
    added = frame_of("ecosystem", [record])
    return pd.concat([ecosystems, added]) if len(ecosystems) else added
