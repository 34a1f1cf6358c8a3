"""The directory in force: the catalysts of one file, and the questions asked of them."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache, wraps
from pathlib import Path
from threading import Lock
from typing import Any, Final, TypeVar, TypeVarTuple, cast
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd
import pyarrow as pa

from geo import database
from geo.crs import Ints
from geo.directory.catalysts import STORED, read_catalysts
from geo.directory.published import published_catalysts, published_local_actors
from geo.directory.question_tables import question_tables, selection_table
from geo.directory.store.lookup import row_at
from geo.directory.store.open import open_store
from geo.directory.store.splicing import taken
from geo.directory.store.store import Store
from geo.errors import OverloadedError, UnknownCodeError
from geo.memory import give_back
from geo.query.selection import Selection
from geo.settings import settings

Answer = TypeVar("Answer")
Question = TypeVarTuple("Question")
_Answers = dict[Any, dict[tuple[Any, ...], Any]]

_LARGE: Final = 100_000


@dataclass(frozen=True, eq=False)
class Directory:
    """Catalysts of one source, with the table that DuckDB answers from.

    ``name`` says in French where they come from; ``frame`` is what ``read_catalysts`` gives, by
    ``catalyst_id``. ``local``: actors that are no catalysts, their practices declared for a file.
    ``made_up``: some of those that are not in ``frame`` are.
    """

    name: str
    frame: pd.DataFrame
    local: pd.DataFrame = field(default_factory=pd.DataFrame)
    made_up: bool = False
    _lock: Lock = field(default_factory=Lock, repr=False)
    _answers: _Answers = field(default_factory=lambda: defaultdict(dict), repr=False)

    @cached_property
    def fictive(self) -> bool:
        """Return whether these catalysts are made up."""
        return self.made_up or bool(self.frame["fictive"].any())

    @cached_property
    def _tables(self) -> dict[str, pa.Table]:
        tables = question_tables(self.frame)
        if len(self.frame) > _LARGE:
            give_back()
        return tables

    @cached_property
    def _selectable(self) -> pa.Table:
        return selection_table(self.frame)

    def ask(
        self, question: str, *, among: dict[str, Any] | None = None, **parameters: Any
    ) -> pd.DataFrame:
        """Answer one question of ``geo/sql`` about catalysts and territories.

        ``among``: one column, « catalyst_id » or « position », that names some of the catalysts:
        the table « kept » of the questions about them.
        """
        with self._lock:
            tables = self._tables
        if among is not None:
            types = {"catalyst_id": pa.string(), "position": pa.int64()}
            columns = {name: pa.array(values, types[name]) for name, values in among.items()}
            tables = {**tables, "kept": pa.table(columns)}
        return database.ask(_reference(settings().reference), question, parameters, tables)

    def select(self, selection: Selection) -> pd.DataFrame:
        """Keep the catalysts a selection asks for, in their order; a frame not to be changed."""
        return self.frame if selection.is_empty() else _selected(self, selection)

    def positions(self, selection: Selection) -> Ints:
        """Return the places in ``frame`` of those that a selection asks for; not to be changed.

        They cost an eighth of their rows: all that a question about points and counts needs.
        """
        return _positions(self, selection)

    def local_actors(self, selection: Selection) -> pd.DataFrame:
        """Keep the local actors, which are no catalysts, that a selection asks for."""
        return self.local if self.local.empty else self._local.select(selection)

    @cached_property
    def _local(self) -> "Directory":
        return Directory(self.name, self.local)

    def catalyst(self, catalyst_id: str) -> dict[str, Any]:
        """Return one catalyst.

        Raises
        ------
        UnknownCodeError
            There is none of that id.
        """
        at = row_at(self.frame, catalyst_id)
        if at is None:
            raise UnknownCodeError(
                f"Catalyseur inconnu : « {catalyst_id[:80]} ». "
                "Cherchez-le par son nom dans la liste des catalyseurs."
            )
        return dict(self.frame.iloc[at])


def memoise(
    most: int, patience_s: float | None = None, *, large: int | None = None
) -> Callable[[Callable[[Directory, *Question], Answer]], Callable[[Directory, *Question], Answer]]:
    """Keep the latest answers to a question about a directory, at most so many.

    They are kept in the directory itself, and go with it when another one is in force. Everybody
    is given the same answer: it is not to be changed.

    Parameters
    ----------
    large
        How many, of a directory of more than ``_LARGE``: answers that hold rows weigh as it does.
    patience_s
        Where it is said, this process works on one such question at a time, and whoever waits
        longer for their turn is told to come back (``OverloadedError``).
    """
    alone = Lock() if patience_s is not None else None

    def keep(
        answer: Callable[[Directory, *Question], Answer],
    ) -> Callable[[Directory, *Question], Answer]:
        def stored_answer(book: Directory, question: tuple[Any, ...]) -> tuple[Answer] | None:
            answers = book._answers[answer]  # noqa: SLF001
            with book._lock:  # noqa: SLF001
                if question not in answers:
                    return None
                answers[question] = answers.pop(question)  # last: the first is the longest unasked
                return (cast("Answer", answers[question]),)

        def made(book: Directory, question: tuple[Any, ...]) -> Answer:
            if known := stored_answer(book, question):  # by whoever had the turn before
                return known[0]
            answers, found = book._answers[answer], answer(book, *question)  # noqa: SLF001
            with book._lock:  # noqa: SLF001
                answers[question] = found
                limit = most if large is None or len(book.frame) <= _LARGE else large
                while len(answers) > limit:
                    del answers[next(iter(answers))]
            return found

        @wraps(answer)
        def known(book: Directory, *question: *Question) -> Answer:
            if already := stored_answer(book, question):
                return already[0]
            with _turn(alone, patience_s or 0.0):
                return made(book, question)

        return known

    return keep


@contextmanager
def _turn(alone: "Lock | None", patience_s: float) -> Iterator[None]:
    if alone is None:
        yield
        return
    if not alone.acquire(timeout=patience_s):
        raise OverloadedError(
            "D’autres calculs de ce genre sont en cours : redemandez dans un instant."
        )
    try:
        yield
    finally:
        alone.release()


@memoise(64, large=8)
def _selected(book: Directory, selection: Selection) -> pd.DataFrame:
    return taken(book.frame, book.positions(selection))


@memoise(64)
def _positions(book: Directory, selection: Selection) -> Ints:
    if selection.is_empty():
        return np.arange(len(book.frame))
    with book._lock:  # noqa: SLF001
        catalysts = book._selectable  # noqa: SLF001
    return selected_positions(catalysts, selection)


def selected_positions(catalysts: pa.Table, selection: Selection) -> Ints:
    """Return the positions of the catalysts that a selection keeps, rising.

    ``catalysts`` has the columns of ``catalysts_selected.sql``, « position » among them.
    """
    tables, parameters = {"catalysts": catalysts}, selection.parameters()
    rows = database.ask(_without_reference(), "catalysts_selected", parameters, tables)
    return rows["position"].to_numpy(np.int64)


@cache
def _without_reference() -> database.Connection:
    return database.connect()


@lru_cache(maxsize=2)
def _reference(folder: Path) -> database.Connection:
    """Load the territories once, whatever catalysts the questions are about."""
    connection = database.connect()
    database.load_reference(connection, folder)
    return connection


def read_reference() -> None:
    """Load the territories that questions join, before anybody asks one."""
    _reference(settings().reference)


def directory() -> Directory:
    """Return the directory in force: the operator's file, else what the store publishes now.

    It is read again only when the file or the store has changed.
    """
    path = settings().catalysts
    if path:
        stamp = path.stat().st_mtime_ns if path.is_file() else 0
        return _of_file(path, stamp)
    store = open_store()
    return _of_store(store, store.snapshot())


@lru_cache(maxsize=2)
def _of_file(path: Path, _stamp: int) -> Directory:
    frame = read_catalysts(path).drop(columns=[*STORED]).set_index("catalyst_id", drop=False)
    return Directory(f"fichier {path.name}", frame)


@lru_cache(maxsize=1)  # a former state goes, with its answers, once the next one is asked for
def _of_store(store: Store, _snapshot: int) -> Directory:
    catalysts, local = published_catalysts(store), published_local_actors(store)
    latest = _LATEST.get(store)
    if latest and latest.frame is catalysts and latest.local is local:
        # Nothing that it answers from changed: its answers stand, and are those of this state.
        object.__setattr__(latest, "name", store.origin)
        return latest
    if latest:
        with latest._lock:  # noqa: SLF001
            latest._answers.clear()  # noqa: SLF001 - some name it in turn: it would outlive its state
    _LATEST[store] = Directory(store.origin, catalysts, local)
    if len(catalysts) > _LARGE:
        del latest  # before memory is given back, what it held with it
        _of_store.cache_clear()
        give_back()
    return _LATEST[store]


_LATEST: WeakKeyDictionary[Store, Directory] = WeakKeyDictionary()
