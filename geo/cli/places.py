"""Commands about places: ``communes`` and ``locate``."""

from dataclasses import asdict

import click

from geo.analysis.locate import locate as territories_at
from geo.cli.french import FrenchCommand
from geo.cli.options import output_format, valued
from geo.cli.show import show_json, show_table, tell
from geo.french import number
from geo.query.parameters import LAT, LIMIT, LON
from geo.reference import gazetteer
from geo.reference.place_remarks import search

_COMMUNE = ("commune",)


@click.command(cls=FrenchCommand)
@click.argument("text", metavar="TEXTE")
@valued(LIMIT)
@output_format("table", "json")
def communes(text: str, limit: float, form: str) -> None:
    """Cherche une commune par son nom, son code postal ou son code INSEE.

    Accents, majuscules, tirets et petites fautes sont tolérés ; les anciennes communes et les
    arrondissements mènent à la commune d’aujourd’hui.
    """
    found, remarks = search(text, int(limit), _COMMUNE)
    for remark in remarks:
        tell(remark)
    if not found:
        _nothing(text, suggesting=not remarks)
    if form == "json":
        show_json([{"commune_code": p.code, "commune_name": p.name, **asdict(p)} for p in found])
    elif found:
        rows = [[p.code, p.label, " ".join(p.postcodes[:3]), number(p.population)] for p in found]
        show_table(["code", "commune", "codes postaux", "habitants"], rows)


def _nothing(text: str, *, suggesting: bool) -> None:
    close = ", ".join(place.label for place in gazetteer.suggest(text, 3)) if suggesting else ""
    hint = f" Vouliez-vous dire : {close} ?" if close else ""
    tell(f"0 résultat pour « {text[:80]} ».{hint}")


@click.command(cls=FrenchCommand)
@valued(LON, required=True)
@valued(LAT, required=True)
@output_format("table", "json")
def locate(lon: float, lat: float, form: str) -> None:
    """Donne tous les territoires qui contiennent un point, de la commune à la région.

    Hors contour, à 500 m au plus, un point est rattaché à la commune la plus proche.
    """
    found = territories_at(lon, lat)
    if found.remark:
        tell(found.remark if found.territories else f"0 résultat. {found.remark}")
    if form == "json":
        show_json(found.rows())
    elif found.territories:
        rows = [[t.kind, t.code, t.name] for t in found.territories]
        show_table(["type", "code", "nom"], rows)
