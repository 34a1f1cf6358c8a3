"""Whatever a territory writes comes back as written, through every format and encoding."""

import re

import geopandas as gpd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.directory.importing.mojibake import mended
from geo.directory.importing.plan import plan
from geo.directory.importing.propose_mapping import propose
from geo.directory.importing.read import read_table
from geo.directory.importing.validate import validate
from tests.directory.importing import files

HEADER = ["Nom", "Adresse", "Code INSEE", "Longitude", "Latitude", "Site", "Note"]
IN_A_WORD = re.compile(r"[½¼]\w|\d\s?¤")
COMMUNES = ("01004", "2A004", "44109", "97411", "94080")


def words(encoding, least=0):
    """Draw texts that a person types: no blank at the ends, nothing that means « empty »."""
    letters = st.characters(codec=encoding, categories=("L", "N", "P", "S"))
    word = st.text(letters, min_size=1, max_size=8).filter(
        lambda text: text.lower() not in {"-", "--", "—", "–", "n/a", "#n/a", "null", "nan"}
    )
    texts = st.lists(word, min_size=least, max_size=4).map(" ".join).map(_plain)
    # What looks broken is put right, told; « c½ur » is « cœur » to whoever reads it.
    return texts.filter(lambda text: mended(text) == text and not IN_A_WORD.search(text))


def _plain(text):
    return "x" + text if text[:1] in "\"'[{<" else text


def records(encoding):
    row = st.tuples(
        words(encoding, least=1).map(lambda text: f"Régie générale {text}"),
        words(encoding),
        st.sampled_from(COMMUNES),
        st.floats(-1, 8).map(lambda x: round(x, 6)),
        st.floats(43, 49).map(lambda y: round(y, 6)),
        st.sampled_from(["", "https://exemple.fr", "http://exemple.fr/a?b=c"]),
        words(encoding),
    )
    return st.lists(row, min_size=1, max_size=8)


def the_same(table, rows):
    draft = validate(table, propose(table))
    assert len(draft.actors) == len(rows)
    for record, row in zip(draft.actors.to_dict("records"), rows, strict=True):
        name, address, code, x, y, site, note = row
        assert record["actor_name"] == name
        assert record["address"] == address
        assert record["commune_code"] == code
        assert (record["longitude"], record["latitude"]) == pytest.approx((x, y), abs=1e-6)
        assert record["website"] == site
        assert record["note"] == note
    first = plan(draft, files.NOBODY)
    again = plan(draft, files.kept(first))
    assert (len(first.new), len(first.changed)) == (len(rows), 0)
    assert (len(again.new), len(again.changed), len(again.same)) == (0, 0, len(rows))


quick = settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_csv(encoding, separator):
    @quick
    @given(records(encoding.removesuffix("-sig")))
    def come_back(rows):
        table = read_table(files.csv_bytes([HEADER, *rows], separator, encoding), "acteurs.csv")
        the_same(table, rows)

    come_back()


@pytest.mark.parametrize("write", [files.xlsx_bytes, files.ods_bytes])
def test_workbooks(write):
    @quick
    @given(records("utf-8"))
    def come_back(rows):
        the_same(read_table(write([HEADER, *map(list, rows)]), "acteurs"), rows)

    come_back()


@quick
@given(records("utf-8"))
def test_geojson(rows):
    names = ("Nom", "Adresse", "Code INSEE", "Site", "Note")
    features = [
        files.feature(dict(zip(names, (*row[:3], *row[5:]), strict=True)), row[3], row[4])
        for row in rows
    ]
    the_same(read_table(files.geojson_bytes(features), "acteurs.geojson"), rows)


@settings(max_examples=3, suppress_health_check=[HealthCheck.too_slow])
@given(records("utf-8"))
def test_geopackage(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("gpkg") / "acteurs.gpkg"
    columns = dict(zip(HEADER, zip(*rows, strict=True), strict=True))
    x, y = columns.pop("Longitude"), columns.pop("Latitude")
    gpd.GeoDataFrame(columns, geometry=gpd.points_from_xy(x, y), crs=4326).to_file(path)
    the_same(read_table(path), rows)
