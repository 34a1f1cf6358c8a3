"""One fictitious territory, complete, to try things on: ``data/fictitious_territory.toml``.

It stands on the real outlines of some communes; everything else in it is made up and says so. Its
ids begin with ``FICTITIOUS``: ``geo.directory.store.worlds`` keeps it apart from what is real.
"""

import math
import tomllib
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import shapely

from geo.directory.ecosystems.alliances import checked_alliance
from geo.directory.ecosystems.areas import checked_ecosystem
from geo.directory.ecosystems.projects import checked_action, checked_project
from geo.directory.ecosystems.rows import Book, frame_of
from geo.directory.schema import KINDS
from geo.directory.store.changes import Changes, Record
from geo.directory.store.worlds import FICTITIOUS
from geo.errors import BadFileError, MissingDataError
from geo.reference import france
from geo.reference.territory import territory
from geo.settings import settings

SOURCE: Final = "Données fictives, inventées pour essayer"
_ROLE: Final = " : "
_TURN: Final = math.pi * (3 - math.sqrt(5))
_STEP_DEG: Final = 0.0035
_WIDER: Final = 1.4  # a degree of longitude is shorter than one of latitude
_TRIES: Final = 20


def fictitious_changes(book: Book) -> Changes:
    """Return the fictitious territory whole, as one write; the same reference gives the same.

    Raises
    ------
    MissingDataError, BadFileError
        The file is absent, or is no territory.
    BadRecordError
        A record in it is refused: the reference lacks its communes, say.
    """
    path = settings().data / "fictitious_territory.toml"
    try:
        data = _read(path, path.stat().st_mtime_ns)
        return _checked(data, book)
    except FileNotFoundError:
        raise MissingDataError(f"Le territoire fictif manque : {path}. Rétablissez-le.") from None
    except (ValueError, KeyError, TypeError) as fault:
        raise BadFileError(f"{path} n’est pas un territoire fictif : {fault}.") from fault


@cache
def _read(path: Path, _stamp: int) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _checked(data: Mapping[str, Any], book: Book) -> Changes:
    """Check each kind against those before it, as if a person had typed them one after another."""
    home = checked_ecosystem(_ecosystem(data["ecosystem"]), book)
    actors = _actors(data["actor"])
    ids = [one["actor_id"] for one in actors]
    alliances = [checked_alliance(_alliance(raw), ids) for raw in data["alliance"]]
    there = {**book, "actor": frame_of("actor", actors)}
    there |= {
        "alliance": frame_of("alliance", alliances),
        "ecosystem": frame_of("ecosystem", [home]),
    }
    ranked = enumerate(data["project"], start=1)
    projects = [checked_project(_project(raw, rank), there) for rank, raw in ranked]
    there["project"] = frame_of("project", projects)
    actions = [checked_action(_action(raw), there) for raw in data["action"]]
    records = {"actor": actors, "alliance": alliances, "project": projects, "action": actions}
    return Changes(records | {"ecosystem": [home]})


def _id(kind: str, key: str) -> str:
    return f"{FICTITIOUS}-{kind}-{key}"


def _made_up(kind: str, raw: Mapping[str, Any], **more: Any) -> Record:
    identity = {KINDS[kind].id: _id(kind, raw.get("id", "")), KINDS[kind].title: raw["name"]}
    marks = {"fictive": True, "status": "publiee", "source_title": SOURCE}
    return KINDS[kind].blank() | identity | marks | more


def _ecosystem(raw: Mapping[str, Any]) -> Record:
    codes = raw["communes"]
    more = {"commune_codes": codes, "maturity": raw["maturity"], "note": raw["note"]}
    return _made_up("ecosystem", raw, **more) | {"ecosystem_id": FICTITIOUS}


def _alliance(raw: Mapping[str, Any]) -> Record:
    pairs = [one.partition(_ROLE) for one in raw["members"]]
    same = {name: raw[name] for name in ("since", "until", "odd", "practices")}
    return _made_up(
        "alliance",
        raw,
        partnership_kind=raw["kind"],
        member_ids=[_id("actor", one) for one, _, _ in pairs],
        member_roles=[role for _, _, role in pairs],
        **same,
    )


def _project(raw: Mapping[str, Any], rank: int) -> Record:
    same = {name: raw[name] for name in ("step", "progress", "summary", "odd", "practices")}
    return _made_up(
        "project",
        raw,
        actor_ids=[_id("actor", one) for one in raw["actors"]],
        alliance_ids=[_id("alliance", one) for one in raw["alliances"]],
        ecosystem_id=FICTITIOUS,
        rank=10 * rank,
        **same,
    )


def _action(raw: Mapping[str, Any]) -> Record:
    ties = {"project_id": _id("project", raw["project"]), "actor_id": _id("actor", raw["actor"])}
    return _made_up("action", raw, due=raw["due"], done=raw["done"], **ties)


# --- actors, each at a point of its own ---------------------------------------------------------


def _actors(rows: list[Mapping[str, Any]]) -> list[Record]:
    turn: Counter[str] = Counter()
    found = []
    for raw in rows:
        found.append(_actor(raw, turn[raw["commune"]]))
        turn[raw["commune"]] += 1
    return found


def _actor(raw: Mapping[str, Any], number: int) -> Record:
    code = raw["commune"]
    home = france.communes().loc[code]
    longitude, latitude = _point(code, number)
    place = {
        "town": home["commune_name"],
        "commune_code": code,
        "departement_code": home["departement_code"],
        "region_code": home["region_code"],
        "longitude": longitude,
        "latitude": latitude,
        "location_precision": "commune",
        "location_source": "commune",
    }
    practices = {"practices": raw["practices"], "practices_basis": "stated"}
    note = {"profile": raw["profile"], "note": "Acteur fictif, à ne pas diffuser comme réel."}
    return _made_up("actor", raw, **place, **note) | (practices if raw["practices"] else {})


def _point(code: str, number: int) -> tuple[float, float]:
    """Return the nth place of a commune, degrees: a spiral around its own point, and inside it.

    Where actors of one commune stood on one point, no line could join them.
    """
    area, home = france.geometry("commune", code), territory("commune", code)
    lon, lat = home.longitude, home.latitude
    turned = _TURN * number
    for shrink in range(_TRIES):
        reach = _STEP_DEG * math.sqrt(number) * 0.8**shrink
        x, y = lon + reach * math.cos(turned) * _WIDER, lat + reach * math.sin(turned)
        if shapely.contains_xy(area, x, y):
            return round(x, 6), round(y, 6)
    return lon, lat
