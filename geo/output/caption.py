"""What every answer says of itself: its filters, its counts, its date, its sources."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

import pandas as pd

from geo.directory.directory import Directory
from geo.french import count
from geo.reference.sources import attribution, sources
from geo.selection import Selection

FICTIVE_NOTICE = "Données fictives : ces catalyseurs sont inventés."
LICENCE = "Licence Ouverte 2.0 (géographie) ; faits publics cités avec leur source (catalyseurs)"
NOT_THE_REGISTER = (
    "Ce fichier n’est pas le registre du réseau : les quelque 350 catalyseurs du Réseau des "
    "pionniers des alliances en Territoire ne sont pas publics."
)


def today() -> str:
    """Give the date of extraction, ISO 8601, UTC."""
    return datetime.now(UTC).date().isoformat()


@dataclass(frozen=True)
class Caption:
    """The description that travels with an export; ``about`` adds what the view itself fixes."""

    title: str
    filters: str
    fictive: bool
    catalysts_from: str
    about: str = ""
    date: str = field(default_factory=today)

    @property
    def mark(self) -> str:
        """Give how the names of files that hold fictitious data begin."""
        return "fictif-" if self.fictive else ""

    def members(self, rows: pd.DataFrame) -> dict[str, object]:
        """Give the foreign members of a GeoJSON file that holds these catalysts."""
        placed = int(rows["longitude"].notna().sum())
        return {
            "title": self.title,
            "filters": self.filters,
            "about": self.about,
            "count": len(rows),
            "placed_count": placed,
            "unplaced_count": len(rows) - placed,
            "date": self.date,
            **self.provenance(),
        }

    def provenance(self) -> dict[str, object]:
        """Give sources, licence and notices, as every export carries them."""
        return {
            "sources": [
                {
                    "title": s.title,
                    "publisher": s.publisher,
                    "licence": s.licence,
                    "vintage": s.vintage,
                }
                for s in sources()
            ],
            "catalysts_from": self.catalysts_from,
            "attribution": attribution(),
            "licence": LICENCE,
            "fictive": self.fictive,
            "notice": FICTIVE_NOTICE if self.fictive else NOT_THE_REGISTER,
        }

    def line(self, quantity: int) -> str:
        """Say it all in one line, for a cell of a table."""
        parts = [self.title, self.about, count(quantity, "catalyseur"), f"filtres : {self.filters}"]
        mark = [FICTIVE_NOTICE] if self.fictive else []
        return " ; ".join([*mark, *(part for part in parts if part), f"extrait le {self.date}"])


def caption(directory: Directory, selection: Selection, title: str, about: str = "") -> Caption:
    """Describe an answer drawn from a directory by a selection."""
    return Caption(
        title=title,
        filters=selection.in_words(),
        fictive=directory.fictive,
        catalysts_from=directory.name,
        about=about,
    )
