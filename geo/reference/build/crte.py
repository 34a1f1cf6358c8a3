"""Read an official list of CRTE, in either of its headers, and refuse it in one go.

Every fault of the file is collected first, so that a person mends it once.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pandas as pd
import pyarrow.parquet as pq

from geo.errors import MissingDataError
from geo.reference.build import rows as raw
from geo.reference.build.fetch import sha256

Units = Mapping[str, tuple[str, ...]]
_COMMON: Final = (
    "insee_reg",
    "dep_chef_file",
    "id_crte",
    "lib_crte",
    "type_grp_crte",
    "siren_groupement",
    "lib_groupement",
    "nature_juridique",
)
_EXTRA: Final = {
    "2022": ("siren_grp_supra", "lib_grp_supra", "nat_jur_grp_supra"),
    "2025": ("siren_epci", "date_signature"),
}
_REQUIRED_TEXT: Final = ("id_crte", "lib_crte", "siren_groupement")
_SEPARATOR: Final = " ; "
SIGNATORY_COLUMNS: Final = [
    "territory_code",
    "signatory_siren",
    "signatory_name",
    "signatory_nature",
    "member_siren",
    "territory_name",
    "territory_nature",
    "region_code",
    "lead_departement_codes",
    "signature_date",
]
PETR_COLUMNS: Final = ["petr_siren", "petr_name", "member_siren"]
PROVENANCE: Final = "provenance"


@dataclass(frozen=True)
class Crte:
    """Signatories of each CRTE, members of each PETR, and where the list comes from."""

    signatories: pd.DataFrame
    petr: pd.DataFrame
    provenance: dict[str, str] = field(default_factory=dict)

    def completed(self, previous: "Crte") -> "Crte":
        """Keep the PETR of a former list when this one names none."""
        edition = previous.provenance.get("petr_edition", "")
        provenance = {**self.provenance, "petr_edition": edition}
        return self if len(self.petr) else Crte(self.signatories, previous.petr, provenance)


def load(path: Path, units: Units) -> Crte:
    """Read an official file of 2022 or 2025.

    Raises
    ------
    BadFileError
        All that is wrong with the file: column, first bad values, how many.
    """
    if not path.is_file():
        raise MissingDataError(f"Liste des CRTE introuvable : {path}. Vérifiez le chemin.")
    table, faults = raw.read(path)
    edition = "2022" if set(_EXTRA["2022"]) & set(table.columns) else "2025"
    absent = [name for name in (*_COMMON, *_EXTRA[edition]) if name not in table]
    faults += raw.fault("(en-tête)", "colonnes absentes", absent)
    faults += _faults(table, units)
    raw.refuse(path, faults)
    table["member_siren"] = _members(table, units)
    return Crte(
        signatories=_signatories(table),
        petr=_petr(table, edition),
        provenance={
            "file": path.name,
            "sha256": sha256(path),
            "edition": edition,
            "petr_edition": edition,
            "date": _date(table, edition),
        },
    )


def _faults(table: pd.DataFrame, units: Units) -> list[raw.Fault]:
    """Check what the columns that are there allow to check."""
    faults: list[raw.Fault] = []
    for name in _REQUIRED_TEXT:
        if name in table:
            empty = table.index[table[name] == ""] + 2  # line 1 is the header
            faults += raw.fault(name, "vide aux lignes", empty)
    if "siren_groupement" in table:
        signer = table["siren_groupement"]
        unknown = signer[(_members(table, units) == "") & (signer != "")]
        faults += raw.fault("siren_groupement", "SIREN inconnus", unknown)
    return faults + _repeats(table)


def _repeats(table: pd.DataFrame) -> list[raw.Fault]:
    """Find rows given twice and contracts given two names."""
    faults: list[raw.Fault] = []
    key = ["id_crte", "siren_groupement", "dep_chef_file"]
    if set(key) <= set(table.columns):
        key += [name for name in ("siren_epci",) if name in table]
        faults += raw.fault("id_crte", "lignes en double", table["id_crte"][table.duplicated(key)])
    if {"id_crte", "lib_crte"} <= set(table.columns):
        ids = table.drop_duplicates(["id_crte", "lib_crte"])["id_crte"]
        faults += raw.fault("lib_crte", "plusieurs noms pour", ids[ids.duplicated()])
    return faults


def _members(table: pd.DataFrame, units: Units) -> pd.Series:
    """Name the EPCI, EPT or commune behind each row: the signatory, else its ``siren_epci``."""
    signer = table["siren_groupement"]
    known = signer.where(signer.isin(list(units)), "")
    if "siren_epci" not in table:
        return known
    other = table["siren_epci"]
    return known.where(known != "", other.where(other.isin(list(units)), ""))


def _signatories(table: pd.DataFrame) -> pd.DataFrame:
    table = table.sort_values(["id_crte", "siren_groupement", "member_siren", "dep_chef_file"])
    key = ["id_crte", "siren_groupement", "member_siren"]
    leads = table.groupby("id_crte")["dep_chef_file"].agg(lambda c: _SEPARATOR.join(sorted(set(c))))
    unique = table.drop_duplicates(key)
    signed = unique["date_signature"] if "date_signature" in unique else pd.Series("", unique.index)
    frame = pd.DataFrame(
        {
            "territory_code": unique["id_crte"],
            "signatory_siren": unique["siren_groupement"],
            "signatory_name": unique["lib_groupement"],
            "signatory_nature": unique["nature_juridique"],
            "member_siren": unique["member_siren"],
            "territory_name": unique["lib_crte"],
            "territory_nature": unique["type_grp_crte"],
            "region_code": unique["insee_reg"],
            "lead_departement_codes": unique["id_crte"].map(leads),
            "signature_date": signed,
        }
    )
    return frame.reset_index(drop=True)[SIGNATORY_COLUMNS]


def _petr(table: pd.DataFrame, edition: str) -> pd.DataFrame:
    """Derive the PETR and their members, as far as the edition names them."""
    if edition == "2022":
        pairs = {
            (siren, name, row["member_siren"])
            for row in table.to_dict("records")
            for siren, name, nature in _supra(row)
            if nature == "PETR"
        }
    else:
        signed = table[table["nature_juridique"] == "PETR"]
        columns = ["siren_groupement", "lib_groupement", "member_siren"]
        pairs = set(signed[columns].itertuples(index=False, name=None))
    return pd.DataFrame(sorted(pairs), columns=PETR_COLUMNS, dtype=str)


def _supra(row: Mapping[Any, Any]) -> list[tuple[str, str, str]]:
    columns = ("siren_grp_supra", "lib_grp_supra", "nat_jur_grp_supra")
    lists = [[text.strip() for text in row[name].split(";")] for name in columns]
    return list(zip(*lists, strict=False))


def _date(table: pd.DataFrame, edition: str) -> str:
    """Return the date the list speaks of: its last signature, else the end of its year."""
    if edition == "2025":
        signed = table["date_signature"]
        found = signed[signed.str.fullmatch(r"\d{4}-\d{2}-\d{2}")]
        if len(found):
            return str(found.max())
    return f"{edition}-12-31"


def committed(folder: Path) -> Crte:
    """Read back the list that a former build derived and the project ships."""
    signatories, petr = folder / "crte_signatories.parquet", folder / "petr_members.parquet"
    for path in (signatories, petr):
        if not path.is_file():
            raise MissingDataError(
                f"{path.name} manque dans {folder} : rétablissez-le depuis le dépôt, ou donnez "
                "la liste officielle avec « make reference CRTE=fichier.csv »."
            )
    provenance = (pq.read_schema(signatories).metadata or {}).get(PROVENANCE.encode(), b"{}")
    return Crte(pd.read_parquet(signatories), pd.read_parquet(petr), json.loads(provenance))
