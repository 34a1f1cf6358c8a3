"""Read the State's lists of places and communes it helps: one row a place, nothing guessed.

The files are those of the ANCT's own maps: GeoJSON whose every feature is a spot of the map, where
several places may stand, and a CSV of accompanied territories. A spot is split when it names as
many places as it has ids and lies in one commune; else it stays one row, as it is written.
"""

import csv
import html
import io
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pandas as pd

from geo.errors import BadFileError, MissingDataError
from geo.reference.place import Place

COLUMNS: Final = (
    *("programme", "record_id", "record_name", "places", "unknown_codes"),
    *("signed", "listed", "url"),
)
LISTS: Final = {
    "fabrique_territoire": ("sa2024_fabt.geojson", "2024-09"),
    "manufacture_proximite": ("sa2024_manuprox.geojson", "2024-09"),
    "cite_educative": ("sa2024_citeduc.geojson", "2024-09"),
    "cite_emploi": ("sa2024_cde.geojson", "2024-09"),
    "petites_villes": ("sa2024_pvd.geojson", "2024-09"),
    "coeur_de_ville": ("sa2024_acv.geojson", "2024-09"),
    "villages_avenir": ("sa2024_va.geojson", "2024-09"),
}
"""The file of each programme, and the month of the list."""
ENGAGED: Final = ("sv2_polygone_tec.geojson", "2026-07")
ENGAGED_BEFORE: Final = ("ec_liste_tec_te.csv", "2025-12")
PETR: Final = "petr_banatic_2023.csv"
FILES: Final = (PETR, *(name for name, _ in LISTS.values()), ENGAGED[0], ENGAGED_BEFORE[0])
_NAMED_CODE: Final = re.compile(r"\((\w{5})\)\s*$")
_TITLE: Final = re.compile(r"^nom du [\w ]+\s*:\s*", re.IGNORECASE)
_ARTICLE: Final = re.compile(r"^(?:les?|la)\s+|^l['’]", re.IGNORECASE)
# Some wrote an address to be corrected after the name: it is nobody's business.
_MAIL: Final = re.compile(r"\s*\b(?:bdd\b[^;]*?)?[\w.+-]+@[\w-]+\.[\w.]+")
_LONGEST: Final = 120
Row = dict[str, Any]
Kinds = Mapping[str, str]
"""The kind of territory of each code that is one today."""


@dataclass
class ListReading:
    """What was read of one list, and what could not be: counts that the report gives."""

    rows: list[Row] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)

    def count(self, key: str, quantity: int = 1) -> None:
        """Add to a count of the report."""
        self.counts[key] = self.counts.get(key, 0) + quantity


@dataclass(frozen=True)
class Codes:
    """How a code that is written becomes a territory of today."""

    kinds: Kinds
    former: Mapping[str, str]

    def place(self, code: str) -> str:
        """Return « kind:code », following a former commune; empty where there is none today."""
        today = code if code in self.kinds else self.former.get(code, code)
        if today not in self.kinds:
            return ""
        return today if ":" in today else str(Place(self.kinds[today], today))


def read_programmes(folder: Path, codes: Codes) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Read every list of a folder.

    Returns
    -------
    One row a place or a territory, by programme and id, and what the report says of each list.

    Raises
    ------
    MissingDataError, BadFileError
        A file is absent, or is not the list expected.
    """
    reports: dict[str, Any] = {}
    rows: list[Row] = []
    for programme, (name, month) in LISTS.items():
        found = _spots(folder / name, programme, month, codes)
        reports[programme], rows = _report(found), rows + found.rows
    engaged = _engaged(folder, codes)
    reports["territoire_engagement"], rows = _report(engaged), rows + engaged.rows
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.sort_values(["programme", "record_id"]).reset_index(drop=True), reports


def _report(reading: ListReading) -> dict[str, Any]:
    placed = sum(bool(row["places"]) for row in reading.rows)
    counts = {
        "records": len(reading.rows),
        "placed": placed,
        "unplaced": len(reading.rows) - placed,
    }
    return {**counts, **reading.counts, "unknown_codes": sorted(set(reading.unknown))}


def _text(path: Path) -> str:
    if not path.is_file():
        raise MissingDataError(f"Le fichier {path.name} manque dans {path.parent}. Ajoutez-le.")
    return path.read_text(encoding="utf-8-sig")


def _features(path: Path) -> list[dict[str, Any]]:
    try:
        rows = [dict(feature["properties"]) for feature in json.loads(_text(path))["features"]]
    except (ValueError, KeyError, TypeError) as fault:
        raise BadFileError(f"{path.name} n’est pas une liste GeoJSON lisible ({fault}).") from None
    if not rows:
        raise BadFileError(f"{path.name} ne contient aucune ligne.")
    return rows


def _spots(path: Path, programme: str, month: str, codes: Codes) -> ListReading:
    reading = ListReading()
    for spot in _features(path):
        reading.count("lines")
        try:
            ids, cell = _parts(spot["id_territoire"]), str(spot["lib_territoire"] or "")
            codes_written = [_code(part, path) for part in _parts(spot["liste_geo"])]
        except KeyError as fault:
            raise BadFileError(f"{path.name} : la colonne {fault} manque.") from None
        signed = str(spot.get("date_signature") or "")
        where = _where(codes_written, codes, reading)
        for record_id, name in _names(ids, cell, len(codes_written), reading):
            values = (programme, record_id, name, *where, signed, month, "")
            reading.rows.append(dict(zip(COLUMNS, values, strict=True)))
    reading.rows = _together(reading)
    return reading


def _together(reading: ListReading) -> list[Row]:
    """Merge the lines of one id: a label that lies in communes of several spots."""
    known: dict[str, Row] = {}
    for row in reading.rows:
        first = known.setdefault(row["record_id"], row)
        if first is not row:
            reading.count("lines_put_together")
            for name in ("places", "unknown_codes"):
                first[name] = list(dict.fromkeys([*first[name], *row[name]]))
    return list(known.values())


def _parts(cell: Any) -> list[str]:
    return [part.strip() for part in str(cell or "").split(";") if part.strip()]


def _code(text: str, path: Path) -> str:
    match = _NAMED_CODE.search(text)
    if not match:
        raise BadFileError(f"{path.name} : « {text[:60]} » ne finit pas par un code de commune.")
    return match[1]


def _where(
    codes_written: Iterable[str], codes: Codes, reading: ListReading
) -> tuple[list[str], list[str]]:
    """Return the territories of today, each once, and the codes that are none."""
    pairs = [(code, codes.place(code)) for code in codes_written]
    unknown = [code for code, place in pairs if not place]
    reading.unknown += unknown
    reading.count(
        "former_codes", sum(p not in {"", c} and not p.endswith(f":{c}") for c, p in pairs)
    )
    return list(dict.fromkeys(place for _, place in pairs if place)), unknown


def _names(
    ids: list[str], cell: str, communes: int, reading: ListReading
) -> Iterator[tuple[str, str]]:
    """Give each place its id and its name; one that was chosen twice has both ids."""
    cell = html.unescape(cell)  # « &amp; » would look like the end of a name
    reading.count("emails_removed", len(_MAIL.findall(cell)))
    cell = _MAIL.sub("", cell)
    names = _parts(cell)
    if communes > 1 or len(ids) != len(names):
        if len(ids) > 1:
            reading.count("lines_of_several_ids_kept_whole")
        yield "+".join(ids), _short(cell)
        return
    same: dict[str, tuple[list[str], str]] = {}
    for record_id, name in zip(ids, names, strict=True):
        same.setdefault(_plain(name), ([], name))[0].append(record_id)
    if len(same) > 1:
        reading.count("lines_of_several_places")
    reading.count("chosen_twice", len(ids) - len(same))
    for known, name in same.values():
        yield "+".join(known), _short(name)


def _plain(name: str) -> str:
    text = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return _ARTICLE.sub("", " ".join(text.casefold().split()))


def _short(cell: str) -> str:
    """Keep the first line of a cell, where some wrote a whole presentation."""
    line = _TITLE.sub("", " ".join(cell.strip().split("\n")[0].split()))
    return line if len(line) <= _LONGEST else line[:_LONGEST].rsplit(" ", 1)[0].rstrip(" ,") + "…"


def listed_petr(path: Path) -> pd.DataFrame:
    """Read the official list of PETR: their SIREN, name, département and région."""
    table = pd.read_csv(io.StringIO(_text(path)), dtype=str, keep_default_na=False)
    names = {"siren": "code", "libelle": "name"}
    columns = [*names, "departement_code", "region_code"]
    if missing := [column for column in columns if column not in table]:
        raise BadFileError(f"{path.name} : colonne manquante, {', '.join(missing)}.")
    petr = table[columns].rename(columns=names)
    return petr.sort_values("code").reset_index(drop=True)


# --- accompanied territories: two lists, the newer first ------------------------------------


def _engaged(folder: Path, codes: Codes) -> ListReading:
    """Read each accompanied territory once, whatever the number of times it was helped.

    Ids changed between the two lists: a territory is known by its code.
    """
    reading = ListReading()
    known: dict[str, Row] = {}
    for name, code in _engaged_now(folder / ENGAGED[0]):
        reading.count("lines")
        _add(known, (code, name, ENGAGED[1], ""), codes, reading)
    for row in _engaged_before(folder / ENGAGED_BEFORE[0], reading):
        _add(known, row, codes, reading)
    reading.rows = list(known.values())
    return reading


def _engaged_now(path: Path) -> Iterator[tuple[str, str]]:
    for spot in _features(path):
        yield str(spot["lib_groupement"]), str(spot["siren_groupement"])


def _engaged_before(path: Path, reading: ListReading) -> Iterator[tuple[str, str, str, str]]:
    """Read the older CSV; a line cut in two or without a code is counted, never mended by guess."""
    for row in csv.DictReader(_text(path).splitlines()):
        if None in row or not all(row.get(name) for name in ("id_engcit", "codgeo", "echelon")):
            reading.count("older_lines_unreadable")
            continue
        reading.count("older_lines")
        yield _full(row), row["libgeo"], ENGAGED_BEFORE[1], row.get("url") or ""


def _full(row: Mapping[str, str]) -> str:
    """Restore the leading zero of a code; name the level where codes are ambiguous."""
    code, level = row["codgeo"].strip(), row["echelon"].strip()
    if level in {"departement", "region"}:
        return str(Place(level, code.zfill(2)))
    return code.zfill(5) if code.isdigit() else code


def _add(
    known: dict[str, Row], row: tuple[str, str, str, str], codes: Codes, reading: ListReading
) -> None:
    code, name, month, url = row
    places, unknown = _where([code], codes, reading)
    key = places[0] if places else code
    if key in known:
        reading.count("accompanied_again")
        known[key]["url"] = known[key]["url"] or url
        known[key]["listed"] = max(known[key]["listed"], month)
        return
    record_id = "te-" + "-".join(re.findall(r"[a-z0-9]+", _plain(key)))
    identity = ("territoire_engagement", record_id, " ".join(name.split()))
    known[key] = dict(zip(COLUMNS, (*identity, places, unknown, "", month, url), strict=True))
