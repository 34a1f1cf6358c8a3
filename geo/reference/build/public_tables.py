"""Rebuild what ships beside the geography: the State's programmes, its grids, some indicators.

``python -m geo.reference.build --anct FOLDER`` reads newer files of the same names; the geography
stays as it is. On any fault nothing changes.
"""

import logging
import shutil
import tempfile
import tomllib
from pathlib import Path
from typing import Any, Final

from geo.reference import france
from geo.reference.build import fetch, local_figures, programmes, public_sources, toml, write
from geo.reference.kinds import kind_of
from geo.reference.place import Place
from geo.reference.territory import COMMUNE

_LOG: Final = logging.getLogger(__name__)
REPORT: Final = "programmes_report.json"


def build(data: Path, folder: Path) -> dict[str, Any]:
    """Read every list of a folder, write the tables under ``data``, and return the report.

    Raises
    ------
    MissingDataError, BadFileError
        A list is absent or is not the one expected: nothing is written then.
    """
    _LOG.info("Lecture des listes de %s…", folder)
    with tempfile.TemporaryDirectory(dir=data, prefix=".") as temporary:
        fresh = Path(temporary)
        report = _write_all(folder, fresh)
        hashes = {name: fetch.sha256(fresh / name) for name in public_sources.FILES}
        for name in public_sources.FILES:
            (data / name).parent.mkdir(exist_ok=True)
            shutil.move(fresh / name, data / name)
    _describe(data, public_sources.rows(folder, hashes))
    _LOG.info("Terminé : %s", data)
    return report


def _write_all(folder: Path, fresh: Path) -> dict[str, Any]:
    """Write each table in an empty folder; the geography in force gives the codes of today."""
    (fresh / "reference").mkdir()
    (fresh / "indicators").mkdir()
    lists, programme_reports = programmes.read_programmes(folder, _codes())
    write.table(fresh / "reference" / "programmes.parquet", lists)
    petr = programmes.listed_petr(folder / programmes.PETR)
    write.table(fresh / "reference" / "petr_listed.parquet", petr)
    today = {code: code for code in france.communes().index}
    known = {**france.former_codes(), **france.arrondissements(), **today}
    classes, grid_report = local_figures.grids(folder, france.communes()["population"])
    write.table(fresh / "reference" / "grids.parquet", classes[["code", "densite", "ruralite"]])
    tables = {
        "grilles.csv": classes.drop(columns=["densite", "ruralite"]),
        "logement.csv": local_figures.housing(fetch.fetch(local_figures.HOUSING), known),
        "revenus.csv": local_figures.income(folder / local_figures.INCOME, known),
    }
    for name, table in tables.items():
        table.to_csv(fresh / "indicators" / name, index=False, lineterminator="\n")
    report = {
        "inputs": public_sources.inputs(folder),
        "programmes": programme_reports,
        "petr_listed": len(petr),
        "grids": grid_report,
        "communes_known": {name: len(table) for name, table in tables.items()},
        "communes_without_figures": sorted(local_figures.UNMERGED),
    }
    write.report(fresh / "reference" / REPORT, report)
    return report


def _codes() -> programmes.Codes:
    kinds = dict.fromkeys(france.communes().index, COMMUNE)
    for kind, code in france.territories().index:
        if kind_of(kind).division:  # their codes would be taken one for the other
            kinds[str(Place(kind, code))] = kind
        elif not kind_of(kind).text_code:
            kinds[code] = kind
    former_codes = {**france.former_codes(), **france.arrondissements()}
    return programmes.Codes(kinds, former_codes)


def _describe(data: Path, rows: list[dict[str, Any]]) -> None:
    """Update the list of sources: known ones in their place, new ones after them."""
    path = data / "sources.toml"
    known = tomllib.loads(path.read_text(encoding="utf-8"))["source"] if path.is_file() else []
    fresh = {row["id"]: row for row in rows}
    updated = [fresh.pop(row["id"], row) for row in known]
    toml.save(path, [*updated, *fresh.values()])
