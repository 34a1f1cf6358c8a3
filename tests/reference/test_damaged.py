"""Files of the reference cut short or gone: one French sentence that names them."""

from pathlib import Path

import pytest

from geo import database, vocabulary
from geo.errors import BadFileError, MissingDataError
from geo.reference.parquet import parquet
from geo.settings import ROOT
from tests.world import write_world

SHIPPED = ROOT / "data" / "reference" / "membership.parquet"


@pytest.mark.parametrize("size", [0, 10, 5000])
def test_a_file_cut_short_is_named(size: int, tmp_path: Path) -> None:
    path = tmp_path / "membership.parquet"
    path.write_bytes(SHIPPED.read_bytes()[:size])
    with pytest.raises(MissingDataError, match=r"membership\.parquet .* est abîmé"):
        parquet(path)


def test_an_absent_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingDataError, match=r"rien\.parquet manque"):
        parquet(tmp_path / "rien.parquet")


@pytest.mark.parametrize("size", [None, 0, 100])
def test_questions_on_a_damaged_reference_say_so(size: int | None, tmp_path: Path) -> None:
    path = write_world(tmp_path) / "adjacency.parquet"
    content = path.read_bytes()
    path.unlink()
    if size is not None:
        path.write_bytes(content[:size])
    with pytest.raises(MissingDataError, match="incomplète ou abîmée"):
        database.load_reference(database.connect(), tmp_path)


@pytest.mark.parametrize("text", ["x=[", "", '[[vocabulary]]\ntitle = "sans id"', "\xff"])
def test_a_broken_list_of_vocabularies_is_named(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "vocabulary.toml").write_bytes(text.encode("latin-1"))
    monkeypatch.setenv("CATALYSE_DATA", str(tmp_path))
    with pytest.raises(BadFileError, match=r"vocabulary\.toml"):
        vocabulary.vocabularies.__wrapped__()
