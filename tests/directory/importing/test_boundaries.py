"""Areas that a file draws become perimeters: valid, WGS 84, named, counted."""

import json

import geopandas as gpd
import pytest
import shapely

from geo.crs import LAMBERT_93, WGS84
from geo.directory.importing.limits import Limits
from geo.directory.importing.plan import plan
from geo.directory.importing.propose_mapping import propose
from geo.directory.importing.read import read_table
from geo.directory.importing.validate import validate
from geo.errors import BadFileError
from tests.directory.importing.files import NOBODY

SQUARE = shapely.box(2.0, 48.0, 2.1, 48.1)
BOW = shapely.Polygon([(0, 47), (1, 48), (1, 47), (0, 48)])


def draft_of(tmp_path, shapes, name="zones.gpkg", system=WGS84, **known):
    frame = gpd.GeoDataFrame(
        {"lib_zone": [f"Zone {i}" for i, _ in enumerate(shapes)]}, geometry=shapes, crs=WGS84
    ).to_crs(system)
    frame.to_file(tmp_path / name, driver="LIBKML" if name.endswith("kml") else None)
    table = read_table(tmp_path / name)
    return validate(table, propose(table), **known)


@pytest.mark.parametrize(
    ("name", "system"),
    [("z.gpkg", WGS84), ("z.gpkg", LAMBERT_93), ("z.kml", WGS84), ("z.geojson", WGS84)],
)
def test_areas_of_every_format(tmp_path, name, system):
    draft = draft_of(tmp_path, [SQUARE], name, system)
    assert draft.actors.empty
    (perimeter,) = draft.perimeters
    assert perimeter["perimeter_name"] == "Zone 0"
    drawn = shapely.from_geojson(perimeter["geojson"])
    assert drawn.is_valid
    assert shapely.hausdorff_distance(drawn, SQUARE) < 1e-6
    assert shapely.is_ccw(drawn.exterior)


def test_what_crosses_itself_is_mended_and_told(tmp_path):
    draft = draft_of(tmp_path, [BOW, SQUARE])
    assert shapely.from_geojson(draft.perimeters[0]["geojson"]).is_valid
    assert [(p.row, p.severity) for p in draft.problems if p.field == "geojson"] == [
        (1, "attention")
    ]


def test_too_many_corners_are_refused(tmp_path):
    with pytest.raises(BadFileError, match="sommets"):
        draft_of(tmp_path, [SQUARE.buffer(1, quad_segs=100)], limits=Limits(vertices=100))


def test_the_same_areas_twice_are_nothing_new(tmp_path):
    draft = draft_of(tmp_path, [SQUARE])
    first = plan(draft, NOBODY)
    assert [one["perimeter_id"] for one in first.changes().put["perimeter"]] == ["zones-zone-0"]
    known = gpd.pd.DataFrame(first.perimeters)
    assert not plan(draft, NOBODY, perimeters=known).changes()
    moved = draft_of(tmp_path, [shapely.box(3, 48, 3.1, 48.1)])
    assert len(plan(moved, NOBODY, perimeters=known).perimeters) == 1


def test_areas_of_one_name_in_two_files_stay_two(tmp_path):
    known = gpd.pd.DataFrame(plan(draft_of(tmp_path, [SQUARE]), NOBODY).perimeters)
    other = draft_of(tmp_path, [shapely.box(3, 48, 3.1, 48.1)], "secteurs.gpkg")
    (kept,) = plan(other, NOBODY, perimeters=known).perimeters
    assert kept["perimeter_id"] == "secteurs-zone-0"
    # What an earlier version of Catalyse kept of the same file has no name of file in its id.
    earlier = known.assign(perimeter_id="zone-0")
    assert not plan(draft_of(tmp_path, [SQUARE]), NOBODY, perimeters=earlier).changes()


def test_a_geojson_of_areas_and_points_keeps_the_areas(tmp_path):
    shapes = [SQUARE, shapely.box(1, 47, 1.1, 47.1), shapely.Point(2, 48)]
    features = [{"type": "Feature", "properties": {"nom": "Z"},
                 "geometry": json.loads(shapely.to_geojson(s))} for s in shapes]  # fmt: skip
    path = tmp_path / "a.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    table = read_table(path)
    draft = validate(table, propose(table))
    assert [one["perimeter_id"] for one in draft.perimeters] == ["a-z", "a-z-2"]
    assert [p.severity for p in draft.problems if p.field == "geojson"] == ["erreur"]
