"""Contracts between local authorities on a map: lines of their own, never those of alliances."""

from dataclasses import replace
from typing import Final
from urllib.parse import quote

import pandas as pd

from geo.analysis.contracts import Contracts
from geo.output.maps import symbols
from geo.output.maps.arcs import Arcs, LineStyle, alliance_arcs, line_sample
from geo.palette import colour

_LINK: Final = "/territoire?territoire="
_OPENS: Final = "Ouvrir le territoire"
_LINES: Final = {
    "crte": LineStyle(colour("slate"), (2, 4), 2),
    "petr": LineStyle(colour("violet"), (7, 3, 2, 3), 2),
}
NAMES: Final = {"crte": "CRTE signé par plusieurs", "petr": "PETR"}


def contract_arcs(found: Contracts) -> Arcs:
    """Join the authorities of each contract; a line opens the page of its territory."""
    arcs, line = alliance_arcs(found.alliances, found.authorities), _LINES[found.kind]
    style = {"colour": line.colour, "dashes": line.pattern, "width": line.width}
    alliances = [one | style | {"kind": NAMES[found.kind]} for one in arcs.layer["alliances"]]
    layer = arcs.layer | {"alliances": alliances, "link": _LINK, "opens": _OPENS}
    return replace(arcs, layer=layer)


def contract_legend(found: Contracts) -> str:
    """Explain their line, as HTML."""
    name = NAMES[found.kind]
    entry = symbols.legend_entry(line_sample(_LINES[found.kind]), name, name)
    return symbols.legend("Contrats entre collectivités", [entry])


def contract_rows(found: Contracts) -> pd.DataFrame:
    """Shape contracts for a table to sort: the name opens the territory."""
    names = found.authorities["actor_name"]
    rows = [
        {
            "contrat": f"{_LINK}{quote(row['alliance_id'])}#{row['alliance_name']}",
            "collectivites": ", ".join(str(names[one]) for one in row["member_ids"]),
            "nombre": len(row["member_ids"]),
            "source": f"{row['source_title']}, {row['source_date']}",
        }
        for row in found.alliances.to_dict("records")
    ]
    return pd.DataFrame(rows, columns=["contrat", "collectivites", "nombre", "source"])
