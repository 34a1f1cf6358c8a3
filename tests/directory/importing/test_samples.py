"""Every real file, from end to end: counted once by hand, imported twice, nothing new."""

import subprocess
import sys

import pandas as pd
import pytest

from geo.directory.importing.plan import plan
from geo.directory.importing.propose_mapping import propose
from geo.directory.importing.read import read_table
from geo.directory.importing.report import report_csv
from geo.directory.importing.validate import validate
from geo.settings import ROOT
from tests.directory.importing.files import NOBODY, kept, sample, told


def read(file):
    table = read_table(sample(file))
    return table, validate(table, propose(table))


@pytest.mark.parametrize(
    ("file", "records", "without_commune", "from_file"),
    [
        ("france_services_20240801.csv", 2845, 2, 2845),
        ("tiers_lieux_cget_2019.csv", 1512, 48, 1512),
        ("anct_fabt_2024.geojson", 342, 1, 341),
        ("lieux_mediation_numerique_cnfs_2022.csv", 2733, 1, 2733),
        ("ess_numerique_2026_no_coords.csv", 3667, 3627, 0),
        ("mairies_2026.csv", 35609, 34, 35599),
    ],
)
def test_a_sample_is_imported_whole_and_once(file, records, without_commune, from_file):
    table, draft = read(file)
    assert len(table) == len(draft.actors) == records
    assert (draft.actors["commune_code"] == "").sum() == without_commune
    assert (draft.actors["location_source"] == "fichier").sum() == from_file
    first = plan(draft, NOBODY)
    assert (len(first.new), len(first.changed)) == (records, 0)
    actors = kept(first)
    assert actors["actor_id"].is_unique
    assert actors["actor_id"].str.fullmatch(r"[a-z0-9][a-z0-9._-]{0,120}").all()
    again = plan(draft, actors)
    assert (len(again.new), len(again.changed), len(again.same)) == (0, 0, records)
    report = report_csv(draft.problems, first).decode("utf-8-sig")
    assert all(f"«\u00a0{column}\u00a0»" in report for column in draft.unmapped)


def test_postcodes_written_as_decimals_are_mended():
    _, draft = read("ess_numerique_2026_no_coords.csv")
    decimals = [p for p in told(draft, "postcode") if p.original.endswith(".0")]
    assert len({problem.row for problem in decimals}) == 40
    assert all(p.result == p.original.removesuffix(".0").zfill(5) for p in decimals)


def test_insee_codes_at_zero_are_told_and_the_commune_found_otherwise():
    _, draft = read("tiers_lieux_cget_2019.csv")
    noughts = [p.row for p in told(draft, "commune_code") if "zéro" in p.message]
    assert len(noughts) == 157
    assert (draft.actors.loc[noughts, "commune_code"] != "").sum() >= 100


def test_the_fabrique_without_a_point_is_told():
    _, draft = read("anct_fabt_2024.geojson")
    assert sum("Aucune géométrie" in problem.message for problem in draft.problems) == 1


def test_areas_of_a_real_file_become_perimeters():
    _, draft = read("anct_polygone-4326_ti_2026.geojson")
    assert len(draft.perimeters) + sum(p.severity == "erreur" for p in draft.problems) == 149
    assert len(draft.perimeters) == 146
    first = plan(draft, NOBODY)
    assert not plan(draft, NOBODY, perimeters=pd.DataFrame(first.perimeters)).changes()


_TRIAL = """
import sys, time
from pathlib import Path
from geo.directory.importing.plan import plan
from geo.directory.importing.propose_mapping import propose
from geo.directory.importing.read import read_table
from geo.directory.importing.validate import validate
from tests.directory.importing.files import NOBODY
start = time.process_time()
table = read_table(Path(sys.argv[1]))
plan(validate(table, propose(table)), NOBODY)
seconds = time.process_time() - start
# Its own peak: getrusage tells that of the process it was started from when that is larger.
peak = Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]
print(seconds, peak)
"""


def test_a_file_of_35_000_rows_is_tried_in_ten_seconds_and_a_gigabyte():
    """Time of the processor, in a process of its own: the machine's other work does not count."""
    path = sample("mairies_2026.csv")
    command = [sys.executable, "-c", _TRIAL, str(path)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    seconds, kilobytes = map(float, told.split())
    assert seconds < 10
    assert kilobytes < 1_000_000
