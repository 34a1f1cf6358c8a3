"""One million places, the EPCI that holds each."""

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import shapely

from bench.measure import Contender, Floats, Report, race
from bench.places import places
from geo.analysis.locate import locate_many
from geo.crs import WGS84
from geo.database import connect_spatial
from geo.settings import settings

KIND = "epci"
NOWHERE = ""
SQL = "SELECT p.i, z.code FROM places p JOIN zones z ON ST_Contains(z.geometry, p.geometry)"

Codes = npt.NDArray[np.object_]


def epci() -> gpd.GeoDataFrame:
    """Read the EPCI at full detail."""
    path = settings().reference / "territories.parquet"
    zones = gpd.read_parquet(path, filters=[("territory_kind", "==", KIND)])
    return zones[["territory_code", "geometry"]].reset_index(drop=True)


def _spread(n: int, at: npt.NDArray[np.int64], codes: Codes) -> Codes:
    """Turn found pairs into one answer per place, the least code where two claim it."""
    answer = np.full(n, NOWHERE, dtype=object)
    order = np.argsort(codes.astype(str))[::-1]
    answer[at[order]] = codes[order]
    return answer


def _points(lon: Floats, lat: Floats) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs=WGS84)


def sjoin(zones: gpd.GeoDataFrame) -> Contender:
    """Join points to zones, as GeoPandas documents it."""

    def answer(points: gpd.GeoDataFrame) -> Codes:
        joined = gpd.sjoin(points, zones, predicate="within")
        return _spread(len(points), joined.index.to_numpy(), joined["territory_code"].to_numpy())

    return Contender("geopandas.sjoin, within", _points, answer)


def sjoin_zones(zones: gpd.GeoDataFrame) -> Contender:
    """Join zones to points: the index is on the points, the zones are prepared."""

    def answer(points: gpd.GeoDataFrame) -> Codes:
        # A copy has no spatial index yet: building it is part of the job.
        joined = gpd.sjoin(zones, gpd.GeoDataFrame(geometry=points.geometry.copy()))
        codes = joined["territory_code"].to_numpy()
        return _spread(len(points), joined["index_right"].to_numpy(), codes)

    return Contender("geopandas.sjoin, zones à gauche", _points, answer)


def tree_of_zones(zones: gpd.GeoDataFrame) -> Contender:
    """Ask shapely's tree of zones for each point."""
    tree, codes = shapely.STRtree(zones.geometry.to_numpy()), zones["territory_code"].to_numpy()

    def answer(points: Codes) -> Codes:
        at, zone = tree.query(points, predicate="within")
        return _spread(len(points), at, codes[zone])

    return Contender("shapely STRtree des zones", shapely.points, answer)


def tree_of_points(zones: gpd.GeoDataFrame) -> Contender:
    """Build shapely's tree of points, then ask it for each zone."""
    shapes, codes = zones.geometry.to_numpy(), zones["territory_code"].to_numpy()

    def answer(points: Codes) -> Codes:
        zone, at = shapely.STRtree(points).query(shapes, predicate="contains")
        return _spread(len(points), at, codes[zone])

    return Contender("shapely STRtree des points", shapely.points, answer)


def duckdb_join(zones: gpd.GeoDataFrame) -> Contender:
    """Join two tables with ST_Contains, which DuckDB turns into a spatial join."""
    connection = connect_spatial()

    def table(name: str, columns: dict[str, object]) -> None:
        connection.register("incoming", pa.table(columns))
        connection.execute(
            f"CREATE OR REPLACE TABLE {name} AS FROM incoming"
            " SELECT * REPLACE (ST_GeomFromWKB(geometry) AS geometry)"
        )

    def prepare(lon: Floats, lat: Floats) -> int:
        table("places", {"i": np.arange(lon.size), "geometry": shapely.to_wkb(_xy(lon, lat))})
        return lon.size

    def answer(n: int) -> Codes:
        found = connection.execute(SQL).fetchnumpy()
        return _spread(n, np.asarray(found["i"]), np.asarray(found["code"], dtype=object))

    table(
        "zones",
        {"code": zones["territory_code"], "geometry": shapely.to_wkb(zones.geometry.to_numpy())},
    )
    return Contender("DuckDB, jointure ST_Contains", prepare, answer)


def _xy(lon: Floats, lat: Floats) -> Codes:
    return np.asarray(shapely.points(lon, lat))


def _ours(ready: tuple[Floats, Floats]) -> Codes:
    codes = np.asarray(locate_many(*ready, KIND), dtype=object)
    return np.where(codes == None, NOWHERE, codes)  # noqa: E711


def run() -> Report:
    """Race ours against the known ways, at full detail."""
    lon, lat = places(1_000_000)
    zones = epci()
    ours = Contender("catalyse locate_many", lambda lon, lat: (lon, lat), _ours)
    makers = (sjoin, sjoin_zones, tree_of_zones, tree_of_points, duckdb_join)
    rows = race(ours, [make(zones) for make in makers], lon, lat)
    corners = shapely.get_num_coordinates(zones.geometry.to_numpy()).sum()
    inside = np.mean(rows[0]["_answer"] != NOWHERE)
    return Report(
        f"1 000 000 de lieux → celui des {len(zones)} EPCI qui le contient",
        rows,
        [
            f"Plein détail : {corners} sommets ; {inside:.1%} des lieux sont dans un EPCI.",
            "Les tables et géométries des autres outils sont prêtes avant la mesure.",
        ],
    )
