"""A drawn country for indicators: that of ``tests.world``, with former codes and arrondissements.

10191 merged into 10101; 10206 has two arrondissements, 10261 and 10262. Population of the six
communes: 100 to 600; one square kilometre each.
"""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from geo.reference import france
from geo.reference.overseas import overseas_places
from geo.settings import ROOT
from tests.world import write_world

PRESET = """
title = "Table d'essai"
file = "{name}.csv"
kind = "{kind}"
code = "CODE"
year = "2022"
{table}
[source]
title = "Essai"
publisher = "Nous"
licence = "Licence Ouverte 2.0"
{indicators}
"""
HOMES = '\n[[indicator]]\ncode = "homes"\nlabel = "Logements"\ncolumn = "HOMES"\nrule = "somme"\n'
EMPTY = '\n[[indicator]]\ncode = "empty"\nlabel = "Vacants"\ncolumn = "EMPTY"\nrule = "somme"\n'
SHARE = """
[[indicator]]
code = "share"
label = "Part des vacants"
unit = "%"
decimals = 1
rule = "rapport"
numerator = "empty"
denominator = "homes"
factor = 100
"""
INCOME = """
[[indicator]]
code = "income"
label = "Revenu moyen"
unit = "€"
column = "INCOME"
rule = "moyenne pondérée"
weight = "population"
"""
MEDIAN = '\n[[indicator]]\ncode = "median"\nlabel = "Médiane"\ncolumn = "MEDIAN"\nrule = "aucune"\n'
READERS = (
    *(france.communes, france.territories, france.membership, france.members),
    *(france.separations, france.shared_out, france.overseas, overseas_places),
    *(france.former_codes, france.arrondissements, france.signatories),
)


def forget() -> None:
    for reader in READERS:
        reader.cache_clear()


def draw(data: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put the drawn country in force; give the operator's folder, empty."""
    for name in ("vocabulary.toml", "sources.toml"):
        shutil.copy(ROOT / "data" / name, data / name)
    (data / "indicators").mkdir()
    shutil.copy(ROOT / "data/indicators/population.toml", data / "indicators")
    (data / "reference").mkdir()
    write_world(data / "reference")
    former = pd.DataFrame({"former_code": ["10191"], "commune_code": ["10101"]})
    former.to_parquet(data / "reference" / "former_codes.parquet")
    splits = {"split_kind": "separated", "code": "10104", "commune_code": "10103"}
    splits["date"] = "1990-01-01"
    pd.DataFrame([splits]).to_parquet(data / "reference" / "commune_splits.parquet")
    far = pd.DataFrame({"code": ["98899"], "name": "Atoll", "collectivity_code": "988"})
    far = far.assign(collectivity_name="Archipel", former_codes="")
    far["postcodes"] = far["former_codes"].str.split()
    far = far.assign(former_codes=far["postcodes"])
    far.to_parquet(data / "reference" / "overseas.parquet")
    parts = pd.DataFrame({"name_code": ["10261", "10262"]})
    parts = parts.assign(territory_code="10206", name_kind="arrondissement")
    parts.to_parquet(data / "reference" / "names.parquet")
    own = data / "own"
    own.mkdir()
    monkeypatch.setenv("CATALYSE_DATA", str(data))
    monkeypatch.setenv("CATALYSE_INDICATORS", str(own))
    forget()
    return own


def preset(
    folder: Path, indicators: str, *, name: str = "essai", kind: str = "commune", table: str = ""
) -> Path:
    path = folder / f"{name}.toml"
    path.write_text(PRESET.format(name=name, kind=kind, table=table, indicators=indicators))
    return path


def table(folder: Path, text: str | bytes, name: str = "essai") -> Path:
    path = folder / f"{name}.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path
