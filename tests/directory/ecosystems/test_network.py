"""The network's own ecosystem: real, sourced, added once, taken away whole."""

import re
from pathlib import Path

import pytest

from geo.directory.ecosystems import checked_alliance, remove_network
from geo.directory.published import published_catalysts
from geo.directory.reading import readable_book, whole_book
from geo.directory.store import history
from geo.directory.store.changes import Changes
from geo.directory.store.network import NETWORK, network_changes, network_records
from geo.directory.store.open import open_store
from geo.directory.store.seed import seed
from geo.directory.store.store import Store
from geo.directory.undoing import undone
from geo.output.exports import FORMATS, LAYERED
from geo.output.exports.build import export_of
from geo.settings import settings
from tests.copied import copy

TITLED = re.compile(r"^(?:«.+»|Webinaire «.+»).*, \S+.*")


def bare(folder: Path) -> Store:
    """Return a base as it was before the network's ecosystem shipped: catalysts only."""
    return Store.create(copy(folder))


@pytest.mark.parametrize("kind", ["alliance", "actor", "ecosystem"])
def test_whatever_ships_names_its_text(kind: str) -> None:
    for row in network_records()[kind]:
        assert TITLED.match(row["source_title"]), row
        secure = row["source_url"].startswith("https://")
        assert secure or re.match(r"\d{4}", row["source_date"]), row


def test_every_alliance_is_dated_by_the_fact_or_by_its_text_and_typed() -> None:
    for row in network_records()["alliance"]:
        assert row["partnership_kind"]
        said = row["since"] or row["source_date"]
        assert said or "pas depuis quand" in row["note"], row
        assert row["since"] or "quand" in row["note"] or row["source_date"], row


def test_the_network_is_whole_and_adds_no_catalyst(tmp_path: Path) -> None:
    store = bare(tmp_path)
    before = published_catalysts(store)
    store.write(network_changes(whole_book(store)), author="essai", message="Réseau")
    actors = store.read("actor")
    for row in store.read("alliance").to_dict("records"):
        assert checked_alliance(row, actors.index)["member_ids"] == row["member_ids"]
    assert published_catalysts(store).equals(before)
    assert len(before) == 85
    added = actors[~actors.index.isin(before.index)]
    assert {*added["evidence"]} == {""}
    assert added["longitude"].isna().all()


def test_a_first_start_holds_it_in_its_first_snapshot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CATALYSE_STORE", str(tmp_path / "neuve"))
    store = open_store()
    assert NETWORK in store.read("ecosystem").index
    assert len(store.read("alliance")) == len(network_records()["alliance"])
    [first, *_] = [one for one in history.entries(store, 20) if "actor" in one.touched]
    assert {"actor", "alliance", "ecosystem"} <= {*first.touched}


def test_it_is_added_once_and_leaves_what_a_team_changed(tmp_path: Path) -> None:
    store = bare(tmp_path)
    store.write(network_changes(whole_book(store)), author="essai", message="Réseau")
    row = store.read("alliance").iloc[0].to_dict() | {"note": "Relue"}
    store.write(Changes.one("alliance", row), author="essai", message="Note")
    assert not network_changes(whole_book(store))
    assert "Relue" in {*store.read("alliance")["note"]}


def test_it_is_taken_away_by_one_write_that_can_be_undone(tmp_path: Path) -> None:
    store = bare(tmp_path)
    before = {kind: {*store.read(kind).index} for kind in ("actor", "alliance", "ecosystem")}
    store.write(network_changes(whole_book(store)), author="essai", message="Réseau")
    whole = {kind: {*store.read(kind).index} for kind in before}
    gone = store.write(remove_network(whole_book(store)), author="essai", message="Retrait")
    assert {kind: {*store.read(kind).index} for kind in before} == before
    store.write(undone(store, gone), author="essai", message="Remis")
    assert {kind: {*store.read(kind).index} for kind in before} == whole


def test_an_actor_that_a_team_uses_stays_when_the_network_goes(tmp_path: Path) -> None:
    store = bare(tmp_path)
    store.write(network_changes(whole_book(store)), author="essai", message="Réseau")
    own = {
        **store.read("alliance").iloc[0].to_dict(),
        "alliance_id": "la-notre",
        "member_ids": ["idealco", "le-rameau"],
        "member_roles": ["", ""],
        "revision": 0,
    }
    store.write(Changes.one("alliance", own), author="essai", message="La nôtre")
    store.write(remove_network(whole_book(store)), author="essai", message="Retrait")
    assert "idealco" in store.read("actor").index
    assert "map-in-action" not in store.read("actor").index
    assert [*store.read("alliance").index] == ["la-notre"]


def test_an_alliance_keeps_the_members_that_a_base_has(tmp_path: Path) -> None:
    """An operator's own file of catalysts may lack those that the texts name."""
    store = Store.create(tmp_path)
    path = tmp_path / "un.csv"
    lines = settings().catalysts_file.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(line for line in lines if "le-rameau," not in line), "utf-8")
    seed(store, path, network=True)
    book = readable_book(store)
    assert all(len(ids) > 1 for ids in book["alliance"]["member_ids"])
    named = set().union(*book["alliance"]["member_ids"], *book["ecosystem"]["actor_ids"])
    assert named <= {*book["actor"].index}


@pytest.mark.parametrize("form", LAYERED)
def test_it_leaves_whole_without_a_perimeter(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CATALYSE_STORE", str(tmp_path / "neuve"))
    open_store()
    export = export_of("ecosystem", {"ecosysteme": [NETWORK]})
    assert export.datasets[-1].placed_count == 0
    assert not export.caption.fictive
    assert FORMATS[form].content(export)
