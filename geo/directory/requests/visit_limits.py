"""The limits of requests, counted by every process that serves one store.

Who sends is a digest, by a key that the store keeps apart: the file of counts names nobody.
"""

from functools import lru_cache
from hashlib import sha256

from geo.directory.requests.visits import VisitLimits
from geo.directory.store.keys import OWNERS, check_keys, keyring
from geo.directory.store.shared_counts import shared_counts
from geo.directory.store.store import Store


@lru_cache(maxsize=4)
def visit_limits(store: Store) -> VisitLimits:
    """Return the limits that a store's processes hold together.

    Raises
    ------
    UnreadableStoreError
        The keys of the store are lost: no request could be kept.
    """
    check_keys(store)
    salt = sha256(b"limites" + keyring(store).key(OWNERS)).digest()
    return VisitLimits(shared_counts(store.place.folder), salt)
