"""A person behind an actor: what is kept of them, sealed, and what they let us publish."""

import secrets
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import pandas as pd

from geo.dates import span
from geo.directory.catalysts import EMAIL
from geo.directory.schema import CONTACT, PERSONAL
from geo.directory.store.changes import Changes, Record
from geo.directory.store.encryption import ERASED, decrypt, encrypt, every_state
from geo.directory.store.rows import plain
from geo.directory.store.store import Store
from geo.errors import AtlasError
from geo.reference.gazetteer.spelling import fold

LABELS: Final = {field.name: field.label for field in PERSONAL}
_LONGEST: Final = 200


def of_actor(store: Store, actor_id: str) -> pd.DataFrame:
    """Return the contacts of an actor, opened, for those who may read them."""
    contacts = store.read("contact")
    return decrypt(store, contacts[contacts["actor_id"] == actor_id])


def known_people(store: Store, text: str) -> pd.DataFrame:
    """Return the contacts of any state of the base, deleted ones too, that a text names.

    Parameters
    ----------
    text
        Words of a name, in any order, or a part of an e-mail address.

    Returns
    -------
    One row a contact, by its id, opened, as the latest state that the text names; ``now``: the
    name that it bears today, empty where it is no longer in the base. Those erased are left out.
    """
    wanted = fold(text).split()
    states = decrypt(store, every_state(store))
    names, emails = states["contact_name"].map(fold), states["contact_email"].map(str.lower)
    typed = text.strip().lower()
    pairs = zip(names, emails, strict=True)
    named = [bool(typed) and (_says(name, wanted) or typed in email) for name, email in pairs]
    found = states[np.array(named, dtype=bool)]
    found = found[found["contact_name"] != ERASED].drop_duplicates(CONTACT.id)
    current = decrypt(store, store.read(CONTACT.name))["contact_name"].to_dict()
    return found.assign(now=[current.get(str(one), "") for one in found.index])


def _says(name: bytes, wanted: list[bytes]) -> bool:
    return bool(wanted) and all(b" %b" % word in name for word in wanted)


def contact_changes(
    store: Store,
    actor_id: str,
    contact_id: str,
    person: Mapping[str, str],
    consent: Mapping[str, Any],
) -> Changes:
    """Return what writes a contact, new when it has no id; nothing is published without consent.

    Parameters
    ----------
    person
        Fields of ``kinds.PERSONAL``, in clear; they leave this function sealed.
    consent
        ``published``: fields they let us publish; ``consent_date``, ``consent_basis``.

    Raises
    ------
    AtlasError
        Something is missing or badly written; all faults are said.
    UnknownCodeError
        There is no such actor or contact, or it was erased.
    """
    store.record("actor", actor_id)
    clear = {name: str(person.get(name, "")).strip()[:_LONGEST] for name in LABELS}
    faults = [*_faults(clear, consent)]
    if faults:
        raise AtlasError(f"Contact refusé : {' ; '.join(faults)}.")
    old = store.record("contact", contact_id) if contact_id else CONTACT.blank()
    values: Record = {
        "contact_id": contact_id or f"contact-{secrets.token_hex(8)}",
        "actor_id": actor_id,
        "status": "publiee",
        "published": [name for name in LABELS if name in consent["published"]],
        "consent_date": consent["consent_date"] if consent["published"] else "",
        "consent_basis": consent["consent_basis"] if consent["published"] else "",
    }
    return Changes.one("contact", encrypt(store, old | values, clear))


def _faults(clear: Mapping[str, str], consent: Mapping[str, Any]) -> list[str]:
    faults = []
    if not any(clear.values()):
        faults.append("il est vide, donnez au moins un nom ou un courriel")
    if clear["contact_email"] and not EMAIL.fullmatch(clear["contact_email"]):
        faults.append("le courriel n’a pas la forme nom@domaine.fr")
    if ERASED in clear.values():
        faults.append("ce contact a été effacé")
    if consent["published"] and (not span(consent["consent_date"]) or not consent["consent_basis"]):
        faults.append("publier demande la date du consentement et sa preuve")
    return faults


def withdrawn(store: Store, contact_id: str) -> Changes:
    """Return what withdraws every publication of a contact; it is kept for the team.

    Raises
    ------
    UnknownCodeError
        There is no such contact.
    """
    record = store.record("contact", contact_id)
    return Changes.one("contact", plain(record | {"published": [], "consent_basis": ""}))
