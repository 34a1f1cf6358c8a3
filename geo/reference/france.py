"""France as it is: the reference tables, read once, when first asked for."""

from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow.parquet as pq
import shapely

from geo.errors import MissingDataError, UnknownCodeError
from geo.settings import settings

_GEOMETRY = "geometry"


def _table(name: str, columns: list[str] | None = None, filters: Any = None) -> pd.DataFrame:
    path = settings().reference / f"{name}.parquet"
    if not path.is_file():
        raise MissingDataError(
            f"Le fichier {path.name} manque dans {path.parent}. "
            "Rétablissez-le depuis le dépôt ou lancez « make reference »."
        )
    # One file, not a dataset: no thread pool, no file-system discovery at start-up.
    if filters is None:
        return pq.ParquetFile(path).read(columns=columns).to_pandas()
    return pq.read_table(path, columns=columns, filters=filters).to_pandas()


def _attributes(name: str) -> list[str]:
    path = settings().reference / f"{name}.parquet"
    return [column for column in pq.read_schema(path).names if column != _GEOMETRY]


@cache
def communes() -> pd.DataFrame:
    """List the communes, without geometry, by ``commune_code``."""
    return _table("communes", _attributes("communes")).set_index("commune_code")


@cache
def territories() -> pd.DataFrame:
    """List the other territories, without geometry, by ``(territory_kind, territory_code)``."""
    frame = _table("territories", _attributes("territories"))
    return frame.set_index(["territory_kind", "territory_code"]).sort_index()


@cache
def membership() -> pd.DataFrame:
    """Tell which territories each commune belongs to, one row per pair."""
    return _table("membership")


@cache
def members() -> dict[tuple[str, str], list[str]]:
    """List the communes of each territory, by (kind, code)."""
    pairs = membership()
    columns = (pairs[name].to_list() for name in ("territory_kind", "territory_code"))
    found: dict[tuple[str, str], list[str]] = {}
    for kind, code, commune in zip(*columns, pairs["commune_code"].to_list(), strict=True):
        found.setdefault((kind, code), []).append(commune)
    return found


@cache
def geometry(kind: str, code: str) -> shapely.Geometry:
    """Read the full-detail perimeter of one territory, WGS 84.

    Raises
    ------
    UnknownCodeError
        No territory of that kind has that code.
    """
    if kind == "commune":
        rows = _table("communes", [_GEOMETRY], [("commune_code", "=", code)])
    else:
        filters = [("territory_kind", "=", kind), ("territory_code", "=", code)]
        rows = _table("territories", [_GEOMETRY], filters)
    if rows.empty:
        raise UnknownCodeError(f"Territoire inconnu : {kind} « {code} ».")
    return shapely.from_wkb(rows[_GEOMETRY].iloc[0])


@cache
def commune_geometries() -> npt.NDArray[np.object_]:
    """Read every commune's full-detail polygon, in the order of ``communes()``."""
    return shapely.from_wkb(_table("communes", [_GEOMETRY])[_GEOMETRY].to_numpy())


@cache
def territory_geometries(kind: str) -> tuple[npt.NDArray[np.object_], npt.NDArray[np.object_]]:
    """Read every full-detail perimeter of a kind other than communes: codes, geometries."""
    columns, of_kind = ["territory_code", _GEOMETRY], [("territory_kind", "=", kind)]
    rows = _table("territories", columns, of_kind).sort_values("territory_code")
    codes = rows["territory_code"].to_numpy(dtype=object)
    return codes, shapely.from_wkb(rows[_GEOMETRY].to_numpy())
