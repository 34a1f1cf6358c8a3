"""One territory of any kind, as the reference knows it."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from geo.errors import UnknownCodeError
from geo.reference import france, listed_petr
from geo.reference.kinds import kind_codes
from geo.reference.old_codes import check_known, commune_today
from geo.reference.place import Place
from geo.settings import settings

COMMUNE: Final = "commune"


@dataclass(frozen=True)
class Territory:
    """A territory's own facts; its point lies inside it (degrees, WGS 84).

    ``departement_code`` is the one of the commune nearest the head of its list: enough to choose
    a metric system, not to say where a territory that crosses borders lies.
    """

    kind: str
    code: str
    name: str
    nature: str
    population: int
    commune_count: int
    longitude: float
    latitude: float
    area_km2: float
    departement_code: str

    @property
    def place(self) -> Place:
        """Its kind and its code, as an address names it."""
        return Place(self.kind, self.code)

    @property
    def label(self) -> str:
        """Name it so that communes of one name differ: « Saint-Denis (93) »."""
        if self.kind == COMMUNE:
            return f"{self.name} ({self.departement_code})"
        return f"{self.name} ({self.code})" if self.kind == "departement" else self.name


def territory(kind: str, code: str) -> Territory:
    """Return one territory; the old code of a commune, or an arrondissement's, gives that of today.

    Raises
    ------
    UnknownCodeError
        No such kind, or no territory of that kind has that code.
    """
    if kind not in (known := kind_codes()):
        raise UnknownCodeError(
            f"Type de territoire inconnu : « {kind[:40]} ». Types possibles : {', '.join(known)}."
        )
    return _territory(kind, code_today(kind, code), settings().reference)


@lru_cache(maxsize=16_384)
def _territory(kind: str, code: str, _reference: Path) -> Territory:
    row = _row(kind, code)
    main_commune = row if kind == COMMUNE else _row(COMMUNE, member_codes(kind, code)[0])
    nature = row.get("territory_nature")
    return Territory(
        kind=kind,
        code=code,
        name=row["commune_name" if kind == COMMUNE else "territory_name"],
        nature=nature if isinstance(nature, str) else "",  # a null reads as NaN
        population=int(row["population"]),
        commune_count=int(row.get("commune_count", 1)),
        longitude=float(row["longitude"]),
        latitude=float(row["latitude"]),
        area_km2=float(row["area_km2"]),
        departement_code=main_commune["departement_code"],
    )


def _row(kind: str, code: str) -> dict[Any, Any]:
    table = france.communes() if kind == COMMUNE else france.territories()
    key = code if kind == COMMUNE else (kind, code)
    if key not in table.index:
        if kind == listed_petr.KIND and (known := listed_petr.of_code(code)):
            raise UnknownCodeError(known.remark)
        check_known(code)
        raise UnknownCodeError(
            f"Territoire inconnu : {kind} « {code[:40]} ». Cherchez-le par son nom."
        )
    return table.iloc[table.index.get_loc(key)].to_dict()


def code_today(kind: str, code: str) -> str:
    """Follow a commune's old code, or an arrondissement's, to the one in force; else keep it."""
    return (commune_today(code) or code) if kind == COMMUNE else code


def member_codes(kind: str, code: str) -> list[str]:
    """List the codes of the communes that make a territory."""
    if kind == COMMUNE:
        return [code]
    return list(france.members().get((kind, code), ()))
