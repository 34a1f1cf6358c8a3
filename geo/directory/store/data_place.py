"""Where the data files of a store lie, a folder or a bucket of S3: what is there, put, set aside.

Paths are those that the catalogue gives, from the root of the data. Source of the requests to S3:
Amazon S3 API Reference; DuckDB reads and writes the data themselves, by the same address and keys.
"""

import os
import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyarrow.parquet as pq

from geo.database import BucketAccess, Fault
from geo.errors import MissingDataError
from geo.french import NBSP

if TYPE_CHECKING:
    from pyarrow.fs import FileInfo, FileSystem  # a tenth of a second, for S3 alone

DATA: Final = "fichiers"
MISSING, DAMAGED = "manque", "est abîmé"
CLOSED: Final = "ne peut être lu, ses droits l’interdisent"
NO_FOLDER: Final = "n’est pas un dossier"
_MARK: Final = "LISEZ-MOI.txt"
_MARKED: Final = "Données d’une base de Catalyse : ne rien changer ni supprimer ici."
_CONNECT_S: Final = 5.0
_ANSWER_S: Final = 30.0
_TRIES: Final = 3
_STATUS: Final = re.compile(r"HTTP (?:code |status )?(\d{3})")
_REFUSED: Final = (
    *("access_denied", "accessdenied", "signature_does_not_match", "signaturedoesnotmatch"),
    *("invalid_access_key", "invalidaccesskey", "forbidden", "unauthorized"),
)
_UNREACHED: Final = (
    *("aws error", "http put", "http get", "http post", "http head", "http delete", "http error"),
    *("could not connect", "could not resolve", "unable to connect to url"),
)
_NO_BUCKET: Final = ("no_such_bucket", "nosuchbucket")
_GONE, _RANGE, _FORBIDDEN = 404, 416, (401, 403)


class DataPlace(ABC):
    """The data files of one store."""

    setting: str
    copied_from: str

    @property
    @abstractmethod
    def address(self) -> str:
        """Where DuckLake reads and writes, with a « / » at its end."""

    @abstractmethod
    def label(self, path: str = "") -> str:
        """Name a file, or all of them, as pages and public answers may."""

    @abstractmethod
    def exists(self) -> bool:
        """Return whether the data of a store have a place here."""

    @abstractmethod
    def make(self) -> None:
        """Give the data of a new store their place."""

    @abstractmethod
    def written_at(self) -> dict[str, float]:
        """List the Parquet files there, with the second (Unix) each was written."""

    @abstractmethod
    def size(self, path: str) -> int | None:
        """Return the bytes of a file, None where there is none."""

    @abstractmethod
    def read(self, path: str) -> AbstractContextManager[pq.ParquetFile]:
        """Open a Parquet file as it lies there, not as it was kept in memory."""

    @abstractmethod
    def wrong(self, path: str, message: str) -> str:
        """Say what a fault, as it was told, means of a file: "" where it is not about it."""

    @abstractmethod
    def unanswered(self, message: str) -> MissingDataError | None:
        """Return what to say of a fault of the network or of rights, None for another."""

    @abstractmethod
    def set_aside(self, paths: list[str], aside: str) -> None:
        """Put files in a folder beside the data."""


@dataclass(frozen=True)
class DataFolder(DataPlace):
    """A folder of this machine, or of a disk that several share."""

    folder: Path
    setting = "CATALYSE_STORE"
    copied_from = "du dossier"

    @property
    def address(self) -> str:
        """Where DuckLake reads and writes."""
        return f"{self.folder}/"

    def label(self, path: str = "") -> str:
        """Name a file from the folder of the store, never from the root of the disk."""
        return f"« {Path(self.folder.parent.name, self.folder.name, path)} »"

    def exists(self) -> bool:
        """Return whether the folder is there."""
        return self.folder.exists()

    def make(self) -> None:
        """Make the folder."""
        self.folder.mkdir(exist_ok=True)

    def written_at(self) -> dict[str, float]:
        """List the Parquet files under the folder."""
        found = sorted(self.folder.rglob("*.parquet"))
        return {one.relative_to(self.folder).as_posix(): one.stat().st_mtime for one in found}

    def size(self, path: str) -> int | None:
        """Return the bytes of a file, None where there is none."""
        file = self.folder / path
        return file.stat().st_size if file.is_file() else None

    def read(self, path: str) -> AbstractContextManager[pq.ParquetFile]:
        """Open a Parquet file."""
        file: AbstractContextManager[pq.ParquetFile] = pq.ParquetFile(self.folder / path)
        return file

    def wrong(self, path: str, message: str) -> str:
        """Look at the file; nothing is said of one that could not be made."""
        file = self.folder / path
        if not os.access(file, os.F_OK):
            return "" if "ermission denied" in message else MISSING
        return CLOSED if file.is_file() and not os.access(file, os.R_OK) else DAMAGED

    def unanswered(self, _message: str) -> None:
        """Say nothing: a folder always answers."""
        return

    def set_aside(self, paths: list[str], aside: str) -> None:
        """Rename files into a folder beside the data."""
        for path in paths:
            target = self.folder.parent / aside / path
            target.parent.mkdir(parents=True, exist_ok=True)
            (self.folder / path).rename(target)


@dataclass(frozen=True)
class DataBucket(DataPlace):
    """A place of S3-compatible storage, shared by every process that has its key."""

    access: BucketAccess
    setting = "CATALYSE_FILES"
    copied_from = "du stockage S3"

    @property
    def address(self) -> str:
        """Where DuckLake reads and writes."""
        return f"s3://{self._root}/"

    @property
    def _root(self) -> str:
        return "/".join(part for part in (self.access.place, DATA) if part)

    def label(self, path: str = "") -> str:
        """Name a file from the place set, never the server nor the bucket."""
        return f"« {Path(DATA, path)} » du stockage S3"

    def exists(self) -> bool:
        """Return whether anything lies there."""
        from pyarrow import fs  # noqa: PLC0415

        with self._opened() as storage:
            looked = fs.FileSelector(self._root, allow_not_found=True)
            return bool(storage.get_file_info(looked))

    def make(self) -> None:
        """Put a file that says what is there: a wrong place or key is known before anything is.

        Raises
        ------
        MissingDataError
            The storage does not answer, or refuses.
        """
        try:
            self.access.put(f"{self.address}{_MARK}", _MARKED)
        except Fault as fault:
            raise self.unanswered(str(fault)) or fault from None

    def written_at(self) -> dict[str, float]:
        """List the Parquet files under the place."""
        from pyarrow import fs  # noqa: PLC0415

        with self._opened() as storage:
            looked = fs.FileSelector(self._root, recursive=True, allow_not_found=True)
            found = [one for one in storage.get_file_info(looked) if _is_data(one)]
        start = len(self._root) + 1
        return {one.path[start:]: one.mtime_ns / 1e9 for one in found}

    def size(self, path: str) -> int | None:
        """Return the bytes of a file, None where there is none."""
        with self._opened() as storage:
            [found] = storage.get_file_info([f"{self._root}/{path}"])
        return int(found.size) if found.is_file else None

    @contextmanager
    def read(self, path: str) -> Iterator[pq.ParquetFile]:
        """Open a Parquet file; a storage that stops answering is no damage.

        Raises
        ------
        MissingDataError
            The storage does not answer, or refuses.
        """
        with self._opened() as storage, storage.open_input_file(f"{self._root}/{path}") as source:
            yield pq.ParquetFile(source)

    def wrong(self, _path: str, message: str) -> str:
        """Read what the storage answered: no such file, or one that is shorter than it was."""
        status = _status_of(message)
        if status == _GONE:
            return MISSING
        return DAMAGED if status == _RANGE or not self._unreached(message) else ""

    def unanswered(self, message: str) -> MissingDataError | None:
        """Return what to say of a fault of the network or of rights, None for another."""
        if any(one in message.lower() for one in _NO_BUCKET):
            return MissingDataError(
                f"Le stockage S3 de la base n’a pas de lieu à ce nom{NBSP}: rien n’a été écrit. "
                "Vérifiez CATALYSE_FILES et CATALYSE_FILES_ENDPOINT, ou créez-le."
            )
        if not self._unreached(message) or _status_of(message) in {_GONE, _RANGE}:
            return None
        if _status_of(message) in _FORBIDDEN or any(one in message.lower() for one in _REFUSED):
            return MissingDataError(
                "Le stockage S3 de la base refuse la clé, ou ne lui permet pas ceci"
                f"{NBSP}: rien n’a été écrit. Vérifiez CATALYSE_FILES_KEY, CATALYSE_FILES_SECRET, "
                "CATALYSE_FILES_REGION et les droits de cette clé."
            )
        return MissingDataError(
            f"Le stockage S3 de la base ne répond pas{NBSP}: rien n’a été écrit. Recommencez dans "
            "un instant."
        )

    def set_aside(self, paths: list[str], aside: str) -> None:
        """Copy each file beside the data; DuckLake deletes it: PyArrow does with a side effect.

        It puts an empty object for the folder of what it deleted, which a server that keeps objects
        in folders may take for a file in the place of that folder.
        """
        beside = "/".join(part for part in (self.access.place, aside) if part)
        with self._opened() as storage:
            for path in paths:
                storage.copy_file(f"{self._root}/{path}", f"{beside}/{path}")

    @contextmanager
    def _opened(self) -> Iterator["FileSystem"]:
        try:
            yield _storage(self.access)
        except OSError as fault:
            # Its text may hold what the server says of a key.
            raise self.unanswered(str(fault)) or fault from None

    @staticmethod
    def _unreached(message: str) -> bool:
        return any(one in message.lower() for one in _UNREACHED)


def _status_of(message: str) -> int:
    found = _STATUS.search(message)
    return int(found[1]) if found else 0


def _is_data(found: "FileInfo") -> bool:
    return bool(found.is_file and found.path.endswith(".parquet"))


def _storage(access: BucketAccess) -> "FileSystem":
    """Open the storage without asking it anything."""
    from pyarrow import fs  # noqa: PLC0415

    return fs.S3FileSystem(
        access_key=access.key,
        secret_key=access.secret,
        endpoint_override=access.host or None,
        scheme="https" if access.tls else "http",
        region=access.region,
        force_virtual_addressing=not access.path_style,
        connect_timeout=_CONNECT_S,
        request_timeout=_ANSWER_S,
        retry_strategy=fs.AwsStandardS3RetryStrategy(max_attempts=_TRIES),
    )
