"""The catalogue in force: what ships, read beside the store, and what the store says instead.

A record of the store replaces the shipped one of the same id, be it to archive it: nothing is
there twice, and a base of an older version has them all as soon as it is upgraded.
"""

import csv
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import pandas as pd

from geo.directory.ecosystems.rows import frame_of, visible_rows
from geo.directory.schema import RESOURCE, TEXTS
from geo.directory.store.store import Store
from geo.errors import BadFileError, MissingDataError
from geo.reference.gazetteer.spelling import fold
from geo.settings import settings
from geo.vocabulary import vocabularies

_LISTS: Final = [field.name for field in RESOURCE.fields if field.type == TEXTS]


def catalogue(store: Store, *, drafts: bool = False) -> pd.DataFrame:
    """Return every resource in force, by id: by kind, then by title.

    ``drafts``: also those not published yet, for whoever may change them. Everybody who may see as
    much is given the same frame: it is not to be changed.
    """
    return _catalogue(store, store.snapshot(), _shipped_file(), drafts)


@lru_cache(maxsize=4)
def _catalogue(
    store: Store,
    _snapshot: int,
    _shipped: tuple[Path, int],
    drafts: bool,  # noqa: FBT001
) -> pd.DataFrame:
    return visible_rows(every_resource(store), drafts=drafts)


def every_resource(store: Store) -> pd.DataFrame:
    """Return every resource whatever its status, those that ship included."""
    stored, shipped_resources = store.read("resource"), shipped()
    remaining = shipped_resources[~shipped_resources.index.isin(stored.index)]
    return _in_order(pd.concat([stored, remaining]) if len(stored) else remaining)


def _in_order(frame: pd.DataFrame) -> pd.DataFrame:
    kinds = [*vocabularies()["resource_kind"].ids(), ""]
    rank = [kinds.index(kind) if kind in kinds else len(kinds) for kind in frame["resource_kind"]]
    order = frame.assign(rank=rank, title=[fold(name) for name in frame["resource_name"]])
    return frame.loc[order.sort_values(["rank", "title"], kind="stable").index]


def shipped() -> pd.DataFrame:
    """Return the resources that ship with the project, by id.

    Raises
    ------
    MissingDataError, BadFileError
        The file is absent, or is no such table.
    """
    return _read(*_shipped_file())


def _shipped_file() -> tuple[Path, int]:
    path = settings().data / "resources.csv"
    if not path.is_file():
        raise MissingDataError(f"Le fichier des ressources manque : {path}. Rétablissez-le.")
    return path, path.stat().st_mtime_ns


@lru_cache(maxsize=2)
def _read(path: Path, _stamp: int) -> pd.DataFrame:
    with path.open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    try:
        return frame_of("resource", [_record(row) for row in rows])
    except (AttributeError, KeyError) as fault:
        raise BadFileError(f"{path} n’est pas une liste de ressources : {fault}.") from fault


def _record(row: dict[str, str]) -> dict[str, Any]:
    lists = {name: [item for item in row[name].split(";") if item] for name in _LISTS}
    return row | lists | {"status": "publiee"}
