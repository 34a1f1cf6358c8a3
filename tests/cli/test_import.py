"""``catalyse import`` as its user runs it: nothing before the agreement, one snapshot after it."""

import csv
import json

import pytest

from tests.cli import running

CSV = (
    "Nom;Code INSEE;Adresse;Courriel;Couleur\r\n"
    "La Fabrique;44109;1 rue A;anne.durand@exemple.fr;bleu\r\n"
    "Le Lieu;1004;2 rue B;contact@lieu.fr;vert\r\n"
)


@pytest.fixture
def run(tmp_path):
    (tmp_path / "acteurs.csv").write_bytes(CSV.encode("cp1252"))
    own = {"CATALYSE_STORE": str(tmp_path / "store"), "CATALYSE_AUTHOR": "Ada"}

    def run(*words, alone=False):
        how = running.process if alone else running.catalyse
        return how(*words, folder=tmp_path, **own)

    return run


def test_a_file_is_tried_then_written_once(run, tmp_path):
    tried = run("import", "acteurs.csv", "--dry-run", "--report", "r.csv", "--mapping", "m.json")
    assert tried.returncode == 0, tried.stderr
    assert "2\u00a0nouvelles fiches" in tried.stderr
    assert "rien n’a été écrit" in tried.stderr
    report = (tmp_path / "r.csv").read_text(encoding="utf-8-sig")
    lines = [*csv.reader(report.splitlines(), delimiter=";")]
    assert any("Couleur" in line[4] for line in lines)
    assert ["1004", "01004"] in [line[5:] for line in lines]
    mapping = json.loads((tmp_path / "m.json").read_text(encoding="utf-8"))
    assert mapping["columns"]["Nom"] == "actor_name"

    unsure = run("import", "acteurs.csv")
    assert "Rien n’a été écrit" in unsure.stderr

    written = run("import", "acteurs.csv", "--mapping", "m.json", "--yes", alone=True)
    assert written.returncode == 0, written.stderr
    assert "catalyse revert" in written.stderr
    assert "Ada" in run("history").stdout

    again = run("import", "acteurs.csv", "--yes")
    assert "Rien à changer" in again.stderr

    (tmp_path / "acteurs.csv").write_bytes(CSV.replace("2 rue B", "5 rue D").encode())
    changed = run("import", "acteurs.csv", "--yes")
    assert "1\u00a0fiche modifiée" in changed.stderr
    assert "5 rue D" in changed.stdout
    assert b"durand" not in b"".join(
        path.read_bytes() for path in (tmp_path / "store").rglob("*.parquet")
    )


def test_a_bad_file_or_mapping_is_one_sentence_and_code_2(run, tmp_path):
    (tmp_path / "vide.csv").write_bytes(b"")
    (tmp_path / "m.json").write_text('{"columns": {"Absente": "actor_name"}}')
    (tmp_path / "latin.json").write_bytes(b"\xe9")
    bad = (["acteurs.csv", "--mapping", name] for name in ("m.json", "latin.json", "store/.."))
    for words in (["vide.csv"], ["rien.csv"], *bad):
        result = run("import", *words, "--yes")
        assert result.returncode == 2, result.stderr
        assert result.stdout == ""
        assert "refusé" in result.stderr
        assert len(result.stderr.strip().splitlines()) <= 2


def test_help_is_in_french(run):
    text = run("import", "--help").stdout
    assert "Utilisation" in text
    assert "--dry-run" in text
