"""The command line as its user runs it: exit codes, stdout and stderr, some real processes."""

import csv
import io
import json
import os
import subprocess

import click
import pytest

from geo.analysis.territory import sheet
from geo.cli.main import cli
from geo.crs import GEOD
from geo.directory.directory import directory
from geo.query.selection import Selection
from geo.reference import france
from geo.settings import ROOT
from tests.cli.running import catalyse, process


def answered(*words, run=catalyse, **environment):
    result = run(*words, **environment)
    assert result.returncode == 0, result.stderr
    return result


def test_help_is_in_french():
    text = answered("--help", run=process).stdout
    assert "..." not in text  # each command is said by a whole sentence
    assert text.startswith("Utilisation : catalyse")
    assert set(cli.commands) == {
        *("communes", "nearest", "territory", "locate", "export", "demo", "serve"),
        *("import", "history", "revert", "backup", "restore", "export-complete"),
        *("report", "indicators", "resources", "image", "nginx", "coverage", "siting"),
        *("check", "network", "ecosystem"),
    }
    for name, command in cli.commands.items():
        assert f"\n  {name}" in text
        own = command.get_help(command.make_context(name, [], resilient_parsing=True))
        assert "Affiche cette aide." in own
        assert not {"INTEGER", "RANGE", "Options:", "Commandes:"} & set(own.split())
        assert not {"Usage:", "Show", "[default:", "[required]", "default"} & set(own.split())


def test_no_choice_is_cut_in_two_lines(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    for name, command in cli.commands.items():
        usage = command.get_usage(command.make_context(name, [], resilient_parsing=True))
        arguments = [one.type for one in command.params if isinstance(one, click.Argument)]
        choices = {
            choice for one in arguments if isinstance(one, click.Choice) for choice in one.choices
        }
        assert choices <= {word.strip("{}|") for word in usage.split()}, name


def test_communes():
    (first, *_) = json.loads(
        answered("communes", "pierrefitte sur seine", "--format", "json").stdout
    )
    assert (first["commune_code"], first["commune_name"]) == ("93066", "Saint-Denis")
    assert "Charenton-le-Pont (94)" in answered("communes", "charenton", run=process).stdout


def test_communes_without_answer_says_so():
    result = answered("communes", "zzzzqq")
    assert "0 résultat" in result.stderr
    assert result.stdout == ""
    assert json.loads(answered("communes", "zzzzqq", "--format", "json").stdout) == []


def test_nearest_equals_brute_force():
    rows = json.loads(answered("nearest", "--commune", "35238", "-k", 8, "--format", "json").stdout)
    home = france.communes().loc["35238"]
    book = directory().frame
    placed = book[book["longitude"].notna()]
    truth = sorted(
        (GEOD.inv(home["longitude"], home["latitude"], lon, lat)[2], i)
        for i, (lon, lat) in enumerate(zip(placed["longitude"], placed["latitude"], strict=True))
    )[:8]
    ranked = [row for row in rows if row["distance_m"] is not None]
    assert [row["catalyst_id"] for row in ranked] == [placed.index[i] for _, i in truth]
    assert [row["distance_m"] for row in ranked] == pytest.approx([m for m, _ in truth], abs=0.1)
    assert {"catalyst_name", "covers", "commune_code", "practices", "profile"} <= set(rows[0])
    assert all(row["covers"] for row in rows if row["distance_m"] is None)


def test_nearest_filters_before_it_searches():
    options = ("--practice", "gestion_lieu", "--practice", "accompagnements", "-k", 4)
    rows = json.loads(
        answered("nearest", "--lon", 4.85, "--lat", 45.75, *options, "--format", "json").stdout
    )
    assert len(rows) == 4
    assert all({"gestion_lieu", "accompagnements"} & set(row["practices"]) for row in rows)


@pytest.mark.parametrize("form", ["geojson", "csv", "table"])
def test_nearest_in_other_forms(form):
    run = process if form == "csv" else catalyse
    result = answered("nearest", "--commune", "94018", "-k", 3, "--format", form, run=run)
    if form == "geojson":
        assert len(json.loads(result.stdout)["features"]) == 3
    elif form == "csv":
        text = result.stdout.removeprefix("\ufeff")
        assert len(list(csv.DictReader(io.StringIO(text), delimiter=";"))) == 5
    else:
        assert "Agir Ensemble à Charenton" in result.stdout


def test_nearest_without_answer_is_zero_results():
    words = ("nearest", "--lon", -30, "--lat", 40, "--radius-km", 1, "--format", "json")
    result = answered(*words)
    assert json.loads(result.stdout) == []
    assert "0 résultat" in result.stderr


def test_a_former_commune_leads_to_todays():
    result = answered("nearest", "--commune", "93059", "--format", "json")
    assert "Saint-Denis (93) aujourd’hui" in result.stderr


def test_territory():
    found = json.loads(answered("territory", "ept", "200057941", "--format", "json").stdout)
    answer = sheet(directory(), "ept", "200057941", Selection())
    assert found["name"] == answer.territory.name
    assert len(found["communes"]) == 13
    assert found["epci"] == ["200054781"]
    assert found["catalysts_inside"] == list(answer.inside.index)
    assert found["catalysts_covering"] == list(answer.covering.index)
    assert found["matrix"]["gestion_lieu"]["association"] == 0
    assert "13\u00a0communes" in answered("territory", "ept", "200057941").stdout


def test_locate():
    rows = json.loads(answered("locate", "--lon", 2.413, "--lat", 48.82, "--format", "json").stdout)
    assert {(row["kind"], row["code"]) for row in rows} >= {
        ("commune", "94018"),
        ("ept", "200057941"),
        ("departement", "94"),
        ("region", "11"),
    }
    assert "0 résultat" in answered("locate", "--lon", 0, "--lat", 0).stderr


def test_export(tmp_path):
    path = tmp_path / "x.geojson"
    words = ("--territory", "departement:94", "--with-unplaced", "-o", path)
    result = answered("export", "--format", "geojson", *words)
    document = json.loads(path.read_text(encoding="utf-8"))
    expected = list(sheet(directory(), "departement", "94", Selection()).inside.index)
    assert [feature["id"] for feature in document["features"]] == expected
    assert f"{len(expected)} résultats" in result.stderr


def test_a_device_is_written_to_not_replaced(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE, encoding="utf-8") as reader:
        result = process("demo", "--n", 3, "-o", pipe, "--force")
        if result.returncode:
            reader.kill()  # it would wait for ever for someone to write
        text, _ = reader.communicate(timeout=30)
    assert result.returncode == 0, result.stderr
    assert text.count("Catalyseur fictif") == 3
    assert pipe.is_fifo()


def test_demo_is_marked_and_never_replaces(tmp_path):
    path = tmp_path / "demo.csv"
    answered("demo", "--n", 12, "--seed", 3, "-o", path)
    before = path.read_bytes()
    refused = catalyse("demo", "--n", 5, "-o", path)
    assert refused.returncode == 2
    assert path.read_bytes() == before
    shown = answered("nearest", "--commune", "75056", CATALYSE_CATALYSTS=str(path))
    assert "Données fictives" in shown.stderr
    shown = answered("territory", "region", "11", CATALYSE_CATALYSTS=str(path))
    assert "Données fictives" in shown.stderr
    refused = catalyse("demo", "-o", ROOT / "data" / "catalysts.csv", "--force")
    assert refused.returncode == 2
    assert "ne contient pas que des données fictives" in refused.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["nearest"], "un seul point de départ"),
        (["nearest", "--commune", "94018", "--lon", "2"], "un seul point de départ"),
        (["nearest", "--commune", "99999"], "Territoire inconnu : commune « 99999 »"),
        (["nearest", "--lon", "500", "--lat", "0"], "hors limites"),
        (["demo", "--seed", "-1"], "l’option --seed ; attendu : un nombre, au moins 0"),
        (["nearest", "--lon", "nan", "--lat", "0"], "hors limites"),
        (["nearest", "--commune", "94018", "-k", "0"], "hors limites"),
        (["nearest", "--commune", "94018", "-k", "abc"], "un nombre entier"),
        (["nearest", "--commune", "94018", "--radius-km", "-1"], "Rayon hors limites"),
        (["nearest", "--commune", "94018", "--practice", "danse"], "« danse »"),
        (["nearest", "--commune", "94018", "--format", "xml"], "valeurs possibles"),
        (["nearest", "--truc"], "Option inconnue : --truc"),
        (["nearest", "-k"], "attend une valeur"),
        (["territory", "pays", "FR"], "Type de territoire inconnu"),
        (["territory", "crte", "x"], "Territoire inconnu"),
        (["territory", "crte"], "Il manque"),
        (["territory", "ept", "200057941", "--near-km", "-3"], "hors limites"),
        (["locate", "--lon", "2"], "Il manque l’option --lat"),
        (["export", "--territory", "94", "-o", "x.csv"], "TYPE:CODE"),
        (["export", "-o", "/nulle/part/x.csv"], "le dossier n’existe pas"),
        (["communes"], "Il manque"),
        (["communes", "a", "b"], "en trop"),
        (["truc"], "Commande inconnue : truc"),
    ],
)
def test_bad_input_is_one_french_sentence_on_stderr_and_exit_code_2(words, says):
    result = catalyse(*words)
    assert result.returncode == 2
    assert says in result.stderr
    assert result.stdout == ""
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_broken_catalyst_file_is_named(tmp_path):
    path = tmp_path / "cassé.csv"
    path.write_bytes(b"\xff\xfe\x00")
    result = process("nearest", "--commune", "94018", CATALYSE_CATALYSTS=str(path))
    assert result.returncode == 2
    assert "cassé.csv" in result.stderr
