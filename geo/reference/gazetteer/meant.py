"""The one place that a typed text means: who writes a record is asked again, never guessed for."""

from collections.abc import Collection
from typing import Final

from geo.errors import UnknownCodeError
from geo.french import quoted, typeset
from geo.reference.gazetteer import search
from geo.reference.gazetteer.places import FoundPlace
from geo.reference.gazetteer.spelling import fold

_LOOKED_AT: Final = 20
_NAMED: Final = 6


def meant(text: str, kinds: Collection[str] | None = None) -> FoundPlace:
    """Return the place whose code, label or name this is.

    Raises
    ------
    UnknownCodeError
        None is, or several are: the sentence names those that it may be.
    """
    found = search(text, _LOOKED_AT, kinds)
    coded = [place for place in found if text.strip().upper() == place.code.upper()]
    labelled = [place for place in found if fold(place.label) == fold(text)]
    named = [place for place in found if fold(place.name) == fold(text)]
    for places in (coded, labelled, named, found):
        if len(places) == 1:
            return places[0]
    if not found:
        raise UnknownCodeError(typeset(f"Aucun lieu ne répond à {quoted(text[:60])}."))
    names = ", ".join(f"{place.label}, code {place.code}" for place in found[:_NAMED])
    raise UnknownCodeError(
        typeset(f"Plusieurs lieux répondent : {names}. Écrivez le nom entier ou le code du bon.")
    )
