"""What an image shows, before anything is drawn; the sizes and forms it may take."""

from dataclasses import dataclass
from typing import Final

import pandas as pd
import shapely

from geo.output.caption import Caption
from geo.output.maps.places import Bounds
from geo.output.maps.territories import Scale


@dataclass(frozen=True)
class Size:
    """A size in pixels; ``label`` is what it is for, in French."""

    label: str
    width: int
    height: int


SIZES: Final = {
    "diapositive": Size("Diapositive (1\u202f920 × 1\u202f080)", 1920, 1080),
    "a4": Size("Page A4 en paysage (2\u202f000 × 1\u202f414)", 2000, 1414),
    "publication": Size("Publication carrée (1\u202f200 × 1\u202f200)", 1200, 1200),
}
FORMS: Final = {"png": "image/png", "svg": "image/svg+xml"}


@dataclass(frozen=True)
class Shaded:
    """Territories of one kind under the catalysts: outlines, or a colour by value.

    ``values``: by code; None for outlines alone. ``title``: what shades, with its year.
    """

    kind: str
    title: str = ""
    values: dict[str, float | None] | None = None
    scale: Scale | None = None


@dataclass(frozen=True)
class MapImage:
    """One map: its words, its catalysts, where it looks, what lies under.

    Parameters
    ----------
    rows
        Catalysts, best first; those without a point are not drawn, but counted in the caption.
    bounds
        West, south, east, north to show, in degrees.
    area
        A territory to outline: its kind and its code.
    ranked
        Whether marks carry their rank.
    alliances
        Of a map of actors: what joins them. ``rows`` are then actors, each with its profile.
    shape
        A perimeter (WGS 84) to outline that no list of territories holds.
    proposed
        Places that a calculation proposes: ``rank``, ``longitude``, ``latitude``.
    sentence
        One more sentence under the title, in French.
    """

    caption: Caption
    rows: pd.DataFrame
    bounds: Bounds
    name: str
    area: tuple[str, str] | None = None
    shaded: Shaded | None = None
    ranked: bool = False
    alliances: pd.DataFrame | None = None
    shape: shapely.Geometry | None = None
    proposed: pd.DataFrame | None = None
    sentence: str = ""
