"""What an address asks to export: its parameters, each read or refused, none silently dropped."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from geo.analysis.nearest import DEFAULT_COUNT, Search
from geo.analysis.territory import DEFAULT_NEAR_KM
from geo.errors import AtlasError, UnknownItemError
from geo.french import quoted
from geo.query.selection import FACETS, Selection, checked
from geo.vocabulary import choices, unknown

Query = Mapping[str, Sequence[str]]

_SELECTION: Final = (*(name for name, _ in FACETS.values()), "texte")
_NEAREST: Final = ("lieu", "rayon", "nombre", "mesure")
_NETWORK: Final = ("ecosysteme", "type", "odd", "acteur", "periode")
_ANY: Final = ("sans_point",)
PARAMETERS: Final = {
    "catalysts": (*_SELECTION, "territoire", "autour", *_NEAREST),
    "actors": ("profil", "texte", "ecosysteme"),
    "alliances": _NETWORK,
    "links": _NETWORK,
    "projects": ("ecosysteme", "odd"),
    "territories": (*_SELECTION, "contours", "indicateur", "territoire", "detail"),
    "ecosystem": ("ecosysteme",),
}
"""What each subject may be filtered by, as its page writes it in the address."""
VIEW_ONLY: Final = (
    *("vue", "fiche", "alliance", "projet", "indicateur", "contours"),
    *("centre", "zoom", "fond", "choix", "embed"),
)
"""What a page's address says of the screen, not of the rows: an export has no use for it."""


@dataclass(frozen=True)
class Asked:
    """The parameters of one export, of a known subject, the empty ones left out."""

    subject: str
    query: Query

    def one(self, name: str) -> str:
        """Give the value of a parameter that may be given once; "" without it.

        Raises
        ------
        AtlasError
            It is given twice.
        """
        values = self.query.get(name, ())
        if len(values) > 1:
            raise AtlasError(f"Le paramètre {quoted(name)} est donné deux fois ; gardez-en un.")
        return values[0] if values else ""

    def among(self, name: str, known: Sequence[str]) -> str:
        """Give the value of a parameter that takes only some; "" without it."""
        value = self.one(name)
        if value and value not in known:
            raise AtlasError(
                f"Valeur inconnue {quoted(value[:40])} pour {name} ; possibles : "
                f"{', '.join(known)}."
            )
        return value

    def item(self, name: str, vocabulary_id: str) -> str:
        """Give the value of a parameter that names one item of a vocabulary; "" without it."""
        value = self.one(name)
        if value and value not in choices(vocabulary_id):
            raise UnknownItemError(unknown(vocabulary_id, [value]))
        return value

    def number(self, name: str, usual: float) -> float:
        """Give a parameter that is a number."""
        text = self.one(name)
        try:
            value = float(text) if text else usual
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            raise AtlasError(
                f"{name} : {quoted(text[:40])} n’est pas un nombre ; écrivez par exemple 20."
            )
        return value

    def selection(self) -> Selection:
        """Give the filters on catalysts, or say which values no vocabulary holds."""
        facets = {field: tuple(self.query.get(name, ())) for field, (name, _) in FACETS.items()}
        return checked(Selection(**facets, text=self.one("texte").strip()[:200]))

    def search(self) -> Search:
        """Give how many of the nearest, how far, measured from where."""
        boundary = self.among("mesure", ("centre", "limite")) == "limite"
        far = self.number("rayon", 0)
        return Search(int(self.number("nombre", DEFAULT_COUNT)), far or None, boundary=boundary)

    def near_km(self) -> float:
        """Give the distance around a territory that counts as near."""
        return self.number("autour", DEFAULT_NEAR_KM)

    def place(self, name: str = "territoire") -> tuple[str, str]:
        """Split « kind:code »."""
        kind, colon, code = self.one(name).partition(":")
        if not colon or not code:
            raise AtlasError(
                f"Territoire illisible : {quoted(self.one(name)[:60])}. "
                "Écrivez type:code, par exemple epci:244400404."
            )
        return kind, code

    @property
    def with_unplaced(self) -> bool:
        """Tell whether files for maps hold what has no place too."""
        return self.among("sans_point", ("oui", "non")) == "oui"


def asked(subject: str, query: Query) -> Asked:
    """Read the parameters of an export; what the subject does not know is refused.

    Raises
    ------
    AtlasError
        A filter that this subject does not have.
    """
    known = (*PARAMETERS[subject], *_ANY)
    strange = [name for name in query if name not in (*known, *VIEW_ONLY)]
    if strange:
        raise AtlasError(
            f"Filtre inconnu pour cet export : {quoted(strange[0][:40])}. "
            f"Filtres possibles : {', '.join(known)}."
        )
    kept = {name: [one for one in query[name] if one] for name in known if name in query}
    return Asked(subject, {name: values for name, values in kept.items() if values})
