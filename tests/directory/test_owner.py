"""An organisation completes its own record: one record, sixty days, and only by proposal."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.directory import owner, proposals
from geo.directory.completeness import USEFUL, completeness
from geo.directory.owner import AUTHOR, complete, own_record
from geo.directory.owner_link import DAYS, check, end_links, signed
from geo.directory.schema import ACTOR
from geo.directory.store.changes import Changes
from geo.directory.store.keys import keyring
from geo.directory.store.store import Store
from geo.errors import (
    BadLinkError,
    BadRecordError,
    ConflictError,
    TooManyError,
    UnreadableStoreError,
)
from tests.copied import copy
from tests.directory.proposed import three_actors
from tests.store.drawn import put_person

NOW = 1_800_000_000.0


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.create(copy(tmp_path, three_actors))


def test_a_link_opens_one_record_for_sixty_days(store: Store) -> None:
    link = signed(store, "un", NOW)
    check(store, "un", link, NOW)
    check(store, "un", link, NOW + DAYS * 86_400)
    with pytest.raises(BadLinkError, match="expiré"):
        check(store, "un", link, NOW + DAYS * 86_400 + 1)
    with pytest.raises(BadLinkError, match="ne permet pas"):
        check(store, "deux", link, NOW)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda _: "",
        lambda link: link[:-1],
        lambda link: link.replace("-", " "),
        lambda link: f"9{link}",
        lambda link: link[:-1] + ("0" if link[-1] != "0" else "1"),
        lambda link: f"{int(link.split('-')[0]) + 1}-{link.split('-')[1]}",
    ],
)
def test_a_forged_link_gets_one_sentence(store: Store, spoil) -> None:
    with pytest.raises(BadLinkError, match=r"^[^.]*\.$"):
        own_record(store, "un", spoil(signed(store, "un")))


def test_a_link_of_another_base_opens_nothing(store: Store, tmp_path: Path) -> None:
    other = Store.create(copy(tmp_path / "autre", three_actors))
    link = signed(store, "un")
    with pytest.raises(BadLinkError):
        own_record(other, "un", link)
    assert own_record(store, "un", link)["actor_id"] == "un"


def test_a_record_that_is_gone_is_no_secret_told(store: Store) -> None:
    link = signed(store, "fantôme")
    with pytest.raises(BadLinkError, match="ne permet pas"):
        own_record(store, "fantôme", link)


def test_lost_keys_are_not_taken_for_kept_because_links_are_signed(store: Store) -> None:
    signed(store, "un")
    put_person(store)
    path = store.place.keys
    path.unlink()
    keyring(store).key(":organisations")
    with pytest.raises(UnreadableStoreError):
        signed(store, "un")


def test_links_that_were_ended_open_nothing_in_any_process_and_a_new_one_does(
    store: Store,
) -> None:
    other_process = Store.create(store.place.folder)
    first, of_another = signed(store, "un"), signed(store, "deux")
    revision = own_record(other_process, "un", first)["revision"]
    made = [first]
    for _ in range(3):
        end_links(store, "un")
        for link in made:
            with pytest.raises(BadLinkError, match="ne permet pas"):
                complete(other_process, "un", link, {"summary": "Relie."}, revision=revision)
        made.append(signed(other_process, "un"))
        assert own_record(store, "un", made[-1])["actor_id"] == "un"
    assert own_record(store, "deux", of_another)["actor_id"] == "deux"
    assert store.read("proposal").empty
    other_process.connection.close()


def test_lost_keys_are_not_taken_for_kept_because_links_were_ended(store: Store) -> None:
    put_person(store)
    store.place.keys.unlink()
    keyring(store).destroy(":organisations 0 un")
    with pytest.raises(UnreadableStoreError):
        end_links(store, "un")


def test_what_it_sends_is_a_proposal_and_nothing_else(store: Store) -> None:
    before = store.record("actor", "un")
    link = signed(store, "un")
    values = {"summary": "Relie les acteurs.", "status": "archivee", "actor_name": "Autre"}
    complete(store, "un", link, values, revision=before["revision"])
    assert store.record("actor", "un") == before
    (row,) = proposals.list_pending(store.read("proposal")).to_dict("records")
    assert (row["author"], row["record_id"]) == (AUTHOR, "un")
    asked = proposals.read_payload(row).proposed
    assert asked is not None
    changed = {name for name in asked if asked[name] != before[name]}
    assert changed == {"summary"}
    accepted = proposals.accept(row, store, by="Colette")
    store.write(accepted, author="Colette", message="m")
    assert store.record("actor", "un")["summary"] == "Relie les acteurs."


def test_what_is_withheld_is_not_shown_and_stays_unless_it_is_said_again(store: Store) -> None:
    record = store.record("actor", "un") | {"website": "https://a.fr", "withheld": ["website"]}
    store.write(Changes.one("actor", record), author="C", message="m")
    link = signed(store, "un")
    shown = own_record(store, "un", link)
    assert shown["website"] == ""
    values = {"website": "", "summary": "Relie."}
    complete(store, "un", link, values, revision=shown["revision"])
    (row,) = proposals.list_pending(store.read("proposal")).to_dict("records")
    assert (proposals.read_payload(row).proposed or {})["website"] == "https://a.fr"


def test_a_bad_value_a_stale_form_and_no_change_are_refused(store: Store) -> None:
    link, revision = signed(store, "un"), store.record("actor", "un")["revision"]
    with pytest.raises(BadRecordError, match="courriel mal écrit"):
        complete(store, "un", link, {"email": "moi"}, revision=revision)
    with pytest.raises(BadRecordError, match="Rien à proposer"):
        complete(store, "un", link, {}, revision=revision)
    with pytest.raises(ConflictError, match="a changé"):
        complete(store, "un", link, {"summary": "Relie."}, revision=revision - 1)
    assert store.read("proposal").empty


def test_three_at_most_wait_for_one_record_and_so_many_a_day(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    revision = store.record("actor", "un")["revision"]
    for number in range(3):
        values = {"summary": f"Phrase {number}."}
        complete(store, "un", signed(store, "un"), values, revision=revision)
    with pytest.raises(TooManyError, match="attendent déjà"):
        complete(store, "un", signed(store, "un"), {"summary": "Encore."}, revision=revision)
    monkeypatch.setattr(owner, "_A_DAY", 3)
    other = store.record("actor", "deux")["revision"]
    with pytest.raises(TooManyError, match="aujourd’hui"):
        complete(store, "deux", signed(store, "deux"), {"summary": "Relie."}, revision=other)


def test_the_key_that_signs_is_in_no_file_but_that_of_the_keys(store: Store) -> None:
    link = signed(store, "un")
    key = keyring(store).existing([":organisations"])[":organisations"]
    holding = [
        path.name
        for path in store.place.folder.rglob("*")
        if path.is_file() and key in path.read_bytes()
    ]
    assert holding == [store.place.keys.name]
    assert re.fullmatch(r"\d+-[0-9a-f]{64}", link)


TEXT = [field.name for field in ACTOR.fields if field.type == "VARCHAR"]


@given(st.dictionaries(st.sampled_from(TEXT), st.sampled_from(["", "x"])))
def test_a_record_is_as_complete_as_what_it_does_not_miss(values: dict[str, str]) -> None:
    found = completeness(ACTOR.blank() | values)
    assert found.filled + len(found.missing) == len(USEFUL)
    assert 0 <= found.share <= 1
    more = completeness(ACTOR.blank() | values | {"offers": "x", "practices": ["gestion_lieu"]})
    assert {*more.missing} == {*found.missing} - {
        "ce qu’ils peuvent faire pour vous",
        "les pratiques",
    }


def test_every_field_that_counts_exists_and_is_asked_of_the_organisation() -> None:
    counted = {name for names in USEFUL.values() for name in names}
    assert counted <= {field.name for field in ACTOR.fields}
    assert counted - {*owner.ASKED} == {"commune_code", "scope"}  # the coordination places it


def test_many_at_once_leave_three_proposals_waiting_and_no_more(
    store: Store,
) -> None:
    link, revision = signed(store, "un"), own_record(store, "un", signed(store, "un"))["revision"]
    stores = [Store.create(store.place.folder) for _ in range(8)]  # as many processes
    together = Barrier(len(stores))

    def propose(number: int) -> bool:
        together.wait()
        said = {"website": f"https://un-{number}.invalid"}
        try:
            complete(stores[number], "un", link, said, revision=revision)
        except TooManyError:
            return False
        return True

    with ThreadPoolExecutor(len(stores)) as pool:
        received = [*pool.map(propose, range(len(stores)))]
    assert received.count(True) == len(store.read("proposal")) == 3
    for one in stores:
        one.connection.close()
