"""An operator's settings lead to S3, and nothing of the key is shown on the way."""

import pytest
from prometheus_client import generate_latest

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
