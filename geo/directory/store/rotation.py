"""One backup a day in a folder of the operator's, the last ones kept.

Only files named as these backups are are ever deleted, once the new one was read again; those of
days to come are left to the operator. Whoever is
erased from the base stays in them until the last that held them goes.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from geo.directory.store.backup import backup, check
from geo.directory.store.store import Store
from geo.errors import AtlasError, BadFileError
from geo.french import NBSP, quoted
from geo.settings import settings

_NAME: Final = re.compile(r"catalyse-(\d{4}-\d{2}-\d{2})\.zip", re.ASCII)
_LATE_DAYS: Final = 2


def kept_backups() -> list[Path]:
    """List the backups of the folder in force, the oldest first."""
    folder = settings().backups
    if folder is None or not folder.is_dir():
        return []
    return sorted(one for one in folder.iterdir() if _day(one) and one.is_file())


def _day(path: Path) -> date | None:
    """Read the day of a backup in its name; None for a file named otherwise."""
    found = _NAME.fullmatch(path.name)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:  # the thirteenth month
        return None


def is_due(day: date) -> bool:
    """Return whether a folder is set and holds no backup of this day."""
    folder = settings().backups
    return folder is not None and not (folder / _name(day)).exists()


def back_up(store: Store, day: date) -> Path:
    """Write the backup of a day, read it again, then delete those that are too many.

    Raises
    ------
    BadFileError
        No folder is set, or it cannot be written; the backups there stay.
    UnreadableStoreError
        See ``backup``.
    """
    folder = settings().backups
    if folder is None:
        raise BadFileError("Donnez un FICHIER, ou réglez un dossier par CATALYSE_BACKUPS.")
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        raise BadFileError(
            f"Le dossier {folder} (réglage CATALYSE_BACKUPS) ne peut être créé. Choisissez-en un "
            "autre."
        ) from None
    path = folder / _name(day)
    backup(store, path)
    try:
        check(path)
    except BadFileError:
        path.unlink()
        raise
    # A clock that was ahead left days to come: none of them drives out the one just made.
    past = [one for one in kept_backups() if one.name <= path.name]
    for old in past[: -settings().backups_kept]:
        old.unlink(missing_ok=True)
    return path


def _name(day: date) -> str:
    return f"catalyse-{day.isoformat()}.zip"


def backup_faults(day: date | None = None) -> Iterator[str]:
    """Say what is wrong with the daily backups, when they are set; one sentence each."""
    folder, found = settings().backups, kept_backups()
    if folder is None:
        return
    if not found:
        yield f"Aucune sauvegarde dans {folder} (réglage CATALYSE_BACKUPS)."
        return
    day = day or date.today()  # noqa: DTZ011 - the operator's day
    tomorrow = _name(day + timedelta(days=1))
    to_come = [one for one in found if one.name > tomorrow]
    made = [one for one in found if one.name <= tomorrow]
    last = _day(made[-1]) if made else None
    if last is None or (day - last).days >= _LATE_DAYS:
        since = f"est du {last.isoformat()}" if last else "est d’un jour à venir"
        yield f"La dernière sauvegarde de {folder} {since}."
    for one in to_come:
        yield (
            f"La sauvegarde {quoted(one.name)} porte un jour à venir{NBSP}: l’horloge du serveur "
            "avançait. Renommez-la au jour où elle fut faite, ou supprimez-la."
        )
    for one in found:
        try:
            check(one)
        except AtlasError:
            yield f"La sauvegarde {quoted(one.name)} ne se lit pas{NBSP}: elle ne rendrait rien."
