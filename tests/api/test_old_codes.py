"""Codes that are no commune's of today, by HTTP and in the terminal: followed, and said."""

import pytest
from starlette.applications import Starlette

from geo.api import exports, ogc
from tests.api.asgi import Client
from tests.cli.running import catalyse

CLIENT = Client(Starlette(routes=ogc.routes()))


@pytest.mark.parametrize(
    ("code", "label", "word"),
    [("69383", "Lyon (69)", "arrondissement"), ("63266", "Nonette-Orsonnette (63)", "ancien"),
     ("69123", "Lyon (69)", "")],
)  # fmt: skip
def test_the_catalysts_nearest_to_an_old_code_or_an_arrondissement(
    code: str, label: str, word: str
) -> None:
    said = CLIENT.get(f"/api/nearest?commune={code}&k=2").json()
    assert said["origin"]["label"] == label
    told = [one for one in said["notices"] if one.startswith(f"Le code {code} est")]
    assert bool(told) == bool(word)
    assert not word or word in told[0]
    done = catalyse("nearest", "--commune", code, "-k", 2)
    assert done.returncode == 0
    assert (f"Le code {code} est" in done.stderr) == bool(word)


@pytest.mark.parametrize(
    ("code", "name"), [("69383", "Lyon (69)"), ("63266", "Nonette-Orsonnette")]
)
def test_a_territory_is_described_by_any_code_it_has_or_had(code: str, name: str) -> None:
    done = catalyse("territory", "commune", code)
    assert done.stdout.startswith(name)
    assert f"Le code {code} est" in done.stderr
    done = catalyse("indicators", "--territory", f"commune:{code}")
    assert done.returncode == 0
    assert "habitants" in done.stdout


@pytest.mark.parametrize(
    ("code", "word"),
    [("97801", "collectivité d’outre-mer, hors périmètre"), ("98735", "Polynésie française"),
     ("08227", "Touligny (08), code 08454"), ("00000", "Territoire inconnu")],
)  # fmt: skip
def test_a_code_that_leads_nowhere_is_explained_at_every_door(code: str, word: str) -> None:
    answer = CLIENT.get(f"/api/nearest?commune={code}")
    assert answer.status_code == 400
    assert word in answer.text.replace("\u00a0", " ")
    for command in (
        ("nearest", "--commune", code), ("territory", "commune", code),
        ("indicators", "--territory", f"commune:{code}"),
    ):  # fmt: skip
        done = catalyse(*command)
        assert done.returncode != 0
        assert word in done.stderr.replace("\u00a0", " ")


def test_a_search_by_http_says_what_its_answers_do_not_show() -> None:
    said = CLIENT.get("/api/communes?q=98800").json()
    assert (said["results"], said["suggestions"]) == ([], [])
    assert "Nouméa (Nouvelle-Calédonie, 988), collectivité d’outre-mer" in said["notices"][0]
    said = CLIENT.get("/api/communes?q=Gouzangrez").json()
    assert [one["commune_code"] for one in said["results"]] == ["95169"]
    assert said["notices"] == []


def test_a_file_is_given_for_an_old_code() -> None:
    client = Client(Starlette(routes=exports.routes()))
    answer = client.get("/exports/territories.geojson?territoire=commune:69383")
    assert answer.status_code == 200
    assert '"territory_code":"69123"' in answer.text.replace(" ", "")
    assert client.get("/exports/catalysts.csv?territoire=commune:69383").status_code == 200
    assert client.get("/exports/catalysts.csv?territoire=commune:97801").status_code == 400
