"""What a request for features asks: a box, a page, properties, as the standard's Part 1 says."""

import re
from dataclasses import dataclass
from typing import Any, Final

from starlette.requests import Request

from geo.api.ogc.coordinate_systems import System, system
from geo.api.problem import RefusedError
from geo.api.query_params import QueryValues, number, one, read_parameters, whole
from geo.directory.schema import FLAG, REAL, WHOLE
from geo.french import quoted
from geo.output.collections import Box
from geo.output.datasets.table import Column, Dataset
from geo.settings import settings
from geo.vocabulary import items

DEFAULT_LIMIT: Final = 100
MOST_OFFSET: Final = 1_000_000_000
KNOWN: Final = ("f", "limit", "offset", "bbox", "bbox-crs", "crs", "datetime")
_NOT_FILTERS: Final = {"longitude", "latitude"}
FLAGS: Final = {"true": True, "false": False, "1": True, "0": False}
"""GDAL writes what is true as 1."""
_DAY: Final = r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
_INSTANT: Final = (
    rf"{_DAY}([Tt]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d{{1,9}})?([Zz]|[+-]\d\d:\d\d))?"
)
_DATETIME: Final = re.compile(
    rf"{_INSTANT}|{_INSTANT}/(\.\.)?|(\.\.)?/{_INSTANT}|{_INSTANT}/{_INSTANT}", re.ASCII
)


@dataclass(frozen=True)
class FeatureQuery:
    """What a request asks of a collection; no box means everywhere.

    Boxes are of longitudes and latitudes, whatever the system they were asked in.
    """

    boxes: list[Box] | None
    properties: dict[str, Any]
    limit: int
    offset: int
    system: System
    parameters: QueryValues


def filters(dataset: Dataset) -> list[Column]:
    """List the properties that may filter."""
    return [column for column in dataset.columns if column.name not in _NOT_FILTERS]


def read_query(request: Request, dataset: Dataset) -> FeatureQuery:
    """Read all parameters of a request for features.

    Raises
    ------
    RefusedError
        One of them is unknown, repeated, of another type or out of bounds.
    """
    columns = {column.name: column for column in filters(dataset)}
    parameters = read_parameters(request, {*KNOWN, *columns})
    _check_datetime(parameters)
    most = settings().api_limit
    limit = whole(parameters, "limit", 1)
    return FeatureQuery(
        boxes=_boxes(parameters),
        properties={
            name: _value(columns[name], parameters[name][0])
            for name in columns
            if name in parameters
        },
        limit=min(limit or DEFAULT_LIMIT, most),  # the standard: more than the most is no fault
        offset=whole(parameters, "offset", 0, MOST_OFFSET) or 0,
        system=system(parameters, "crs"),
        parameters=parameters,
    )


def _check_datetime(parameters: QueryValues) -> None:
    """Check the form only: no feature here has a time, and those match whatever the time."""
    text = one(parameters, "datetime")
    if text is not None and not _DATETIME.fullmatch(text):
        raise RefusedError(
            f"datetime : {quoted(text[:40])} n’est ni une date ni un intervalle RFC 3339.",
            "datetime",
        )


def _boxes(parameters: QueryValues) -> list[Box] | None:
    text, crs = one(parameters, "bbox"), system(parameters, "bbox-crs")
    if text is None:
        return None
    parts = [number(part, "bbox") for part in text.split(",")]
    if len(parts) == 6:  # noqa: PLR2004 - heights: no feature here has one
        parts = [*parts[:2], *parts[3:5]]
    if len(parts) != 4:  # noqa: PLR2004
        raise RefusedError("bbox : donnez 4 nombres, ouest,sud,est,nord (ou 6).", "bbox")
    west, south, east, north = crs.box((parts[0], parts[1], parts[2], parts[3]))
    if not all(abs(lon) <= 180 for lon in (west, east)) or not -90 <= south <= north <= 90:  # noqa: PLR2004
        raise RefusedError(
            "bbox : longitudes de -180 à 180, latitudes de -90 à 90, le sud avant le nord, dans "
            "l’ordre des axes de bbox-crs.",
            "bbox",
        )
    if west <= east:
        return [(west, south, east, north)]
    return [(west, south, 180.0, north), (-180.0, south, east, north)]  # across the antimeridian


def _value(column: Column, text: str) -> Any:
    if column.type == FLAG:
        if text not in FLAGS:
            raise RefusedError(f"{column.name} : true ou false.", column.name)
        return FLAGS[text]
    if column.type in {WHOLE, REAL}:
        return number(text, column.name)
    values = choices(column)
    if values and text not in values:
        raise RefusedError(
            f"{column.name} : {quoted(text[:40])} n’est pas de {', '.join(values[1:])}.",
            column.name,
        )
    return text


def choices(column: Column) -> list[str]:
    """List what a property may hold, "" for no value; an empty list when it is free."""
    return ["", *(item.id for item in items(column.vocabulary))] if column.vocabulary else []
