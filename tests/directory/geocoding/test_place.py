"""Placing records: at their address, at their commune, or nowhere, and what is to be checked."""

import math
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from geo.directory.geocoding.cache import Cache
from geo.directory.geocoding.checklist import checklist, moved
from geo.directory.geocoding.geocoder import Geocoder
from geo.directory.geocoding.place import place
from geo.directory.schema import ACTOR
from geo.errors import BadCoordinatesError
from geo.reference import france
from tests.directory.geocoding.records import actor, actors
from tests.directory.geocoding.server import ELSEWHERE, STEP, Script

CHARENTON, VILLEJUIF = "94018", "94076"
HOME = france.communes().loc[CHARENTON]
AT = {"postcode": "94220", "town": "Charenton-le-Pont"}
ADDRESSED = AT | {"address": "12 rue du Pont"}


def only(frame: pd.DataFrame) -> dict[str, Any]:
    [row] = frame.to_dict("records")
    return {str(name): value for name, value in row.items()}


def placed(geocoder: Geocoder | None = None, **fields: object) -> dict[str, Any]:
    return only(place(actors(actor("a", **fields)), geocoder).actors)


def test_without_a_geocoder_a_record_stands_at_its_commune() -> None:
    row = placed(**ADDRESSED)
    assert (row["longitude"], row["latitude"]) == (HOME["longitude"], HOME["latitude"])
    assert row["location_precision"] == row["location_source"] == "commune"
    assert (row["commune_code"], row["departement_code"], row["region_code"]) == (
        *(CHARENTON, "94", "11"),
    )
    assert row["location_check"] == ""


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"commune_code": CHARENTON, "town": "Ailleurs"}, CHARENTON),
        ({"commune_code": "75112"}, "75112"),  # kept as given, placed in Paris
        ({"postcode": "94220", "town": "CHARENTON LE PONT CEDEX"}, CHARENTON),
        ({"town": "Charenton-le-Pont"}, CHARENTON),
        ({"postcode": "44035", "town": "Nantes Cedex 1"}, "44109"),
        ({"town": "Saint-Denis"}, ""),  # several
        ({"postcode": "20200", "town": "Bastia"}, "2B033"),
        ({"departement_code": "2A", "town": "Ajaccio"}, "2A004"),
        # The only commune of that name is elsewhere: no place is certain.
        ({"postcode": "44000", "town": "Charenton-le-Pont"}, ""),
        ({"departement_code": "44", "town": "Charenton-le-Pont"}, ""),
        ({"postcode": "94300", "town": "Paris"}, ""),
        ({"town": "44000 Charenton-le-Pont"}, ""),
        ({"town": "Charenton-le-Pont (44)"}, ""),
        ({"town": "Charenton-le-Pont (94)"}, CHARENTON),
        ({"town": "94220 Charenton-le-Pont"}, CHARENTON),
        ({"postcode": "94220"}, ""),
        ({"commune_code": "99999"}, "99999"),
    ],
)
def test_the_commune_is_read_from_its_code_or_its_name(fields: dict[str, str], code: str) -> None:
    row = placed(**fields)
    assert row["commune_code"] == code
    assert math.isnan(row["longitude"]) == (code in ("", "99999"))


@pytest.mark.parametrize(
    ("fields", "precision"),
    [
        ({}, "unknown"),
        ({"departement_code": "94", "region_code": "11"}, "departement"),
        ({"region_code": "11"}, "region"),
        ({"location_precision": "national"}, "national"),
    ],
)
def test_what_is_known_no_better_has_no_point(fields: dict[str, str], precision: str) -> None:
    row = placed(**fields)
    assert row["location_precision"] == precision
    assert math.isnan(row["longitude"])


@pytest.mark.parametrize(
    ("address", "precision"),
    [
        ("12 rue du Pont", "adresse"),
        ("rue du Pont", "rue"),
        ("lieu-dit le Moulin", "rue"),
        ("Résidence des Lilas", "commune"),
    ],
)
def test_an_address_gives_its_precision(geocoder: Geocoder, address: str, precision: str) -> None:
    row = placed(geocoder, **AT, address=address)
    assert row["location_precision"] == precision
    assert row["location_source"] == "géocodeur 127.0.0.1"
    assert row["location_score"] == 0.9
    assert row["location_check"] == ""
    assert row["commune_code"] == CHARENTON


def test_the_point_is_the_address(geocoder: Geocoder) -> None:
    row = placed(geocoder, **ADDRESSED)
    assert row["longitude"] == pytest.approx(HOME["longitude"] + 12 * STEP)


def test_a_low_score_is_to_be_checked(geocoder: Geocoder) -> None:
    row = placed(geocoder, **AT, address="12 rue Incertaine")
    assert row["location_check"].startswith("Adresse incertaine (score 0,41)\u00a0: 12 rue")
    assert row["location_precision"] == "adresse"


def test_an_unknown_address_stands_at_the_commune_and_is_to_be_checked(geocoder: Geocoder) -> None:
    row = placed(geocoder, **AT, address="12 rue Introuvable")
    assert row["location_source"] == "commune"
    assert row["location_check"] == (
        "Adresse introuvable par 127.0.0.1\u00a0: «\u00a012 rue Introuvable\u00a0»\u00a0; "
        "le point est celui de la commune."
    )


def test_an_address_found_in_another_commune_is_flagged(geocoder: Geocoder) -> None:
    row = placed(geocoder, **AT, address="12 rue d'Ailleurs")
    assert row["longitude"] == pytest.approx(france.communes().loc[ELSEWHERE, "longitude"] + 12e-5)
    assert row["location_check"].startswith("Hors de la commune indiquée\u00a0: à ")
    assert row["location_check"].endswith("de Charenton-le-Pont (94), dans Nantes (44).")
    assert row["commune_code"] == CHARENTON  # what was stated is not lost


def test_an_address_alone_tells_its_commune(geocoder: Geocoder) -> None:
    row = placed(geocoder, address="12 rue du Pont 94220 Charenton-le-Pont")
    assert (row["commune_code"], row["region_code"]) == (CHARENTON, "11")


def test_what_has_a_point_is_never_moved(geocoder: Geocoder, script: Script) -> None:
    here = {"longitude": 2.0, "latitude": 48.0, "commune_code": CHARENTON, "address": "1 rue A"}
    mine = here | {"location_source": "vérifié", "location_check": "à revoir"}
    frame = actors(actor("given", **here), actor("checked", **mine))
    done = place(frame, geocoder)
    assert script.paths == []
    assert done.changed == ("given",)
    assert done.actors["longitude"].tolist() == [2.0, 2.0]
    assert done.actors.loc["given", "location_check"].startswith("Hors de la commune")
    assert done.actors.loc["checked"].equals(frame.loc["checked"])


def test_a_checked_record_without_a_point_stays_without(geocoder: Geocoder) -> None:
    assert math.isnan(placed(geocoder, **ADDRESSED, location_source="vérifié")["longitude"])


def test_a_corrected_commune_clears_its_flag() -> None:
    flagged = place(actors(actor("a", longitude=2.35, latitude=48.86, commune_code=CHARENTON)))
    assert len(checklist(flagged.actors)) == 1
    mended = flagged.actors.assign(commune_code="75056")
    assert place(mended).actors["location_check"].tolist() == [""]


def test_a_later_geocoder_betters_the_commune_s_point(geocoder: Geocoder) -> None:
    first = place(actors(actor("a", **ADDRESSED)))
    assert only(place(first.actors, geocoder).actors)["location_precision"] == "adresse"
    again = place(first.actors)
    assert again.changed == ()


def test_a_geocoder_that_stops_leaves_the_commune_and_a_sentence(
    geocoder: Geocoder, script: Script, tmp_path: Path
) -> None:
    frame = actors(actor("a", **ADDRESSED), actor("b", **AT, address="3 rue Haute"))
    script.next.extend(["503"] * 4)
    done = place(frame, geocoder, Cache(tmp_path))
    assert done.actors["location_source"].tolist() == ["commune"] * 2
    [remark] = done.remarks
    assert "erreur 503" in remark
    assert "2\u00a0adresses restent sans réponse." in remark
    resumed = place(done.actors, geocoder, Cache(tmp_path))
    assert resumed.remarks == ()
    assert resumed.actors["location_precision"].tolist() == ["adresse"] * 2


def test_a_second_run_asks_nothing(geocoder: Geocoder, script: Script, tmp_path: Path) -> None:
    names = ("du Pont", "Introuvable", "Incertaine", "d'Ailleurs")
    frame = actors(*(actor(n, **AT, address=f"12 rue {n}") for n in names))
    first = place(frame, geocoder, Cache(tmp_path))
    asked = len(script.times)
    second = place(frame, geocoder, Cache(tmp_path))
    assert len(script.times) == asked == 2
    pd.testing.assert_frame_equal(first.actors, second.actors)
    assert len(checklist(first.actors)) == 3


def test_changed_records_are_whole_and_fit_the_store(geocoder: Geocoder) -> None:
    done = place(actors(actor("a", **ADDRESSED), actor("b")), geocoder)
    [row, bare] = done.records()
    assert list(row) == [field.name for field in ACTOR.fields]
    assert row["practices"] == []
    assert (bare["longitude"], bare["location_score"]) == (None, None)
    assert bare["location_precision"] == "unknown"
    assert place(actors()).changed == ()


def test_the_checklist_shows_the_least_sure_first() -> None:
    checks = {"location_check": "x"}
    frame = actors(
        actor("sure", location_score=0.5, **checks),
        actor("unsure", location_score=0.2, **checks),
        actor("fine"),
        actor("outside", **checks),
    )
    frame[["longitude", "latitude"]] = 2.4, 48.8
    assert checklist(frame).index.tolist() == ["outside", "unsure", "sure"]
    frame.loc["outside", ["longitude", "latitude"]] = math.nan  # to be placed, not put right
    assert checklist(frame).index.tolist() == ["unsure", "sure", "outside"]


def test_a_commune_that_nobody_knows_is_to_be_checked() -> None:
    found = place(actors(actor("a", town="Zzville"), actor("b", town="")))
    assert (
        found.actors["location_check"]["a"] == "Commune non reconnue\u00a0: «\u00a0Zzville\u00a0»."
    )
    assert found.actors["location_check"]["b"] == ""
    elsewhere = placed(postcode="44000", town="Charenton-le-Pont")
    assert elsewhere["location_check"].startswith("Commune non reconnue")


def test_a_dragged_point_is_the_person_s() -> None:
    before = actor("a", **AT, commune_code=CHARENTON, location_check="x", location_score=0.3)
    lon, lat = float(HOME["longitude"]), float(HOME["latitude"])
    after = moved(before, lon, lat)
    changed = {name for name, value in after.items() if value != before[name]}
    assert changed == {
        *("longitude", "latitude", "location_precision", "location_source"),
        *("location_score", "location_check"),
    }
    assert (after["location_precision"], after["location_source"]) == ("adresse", "vérifié")
    assert only(place(actors(after)).actors)["longitude"] == lon


def test_a_point_dragged_into_another_commune_takes_its_codes() -> None:
    there = france.communes().loc[VILLEJUIF]
    after = moved(actor("a", **AT, commune_code=CHARENTON), there["longitude"], there["latitude"])
    assert (after["commune_code"], after["town"], after["postcode"]) == (
        *(VILLEJUIF, "Villejuif", "94800"),
    )
    new = moved(actor("b"), there["longitude"], there["latitude"])
    assert (new["commune_code"], new["departement_code"], new["region_code"]) == (
        *(VILLEJUIF, "94", "11"),
    )
    ain = france.communes().iloc[0]  # the first code of all
    assert moved(actor("c"), ain["longitude"], ain["latitude"])["commune_code"] == "01001"


def test_a_point_dragged_to_the_sea_stays_to_be_checked() -> None:
    for stated in (CHARENTON, ""):
        after = moved(actor("a", commune_code=stated), -4.9, 47.0)
        assert after["location_check"] == "Point posé à la main hors de toute commune."
        assert after["commune_code"] == stated
    with pytest.raises(BadCoordinatesError):
        moved(actor("a"), 200.0, 0.0)
