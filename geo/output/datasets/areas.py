"""Territories of one kind, whole, with their perimeters."""

from functools import cache
from typing import Final

import pandas as pd

from geo.directory.schema import REAL, WHOLE
from geo.output.datasets.table import NAMED_TERRITORY, Column, Dataset, shapes_of, with_columns
from geo.reference import france
from geo.reference.territory import COMMUNE, territory
from geo.vocabulary import plural

_TERRITORY: Final = (
    *NAMED_TERRITORY,
    Column("territory_nature", "Nature"),
    Column("departement_code", "Code du département"),
    Column("region_code", "Code de la région"),
    Column("population", "Population", WHOLE),
    Column("commune_count", "Communes", WHOLE),
    Column("area_km2", "Superficie (km²)", REAL),
    Column("longitude", "Longitude d’un point intérieur", REAL),
    Column("latitude", "Latitude d’un point intérieur", REAL),
)


@cache
def territories(kind: str) -> Dataset:
    """Return every territory of a kind with its full-detail perimeter; kept once read.

    A commune says its département and région, other kinds neither: some cross them.
    """
    frame = _communes() if kind == COMMUNE else _territories(kind)
    shapes = (
        france.commune_geometries() if kind == COMMUNE else france.territory_geometries(kind)[1]
    )
    title = plural(kind)[0].upper() + plural(kind)[1:]
    return Dataset("territories", title, _TERRITORY, frame, shapes, "MultiPolygon")


def one_territory(kind: str, code: str) -> Dataset:
    """Return one territory with its full-detail perimeter, that of today for an old code.

    Raises
    ------
    UnknownCodeError
        There is no such territory.
    """
    place = territory(kind, code).place
    shape = france.geometry(*place)
    frame = (_communes() if kind == COMMUNE else _territories(kind)).loc[[str(place)]]
    return Dataset(
        "territories", "Périmètre", _TERRITORY, frame, shapes_of([shape]), "MultiPolygon"
    )


def _communes() -> pd.DataFrame:
    rows = france.communes()
    frame = rows.rename(columns={"commune_name": "territory_name"}).assign(
        territory_kind=COMMUNE, territory_code=rows.index, territory_nature="", commune_count=1
    )
    return _with_ids(frame)


def _territories(kind: str) -> pd.DataFrame:
    rows = france.territories().loc[kind].sort_index()
    frame = rows.assign(
        territory_kind=kind,
        territory_code=rows.index,
        territory_nature=rows["territory_nature"].fillna(""),
        departement_code="",
        region_code="",
    )
    return _with_ids(frame)


def _with_ids(frame: pd.DataFrame) -> pd.DataFrame:
    ids = frame["territory_kind"] + ":" + frame["territory_code"]
    return with_columns(
        frame.assign(territory_id=ids).set_index("territory_id", drop=False), _TERRITORY
    )
