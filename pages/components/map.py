"""One map on a page: the constant base, what changes, and clicks that come back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from geo.output import maps

HEIGHT = 580
_TURN = 360


@dataclass(frozen=True)
class Click:
    """A click that came back from a map.

    ``kind`` is "place" (with ``longitude`` and ``latitude``, ``own`` when it is the visitor's own
    position), "area" (``id`` is a territory code) or "catalyst" (``id`` is a catalyst's).
    """

    kind: str
    id: str = ""
    longitude: float = 0.0
    latitude: float = 0.0
    own: bool = False


def show_map(  # noqa: PLR0913
    layers: Sequence[dict[str, Any]],
    *,
    key: str,
    title: str,
    bounds: maps.Bounds | None = maps.HEXAGONE,
    on_click: Callable[[Click], None] | None = None,
    clicks: Sequence[str] = (),
) -> None:
    """Show a map; a change of layers redraws it in place.

    Parameters
    ----------
    key
        Name of this map, unique in its page.
    title
        French text alternative: what the map shows, with its count.
    bounds
        Where to look; the view moves only when this changes.
    on_click
        Called before the page runs again, once per click, so it may set widget values.
    clicks
        Which clicks are wanted: "place", "area", "catalyst".
    """

    def changed() -> None:
        click = _click(st.session_state.get(key))
        if click and on_click:
            on_click(click)

    # A second of imports the first time: what stands above the map is on screen already.
    from streamlit_folium import st_folium  # noqa: PLC0415

    from geo.output.maps.base import Overlay, base_map  # noqa: PLC0415

    overlay = Overlay(layers, title=title, bounds=bounds, clicks=clicks)
    with st.container(key=f"carte_{key}"):
        st_folium(
            base_map(),
            key=key,
            height=HEIGHT,
            use_container_width=True,
            returned_objects=[],
            feature_group_to_add=overlay,
            on_change=changed,
        )


def _click(value: Any) -> Click | None:
    """Read what the browser sent; it is checked, since anyone can send anything."""
    if not isinstance(value, dict) or value.get("kind") not in ("place", "area", "catalyst"):
        return None
    lon, lat = value.get("lon", 0), value.get("lat", 0)
    if not all(isinstance(n, int | float) and abs(n) <= _TURN for n in (lon, lat)):
        return None
    return Click(
        value["kind"],
        str(value.get("id", ""))[:200],
        float(lon),
        float(lat),
        value.get("own") is True,
    )
