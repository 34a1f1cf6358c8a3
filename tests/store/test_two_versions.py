"""An app and a newer one on the same store at the same time: real processes, both catalogues.

The newer one is this one, told of a field and of a version more by what it writes to the lake; an
older app is a process of this one, whose version constant is then the older.
"""

from geo import database
from geo.directory.store.checking import faults
from geo.directory.store.ducklake import StoreLocation, open_lake, transaction
from geo.directory.store.history import entries
from geo.directory.store.store import Store
from geo.directory.store.versions import VERSION
from tests.store import worker
from tests.store.past import NEWER
from tests.store.worker import Worker

WRITERS = 3
HEARD = 2


def upgrade(place: StoreLocation) -> None:
    """Do as a newer app does: in its turn, in one transaction, begun again after a conflict."""
    for _ in range(5):  # it may meet what asks for no turn, such as a reader that closes
        lake = open_lake(place)
        try:
            with place.turn(), transaction(lake):
                for text in NEWER:
                    lake.execute(text)
        except database.Fault as fault:
            if not database.is_passing(fault):
                raise
        else:
            return
        finally:
            lake.close()
    raise AssertionError("the newer app never had its turn")


def colours(place: StoreLocation) -> dict[str, str]:
    lake = open_lake(place, read_only=True)
    found = lake.execute("SELECT actor_id, couleur FROM lake.actors").fetchall()
    lake.close()
    return dict(found)


def test_writers_of_an_older_app_stop_at_once_and_empty_no_new_field(
    store: Store, place: StoreLocation
) -> None:
    older = [Worker(worker.write_one_by_one, place, f"w{one}-") for one in range(WRITERS)]
    for one in older:
        for _ in range(HEARD):
            one.hear()
    upgrade(place)  # the newer app upgrades the store, and fills its own field
    upgraded = {*colours(place)}
    told = [one.end() for one in older]
    for said in told:
        assert said[-1].startswith("ReadOnlyStoreError")
        assert f"version {VERSION + 1}" in said[-1]
    done = {name for said in told for name in said[:-1]}
    assert done == {*store.read("actor").index}  # nothing that was told done is lost
    assert done == upgraded  # and nothing was written since
    assert {*colours(place).values()} == {"bleu"}


def test_an_app_that_goes_back_reads_everything_and_changes_nothing(
    store: Store, place: StoreLocation
) -> None:
    (written, *_) = [Worker(worker.write_one_by_one, place, "w-", HEARD).end()]
    store.connection.close()
    upgrade(place)
    back = Store.create(place.folder, place.postgres)
    assert f"version {VERSION + 1}" in back.read_only
    assert {*back.read("actor").index} == {*written}
    assert len(entries(back)) == HEARD
    assert [*faults(back)] == []
    back.connection.close()
    [refused] = Worker(worker.write_one_by_one, place, "x-").end()
    assert refused.startswith("ReadOnlyStoreError")
    assert {*colours(place).values()} == {"bleu"}
