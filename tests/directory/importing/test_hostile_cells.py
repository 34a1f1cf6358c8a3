"""Cells and files made to be slow: what costs too much is read short, refused, or left out."""

import contextlib
import time
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from geo.directory.importing.fields import TARGETS
from geo.directory.importing.limits import Limits
from geo.directory.importing.mapping import Mapping
from geo.directory.importing.propose_mapping import propose
from geo.directory.importing.read import read_table
from geo.directory.importing.table import Table
from geo.directory.importing.unknown_terms import unknown_terms
from geo.directory.importing.validate import validate
from geo.directory.importing.zipped import check_zip
from geo.errors import BadFileError
from tests.directory.importing import files

_SIZE = 200_000
_SECONDS = 3.0  # of the processor, on a slow machine: what grows with the square takes minutes
_UNITS = ("<", "(", "12/", "Ã©", " ", "a@")
_ODS = "application/vnd.oasis.opendocument.spreadsheet"


def _long(unit: str) -> str:
    return unit * (_SIZE // len(unit))


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    with contextlib.suppress(BadFileError):
        work()
    return time.process_time() - start


def _table(cell: str) -> Table:
    cells = pd.DataFrame({"Nom": ["A", "B"], "c": [cell, f"{cell}!x"]}, dtype=object)
    return Table("a.csv", "csv", cells, np.array([2, 3]))


@pytest.fixture(scope="module")
def warm() -> None:
    """Read the vocabularies and the communes before the clock runs."""
    for target in TARGETS:
        validate(_table("b"), Mapping((("Nom", "actor_name"), ("c", target.name)), "", "", "d"))


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize("unit", _UNITS)
def test_no_field_goes_through_a_long_cell_more_than_a_few_times(unit: str) -> None:
    table = _table(_long(unit))
    several = tuple((f"c{at}", target.name) for at, target in enumerate(TARGETS))
    cells = table.cells.assign(**{column: table.cells["c"] for column, _ in several})
    wide = Table("a.csv", "csv", cells, table.rows)
    assert _seconds(lambda: validate(wide, Mapping(several, "", "", "d"))) < 2 * _SECONDS
    assert _seconds(lambda: unknown_terms(table, propose(table))) < _SECONDS


@pytest.mark.parametrize("unit", _UNITS)
def test_no_reader_is_slow(unit: str) -> None:
    text = _long(unit)
    rows = [["Nom", "Adresse"], ["A", text], ["B", f"{text}!x"]]
    sources = {
        "csv": files.csv_bytes(rows),
        "titles.csv": files.csv_bytes([[text, "Ville"], ["B", "c"]]),
        "raw.csv": f"Nom;Ville\nA;{text}\nB;C\n".encode(),
        "text": text.encode(),
        "ods": files.ods_bytes(rows),
        "tags.ods": files.zipped({"mimetype": _ODS, "content.xml": f"<a>{text}"}),
        "geojson": files.geojson_bytes([files.feature({"nom": text, "a": {"b": text}}, 2.3, 48.8)]),
        "json": f"[{text}".encode(),
        **{
            f"{head}.xml": (head + text).encode()
            for head in ('<?xml version="1.0"?>', "<kml>", "<gpx>", "<!--", "<?", "<!DOCTYPE ")
        },
    }
    for name, data in sources.items():
        taken = _seconds(lambda data=data, name=name: read_table(data, name))
        assert taken < _SECONDS, name


@pytest.mark.parametrize("tag", ["<c ", '<c r="A', "<table:table-row ", "<table:table-cell "])
def test_no_tag_left_open_is_slow_to_look_into(tag: str) -> None:
    for part in ("xl/worksheets/sheet1.xml", "content.xml"):
        data = files.zipped({part: _long(tag)})
        assert _seconds(lambda data=data: check_zip(data, "a", Limits())) < _SECONDS
