"""Resource places, programmes and badges as lists to read, lines to print, rows for a program."""

from typing import Any, Final

import pandas as pd
from markupsafe import Markup

from geo.analysis import programmes
from geo.dates import in_words
from geo.french import count, distance, number, typeset
from geo.output.html import folded, lines, link, muted, outside, strong, svg_image, table
from geo.output.maps import symbols
from geo.reference import programmes as reference
from geo.reference.territory import COMMUNE, territory
from geo.templates import render
from geo.vocabulary import Item, label

TITLES: Final = {
    reference.PLACE: ("places", "Lieux ressources"),
    reference.TERRITORY: ("programmes", "Territoires accompagnés"),
    reference.BADGE: ("badges", "Communes lauréates"),
}
"""The subject of each nature, and its title."""
_PAGE: Final = "/territoire?territoire="
_FOLDED: Final = 60


def rows_of(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Return rows as plain values, each with its programme, its list and its licence."""
    return [_row(str(name), row) for name, row in rows.to_dict("index").items()]


def _row(name: str, row: dict[Any, Any]) -> dict[str, Any]:
    known = row["longitude"] == row["longitude"]
    said = {
        "programme_record_id": name,
        "record_name": row["record_name"],
        "programme": row["programme"],
        "programme_label": label(reference.VOCABULARY, row["programme"]),
        "practices": list(row["practices"]),
        "places": [str(one) for one in row["places"]],
        "town": row["town"],
        "location_precision": row["location_precision"],
        "longitude": row["longitude"] if known else None,
        "latitude": row["latitude"] if known else None,
        "source_title": reference.SOURCE,
        "source_date": row["listed"],
        "licence": reference.LICENCE,
    }
    if "rank" in row:
        said |= {"rank": int(row["rank"]), "distance_m": round(row["distance_m"], 1)}
    return said


def beside_lines(rows: pd.DataFrame) -> list[list[str]]:
    """Return rows as cells of a table of the terminal."""
    return [
        [
            row["record_name"],
            label(reference.VOCABULARY, row["programme"]),
            distance(row["distance_m"]) if "distance_m" in row else "",
            row["town"],
        ]
        for row in rows.to_dict("records")
    ]


def programme_list(rows: pd.DataFrame) -> Markup:
    """List rows in order, each with its mark, distance, town, programme and list."""
    known = rows.to_dict("index").items()
    return render("programme_list.html", rows=[_entry(str(code), row) for code, row in known])


def _entry(code: str, row: dict[Any, Any]) -> dict[str, Any]:
    known = reference.programme(row["programme"])
    metres = row.get("distance_m")
    return {
        "id": code,
        "mark": svg_image(symbols.drawn(symbols.mark_for(known)), 22, 22),
        "name": row["record_name"],
        "far": "" if metres is None else distance(metres) if metres else "sur place",
        "town": _towns(row),
        "programme": known.label,
        "month": reference.month(row["listed"]),
        "url": row["url"] if row["url"].startswith(("https://", "http://")) else "",
    }


def _towns(row: dict[Any, Any]) -> Markup:
    if not row["places"]:
        return Markup.escape("lieu inconnu ici")
    links = [link(_PAGE + str(one), territory(*one).label) for one in row["places"]]
    return Markup(", ").join(links)


def definitions(codes: tuple[str, ...]) -> Markup:
    """Say what each programme is, in our words, with the page that says it."""
    rows = [
        [
            strong(one.plural),
            _definition(one),
        ]
        for one in map(reference.programme, codes)
    ]
    return table("Ce que sont ces programmes", ["Programme", "Définition"], rows)


def _definition(one: Item) -> Markup:
    return lines([typeset(one.help), outside(one.url, "Définition du programme")])


def practice_counts(rows: pd.DataFrame) -> list[tuple[str, Markup]]:
    """Count the places of each practice that a programme asks for; a count unfolds them."""
    return [
        (label("practice", code), folded(len(some), _links(some), "aucun", _FOLDED))
        for code, some in programmes.by_practice(rows).items()
    ]


def _links(rows: pd.DataFrame) -> list[Markup]:
    return [
        Markup("{} ({})").format(row["record_name"], _towns(row)) for row in rows.to_dict("records")
    ]


def gaps_table(rows: pd.DataFrame) -> Markup:
    """Write, apart from the catalysts, the practices that resource places have."""
    return table("Lieux ressources, par pratique", ["Pratique", "Lieux"], practice_counts(rows))


# --- badges ----------------------------------------------------------------------------------


def badge_rows(kind: str, code: str) -> list[dict[str, Any]]:
    """Return the programmes that chose communes of a territory, as plain values."""
    return [
        {
            "programme": one.programme.id,
            "programme_label": one.programme.label,
            "commune_codes": list(one.commune_codes),
            "list": one.listed,
        }
        for one in programmes.badges(kind, code)
    ]


def badge_lines(kind: str, code: str) -> list[str]:
    """Say the programmes of a territory, one line each."""
    return [_said(one, kind) for one in programmes.badges(kind, code)]


def _said(one: programmes.Badge, kind: str) -> str:
    signed = f", convention du {in_words(one.signed)}" if one.signed else ""
    many = len(one.commune_codes)
    held = "" if kind == COMMUNE else f" : {count(many, 'commune lauréate', 'communes lauréates')}"
    return f"{one.programme.label}{held}{signed if kind == COMMUNE else ''} (ANCT, {one.listed})"


def badge_table(kind: str, code: str) -> Markup:
    """Write the programmes of a territory: communes counted, definition, list; or nothing."""
    rows = [_badge(one, kind) for one in programmes.badges(kind, code)]
    if not rows:
        return Markup()
    header = ["Programme", "Communes lauréates", "Définition"]
    return table("Programmes de l’État dans ce territoire", header, rows, folds=True)


def _badge(one: programmes.Badge, kind: str) -> list[str]:
    links = [
        link(f"{_PAGE}{COMMUNE}:{commune}", territory(COMMUNE, commune).name)
        for commune in one.commune_codes
    ]
    signed = f"oui, convention du {in_words(one.signed)}" if one.signed else "oui"
    held: str = signed if kind == COMMUNE else folded(len(links), links, number(0), _FOLDED)
    told = _definition(one.programme)
    return [lines([strong(one.programme.label), muted(f"ANCT, {one.listed}")]), held, told]
