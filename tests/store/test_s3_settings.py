"""An operator's settings lead to S3, and nothing of the key is shown on the way."""

import socket
import time

import pytest
from prometheus_client import generate_latest

from geo import database
from geo.database import BucketAccess
from geo.directory.store.ducklake import StoreLocation
from geo.directory.store.open import open_store
from geo.errors import AtlasError
from tests.cli.running import catalyse
from tests.store.conftest import MakePlace
from tests.store.drawn import put
from tests.store.storage import KEY, SECRET, Storage


def test_the_settings_lead_there_and_a_catalogue_put_in_place_of_another_is_refused(
    storage: Storage, new_place: MakePlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = new_place("postgres", bare=True)
    place = StoreLocation(bare.folder, bare.postgres, storage.bucket())
    told = {
        "STORE": str(place.folder),
        "CATALOGUE": place.postgres,
        "FILES": f"s3://{place.bucket.place}/",
        "FILES_ENDPOINT": f"http://{place.bucket.host}",
        "FILES_KEY": KEY,
        "FILES_SECRET": SECRET,
        "FILES_REGION": place.bucket.region,
    }
    for name, value in told.items():
        monkeypatch.setenv(f"CATALYSE_{name}", value)
    store = open_store()
    assert not store.read_only
    assert len(store.read("actor"))
    assert len(storage.objects(place.bucket)) > 1
    done = catalyse("check")
    assert (done.returncode, done.stdout) == (0, "")
    assert f"s3://{place.bucket.place}" in done.stderr
    for text in (done.stderr, repr(store), generate_latest().decode()):
        assert SECRET not in text
        assert KEY not in text
    monkeypatch.setenv("CATALYSE_CATALOGUE", new_place("postgres", bare=True).postgres)
    other = open_store()
    assert other.stands_in
    assert "ne tient aucun catalogue" in other.read_only
    with pytest.raises(AtlasError):
        put(other, "actor", "new")


def test_whoever_reads_a_silent_storage_is_told_so_sooner_than_whoever_writes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    quick = {"http_timeout": 1, "http_retries": 0, "s3_uploader_max_filesize": "'50GB'"}
    monkeypatch.setattr(database, "_HTTP", quick)
    connection = database.connect("httpfs")
    with socket.create_server(("127.0.0.1", 0)) as silent:  # it takes calls and never answers
        port = silent.getsockname()[1]
        BucketAccess("lieu/base", KEY, SECRET, f"127.0.0.1:{port}", tls=False).open_to(connection)
        since = time.monotonic()
        with pytest.raises(database.Fault):
            database.table(connection, "FROM 's3://lieu/base/a.parquet'", None)
        assert time.monotonic() - since < 10
    writing, reading = connection.cursor(), connection.cursor()
    database.wait_to_write(writing)
    text = "SELECT current_setting('http_timeout'), current_setting('s3_uploader_max_filesize')"
    assert writing.execute(text).fetchone() == (30, "50GB")
    assert reading.execute(text).fetchone() == (1, "50GB")
