"""Layers of the maps: what is sent, and that nothing sent can act as code."""

import json
import re
from dataclasses import replace

import geopandas as gpd
import pandas as pd
import pytest

from geo.analysis.nearest import Search, nearest
from geo.analysis.origin import territory_origin
from geo.directory.directory import directory
from geo.errors import UnknownCodeError
from geo.output import maps, webfiles
from geo.output.maps import outlines, symbols
from geo.output.maps.actors import network_bounds
from geo.output.maps.base import Overlay, base_map
from geo.output.maps.spec import to_script
from geo.output.maps.territories import LEFT_OUT
from geo.output.nearest_map import nearest_bounds
from geo.query.selection import Selection

ATTACK = '</script><img src=x onerror=alert(1)>"'


def catalysts(count: int = 2) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "catalyst_id": [f"c{i}" for i in range(count)],
            "catalyst_name": [f"Catalyseur {i}" for i in range(count)],
            "profile": "association",
            "practices": [["gestion_lieu"]] * count,
            "practices_basis": "stated",
            "town": "Lyon",
            "departement_code": "69",
            "evidence": "named",
            "website": "https://exemple.fr",
            "fictive": False,
            "longitude": 4.83,
            "latitude": 45.76,
        }
    )


def sent(url: str) -> list[list[object]]:
    file = webfiles.published(url.rpartition("/")[2].removesuffix(".json"))
    assert file is not None
    return json.loads(file.content)["records"]


def test_a_catalyst_without_a_point_is_neither_published_nor_shown() -> None:
    frame = catalysts()
    frame.loc[1, ["longitude", "latitude"]] = float("nan")
    url = maps.publish_catalysts(frame)
    assert [record[0] for record in sent(url)] == ["c0"]
    assert maps.catalyst_layer(frame, url)["ids"] == ["c0"]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "", None, 3])
def test_only_web_addresses_are_published(address: object) -> None:
    frame = catalysts(1).astype({"website": object}).assign(website=[address])
    assert sent(maps.publish_catalysts(frame))[0][10] == ""
    assert sent(maps.publish_catalysts(catalysts(1)))[0][10] == "https://exemple.fr"


def test_the_mark_says_the_practice_and_leaves_the_evidence_to_the_page() -> None:
    one, other = (catalysts().assign(evidence=kind) for kind in ("", "pioneer"))
    assert maps.catalyst_legend(one) == maps.catalyst_legend(other)
    sent_marks = {record[4] for record in sent(maps.publish_catalysts(one))}
    assert sent_marks <= symbols.all_symbols().keys()


def test_publishing_only_sends_known_columns() -> None:
    frame = catalysts(1).assign(email="personne@exemple.fr")
    assert "personne@exemple.fr" not in json.dumps(sent(maps.publish_catalysts(frame)))


def test_the_same_records_keep_one_address_and_old_ones_are_forgotten() -> None:
    first = maps.publish_catalysts(catalysts(1))
    assert maps.publish_catalysts(catalysts(1)) == first
    for number in range(webfiles.KEPT):
        webfiles.publish({"number": number})
    assert webfiles.published(first.rpartition("/")[2].removesuffix(".json")) is None


def test_a_filter_change_sends_little_even_with_350_catalysts() -> None:
    frame = catalysts(350)
    layer = maps.catalyst_layer(frame, maps.publish_catalysts(frame))
    values = dict.fromkeys(outlines.outline_codes("epci"), 12.5)
    shaded = maps.choropleth_layer("epci", values, maps.scale_for(values, "km", decimals=1))
    assert len(Overlay([layer, shaded], title="Carte").document) < 50_000


def test_text_cannot_leave_the_script() -> None:
    script = to_script({"title": ATTACK, "line": "\u2028"})
    assert "<" not in script
    assert json.loads(script) == {"title": ATTACK, "line": "\u2028"}
    with pytest.raises(ValueError, match="JSON"):
        to_script(float("nan"))


def test_a_legend_names_no_practice_without_a_mark_on_the_map() -> None:
    frame = catalysts().assign(practices=[["gestion_lieu"], ["dialogue_territorial"]])
    frame.loc[1, ["longitude", "latitude"]] = float("nan")
    legend = maps.catalyst_legend(frame)
    assert legend == maps.catalyst_legend(frame.head(1)) != ""
    assert maps.catalyst_legend(frame.tail(1)) == ""


def test_legends_escape_their_text() -> None:
    values = {"84": 1.0}
    written = maps.choropleth_legend(ATTACK, "region", values, maps.Scale((0, 1)))
    assert "<script" not in written
    assert "<img" not in written


def test_a_legend_names_what_was_left_out_of_the_question() -> None:
    scale = replace(maps.Scale((0, 1)), without=LEFT_OUT)
    assert "Hors du calcul" in maps.choropleth_legend("Distance", "region", {"84": 1.0}, scale)


def test_marks_of_practices_differ_by_icon_and_by_shape_not_only_by_colour() -> None:
    assert len({mark.icon for mark in symbols.marks().values()}) == len(symbols.marks())
    assert len({mark.path for mark in symbols.marks().values()}) == len(symbols.marks())


@pytest.mark.parametrize(
    ("practices", "mark"),
    [
        ([], "unknown"),
        (["gestion_lieu"], "gestion_lieu"),
        (["a", "b"], "several"),
        (["x"], "unknown"),
    ],
)
def test_the_mark_of_a_catalyst(practices: list[str], mark: str) -> None:
    assert symbols.mark_of(practices) == mark


def test_classes_hold_every_territory_once() -> None:
    codes = outlines.outline_codes("region")
    values = {code: float(index) for index, code in enumerate(codes[:-2])}
    scale = maps.scale_for(values, "catalyseurs")
    counts = maps.class_counts("region", values, scale)
    assert sum(counts) == len(codes) == 18
    assert counts[-1] == 2
    assert counts[0] == 1  # zero is a class of its own


def test_classes_are_said_in_french() -> None:
    assert maps.Scale((0, 1, 2, 5)).labels() == ["0", "1", "2 à 4", "5 et plus"]
    assert maps.Scale((0, 1.5, 1000), decimals=1).labels() == [
        "moins de 1,5",
        "1,5 à 999,9",
        "1\u202f000,0 et plus",
    ]


def test_all_equal_or_missing_values_still_make_a_scale() -> None:
    assert maps.scale_for({"84": None, "11": float("nan")}, "").bounds == (0.0,)
    assert maps.scale_for({"84": 0.0}, "").bounds == (0.0, 1.0)
    assert len(maps.scale_for({"84": 3.0, "11": 3.0}, "").bounds) == 2


def test_a_missing_value_is_sent_as_none_never_zero() -> None:
    layer = maps.choropleth_layer("region", {"84": 0.0, "11": float("nan")}, maps.Scale((0, 1)))
    by_code = dict(zip(outlines.outline_codes("region"), layer["values"], strict=True))
    assert by_code["84"] == 0
    assert by_code["11"] is None
    assert by_code["53"] is None


def test_outlines_hold_every_territory_in_the_order_of_the_values() -> None:
    file = outlines.outlines("departement", 1000)
    features = json.loads(file.content)["features"]
    assert [one["properties"]["code"] for one in features] == outlines.outline_codes("departement")
    assert {one["properties"]["name"] for one in features} >= {"Ain", "Mayotte", "Val-de-Marne"}
    frame = gpd.GeoDataFrame.from_features(features, crs="EPSG:4326")
    assert not frame.geometry.is_empty.any()


def test_no_specks_are_drawn_inside_regions() -> None:
    features = json.loads(outlines.outlines("region", 1000).content)["features"]
    frame = gpd.GeoDataFrame.from_features(features).explode()
    holes = [ring for shape in frame.geometry for ring in shape.interiors]
    assert len(holes) <= 5


def test_one_territory_has_a_perimeter_and_its_communes() -> None:
    roles = [
        one["properties"]["role"]
        for one in json.loads(outlines.territory("ept", "200057941").content)["features"]
    ]
    assert roles[0] == "perimeter"
    assert set(roles[1:]) == {"commune"}
    assert len(json.loads(outlines.territory("commune", "69123").content)["features"]) == 1


def test_a_large_territory_stays_light() -> None:
    assert len(outlines.territory("region", "76").packed) < 700_000


def test_unknown_outlines_are_refused() -> None:
    with pytest.raises(UnknownCodeError, match="commune"):
        outlines.outlines("commune", 500)
    with pytest.raises(UnknownCodeError):
        outlines.territory("epci", "nulle-part")


def test_the_base_map_is_constant_and_calls_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CATALYSE_TILES", "")
    one, two = base_map(), base_map()
    assert one.settings == two.settings
    assert all(url.startswith("/assets/") for _, url in [*one.default_js, *one.default_css])
    assert 'tiles":[]' in one.settings
    assert re.findall(r"https?://", one.settings) == []


def test_the_finer_base_map_is_only_named_in_the_page_never_in_its_first_scripts() -> None:
    figure = base_map()
    ground = json.loads(figure.settings)["ground"]
    assert ground["script"].startswith("/assets/basemap.js?v=")
    assert all(url.startswith("/") and "?v=" in url for url in ground.values())
    assert not any("basemap.js" in url for _, url in figure.default_js)


def test_tiles_are_the_ones_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CATALYSE_TILES", " osm,")
    settings = base_map().settings
    assert "tile.openstreetmap.fr" in settings
    assert "geopf" not in settings


def test_without_npm_leaflet_comes_from_the_cdn(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setenv("CATALYSE_WEB", str(tmp_path))
    addresses = webfiles.map_scripts()
    assert addresses[0] == "https://cdn.jsdelivr.net/npm/leaflet@1.9.4/dist/leaflet.js"
    assert addresses[-1].startswith("/assets/map.js")


def test_versions_on_the_cdn_are_those_of_package_json() -> None:
    declared = json.loads((webfiles.settings().data.parent / "package.json").read_text())
    assert declared["dependencies"] == webfiles.VERSIONS


def test_the_script_given_to_the_frame_does_not_change_between_runs() -> None:
    """What streamlit-folium hashes to decide whether a map is new."""
    streamlit_folium = pytest.importorskip("streamlit_folium")
    hashes = set()
    for title in ("une", "deux"):
        figure, overlay = base_map(), Overlay([], title=title)
        figure.get_root().render()
        script = streamlit_folium._get_map_string(figure)  # noqa: SLF001
        added = streamlit_folium._get_feature_group_string(overlay, figure)  # noqa: SLF001
        hashes.add(streamlit_folium.generate_js_hash(script, "carte"))
        assert f'"title":"{title}"' in added
    assert len(hashes) == 1


@pytest.mark.parametrize("text", ["{{ 9 * 9 }}", "{% raw %}", "{#", "{{{", "\\{{ 9 * 9 }}"])
def test_a_text_instructs_no_template_of_the_server(text: str) -> None:
    """Folium reads the script of a map as a template once more, and works out what it holds."""
    streamlit_folium = pytest.importorskip("streamlit_folium")
    overlay = Overlay([{"names": [text]}], title=text)
    figure = base_map()
    added = streamlit_folium._get_feature_group_string(overlay, figure)  # noqa: SLF001
    assert overlay.document in added
    assert overlay.document in figure.get_root().render()
    assert json.loads(overlay.document)["title"] == text


PLACES = {"Lille": (3.06, 50.63), "Bordeaux": (-0.58, 44.84), "Strasbourg": (7.75, 48.57)}
CAYENNE = (-52.3, 4.9)


def box_of(*at: tuple[float, float]) -> tuple[float, ...]:
    points = pd.DataFrame(at, columns=["longitude", "latitude"])
    return network_bounds(points.assign(withheld=[[]] * len(at)))


def test_actors_all_over_the_mainland_show_it_whole_and_others_their_own_box() -> None:
    assert box_of(*PLACES.values()) == maps.HEXAGONE
    assert box_of(PLACES["Lille"], PLACES["Strasbourg"])[1] > 48, "half as wide, not half as high"
    west, south, *_ = box_of(*PLACES.values(), CAYENNE)
    assert (west < -52, south < 5) == (True, True)


@pytest.mark.parametrize(("kind", "code"), [("region", "03"), ("commune", "97353")])
def test_a_territory_with_nobody_near_is_seen_whole(kind, code):
    answer = nearest(directory(), territory_origin(kind, code), Selection(), Search(3))
    west, south, east, north = nearest_bounds(answer)
    own = maps.territory_bounds(kind, code)
    assert (west <= own[0], south <= own[1], east >= own[2], north >= own[3]) == (True,) * 4
