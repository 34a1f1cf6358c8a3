"""DuckDB's extensions: signed, checked once, and nothing unsigned let in after them."""

import shutil

import pytest

from geo import database


def forged(monkeypatch, tmp_path):
    """Put a copy of an extension in the place of the real one, a byte of it changed."""
    copy = tmp_path / "sqlite_scanner.duckdb_extension"
    shutil.copy(database.extension_file("sqlite_scanner"), copy)
    monkeypatch.setattr(database, "extension_file", lambda _: copy)
    with copy.open("r+b") as file:
        file.seek(-1, 2)
        last = file.read(1)[0]
        file.seek(-1, 2)
        file.write(bytes([last ^ 1]))


def test_a_changed_extension_is_refused_whatever_was_checked_before(monkeypatch, tmp_path):
    database.connect("sqlite_scanner")
    assert database.connect("sqlite_scanner").execute("SELECT 1").fetchone() == (1,)
    forged(monkeypatch, tmp_path)
    for _ in range(2):
        with pytest.raises(database.Fault, match="signature"):
            database.connect("sqlite_scanner")


@pytest.mark.parametrize("extensions", [(), ("sqlite_scanner",)])
def test_nothing_unsigned_is_loaded_afterwards(extensions):
    for _ in range(2):
        connection = database.connect(*extensions)
        with pytest.raises(database.Fault, match="while database is running"):
            connection.execute("SET allow_unsigned_extensions = true")
        assert connection.execute(
            "SELECT current_setting('allow_unsigned_extensions')"
        ).fetchone() == (False,)


def test_an_extension_that_is_not_installed_is_told():
    with pytest.raises(database.MissingDataError, match="L’extension nulle de DuckDB"):
        database.connect("nulle")
