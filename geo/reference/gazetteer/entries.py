"""The lines to search: every name, and the other ways to call a territory, in order."""

import re
import tomllib
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from geo.reference.gazetteer.lines import Lines
from geo.reference.gazetteer.place_names import FIRST_TERRITORY, SECTIONS, Ints, PlaceNames
from geo.reference.gazetteer.search_terms import as_arrondissement
from geo.reference.gazetteer.spelling import fold, fold_lines, loosen
from geo.reference.kinds import KINDS
from geo.settings import settings

Mask = npt.NDArray[np.bool_]
_TYPE_BEFORE: Final = re.compile(r"^(?:(?:CC|CA|CU|CRTE|PETR|(?:Eurom|M)étropole)\b[\s–-]*)+(?=.)")
_TYPE_AFTER: Final = re.compile(r"(?<=.)[\s–-]+(?:Métropole|Agglomération|Agglo|Communauté)$")
# What an official name gives between parentheses: « CC du Val de Drôme (CCVD) ».
_BETWEEN: Final = re.compile(r"\(([^()]+)\)")
_TYPE_SAID: Final = {kind.code: f"{kind.noun} " for kind in KINDS if kind.noun_needed}


@dataclass(frozen=True)
class Entries:
    """Lines sorted by section then importance, and the name each stands for."""

    names: PlaceNames
    rows: Ints
    sections: Ints
    bounds: Ints
    lines: Lines

    @classmethod
    def build(cls, names: PlaceNames) -> "Entries":
        """Order every name and every other way to say it."""
        texts: list[str] = names.table["name"].to_pylist()
        extra = _other_ways(names, texts)
        rows = np.concatenate([np.arange(len(names)), [row for row, _ in extra]]).astype(np.int64)
        texts = [text or "" for text in texts] + [text for _, text in extra]
        order = np.lexsort((-names.weights[rows], names.sections[rows]))
        rows, sections = rows[order], names.sections[rows[order]]
        folded = fold_lines("\n".join([texts[at] for at in order.tolist()]))
        bounds = np.searchsorted(sections, np.arange(len(SECTIONS) + 1))
        return cls(names, rows, sections, bounds, Lines(folded))

    def __len__(self) -> int:
        """Count the lines."""
        return len(self.rows)

    @cached_property
    def departements(self) -> npt.NDArray[np.str_]:
        """Return the département code of each line, empty for what has none."""
        names = self.names
        areas = names.territories.select(["territory_kind", "territory_code"]).to_pylist()
        keys = [(area["territory_kind"], area["territory_code"]) for area in areas]
        codes = [code if kind == "departement" else "" for kind, code in keys]
        of_groups = [
            names.departements.get(key, code) for key, code in zip(keys, codes, strict=True)
        ]
        every = np.array(names.communes["departement_code"].to_pylist() + of_groups, dtype="U3")
        return np.asarray(every[names.places[self.rows]])

    @cached_property
    def arrondissements(self) -> dict[tuple[str, int], int]:
        """Return the row of the name of each arrondissement of Paris, Lyon and Marseille."""
        rows = np.flatnonzero(self.names.sections == SECTIONS.index("arrondissement")).tolist()
        texts = {row: fold(self.names.cell("name", row)).decode().strip() for row in rows}
        wards = {as_arrondissement(text): row for row, text in texts.items()}
        return {ward: row for ward, row in wards.items() if ward}

    @cached_property
    def areas(self) -> dict[bytes, list[str]]:
        """Return the département codes of each département and région, by folded name."""
        communes = self.names.communes
        pairs = communes.select(["departement_code", "region_code"]).group_by(
            ["departement_code", "region_code"]
        )
        of_region: dict[str, list[str]] = {}
        for pair in pairs.aggregate([]).to_pylist():
            of_region.setdefault(pair["region_code"], []).append(pair["departement_code"])
        codes: dict[bytes, list[str]] = {}
        for area in self.names.territories.to_pylist():
            name, code = loosen(fold(area["territory_name"])), area["territory_code"]
            if area["territory_kind"] == "region":
                codes.setdefault(name, of_region.get(code, []))
            elif area["territory_kind"] == "departement":
                codes[name] = [code]
        return codes

    def of_rows(self, rows: Ints) -> Mask:
        """Mark the lines that stand for some names."""
        return np.asarray(np.isin(self.rows, rows))

    def at(self, where: str) -> Mask:
        """Mark the lines of a postcode, INSEE code or département, or the start of a code."""
        names = self.names
        rows = [*names.with_code(where), *names.with_unit_code(where)]
        near = np.concatenate([names.with_postcode(where), np.array(rows, dtype=np.int64)])
        return np.asarray(self.of_rows(near) | (self.departements == where))


def _usual_names() -> list[dict[str, Any]]:
    path = settings().data / "usual_names.toml"
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    names: list[dict[str, Any]] = tomllib.loads(text).get("usual", [])
    return names


def _other_ways(names: PlaceNames, texts: list[str]) -> list[tuple[int, str]]:
    """Return names of an EPCI without "CC", a région by its initials: (row, text) pairs."""
    variants = [
        (row, usual)
        for place in _usual_names()
        for row in names.with_code(place["code"])
        if SECTIONS[names.sections[row]] == place["kind"]
        for usual in place["names"]
    ]
    for row in np.flatnonzero(names.sections >= FIRST_TERRITORY).tolist():
        kind, text = SECTIONS[names.sections[row]], texts[row]
        if kind in _TYPE_SAID:
            variants.append((row, _TYPE_SAID[kind] + text))
        else:
            variants += [(row, part) for part in _BETWEEN.findall(text)]
            text = _BETWEEN.sub("", text).strip()
            name = _TYPE_AFTER.sub("", _TYPE_BEFORE.sub("", text))
            if name != texts[row]:
                variants.append((row, name))
    return variants
