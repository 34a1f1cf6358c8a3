"""Catalysts and territories as HTML that reads well without the map: ordered, labelled."""

from typing import Any, Final
from urllib.parse import quote

import numpy as np
import numpy.typing as npt
import pandas as pd
from markupsafe import Markup

from geo.dates import in_words
from geo.directory.catalysts import web_link
from geo.french import NBSP, distance, number, typeset
from geo.output.html import FOLDED, folded, link, link_list, outside
from geo.output.html import matrix as matrix_html
from geo.output.maps import symbols
from geo.output.records import records
from geo.output.request_link import ask_address
from geo.reference.territory import territory
from geo.templates import render
from geo.vocabulary import UNSTATED, label, name_of

_FICTIVE: Final = Markup('<span class="marque-fictif">Fictif</span> ')
CATALYST_PAGE: Final = "/catalyseurs?fiche="
LISTED: Final = 100
"""Cards of a list at most: one anonymous reading costs little, however many there are."""
TERRITORY_PAGE: Final = "/territoire?territoire="


def catalyst_list(rows: pd.DataFrame, place: str = "") -> Markup:
    """List catalysts in order, each with its rank or mark, distance, practices and proof.

    ``place``: where whoever asks to be put in touch with one of them writes from.
    """
    return render("catalyst_list.html", rows=[_entry(record, place) for record in records(rows)])


def _entry(record: dict[str, Any], place: str) -> dict[str, Any]:
    return {
        "id": record["catalyst_id"],
        "rank": record.get("rank"),
        "mark": symbols.picture(symbols.mark_of(record["practices"])),
        "link": _catalyst_link(record),
        "far": _far(record.get("distance_m")),
        "place": place_of(record),
        "covers": record.get("covers"),
        "summary": record["summary"],
        "practices": practice_tags(record),
        "proof": _proof(record),
        "note": "" if record["summary"] else record["note"],
        "name": record["catalyst_name"],
        "ask": "" if record["fictif"] else ask_address(place=place, record=record["catalyst_id"]),
    }


def _far(metres: float | None) -> str:
    if metres is None:
        return ""
    return distance(metres) if metres else "sur place"


def _catalyst_link(record: dict[str, Any]) -> Markup:
    fictive = _FICTIVE if record["fictif"] else Markup("")
    address = CATALYST_PAGE + quote(record["catalyst_id"])
    return fictive + link(address, record["catalyst_name"])


def place_of(record: dict[str, Any]) -> str:
    """Describe where a catalyst is known to be, and no more precisely than that."""
    match record["location_precision"]:
        case "adresse" | "rue" | "commune" if record["commune_code"]:
            return territory("commune", record["commune_code"]).label
        case "departement" if record["departement_code"]:
            name = territory("departement", record["departement_code"]).label
            return f"{name}, commune inconnue"
        case "region" if record["region_code"]:
            return f"{territory('region', record['region_code']).name}, commune inconnue"
        case "national":
            return "Portée nationale, sans lieu"
        case _:
            return "Lieu inconnu"


def practice_tags(record: dict[str, Any]) -> Markup:
    """Show practices with their icon; those we inferred say so."""
    shown = [(symbols.picture(code), name_of("practice", code)) for code in record["practices"]]
    inferred = record["practices_basis"] == "inferred"
    return render("practices.html", practices=shown, inferred=inferred)


def _proof(record: dict[str, Any]) -> str:
    """Return its profile, where it is known, and what makes it known."""
    code = record["profile"]
    known = [name_of("any_profile", code)] if code else []
    return " · ".join([*known, name_of("evidence", record["evidence"])])


def source_html(record: dict[str, Any]) -> Markup:
    """Name the public source of a record, linked when it has an address."""
    title = typeset(record["source_title"] or record["source_url"] or "non précisée")
    date = in_words(str(record["source_date"] or ""))
    dated = date.replace(NBSP, " ") in title.replace(NBSP, " ")
    date_text = ", sans date" if not date else "" if dated else f" ({date})"
    return outside(record["source_url"], title) + date_text


def other_source_html(line: str) -> Markup:
    """Name one of the other sources of a record: what it states, then its title.

    The title is linked when the line ends with an address: « Site : Titre — https://… ».
    """
    before, _, address = line.rpartition(" — ")
    text, address = (before, address) if before and web_link(address) else (line, "")
    stated, colon, title = text.partition(" : ")
    stated, title = (stated + colon, title) if title else ("", text)
    return Markup("{}{}").format(typeset(stated), outside(address, typeset(title)))


def matrix_table(matrix: pd.DataFrame, rows: pd.DataFrame) -> Markup:
    """Write practices × profiles; a count unfolds its catalysts, an empty cell says « aucun ».

    Profiles that nobody has are named below: a column of them would only be long. That of the
    practices that are not stated is a line only where there is somebody in it.
    """
    stated = [code for code in matrix.index if code != UNSTATED or matrix.loc[code].any()]
    matrix = matrix.loc[stated]
    shown_codes = [code for code in matrix.columns if matrix[code].any()]
    empty = [
        label("any_profile", code)
        for code in matrix.columns
        if shown_codes and code not in shown_codes
    ]
    matrix = matrix[shown_codes] if shown_codes else matrix
    header = ["Pratique", *(label("any_profile", code) for code in matrix.columns)]
    members = _members(rows)
    lines = [
        [label("practice", str(practice))]
        + [
            folded(
                count, map(_catalyst_link, members.get((str(practice), str(profile)), [])), "aucun"
            )
            for profile, count in cells.items()
        ]
        for practice, cells in matrix.to_dict("index").items()
    ]
    caption = "Pratiques et profils des catalyseurs présents ou compétents"
    html = matrix_html(caption, header, lines)
    return html + absent_profiles(empty)


def absent_profiles(labels: list[str]) -> Markup:
    """Name the profiles that a matrix leaves out, nobody having them."""
    if not labels:
        return Markup("")
    sentence = f"Profils sans personne de connu : {', '.join(labels)}."
    return Markup('<p class="muet">{}</p>').format(typeset(sentence))


def _members(rows: pd.DataFrame) -> dict[tuple[str, str], list[dict[Any, Any]]]:
    """Name the first catalysts of each cell, those it unfolds, with what their links say."""
    found: dict[tuple[str, str], list[int]] = {}
    first = _first_alike(rows)
    columns = (rows[name].iloc[first].tolist() for name in ("practices", "profile"))
    for at, practices, profile in zip(first.tolist(), *columns, strict=True):
        for practice in practices or [UNSTATED]:
            cell = found.setdefault((practice, profile or UNSTATED), [])
            if len(cell) < FOLDED:
                cell.append(at)
    unfolded = sorted(set().union(*found.values()))
    own = rows[["catalyst_id", "catalyst_name", "fictive"]].iloc[unfolded]
    members = own.rename(columns={"fictive": "fictif"}).to_dict("records")
    at_row = dict(zip(unfolded, members, strict=True))
    return {cell: [at_row[at] for at in places] for cell, places in found.items()}


def _first_alike(rows: pd.DataFrame) -> npt.NDArray[np.intp]:
    """Return the positions of the first of each profile and list of practices, rising.

    As many of each as a cell unfolds: no other may be in one. Lists are told apart by which they
    are, most of those that say the same being one.
    """
    lists = np.fromiter(map(id, rows["practices"]), np.int64, len(rows))
    alike = pd.DataFrame({"lists": lists, "profile": pd.factorize(rows["profile"])[0]})
    return np.flatnonzero(alike.groupby(["lists", "profile"]).cumcount() < FOLDED)


def territory_links(rows: pd.DataFrame, kind: str | None = None) -> Markup:
    """List territories as links to their page, with their kind (unless given) and population."""
    return link_list(_territory(row, kind) for row in rows.to_dict("records"))


def _territory(row: dict[Any, Any], kind: str | None) -> tuple[str, str]:
    level = kind or row["territory_kind"]
    kind_label = "" if kind or level == "commune" else f"{label('territory_kind', level)}, "
    address = f"{TERRITORY_PAGE}{level}:{quote(str(row['territory_code']))}"
    about = f"{kind_label}{number(row['population'])}{NBSP}hab."
    return link(address, row["territory_name"]), about
