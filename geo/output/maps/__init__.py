"""Folium maps: a constant base, overlays that change, legends in plain HTML."""

from geo.output.maps.base import HEXAGONE, PLACES, BaseMap, Bounds, Overlay, base_map
from geo.output.maps.catalysts import (
    catalyst_bounds,
    catalyst_layer,
    catalyst_legend,
    place_layer,
    publish_catalysts,
)
from geo.output.maps.territories import (
    Scale,
    choropleth_layer,
    choropleth_legend,
    class_counts,
    outline_layer,
    scale_for,
    territory_bounds,
    territory_layer,
)

__all__ = [
    "HEXAGONE",
    "PLACES",
    "BaseMap",
    "Bounds",
    "Overlay",
    "Scale",
    "base_map",
    "catalyst_bounds",
    "catalyst_layer",
    "catalyst_legend",
    "choropleth_layer",
    "choropleth_legend",
    "class_counts",
    "outline_layer",
    "place_layer",
    "publish_catalysts",
    "scale_for",
    "territory_bounds",
    "territory_layer",
]
