"""Who bridges whom, in tables and as plain values: each actor, each year, the whole network."""

from typing import Any, Final

import pandas as pd
from markupsafe import Markup

from geo.analysis.bridging import Bridging
from geo.analysis.bridging.bridging import LEAST_DATED
from geo.analysis.bridging.graph import SEED
from geo.directory.store.lookup import named
from geo.output.bridging import PERCENT
from geo.output.html import table

_YEARS: Final = 15


def year_table(found: Bridging) -> Markup:
    """Write the last years in a table; nothing where too few alliances are dated."""
    rows = found.years.tail(_YEARS)
    if found.dated < LEAST_DATED:
        return Markup("")
    header = ["Année", "En cours", "Nées", "Finies", "Acteurs joints", "Entre profils différents"]
    names = ("year", "under_way", "begun", "ended", "actors", "mixed")
    return table(
        "Alliances datées, année par année",
        header,
        [[str(row[name]) for name in names] for row in rows.to_dict("records")],
        folds=True,
    )


def role_rows(found: Bridging, names: pd.Series) -> pd.DataFrame:
    """Shape the actors for a table to sort: French cells, who links the most first."""
    measured = found.table.sort_values(
        ["between", "partners"], ascending=False, kind="stable", na_position="last"
    )
    known = named(names, measured.index)
    return pd.DataFrame(
        {
            "acteur": [known.get(one, one) for one in measured.index],
            "partenaires": measured["partners"].astype(int).to_list(),
            "alliances": measured["alliances"].astype(int).to_list(),
            "chemins": (measured["between"] * PERCENT).round(1).to_list(),
            "coupes": measured["cut"].astype("Int64").to_list(),
            "groupe": measured["group"].astype("Int64").to_list(),
        }
    )


def measures(found: Bridging) -> dict[str, Any]:
    """Return the measures of the whole network as plain values, for the API and the terminal.

    Those that too small a network refuses are None.
    """
    mixing, cut = found.mixing, found.groups
    mixed = {
        "counted": mixing.counted,
        "mixed": mixing.mixed,
        "share": round(mixing.share, 4),
        "expected_share": round(mixing.expected, 4),
        "p_value": round(mixing.chance, 4),
        "draws": mixing.draws,
    }
    neat = {
        "sizes": cut.sizes,
        "modularity": round(cut.neatness, 4),
        "as_neat_at_random": cut.as_neat,
        "draws": cut.draws,
    }
    return {
        "alliance_count": len(found.alliances),
        "linked_count": len(found.graph),
        "alone_count": len(found.alone),
        "networks": list(found.roles.pieces),
        "mixing": mixed if found.comparable else None,
        "groups": neat if found.enough else None,
        "bridging_alliances": [
            {"alliance_id": alliance.alliance_id, "cut": alliance.cut}
            for alliance in found.roles.alliances
        ]
        if found.enough
        else None,
        "years": found.years.to_dict("records"),
        "seed": SEED,
    }


def role_records(found: Bridging, names: pd.Series) -> list[dict[str, Any]]:
    """Return the measures of each actor as plain values; None where they mean nothing."""
    rows, known = found.table, named(names, found.table.index)
    return [
        {
            "actor_id": str(one),
            "actor_name": known.get(one, one),
            "partners": int(row["partners"]),
            "alliances": int(row["alliances"]),
            "between": None if pd.isna(row["between"]) else round(float(row["between"]), 4),
            "cut": None if pd.isna(row["cut"]) else int(row["cut"]),
            "group": None if pd.isna(row["group"]) else int(row["group"]),
        }
        for one, row in zip(rows.index, rows.to_dict("records"), strict=True)
    ]
