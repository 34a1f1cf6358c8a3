"""The list of CRTE: both headers, any usual spelling, and every fault said at once."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from geo.errors import BadFileError, MissingDataError
from geo.reference.build import crte
from geo.reference.build.rows import plain
from geo.settings import ROOT
from tests.reference.drawn import HEAD_2022, HEAD_2025, contract, contracts, siren, write_csv

Rows = list[dict[str, str]]
UNITS = {
    **{f"20000000{n}": (f"4500{n}",) for n in (1, 2, 3)},
    siren("45004"): ("45004",),
}
REFERENCE = ROOT / "data" / "reference"


def members(found: crte.Crte) -> list[tuple[str, str]]:
    rows = found.signatories[["territory_code", "member_siren"]]
    return list(rows.itertuples(index=False, name=None))


EXPECTED = [
    ("crte-24-45-1", "200000001"),
    ("crte-24-45-1", "200000002"),
    ("crte-24-45-2", "200000002"),
    ("crte-24-45-3", siren("45004")),
]


@pytest.mark.parametrize("head", [HEAD_2022, HEAD_2025])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";"])
def test_every_official_form_says_the_same(
    tmp_path: Path, head: list[str], encoding: str, separator: str
) -> None:
    rows = (
        [
            {**row, "siren_grp_supra": "", "lib_grp_supra": "", "nat_jur_grp_supra": ""}
            for row in contracts()
        ]
        if separator == ";"
        else contracts()
    )
    path = write_csv(tmp_path / "crte.csv", rows, head, encoding, separator)
    found = crte.load(path, UNITS)
    assert members(found) == EXPECTED
    assert found.signatories["territory_name"].iloc[0] == "Contrat d'été crte-24-45-1"
    assert found.provenance["edition"] == ("2022" if head is HEAD_2022 else "2025")
    assert found.provenance["date"] == ("2022-12-31" if head is HEAD_2022 else "2024-05-06")


def test_lists_of_the_older_header_give_the_petr(tmp_path: Path) -> None:
    found = crte.load(write_csv(tmp_path / "crte.csv", contracts()), UNITS).petr
    assert found.to_numpy().tolist() == [
        ["250000001", "PETR du carré", "200000001"],
        ["250000001", "PETR du carré", "200000002"],
    ]


def test_a_petr_that_signs_is_read_through_its_epci(tmp_path: Path) -> None:
    row = contract("crte-24-45-9", "250000001", nature_juridique="PETR", siren_epci="200000001")
    found = crte.load(write_csv(tmp_path / "crte.csv", [row], HEAD_2025), UNITS)
    assert members(found) == [("crte-24-45-9", "200000001")]
    assert found.petr["petr_siren"].to_list() == ["250000001"]


def test_the_newer_header_keeps_the_petr_of_the_list_at_hand(tmp_path: Path) -> None:
    old = crte.load(write_csv(tmp_path / "old.csv", contracts()), UNITS)
    new = crte.load(write_csv(tmp_path / "new.csv", contracts(), HEAD_2025), UNITS)
    assert new.petr.empty
    done = new.completed(old)
    assert done.petr.equals(old.petr)
    assert (done.provenance["edition"], done.provenance["petr_edition"]) == ("2025", "2022")
    assert old.completed(new) is old


@pytest.mark.parametrize(
    "name", ["id_crte", " Id CRTE ", '"id_crté"', "« ID-CRTE »", "\ufeffid_crte"]
)
def test_a_header_is_read_whatever_its_spelling(name: str) -> None:
    assert plain(name) == "id_crte"
    assert plain(f"{name}x") != "id_crte"


def _drop(name: str) -> Callable[[Rows], tuple[Rows, list[str]]]:
    return lambda rows: (rows, [column for column in HEAD_2022 if column != name])


def _change(at: int, **cells: str) -> Callable[[Rows], tuple[Rows, list[str]]]:
    return lambda rows: ([*rows[:at], {**rows[at], **cells}, *rows[at + 1 :]], HEAD_2022)


def _again(rows: Rows) -> tuple[Rows, list[str]]:
    return [*rows, rows[0], rows[0]], HEAD_2022


FAULTS: list[tuple[Callable[[Rows], Any], list[str]]] = [
    (_drop("lib_crte"), ["(en-tête)", "lib_crte", "(1 au total)"]),
    (_drop("nat_jur_grp_supra"), ["nat_jur_grp_supra"]),
    (_change(3, siren_groupement="999999999"), ["siren_groupement", "999999999", "(1 au total)"]),
    (_change(3, siren_groupement=""), ["siren_groupement", "vide aux lignes : 5"]),
    (_change(0, lib_groupement="CC dâ€™Ã©tÃ©"), ["lib_groupement", "encodage", "CC dâ€™Ã©tÃ©"]),
    (_change(0, lib_crte="Autre nom"), ["lib_crte", "plusieurs noms", "crte-24-45-1"]),
    (_again, ["id_crte", "lignes en double", "crte-24-45-1", "(2 au total)"]),
]


@pytest.mark.parametrize(("spoil", "said"), FAULTS)
def test_a_fault_is_named_with_its_column_values_and_count(
    tmp_path: Path, spoil: Callable[[Rows], Any], said: list[str]
) -> None:
    rows, head = spoil(contracts())
    path = write_csv(tmp_path / "liste.csv", rows, head)
    with pytest.raises(BadFileError) as caught:
        crte.load(path, UNITS)
    for word in ("liste.csv", "rien n’a été modifié", *said):
        assert word in str(caught.value)


def test_all_faults_come_in_one_error(tmp_path: Path) -> None:
    rows = [
        {**row, "siren_groupement": f"99{at}", "lib_groupement": "Ã©"}
        for at, row in enumerate(contracts())
    ]
    path = write_csv(tmp_path / "liste.csv", rows, [c for c in HEAD_2022 if c != "insee_reg"])
    with pytest.raises(BadFileError) as caught:
        crte.load(path, UNITS)
    for word in ("insee_reg", "encodage", "990, 991, 992, 993, 994 (5 au total)"):
        assert word in str(caught.value)


def test_bytes_that_are_no_text_are_named_by_column(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "liste.csv", contracts())
    path.write_bytes(path.read_bytes().replace("é".encode(), b"\x81"))
    with pytest.raises(BadFileError, match=r"colonne lib_crte : encodage abîmé.*\(5 au total\)"):
        crte.load(path, UNITS)


@pytest.mark.parametrize("text", ["", "id_crte,lib_crte\n", "\n\n"])
def test_an_empty_file_is_said_to_be_empty(tmp_path: Path, text: str) -> None:
    path = tmp_path / "vide.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadFileError, match="vide"):
        crte.load(path, UNITS)


def test_uneven_rows_are_named_by_line(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "liste.csv", contracts())
    path.write_text(path.read_text(encoding="utf-8") + "a,b\n", encoding="utf-8")
    with pytest.raises(BadFileError, match=r"cellules inattendu aux lignes : 7 \(1 au total\)"):
        crte.load(path, UNITS)


def test_absent_lists_are_said_to_be_absent(tmp_path: Path) -> None:
    with pytest.raises(MissingDataError, match=r"rien\.csv"):
        crte.load(tmp_path / "rien.csv", UNITS)
    with pytest.raises(MissingDataError, match=r"crte_signatories\.parquet"):
        crte.committed(tmp_path)


# --- the real list, written again in each official form --------------------------------------


def official(real: crte.Crte) -> pd.DataFrame:
    """Write the rows back as the ANCT does: one per lead département."""
    rows = real.signatories.copy()
    rows["dep_chef_file"] = rows["lead_departement_codes"].str.split(" ; ")
    names = {
        "region_code": "insee_reg",
        "territory_code": "id_crte",
        "territory_name": "lib_crte",
        "territory_nature": "type_grp_crte",
        "signatory_siren": "siren_groupement",
        "signatory_name": "lib_groupement",
        "signatory_nature": "nature_juridique",
        "member_siren": "siren_epci",
    }
    rows = rows.explode("dep_chef_file").rename(columns=names).drop(columns="signature_date")
    above = real.petr.rename(columns={"member_siren": "siren_epci"})
    rows = rows.merge(above, on="siren_epci", how="left").fillna("")
    rows["siren_grp_supra"], rows["lib_grp_supra"] = rows["petr_siren"], rows["petr_name"]
    rows["nat_jur_grp_supra"] = rows["petr_siren"].map(lambda code: "PETR" if code else "")
    return rows.assign(date_signature="2021-12-15").reindex(
        columns=[*HEAD_2022, "siren_epci", "date_signature"], fill_value=""
    )


@pytest.mark.parametrize("head", [HEAD_2022, HEAD_2025])
def test_the_real_list_is_read_back_from_either_header(tmp_path: Path, head: list[str]) -> None:
    real = crte.committed(REFERENCE)
    units = dict.fromkeys(real.signatories["member_siren"], ("45001",))
    rows = official(real)
    assert len(rows) == 1306
    path = write_csv(tmp_path / "crte.csv", rows.to_dict("records"), head)
    found = crte.load(path, units)
    signed = {"signature_date": "2021-12-15"} if head is HEAD_2025 else {}
    assert found.signatories.equals(real.signatories.assign(**signed))
    assert found.petr.equals(real.petr) if head is HEAD_2022 else found.petr.empty
    with pytest.raises(BadFileError, match=r"SIREN inconnus.*au total"):
        crte.load(path, {})
