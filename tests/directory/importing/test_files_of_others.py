"""Files as others export them: SIRENE, RNA, GoGoCarto, data.inclusion, forms, memberships."""

import json

import pytest

from geo.directory.importing.propose_mapping import propose
from geo.directory.importing.read import read_table
from geo.directory.importing.validate import validate
from tests.directory.importing import files

PLACE = {"postcode": "03000", "commune_code": "03190"}


def first(text, name="a.csv"):
    table = read_table(text.encode(), name)
    draft = validate(table, propose(table))
    return draft.actors.iloc[0].to_dict(), draft


SIRENE = (
    "siren,nic,siret,statutDiffusionEtablissement,etablissementSiege,"
    "complementAdresseEtablissement,numeroVoieEtablissement,indiceRepetitionEtablissement,"
    "typeVoieEtablissement,libelleVoieEtablissement,codePostalEtablissement,"
    "libelleCommuneEtablissement,codeCommuneEtablissement,enseigne1Etablissement,"
    "denominationUsuelleEtablissement\n"
    "732829320,00074,73282932000074,O,true,BAT A,12,B,RUE,DES LILAS,03000,MOULINS,03190,{},{}\n"
)
RNA = (
    "id;siret;date_creat;nature;groupement;titre;titre_court;objet;adrs_complement;adrs_numvoie;"
    "adrs_repetition;adrs_typevoie;adrs_libvoie;adrs_distrib;adrs_codeinsee;adrs_codepostal;"
    "adrs_libcommune;adrg_libvoie;adrg_codepostal;adrg_achemine;siteweb\n"
    "W031000001;;1999-01-02;D;S;LE RELAIS;RELAIS;INSERTION;_;12;_;RUE;DES LILAS;_;03190;03000;"
    "Moulins;8 RUE BIS;63000;CLERMONT;http://relais.fr\n"
)
HELLOASSO = (
    "Numéro de reçu;Date de la commande;Nom adhérent;Prénom adhérent;Email payeur;Raison sociale;"
    "Champ additionnel: Nom de la structure;Champ additionnel: Adresse;"
    "Champ additionnel: Code Postal;Champ additionnel: Ville;Champ additionnel: Téléphone\n"
    "1;01/02/2024 10:00;Dupont;Anne;anne.dupont@mail.fr;;LE RELAIS;12 rue des Lilas;03000;Moulins;"
    "0470000000\n"
)
FORM = (
    "Horodateur,Adresse e-mail,1. Quel est le nom de votre structure ?,"
    "2. Dans quelle commune êtes-vous implanté ? (code postal + ville),"
    '"3. Quelles sont vos activités ? (plusieurs choix possibles)",4. Votre site web ?,'
    "5. Nom et prénom du référent,6. Téléphone du référent\n"
    "2024/05/06 10:00:00 AM UTC+2,anne.dupont@mail.fr,LE RELAIS,03000 Moulins,"
    '"Gestion d’un lieu, Accompagnements",relais.fr,Anne Dupont,06 11 22 33 44\n'
)


@pytest.mark.parametrize("text", [SIRENE.format("LE RELAIS", ""), RNA, HELLOASSO, FORM])
def test_the_actor_and_its_commune_are_found(text):
    actor, draft = first(text)
    assert actor["actor_name"] == "LE RELAIS"
    assert {name: actor[name] for name in PLACE} == PLACE
    assert len(draft.actors) == 1


def test_sirene_gives_an_address_in_order_and_the_number_of_the_place():
    actor, _ = first(SIRENE.format("LE RELAIS", ""))
    assert actor["address"] == "12 B RUE DES LILAS, BAT A"
    assert actor["siret"] == "73282932000074"


def test_a_name_left_blank_is_taken_where_another_column_has_it():
    text = SIRENE.format("", "L’ATELIER")
    lines = SIRENE.format("LE RELAIS", "").splitlines()
    _, draft = first("\n".join([*lines, text.splitlines()[1].replace("73282932000074", "")]))
    assert [*draft.actors["actor_name"]] == ["LE RELAIS", "L’ATELIER"]
    assert any("Nom pris dans la colonne" in one.message for one in draft.problems)


def test_an_association_of_the_rna_has_its_own_address_and_not_its_mail_box():
    actor, _ = first(RNA)
    assert actor["address"] == "12 RUE DES LILAS"
    assert actor["website"] == "http://relais.fr"


def test_a_date_is_no_telephone_and_a_member_is_no_published_contact():
    actor, draft = first(HELLOASSO)
    assert actor["phone"] == "04 70 00 00 00"
    assert actor["email"] == ""
    assert [one["contact_email"] for one in draft.contacts] == ["anne.dupont@mail.fr"]


def test_questions_of_a_form_are_read_past_their_numbers_and_their_help():
    actor, draft = first(FORM)
    assert actor["practices"] == ["gestion_lieu", "accompagnements"]
    assert actor["website"] == "https://relais.fr"
    assert draft.contacts[0]["contact_name"] == "Anne Dupont"


def test_a_column_called_commune_that_holds_codes_is_of_codes():
    actor, _ = first("siren;siret;nom_complet;commune;libelle_commune\n"
                     "732829320;73282932000074;LE RELAIS;03190;MOULINS\n")  # fmt: skip
    assert (actor["commune_code"], actor["town"]) == ("03190", "MOULINS")
    assert actor["siret"] == "73282932000074"


def test_records_of_opendatasoft_and_gogocarto_map_whole():
    record = {"nom": "A", "geo_point_2d": {"lon": 3.33, "lat": 46.56}, "dep_name": ["Allier"]}
    record |= {"com_arm_name": ["Moulins"], "com_arm_code": ["03190"]}
    ods = {"total_count": 1, "results": [record]}
    actor, _ = first(json.dumps(ods), "a.json")
    assert (actor["town"], actor["commune_code"]) == ("Moulins", "03190")
    gogo = {"licence": "x", "ontology": "gogofull", "data": [{"id": "1", "name": "A",
            "geo": {"latitude": 46.5661, "longitude": 3.3333}, "abstract": "Un lieu",
            "address": {"streetNumber": "12", "streetAddress": "rue X", "postalCode": "03000",
                        "addressLocality": "Moulins"}}]}  # fmt: skip
    actor, _ = first(json.dumps(gogo), "a.json")
    assert actor["address"] == "12 rue X"
    assert (actor["location_precision"], actor["description"]) == ("adresse", "Un lieu")


def test_titles_of_questions_alone_never_feed_a_field():
    table = read_table(files.csv_bytes([["Nom", "Êtes-vous situé ?", "Où ?"], ["A", "oui", "x"]]))
    assert [field for _, field in propose(table).pairs] == ["actor_name"]
