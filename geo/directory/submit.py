"""The one door for a change: who it comes from decides whether it is written or proposed.

A page, the terminal and a later write API share it.
"""

from geo.directory.access import Person
from geo.directory.proposals import propose
from geo.directory.store.changes import Changes
from geo.directory.store.store import Store
from geo.errors import ReadOnlyStoreError

PROPOSED = "Proposition envoyée, à valider"
CLOSED = "Cette base ne reçoit pas vos changements\u00a0: identifiez-vous."


def submit(changes: Changes, message: str, person: Person, store: Store) -> str:
    """Write changes as one snapshot, or propose them where this person may only propose.

    Returns
    -------
    str
        What was done, in French.

    Raises
    ------
    ReadOnlyStoreError
        This person may do neither, or nobody may write to this store.
    """
    if not person.may_propose:
        raise ReadOnlyStoreError(CLOSED)
    if person.may_write:
        store.write(changes, author=person.name, message=message)
        return message
    if store.read_only:
        raise ReadOnlyStoreError(store.read_only)
    made = propose(changes, person.name, message, store)
    store.write(made, author=person.name, message=f"Proposition\u00a0: {message}")
    return PROPOSED
