"""``catalyse nearest --address``: from the geocoder in force, or one sentence."""

import json

from tests.cli.running import Done, catalyse, process
from tests.directory.geocoding.server import running


def nearest(geocoder: str, *told: str) -> Done:
    return catalyse("nearest", *told, CATALYSE_GEOCODER=geocoder)


def test_an_address_is_a_place_to_start_from() -> None:
    with running() as (url, script):
        told = ("--address", "12 rue du Pont 94220 Charenton-le-Pont", "-k", "3")
        done = process("nearest", *told, "--format", "json", CATALYSE_GEOCODER=url)
    assert done.returncode == 0
    assert len([row for row in json.loads(done.stdout) if row["rank"]]) == 3
    assert "Adresse retenue\u00a0: 12 rue du pont" in done.stderr.replace(" :", "\u00a0:")
    assert "score 0,9" in done.stderr
    assert script.paths == ["/geocodage/search"]


def test_what_cannot_be_found_is_one_sentence_and_exit_code_2() -> None:
    with running() as (url, script):
        script.next.append("400")
        refused = nearest(url, "--address", "12 rue du Pont Nantes")
        unknown = nearest(url, "--address", "12 rue Introuvable")
        both = nearest(url, "--address", "12 rue du Pont Nantes", "--commune", "94018")
    none = nearest("", "--address", "12 rue du Pont Nantes")
    for done, said in (
        (refused, "réponse 400"),
        (unknown, "Adresse introuvable"),
        (both, "un seul point de départ"),
        (none, "Aucun géocodeur n’est réglé"),
    ):
        assert done.returncode == 2
        assert done.stdout == ""
        assert said in done.stderr
        assert len(done.stderr.splitlines()) == 1
