"""The build, step by step: read, bridge, clean, dissolve, simplify, check, write."""

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from geo.reference.build import (
    adjacency,
    bridge,
    clean,
    coast,
    contours,
    crte,
    dissolve,
    fetch,
    history,
    layers,
    movements,
    names,
    overseas,
    provenance,
    read,
    report,
    toml,
    write,
)

_LOG: Final = logging.getLogger(__name__)
# Rows per group: one read brings one group, so few rows where shapes are large.
_COMMUNE_GROUP, _TERRITORY_GROUP, _LIGHT_GROUP = 2048, 32, 4096


@dataclass(frozen=True)
class Ground:
    """What the inputs say, before any geometry is computed."""

    divisions: read.Divisions
    outlines: pd.DataFrame
    town_halls: pd.DataFrame
    contracts: crte.Crte
    members: pd.DataFrame
    titles: pd.DataFrame
    movements: movements.Movements


def build(
    data: Path,
    crte_file: Path | None = None,
    movements_file: Path | None = None,
    outlines: Path | None = None,
) -> dict[str, Any]:
    """Build everything under ``data`` and return the report; on any fault nothing changes.

    Parameters
    ----------
    crte_file
        Official list of CRTE; that of the project when not given.
    movements_file
        Events of communes since 1943; those of the project when not given.
    outlines
        Folder of the files of outlines; fetched when not given.
    """
    reference = data / "reference"
    ground = _ground(reference, crte_file, movements_file, outlines)
    with write.beside(reference) as folder:
        content = _write_all(ground, folder)
        write.report(folder / "build_report.json", content)
        hashes = {name: fetch.sha256(folder / name) for name in provenance.FILES}
    crte_provenance = ground.contracts.provenance
    listed = provenance.inputs(crte_provenance, ground.movements.provenance)
    toml.save(data / "sources.toml", [*listed, *provenance.outputs(hashes, crte_provenance)])
    _LOG.info("Terminé : %s", reference)
    return content


def _ground(
    reference: Path, crte_file: Path | None, movements_file: Path | None, outlines: Path | None
) -> Ground:
    _LOG.info("Lecture des sources…")
    divisions = read.divisions(fetch.fetch(fetch.DIVISIONS))
    known = dissolve.units(divisions)
    contracts = crte.load(crte_file, known) if crte_file else crte.committed(reference)
    if not len(contracts.petr):  # the 2025 header names no PETR: those of the list at hand stay
        contracts = contracts.completed(crte.committed(reference))
    contour_files = contours.fetch([row["code"] for row in divisions.departements], outlines)
    return Ground(
        divisions=divisions,
        outlines=contours.read(contour_files),
        town_halls=read.outlines(fetch.fetch(fetch.TOWN_HALLS)),
        contracts=contracts,
        members=dissolve.membership(divisions, contracts.signatories, contracts.petr),
        titles=dissolve.titles(divisions, contracts.signatories, contracts.petr),
        movements=(
            movements.load(movements_file) if movements_file else movements.committed(reference)
        ),
    )


def _write_all(ground: Ground, folder: Path) -> dict[str, Any]:
    """Compute and write every layer in a folder; return what the report says of them."""
    divisions = ground.divisions
    codes = np.array(list(divisions.current), dtype=object)
    departements = np.array([row["departement"] for row in divisions.current.values()], object)
    bridged = bridge.bridge(divisions.current, ground.outlines)
    _LOG.info("Nettoyage de %s contours…", len(codes))
    shapes, gaps = clean.clean(bridged.geometry, departements, codes, contours.older(departements))
    table = layers.communes(divisions, ground.town_halls, shapes)
    write.shapes(folder / "communes.parquet", table, shapes, _COMMUNE_GROUP)
    _LOG.info("Assemblage des territoires…")
    areas, united = layers.territories(ground.members, table, ground.titles, shapes)
    write.shapes(folder / "territories.parquet", areas, united, _TERRITORY_GROUP)
    _LOG.info("Contours simplifiés…")
    light = {
        "outlines_500": layers.light_500(ground.members, table, shapes),
        "outlines_1000": layers.light_1000(ground.members, table, shapes),
    }
    for name, layer in light.items():
        write.shapes(folder / f"{name}.parquet", layer.frame, layer.shapes, _LIGHT_GROUP)
    name_table, code_history = _write_tables(ground, folder, codes, shapes)
    crte_provenance = ground.contracts.provenance
    content = {
        "vintage": {
            **report.VINTAGE,
            "outlines": report.outlines_by_departement(departements),
            "crte": crte_provenance["edition"],
            "petr": crte_provenance["petr_edition"],
        },
        "inputs": report.inputs(crte_provenance, ground.movements.provenance),
        "versions": report.versions(),
        "counts": report.counts(table, areas, ground.members),
        "codes": report.codes(bridged),
        "names": report.names(name_table, code_history),
        "points": report.points(table, bridge.town_halls(divisions.current, ground.town_halls)),
        "gaps": report.gaps(gaps),
        "source_communes_with_unmatched_edges": report.unmatched(bridged.geometry, departements),
        "coverage": report.coverage(shapes, departements),
        "light": report.light({name: layer.shapes for name, layer in light.items()}),
        "files": report.files(folder),
    }
    report.require(content, len(codes))
    return content


def _write_tables(
    ground: Ground, folder: Path, codes: clean.Shapes, shapes: clean.Shapes
) -> tuple[pd.DataFrame, history.History]:
    code_history = history.History.of(ground.divisions, ground.movements.table)
    name_table = names.names(ground.divisions, ground.titles, code_history)
    tables = {
        "membership": ground.members,
        "names": name_table,
        "former_codes": names.former_codes(code_history),
        "commune_splits": code_history.splits(),
        "overseas": overseas.overseas(ground.divisions, code_history),
        "adjacency": adjacency.adjacency(codes, shapes),
        "coast": coast.coast(codes, shapes),
        "petr_members": ground.contracts.petr,
    }
    for name, frame in tables.items():
        write.table(folder / f"{name}.parquet", frame)
    crte_metadata = {crte.PROVENANCE: ground.contracts.provenance}
    write.table(folder / "crte_signatories.parquet", ground.contracts.signatories, crte_metadata)
    movements_metadata = {movements.PROVENANCE: ground.movements.provenance}
    write.table(folder / f"{movements.FILE}.parquet", ground.movements.table, movements_metadata)
    return name_table, code_history
