"""``catalyse resources`` as its user runs it: what it cites, loads, and refuses."""

import json
from pathlib import Path

import pytest

from geo.directory.resources import shipped
from tests.cli import running
from tests.copied import copy

HEADER = "Titre;Éditeur;Nature;Liste annoncée"
PATHWAY = "Parcours un;Le réseau;parcours;pathway"


@pytest.fixture
def base(tmp_path: Path) -> str:
    return str(copy(tmp_path / "base"))


def catalyse(base: str, *words: object) -> running.Done:
    done = running.catalyse("resources", *words, CATALYSE_STORE=base)
    done.stderr = done.stderr.replace("\u00a0", " ")
    return done


def written(folder: Path, *rows: str) -> Path:
    path = folder / "parcours.csv"
    path.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    return path


def test_the_list_cites_what_ships_and_counts_what_is_missing(base: str) -> None:
    done = catalyse(base, "list", "--format", "json")
    assert done.returncode == 0
    assert {row["resource_id"] for row in json.loads(done.stdout)} == {*shipped().index}
    assert "Modèles de coopération : 9 manquent sur 9." in done.stderr


def test_a_file_is_loaded_once_and_changes_nothing_twice(base: str, tmp_path: Path) -> None:
    path = written(tmp_path, PATHWAY)
    tried = catalyse(base, "import", path, "--dry-run")
    assert "1 nouvelle ressource" in tried.stderr
    assert "rien n’a été écrit" in tried.stderr
    done = catalyse(base, "import", path)
    assert (done.returncode, "catalyse revert" in done.stderr) == (0, True)
    assert "Rien à changer." in catalyse(base, "import", path).stderr
    assert "6 manquent sur 7" in catalyse(base, "list").stderr


def test_bad_rows_are_told_and_nothing_is_written(base: str, tmp_path: Path) -> None:
    done = catalyse(base, "import", written(tmp_path, PATHWAY, "Deux;Le réseau;danse;"))
    assert done.returncode == 2
    told = done.stderr.splitlines()
    assert told[0].startswith("Ligne 3 : Nature : « danse » n’est pas dans la liste")
    assert told[1] == ("Fichier parcours.csv refusé : 1 ligne à corriger : rien n’est enregistré.")
    assert "Parcours un" not in catalyse(base, "list").stdout
