"""A place that a search found, and how it is shown."""

from dataclasses import dataclass
from typing import Any, Final

from geo.reference.gazetteer.place_names import PlaceNames
from geo.reference.kinds import KINDS
from geo.reference.place import Place

_KIND_WORD: Final = {kind.code: kind.noun for kind in KINDS if kind.noun_needed}


@dataclass(frozen=True)
class FoundPlace:
    """One answer: a commune in force or a territory, and the name that was recognised.

    ``code`` is always in force: a former commune answers with the commune of today.
    ``label`` is what to show; ``match_kind`` says how the text was understood: ``code``,
    ``postcode``, ``exact``, ``prefix``, ``word`` or ``fuzzy``; ``score`` goes from 0 to 100.
    An EPCI or EPT carries the département of its most populous commune; a CRTE, PETR or
    région none. Longitude and latitude are WGS 84.
    """

    kind: str
    code: str
    name: str
    label: str
    departement_code: str | None
    postcodes: tuple[str, ...]
    population: int
    longitude: float
    latitude: float
    score: float
    matched_name: str
    match_kind: str

    @property
    def place(self) -> Place:
        """Its kind and its code, as an address names it."""
        return Place(self.kind, self.code)


def found_place(names: PlaceNames, row: int, score: float, match_kind: str) -> FoundPlace:
    """Describe the place that one name of the reference names."""
    record = {column: names.cell(column, row) for column in names.table.column_names}
    kind, code = record["territory_kind"], record["territory_code"]
    facts = names.facts(row)
    departement = _departement(names, kind, code, facts)
    name = facts.get("commune_name") or facts["territory_name"]
    return FoundPlace(
        kind=kind,
        code=code,
        name=name,
        label=_label(names, record, name, departement),
        departement_code=departement,
        postcodes=tuple(record["postcodes"] or facts.get("postcodes") or ()),
        population=int(facts["population"]),
        longitude=float(facts["longitude"]),
        latitude=float(facts["latitude"]),
        score=round(score, 1),
        matched_name=record["name"] or name,
        match_kind=match_kind,
    )


def _departement(names: PlaceNames, kind: str, code: str, facts: dict[str, Any]) -> str | None:
    if kind == "departement":
        return code
    return facts.get("departement_code") or names.departements.get((kind, code))


def _label(names: PlaceNames, record: dict[str, Any], name: str, departement: str | None) -> str:
    kind, name_kind = record["territory_kind"], record["name_kind"]
    if kind != "commune":
        return _territory_label(names, record, departement)
    if name_kind == "current":
        return f"{name} ({departement})"
    if name_kind == "arrondissement":
        return f"{record['name'].replace('Arr', 'arr')}, commune de {name}"
    renamed = record["name"] != name
    before = record["name"] if renamed else f"Ancien code {record['name_code']}"
    return f"{before}, aujourd’hui {name} ({departement})"


def _territory_label(names: PlaceNames, record: dict[str, Any], departement: str | None) -> str:
    kind, name = record["territory_kind"], record["name"]
    if kind in _KIND_WORD:
        return f"{name} ({_KIND_WORD[kind]})"
    return f"{name} ({departement or record['territory_code']})" if name in names.homonyms else name
