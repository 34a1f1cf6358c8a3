"""What the scripts of a map are given, as plain values: its base, and what may change on it."""

import json
import re
from collections.abc import Sequence
from html import escape
from typing import Any, Final

from geo.errors import MissingDataError
from geo.output.maps.ground import ground_url
from geo.output.maps.names import names_url
from geo.output.maps.outlines import outline_url
from geo.output.maps.places import HEXAGONE, PLACES, Bounds
from geo.output.maps.surroundings import surroundings_url
from geo.output.tile_servers import chosen_tiles
from geo.output.webfiles import LATER_SCRIPT, asset_url
from geo.reference.sources import attribution

_BEGINS: Final = re.compile(r"\{(?=[{%#])")
"""What begins an instruction of a template: the other braces of JSON come before a quote."""


def to_script(value: Any) -> str:
    """Write a value as JSON that is also safe inside a script element, and inside a template.

    Folium reads the script that a map wrote as a template once more: « {{ 9**9**9 }} » in a name
    was worked out by the server, which then answered nobody.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    text = text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return _BEGINS.sub(r"\\u007b", text)


def _attribution() -> str:
    try:
        return escape(attribution())
    except MissingDataError:  # a map without its list of sources still names the publishers
        return "IGN, INSEE, ANCT (Licence Ouverte 2.0)"


def _ground() -> dict[str, str]:
    """Say where the finer base map is; ``{code}`` stands for a département's code."""
    return {
        "script": asset_url(LATER_SCRIPT),
        "lines": outline_url("departement", 1000),
        "squares": ground_url(),
        "around": surroundings_url(),
        "towns": names_url(),
        "communes": names_url("{code}"),
    }


def base_spec() -> dict[str, Any]:
    """Say what is under every map: ``catalyse.map`` draws it."""
    return {
        "outline": outline_url("region", 1000),
        "ground": _ground(),
        "tiles": chosen_tiles(),
        "places": PLACES,
        "attribution": _attribution(),
    }


def overlay_spec(
    layers: Sequence[dict[str, Any]],
    *,
    title: str,
    bounds: Bounds | None = HEXAGONE,
    clicks: Sequence[str] = (),
) -> dict[str, Any]:
    """Say what may change on a map: ``catalyse.show`` draws it.

    Parameters
    ----------
    layers
        What to draw, from ``catalyst_layer``, ``territory_layer``, ``choropleth_layer``,
        ``place_layer``.
    title
        French text alternative of the map.
    bounds
        Where to look; the view moves only when this value changes.
    clicks
        Which clicks are wanted: "place", "area", "catalyst".
    """
    return {"layers": list(layers), "title": title, "bounds": bounds, "clicks": list(clicks)}
