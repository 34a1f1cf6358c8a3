"""Names and codes that are in no list in force, and what they lead to."""

import tomllib

import pandas as pd
import pytest

from geo.errors import UnknownCodeError
from geo.reference import france, gazetteer
from geo.reference.place_remarks import search
from geo.reference.territory import code_today, territory
from geo.settings import settings


@pytest.mark.parametrize(
    ("text", "kind", "code"),
    [("PACA", "region", "93"), ("mel", "epci", "200093201"), ("Grand Lyon", "epci", "200046977"),
     ("GPSEO", "epci", "200059889"), ("Midi-Pyrénées", "region", "76"),
     ("GPSO", "ept", "200057974"), ("CUB", "epci", "243300316"), ("ACAL", "region", "44"),
     ("Cap Atlantique", "epci", "244400610"), ("CINOR", "epci", "249740119"),
     ("CACEM", "epci", "249720061"), ("GBM", "epci", "242500361"), ("CASUD", "epci", "249740085"),
     ("Occitanie / Pyrénées-Méditerranée", "region", "76"),
     ("Loire-Inférieure", "departement", "44"), ("Région Sud", "region", "93"),
     ("CTM", "region", "02"), ("Collectivité européenne d'Alsace", "departement", "67")],
)  # fmt: skip
def test_a_usual_name_finds_its_territory_first(text: str, kind: str, code: str) -> None:
    best = gazetteer.search(text, 1)[0]
    assert (best.kind, best.code, best.match_kind) == (kind, code, "exact")


@pytest.mark.parametrize(
    ("text", "kind", "code"),
    [("Mairie de Vichy", "commune", "03310"), ("commune de Cusset", "commune", "03095"),
     ("Ville de Marseille", "commune", "13055"), ("Ville d'Avray", "commune", "92077"),
     ("la ville du Havre", "commune", "76351"), ("Mairie de Saint-Denis 93", "commune", "93066"),
     ("mairie du 11e arrondissement de Paris", "commune", "75056"),
     ("Mairie de Vichi", "commune", "03310"), ("La Ville-du-Bois", "commune", "91665"),
     ("Conseil départemental de l'Ain", "departement", "01"),
     ("Département Nord", "departement", "59"), ("Le 93", "departement", "93"),
     ("cd59", "departement", "59"), ("dép. 2A", "departement", "2A"),
     ("Conseil régional de Bretagne", "region", "53"), ("Collectivité de Corse", "region", "94"),
     ("Collectivité territoriale de Martinique", "region", "02"),
     ("près de Vichy", "commune", "03310"), ("Vichy et ses environs", "commune", "03310"),
     ("autour de la commune de Vichy", "commune", "03310"), ("Vichy, France", "commune", "03310"),
     ("F-03200 Vichy", "commune", "03310"), ("Île de la Réunion", "departement", "974"),
     ("Territoire de Belfort", "departement", "90"), ("Pays de France", "epci", "200055655")],
)  # fmt: skip
def test_a_place_named_with_other_words_is_found(text: str, kind: str, code: str) -> None:
    best = gazetteer.search(text, 1)[0]
    assert (best.kind, best.code) == (kind, code)


def test_every_usual_name_is_sourced_and_of_a_territory_in_force() -> None:
    rows = tomllib.loads((settings().data / "usual_names.toml").read_text("utf-8"))["usual"]
    known = france.territories().index
    assert [row for row in rows if (row["kind"], row["code"]) not in known] == []
    assert all(row["source"].startswith("https://") and row["names"] for row in rows)


def test_every_former_code_is_known_to_search_as_it_is_to_imports() -> None:
    known = france.former_codes()
    found = {old: gazetteer.by_code("commune", old).code for old in known}
    assert found == known
    assert gazetteer.search("63266", 1)[0].code == "63255"
    assert gazetteer.search("35158", 1)[0].code == "35060"


@pytest.mark.parametrize(("old", "today"), [("55273", "55386"), ("60455", "60694")])
def test_an_old_commune_is_of_the_one_it_is_listed_under(old: str, today: str) -> None:
    assert france.former_codes()[old] == today


@pytest.mark.parametrize("text", ["Gex 1", "Gex 01", "Gex (01)", "Gex, Ain"])
def test_a_departement_beside_a_name_may_have_lost_its_zero(text: str) -> None:
    best = gazetteer.search(text, 1)[0]
    assert (best.code, best.match_kind) == ("01173", "exact")


@pytest.mark.parametrize(
    ("text", "kinds", "word"),
    [("97801", None, "collectivité d’outre-mer, hors périmètre"),
     ("Papeete", None, "Polynésie française"), ("98800", None, "hors périmètre"),
     ("97127", None, "Saint-Martin (978)"), ("Wallis et Futuna", None, "hors périmètre"),
     ("45117", None, "partagée entre plusieurs : Chevilly (45), code 45093"),
     ("69385", None, "celui d’un arrondissement : Lyon (69), code 69123"),
     ("PACA", ("commune",), "région Provence-Alpes-Côte d'Azur, code 93"),
     ("Gouda", ("commune",), "")],
)  # fmt: skip
def test_a_search_says_what_its_answers_do_not_show(
    text: str, kinds: tuple[str, ...] | None, word: str
) -> None:
    found, said = search(text, 5, kinds)
    assert bool(said) == bool(word)
    assert word in " ".join(said).replace("\u00a0", " ")
    assert not said or all(place.match_kind != "fuzzy" for place in found)


def test_every_name_since_1943_finds_the_commune_of_today() -> None:
    """One in eighty of the names that are no longer in force: all of them take a minute."""
    names = pd.read_parquet(settings().reference / "names.parquet")
    former = names[names["name_kind"] == "former"].iloc[::80]
    assert len(former) > 50
    for name, code in zip(former["name"], former["territory_code"], strict=True):
        exact = [p for p in gazetteer.search(name, 60, ("commune",)) if p.match_kind == "exact"]
        assert code in {place.code for place in exact}, (name, code)


def test_the_code_of_a_commune_shared_out_leads_to_none_alone() -> None:
    with pytest.raises(UnknownCodeError, match=r"Moronvilliers.*Choisissez"):
        territory("commune", code_today("commune", "51385"))
    with pytest.raises(UnknownCodeError, match=r"Nouvelle-Calédonie.*hors périmètre"):
        territory("commune", "98818")
    assert territory("commune", code_today("commune", "13201")).code == "13055"


@pytest.mark.parametrize("text", ["Pays de Vichy", "autour de Vichy", "canton de Vichy"])
def test_what_lies_around_a_place_is_never_as_sure_as_the_place(text: str) -> None:
    assert {place.match_kind for place in gazetteer.search(text, 5)} == {"word"}
