"""The map's view in a link: written and read by the browser, whose bad values are said here."""

import math
from collections.abc import Callable
from typing import Final

from geo.errors import AtlasError
from geo.french import quoted
from geo.output.embedding import VIEW
from geo.output.maps.tiles import chosen_tiles

_POLE: Final = 90
_TURN: Final = 180
_ZOOMS: Final = (3, 18)


def centre(text: str) -> None:
    """Refuse a centre that is not « latitude,longitude »."""
    lat, _, lon = text.partition(",")
    if not (_within(lat, -_POLE, _POLE) and _within(lon, -_TURN, _TURN)):
        raise AtlasError(
            f"centre {quoted(text[:40])} illisible ; attendu : latitude,longitude en degrés."
        )


def zoom(text: str) -> None:
    """Refuse a zoom that the map does not reach."""
    if not _within(text, *_ZOOMS):
        raise AtlasError(
            f"zoom {quoted(text[:40])} hors limites ; possible : de {_ZOOMS[0]} à {_ZOOMS[1]}."
        )


def ground(text: str) -> None:
    """Refuse a base layer that is not offered here."""
    known = ["simple", *(str(one["id"]) for one in chosen_tiles())]
    if text not in known:
        raise AtlasError(f"fond {quoted(text[:40])} inconnu ; possibles : {', '.join(known)}.")


def _within(text: str, least: float, most: float) -> bool:
    try:
        value = float(text)
    except ValueError:
        return False
    return math.isfinite(value) and least <= value <= most


_READERS: Final[dict[str, Callable[[str], None]]] = {
    "centre": centre,
    "zoom": zoom,
    "fond": ground,
}


def faults(query: dict[str, list[str]]) -> list[str]:
    """List in French what a link says of the view that cannot be.

    A record that is not on the map (``choix``) is said by the map itself.
    """
    found = []
    for name, reader in _READERS.items():
        try:
            for value in query.get(name, [])[:1]:
                reader(value)
        except AtlasError as fault:
            found.append(f"Lien : {fault} Ce paramètre est ignoré.")
    return found


def without(query: dict[str, list[str]]) -> dict[str, list[str]]:
    """Leave the view out: what is left is what Python answers for."""
    return {name: values for name, values in query.items() if name not in VIEW}
