"""Any sequence of writes, drops and returns leaves what a plain dict would hold."""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from geo.directory.store import history
from geo.directory.store.changes import Changes
from geo.directory.store.store import Store
from geo.errors import ConflictError
from tests.store.drawn import record

KINDS = st.sampled_from(["actor", "project"])
NAMES = st.sampled_from("abc")
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
Key = tuple[str, str]


class Book(RuleBasedStateMachine):
    """The store beside a dict of every state it went through."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(prefix="catalyse-modele-")
        self.store = Store.create(Path(self.folder.name))
        self.now: dict[Key, dict[str, object]] = {}
        self.past: dict[int, dict[Key, dict[str, object]]] = {}

    @initialize()
    def start(self) -> None:
        self._write(Changes.one("project", record("project", "start")), {})

    def _write(self, changes: Changes, now: dict[Key, dict[str, object]]) -> None:
        before = self.store.snapshot()
        number = self.store.write(changes, author="M", message="m")
        assert (number > before) == bool(changes)
        self.now = now
        self.past[number] = dict(now)

    def _revision(self, kind: str, name: str) -> int:
        held = self.store.read(kind)
        return int(held.loc[name, "revision"]) if name in held.index else 0

    @rule(kind=KINDS, names=st.lists(NAMES, min_size=1, max_size=3), note=TEXT, tags=st.lists(TEXT))
    def put(self, kind: str, names: list[str], note: str, tags: list[str]) -> None:
        said = {"note": note, "practices": tags}
        drawn = [record(kind, one, revision=self._revision(kind, one), **said) for one in names]
        self._write(
            Changes.one(kind, *drawn), self.now | {(kind, name): dict(said) for name in names}
        )

    @rule(kind=KINDS, name=NAMES)
    def drop(self, kind: str, name: str) -> None:
        now = {key: said for key, said in self.now.items() if key != (kind, name)}
        self._write(Changes.removal(kind, name), now)

    @rule(kind=KINDS, name=NAMES, off=st.sampled_from([-1, 1]))
    def conflict(self, kind: str, name: str, off: int) -> None:
        before = self.store.snapshot()
        stale = record(kind, name, revision=self._revision(kind, name) + off)
        try:
            self.store.write(Changes.one(kind, stale), author="M", message="m")
        except ConflictError:
            assert self.store.snapshot() == before
        else:
            raise AssertionError((kind, name, off))

    @precondition(lambda self: self.past)
    @rule(data=st.data())
    def go_back(self, data: st.DataObject) -> None:
        at = data.draw(st.sampled_from(sorted(self.past)))
        self._write(history.everything_restored(self.store, at), dict(self.past[at]))

    @precondition(lambda self: self.past)
    @rule(data=st.data(), kind=KINDS, name=NAMES)
    def one_goes_back(self, data: st.DataObject, kind: str, name: str) -> None:
        at = data.draw(st.sampled_from(sorted(self.past)))
        now = {key: said for key, said in self.now.items() if key != (kind, name)}
        if (kind, name) in self.past[at]:
            now[kind, name] = self.past[at][kind, name]
        self._write(history.record_restored(self.store, kind, name, at), now)

    @invariant()
    def it_holds_what_the_dict_holds(self) -> None:
        assert self._held(None) == self.now
        if self.past:
            middle = sorted(self.past)[len(self.past) // 2]
            assert self._held(middle) == self.past[middle]

    def _held(self, at: int | None) -> dict[Key, dict[str, object]]:
        return {
            (kind, str(row[f"{kind}_id"])): {name: row[name] for name in ("note", "practices")}
            for kind in ("actor", "project")
            for row in self.store.read(kind, at).to_dict("records")
            if row[f"{kind}_id"] != "start"
        }

    def teardown(self) -> None:
        self.store.connection.close()
        self.folder.cleanup()


TestBook = Book.TestCase
TestBook.settings = settings(
    max_examples=3,
    stateful_step_count=10,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
