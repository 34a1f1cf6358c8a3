"""Write a file whole or not at all."""

import tempfile
from pathlib import Path

from geo.errors import BadFileError


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in a folder beside its place, then put it there in one move.

    Raises
    ------
    BadFileError
        The folder is absent, full or closed to writing; what was there stays as it was.
    """
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".") as folder:
            draft = Path(folder) / path.name
            draft.write_bytes(content)
            draft.replace(path)
    except OSError as fault:
        raise BadFileError(
            f"Impossible d’écrire {path} : {fault.strerror}. Choisissez un autre dossier."
        ) from None
