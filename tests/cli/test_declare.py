"""``catalyse import --declare``: what the rows of a file are, said once, in a terminal."""

import pytest

from tests.cli import running

CSV = "Nom;Code INSEE;Catégorie\nLe Lieu;03190;Tiers-lieu\nL’Atelier;03310;Jonglage\n"


@pytest.fixture
def run(tmp_path):
    (tmp_path / "a.csv").write_text(CSV, encoding="utf-8")
    own = {"CATALYSE_STORE": str(tmp_path / "store"), "CATALYSE_AUTHOR": "Ada"}
    return lambda *words: running.catalyse(*words, folder=tmp_path, **own)


def test_what_is_declared_fills_the_rows_and_counts_in_the_gaps_of_a_territory(run):
    before = run("territory", "commune", "03310")
    assert "acteur local" not in before.stdout
    said = ("--declare", "pratique=gestion_lieu", "--declare", "source=Recensement",
            "--declare", "date=2019", "--declare", "licence=ODbL 1.0")  # fmt: skip
    tried = run("import", "a.csv", *said, "--yes")
    assert tried.returncode == 0, tried.stderr
    assert "Dit des lignes qui ne le disent pas" in tried.stderr
    after = run("territory", "commune", "03310").stdout.replace("\u00a0", " ")
    assert "Gestion d’un lieu : aucun catalyseur connu, mais 1 acteur local" in after
    assert "« Recensement (ODbL 1.0) » (2019)" in after
    assert "Rien à changer" in run("import", "a.csv", *said, "--yes").stderr


def test_words_are_shown_with_a_meaning_that_is_taken_only_when_asked(run):
    shown = run("import", "a.csv", "--dry-run")
    assert "(proposé)" in shown.stdout
    assert "--declare mots=proposes" in shown.stderr
    assert run("import", "a.csv", "--declare", "mots=proposes", "--yes").returncode == 0
    assert "acteur local" in run("territory", "commune", "03190").stdout
    assert "acteur local" not in run("territory", "commune", "03310").stdout


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("pratique=jonglage", "Pratiques"),
        ("profil=martien", "Profil"),
        ("couleur=bleu", "Possibles"),
        ("ecosysteme=Nulle part", "Nulle part"),
        ("date=hier", "hier"),
        ("adresse=javascript:x", "http"),
        ("mots=tous", "Possibles"),
    ],
)
def test_what_cannot_be_declared_is_refused_in_one_sentence(run, said, why):
    refused = run("import", "a.csv", "--declare", said, "--yes")
    assert refused.returncode != 0
    assert why in refused.stderr
    assert "Traceback" not in refused.stderr
