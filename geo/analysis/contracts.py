"""CRTE and PETR as alliances between the local authorities that sign or make them.

Derived from the reference each time, never written in the store: an alliance that the State lists
is not one that a team describes, and the two are counted apart.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import pandas as pd

from geo.directory.ecosystems.rows import frame_of, where
from geo.french import count
from geo.reference import france
from geo.reference.gazetteer.spelling import fold
from geo.reference.place import Place
from geo.reference.sources import Source, sources

KINDS: Final = ("crte", "petr")
SEVERAL: Final = "pluri"
"""Nature of a CRTE that several local authorities sign, as the official list says it."""
_SOURCE: Final = "anct-crte"
_LEAST: Final = 2
_NAMES: Final = {
    "crte": ("CRTE signé par plusieurs collectivités", "CRTE signés par plusieurs collectivités"),
    "petr": ("PETR", "PETR"),
}


@dataclass(frozen=True)
class Contracts:
    """Contracts of one kind, shaped as alliances, and the authorities that they join, as actors.

    ``alliances``: ids « crte:code »; ``authorities``: ids « epci:code », « ept:code »,
    « commune:code », or « siren:number » for one that the reference does not place.
    """

    kind: str
    alliances: pd.DataFrame
    authorities: pd.DataFrame

    def touching(self, communes: Collection[str]) -> "Contracts":
        """Keep the contracts that have at least one of some communes."""
        pairs = france.membership()
        mine = pairs[(pairs["territory_kind"] == self.kind) & pairs["commune_code"].isin(communes)]
        wanted = {str(Place(self.kind, code)) for code in mine["territory_code"]}
        alliances = self.alliances[self.alliances.index.isin(wanted)]
        named = set().union(*alliances["member_ids"])
        authorities = self.authorities[self.authorities.index.isin(named)]
        return Contracts(self.kind, alliances, authorities)

    def sentence(self) -> str:
        """Count them in French, with the date of the list; they are in no other count."""
        many = count(len(self.alliances), *_NAMES[self.kind])
        who = count(len(self.authorities), "collectivité")
        listed = _listed()
        return (
            f"{many}, entre {who} ; liste {listed.publisher}, {listed.vintage} ; comptés à part "
            "des alliances, dans des fichiers à part"
        )

    @property
    def title(self) -> str:
        """Name what they are, in the plural."""
        return _NAMES[self.kind][1]


@cache
def _listed() -> Source:
    return next(one for one in sources() if one.id == _SOURCE)


def contracts(kind: str) -> Contracts:
    """Return the contracts of a kind that join two local authorities at least.

    CRTE: those that the official list says signed by several; PETR: those whose members it names.
    """
    return _crte() if kind == "crte" else _petr()


@cache
def _crte() -> Contracts:
    rows = france.crte_signatures()
    rows = rows[rows["territory_nature"] == SEVERAL]
    pairs = zip(
        rows["territory_code"], rows["signatory_siren"], rows["signatory_name"], strict=True
    )
    first = rows.groupby("territory_code")["signature_date"].min()
    dates = {str(code): str(date) for code, date in first.items()}
    return _contracts("crte", pairs, dates)


@cache
def _petr() -> Contracts:
    rows = france.petr_memberships()
    signed = france.crte_signatures()
    names = dict(zip(signed["signatory_siren"], signed["signatory_name"], strict=True))
    sirens = rows["member_siren"]
    pairs = zip(rows["petr_siren"], sirens, sirens.map(names).fillna(sirens), strict=True)
    return _contracts("petr", pairs, {})


def _contracts(
    kind: str, pairs: Iterable[tuple[str, str, str]], dates: dict[str, str]
) -> Contracts:
    known = france.territories().index
    actors: dict[str, dict[str, Any]] = {}
    members: dict[str, list[str]] = {}
    for code, siren, name in pairs:
        if (kind, code) in known:
            actor = _authority(kind, code, siren, name)
            actors.setdefault(actor["actor_id"], actor)
            members.setdefault(code, []).append(actor["actor_id"])
    records = [
        _alliance(kind, code, [*dict.fromkeys(ids)], dates.get(code, ""))
        for code, ids in sorted(members.items())
    ]
    alliances = frame_of("alliance", records)
    several = where(alliances, [len(ids) >= _LEAST for ids in alliances["member_ids"]])
    named = set().union(*several["member_ids"])
    return Contracts(
        kind, several, frame_of("actor", [one for key, one in actors.items() if key in named])
    )


def _alliance(kind: str, code: str, ids: list[str], since: str) -> dict[str, Any]:
    listed = _listed()
    name = france.territories()["territory_name"][kind, code]
    return {
        "alliance_id": str(Place(kind, code)),
        "alliance_name": str(name),
        "member_ids": ids,
        "since": since,
        "status": "publiee",
        "source_title": f"{listed.publisher}, {listed.title}",
        "source_url": listed.url,
        "source_date": listed.date,
    }


def _authority(kind: str, code: str, siren: str, name: str) -> dict[str, Any]:
    """Return a local authority at the point of its territory; none where only the list knows it."""
    if siren in _groups():
        row = _groups()[siren]
        return _actor(str(Place(row["territory_kind"], siren)), str(row["territory_name"]), row)
    if home := _commune(kind, code, name):
        row = france.communes().loc[home].to_dict()
        return _actor(f"commune:{home}", str(row["commune_name"]), row)
    return _actor(f"siren:{siren}", name, {})


@cache
def _groups() -> dict[str, dict[Any, Any]]:
    """Return the EPCI and EPT of the reference by SIREN."""
    known = france.territories().reset_index()
    rows = known[known["territory_kind"].isin(["epci", "ept"])].to_dict("records")
    return {str(row["territory_code"]): row for row in rows}


def _commune(kind: str, code: str, name: str) -> str:
    """Find the one commune of a contract that has a name: the list gives it no INSEE code."""
    inside = france.communes().loc[france.members().get((kind, code), [])]
    same = [str(one) for one, town in inside["commune_name"].items() if fold(town) == fold(name)]
    return same[0] if len(same) == 1 else ""


def _actor(actor_id: str, name: str, row: dict[Any, Any]) -> dict[str, Any]:
    point = {axis: float(row[axis]) for axis in ("longitude", "latitude") if axis in row}
    marks = {"profile": "collectivite", "status": "publiee"}
    return {"actor_id": actor_id, "actor_name": name, **marks, **point}
