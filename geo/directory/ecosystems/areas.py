"""Where an ecosystem lies: a territory, a list of communes, or a perimeter that a person drew."""

import json
from collections.abc import Sequence
from typing import Any, Final

import shapely
from shapely.geometry import mapping

from geo.crs import check_lonlat
from geo.directory.ecosystems.rows import Book
from geo.directory.ecosystems.rules import Values, accepted, completed, faults_of, strangers
from geo.directory.schema import ECOSYSTEM, PERIMETER
from geo.errors import AtlasError, BadRecordError
from geo.reference import france
from geo.reference.territory import territory

CORNERS: Final = 3
MOST_CORNERS: Final = 20_000
_DECIMALS: Final = 6


def traced(corners: Sequence[tuple[float, float]]) -> str:
    """Close a ring of corners (longitude, latitude, WGS 84) into a polygon, as GeoJSON.

    Raises
    ------
    BadRecordError
        Fewer than three corners, or two of its sides cross.
    BadCoordinatesError
        A corner is no place on Earth.
    """
    for lon, lat in corners:
        check_lonlat(lon, lat)
    if len(set(corners)) < CORNERS:
        raise BadRecordError(f"Un périmètre a au moins {CORNERS} coins différents ; ajoutez-en.")
    return _written(shapely.Polygon(corners))


def _written(shape: Any) -> str:
    if not shape.is_valid or not shape.area:
        raise BadRecordError(
            "Ce périmètre n’entoure aucune surface ou ses côtés se croisent ; "
            "enlevez le dernier coin et reprenez."
        )
    rounded = shapely.set_precision(shape, 10**-_DECIMALS)
    return json.dumps(mapping(shapely.orient_polygons(rounded)))


def shape_of(geojson: str) -> Any:
    """Read a perimeter, WGS 84.

    Raises
    ------
    BadRecordError
        It is no polygon.
    """
    try:
        shape = shapely.from_geojson(geojson)
    except (shapely.errors.GEOSException, TypeError):
        raise BadRecordError("Ce tracé n’est pas un GeoJSON lisible ; redessinez-le.") from None
    if shape is None or shape.geom_type not in {"Polygon", "MultiPolygon"} or shape.is_empty:
        raise BadRecordError("Ce tracé n’est pas une surface ; redessinez-le.")
    return shape


def checked_perimeter(values: Values) -> dict[str, Any]:
    """Return a whole perimeter: a polygon on Earth, sides that do not cross.

    Raises
    ------
    BadRecordError
        Its outline is none, or another field is wrong.
    """
    record = completed(PERIMETER, values)
    faults = faults_of(PERIMETER, record)
    try:
        shape = shape_of(record["geojson"])
        west, south, east, north = shape.bounds
        check_lonlat(west, south)
        check_lonlat(east, north)
        if shapely.get_num_coordinates(shape) > MOST_CORNERS:
            faults.append(f"le tracé a plus de {MOST_CORNERS} coins")
        _written(shape)
    except AtlasError as fault:
        faults.append(str(fault).rstrip("."))
    return accepted(PERIMETER, record, faults)


def checked_ecosystem(values: Values, book: Book, perimeters: Sequence[str] = ()) -> dict[str, Any]:
    """Return a whole ecosystem, which lies in exactly one place.

    ``perimeters`` are ids about to be written with it.

    Raises
    ------
    BadRecordError
        No place or several, or something it names does not exist.
    """
    record = completed(ECOSYSTEM, values)
    known = [*book["perimeter"].index, *perimeters]
    faults = faults_of(ECOSYSTEM, record)
    faults += strangers("Acteurs ajoutés", record["actor_ids"], book["actor"].index)
    faults += strangers("Communes", record["commune_codes"], france.communes().index)
    faults += strangers("Périmètre", [record["perimeter_id"]], known)
    faults += _territory_faults(record)
    places = [record[name] for name in ("territory_code", "commune_codes", "perimeter_id")]
    if sum(map(bool, places)) != 1:
        faults.append("choisissez un territoire, ou des communes, ou un périmètre dessiné")
    return accepted(ECOSYSTEM, record, faults)


def _territory_faults(record: Values) -> list[str]:
    if not record["territory_code"]:
        return []
    try:
        territory(record["territory_kind"], record["territory_code"])
    except AtlasError as fault:
        return [str(fault).rstrip(".")]
    return []
