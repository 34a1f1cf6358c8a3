"""The State's lists of places: split as far as they say, placed by code, and the rest counted."""

import json
from pathlib import Path
from typing import Any

import pytest

from geo.errors import BadFileError, MissingDataError
from geo.reference.build import programmes
from geo.reference.build.programmes import Codes, read_programmes

KINDS = {
    "01001": "commune",
    "01002": "commune",
    "200000001": "epci",
    "departement:01": "departement",
}
CODES = Codes(KINDS, {"01009": "01002"})


def spot(ids: str, names: str, where: str, **more: Any) -> dict[str, Any]:
    return {"id_territoire": ids, "lib_territoire": names, "liste_geo": where, **more}


def written(path: Path, rows: list[dict[str, Any]]) -> None:
    features = [{"type": "Feature", "properties": row, "geometry": None} for row in rows]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write every list with one row, so that a test only writes what it is about."""
    for name, _ in programmes.LISTS.values():
        written(tmp_path / name, [spot(f"{name}-1", "Un lieu", "A (01001)")])
    written(
        tmp_path / programmes.ENGAGED[0],
        [{"id_tec": "ai-1", "lib_groupement": "CC Une", "siren_groupement": "200000001"}],
    )
    (tmp_path / programmes.ENGAGED_BEFORE[0]).write_text("id_engcit,codgeo,libgeo,echelon,url\n")
    return tmp_path


def places(folder: Path, rows: list[dict[str, Any]]) -> tuple[list[list[Any]], dict[str, Any]]:
    written(folder / "sa2024_fabt.geojson", rows)
    frame, told = read_programmes(folder, CODES)
    own = frame[frame["programme"] == "fabrique_territoire"]
    return own[["record_id", "record_name", "places"]].to_numpy().tolist(), told[
        "fabrique_territoire"
    ]


def test_a_spot_of_several_places_in_one_commune_gives_each_place(folder: Path) -> None:
    found, told = places(folder, [spot("f-1; f-2", "La Proue; L’Arête", "A (01001)")])
    assert found == [
        ["f-1", "La Proue", ["commune:01001"]],
        ["f-2", "L’Arête", ["commune:01001"]],
    ]
    assert (told["lines"], told["records"], told["lines_of_several_places"]) == (1, 2, 1)


def test_a_place_chosen_twice_is_one_place(folder: Path) -> None:
    found, told = places(folder, [spot("f-1; f-2", "Le Battement; Battement", "A (01001)")])
    assert found == [["f-1+f-2", "Le Battement", ["commune:01001"]]]
    assert told["chosen_twice"] == 1


def test_what_does_not_say_whose_is_whose_stays_one_row(folder: Path) -> None:
    rows = [
        spot("f-1; f-2", "Un seul nom", "A (01001)"),
        spot("f-3; f-4", "Un; Deux", "A (01001); B (01002)"),
    ]
    found, told = places(folder, rows)
    assert [row[1] for row in found] == ["Un seul nom", "Un; Deux"]
    assert found[1][2] == ["commune:01001", "commune:01002"]
    assert told["lines_of_several_ids_kept_whole"] == 2


def test_one_id_on_several_lines_is_one_row_of_all_its_communes(folder: Path) -> None:
    rows = [spot("f-1", "Cité", "A (01001)"), spot("f-1", "Cité", "B (01002)")]
    assert places(folder, rows)[0] == [["f-1", "Cité", ["commune:01001", "commune:01002"]]]


def test_a_former_code_is_followed_and_one_of_no_commune_is_told(folder: Path) -> None:
    rows = [spot("f-1", "Ancien", "A (01009)"), spot("f-2", "Loin", "NA (97801)")]
    found, told = places(folder, rows)
    assert [row[2] for row in found] == [["commune:01002"], []]
    assert (told["former_codes"], told["unplaced"], told["unknown_codes"]) == (1, 1, ["97801"])


def test_a_presentation_is_cut_to_a_name_and_its_marks_are_read(folder: Path) -> None:
    long = "Nom du consortium : Sentiers &amp; communs\nPorteur : Vert; et d’autres"
    found, _ = places(folder, [spot("f-1", long, "A (01001)"), spot("f-2", "m " * 90, "A (01001)")])
    assert found[0][1] == "Sentiers & communs"
    assert found[1][1].endswith("…")
    assert len(found[1][1]) <= 121


def test_no_address_of_anybody_is_kept(folder: Path) -> None:
    found, told = places(folder, [spot("f-1", "La Scène bdd h.s = mail a@b.fr", "A (01001)")])
    assert (found[0][1], told["emails_removed"]) == ("La Scène", 1)
    assert places(folder, [spot("f-1", "Le Touche@tout", "A (01001)")])[0][0][1] == "Le Touche@tout"


def engaged(folder: Path, lines: list[str]) -> tuple[Any, dict[str, Any]]:
    head = "id_engcit,codgeo,libgeo,echelon,url"
    (folder / programmes.ENGAGED_BEFORE[0]).write_text("\n".join([head, *lines]) + "\n")
    frame, told = read_programmes(folder, CODES)
    own = frame[frame["programme"] == "territoire_engagement"]
    return own.set_index("record_id"), told["territoire_engagement"]


def test_a_territory_helped_twice_or_in_two_lists_is_one(folder: Path) -> None:
    lines = ["ai-9,200000001,CC Une,epci,https://exemple.org/recit", "ai-10,1001,A,commune,"]
    found, told = engaged(folder, lines)
    assert found["places"].to_dict() == {
        "te-epci-200000001": ["epci:200000001"],
        "te-commune-01001": ["commune:01001"],
    }
    assert found.loc["te-epci-200000001", ["listed", "url"]].to_list() == [
        "2026-07",
        "https://exemple.org/recit",
    ]
    assert (told["accompanied_again"], told["older_lines"]) == (1, 2)


def test_a_line_cut_in_two_is_counted_and_an_invalid_reference_is_named(folder: Path) -> None:
    lines = ["ai-3,01001", "A,commune,", "ai-4,#Invalid Ref: NC,NC,x,", "ai-5,1,Ain,departement,"]
    found, told = engaged(folder, lines)
    assert told["older_lines_unreadable"] == 2
    assert told["unknown_codes"] == ["#Invalid Ref: NC"]
    assert found.loc["te-departement-01", "places"] == ["departement:01"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "n’est pas une liste GeoJSON lisible"),
        ('{"features": []}', "ne contient aucune ligne"),
        ('{"features": [{"properties": {"id_territoire": "x"}}]}', "la colonne"),
    ],
)
def test_what_is_no_list_is_refused_by_name(folder: Path, text: str, said: str) -> None:
    (folder / "sa2024_fabt.geojson").write_text(text)
    with pytest.raises(BadFileError, match=f"sa2024_fabt.*{said}"):
        read_programmes(folder, CODES)


def test_a_place_without_code_is_refused_and_an_absent_list_is_asked_for(folder: Path) -> None:
    with pytest.raises(BadFileError, match="« Nulle part »"):
        places(folder, [spot("f-1", "X", "Nulle part")])
    (folder / "sa2024_fabt.geojson").unlink()
    with pytest.raises(MissingDataError, match=r"sa2024_fabt\.geojson manque"):
        read_programmes(folder, CODES)
