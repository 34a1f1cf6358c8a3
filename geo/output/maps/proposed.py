"""The places that siting proposes, on a map: a mark that bears its rank, never a catalyst's."""

from typing import Any, Final

from markupsafe import Markup

from geo.analysis.siting.siting import Siting
from geo.french import number, typeset
from geo.output.html import svg_image
from geo.output.maps import symbols
from geo.output.maps.places import HEXAGONE, Bounds
from geo.output.maps.territories import territory_bounds
from geo.output.webfiles import publish
from geo.palette import colour
from geo.vocabulary import Mark

Layer = dict[str, Any]
PIN: Final = "M16 1c6 0 11 4.6 11 10.6C27 19.2 16 31 16 31S5 19.2 5 11.6C5 5.6 10 1 16 1z"
_MARK: Final = Mark("★", colour("ink"), PIN, -2)
_DECIMALS: Final = 5
_PAGE: Final = "/territoire?territoire=commune:"


def proposed_layer(found: Siting) -> Layer:
    """Show the places, each with its rank and what it brings."""
    rows = found.places.to_dict("records")
    records = [_record(row) for row in rows]
    drawings = {"lieu_propose": symbols.mark_svg(_MARK)}
    return {
        "type": "catalysts",
        "url": publish({"records": records, "symbols": drawings, "of": "programmes"}),
        "ids": [record[0] for record in records],
        "ranks": {record[0]: int(row["rank"]) for record, row in zip(records, rows, strict=True)},
        "link": "",
        "opens": "Voir son territoire",
        "noun": "lieux proposés",
    }


def _record(row: dict[Any, Any]) -> list[Any]:
    name = f"{row['commune_name']} ({row['departement_code']})"
    brings = f"{number(row['gained'])} habitants mis à portée"
    return [
        f"lieu-{row['commune_code']}",
        name,
        round(row["longitude"], _DECIMALS),
        round(row["latitude"], _DECIMALS),
        "lieu_propose",
        str(row["candidate_of"]),
        typeset(f"Lieu proposé n° {row['rank']} : {brings}"),
        [],
        False,
        "Proposition calculée, et non un catalyseur",
        "",
        False,
        _PAGE + str(row["commune_code"]),
    ]


def proposed_legend(found: Siting) -> Markup:
    """Explain, as HTML, the mark of the places."""
    entry = symbols.legend_entry(
        svg_image(symbols.mark_svg(_MARK), 22, 22), f"Lieu proposé ({len(found.places)})"
    )
    return symbols.legend("Calculé\u00a0: ce ne sont pas des catalyseurs", [entry])


def proposed_bounds(found: Siting) -> Bounds:
    """Return where to look: the places and around, the whole territory without any."""
    where = found.question.territory
    if where is None:
        return HEXAGONE
    if found.places.empty:
        return territory_bounds(*where)
    lon, lat = found.places["longitude"], found.places["latitude"]
    return (
        float(lon.min()) - 1,
        float(lat.min()) - 1,
        float(lon.max()) + 1,
        float(lat.max()) + 1,
    )
