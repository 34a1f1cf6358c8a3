"""Mapping: what is proposed from names and contents, remembered, edited."""

import pytest

from geo.directory.importing.mapping import Mapping, signature
from geo.directory.importing.presets import PRESETS, recognised
from geo.directory.importing.propose_mapping import propose
from geo.directory.importing.read import read_table
from geo.errors import BadFileError, UnknownCodeError
from tests.directory.importing import files


def proposed(*rows, name="acteurs.csv"):
    return dict(propose(read_table(files.csv_bytes(rows), name)).pairs)


@pytest.mark.parametrize(
    ("column", "field", "value"),
    [
        ("NOM DE LA STRUCTURE", "actor_name", "A"),
        ("Dénomination", "actor_name", "A"),
        ("Code INSEE", "commune_code", "44109"),
        ("insee_com", "commune_code", "2A004"),
        ("CP", "postcode", "44000"),
        ("Libellé commune", "town", "Nantes"),
        ("Téléphone", "phone", "02 40 00 00 00"),
        ("Courriel", "email", "contact@a.fr"),
        ("Nom du responsable", "contact_name", "Anne Durand"),
        ("Mail du contact", "contact_email", "a.durand@a.fr"),
        ("Site internet", "website", "www.a.fr"),
        ("N° SIRET", "siret", "21440109300015"),
        ("Pratiques", "practices", "x"),
        ("geo_point_2d", "latlon", "47.2, -1.5"),
        ("Coordonnées XY", "lonlat", "[-1.5, 47.2]"),
        ("Identifiant", "external_id", "12"),
        ("actor_id", "actor_id", "maison-nantes"),
    ],
)
def test_a_column_is_known_by_its_name(column, field, value):
    assert proposed(["Zzz", column], ["bleu ciel", value]).get(column) == field


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("email", ["contact@a.fr", "info@b.org"]),
        ("website", ["https://a.fr", "www.b.fr"]),
        ("phone", ["0240000000", "+33 2 40 00 00 00"]),
        ("siret", ["21440109300015", "214401093"]),
        ("latlon", ["47.2, -1.5", "48.1, 2.3"]),
        ("lonlat", ["-1.5, 47.2", "2.3, 48.1"]),
    ],
)
def test_a_column_without_a_telling_name_is_known_by_what_it_holds(field, values):
    rows = [["Nom", "zzz"], *[[f"N{i}", value] for i, value in enumerate(values)]]
    assert proposed(*rows)["zzz"] == field


def test_a_name_that_its_contents_deny_is_not_followed():
    assert "Type" not in proposed(["Nom", "Type"], ["A", "COM"])
    assert proposed(["Nom", "Type"], ["A", "Association"])["Type"] == "profile"


def test_a_name_without_any_doubt_is_followed_whatever_its_cells():
    found = proposed(["Nom", "Code commune"], ["A", "bleu"])
    assert found["Code commune"] == "commune_code"


def test_every_column_is_mapped_or_listed():
    table = read_table(files.csv_bytes([["Nom", "Couleur", "CP"], ["A", "bleu", "44000"]]), "a.csv")
    mapping = propose(table)
    assert mapping.unmapped(table) == ("Couleur",)
    assert {c for c, _ in mapping.pairs} | {"Couleur"} == set(table.columns)


def test_a_mapping_is_edited_without_changing_the_first():
    first = Mapping((("a", "actor_name"), ("b", "town")))
    edited = first.with_("c", "actor_name")
    assert edited.columns_of("actor_name") == ("c",)
    assert first.columns_of("actor_name") == ("a",)
    assert edited.with_("d", "address").with_("e", "address").columns_of("address") == ("d", "e")
    assert first.with_("b", "").fields == {"actor_name"}
    with pytest.raises(UnknownCodeError, match="Champ inconnu"):
        first.with_("a", "nothing")


def test_json_round_trip_and_refusals():
    mapping = Mapping((("Été", "actor_name"),), "abc", "", "acteurs")
    assert Mapping.from_json(mapping.to_json()) == mapping
    for text in ("", "[]", '{"columns": {"a": "nothing"}}', '{"columns": 3}'):
        with pytest.raises(BadFileError):
            Mapping.from_json(text)


def test_a_mapping_is_remembered_by_the_header_whatever_its_order_and_case():
    one = read_table(b"Nom;Zut;Ville\nA;b;c\n", "a.csv")
    two = read_table(b"Nom;Zut;Ville\nX;y;z\n", "a 2.csv")
    other = read_table(b"ville;NOM;zut\nc;A;b\n", "a.csv")
    mine = propose(one).with_("Zut", "note")
    assert signature(one) == signature(two) == signature(other)
    assert propose(two, {signature(one): mine.to_json()}) == mine
    # Remembered under the same header, but its columns are written otherwise: proposed anew.
    assert propose(other, {signature(one): mine.to_json()}).fields >= {"actor_name", "town"}


def test_a_remembered_mapping_keeps_the_ids_of_each_file_apart():
    one = read_table(b"id;Nom;Zut\n1;A;c\n", "lieux 2023.csv")
    other = read_table(b"id;Nom;Zut\n1;B;c\n", "associations.csv")
    known = {signature(one): propose(one).with_("Zut", "note").to_json()}
    assert propose(other, known).dataset == "associations"
    assert propose(other, known).field_of("Zut") == "note"
    preset = read_table(b"id_fs,lib_fs\n1,A\n", "x.csv")
    again = {signature(preset): propose(preset).to_json()}
    assert propose(preset, again).dataset == "france_services"


@pytest.mark.parametrize(
    ("preset", "file"),
    [
        ("france_services", "france_services_20240801.csv"),
        ("tiers_lieux_anct", "tiers_lieux_cget_2019.csv"),
        ("lieux_mediation_numerique", "lieux_mediation_numerique_cnfs_2022.csv"),
        ("fabriques_de_territoire", "anct_fabt_2024.geojson"),
    ],
)
def test_a_known_format_is_recognised_by_its_header(preset, file):
    table = read_table(files.sample(file))
    mapping = propose(table)
    assert mapping.preset == mapping.dataset == preset
    assert mapping.columns_of("actor_name")
    assert mapping.fits(table)


def test_presets_name_fields_that_exist_and_a_page_of_their_publisher():
    for preset in PRESETS:
        assert preset.telling <= set(preset.columns) | {"TYPO"}
        assert preset.url.startswith("https://") or preset.id.startswith("catalyse_")
        Mapping.from_json(Mapping(tuple(preset.columns.items())).to_json())
    assert recognised(read_table(b"Nom,Ville\nA,B\n", "a.csv")) is None
