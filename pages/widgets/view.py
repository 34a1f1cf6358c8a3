"""The map's view in a link: written and read by the browser, whose bad values are said here."""

from geo.errors import AtlasError, BadParameterError
from geo.french import quoted
from geo.output.maps.tiles import chosen_tiles
from geo.query.doors import START, VIEW
from geo.query.parameters import GROUND
from geo.query.query import Given


def ground(text: str) -> None:
    """Refuse a base layer that is not offered here."""
    known = ["simple", *(str(one["id"]) for one in chosen_tiles())]
    if text not in known:
        raise AtlasError(f"fond {quoted(text[:40])} inconnu ; possibles : {', '.join(known)}.")


def faults(query: Given) -> list[str]:
    """List in French what a link says of the view that cannot be.

    A record that is not on the map (``choix``) is said by the map itself.
    """
    return [left_out(fault) for fault in START.read(query, {GROUND.name: ground})[1]]


def left_out(fault: AtlasError) -> str:
    """Say what a link asks for in vain."""
    left = fault.left if isinstance(fault, BadParameterError) else "Ce paramètre est ignoré."
    return f"Lien : {fault} {left}"


def without(query: dict[str, list[str]]) -> dict[str, list[str]]:
    """Leave the view out: what is left is what Python answers for."""
    names = {one.name for one in VIEW}
    return {name: values for name, values in query.items() if name not in names}
