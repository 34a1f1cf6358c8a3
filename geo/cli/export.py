"""Commands that write a file: ``export`` and ``demo``."""

from pathlib import Path
from typing import Any, Final

import click

from geo.analysis.territory import sheet
from geo.cli.french import FrenchCommand
from geo.cli.options import Command, filters, territory_code
from geo.cli.show import tell
from geo.directory.catalysts import read_catalysts
from geo.directory.demo import DEFAULT_FILE, demo_csv
from geo.directory.directory import directory
from geo.errors import AtlasError, BadFileError
from geo.files import write_whole
from geo.output.caption import caption
from geo.output.datasets import catalysts
from geo.output.exports import FORMATS, Export
from geo.output.exports.asking import PARAMETERS, asked
from geo.output.exports.view import export_of

_MORE: Final = (
    ("--territory", "territoire", "Catalyseurs présents dans ce territoire, ou son périmètre."),
    ("--near-km", "autour", "Avec --territory : aussi les proches et les compétents."),
    ("--text", "texte", "Mots du nom, de la commune ou de la note."),
    ("--ecosystem", "ecosysteme", "Acteurs, alliances ou projets de cet écosystème."),
    ("--type", "type", "Alliances de ce type : mecenat, …"),
    ("--odd", "odd", "Alliances ou projets qui visent cet ODD : 1 à 17."),
    ("--actor", "acteur", "Alliances du réseau de cet acteur."),
    ("--period", "periode", "Alliances en cours seulement : en_cours."),
    ("--kind", "contours", "Territoires de ce type : region, departement, crte, epci, …"),
    ("--detail", "detail", "Territoires d’un type, périmètres entiers : complet."),
)
# Option of a list -> the name that an address gives it.
_LISTS: Final = {"practices": "pratique", "profiles": "profil", "evidence": "preuve"}


def _more(command: Command) -> Command:
    """Add the filters that addresses know under a French name."""
    for flag, name, text in reversed(_MORE):
        command = click.option(flag, name, default="", metavar="VALEUR", help=text)(command)
    return command


@click.command(cls=FrenchCommand)
@click.option(
    "--format",
    "form",
    type=click.Choice([*FORMATS]),
    help="Forme du fichier ; sans elle, la fin du nom du fichier, sinon geojson.",
)
@click.option(
    "--subject",
    type=click.Choice([*PARAMETERS]),
    default="catalysts",
    help="Ce qui est écrit (catalysts par défaut).",
)
@filters
@_more
@click.option("--with-unplaced", is_flag=True, help="GeoJSON, KML : écrit aussi ceux sans point.")
@click.option("-o", "path", type=Path, required=True, metavar="FICHIER", help="Fichier à écrire.")
def export(form: str | None, subject: str, path: Path, **values: Any) -> None:
    """Écrit ce que montre une page : catalyseurs, acteurs, alliances, liens, projets, territoires.

    Les filtres sont suivis exactement ; le fichier dit ses filtres, sa date et ses sources.
    """
    ending = path.suffix.lstrip(".").lower()
    chosen = form or (ending if ending in FORMATS else "geojson")
    found = _asked(subject, values)
    write_whole(path, FORMATS[chosen].write(found))
    main = found.main
    result = f"{len(main.frame)} résultat{'s' if len(main.frame) > 1 else ''}"
    tell(f"{result}, dont {main.unplaced_count} sans point, dans {path}.")
    if found.caption.fictive:
        tell(found.caption.notice)


def _asked(subject: str, values: dict[str, Any]) -> Export:
    """Give what the options ask for; a territory without distance means those that stand in it."""
    query = {name: list(values[option]) for option, name in _LISTS.items()}
    query |= {name: [values[name]] for _, name, _ in _MORE}
    query["sans_point"] = ["oui"] if values["with_unplaced"] else []
    query = {name: some for name, some in query.items() if any(some)}
    if subject != "catalysts" or "territoire" not in query or "autour" in query:
        return export_of(subject, query)
    kept = asked(subject, query).selection()
    answer = sheet(directory(), *territory_code(values["territoire"]), kept)
    about = caption(directory(), kept, f"Catalyseurs territoriaux, {answer.territory.label}")
    layers = (catalysts(answer.inside),)
    return Export(layers, about, "catalyseurs", values["with_unplaced"])


@click.command(cls=FrenchCommand)
@click.option(
    "--n", "quantity", type=click.IntRange(1, 100_000), default=350, help="Combien (350)."
)
@click.option(
    "--seed",
    type=click.IntRange(0),
    default=1,
    help="Graine du tirage : la même donne le même fichier.",
)
@click.option(
    "-o", "path", type=Path, default=DEFAULT_FILE, metavar="FICHIER", help="Fichier à écrire."
)
@click.option("--force", is_flag=True, help="Remplace un fichier qui existe déjà.")
def demo(quantity: int, seed: int, path: Path, *, force: bool) -> None:
    """Écrit un fichier de catalyseurs fictifs, répartis comme la population."""
    if path.exists() and not force:
        raise BadFileError(f"Le fichier {path} existe déjà. Choisissez un autre nom ou --force.")
    if path.is_file() and not _fictitious(path):
        raise BadFileError(f"{path} ne contient pas que des données fictives : changez de nom.")
    write_whole(path, demo_csv(quantity, seed).encode())
    tell(f"{quantity} catalyseurs fictifs dans {path}. Pour les voir : CATALYSE_CATALYSTS={path}")


def _fictitious(path: Path) -> bool:
    """Tell whether a file holds nothing but fictitious catalysts, so that it may be replaced."""
    try:
        return bool(read_catalysts(path)["fictive"].all())
    except AtlasError:
        return False
