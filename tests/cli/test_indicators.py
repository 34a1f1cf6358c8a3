"""``catalyse indicators`` as its user runs it: what it answers, and what it refuses."""

import json
from pathlib import Path

import pytest

from tests.cli import running
from tests.indicators import EMPTY, HOMES, preset, table


def catalyse(*words: object, **environment: str) -> running.Done:
    return running.catalyse("indicators", *words, **environment)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    preset(tmp_path, HOMES + EMPTY, kind="departement")
    table(tmp_path, "CODE;HOMES;EMPTY\n1;10;s\n02;20;3\n999;7;7\n")
    return tmp_path


def test_the_list_says_how_far_each_goes(own: Path) -> None:
    done = catalyse("--format", "json", CATALYSE_INDICATORS=str(own))
    listed = {one["code"]: one for one in json.loads(done.stdout)}
    assert done.returncode == 0
    assert listed["homes"]["known"]["departement"] == {"known": 2, "all": 101}
    assert listed["empty"]["known"]["departement"]["known"] == 1
    assert listed["homes"]["unmatched"] == 1
    assert listed["population"]["known"]["crte"] == {"known": 854, "all": 854}
    assert "base_cc_comparateur.csv" in done.stderr
    shown = catalyse(CATALYSE_INDICATORS=str(own)).stdout.replace("\u00a0", " ")
    assert "departement 2/101 ; 1 code sans territoire" in shown


def test_a_territory_is_read(own: Path) -> None:
    done = catalyse("--territory", "departement:01", CATALYSE_INDICATORS=str(own))
    assert done.returncode == 0
    assert "non\u00a0disponible" in done.stdout
    rows = json.loads(catalyse("--territory", "region:84", "--format", "json").stdout)
    assert {row["indicator_code"]: row["unit"] for row in rows}["population"] == "habitants"
    assert all(row["source"]["licence"] for row in rows)


def test_a_file_is_tried_and_nothing_is_kept(own: Path, tmp_path: Path) -> None:
    other = tmp_path / "autre.csv"
    other.write_text("CODE;HOMES\n01;5\n02;beaucoup\nXX;1\n", encoding="utf-8")
    done = catalyse("--check", other, "--preset", "essai", CATALYSE_INDICATORS=str(own))
    said = done.stdout.replace("\u00a0", " ")
    assert done.returncode == 0
    assert "3 lignes lues." in said
    assert "Lignes sans territoire connu, laissées de côté : 1, par exemple « XX »." in said
    assert "Colonne absente du fichier : « EMPTY »." in said
    assert "beaucoup" in said
    direct = catalyse("--check", other, "--preset", own / "essai.toml", "--format", "json")
    assert json.loads(direct.stdout)["known"]["homes"] == {"2022": 1}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--territory", "epci"), "Territoire illisible"),
        (("--territory", "epci:nulle-part"), "Territoire inconnu"),
        (("--check", "rien.csv"), "--check FICHIER et --preset NOM"),
        (("--preset", "insee-comparateur"), "--check FICHIER et --preset NOM"),
        (("--check", "rien.csv", "--preset", "insee-comparateur"), "introuvable"),
        (("--check", "rien.csv", "--preset", "nul"), "Préréglage inconnu"),
        (("--check", "README.md", "--preset", "insee-comparateur"), "refusé"),
        (("--check", "data/reference/names.parquet", "--preset", "insee-comparateur"), "refusé"),
    ],
)
def test_a_fault_is_one_french_sentence(words: tuple[str, ...], said: str) -> None:
    done = catalyse(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr.replace("\u00a0", " ")
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_broken_preset_is_said_and_the_rest_answers(own: Path) -> None:
    (own / "casse.toml").write_text("[[[", encoding="utf-8")
    done = running.process("indicators", CATALYSE_INDICATORS=str(own))
    assert done.returncode == 0
    assert "casse.toml" in done.stderr
    assert "Densité de population" in done.stdout
