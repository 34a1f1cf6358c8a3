"""Fictitious catalysts: spread like the population, marked as such in every record."""

import csv
import io
from pathlib import Path
from typing import Final

import numpy as np

from geo.directory.catalysts import FICTIVE_MARK, OPTIONAL, REQUIRED
from geo.reference import france
from geo.vocabulary import vocabularies

DEFAULT_FILE: Final = Path("catalyseurs-fictifs.csv")
_COLUMNS: Final = [*REQUIRED, *OPTIONAL]


def demo_csv(quantity: int, seed: int) -> str:
    """Draw fictitious catalysts; the same seed and reference give the same text.

    Communes are drawn with the chances of their population, profiles and practices evenly.
    """
    draw = np.random.default_rng(seed)
    communes = france.communes()
    people = communes["population"].to_numpy(float)
    homes = communes.iloc[draw.choice(len(communes), quantity, p=people / people.sum())]
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, _COLUMNS, lineterminator="\n", restval="")
    writer.writeheader()
    for number, (code, home) in enumerate(homes.iterrows(), start=1):
        writer.writerow(_record(number, str(code), dict(home), draw))
    return out.getvalue()


def _record(
    number: int, code: str, home: dict[str, object], draw: np.random.Generator
) -> dict[str, object]:
    profiles, practices = (vocabularies()[name].ids() for name in ("profile", "practice"))
    chosen = draw.choice(practices, draw.integers(1, len(practices) + 1), replace=False)
    scopes = ["", f"epci:{home['epci_code']}", f"departement:{home['departement_code']}"]
    return {
        "catalyst_id": f"fictif-{number:05d}",
        "catalyst_name": f"Catalyseur fictif {number}",
        "profile": draw.choice(profiles),
        "practices": ";".join(sorted(chosen)),
        "practices_basis": "stated",
        "town": home["commune_name"],
        "commune_code": code,
        "departement_code": home["departement_code"],
        "region_code": home["region_code"],
        "location_precision": "commune",
        "scope": draw.choice(scopes if isinstance(home["epci_code"], str) else ["", scopes[2]]),
        "evidence": draw.choice(vocabularies()["evidence"].ids()),
        "source_title": "Données fictives, tirées au hasard",
        "note": f"Enregistrement {FICTIVE_MARK}, à ne pas diffuser comme réel",
        "fictif": FICTIVE_MARK,
    }
