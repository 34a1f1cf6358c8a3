"""What a question is given: a narrow table of its own, beside a reference that is loaded once."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from geo import database
from geo.directory import directory as asked
from geo.directory.directory import Directory
from tests.world import catalyst, frame_of, write_world


def _book(*towns: str) -> Directory:
    at = {"10101": "a", "10103": "b"}
    return Directory(
        "essai.csv",
        frame_of(
            *(catalyst(at[one], location_precision="commune", commune_code=one) for one in towns)
        ),
    )


@pytest.fixture
def loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Count what is loaded of the reference, whatever was before."""
    found: list[Path] = []
    real = database.load_reference

    def counted(connection: database.Connection, folder: Path) -> None:
        found.append(folder)
        real(connection, folder)

    world = SimpleNamespace(reference=write_world(tmp_path))
    monkeypatch.setattr(asked, "settings", lambda: world)
    monkeypatch.setattr(database, "load_reference", counted)
    asked._reference.cache_clear()  # noqa: SLF001
    yield found
    asked._reference.cache_clear()  # noqa: SLF001


def test_the_reference_is_loaded_once_and_each_directory_answers_of_its_own(loaded):
    one, other = _book("10101"), _book("10103", "10101")
    for book, expected in ((one, ["a"]), (other, ["b", "a"]), (one, ["a"])):
        found = book.ask("catalysts_inside", kind="region", code="90")["catalyst_id"]
        assert found.to_list() == expected
    assert len(loaded) == 1


def test_only_what_questions_ask_for_is_handed_to_them():
    book = _book("10101")
    tables = (*book._tables.values(), book._selectable)  # noqa: SLF001
    handed = {name for table in tables for name in table.column_names}
    written = "\n".join(path.read_text("utf-8") for path in database.SQL_FOLDER.glob("*.sql"))
    assert {one for one in handed if one not in written} == set()
    assert {"summary", "description", "website"} & handed == set()
