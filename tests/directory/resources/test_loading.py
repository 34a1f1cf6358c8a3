"""A file of resources: read, every fault told with its row, nothing half-written, idempotent."""

import io
from pathlib import Path

import openpyxl
import pytest

from geo.directory.access import Person, Role
from geo.directory.importing.read import read_table
from geo.directory.resources import catalogue, every_resource, load, shipped, template
from geo.directory.store.changes import Changes
from geo.directory.store.store import Store
from geo.directory.submit import submit
from geo.errors import BadFileError
from tests.copied import copy

TEAM = Person("équipe", Role.COORDINATOR)
HEADER = "Titre;Éditeur;Adresse;Nature;Liste annoncée;Pratiques;Étapes;ODD;Profils;Maturités;Date"
PATHWAYS = "\n".join(
    f"Parcours {n};Le réseau;;parcours;pathway;Gestion d’un lieu;{n % 3 + 1};ODD 17, 11;;actif;2022"
    for n in range(1, 8)
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store.create(copy(tmp_path / "base"))
    yield made
    made.connection.close()


def loaded(text: str | bytes, store: Store):
    data = text.encode() if isinstance(text, str) else text
    return load(read_table(data, "parcours.csv"), every_resource(store))


def test_a_list_of_the_network_is_filled_at_once(store):
    made = loaded(f"{HEADER}\n{PATHWAYS}\n", store)
    assert (len(made.new), made.faults, made.unread) == (7, (), ())
    one = made.new[0]
    assert one["practices"] == ["gestion_lieu"]
    assert (one["steps"], one["odd"], one["maturity"]) == (["02"], ["17", "11"], ["actif"])
    assert one["source_title"] == "Fichier «\u00a0parcours.csv\u00a0»"
    submit(made.changes, "parcours", TEAM, store)
    assert len(catalogue(store)) == len(shipped()) + 7


def test_the_same_file_loaded_twice_changes_nothing(store):
    text = f"{HEADER}\n{PATHWAYS}\n"
    submit(loaded(text, store).changes, "parcours", TEAM, store)
    again = loaded(text, store)
    assert (again.new, again.changed, again.same) == ((), (), 7)
    assert not again.changes


def test_a_shipped_resource_is_completed_not_doubled(store):
    row = "odd17.org;Le RAMEAU;https://www.odd17.org;;;;;11;;;"
    made = loaded(f"{HEADER}\n{row}\n", store)
    assert [one["resource_id"] for one in made.changed] == ["odd17-org"]
    submit(made.changes, "ODD", TEAM, store)
    found = catalogue(store)
    assert len(found) == len(shipped())
    assert found.loc["odd17-org", "odd"] == ["11"]
    assert found.loc["odd17-org", "resource_kind"] == "plateforme"


def test_bad_rows_are_told_each_in_one_sentence_and_nothing_is_written(store):
    rows = (
        "Bon;Le réseau;;guide;;;;;;;2022",
        ";Le réseau;;guide;;;;;;;",
        "Danse;Le réseau;ftp://x;danse;;chant;9;99;;;le printemps",
        "Bon;Le réseau;;guide;;;;;;;2022",
    )
    made = loaded("\n".join([HEADER, *rows]), store)
    assert not made.changes
    assert [fault.partition("\u00a0: ")[0] for fault in made.faults] == [
        *("Ligne 3", "Ligne 4", "Ligne 5")
    ]
    empty, many, twice = made.faults
    assert "donnez un nom" in empty
    for word in ("danse", "chant", "«\u00a09\u00a0»", "«\u00a099\u00a0»", "http", "printemps"):
        assert word in many
    assert "la même ressource que la ligne 2" in twice
    assert made.sentence == "3\u00a0lignes à corriger\u00a0: rien n’est enregistré."


def test_a_file_without_titles_is_refused_in_one_sentence(store):
    with pytest.raises(BadFileError, match="aucune colonne ne dit le titre"):
        loaded("Éditeur;ODD\nLe réseau;17\n", store)


def test_a_workbook_is_read_as_a_csv_is(store):
    book = openpyxl.Workbook()
    for line in [HEADER, *PATHWAYS.split("\n")]:
        book.active.append([int(cell) if cell.isdigit() else cell for cell in line.split(";")])
    content = io.BytesIO()
    book.save(content)
    made = loaded(content.getvalue(), store)
    assert (len(made.new), made.faults) == (7, ())
    assert made.new[0]["steps"] == ["02"]
    assert made.new[0]["published_on"] == "2022"


def test_the_template_has_every_column_that_is_read(store):
    text = template().removeprefix("\ufeff").strip()
    cells = ["Un guide", "Le réseau"]
    made = loaded(f"{text}\n{';'.join(cells)}{';' * (text.count(';') - 1)}\n", store)
    assert (len(made.new), made.unread, made.faults) == (1, (), ())


def test_a_resource_archived_in_the_store_is_shown_no_more(store):
    row = every_resource(store).loc["odd17-org"].to_dict() | {"status": "archivee"}
    store.write(Changes.one("resource", row), author="équipe", message="retrait")
    assert "odd17-org" not in catalogue(store).index
    assert "odd17-org" in every_resource(store).index
