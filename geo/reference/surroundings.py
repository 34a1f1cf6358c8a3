"""What lies around and on the land of France, for display: neighbours, rivers, lakes.

WGS 84, lon/lat. Source: Natural Earth, 1:10,000,000, public domain (``data/surroundings.geojson``,
written by ``geo/reference/build/surroundings.py``).
"""

import json
from functools import cache
from pathlib import Path
from typing import Final

import shapely

from geo.errors import MissingDataError
from geo.settings import settings

NAME: Final = "surroundings.geojson"
ABROAD, RIVER, STREAM, LAKE = "abroad", "river", "stream", "lake"


def path() -> Path:
    """Return the file.

    Raises
    ------
    MissingDataError
        It is absent.
    """
    file = settings().data / NAME
    if not file.is_file():
        raise MissingDataError(f"Le fichier {file} manque. Rétablissez-le depuis le dépôt.")
    return file


@cache
def shapes() -> dict[str, shapely.Geometry]:
    """Read one geometry a role: ``ABROAD`` and ``LAKE`` are surfaces, the others are lines."""
    features = json.loads(path().read_text(encoding="utf-8"))["features"]
    return {
        feature["properties"]["role"]: shapely.geometry.shape(feature["geometry"])
        for feature in features
    }
