"""Write a file whole or not at all; write a cell that no spreadsheet runs."""

import errno
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from geo.errors import BadFileError

# What begins a formula, for a spreadsheet of any country, past signs that nobody sees.
_UNSEEN: Final = (
    r"\s'\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff"
)
_FORMULA: Final = re.compile(rf"[{_UNSEEN}]*(?:[=+\-@＝＋－＠﹦﹢﹣﹫]|(?<=[\t\r\n]))")
_REASONS: Final = {
    errno.ENOENT: "le dossier n’existe pas",
    errno.ENOTDIR: "ce n’est pas un dossier",
    errno.EISDIR: "c’est un dossier",
    errno.EACCES: "l’écriture y est interdite",
    errno.EPERM: "l’écriture y est interdite",
    errno.EROFS: "le disque est en lecture seule",
    errno.ENOSPC: "le disque est plein",
}
_DRAFT: Final = ".catalyse-brouillon-"
_LEFT_S: Final = 3_600
"""Seconds after which a draft is nobody's."""

_FULL: Final = ("no space left", "disk is full")
NO_ROOM: Final = (
    "Le disque du serveur est plein : ce fichier n’a pu être préparé, et rien n’a été changé. "
    "Réessayez plus tard, ou prévenez l’exploitant de ce site."
)


def is_disk_full(fault: BaseException | None) -> bool:
    """Return whether a fault, or one that it comes from, is that no room is left on a disk.

    Writers of other languages say it in words.
    """
    while fault is not None:
        code = fault.errno if isinstance(fault, OSError) else None
        if code in (errno.ENOSPC, errno.EDQUOT) or any(one in str(fault).lower() for one in _FULL):
            return True
        fault = fault.__cause__ or fault.__context__
    return False


def write_whole(path: Path, content: bytes | Iterable[bytes], *, private: bool = False) -> None:
    """Write a file in a folder beside its place, then put it there in one move.

    ``content`` may come piece by piece, so that it never is in memory whole.

    ``private``: it holds personal data, and from its first byte it is its owner's alone to read.

    What is no plain file, a pipe or a device such as ``/dev/stdout``, is written to, not replaced.

    Raises
    ------
    BadFileError
        The folder is absent, full or closed to writing; what was there stays as it was.
    """
    try:
        if path.exists() and not path.is_file():
            _write(path, content)
            return
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=_DRAFT) as folder:
            draft = Path(folder) / path.name
            draft.touch(0o600 if private else 0o666)
            _write(draft, content, lasting=private)
            draft.replace(path)
        if private:
            _sweep(path.parent)
    except OSError as fault:
        why = _REASONS.get(fault.errno or 0, fault.strerror)
        raise BadFileError(
            f"Impossible d’écrire {path} : {why}. Choisissez un autre chemin."
        ) from None


def _write(path: Path, content: bytes | Iterable[bytes], *, lasting: bool = False) -> None:
    with path.open("wb") as file:
        file.writelines([content] if isinstance(content, bytes) else content)
        if lasting:  # on the disk before it has its name: older ones go once it is there
            file.flush()
            os.fsync(file.fileno())


def _sweep(folder: Path) -> None:
    """Take away what writers that were killed had begun: people erased since would stay in it."""
    for draft in folder.glob(f"{_DRAFT}*"):
        with suppress(OSError):  # another process may take it away too
            if time.time() - draft.stat().st_mtime > _LEFT_S:
                shutil.rmtree(draft)


def files_seen(folder: Path, but: Path | None = None) -> Iterator[tuple[str, int, int]]:
    """Tell each file under a folder by its path, the moment it was written and its size."""
    for found in sorted(os.scandir(folder), key=lambda one: one.name):
        if found.is_dir():
            if found.name != "__pycache__" and Path(found.path) != but:
                yield from files_seen(Path(found.path), but)
        else:
            seen = found.stat()
            yield found.path, seen.st_mtime_ns, seen.st_size


def inert(text: str) -> str:
    """Return a text as a cell: one that a spreadsheet would run as a formula gets an apostrophe.

    One that already has it gets another, so that ``uncovered`` gives every text back.
    """
    return f"'{text}" if _FORMULA.match(text) else text


def uncovered(cell: str) -> str:
    """Return the text of a cell that ``inert`` wrote, without its apostrophe."""
    return cell[1:] if cell.startswith("'") and inert(cell) != cell else cell
