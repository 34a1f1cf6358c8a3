"""Resource places and accompanied territories on a map: a mark each, apart from catalysts."""

from functools import cache
from pathlib import Path
from typing import Any, Final

import pandas as pd
from markupsafe import Markup

from geo.output.html import svg_image
from geo.output.maps import symbols
from geo.output.webfiles import publish
from geo.reference import programmes
from geo.settings import settings
from geo.vocabulary import items, label

Layer = dict[str, Any]
_PAGE: Final = "/territoire?territoire="
_DECIMALS: Final = 5
_NOUNS: Final = {
    programmes.PLACE: "lieux ressources",
    programmes.TERRITORY: "territoires accompagnés",
}


def programme_layers(shown: pd.DataFrame) -> list[Layer]:
    """Show the rows that have a point, one layer a nature; none when none is chosen."""
    placed = shown[shown["longitude"].notna()]
    natures = {*placed["nature"]}
    return [_layer(placed[placed["nature"] == one], one) for one in _NOUNS if one in natures]


def _layer(rows: pd.DataFrame, nature: str) -> Layer:
    return {
        "type": "catalysts",
        "url": _published(settings().reference),
        "ids": [str(one) for one in rows.index],
        "ranks": {},
        "link": "",
        "opens": "Voir son territoire",
        "noun": _NOUNS[nature],
        "apart": True,
    }


@cache
def _published(_folder: Path) -> str:
    """Publish the records of every row that a map may show, once, and give their address."""
    rows = programmes.rows()
    rows = rows[rows["longitude"].notna() & rows["nature"].isin(_NOUNS)]
    records = [_record(str(name), row) for name, row in rows.to_dict("index").items()]
    marks = {one.id: symbols.mark_for(one) for one in items("programme")}
    drawings = {code: symbols.mark_svg(mark) for code, mark in marks.items()}
    names = symbols.names({one.id: one.plural for one in items("programme")}, marks)
    document = {"records": records, "symbols": drawings, "names": names, "of": "programmes"}
    return publish(document)


def _record(name: str, row: dict[Any, Any]) -> list[Any]:
    departement = f" ({row['departement_code']})" if row["departement_code"] else ""
    where = f"{row['town']}{departement}"
    return [
        name,
        row["record_name"],
        round(row["longitude"], _DECIMALS),
        round(row["latitude"], _DECIMALS),
        row["programme"],
        where if row["town"] != row["record_name"] else "",
        label("programme", row["programme"]),
        [label("practice", code) for code in row["practices"]],
        False,
        f"ANCT, {programmes.month(row['listed'])}",
        "",
        False,
        _PAGE + str(row["places"][0]),
    ]


def programme_legend(shown: pd.DataFrame) -> Markup:
    """Explain, as HTML, the marks of the programmes that are shown, each with its count."""
    placed = shown.loc[shown["longitude"].notna(), "programme"].value_counts()
    entries = [
        symbols.legend_entry(
            svg_image(symbols.mark_svg(symbols.mark_for(one)), 22, 22),
            f"{one.plural} ({placed[one.id]})",
            one.id,
        )
        for one in items("programme")
        if one.id in placed
    ]
    title = "À part\u00a0: ce ne sont pas des catalyseurs"
    return symbols.legend(title, entries) if entries else Markup()
