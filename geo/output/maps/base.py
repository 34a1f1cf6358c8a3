"""The Folium map every page shares: constant, so that the browser never mounts it again.

What changes goes through an ``Overlay``, one Folium feature group whose script is one call with
one JSON value. Sources: Folium 0.20, streamlit-folium 0.27.4 (its frontend replaces the feature
group of the map that stands, and mounts a new map when the map's own script changes).
"""

import json
from collections.abc import Sequence
from html import escape
from typing import Any

import folium
from folium.template import Template

from geo.errors import MissingDataError
from geo.output.maps.borders import borders_url
from geo.output.maps.names import names_url
from geo.output.maps.outlines import outline_url, territory_url
from geo.output.maps.places import HEXAGONE, PLACES, Bounds
from geo.output.maps.surroundings import surroundings_url
from geo.output.tile_servers import chosen_tiles
from geo.output.webfiles import (
    LATER_SCRIPT,
    asset_url,
    map_scripts,
    map_styles,
)
from geo.reference.sources import attribution
from geo.reference.territory import COMMUNE


def to_script(value: Any) -> str:
    """Write a value as JSON that is also safe inside a script element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


class BaseMap(folium.Map):
    """A Folium map with Leaflet served by the app, drawn by ``web/scripts/map.js``.

    Folium's usual jQuery, Bootstrap, Font Awesome and awesome-markers are not needed.
    """

    _template = Template(
        "{% macro html(this, kwargs) %}"
        '<div class="folium-map" id={{ this.get_name()|tojson }} ></div>'
        "{% endmacro %}"
        "{% macro script(this, kwargs) %}"
        "var {{ this.get_name() }} = catalyse.map({{ this.get_name()|tojson }},"
        " {{ this.settings }});"
        "{% endmacro %}"
    )

    def __init__(self, options: dict[str, Any]) -> None:
        super().__init__(location=(46.6, 2.5), zoom_start=5, tiles=None)
        self.default_js = [(url, url) for url in map_scripts()]
        self.default_css = [(url, url) for url in map_styles()]
        self.settings = to_script(options)


class Overlay(folium.FeatureGroup):
    """Everything that may change on a map, as one JSON value.

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
        Which clicks go back to Python: "place", "area", "catalyst".
    """

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "var {{ this.get_name() }} = catalyse.show({{ this._parent.get_name() }},"
        " {{ this.document }});"
        "{% endmacro %}"
    )

    def __init__(
        self,
        layers: Sequence[dict[str, Any]],
        *,
        title: str,
        bounds: Bounds | None = HEXAGONE,
        clicks: Sequence[str] = (),
    ) -> None:
        super().__init__(name="calques", control=False)
        self.document = to_script(
            {"layers": list(layers), "title": title, "bounds": bounds, "clicks": list(clicks)}
        )


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
        "land": outline_url("departement", 500),
        "near": territory_url("departement", "{code}"),
        "borders": borders_url(COMMUNE),
        "around": surroundings_url(),
        "towns": names_url(),
        "communes": names_url("{code}"),
    }


def base_map() -> BaseMap:
    """Build the constant base map; cheap, and new each time because Folium's maps are mutable."""
    return BaseMap(
        {
            "outline": outline_url("region", 1000),
            "ground": _ground(),
            "tiles": chosen_tiles(),
            "places": PLACES,
            "attribution": _attribution(),
        }
    )
