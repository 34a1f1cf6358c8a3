"""The complete base, contacts in clear included: an explicit act, marked and written down."""

import csv
import io
import zipfile
from datetime import UTC, datetime
from typing import Any, Final

import pandas as pd

from geo.directory.schema import COMMENT, CONTACT, KINDS, PERSONAL, PROPOSAL, SEALED
from geo.directory.store.encryption import decrypt
from geo.directory.store.rows import printable
from geo.directory.store.store import Store
from geo.errors import AtlasError
from geo.files import inert
from geo.output.caption import LICENCE
from geo.reference.sources import attribution

WARNING: Final = "contient des données personnelles"
NAME: Final = "base-complete-donnees-personnelles.zip"
_LEFT_OUT: Final = (PROPOSAL.name, COMMENT.name)


def complete_zip(store: Store, *, author: str, reason: str) -> bytes:
    """Write every current record as CSV, contacts opened, and note it in the history first.

    Raises
    ------
    AtlasError
        No reason is given, or the act cannot be noted: then nothing leaves.
    """
    reason = printable(reason)
    if not reason.strip():
        raise AtlasError("Dites à qui et pourquoi la base est remise : l’historique le garde.")
    at = store.note(author=author, message=f"Export complet avec contacts : {reason.strip()}")
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("LISEZMOI.txt", _about(at, author, reason))
        for name, kind in KINDS.items():
            if name not in _LEFT_OUT:
                archive.writestr(f"{kind.table}.csv", _csv(store, name))
    return content.getvalue()


def _about(at: int, author: str, reason: str) -> str:
    today = datetime.now(UTC).date().isoformat()
    lines = [
        f"Base complète de Catalyse, état n° {at}, {today}.",
        f"Attention : ce fichier {WARNING}. Ne le publiez pas ; gardez-le en lieu sûr.",
        f"Remis par {author} : {reason.strip()}",
        f"Licence : {LICENCE}.",
        f"Sources : {attribution()}.",
    ]
    return "\r\n".join(lines)


def _csv(store: Store, name: str) -> bytes:
    kind = KINDS[name]
    rows, columns = store.read(name), [field.name for field in kind.fields]
    if kind in SEALED:
        columns.remove("sealed")
    if kind is CONTACT:  # who asked to be put in touch never leaves, even so
        rows = decrypt(store, rows)
        columns += [field.name for field in PERSONAL]
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([*columns, "avertissement"])
    for row in rows[columns].itertuples(index=False):
        writer.writerow([*map(_cell, row), WARNING])
    return out.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return inert(";".join(value))
    return "" if pd.isna(value) else inert(str(value))
