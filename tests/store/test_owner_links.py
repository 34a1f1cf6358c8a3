"""Links of organisations are ended in every catalogue that keeps the keys."""

import pytest

from geo.directory.owner_link import check, end_links, signed
from geo.directory.store.ducklake import StoreLocation
from geo.directory.store.store import Store
from geo.errors import BadLinkError


def test_a_link_that_was_ended_opens_nothing_and_the_next_one_does(place: StoreLocation) -> None:
    store = Store.create(place.folder, place.postgres)
    link = signed(store, "un")
    end_links(store, "un")
    with pytest.raises(BadLinkError):
        check(store, "un", link)
    check(store, "un", signed(store, "un"))
    store.connection.close()
