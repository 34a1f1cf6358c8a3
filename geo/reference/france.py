"""France as it is: the reference tables, read once, when first asked for."""

import json
from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow.compute as pc
import pyarrow.parquet as pq
import shapely
import shapely.geometry

from geo.errors import MissingDataError, UnknownCodeError
from geo.reference.parquet import parquet
from geo.settings import settings

_GEOMETRY = "geometry"
_OVERSEAS = "10"  # the codes of overseas régions come before


Filters = dict[str, str]


def _file(name: str) -> pq.ParquetFile:
    return parquet(settings().reference / f"{name}.parquet")


def _table(
    name: str, columns: list[str] | None = None, filters: Filters | None = None
) -> pd.DataFrame:
    file = _file(name)
    if filters is None:
        return pd.DataFrame(file.read(columns=columns).to_pandas())
    names = [*dict.fromkeys([*(columns or file.schema_arrow.names), *filters])]
    rows = file.read_row_groups(_groups(file, filters), columns=names)
    for column, value in filters.items():
        rows = rows.filter(pc.equal(rows[column], value))
    return pd.DataFrame(rows.select(columns or file.schema_arrow.names).to_pandas())


def _groups(file: pq.ParquetFile, filters: Filters) -> list[int]:
    """Name the row groups that may hold the values: their bounds are in the file's footer."""
    names = file.schema_arrow.names
    groups = []
    for number in range(file.metadata.num_row_groups):
        group = file.metadata.row_group(number)
        bounds = [(group.column(names.index(n)).statistics, value) for n, value in filters.items()]
        if all(b is None or not b.has_min_max or b.min <= v <= b.max for b, v in bounds):
            groups.append(number)
    return groups


def _attributes(name: str) -> list[str]:
    return [column for column in _file(name).schema_arrow.names if column != _GEOMETRY]


@cache
def communes() -> pd.DataFrame:
    """List the communes, without geometry, by ``commune_code``."""
    return _table("communes", _attributes("communes")).set_index("commune_code")


@cache
def territories() -> pd.DataFrame:
    """List the other territories, without geometry, by ``(territory_kind, territory_code)``."""
    frame = _table("territories", _attributes("territories"))
    return frame.set_index(["territory_kind", "territory_code"]).sort_index()


def regions_of_europe() -> list[str]:
    """List the codes of the régions that no ocean parts from the others."""
    return [str(code) for code in territories().loc["region"].index if code > _OVERSEAS]


@cache
def membership() -> pd.DataFrame:
    """Return which territories each commune belongs to, one row per pair."""
    return _table("membership")


@cache
def members() -> dict[tuple[str, str], list[str]]:
    """List the communes of each territory, by (kind, code)."""
    pairs = membership()
    columns = (pairs[name].to_list() for name in ("territory_kind", "territory_code"))
    communes_of: dict[tuple[str, str], list[str]] = {}
    for kind, code, commune in zip(*columns, pairs["commune_code"].to_list(), strict=True):
        communes_of.setdefault((kind, code), []).append(commune)
    return communes_of


@cache
def geometry(kind: str, code: str) -> shapely.Geometry:
    """Read the full-detail perimeter of one territory, WGS 84.

    Raises
    ------
    UnknownCodeError
        No territory of that kind has that code.
    """
    if kind == "commune":
        rows = _table("communes", [_GEOMETRY], {"commune_code": code})
    else:
        filters = {"territory_kind": kind, "territory_code": code}
        rows = _table("territories", [_GEOMETRY], filters)
    if rows.empty:
        raise UnknownCodeError(f"Territoire inconnu : {kind} « {code} ».")
    return shapely.from_wkb(rows[_GEOMETRY].iloc[0])


@cache
def commune_geometries() -> npt.NDArray[np.object_]:
    """Read every commune's full-detail polygon, in the order of ``communes()``."""
    file = _file("communes")
    groups = [_shapes(file, number) for number in range(file.metadata.num_row_groups)]
    return np.concatenate(groups)


def _shapes(file: pq.ParquetFile, group: int) -> npt.NDArray[np.object_]:
    """Read the shapes of one group of rows: their bytes go before those of the next come."""
    column = file.read_row_group(group, columns=[_GEOMETRY])[_GEOMETRY]
    return np.asarray(shapely.from_wkb(column.to_numpy()))


@cache
def coast() -> pd.DataFrame:
    """List the edges that one commune alone has: its code, then both ends, WGS 84."""
    return _table("coast")


@cache
def territory_geometries(kind: str) -> tuple[npt.NDArray[np.object_], npt.NDArray[np.object_]]:
    """Read every full-detail perimeter of a kind other than communes: codes, geometries."""
    file = _file("territories")
    columns = ["territory_kind", "territory_code", _GEOMETRY]
    codes, shapes = [np.empty(0, dtype=object)], [np.empty(0, dtype=object)]
    for number in _groups(file, {"territory_kind": kind}):  # the bytes of one group at a time
        rows = file.read_row_group(number, columns=columns)
        rows = rows.filter(pc.equal(rows["territory_kind"], kind))
        codes.append(rows["territory_code"].to_numpy())
        shapes.append(np.asarray(shapely.from_wkb(rows[_GEOMETRY].to_numpy())))
    every = np.concatenate(codes)
    order = np.argsort(every, kind="stable")
    return every[order], np.concatenate(shapes)[order]


@cache
def outlines(kind: str, tolerance_m: int) -> pd.Series:
    """Read the outlines of a kind, by code, simplified for display at 500 or 1,000 m."""
    columns, of_kind = ["territory_code", _GEOMETRY], {"territory_kind": kind}
    rows = _table(f"outlines_{tolerance_m}", columns, of_kind).sort_values("territory_code")
    return pd.Series(shapely.from_wkb(rows[_GEOMETRY].to_numpy()), rows["territory_code"].array)


@cache
def abroad() -> shapely.Geometry:
    """Read the land and waters of the neighbours across a land border; for points of no commune."""
    _, shapes = _named_geometries("borders", "name")
    return shapely.union_all(shapes)


@cache
def islets() -> tuple[list[str], npt.NDArray[np.object_]]:
    """Read the parts of communes that the drawn outline lacks: codes of communes, polygons."""
    return _named_geometries("islets", "commune_code")


def _named_geometries(name: str, naming: str) -> tuple[list[str], npt.NDArray[np.object_]]:
    path = settings().data / f"{name}.geojson"
    if not path.is_file():
        raise MissingDataError(f"Le fichier {path} manque. Rétablissez-le depuis le dépôt.")
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    shapes = [shapely.geometry.shape(feature["geometry"]) for feature in features]
    named = [str(feature["properties"][naming]) for feature in features]
    return named, np.array(shapes, dtype=object)


@cache
def former_codes() -> dict[str, str]:
    """Map each code that a commune had, or took in, to the one commune of today that has its land.

    The code of a commune that was shared out among several is not here: see ``shared_out``.
    """
    pairs = _table("former_codes")
    return dict(zip(pairs["former_code"], pairs["commune_code"], strict=True))


@cache
def shared_out() -> dict[str, tuple[str, ...]]:
    """Map the code of each commune whose land was shared out to the communes that have it."""
    rows = _table("commune_splits", ["code", "commune_code"], {"split_kind": "divided"})
    return {str(code): tuple(parts) for code, parts in rows.groupby("code")["commune_code"]}


@cache
def separations() -> pd.DataFrame:
    """List the communes taken out of one in force: ``code``, ``commune_code``, ``date``.

    A figure of ``code`` older than the date is that of both together.
    """
    return _table("commune_splits", ["code", "commune_code", "date"], {"split_kind": "separated"})


@cache
def overseas() -> pd.DataFrame:
    """List the communes of the overseas collectivities: named, outside what the project covers."""
    return _table("overseas")


@cache
def arrondissements() -> dict[str, str]:
    """Map each municipal arrondissement of Paris, Lyon and Marseille to its commune."""
    rows = _table("names", ["name_code", "territory_code"], {"name_kind": "arrondissement"})
    return dict(zip(rows["name_code"], rows["territory_code"], strict=True))


@cache
def signatories() -> dict[str, list[str]]:
    """Name the local authorities that signed each CRTE, by its code."""
    pairs = _table("crte_signatories", ["territory_code", "signatory_name"])
    names = pairs.groupby("territory_code")["signatory_name"]
    return {str(code): sorted(set(sirens)) for code, sirens in names}


@cache
def crte_signatures() -> pd.DataFrame:
    """List who signed each CRTE: a row a pair, with the EPCI, EPT or commune (SIREN) behind it."""
    return _table("crte_signatories")


@cache
def petr_memberships() -> pd.DataFrame:
    """List the local authorities (SIREN) that make each PETR, a row a pair."""
    return _table("petr_members")
