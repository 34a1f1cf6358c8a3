"""Commands that write a file: ``export`` and ``demo``."""

from pathlib import Path
from typing import Any, Final

import click

from geo.analysis import programmes
from geo.analysis.territory import sheet
from geo.cli.french import FrenchCommand
from geo.cli.options import LARGEST, Command, filters, territory_code
from geo.cli.show import tell
from geo.directory.catalysts import read_catalysts
from geo.directory.demo import DEFAULT_FILE, demo_csv
from geo.directory.directory import directory
from geo.errors import AtlasError, BadFileError
from geo.files import write_whole
from geo.output.caption import caption
from geo.output.datasets.records import catalysts
from geo.output.exports import FORMATS, beside
from geo.output.exports.build import export_of
from geo.output.exports.model import Export
from geo.query import parameters as p
from geo.query.doors import EXPORTS, Parameters
from geo.query.parameter import Parameter
from geo.query.selection import FACETS

_MORE: Final[Parameters] = (
    *(p.TERRITORY, p.NEAR, p.TEXT, p.ECOSYSTEM, p.TYPE),
    *(p.ODD, p.ACTOR, p.CURRENT, p.YEAR, p.OUTLINES, p.DETAIL),
    *(p.NATURE, p.STEP, p.MATURITY),
    *(p.DATE, p.COMPARED_DATE, p.READING),
    *(p.WITHIN, p.GOAL, p.PLACES, p.CANDIDATES, p.WEIGHT),
)
_HELP: Final[dict[Parameter[Any], str]] = {
    p.NEAR: "Avec --territory : aussi les proches et les compétents."
}


def _more(command: Command) -> Command:
    """Add the filters that addresses know under a French name."""
    for one in reversed(_MORE):
        help_text = _HELP.get(one, one.help)
        command = click.option(one.option, one.name, default="", metavar="VALEUR", help=help_text)(
            command
        )
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
    type=click.Choice([*EXPORTS]),
    default="catalysts",
    help="Ce qui est écrit (catalysts par défaut).",
)
@filters
@_more
@click.option("--with-unplaced", is_flag=True, help="GeoJSON, KML : écrit aussi ceux sans point.")
@click.option("-o", "path", type=Path, required=True, metavar="FICHIER", help="Fichier à écrire.")
def export(form: str | None, subject: str, path: Path, **values: Any) -> None:
    """Écrit ce que montre une page : catalyseurs, acteurs, alliances, projets, ressources.

    Les filtres sont suivis exactement ; le fichier dit ses filtres, sa date et ses sources.
    """
    ending = path.suffix.lstrip(".").lower()
    chosen = form or (ending if ending in FORMATS else "geojson")
    found = _build_export(subject, values)
    write_whole(path, FORMATS[chosen].write(found))
    main = found.main
    result = f"{len(main.frame)} résultat{'s' if len(main.frame) > 1 else ''}"
    tell(f"{result}, dont {main.unplaced_count} sans point, dans {path}.")
    if found.caption.fictive:
        tell(found.caption.notice)


def _build_export(subject: str, values: dict[str, Any]) -> Export:
    """Return what the options ask for; a territory without distance: those that stand in it."""
    place = territory_code(values[p.TERRITORY.name]) if values[p.TERRITORY.name] else None
    raw_values = {facet.name: list(values[field]) for field, facet in FACETS.items()}
    raw_values |= {one.name: [values[one.name]] for one in _MORE}
    raw_values[p.ALSO.name] = list(values["also"])
    raw_values[p.UNPLACED.name] = p.UNPLACED.texts(values["with_unplaced"])
    raw_values = {name: texts for name, texts in raw_values.items() if any(texts)}
    if subject != "catalysts" or not place or p.NEAR.name in raw_values:
        return export_of(subject, raw_values)
    selection = EXPORTS[subject].ask(raw_values).selection
    answer = sheet(directory(), *place, selection)
    about = caption(directory(), selection, f"Catalyseurs territoriaux, {answer.territory.label}")
    own = programmes.inside(programmes.selected(selection), *place)
    layers = (catalysts(answer.inside), *beside.layers(own))
    return Export(layers, about, "catalyseurs", values["with_unplaced"])


@click.command(cls=FrenchCommand)
@click.option(
    "--n", "quantity", type=click.IntRange(1, 100_000), default=350, help="Combien (350)."
)
@click.option(
    "--seed",
    type=click.IntRange(0, LARGEST),
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
    """Return whether a file holds nothing but fictitious catalysts, so that it may be replaced."""
    try:
        return bool(read_catalysts(path)["fictive"].all())
    except AtlasError:
        return False
