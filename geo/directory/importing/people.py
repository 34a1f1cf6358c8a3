"""What a file says of people: drawn apart from the organisations, one draft per person."""

from typing import Any, Final

import numpy as np

from geo.directory.importing.dry_run import INFO
from geo.directory.importing.emails import emails, is_personal, without_emails
from geo.directory.importing.fields import CONTACT
from geo.directory.importing.phones import phones
from geo.directory.importing.row_batch import RowBatch, Texts, each, where
from geo.directory.importing.text_cleaning import words

_MOVED: Final = "Courriel qui semble celui d’une personne : placé dans un contact non publié."


def people(batch: RowBatch, names: Texts) -> tuple[Texts, list[dict[str, Any]]]:
    """Part the organisations' addresses from the people's.

    Parameters
    ----------
    names
        Name and town of each organisation.

    Returns
    -------
    The organisations' e-mail addresses, and the contacts, with ``row``.
    """
    generic, personal = _parted(batch, names)
    drafts = _drafts(batch)
    for at in np.flatnonzero(where(np.array([";".join(p) for p in personal], object), bool)):
        for mail in personal[at]:
            _add(drafts, int(at), mail)
    rows = batch.table.rows
    return generic, [
        {"row": int(rows[at]), **draft} for at in sorted(drafts) for draft in drafts[at]
    ]


def _parted(batch: RowBatch, names: Texts) -> tuple[Texts, list[list[str]]]:
    read = batch.texts("email")
    found = [emails(text) for text in read]
    personal = [
        [mail for mail in some if is_personal(mail, name)] if some else []
        for some, name in zip(found, names, strict=True)
    ]
    own = [[m for m in some if m not in set(p)] for some, p in zip(found, personal, strict=True)]
    values = np.array([some[0] if some else "" for some in own], dtype=object)
    has_text = where(read, lambda text: text.strip())
    none = np.array([not some for some in found], dtype=bool)
    moved = np.array([bool(some) for some in personal], dtype=bool)
    several = np.array([len(some) > 1 for some in own], dtype=bool)
    batch.tell(
        has_text & none, "email", "Adresse de courriel illisible : laissée vide.", (read, values)
    )
    batch.tell(moved, "email", _MOVED, (read, values), INFO)
    batch.tell(several, "email", "Plusieurs courriels : le premier est gardé.", (read, values))
    return values, personal


def _drafts(batch: RowBatch) -> dict[int, list[dict[str, str]]]:
    """Draw the contacts that columns of their own describe, by place of the record."""
    columns = {name: words(batch, name) for name in ("contact_name", "contact_role")}
    read = batch.texts("contact_email")
    first = np.array([next(iter(emails(text)), "") for text in read], dtype=object)
    inside = np.array([next(iter(emails(n)), "") for n in columns["contact_name"]], dtype=object)
    columns["contact_name"] = each(columns["contact_name"], without_emails)
    bad = where(read, lambda text: text.strip() and not emails(text))
    batch.tell(bad, "contact_email", "Adresse de courriel illisible : laissée vide.", (read, first))
    first = np.where(first == "", inside, first)  # « Anne Durand, anne@asso.fr »
    columns |= {"contact_email": first, "contact_phone": phones(batch, "contact_phone")}
    filled = np.logical_or.reduce(
        [columns[name] != "" for name in CONTACT if name != "contact_role"]
    )
    return {
        at: [{name: str(columns[name][at]) for name in CONTACT}]
        for at in np.flatnonzero(filled).tolist()
    }


def _add(drafts: dict[int, list[dict[str, str]]], at: int, mail: str) -> None:
    """Return an address to the contact of its row that has none, else to a new one."""
    here = drafts.setdefault(at, [])
    if any(draft["contact_email"] == mail for draft in here):
        return
    lacking = next((draft for draft in here if not draft["contact_email"]), None)
    if lacking is None:
        lacking = dict.fromkeys(CONTACT, "")
        here.append(lacking)
    lacking["contact_email"] = mail
