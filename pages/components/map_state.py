"""The map's view in a link: written and read by the browser, whose bad values are said here."""

from urllib.parse import parse_qs, urlsplit

from geo.errors import AtlasError
from geo.french import quoted
from geo.output.tile_servers import chosen_tiles
from geo.query.doors import START, VIEW
from geo.query.parameters import GROUND


def ground(text: str) -> None:
    """Refuse a base layer that is not offered here."""
    known = ["simple", *(str(one["id"]) for one in chosen_tiles())]
    if text not in known:
        raise AtlasError(f"fond {quoted(text[:40])} inconnu ; possibles : {', '.join(known)}.")


def start(address: str) -> tuple[dict[str, str], list[str]]:
    """Take from a link where it looks, as it is written there.

    A record that is not on the map (``choix``) is said by the map itself.

    Returns
    -------
    The view, and in French what the link says of it that cannot be.
    """
    try:
        parameters = parse_qs(urlsplit(address).query)
    except ValueError:  # « [::1 »: no address at all
        parameters = {}
    faults = START.read(parameters, {GROUND.name: ground})[1]
    found = {name: parameters[name][0] for name in START.names if name in parameters}
    return found, [left_out(fault) for fault in faults]


def left_out(fault: AtlasError) -> str:
    """Say what a link asks for in vain."""
    return f"{fault} Le reste du lien est suivi."


def without(query: dict[str, list[str]]) -> dict[str, list[str]]:
    """Leave the view out: what is left is what Python answers for."""
    names = {one.name for one in VIEW}
    return {name: values for name, values in query.items() if name not in names}
