"""One fictitious territory: complete, marked, apart from all that is real, gone in one write."""

from pathlib import Path
from typing import Any

import pytest

from geo.analysis.ecosystem import ecosystem
from geo.analysis.nearest import Search, nearest
from geo.analysis.origin import parse_origin
from geo.analysis.report_local import local, public_book
from geo.analysis.territory import sheet
from geo.dates import span
from geo.directory.directory import directory
from geo.directory.ecosystems import fictitious_changes, remove_fictitious
from geo.directory.reading import readable_book, whole_book
from geo.directory.schema import KINDS
from geo.directory.store.changes import Changes
from geo.directory.store.open import open_store
from geo.directory.store.store import Store
from geo.directory.store.worlds import FICTITIOUS, is_fictitious, world
from geo.directory.undoing import undone
from geo.output import collections
from geo.output.exports import FORMATS
from geo.output.exports.build import export_of
from geo.query.selection import Selection
from geo.reference.territory import territory
from tests.copied import copy

COMMUNE = ("commune", "36093")
SUBJECTS = ("catalysts", "actors", "alliances", "links", "network", "projects")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setenv("CATALYSE_STORE", str(tmp_path))
    copy(tmp_path)
    return open_store()


def added(store: Store) -> int:
    return store.write(fictitious_changes(whole_book(store)), author="essai", message="Essai")


def counts(store: Store) -> dict[str, Any]:
    """Gather what anybody may count of the real, every way it is counted."""
    here = sheet(directory(), *COMMUNE, Selection(), 50)
    asked = parse_origin("commune:36093")
    printed = local(territory(*COMMUNE), public_book(store))
    return {
        "directory": [*directory().frame.index],
        "fictive": directory().fictive,
        "nearest": [*nearest(directory(), asked, Selection(), Search(20)).all_rows.index],
        "present": [*here.all_rows.index],
        "printed": [len(printed.actors), len(printed.alliances), len(printed.projects)],
        "readable": {kind: [*frame.index] for kind, frame in readable_book(store).items()},
        "api": {
            name: collections.content(name).stamp for name in ("catalysts", "actors", "alliances")
        },
        "files": {
            subject: [[*layer.frame.index] for layer in export_of(subject, {}).datasets]
            for subject in SUBJECTS
        },
    }


def test_it_is_complete_and_says_so_in_every_name(store: Store) -> None:
    changes = fictitious_changes(whole_book(store))
    assert {kind: len(rows) for kind, rows in changes.put.items()} == {
        "actor": 40,
        "alliance": 25,
        "project": 8,
        "action": 10,
        "ecosystem": 1,
    }
    for kind, rows in changes.put.items():
        for row in rows:
            assert row["fictive"], row
            assert "fictif" in row[KINDS[kind].title].lower().replace("ctive", "ctif"), row
            assert is_fictitious(row[KINDS[kind].id])
    assert {row["step"] for row in changes.put["project"]} == {"01", "02", "03"}
    years = {day[:4] for row in changes.put["alliance"] for day in (row["since"],)}
    assert len(years) >= 4
    assert all(span(row["since"]) for row in changes.put["alliance"])
    kinds = {row["partnership_kind"] for row in changes.put["alliance"]}
    assert len(kinds) >= 8


def test_it_is_the_same_each_time(store: Store) -> None:
    first = fictitious_changes(whole_book(store))
    assert fictitious_changes(whole_book(store)) == first
    points = {(row["longitude"], row["latitude"]) for row in first.put["actor"]}
    assert len(points) == 40


def test_nothing_real_changes_when_it_comes(store: Store) -> None:
    before = counts(store)
    added(store)
    assert FICTITIOUS in store.read("ecosystem").index
    assert counts(store) == before


def test_its_own_view_holds_nothing_real(store: Store) -> None:
    real = store.read("actor").iloc[0].to_dict()
    neighbour = real | {"actor_id": "vrai", "commune_code": "36093", "revision": 0}
    store.write(Changes.one("actor", neighbour), author="essai", message="Un vrai voisin")
    added(store)
    book = readable_book(store, fictitious=True)
    found = ecosystem(FICTITIOUS, book)
    assert found.fictive
    assert {*found.actors.index} == {one for one in book["actor"].index if is_fictitious(one)}
    assert (len(found.actors), len(found.alliances), len(found.projects)) == (40, 25, 8)


@pytest.mark.parametrize("subject", ["actors", "alliances", "links", "projects", "ecosystem"])
def test_its_files_are_marked_in_name_and_content(store: Store, subject: str) -> None:
    added(store)
    export = export_of(subject, {"ecosysteme": [FICTITIOUS]})
    assert export.caption.fictive
    assert export.caption.mark == "fictif-"
    assert "Données fictives" in export.caption.notice
    text = FORMATS["html" if subject == "ecosystem" else "csv"].content(export).decode()
    assert "fictif" in text


def test_what_a_person_adds_while_trying_stays_apart_too(store: Store) -> None:
    added(store)
    before = readable_book(store)
    one = f"{FICTITIOUS}-actor-01"
    alliance = KINDS["alliance"].blank() | {
        "alliance_id": "essai",
        "alliance_name": "Essai d’une équipe",
        "partnership_kind": "mecenat",
        "member_ids": [one, "le-rameau"],
        "member_roles": ["", ""],
        "status": "publiee",
    }
    project = KINDS["project"].blank() | {
        "project_id": "essai-projet",
        "project_name": "Projet d’essai",
        "step": "01",
        "ecosystem_id": FICTITIOUS,
        "status": "publiee",
    }
    made = Changes.one("alliance", alliance) + Changes.one("project", project)
    store.write(made, author="essai", message="Essai")
    after = readable_book(store)
    assert all(after[kind].equals(before[kind]) for kind in ("alliance", "project"))
    tried = world(readable_book(store, fictitious=True), FICTITIOUS)
    assert "essai" in tried["alliance"].index
    assert tried["project"].loc["essai-projet", "fictive"]
    store.write(remove_fictitious(whole_book(store)), author="essai", message="Retrait")
    assert "essai" not in store.read("alliance").index
    assert "essai-projet" not in store.read("project").index


def test_it_goes_in_one_write_that_can_be_undone(store: Store) -> None:
    kinds = ("actor", "alliance", "project", "action", "ecosystem")
    before = {kind: {*store.read(kind).index} for kind in kinds}
    added(store)
    whole = {kind: {*store.read(kind).index} for kind in kinds}
    gone = store.write(remove_fictitious(whole_book(store)), author="essai", message="Retrait")
    assert {kind: {*store.read(kind).index} for kind in kinds} == before
    store.write(undone(store, gone), author="essai", message="Remis")
    assert {kind: {*store.read(kind).index} for kind in kinds} == whole
