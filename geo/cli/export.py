"""Commands that write a file: ``export`` and ``demo``."""

from pathlib import Path
from typing import Any

import click

from geo.analysis.territory import sheet
from geo.cli.french import FrenchCommand
from geo.cli.options import filters, output_format, selection, territory_code
from geo.cli.show import tell
from geo.directory.catalysts import read_catalysts
from geo.directory.demo import DEFAULT_FILE, demo_csv
from geo.directory.directory import directory
from geo.errors import AtlasError, BadFileError
from geo.files import write_whole
from geo.output.caption import FICTIVE_NOTICE, caption
from geo.output.geojson import catalysts_geojson
from geo.output.table import catalysts_csv


@click.command(cls=FrenchCommand)
@output_format("geojson", "csv")
@filters
@click.option(
    "--territory", metavar="TYPE:CODE", help="Seulement les catalyseurs de ce territoire."
)
@click.option("--with-unplaced", is_flag=True, help="GeoJSON : écrit aussi ceux sans point.")
@click.option("-o", "path", type=Path, required=True, metavar="FICHIER", help="Fichier à écrire.")
def export(form: str, path: Path, **values: Any) -> None:
    """Écrit les catalyseurs d’une sélection en GeoJSON ou en CSV.

    Les filtres sont suivis exactement ; le fichier dit ses filtres, sa date et ses sources.
    """
    book, kept = directory(), selection(values)
    rows, where = book.select(kept), "France"
    if values["territory"]:
        answer = sheet(book, *territory_code(values["territory"]), kept)
        rows, where = answer.inside, answer.territory.label
    about = caption(book, kept, f"Catalyseurs territoriaux, {where}")
    if form == "csv":
        write_whole(path, catalysts_csv(rows, about))
    else:
        text = catalysts_geojson(rows, about, with_unplaced=values["with_unplaced"])
        write_whole(path, text.encode())
    result = f"{len(rows)} résultat{'s' if len(rows) > 1 else ''}"
    unplaced = int(rows["longitude"].isna().sum())
    tell(f"{result}, dont {unplaced} sans point, dans {path}.")
    if book.fictive:
        tell(FICTIVE_NOTICE)


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
