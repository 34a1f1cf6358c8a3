"""The Folium map every page shares: constant, so that the browser never mounts it again.

What changes goes through an ``Overlay``, one Folium feature group whose script is one call with
one JSON value. Sources: Folium 0.20, streamlit-folium 0.27.4 (its frontend replaces the feature
group of the map that stands, and mounts a new map when the map's own script changes).
"""

from collections.abc import Sequence
from typing import Any

import folium
from folium.template import Template

from geo.output.maps.spec import base_spec, overlay_spec, to_script
from geo.output.webfiles import map_scripts, map_styles


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
    """Everything that may change on a map, as one JSON value: see ``overlay_spec``."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "var {{ this.get_name() }} = catalyse.show({{ this._parent.get_name() }},"
        " {{ this.document }});"
        "{% endmacro %}"
    )

    def __init__(self, layers: Sequence[dict[str, Any]], **more: Any) -> None:
        super().__init__(name="calques", control=False)
        self.document = to_script(overlay_spec(layers, **more))


def base_map() -> BaseMap:
    """Build the constant base map; cheap, and new each time because Folium's maps are mutable."""
    return BaseMap(base_spec())
