"""Commands that ask about catalysts: ``nearest`` and ``territory``."""

from typing import Any

import click
import pandas as pd

from geo.analysis import nearest as finding
from geo.analysis import programmes
from geo.analysis.origin import Origin, address_origin, point_origin, territory_origin
from geo.analysis.territory import Sheet, sheet
from geo.cli.french import FrenchCommand
from geo.cli.options import filters, output_format, read_selection, valued
from geo.cli.show import show_json, show_table, tell
from geo.directory.directory import directory
from geo.directory.geocoding.visitor import suggestions
from geo.errors import AtlasError
from geo.french import count, decimal, distance
from geo.output.caption import FICTIVE_NOTICE, caption
from geo.output.datasets.records import catalysts
from geo.output.exports import FORMATS
from geo.output.exports.model import Export
from geo.output.local_actors import local_sentences
from geo.output.programmes import badge_lines, badge_rows, beside_lines, rows_of
from geo.output.records import practice_labels, records
from geo.query.parameters import COUNT, LAT, LON, NEAR, ORDER, RADIUS
from geo.query.selection import Selection
from geo.reference.old_codes import remark
from geo.reference.territory import COMMUNE, code_today


@click.command(cls=FrenchCommand)
@click.option("--commune", metavar="CODE", help="Code INSEE de la commune de départ.")
@valued(LON, help="Longitude du point de départ, en degrés.")
@valued(LAT, help="Latitude du point de départ, en degrés.")
@click.option("--address", metavar="TEXTE", help="Adresse de départ, demandée au géocodeur.")
@valued(COUNT)
@valued(RADIUS)
@valued(ORDER)
@filters
@output_format("table", "json", "geojson", "csv")
def nearest(form: str, **values: Any) -> None:
    """Trouve les catalyseurs les plus proches d’une commune, d’un point ou d’une adresse.

    Les filtres s’appliquent avant la recherche ; les distances sont géodésiques (WGS 84). Ceux
    dont la portée couvre le lieu sont cités même sans point, à la suite, sans distance.
    """
    selection = read_selection(values)
    search = finding.Search(int(values["k"]), values["radius_km"], by_distance=values["order"])
    book, answer = finding.nearest_once(_origin(values), selection, search)
    places = programmes.nearest_places(answer.origin, selection, search)
    rows = answer.all_rows
    _remarks(answer, fictive=book.fictive)
    about = caption(book, selection, f"Catalyseurs les plus proches : {answer.origin.label}")
    match form:
        case "json":
            show_json(_with_beside(records(rows), selection, places))
        case "geojson":
            click.echo(FORMATS[form].content(Export((catalysts(rows),), about, "")))
        case "csv":
            click.echo(FORMATS[form].content(Export((catalysts(rows),), about, "")), nl=False)
        case _ if len(rows):
            show_table(["rang", "catalyseur", "distance", "pratiques", "portée"], _lines(rows))
    if form == "table":
        _show_beside(selection, places)


def _with_beside(found: list[dict[str, Any]], selection: Selection, places: pd.DataFrame) -> Any:
    """Say catalysts alone, or apart from what was asked beside them."""
    return {"catalysts": found, "beside": rows_of(places)} if selection.also else found


def _show_beside(selection: Selection, places: pd.DataFrame) -> None:
    """Print what was asked beside the catalysts, which it is not."""
    if not selection.also:
        return
    click.echo(
        f"\nÀ part, et ce ne sont pas des catalyseurs : {programmes.beside(selection, places)}."
    )
    if len(places):
        show_table(["nom", "programme", "distance", "commune"], beside_lines(places))


def _origin(values: dict[str, Any]) -> Origin:
    commune, lon, lat, address = (values[name] for name in ("commune", "lon", "lat", "address"))
    match (commune is not None, lon is not None, lat is not None, address is not None):
        case (True, False, False, False):
            return territory_origin("commune", commune)
        case (False, True, True, False):
            return point_origin(lon, lat)
        case (False, False, False, True):
            return _address(address)
    raise AtlasError(
        "Donnez un seul point de départ : --commune CODE, ou bien --lon X et --lat Y, ou bien "
        "--address TEXTE."
    )


def _address(text: str) -> Origin:
    found = suggestions(text)
    if not found:
        raise AtlasError(
            f"Adresse introuvable : « {text[:80]} ». Vérifiez-la, ou donnez --commune CODE."
        )
    best = found[0]
    tell(f"Adresse retenue : {best.label} (score {decimal(round(best.score, 2))}).")
    return address_origin(best.longitude, best.latitude, best.label)


def _remarks(answer: finding.Nearest, *, fictive: bool) -> None:
    if not len(answer.all_rows):
        tell("0 résultat.")
    for notice in [
        answer.origin.remark,
        *answer.notices(),
        answer.unranked(),
        FICTIVE_NOTICE if fictive else "",
    ]:
        if notice:
            tell(notice)


def _lines(rows: Any) -> list[list[str]]:
    return [
        [
            str(row["rank"] or ""),
            row["catalyst_name"],
            distance(row["distance_m"] if row["distance_m"] is not None else float("nan")),
            practice_labels(row["practices"]),
            "intervient ici" if row["covers"] else "",
        ]
        for row in records(rows)
    ]


@click.command(cls=FrenchCommand)
@click.argument("kind", metavar="TYPE")
@click.argument("code", metavar="CODE")
@valued(NEAR)
@filters
@output_format("table", "json")
def territory(kind: str, code: str, near_km: float, form: str, **values: Any) -> None:
    """Décrit un territoire : communes, catalyseurs présents, proches, compétents, manques.

    TYPE : commune, epci, ept, petr, crte, departement ou region.
    """
    book = directory()
    answer = sheet(book, kind, code_today(kind, code), read_selection(values), near_km)
    if kind == COMMUNE and (remark_text := remark(code)):
        tell(remark_text)
    if book.fictive:
        tell(FICTIVE_NOTICE)
    if form == "json":
        show_json(_sheet_json(answer))
    else:
        _show_sheet(answer)


def _sheet_json(answer: Sheet) -> dict[str, Any]:
    found = answer.territory
    return {
        "kind": found.kind,
        "code": found.code,
        "name": found.name,
        "population": found.population,
        "communes": sorted(answer.communes["commune_code"]),
        "epci": sorted(answer.communes["epci_code"].dropna().unique()),
        "catalysts_inside": answer.inside["catalyst_id"].to_list(),
        "catalysts_near": answer.near["catalyst_id"].to_list(),
        "catalysts_covering": answer.covering["catalyst_id"].to_list(),
        "matrix": answer.matrix.to_dict("index"),
        "badges": badge_rows(found.kind, found.code),
        **({"beside": rows_of(_inside(answer))} if answer.selection.also else {}),
        "local_actors": {code: rows.index.to_list() for code, rows in answer.local.items()},
    }


def _inside(answer: Sheet) -> pd.DataFrame:
    """Return what was asked beside the catalysts, in this territory."""
    found = answer.territory
    return programmes.inside(programmes.selected(answer.selection), found.kind, found.code)


def _show_sheet(answer: Sheet) -> None:
    found = answer.territory
    click.echo(
        f"{found.label} : {count(found.population, 'habitant')}, "
        f"{count(found.commune_count, 'commune')}"
    )
    rows = [
        [where, row["catalyst_name"], practice_labels(row["practices"])]
        for where, group in answer.groups().items()
        for row in records(group)
    ]
    if rows:
        show_table(["relation", "catalyseur", "pratiques"], rows)
    else:
        click.echo("0 résultat : aucun catalyseur présent, proche ou compétent.")
    missing = practice_labels(answer.missing_practices) if answer.missing_practices else "aucune"
    click.echo(f"Pratiques sans catalyseur connu : {missing}")
    for sentence in [*local_sentences(answer), *badge_lines(found.kind, found.code)]:
        click.echo(sentence)
    _show_beside(answer.selection, _inside(answer))
