"""``catalyse report``: one file, a folder, the country; faults leave nothing behind."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

from geo.analysis import report_local
from geo.cli import report as module
from geo.cli.main import cli
from geo.errors import AtlasError
from geo.reference.territory import territory
from tests.output.sheet.drawn import validator


def ask(*words):
    return CliRunner().invoke(cli, ["report", *map(str, words)])


def test_one_territory_by_suffix_or_format(tmp_path):
    for words, start in (
        (("f.pdf",), b"%PDF"),
        (("f.html",), b"<!DOCTYPE html>"),
        (("sans-suffixe",), b"%PDF"),
        (("g.pdf", "--format", "html"), b"<!DOCTYPE html>"),
    ):
        path = tmp_path / words[0]
        result = ask("--territory", "commune:33103", "-o", path, *words[1:])
        assert result.exit_code == 0, result.output
        assert path.read_bytes().startswith(start)


def test_filters_as_in_export(tmp_path):
    path = tmp_path / "f.html"
    words = ("--practice", "gestion_lieu", "--evidence", "named")
    assert ask("--territory", "region:84", "-o", path, *words).exit_code == 0
    assert "pratique\u00a0: Gestion d’un lieu" in path.read_text(encoding="utf-8")


def test_the_country(tmp_path):
    path = tmp_path / "pays.pdf"
    assert ask("--national", "-o", path).exit_code == 0
    assert validator(path.read_bytes()) == []


def test_a_region_gives_a_folder_and_its_index(tmp_path):
    folder = tmp_path / "neuf" / "fiches"
    result = ask("--region", "02", "-o", folder, "--format", "html")
    assert result.exit_code == 0, result.output
    index = (folder / "index.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(index), delimiter=";"))
    expected = {one.code for one in report_local.region_members("02", "crte")}
    assert {row["territory_code"] for row in rows} == expected
    assert {row["file"] for row in rows} == {one.name for one in folder.iterdir()} - {"index.csv"}
    assert all(row["territory_code"] in row["file"] for row in rows)
    assert "IGN" in json.dumps(rows[0], ensure_ascii=False)
    assert "Fiches" in result.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--territory", "crte:nulle-part"), "Territoire inconnu"),
        (("--territory", "crte"), "Territoire illisible"),
        ((), "une seule option"),
        (("--national", "--region", "84"), "une seule option"),
        (("--region", "999"), "Territoire inconnu"),
        (("--region", "84", "--kind", "planete"), "Type de territoire inconnu"),
        (("--region", "84", "--kind", "ept"), "Aucun territoire de type"),
        (("--national", "--practice", "magie"), "valeur inconnue"),
    ],
)
def test_a_fault_is_one_sentence_and_writes_nothing(tmp_path, words, said):
    result = ask(*words, "-o", tmp_path / "rien")
    assert isinstance(result.exception, AtlasError)
    assert said in str(result.exception)
    assert list(tmp_path.iterdir()) == []


def test_a_distance_out_of_bounds_is_refused(tmp_path):
    result = ask("--region", "02", "--near-km", "-1", "-o", tmp_path / "rien")
    assert result.exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_stopped_halfway_has_no_index(tmp_path, monkeypatch):
    real = module.write_whole
    (tmp_path / "index.csv").write_text("ancien")

    def stops(path, content):
        if "crte-02-972-2" in path.name:
            raise AtlasError("Disque plein.")
        real(path, content)

    monkeypatch.setattr(module, "write_whole", stops)
    assert isinstance(ask("--region", "02", "-o", tmp_path).exception, AtlasError)
    assert not (tmp_path / "index.csv").exists()
    assert len(list(tmp_path.iterdir())) >= 1


def test_the_folder_cannot_be_a_file(tmp_path):
    path = tmp_path / "fichier"
    path.write_text("x")
    result = ask("--region", "02", "-o", path)
    assert "Impossible de créer le dossier" in str(result.exception)
    assert path.read_text() == "x"


def test_a_former_commune_leads_to_the_one_of_today(tmp_path):
    path = tmp_path / "f.html"
    assert ask("--territory", "commune:93059", "-o", path).exit_code == 0
    assert territory("commune", "93066").label in path.read_text(encoding="utf-8")
