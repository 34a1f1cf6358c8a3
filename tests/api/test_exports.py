"""Files at stable addresses: named, cached, refused with a sentence."""

import asyncio
import json
import time
from contextlib import AsyncExitStack, suppress
from email.utils import formatdate

import pytest
from starlette.applications import Starlette

from geo.api import concurrency, exports
from geo.directory.directory import directory
from geo.directory.store.changes import Changes
from geo.directory.store.open import open_store
from geo.output.exports import FORMATS, GRAPHS
from tests.api.asgi import Client
from tests.copied import copy
from tests.small_disk import small_disk


@pytest.fixture
def client(tmp_path, monkeypatch) -> Client:
    monkeypatch.setenv("CATALYSE_STORE", str(copy(tmp_path / "store")))
    return Client(Starlette(routes=exports.routes()))


@pytest.mark.parametrize("form", [form for form in FORMATS if form not in GRAPHS])
def test_each_format_has_its_type_and_its_name(client, form):
    answer = client.get(f"/exports/catalysts.{form}?pratique=gestion_lieu")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(FORMATS[form].media_type)
    assert answer.headers["content-disposition"] == (
        f"attachment; filename=\"catalyseurs.{form}\"; filename*=UTF-8''catalyseurs.{form}"
    )
    assert answer.headers["access-control-allow-origin"] == "*"
    assert len(answer.body) > 1000


@pytest.mark.parametrize("form", ["gpkg", "parquet"])
def test_a_disk_without_room_for_a_file_is_one_sentence_and_leaves_nothing(
    client, form, monkeypatch
):
    with small_disk() as folder:
        monkeypatch.setattr("tempfile.tempdir", str(folder))
        with suppress(OSError), (folder / "rest").open("wb", buffering=0) as rest:
            while rest.write(bytes(4096)):
                pass
        answer = client.get(f"/exports/catalysts.{form}")
        assert answer.status_code == 503
        assert "Le disque du serveur est plein" in json.loads(answer.body)["detail"]
        assert {one.name for one in folder.iterdir()} == {"ballast", "rest"}
        (folder / "ballast").unlink()
        assert client.get(f"/exports/catalysts.{form}").status_code == 200


def settled(client, address):
    """Ask again until the date of the last change is told: two seconds after it."""
    for _ in range(40):
        answer = client.get(address)
        if "last-modified" in answer.headers:
            return answer
        time.sleep(0.1)
    raise AssertionError(answer.headers)


def test_what_changed_within_a_second_is_not_taken_for_unchanged(client):
    address = "/exports/actors.csv"
    last = settled(client, address).headers["last-modified"]
    store = open_store()
    for note in ("premiere", "seconde"):
        row = store.read("actor").iloc[0].to_dict()
        store.write(Changes.one("actor", row | {"note": note}), author="t", message="t")
        answer = client.get(address, {"if-modified-since": formatdate(usegmt=True)})
        assert note.encode() in answer.body
        assert "last-modified" not in answer.headers
    assert client.get(address, {"if-modified-since": last}).status_code == 200


def test_an_unchanged_file_is_not_sent_again(client):
    address = "/exports/actors.geojson"
    first = settled(client, address)
    tag, last = first.headers["etag"], first.headers["last-modified"]
    again = client.get(address, {"if-none-match": tag})
    assert (again.status_code, again.body) == (304, b"")
    assert client.get(address, {"if-modified-since": last}).status_code == 304
    assert client.get(address, {"if-modified-since": "jamais"}).status_code == 200
    assert client.get(f"{address}?texte=a", {"if-none-match": tag}).status_code == 200
    store = open_store()
    row = store.read("actor").iloc[0].to_dict()
    store.write(Changes.one("actor", row | {"note": "neuve"}), author="t", message="t")
    changed = client.get(address, {"if-none-match": tag})
    assert changed.status_code == 200
    assert b"neuve" in changed.body


@pytest.mark.parametrize(
    ("address", "code", "said"),
    [
        ("/exports/catalysts.csv?pratique=danse", 400, "danse"),
        ("/exports/catalysts.csv?pratiques=gestion_lieu", 400, "Filtre inconnu"),
        ("/exports/actors.csv?ecosysteme=rien", 400, "Aucune fiche"),
        ("/exports/territories.html?contours=commune&detail=complet", 400, "10\u202f000"),
        ("/exports/catalysts.docx", 404, "docx"),
        ("/exports/catalysts.gexf", 400, "/exports/network.gexf"),
        ("/exports/network.graphml?annee=loin", 400, "Année"),
        ("/exports/contacts.csv", 404, "contacts"),
    ],
)
def test_a_bad_demand_is_refused_in_one_sentence(client, address, code, said):
    answer = client.get(address)
    assert answer.status_code == code
    assert said in json.loads(answer.body)["detail"]


def test_too_many_at_once_wait_then_are_told_to_come_back(client, monkeypatch):
    monkeypatch.setattr(concurrency, "_PATIENCE_S", 0.01)

    async def asked():
        async with AsyncExitStack() as taken:
            for number in range(concurrency.AT_ONCE):
                await taken.enter_async_context(concurrency.files.turn(f"192.0.2.{number}"))
            return await asyncio.to_thread(client.get, "/exports/catalysts.csv")

    answer = asyncio.run(asked())
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
    assert client.get("/exports/catalysts.csv").status_code == 200


def test_made_up_data_say_so_in_the_name(client, tmp_path, monkeypatch):
    from geo.directory.demo import demo_csv  # noqa: PLC0415

    path = tmp_path / "demo.csv"
    path.write_text(demo_csv(20, 1), encoding="utf-8")
    monkeypatch.setenv("CATALYSE_CATALYSTS", str(path))
    answer = client.get("/exports/catalysts.geojson")
    assert 'filename="fictif-catalyseurs.geojson"' in answer.headers["content-disposition"]
    assert len(answer.json()["features"]) == int(directory().frame["longitude"].notna().sum())
