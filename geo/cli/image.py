"""``catalyse image``: the map of a page as a file, with no browser."""

from pathlib import Path
from typing import Any, Final

import click

from geo.cli.french import FrenchCommand
from geo.cli.options import Command, filters
from geo.cli.show import tell
from geo.errors import BadFileError
from geo.files import write_whole
from geo.output.images.build import image_of
from geo.output.images.files import image_file
from geo.output.images.model import FORMS
from geo.output.images.network import placed_rows
from geo.query import parameters as p
from geo.query.doors import IMAGES, Parameters
from geo.query.selection import FACETS

_MORE: Final[Parameters] = (
    *(p.PLACE, p.RADIUS, p.COUNT, p.TERRITORY, p.NEAR, p.TEXT, p.OUTLINES, p.SHADE, p.SIZE),
    *(p.ECOSYSTEM, p.TYPE, p.ODD, p.ACTOR, p.CURRENT),
)


def _more(command: Command) -> Command:
    for one in reversed(_MORE):
        help_text = one.help or _HELP[one.name]
        command = click.option(one.option, one.name, default="", metavar="VALEUR", help=help_text)(
            command
        )
    return command


_HELP: Final = {
    p.PLACE.name: "Lieu de départ, page trouver : commune:94018, epci:…, ou longitude,latitude.",
    p.SHADE.name: "Ce qui colore les territoires, page carte : nombre, densite, distance…",
}


@click.command(cls=FrenchCommand)
@click.argument("page", type=click.Choice([*IMAGES]))
@filters
@_more
@click.option("-o", "path", type=Path, required=True, metavar="FICHIER", help="Fichier à écrire.")
def image(page: str, path: Path, **values: Any) -> None:
    """Dessine la carte d’une page (trouver, carte, alliances…) en PNG ou en SVG.

    Titre, légende, échelle, nord et sources y sont ; la fin du nom du fichier dit sa forme.
    """
    form = path.suffix.lstrip(".").lower()
    if form not in FORMS:
        raise BadFileError(f"{path} : terminez le nom du fichier par .png ou .svg.")
    raw_values = {facet.name: list(values[field]) for field, facet in FACETS.items()}
    raw_values |= {one.name: [values[one.name]] for one in _MORE}
    map_image, size = image_of(
        page, {name: texts for name, texts in raw_values.items() if any(texts)}
    )
    write_whole(path, [image_file(map_image, form, size)])
    placed = len(placed_rows(map_image))
    tell(f"{placed} sur la carte, {len(map_image.rows) - placed} sans point, dans {path}.")
    if map_image.caption.fictive:
        tell(map_image.caption.notice)
