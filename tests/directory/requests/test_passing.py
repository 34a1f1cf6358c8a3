"""A request passed on: to whom no mail is published, by the server or by hand, then reminded."""

import pytest

from geo.directory.requests.delivery import remind
from geo.directory.requests.erasure import erase_by_link
from geo.directory.requests.passing import pass_on, send_on, typed_addresses
from geo.directory.requests.states import advance, decrypt_request
from geo.directory.store.changes import Changes
from geo.directory.store.store import Store
from geo.directory.submit import submit
from geo.errors import BadRecordError, MailError, ReadOnlyStoreError, UnknownCodeError
from tests.directory.requests.drawn import CAMILLE, COLETTE, MAYOR, SECRETS, sent
from tests.smtp import Postman
from tests.store.drawn import files_with

CHOSEN, OTHER = "agir-ensemble-a-charenton", "ronalpia"
DIRECT = "zelie.undurraga@ronalpia.invalid"


def note(store: Store, changes: Changes) -> None:
    submit(changes, "Transmise", COLETTE, store)


def test_it_is_sent_to_one_whose_mail_nobody_publishes_and_noted(
    store: Store, postman: Postman
) -> None:
    done = sent(store, chosen_ids=(CHOSEN,))
    note(store, send_on(store, done.request_id, OTHER, DIRECT))
    [letter] = postman.to(DIRECT)
    assert MAYOR["need"] in letter.get_content()
    assert letter["Reply-To"] == MAYOR["email"]
    kept, person = decrypt_request(store, done.request_id)
    assert kept["state"] == "transmise"
    assert kept["passed_on_at"]
    assert kept["written_ids"] == [OTHER]
    assert kept["chosen_ids"] == [CHOSEN, OTHER]
    assert typed_addresses(person) == {OTHER: DIRECT}
    assert person["need"] == MAYOR["need"], "what was asked is still there"


def test_who_was_written_to_is_reminded_there(store: Store, postman: Postman) -> None:
    done = sent(store, chosen_ids=(CHOSEN,))
    note(store, send_on(store, done.request_id, OTHER, DIRECT))
    changes, letters = remind(store, done.request_id)
    assert [one.to for one in letters] == [DIRECT]
    assert len(postman.to(DIRECT)) == 1
    note(store, changes)
    assert typed_addresses(decrypt_request(store, done.request_id)[1]) == {OTHER: DIRECT}


def test_the_address_is_sealed_and_goes_with_the_request(store: Store) -> None:
    done = sent(store)
    note(store, pass_on(store, done.request_id, OTHER, DIRECT).changes)
    assert files_with(store.place.folder, DIRECT) == []
    assert files_with(store.place.folder, "undurraga") == []
    erase_by_link(store, done.erasure)
    with pytest.raises(UnknownCodeError):
        decrypt_request(store, done.request_id)


def test_nothing_is_noted_of_what_did_not_leave(store: Store, postman: Postman) -> None:
    done = sent(store)
    before = store.snapshot()
    for address, said in (
        ("", "Écrivez le courriel"),
        ("a@b.fr, c@d.fr", "nom@domaine.fr"),
        ("zelie@refus.invalid", "refuse cette adresse"),
    ):
        with pytest.raises((BadRecordError, MailError), match=said):
            send_on(store, done.request_id, OTHER, address)
    with pytest.raises(UnknownCodeError):
        send_on(store, done.request_id, "personne", DIRECT)
    assert store.snapshot() == before
    assert postman.to(DIRECT) == []


def test_one_that_is_answered_stays_so_and_one_closed_is_not_passed_on(store: Store) -> None:
    done = sent(store)
    note(store, advance(store, done.request_id, "repondue"))
    note(store, pass_on(store, done.request_id, OTHER).changes)
    assert store.record("request", done.request_id)["state"] == "repondue"
    note(store, advance(store, done.request_id, "close", "aboutie"))
    with pytest.raises(BadRecordError, match="close"):
        pass_on(store, done.request_id, OTHER, DIRECT)


def test_a_contributor_notes_nothing(store: Store) -> None:
    done = sent(store)
    changes = pass_on(store, done.request_id, OTHER, DIRECT).changes
    with pytest.raises(ReadOnlyStoreError, match="coordination"):
        submit(changes, "Transmise", CAMILLE, store)
    assert not any(secret in str(changes) for secret in SECRETS)
