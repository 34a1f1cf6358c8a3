"""Tile servers a map may show on top of the own outline; none is asked when none is chosen.

Sources: IGN, Géoplateforme (WMTS, open, no key); OpenStreetMap France (tile usage policy).
"""

from dataclasses import asdict, dataclass
from typing import Any, Final

from geo.errors import SettingError
from geo.french import NBSP, quoted
from geo.settings import settings


@dataclass(frozen=True)
class Tiles:
    """One tile layer: its address for Leaflet, what must be credited, its deepest zoom."""

    id: str
    name: str
    url: str
    attribution: str
    zoom: int


_WMTS: Final = (
    "https://data.geopf.fr/wmts?SERVICE=WMTS&VERSION=1.0.0&REQUEST=GetTile"
    "&LAYER=GEOGRAPHICALGRIDSYSTEMS.PLANIGNV2&STYLE=normal&FORMAT=image/png"
    "&TILEMATRIXSET=PM&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}"
)
SERVERS: Final = {
    "ign": Tiles(
        id="ign",
        name="Plan IGN",
        url=_WMTS,
        attribution='<a href="https://geoservices.ign.fr">© IGN, Géoplateforme</a>',
        zoom=19,
    ),
    "osm": Tiles(
        id="osm",
        name="OpenStreetMap France",
        url="https://{s}.tile.openstreetmap.fr/osmfr/{z}/{x}/{y}.png",
        attribution=(
            '<a href="https://www.openstreetmap.org/copyright">'
            "© les contributeurs d’OpenStreetMap</a>"
        ),
        zoom=20,
    ),
}


def chosen_tiles() -> list[dict[str, Any]]:
    """Return the tile layers that the operator chose, in order.

    Raises
    ------
    SettingError
        A name is none of ours.
    """
    names = [name for one in settings().tiles.split(",") if (name := one.strip().lower())]
    if unknown := [name for name in names if name not in SERVERS]:
        raise SettingError(
            f"CATALYSE_TILES nomme {quoted(unknown[0][:40])}{NBSP}: donnez {', '.join(SERVERS)}, "
            "ou rien."
        )
    return [asdict(SERVERS[name]) for name in names]
