"""The network's own ecosystem, as public texts tell it: read from ``data/network.toml``.

Its actors have neither practice nor public evidence of their own: none is a catalyst, unless the
file of catalysts says so already, and then it is not told again.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import pandas as pd

from geo.directory.schema import KINDS
from geo.directory.store.changes import Changes, Record
from geo.errors import BadFileError, MissingDataError
from geo.settings import settings

NETWORK: Final = "reseau-des-pionniers"
"""Id of the network's ecosystem."""
_ROLE: Final = " : "
_KINDS: Final = ("actor", "alliance", "ecosystem")


def network_changes(book: Mapping[str, pd.DataFrame]) -> Changes:
    """Return what the network's ecosystem adds to a base; what it holds already stays as it is.

    An alliance keeps the members that are there; one that would keep fewer than two is left out.

    Raises
    ------
    MissingDataError, BadFileError
        See ``network_records``.
    """
    records = network_records()
    actors = {*map(str, book["actor"].index), *(one["actor_id"] for one in records["actor"])}
    alliances = [alliance for one in records["alliance"] if (alliance := _among(one, actors))]
    home = records["ecosystem"][0]
    home = home | {"actor_ids": [one for one in home["actor_ids"] if one in actors]}
    offered = {"actor": records["actor"], "alliance": alliances, "ecosystem": [home]}
    return Changes({kind: _missing(kind, offered[kind], book[kind]) for kind in _KINDS})


def _missing(kind: str, records: list[Record], existing: pd.DataFrame) -> list[Record]:
    return [one for one in records if one[KINDS[kind].id] not in existing.index]


def _among(alliance: Record, actors: set[str]) -> Record | None:
    pairs = zip(alliance["member_ids"], alliance["member_roles"], strict=True)
    members = [(one, role) for one, role in pairs if one in actors]
    ids, roles = [one for one, _ in members], [role for _, role in members]
    return alliance | {"member_ids": ids, "member_roles": roles} if len(ids) > 1 else None


def network_records() -> dict[str, list[Record]]:
    """Read the records that ship, by kind: a fresh copy, each with its source.

    Raises
    ------
    MissingDataError
        The file is absent.
    BadFileError
        It is no ecosystem, or names a source that it does not give.
    """
    path = settings().data / "network.toml"
    try:
        data = _read(path, path.stat().st_mtime_ns)
        actors = [_actor(raw, data) for raw in data["actor"]]
        alliances = [_alliance(raw, data) for raw in data["alliance"]]
        members = dict.fromkeys(one for row in alliances for one in row["member_ids"])
        home = _whole("ecosystem", data["ecosystem"]) | {"actor_ids": [*members]}
    except FileNotFoundError:
        raise MissingDataError(f"L’écosystème du réseau manque : {path}. Rétablissez-le.") from None
    except (ValueError, KeyError, TypeError) as fault:
        raise BadFileError(f"{path} n’est pas un écosystème : {fault}.") from fault
    return {"actor": actors, "alliance": alliances, "ecosystem": [home]}


@cache
def _read(path: Path, _stamp: int) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _whole(kind: str, fields: Mapping[str, Any]) -> Record:
    return KINDS[kind].blank() | {"status": "publiee"} | dict(fields)


def _sourced(kind: str, raw: Mapping[str, Any], data: Mapping[str, Any]) -> Record:
    source = data["source"][raw["source"]]
    return _whole(kind, {f"source_{name}": source[name] for name in ("title", "url", "date")}) | {
        KINDS[kind].id: raw["id"],
        KINDS[kind].title: raw["name"],
        "note": raw.get("note", ""),
        "checked_on": source["date"],
    }


def _actor(raw: Mapping[str, Any], data: Mapping[str, Any]) -> Record:
    """Return an actor: no text read says where it is, so it has no place."""
    return _sourced("actor", raw, data) | {
        "profile": raw["profile"],
        "location_precision": "unknown",
    }


def _alliance(raw: Mapping[str, Any], data: Mapping[str, Any]) -> Record:
    pairs = [one.partition(_ROLE) for one in raw["members"]]
    return _sourced("alliance", raw, data) | {
        "partnership_kind": raw["kind"],
        "member_ids": [one for one, _, _ in pairs],
        "member_roles": [role for _, _, role in pairs],
        "odd": raw.get("odd", []),
        "since": raw["since"],
    }
