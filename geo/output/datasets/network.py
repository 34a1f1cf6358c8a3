"""The actors of a network as they may leave, each with its measures."""

from typing import Final

from geo.analysis.bridging import Bridging
from geo.directory.schema import REAL, WHOLE
from geo.output.datasets.records import actors
from geo.output.datasets.table import Column, Dataset, with_columns

_ACTOR_COLUMNS: Final = ("actor_id", "actor_name", "profile", "practices", "town", "commune_code")
_MARKS: Final = ("status", "fictive")
_MEASURES: Final = (
    Column("partners", "Partenaires", WHOLE),
    Column("alliance_count", "Alliances", WHOLE),
    Column("between", "Part des plus courts chemins qui passent par lui (0 à 1)", REAL),
    Column("cut", "Acteurs qui perdraient leur lien sans lui", WHOLE),
    Column("group", "Groupe", WHOLE),
)
_DECIMALS: Final = 4


def network(found: Bridging) -> Dataset:
    """Return the actors joined, then those alone; a measure that means nothing is missing."""
    measured = found.table.rename(columns={"alliances": "alliance_count"})
    base = actors(found.actors.loc[measured.index])
    known = {column.name: column for column in base.columns}
    columns = (
        *(known[name] for name in _ACTOR_COLUMNS),
        *_MEASURES,
        *(known[name] for name in _MARKS if name in known),
    )
    frame = base.frame.assign(**{measure.name: measured[measure.name] for measure in _MEASURES})
    frame["between"] = frame["between"].round(_DECIMALS)
    frame = with_columns(frame, columns)
    return Dataset("network", "Acteurs du réseau", columns, frame, base.geometry, "Point")
