"""The file of catalysts: what is read, what is refused and how it is said."""

import csv
import io
import re

import numpy as np
import pytest

from geo.directory.catalysts import read_catalysts, web_link
from geo.directory.demo import demo_csv
from geo.errors import BadFileError, MissingDataError
from geo.settings import ROOT
from geo.vocabulary import items

HEADER = (
    "catalyst_id,catalyst_name,profile,practices,commune_code,location_precision,evidence,scope,"
    "website,fictif"
)


def file_of(tmp_path, *rows, header=HEADER, encoding="utf-8"):
    path = tmp_path / "mes catalyseurs.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding=encoding)
    return path


def test_the_shipped_file_is_whole_and_placed_only_as_known():
    frame = read_catalysts(ROOT / "data" / "catalysts.csv")
    assert len(frame) == 85
    assert frame["catalyst_id"].is_unique
    at_commune = frame["location_precision"] == "commune"
    assert (frame["longitude"].notna() == at_commune).all()
    assert at_commune.sum() == 58
    assert not frame["fictive"].any()
    assert frame["evidence"].isin(["named", "pioneer", "network_head", "related"]).all()
    traced = (frame["source_title"] != "") | (frame["source_url"] != "")
    assert traced.all()


def test_a_commune_gives_its_point_and_a_departement_gives_none(tmp_path):
    frame = read_catalysts(
        file_of(
            tmp_path,
            "a,A,association,gestion_lieu; accompagnements,94018,commune,named,,https://a.fr,",
            "b,B,,,,departement,named,departement:94,javascript:alert(1),",
        )
    )
    assert frame.loc[0, "practices"] == ["gestion_lieu", "accompagnements"]
    assert frame.loc[0, "departement_code"] == "94"
    assert 2.3 < frame.loc[0, "longitude"] < 2.5
    assert np.isnan(frame.loc[1, "longitude"])
    assert frame.loc[1, "website"] == ""


@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_comma_or_semicolon_with_or_without_bom(tmp_path, separator, encoding):
    header = HEADER.replace(",", separator)
    row = "a,Été,,,01001,commune,named,,,".replace(",", separator)
    frame = read_catalysts(file_of(tmp_path, row, header=header, encoding=encoding))
    assert frame.loc[0, ["catalyst_name", "commune_code"]].to_list() == ["Été", "01001"]


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (
            ["a,A,,,,unknown,named,,,", "a,B,,,,unknown,named,,,"],
            "catalyst_id, 1 valeur.* en double.*ligne 3",
        ),
        (["a,,,,,unknown,named,,,"], "catalyst_name, 1 valeur"),
        (["a,A,boulanger,,,unknown,named,,,"], "profile, .*« boulanger » .ligne 2."),
        (["a,A,,danse,,unknown,named,,,"], "practices, .*« danse »"),
        (["a,A,,,99999,commune,named,,,"], "commune_code, .*« 99999 »"),
        (["a,A,,,,commune,named,,,"], "sans commune_code"),
        (["a,A,,,,unknown,named,epci:12,,"], "scope, .*« epci:12 »"),
        (
            ["a,A,,,,unknown,named,,,fictif", "b,B,,,,unknown,named,,,"],
            "fictives et réelles mêlées",
        ),
        (["A b,A,,,,unknown,named,,,"], "catalyst_id, .*non conforme"),
    ],
)
def test_a_fault_is_said_with_its_column_value_and_line(tmp_path, rows, says):
    with pytest.raises(BadFileError) as fault:
        read_catalysts(file_of(tmp_path, *rows))
    assert re.search(says, str(fault.value))
    assert str(fault.value).startswith("Fichier mes catalyseurs.csv refusé")


def test_all_faults_are_said_at_once(tmp_path):
    with pytest.raises(BadFileError, match=r"profile.*evidence"):
        read_catalysts(file_of(tmp_path, "a,A,x,,,unknown,y,,,"))


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01\xff\xfe", "catalyst_id\né".encode("cp1252"), b"a;b\n1;2\n"]
)
def test_a_file_that_is_no_such_table_is_refused(tmp_path, content):
    path = tmp_path / "faux.csv"
    path.write_bytes(content)
    with pytest.raises(BadFileError, match=r"faux\.csv"):
        read_catalysts(path)


def test_an_absent_file_is_named(tmp_path):
    with pytest.raises(MissingDataError, match=r"rien\.csv"):
        read_catalysts(tmp_path / "rien.csv")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://a.fr/x?y=1", "https://a.fr/x?y=1"),
        ("http://a.fr", "http://a.fr"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//a.fr", ""),
        ("www.a.fr", ""),
        ("http://[", ""),
        ("", ""),
    ],
)
def test_only_web_links_are_kept(given, kept):
    assert web_link(given) == kept


def test_demo_is_marked_in_every_record_and_repeatable(tmp_path):
    path = tmp_path / "demo.csv"
    path.write_text(demo_csv(350, 1), encoding="utf-8")
    frame = read_catalysts(path)
    assert len(frame) == 350
    assert frame["fictive"].all()
    assert frame["catalyst_name"].str.contains("fictif").all()
    assert demo_csv(350, 1) == demo_csv(350, 1) != demo_csv(350, 2)


def test_demo_follows_the_population():
    rows = list(csv.DictReader(io.StringIO(demo_csv(4000, 3))))
    in_ile_de_france = sum(row["region_code"] == "11" for row in rows) / len(rows)
    assert 0.15 < in_ile_de_france < 0.22  # 18 % of the population


def test_columns_that_an_answer_adds_are_not_taken_from_a_file(tmp_path):
    header = f"{HEADER},rank,distance_m,covers,Position,longitude,__index_level_0__"
    frame = read_catalysts(
        file_of(tmp_path, "a,A,,,94018,commune,named,,,,1,x,oui,9,0,0", header=header)
    )
    assert not {"rank", "distance_m", "covers", "Position"} & set(frame.columns)
    assert frame.loc[0, "longitude"] > 2


def test_a_column_named_twice_is_refused(tmp_path):
    row = "a,A,,,94018,commune,named,,,,pioneer"
    with pytest.raises(BadFileError, match="en double evidence"):
        read_catalysts(file_of(tmp_path, row, header=f"{HEADER},evidence"))


def test_a_practice_said_twice_or_left_blank_counts_once(tmp_path):
    row = "a,A,,gestion_lieu; ;gestion_lieu ;accompagnements,94018,commune,named,,,"
    frame = read_catalysts(file_of(tmp_path, row))
    assert frame.loc[0, "practices"] == ["gestion_lieu", "accompagnements"]


def test_a_huge_cell_is_not_repeated_whole(tmp_path):
    with pytest.raises(BadFileError) as fault:
        read_catalysts(file_of(tmp_path, f"a,A,,,{'9' * 100_000},commune,named,,,"))
    assert len(str(fault.value)) < 300


def test_a_file_may_say_what_they_do_and_may_do_for_others(tmp_path):
    header = f"{HEADER},summary,offers,activities,opening_hours"
    row = "a,A,,,,unknown,named,,,,Relie les acteurs.,Un diagnostic,incubation; fab_lab,le lundi"
    frame = read_catalysts(file_of(tmp_path, row, header=header))
    assert frame.loc[0, ["summary", "offers", "opening_hours"]].to_list() == [
        "Relie les acteurs.",
        "Un diagnostic",
        "le lundi",
    ]
    assert frame.loc[0, "activities"] == ["incubation", "fab_lab"]
    with pytest.raises(BadFileError, match=r"activities, .*danse »"):
        read_catalysts(file_of(tmp_path, row.replace("fab_lab", "danse"), header=header))


SAID = {
    "website": "site",
    "email": "courriel",
    "phone": "téléphone",
    "address": "adresse",
    "offers": "offre",
    "activities": "activités",
    "opening_hours": "horaires",
}
"""How a line of ``sources`` names the column that its text states."""


def test_what_ships_is_said_of_so_many():
    frame = read_catalysts(ROOT / "data" / "catalysts.csv")
    counts = {name: int((frame[name].map(len) > 0).sum()) for name in ("summary", *SAID)}
    assert counts == {
        "summary": 71,
        "website": 24,
        "email": 0,
        "phone": 4,
        "address": 7,
        "offers": 29,
        "activities": 28,
        "opening_hours": 0,
    }


def unsourced(frame):
    """List what a record says that none of its sources is said to state."""
    return [
        (row["catalyst_id"], name)
        for row in frame.to_dict("records")
        for name, word in SAID.items()
        if len(row[name])
        and not any(word in line.partition(" : ")[0].lower().split(", ") for line in row["sources"])
    ]


def test_whatever_ships_names_the_text_that_states_it():
    frame = read_catalysts(ROOT / "data" / "catalysts.csv")
    assert not unsourced(frame)
    for lines in frame["sources"]:
        for line in lines:
            assert " : " in line
            assert web_link(line.rpartition(" — ")[2]) or re.search(r"\b(19|20)\d\d$", line), line


def test_a_value_without_its_text_is_found(tmp_path):
    header = f"{HEADER},email,sources"
    rows = [
        "a,A,,,,unknown,named,,,,accueil@a.fr,Site : « A » — https://a.fr",
        "b,B,,,,unknown,named,,,,accueil@b.fr,Présentation : « B » | Courriel : « C »",
    ]
    frame = read_catalysts(file_of(tmp_path, *rows, header=header))
    assert unsourced(frame) == [("a", "email")]
    assert frame.loc[1, "sources"] == ["Présentation : « B »", "Courriel : « C »"]


def test_an_activity_belongs_to_a_practice_that_is_told():
    frame = read_catalysts(ROOT / "data" / "catalysts.csv")
    owner = {code: item.id for item in items("practice") for code in item.activity_ids}
    for row in frame.to_dict("records"):
        assert {owner[one] for one in row["activities"]} <= {*row["practices"]}, row["catalyst_id"]
        assert bool(row["practices"]) == bool(row["practices_basis"])


def test_a_badly_written_mail_is_said_with_its_line(tmp_path):
    row = "a,A,,,,unknown,named,,,,accueil chez a"
    with pytest.raises(BadFileError, match=r"email, .*« accueil chez a » .ligne 2"):
        read_catalysts(file_of(tmp_path, row, header=f"{HEADER},email"))
