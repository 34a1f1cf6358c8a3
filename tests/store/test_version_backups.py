"""Backups of another version: an older one is brought up, a newer one is refused."""

import json
import zipfile
from pathlib import Path

import pytest

from geo.cli.main import cli
from geo.directory.store.backup import backup, restore
from geo.directory.store.encryption import FIELDS, decrypt
from geo.directory.store.keys import keyring
from geo.directory.store.store import Store
from geo.directory.store.versions import VERSION
from geo.errors import BadFileError
from tests.store.conftest import Places
from tests.store.drawn import PERSON, put
from tests.store.past import as_it_is, in_force, journal, records, told


def test_an_older_backup_comes_back_with_its_history_and_forgets_who_was_forgotten(
    store: Store, kept: Path
) -> None:
    before = told(kept)
    assert restore(store, kept / "sauvegarde.zip", author="C") == len(before["journal"])
    assert records(store) == before["fiches"]
    assert journal(store) == before["journal"]
    assert decrypt(store, store.read("contact")).loc["c1", [*FIELDS]].to_dict() == PERSON
    assert keyring(store).destroyed(["c1", "gone"]) == {"gone"}
    assert restore(store, kept / "sauvegarde.zip", author="C") == 0


def test_a_backup_carries_the_version_and_a_newer_one_is_refused_before_anything(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(store, "actor", "a")
    backup(store, tmp_path / "s.zip")
    with zipfile.ZipFile(tmp_path / "s.zip") as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(content["manifeste.json"])
    assert manifest["format"] == VERSION
    content["manifeste.json"] = json.dumps(manifest | {"format": VERSION + 1}).encode()
    with zipfile.ZipFile(tmp_path / "s.zip", "w") as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    monkeypatch.setenv("CATALYSE_STORE", str(tmp_path / "nulle-part"))
    monkeypatch.setenv("CATALYSE_CATALOGUE", "")
    last = store.snapshot()
    with pytest.raises(BadFileError, match=f"version {VERSION + 1}.*mettez Catalyse à jour"):
        restore(store, tmp_path / "s.zip", author="C")
    with pytest.raises(BadFileError, match="Rien n’a été écrit"):
        cli.main(["restore", str(tmp_path / "s.zip")], standalone_mode=False)
    assert store.snapshot() == last
    assert not (tmp_path / "nulle-part").exists()


def test_an_older_store_is_backed_up_as_it_is_before_its_upgrade(
    older: Places, kept: Path, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = older()
    in_force(place, monkeypatch)
    before = as_it_is(place)
    cli.main(["backup", str(tmp_path / "s.zip")], standalone_mode=False)
    assert as_it_is(place) == before
    restore(store, tmp_path / "s.zip", author="C")
    assert records(store) == told(kept)["fiches"]
    assert journal(store) == told(kept)["journal"]
