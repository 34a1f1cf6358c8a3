"""Folium maps: a constant base, layers that change, legends in plain HTML.

Layers and legends need no Folium: only ``geo.output.maps.base`` imports it, which takes a second,
so that a page can write its text before its map is ready.
"""

from geo.output.maps.catalysts import (
    catalyst_bounds,
    catalyst_layer,
    catalyst_legend,
    map_records,
    place_layer,
    publish_catalysts,
)
from geo.output.maps.places import HEXAGONE, PLACES, Bounds
from geo.output.maps.programmes import programme_layers, programme_legend
from geo.output.maps.territories import (
    Scale,
    choropleth_layer,
    choropleth_legend,
    class_counts,
    member_choropleth,
    outline_layer,
    outline_legend,
    scale_for,
    territory_bounds,
    territory_layer,
)

__all__ = [
    "HEXAGONE",
    "PLACES",
    "Bounds",
    "Scale",
    "catalyst_bounds",
    "catalyst_layer",
    "catalyst_legend",
    "choropleth_layer",
    "choropleth_legend",
    "class_counts",
    "map_records",
    "member_choropleth",
    "outline_layer",
    "outline_legend",
    "place_layer",
    "programme_layers",
    "programme_legend",
    "publish_catalysts",
    "scale_for",
    "territory_bounds",
    "territory_layer",
]
