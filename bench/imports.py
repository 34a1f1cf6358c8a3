"""Dry runs of large files: read, mapped, checked, compared; seconds and peak memory."""

import csv
import io
import resource
from functools import partial
from pathlib import Path

import pandas as pd

from bench.measure import Report, once
from geo.directory.importing.plan import plan
from geo.directory.importing.propose_mapping import propose
from geo.directory.importing.read import read_table
from geo.directory.importing.report import report_csv
from geo.directory.importing.validate import validate
from geo.directory.schema import ACTOR
from geo.reference import france
from geo.settings import ROOT

MAIRIES = ROOT.parent / "shared" / "data" / "samples" / "mairies_2026.csv"
HEADER = ("Nom", "Adresse", "CP", "Ville", "Téléphone", "Courriel", "Pratiques")


def made_up() -> bytes:
    """Write a file of one actor per commune, known by name and postcode only."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(HEADER)
    for at, (name, postcodes) in enumerate(
        france.communes()[["commune_name", "postcodes"]].itertuples(index=False)
    ):
        mail = f"contact{at}@exemple.fr" if at % 3 else f"anne.durand{at}@exemple.fr"
        writer.writerow(
            [f"Lieu {at}", f"{at % 90 + 1} rue A", postcodes[0] if len(postcodes) else "",
             name.upper(), f"2{at:08d}", mail, "Accompagnements, fab lab"]
        )  # fmt: skip
    return out.getvalue().encode("cp1252", "replace")


def dry_run(source: Path | bytes, name: str) -> tuple[int, int, int]:
    """Return the rows read, the lines of the report and the new records."""
    nobody = pd.DataFrame(columns=[field.name for field in ACTOR.fields])
    table = read_table(source, name)
    draft = validate(table, propose(table))
    made = plan(draft, nobody)
    report_csv(draft.problems, made)
    return len(table), len(draft.problems), len(made.new)


def run() -> Report:
    """Try each file once, as its user does."""
    rows = []
    files: list[tuple[str, Path | bytes]] = [("inventé, sans code INSEE.csv", made_up())]
    if MAIRIES.exists():
        files.insert(0, (MAIRIES.name, MAIRIES))
    for name, source in files:
        seconds, (read, problems, new) = once(partial(dry_run, source, name))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000
        rows.append(
            {
                "fichier": name,
                "lignes": read,
                "fiches": new,
                "rapport": problems,
                "essai (s)": round(seconds, 1),
                "mémoire au plus haut (Mo)": peak,
            }
        )
    return Report("Essai d’un import : lu, vérifié, comparé, rapport écrit", rows)
