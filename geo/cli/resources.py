"""``catalyse resources``: the catalogue, what is still awaited, and a file that fills it."""

from pathlib import Path

import click

from geo.cli.french import FrenchCommand, FrenchGroup
from geo.cli.options import output_format
from geo.cli.show import show_json, show_table, tell, way_back
from geo.directory.access import user_of_the_machine
from geo.directory.importing.apart import read_apart
from geo.directory.importing.limits import limits_in_force
from geo.directory.resources import catalogue, every_resource, expected, load
from geo.directory.store.open import open_store
from geo.directory.store.rows import plain_rows
from geo.directory.submit import submit
from geo.errors import BadFileError
from geo.french import typeset
from geo.settings import settings

_SHOWN = ("resource_id", "resource_name", "publisher", "resource_kind", "published_on", "website")


@click.group(cls=FrenchGroup)
def resources() -> None:
    """Ressources : les cite, ou charge un fichier du réseau."""


@resources.command("list", cls=FrenchCommand)
@output_format("table", "json")
def listed(form: str) -> None:
    """Cite les ressources, puis les listes annoncées dont les éléments manquent."""
    found = catalogue(open_store())
    rows = [{name: row[name] for name in _SHOWN} for row in plain_rows(found)]
    if form == "json":
        show_json(rows)
    else:
        header = ["identifiant", "titre", "éditeur", "nature", "date", "adresse"]
        show_table(header, [[str(row[name]) for name in _SHOWN] for row in rows])
    for one in expected(found):
        if one.missing:
            tell(typeset(f"{one.vocabulary.title} : {one.missing} manquent sur {one.announced}."))


@resources.command("import", cls=FrenchCommand)
@click.argument("path", metavar="FICHIER", type=Path)
@click.option("--sheet", default="", metavar="NOM", help="Feuille à lire.")
@click.option("--dry-run", is_flag=True, help="Dit ce qui changerait, n’écrit rien.")
def load_file(path: Path, sheet: str, *, dry_run: bool) -> None:
    """Charge un fichier de ressources (CSV ou classeur), en entier ou pas du tout.

    Une ligne fautive est dite avec son numéro, et rien n’est écrit. Le même fichier chargé deux
    fois ne change rien.
    """
    store = open_store()
    made = load(read_apart(path, limits=limits_in_force(), sheet=sheet), every_resource(store))
    for fault in made.faults:
        tell(fault)
    if made.unread:
        tell(typeset(f"Colonnes non lues : {', '.join(made.unread)}."))
    if made.faults:
        raise BadFileError(typeset(f"Fichier {path.name} refusé : {made.sentence}"))
    tell(made.sentence)
    if dry_run or not made.changes:
        tell("Essai : rien n’a été écrit." if dry_run else "Rien à changer.")
        return
    message = f"Ressources chargées depuis {path.name}"
    done = submit(made.changes, message, user_of_the_machine(settings()), store)
    tell(f"Ressources enregistrées. {way_back(done.snapshot)}")
