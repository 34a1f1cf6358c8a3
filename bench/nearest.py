"""One million places, the nearest of 350 catalysts for each."""

import geopandas as gpd
import numpy as np
import numpy.typing as npt
from sklearn.neighbors import BallTree

from bench.measure import Contender, Floats, Report, Row, race
from bench.places import catalysts, places
from geo.analysis.bulk import nearest_many
from geo.crs import GEOD, WGS84, geodesic_m, to_metric
from geo.database import connect

# Plain SQL: the least chord of the unit sphere, several times faster than the haversine formula.
SQL = """
SELECT arg_min(c.i, (c.x - p.x) ** 2 + (c.y - p.y) ** 2 + (c.z - p.z) ** 2) AS i
FROM places p CROSS JOIN catalysts c GROUP BY p.i ORDER BY p.i
"""
TRUTH_SAMPLE = 2_000


def _frame(lon: Floats, lat: Floats) -> gpd.GeoDataFrame:
    """Put points in Lambert-93, where sjoin_nearest measures metres (wrong overseas)."""
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs=WGS84)
    return to_metric(points, "75")


def _radians(lon: Floats, lat: Floats) -> Floats:
    return np.radians(np.column_stack([lat, lon]))


def sjoin_nearest(lon: Floats, lat: Floats) -> Contender:
    """Join on the plane; the first of two catalysts at the same distance."""
    zones = _frame(lon, lat)

    def answer(points: gpd.GeoDataFrame) -> npt.NDArray[np.int64]:
        joined = gpd.sjoin_nearest(points, zones)
        first = joined[~joined.index.duplicated()]["index_right"].sort_index()
        return np.asarray(first, dtype=np.int64)

    return Contender("geopandas.sjoin_nearest (Lambert-93)", _frame, answer)


def ball_tree(lon: Floats, lat: Floats) -> Contender:
    """Ask a ball tree on the sphere."""
    tree = BallTree(_radians(lon, lat), metric="haversine")
    return Contender(
        "scikit-learn BallTree (haversine)",
        _radians,
        lambda ready: tree.query(ready, k=1, return_distance=False)[:, 0],
    )


def duckdb_sql(lon: Floats, lat: Floats) -> Contender:
    """Compare every pair and keep the least of each place."""
    connection = connect()

    def table(name: str, lon: Floats, lat: Floats) -> str:
        east, north = np.radians(lon), np.radians(lat)
        values = {
            "i": np.arange(lon.size),
            "x": np.cos(north) * np.cos(east),
            "y": np.cos(north) * np.sin(east),
            "z": np.sin(north),
        }
        connection.register("incoming", values)
        connection.execute(f"CREATE OR REPLACE TABLE {name} AS FROM incoming")
        return name

    table("catalysts", lon, lat)
    return Contender(
        "DuckDB, SQL seul (corde sur la sphère)",
        lambda lon, lat: table("places", lon, lat),
        lambda _: np.asarray(connection.execute(SQL).fetchnumpy()["i"]),
    )


def truth(lon: Floats, lat: Floats, to_lon: Floats, to_lat: Floats) -> npt.NDArray[np.intp]:
    """Compute every geodesic and take the least."""
    shape = (lon.size, to_lon.size)
    ends = (lon[:, None], lat[:, None], to_lon, to_lat)
    here_lon, here_lat, there_lon, there_lat = (
        np.ascontiguousarray(np.broadcast_to(one, shape)) for one in ends
    )
    metres = np.asarray(GEOD.inv(here_lon, here_lat, there_lon, there_lat)[2])
    return np.asarray(metres.argmin(axis=1), dtype=np.intp)


def _remarks(rows: list[Row], spots: list[Floats]) -> list[str]:
    lon, lat, to_lon, to_lat = spots
    exact = truth(lon[:TRUTH_SAMPLE], lat[:TRUTH_SAMPLE], to_lon, to_lat)
    remarks = []
    for row in rows:
        chosen, ours = row["_answer"], rows[0]["_answer"][: row["n"]]
        right = np.mean(chosen[:TRUTH_SAMPLE] == exact)
        differ = np.flatnonzero(chosen != ours)
        here = lon[differ], lat[differ]
        extra = geodesic_m(*here, to_lon[chosen[differ]], to_lat[chosen[differ]]) - geodesic_m(
            *here, to_lon[ours[differ]], to_lat[ours[differ]]
        )
        worst = (
            f" ; là où il diffère, jusqu'à {extra.max():,.0f} m plus loin" if differ.size else ""
        )
        remarks.append(
            f"{row['outil']} : {right:.2%} des {TRUTH_SAMPLE} premiers lieux égaux au calcul "
            f"complet par géodésiques{worst}."
        )
    return remarks


def run() -> Report:
    """Race ours against the known ways, then say who is right where they differ."""
    lon, lat = places(1_000_000)
    to_lon, to_lat = catalysts()
    ours = Contender(
        "catalyse nearest_many (géodésique WGS 84)",
        lambda lon, lat: (lon, lat),
        lambda ready: nearest_many(ready[0], ready[1], to_lon, to_lat, 1)[0][:, 0],
    )
    others = [make(to_lon, to_lat) for make in (sjoin_nearest, ball_tree, duckdb_sql)]
    rows = race(ours, others, lon, lat)
    remarks = _remarks(rows, [lon, lat, to_lon, to_lat])
    return Report("1 000 000 de lieux → le plus proche de 350 catalyseurs", rows, remarks)
