"""What is said of a store of which a part is lost: what, where, and how it comes back.

Only ``LostDataError`` lets a restore make the base anew: it is not said of keys, of the file of
turns, nor of a file that is there and closed to reading.

Files are named from the folder of the store, never from the root of the disk: pages and public
answers repeat these sentences.
"""

import re
from pathlib import Path
from typing import Final

from geo.directory.store.data_place import CLOSED, DataPlace
from geo.errors import LostDataError, UnreadableStoreError
from geo.french import NBSP

# As DuckLake names them: schema, table, file.
_DATA_FILE: Final = re.compile(r"\w+/\w+/[\w.-]+\.parquet")
EMPTY: Final = "est vide"
_FROM_BACKUP: Final = f"reprenez une sauvegarde{NBSP}: « catalyse restore FICHIER »"


def _label(path: Path, folder: Path) -> str:
    return f"« {Path(folder.name, path.relative_to(folder))} »"


def catalogue(path: Path, fault: str) -> LostDataError:
    """Say that the catalogue is missing, empty or damaged."""
    return LostDataError(
        f"Le catalogue de la base {fault}{NBSP}: {_label(path, path.parent)}. Rien n’est écrit ni "
        "créé à sa place. Remettez ce fichier depuis une copie du dossier (réglage "
        f"CATALYSE_STORE), ou {_FROM_BACKUP}. Si cette base n’a jamais servi, videz le dossier."
    )


def postgres(data: DataPlace) -> LostDataError:
    """Say that PostgreSQL holds no base, or another one, while there are data of one."""
    return LostDataError(
        "La base PostgreSQL (réglage CATALYSE_CATALOGUE) ne tient aucun catalogue de Catalyse, "
        f"alors que {data.label()} (réglage {data.setting}) tient les données d’une base. Rien "
        "n’est écrit ni créé à sa place. Vérifiez ces deux réglages, ou "
        f"{_FROM_BACKUP}."
    )


def data_file(data: DataPlace, fault: str, *, in_postgres: bool) -> UnreadableStoreError | None:
    """Say of a fault which data file it is about, if it is: missing, damaged, closed to reading.

    Nothing is said of a file that could not be made.
    """
    named = _DATA_FILE.search(fault)
    wrong = data.wrong(named[0], fault) if named else ""
    return data_lost(data, named[0], wrong, in_postgres=in_postgres) if named and wrong else None


def data_lost(
    data: DataPlace, path: str = "", wrong: str = "a un fichier abîmé", *, in_postgres: bool
) -> UnreadableStoreError:
    """Say that a data file cannot be read, or one of them when the fault does not say which."""
    kind = UnreadableStoreError if wrong == CLOSED else LostDataError
    where = ", dans une base PostgreSQL et un dossier neufs" if in_postgres else ""
    return kind(
        f"Des données de la base ne peuvent être lues{NBSP}: {data.label(path)} {wrong}. "
        f"Rétablissez ce fichier depuis une copie {data.copied_from} (réglage {data.setting}), ou "
        f"{_FROM_BACKUP}{where}."
    )


def keys(where: str, fault: str) -> UnreadableStoreError:
    """Say that the keys of the contacts are lost: nobody is erased, nothing can be read."""
    return UnreadableStoreError(
        f"Les clés des contacts de la base ne peuvent être lues{NBSP}: {where} {fault}. Aucun "
        "contact n’est lu ni écrit sans elles. Rétablissez-les depuis une copie, ou "
        f"{_FROM_BACKUP}."
    )


def key_file(path: Path, fault: str) -> UnreadableStoreError:
    """Say that the file of the keys is missing, empty or damaged."""
    return keys(_label(path, path.parent), fault)


def lock(path: Path) -> UnreadableStoreError:
    """Say that the file by which writers wait for each other is none."""
    return UnreadableStoreError(
        f"Le fichier {_label(path, path.parent)} est abîmé. Il ne tient aucune donnée{NBSP}: "
        "supprimez-le, puis recommencez."
    )
