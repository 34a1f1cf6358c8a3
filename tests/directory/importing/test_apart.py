"""Files that stop whoever reads them: in a process of its own, they stop nobody else."""

import io
import json
import os
import signal
import sqlite3
import struct
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from geo.directory.importing import apart, reader
from geo.directory.importing.apart import read_apart
from geo.directory.importing.limits import Limits
from geo.directory.importing.read import read_table
from geo.errors import BadFileError

LIMITS = Limits()
_BOOK = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006"


def far_cell() -> bytes:
    """Write a workbook whose sheet, kept where no sheet is, says its first cells and its last."""
    cell = "<c r='{0}' t='inlineStr'><is><t>nom</t></is></c>"
    lines = f"<row r='1'>{cell.format('A1')}</row>"
    lines += f"<row r='1048576'>{cell.format('XFD1048576')}</row>"
    relation = (
        f'<Relationships xmlns="{_TYPES}/relationships"><Relationship Id="r" '
        f'Type="{_LINKS}/{{}}" Target="{{}}"/></Relationships>'
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as book:
        book.writestr("_rels/.rels", relation.format("officeDocument", "xl/workbook.xml"))
        book.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_BOOK}" xmlns:r="{_LINKS}"><sheets>'
            '<sheet name="S" sheetId="1" r:id="r"/></sheets></workbook>',
        )
        book.writestr("xl/_rels/workbook.xml.rels", relation.format("worksheet", "une/s.xml"))
        sheet = f'<worksheet xmlns="{_BOOK}"><sheetData>{lines}</sheetData></worksheet>'
        book.writestr("xl/une/s.xml", sheet)
    return held.getvalue()


def nested_collections() -> bytes:
    """Write a GeoParquet of one place, in two hundred thousand collections one in the other."""
    place = struct.pack("<BII", 1, 7, 1) * 200_000 + struct.pack("<BIdd", 1, 1, 2.0, 48.0)
    about = {"primary_column": "place", "columns": {"place": {"encoding": "WKB"}}}
    table = pa.table({"nom": ["a"], "place": pa.array([place], pa.binary())})
    held = io.BytesIO()
    pq.write_table(table.replace_schema_metadata({b"geo": json.dumps(about).encode()}), held)
    return held.getvalue()


@pytest.mark.parametrize("file", [far_cell, nested_collections])
def test_a_file_that_kills_its_reader_is_one_sentence(
    file: Callable[[], bytes], capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(BadFileError) as refused:
        read_apart(file(), "piege", limits=LIMITS)
    assert "demande trop de mémoire" in str(refused.value)
    assert "\n" not in str(refused.value)
    assert not capfd.readouterr().err  # a native library says where it stopped, and on what


def test_a_table_comes_back_as_it_was_read() -> None:
    text = b"nom;commune;latitude;longitude\nUn;Paris;48.8;2.3\nDeux;Lyon;45.7;4.8\n"
    there, here = read_apart(text, "a.csv", limits=LIMITS), read_table(text, "a.csv")
    pd.testing.assert_frame_equal(there.cells, here.cells)
    assert np.array_equal(there.rows, here.rows)
    assert (there.name, there.format, there.notices) == (here.name, here.format, here.notices)
    with pytest.raises(BadFileError, match="PDF"):
        read_apart(b"%PDF-1.7 rien", "a.pdf", limits=LIMITS)


def test_a_reader_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "LONGEST_S", 0.01)
    with pytest.raises(BadFileError, match="trop de temps"):
        read_apart(b"nom\nUn\n", "a.csv", limits=LIMITS)


def endless_view(folder: Path) -> bytes:
    """Write a GeoPackage of one place, and of a view whose rows never end."""
    path = folder / "sans-fin.gpkg"
    frame = gpd.GeoDataFrame({"nom": ["a"]}, geometry=gpd.points_from_xy([2.0], [48.0]), crs=4326)
    frame.to_file(path, driver="GPKG", layer="lieux")
    with closing(sqlite3.connect(path)) as file, file:
        file.execute(
            "CREATE VIEW sans_fin AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 "
            "FROM n) SELECT lieux.fid, geom, count(i) AS nom FROM n, lieux"
        )
        for table in ("gpkg_contents", "gpkg_geometry_columns"):
            [row] = file.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608
            told = ["sans_fin" if one == "lieux" else one for one in row]
            file.execute(f"DELETE FROM {table}")  # noqa: S608
            marks = ", ".join("?" * len(told))
            file.execute(f"INSERT INTO {table} VALUES ({marks})", told)  # noqa: S608
    return path.read_bytes()


@pytest.mark.skipif(sys.platform != "linux", reason="reads the processes of Linux")
def test_a_reader_killed_under_load_is_one_sentence_and_leaves_the_turn_and_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "brouillons"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    file = endless_view(tmp_path)
    with ThreadPoolExecutor(3) as pool:
        held = pool.submit(read_apart, file, "sans-fin.gpkg", limits=LIMITS, client="a")
        behind = [
            pool.submit(read_apart, b"nom\nUn\n", "a.csv", limits=LIMITS, client=one)
            for one in "ab"
        ]
        os.kill(reader_process(), signal.SIGKILL)
        with pytest.raises(BadFileError, match="demande trop de mémoire"):
            held.result()
        assert [len(one.result()) for one in behind] == [1, 1]
    assert [*scratch.iterdir()] == []


@pytest.mark.skipif(sys.platform != "linux", reason="reads the processes of Linux")
@pytest.mark.parametrize("stopped", [signal.SIGKILL, signal.SIGXCPU])
def test_what_a_stopped_reader_was_writing_is_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stopped: signal.Signals
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    person = "<Placemark><name>Zoé</name></Placemark>" * 90_000
    head = '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
    file = f"{head}{person}</Document></kml>".encode()
    with ThreadPoolExecutor(1) as pool:
        held = pool.submit(read_apart, file, "gens.kml", limits=LIMITS)
        process, last = reader_process(), time.monotonic() + 60
        while not [*tmp_path.rglob("import.kml")]:
            assert time.monotonic() < last
            time.sleep(0.01)
        os.kill(process, stopped)
        with pytest.raises(BadFileError):
            held.result()
    assert [*tmp_path.iterdir()] == []


def reader_process() -> int:
    """Find the process that reads a file now, once it has begun to work."""
    own, last = Path(f"/proc/{os.getpid()}/task"), time.monotonic() + 60
    while time.monotonic() < last:
        for one in {word for file in own.glob("*/children") for word in file.read_text().split()}:
            said = Path(f"/proc/{one}/cmdline").read_text(encoding="utf-8")
            if apart.READER in said and Path(f"/proc/{one}/task").stat().st_nlink > 3:
                return int(one)
        time.sleep(0.02)
    raise AssertionError("no reader began")


def test_a_small_file_is_not_read_as_long_as_a_large_one() -> None:
    assert reader.cpu_of(100_000) == 20
    assert reader.cpu_of(10_000_000) == 40
    assert reader.cpu_of(300_000_000) == reader.CPU_S == 120


def test_the_reader_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CATALYSE_CATALOGUE", "CATALYSE_SMTP", "STREAMLIT_SERVER_COOKIE_SECRET"):
        monkeypatch.setenv(name, "secret")
    monkeypatch.setenv("CATALYSE_DATA", "ici")
    given = apart.environment_of(os.environ)
    assert "secret" not in given.values()
    assert given["CATALYSE_DATA"] == "ici"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows bounds no process so")
def test_the_reader_bounds_itself() -> None:
    program = (
        "import resource as r\nfrom geo.directory.importing import reader\n"
        "reader.bound_itself()\n"
        "print(*r.getrlimit(r.RLIMIT_CPU), *r.getrlimit(r.RLIMIT_CORE))\n"
        "try:\n    bytearray(2 * reader.ROOM)\nexcept MemoryError:\n    print('bounded')\n"
    )
    root = Path(reader.__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, cwd=root, check=False
    )
    said = done.stdout.decode().split()
    assert said == [str(reader.CPU_S), str(reader.CPU_S + 1), "0", "0", "bounded"]


@pytest.mark.parametrize("about", [b"[1]", b"[" * 50_000, b'{"primary_column":"absent"}'])
def test_a_parquet_that_lies_of_its_places_is_refused(about: bytes) -> None:
    held = io.BytesIO()
    pq.write_table(pa.table({"nom": ["a"]}).replace_schema_metadata({b"geo": about}), held)
    with pytest.raises(BadFileError, match="Parquet est illisible"):
        read_table(held.getvalue(), "a.parquet")


def test_a_table_of_many_times_too_many_columns_is_not_gone_through() -> None:
    wide = ";".join(f"c{n}" for n in range(100_000))
    with pytest.raises(BadFileError, match="colonnes"):
        read_table(f"{wide}\n{wide}\n".encode(), "a.csv")
