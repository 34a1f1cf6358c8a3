"""What is true once ``docs/how-to/add-a-column.md`` was followed; run where it was."""

import csv
import io
import json
from pathlib import Path

import pytest

from geo import database
from geo.directory.actors import WITHHOLDABLE
from geo.directory.reading import readable_actors
from geo.directory.schema import ACTOR
from geo.directory.store import history
from geo.directory.store.backup import restore
from geo.directory.store.changes import Changes
from geo.directory.store.store import Store
from geo.directory.store.versions import VERSION
from geo.output.caption import Caption
from geo.output.collections import content
from geo.output.datasets.records import actors
from geo.output.exports import FORMATS
from geo.output.exports.model import Export
from tests.directory.importing.files import draft_of, planned
from tests.pages.people import CARD, area, own_store, press, seen_by
from tests.pages.seen import faults, html, words
from tests.store import past
from tests.store.drawn import put

__all__ = ["own_store"]
NAME, LABEL, WAY = "access", "Comment venir", "tram A, arrêt Gare"


def columns(store: Store) -> list[tuple[str, ...]]:
    return sorted(store.connection.execute(database.sql("store/columns")).fetchall())


def exported(store: Store, form: str) -> str:
    table = actors(readable_actors(store))
    export = Export(
        (table,),
        Caption("Essai", "", fictive=False, catalysts_from=""),
        "essai",
        with_unplaced=True,
    )
    return FORMATS[form].content(export).decode("utf-8-sig")


def said(store: Store) -> dict[str, list[str]]:
    """Return what the CSV and the GeoJSON say of the card."""
    rows = csv.DictReader(io.StringIO(exported(store, "csv"), newline=""), delimiter=";")
    features = json.loads(exported(store, "geojson"))["features"]
    return {
        "csv": [row[NAME] for row in rows if row["actor_id"] == CARD],
        "geojson": [one["properties"][NAME] for one in features if one["id"] == CARD],
    }


def test_a_new_store_and_an_upgraded_one_hold_it_alike(tmp_path: Path) -> None:
    kept = past.unpack(tmp_path / "v1")
    before = past.told(kept)["fiches"]["actor"]
    older = Store.create(past.place_of(kept, None).folder)
    assert (older.read_only, older.version()) == ("", VERSION)
    assert columns(older) == columns(Store.create(tmp_path / "new"))
    assert ("actors", NAME, "VARCHAR") in columns(older)
    assert LABEL in history.entries(older)[0].message
    found = past.records(older)["actor"]
    assert found == before
    assert {row[NAME] for row in found.values()} == {""}
    snapshot = put(older, "actor", "a1", **{NAME: WAY})
    assert older.record("actor", "a1")[NAME] == WAY
    assert NAME in {one.field.name for one in history.differences(older, snapshot)}
    assert history.record_history(older, "actor", "a1")


def test_an_older_backup_comes_back_with_it(tmp_path: Path) -> None:
    kept = past.unpack(tmp_path / "v1")
    store = Store.create(tmp_path / "new")
    restore(store, kept / "sauvegarde.zip", author="C")
    assert {*store.read("actor")[NAME]} == {""}


def test_it_is_corrected_in_the_form_read_on_the_page_told_by_the_history_and_exported(
    store: Store,
) -> None:
    app = seen_by("colette", "acteurs", fiche=CARD)
    area(app, LABEL).input(WAY)
    press(app, "Envoyer la correction")
    assert faults(app) == []
    assert store.record("actor", CARD)[NAME] == WAY
    assert (LABEL, "", WAY) in [
        (one.field.label, one.before, one.after)
        for one in history.differences(store, store.snapshot())
    ]
    assert WAY in html(seen_by("", "acteurs", fiche=CARD))
    assert said(store) == {"csv": [WAY], "geojson": [WAY]}
    row = content("actors").dataset.frame.loc[CARD]
    assert row[NAME] == WAY


def test_its_owner_may_withhold_it(store: Store) -> None:
    assert NAME in WITHHOLDABLE
    record = store.record("actor", CARD) | {NAME: WAY, "withheld": [NAME]}
    store.write(Changes.one("actor", record), author="C", message="m")
    assert WAY not in exported(store, "csv") + exported(store, "geojson")
    assert content("actors").dataset.frame.loc[CARD, NAME] == ""
    app = seen_by("camille", "acteurs", fiche=CARD)
    assert area(app, LABEL).disabled
    assert WAY not in words(app)


@pytest.mark.parametrize("title", [NAME, LABEL, LABEL.upper(), "Accès", "Itinéraire"])
def test_a_file_brings_it_under_any_of_its_names(title: str) -> None:
    plan = planned([["Nom", "Ville", title], ["A", "Nantes", f" {WAY} "]])
    assert [one[NAME] for one in plan.new] == [WAY]


def test_a_file_brings_no_more_of_it_than_the_form_takes() -> None:
    draft = draft_of([["Nom", "Ville", LABEL], ["A", "Nantes", "x" * 400]])
    assert draft.actors[NAME].str.len().tolist() == [300]
    assert any("Texte coupé" in one.message for one in draft.problems)


def test_it_keeps_its_place_in_the_schema() -> None:
    names = [field.name for field in ACTOR.fields]
    assert names.index("opening_hours") < names.index(NAME) < names.index("siret")
