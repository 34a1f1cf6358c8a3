"""What every answer says of itself: its filters, its counts, its date, its sources."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from geo.dates import in_words
from geo.directory.directory import Directory
from geo.french import count
from geo.query.selection import Selection
from geo.reference.sources import attribution, sources

FICTIVE_NOTICE = "Données fictives : ces catalyseurs sont inventés."
LICENCE = "Licence Ouverte 2.0 (géographie) ; faits publics cités avec leur source (catalyseurs)"
NOT_THE_REGISTER = (
    "Ce fichier n’est pas le registre du réseau : les quelque 350 catalyseurs du Réseau des "
    "pionniers des alliances en Territoire ne sont pas publics."
)


def today() -> str:
    """Return the date of extraction, ISO 8601, UTC."""
    return datetime.now(UTC).date().isoformat()


# Subject of a file -> its noun, and how it says that what it holds is made up.
NOUNS: Final = {
    "catalysts": "catalyseur",
    "actors": "acteur",
    "alliances": "alliance",
    "links": "lien",
    "projects": "projet",
    "territories": "territoire",
    "resources": "ressource",
    "places": "lieu ressource",
    "programmes": "territoire accompagné",
    "badges": "commune lauréate",
    "reach": "territoire",
    "siting": "lieu proposé",
    "network": "acteur",
}
_PLURALS: Final = {
    "places": "lieux ressources",
    "programmes": "territoires accompagnés",
    "badges": "communes lauréates",
    "siting": "lieux proposés",
}
_FICTIVE: Final = {
    "catalysts": FICTIVE_NOTICE,
    **dict.fromkeys(
        ("territories", "reach", "siting"),
        "Données fictives : ces chiffres comptent des catalyseurs inventés.",
    ),
}
SOME_FICTIVE: Final = "Données fictives : des fiches de ce fichier sont inventées."


CONTENT: Final = "Contenu"
_NUMBER: Final = re.compile(r", état n° [0-9]+$")


def origin_in_words(name: str, day: str) -> str:
    """Say where records come from to a person: of the base, its day and not its number."""
    return _NUMBER.sub(f" au {in_words(day)}", name)


def count_of(subject: str, quantity: int) -> str:
    """Write the number of rows of a subject, with their noun."""
    return count(quantity, NOUNS[subject], _PLURALS.get(subject, ""))


@dataclass(frozen=True)
class Caption:
    """The description that travels with an export; ``about`` adds what the view itself fixes.

    ``subject``: what the rows are, as ``subject`` of ``Dataset``. ``alone``: the
    filters on catalysts, where the others are on what is shown beside them.
    """

    title: str
    filters: str
    fictive: bool
    catalysts_from: str
    about: str = ""
    date: str = field(default_factory=today)
    subject: str = "catalysts"
    alone: str = ""

    @property
    def mark(self) -> str:
        """Return how the names of files that hold fictitious data begin."""
        return "fictif-" if self.fictive else ""

    @property
    def notice(self) -> str:
        """Describe what the rows are not: real, or the register of the network."""
        if self.fictive:
            return _FICTIVE.get(self.subject, SOME_FICTIVE)
        return NOT_THE_REGISTER if self.subject in {"catalysts", "actors"} else ""

    def counted(self, quantity: int) -> str:
        """Write the number of rows, with their noun."""
        return count_of(self.subject, quantity)

    def members(self, quantity: int, placed: int) -> dict[str, object]:
        """Return the foreign members of a GeoJSON file of so many rows, some of them placed."""
        return {
            "title": self.title,
            "filters": self.filters,
            "about": self.about,
            "count": quantity,
            "placed_count": placed,
            "unplaced_count": quantity - placed,
            "date": self.date,
            **self.provenance(),
        }

    def facts(self, quantity: int, placed: int) -> list[tuple[str, str]]:
        """Return the same for a person: pairs of a French term and its text, none empty."""
        facts = [
            ("Titre", self.title),
            ("Avertissement", self.notice),
            ("Filtres", self.filters),
            ("Précisions", self.about),
            (CONTENT, self.counted(quantity)),
            ("Situés", str(placed)),
            ("Sans lieu précis", str(quantity - placed)),
            ("Extrait le", in_words(self.date)),
            ("Provenance", origin_in_words(self.catalysts_from, self.date)),
            ("Sources", attribution()),
            ("Licence", LICENCE),
        ]
        return [(term, text) for term, text in facts if text]

    def provenance(self) -> dict[str, object]:
        """Return sources, licence and notices, as every export carries them."""
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
            "notice": self.notice,
        }

    def line(self, quantity: int) -> str:
        """Return everything in one line, for a cell of a table."""
        parts = [self.title, self.about, self.counted(quantity), f"filtres : {self.filters}"]
        mark = [self.notice] if self.fictive else []
        return " ; ".join([*mark, *(part for part in parts if part), f"extrait le {self.date}"])


def caption(directory: Directory, selection: Selection, title: str, about: str = "") -> Caption:
    """Describe the answer of a selection to a directory."""
    return Caption(
        title=title,
        filters=selection.in_words(),
        fictive=directory.fictive,
        catalysts_from=directory.name,
        about=about,
        alone=selection.alone.in_words(),
    )
