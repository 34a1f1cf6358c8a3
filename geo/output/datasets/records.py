"""Catalysts, actors, alliances and projects as they may leave: no person, no private field."""

from collections.abc import Mapping
from itertools import combinations
from typing import Final

import numpy as np
import pandas as pd
import shapely

from geo.analysis import network
from geo.directory.catalysts import web_link
from geo.directory.schema import (
    ACTOR,
    ALLIANCE,
    FLAG,
    PROJECT,
    PROVENANCE,
    REAL,
    RESOURCE,
    STATUS,
    TEXT,
    TEXTS,
    WHOLE,
    Field,
    RecordKind,
)
from geo.output.datasets.table import Column, Dataset, Shapes, shapes_of, with_columns
from geo.output.records import ANSWER_FIELDS, FIELDS

_NOTHING: Final[Mapping[str, Column]] = {}


def catalysts(rows: pd.DataFrame) -> Dataset:
    """Return catalysts as a directory selects them, with what a question added (rank, distance)."""
    added = [name for name in ANSWER_FIELDS if name in rows.columns]
    columns = [_catalyst_column(name) for name in FIELDS]
    columns += [_ANSWER_COLUMNS[name] for name in added]
    columns.append(_column(ACTOR, "fictive"))
    frame = rows[[column.name for column in columns]]
    if "distance_m" in frame:
        frame = frame.assign(distance_m=frame["distance_m"].astype(float).round(1))
    return Dataset("catalysts", "Catalyseurs", tuple(columns), frame, _points(rows), "Point")


_ANSWER_COLUMNS: Final = {
    "relation": Column("relation", "Lien avec le territoire"),
    "rank": Column("rank", "Rang", WHOLE),
    "distance_m": Column("distance_m", "Distance (m)", REAL),
    "covers": Column("covers", "Intervient sur tout le territoire", FLAG),
}


def _catalyst_column(name: str) -> Column:
    found = _column(ACTOR, name.replace("catalyst_", "actor_"))
    return Column(name, found.label, found.type, found.vocabulary)


def actors(rows: pd.DataFrame) -> Dataset:
    """Return actors as ``readable_actors`` reads them, with « tie » where an ecosystem says it."""
    columns = _exported(ACTOR)
    if "tie" in rows:
        columns.append(Column("tie", "Lien avec l’écosystème"))
    frame = _linked(rows)[[column.name for column in columns]]
    return Dataset("actors", "Acteurs", tuple(columns), frame, _points(rows), "Point")


def alliances(rows: pd.DataFrame, members: pd.DataFrame) -> Dataset:
    """Return alliances with the names of their members, as straight lines between those placed.

    The lines are a drawing, not a place; an alliance with fewer than two points has none.
    """
    points = _located(members)
    lines = [
        _lines([points[record_id] for record_id in ids if record_id in points])
        for ids in rows["member_ids"]
    ]
    names = Column("member_names", "Noms des membres", TEXTS)
    columns = _exported(ALLIANCE, {"member_ids": names})
    frame = _with_names(_linked(rows), "member_ids", "member_names", members)
    return Dataset(
        "alliances",
        "Alliances",
        tuple(columns),
        with_columns(frame, columns),
        shapes_of(lines),
        "MultiLineString",
    )


_LINK: Final = (
    Column("link_id", "Identifiant"),
    Column("source_id", "Acteur 1"),
    Column("source_name", "Nom de l’acteur 1"),
    Column("target_id", "Acteur 2"),
    Column("target_name", "Nom de l’acteur 2"),
    Column("partnership_kind", "Type", TEXT, "any_partnership"),
    Column("alliance_id", "Alliance"),
    Column("alliance_name", "Nom de l’alliance"),
    Column("since", "Depuis"),
    Column("until", "Jusqu’à"),
    Column("fictive", "Donnée fictive", FLAG),
)


def links(rows: pd.DataFrame, members: pd.DataFrame) -> Dataset:
    """Return one row a pair of members of each alliance, with both ids, as a straight line."""
    points, names = _located(members), members["actor_name"]
    pairs = network.edges(rows)
    ids = [pairs[name].astype(str) for name in ("alliance_id", "source_id", "target_id")]
    frame = pairs.assign(
        link_id=ids[0] + ":" + ids[1] + ":" + ids[2] if len(pairs) else "",
        source_name=[str(names.get(one, "")) for one in pairs["source_id"]],
        target_name=[str(names.get(one, "")) for one in pairs["target_id"]],
    )
    ends = zip(pairs["source_id"], pairs["target_id"], strict=True)
    segments = [
        shapely.LineString([points[one], points[two]]) if {one, two} <= points.keys() else None
        for one, two in ends
    ]
    frame = with_columns(frame.set_index("link_id", drop=False), _LINK)
    return Dataset("links", "Liens", _LINK, frame, shapes_of(segments), "LineString")


def projects(rows: pd.DataFrame, members: pd.DataFrame) -> Dataset:
    """Return projects with the names of their actors, drawn as the points of those placed."""
    points = _located(members)
    actor_points = [
        [points[record_id] for record_id in ids if record_id in points] for ids in rows["actor_ids"]
    ]
    names = Column("actor_names", "Noms des acteurs", TEXTS)
    columns = _exported(PROJECT, {"actor_ids": names})
    frame = _with_names(_linked(rows), "actor_ids", "actor_names", members)
    shapes = [
        shapely.MultiPoint(points_of_one) if points_of_one else None
        for points_of_one in actor_points
    ]
    return Dataset(
        "projects",
        "Projets",
        tuple(columns),
        with_columns(frame, columns),
        shapes_of(shapes),
        "MultiPoint",
    )


def resources(rows: pd.DataFrame) -> Dataset:
    """Return resources as their catalogue reads them: they have no place, so no shape."""
    columns = _exported(RESOURCE)
    frame = with_columns(_linked(rows), columns)
    return Dataset(
        "resources", "Ressources", tuple(columns), frame, shapes_of([None] * len(rows)), ""
    )


def _exported(kind: RecordKind, beside: Mapping[str, Column] = _NOTHING) -> list[Column]:
    """Return the columns of a kind that leave: its own, its status, then where it comes from.

    ``beside``: a column that follows another.
    """
    own_fields = [field for field in kind.fields if field not in PROVENANCE]
    rest = [field for field in PROVENANCE if field != STATUS]
    found: list[Column] = []
    for field in (*own_fields, STATUS, *rest):
        if field.exported:
            found.append(_as_column(field))
            found += [beside[field.name]] if field.name in beside else []
    return found


def _column(kind: RecordKind, name: str) -> Column:
    return _as_column(kind.field(name))


def _as_column(field: Field) -> Column:
    return Column(field.name, field.label, field.type, field.vocabulary)


def _linked(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep only web addresses where an address is expected: never a script."""
    names = [name for name in ("website", "source_url") if name in rows]
    return rows.assign(**{name: rows[name].map(web_link) for name in names})


def _with_names(rows: pd.DataFrame, ids: str, names: str, members: pd.DataFrame) -> pd.DataFrame:
    known = members["actor_name"]
    names_of_rows = [
        [str(known.get(record_id, "")) for record_id in row_ids] for row_ids in rows[ids]
    ]
    return rows.assign(**{names: pd.Series(names_of_rows, rows.index, dtype=object)})


def _points(rows: pd.DataFrame) -> Shapes:
    lon = rows["longitude"].to_numpy(float)
    lat = rows["latitude"].to_numpy(float)
    found = np.full(len(rows), None, dtype=object)
    known = np.isfinite(lon) & np.isfinite(lat)
    found[known] = shapely.points(lon[known], lat[known])
    return found


def _located(members: pd.DataFrame) -> dict[str, tuple[float, float]]:
    known = members[members["longitude"].notna() & members["latitude"].notna()]
    places = zip(known["longitude"], known["latitude"], strict=True)
    return {str(one): place for one, place in zip(known.index, places, strict=True)}


def _lines(points: list[tuple[float, float]]) -> shapely.Geometry | None:
    pairs = list(combinations(points, 2))
    return shapely.MultiLineString(pairs) if pairs else None
