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
    record = {
        "programme_record_id": name,
        "record_name": row["record_name"],
        "programme": row["programme"],
        "programme_label": label(reference.VOCABULARY, row["programme"]),
        "practices": list(row["practices"]),
        "places": [str(place) for place in row["places"]],
        "town": row["town"],
        "location_precision": row["location_precision"],
        "longitude": row["longitude"] if known else None,
        "latitude": row["latitude"] if known else None,
        "source_title": reference.SOURCE,
        "source_date": row["listed"],
        "licence": reference.LICENCE,
    }
    if "rank" in row:
        record |= {"rank": int(row["rank"]), "distance_m": round(row["distance_m"], 1)}
    return record


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
        "mark": svg_image(symbols.mark_svg(symbols.mark_for(known)), 22, 22),
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
    links = [link(_PAGE + str(place), territory(*place).label) for place in row["places"]]
    return Markup(", ").join(links)


def definitions(codes: tuple[str, ...]) -> Markup:
    """Describe what each programme is, in our words, with the page that says it."""
    rows = [
        [
            strong(one.plural),
            _definition(one),
        ]
        for one in map(reference.programme, codes)
    ]
    return table("Ce que sont ces programmes", ["Programme", "Définition"], rows)


def _definition(item: Item) -> Markup:
    return lines([typeset(item.help), outside(item.url, "Définition du programme")])


def practice_counts(rows: pd.DataFrame) -> list[tuple[str, Markup]]:
    """Count the places of each practice that a programme asks for; a count unfolds them."""
    return [
        (
            label("practice", code),
            folded(len(rows_of_practice), _links(rows_of_practice), "aucun", _FOLDED),
        )
        for code, rows_of_practice in programmes.by_practice(rows).items()
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
            "programme": badge.programme.id,
            "programme_label": badge.programme.label,
            "commune_codes": list(badge.commune_codes),
            "list": badge.listed,
        }
        for badge in programmes.badges(kind, code)
    ]


def badge_lines(kind: str, code: str) -> list[str]:
    """Return the programmes of a territory, one line each."""
    return [_badge_line(badge, kind) for badge in programmes.badges(kind, code)]


def _badge_line(badge: programmes.Badge, kind: str) -> str:
    signed = f", convention du {in_words(badge.signed)}" if badge.signed else ""
    winner_count = len(badge.commune_codes)
    winners = (
        ""
        if kind == COMMUNE
        else f" : {count(winner_count, 'commune lauréate', 'communes lauréates')}"
    )
    return (
        f"{badge.programme.label}{winners}{signed if kind == COMMUNE else ''} "
        f"(ANCT, {badge.listed})"
    )


def badge_table(kind: str, code: str) -> Markup:
    """Write the programmes of a territory: communes counted, definition, list; or nothing."""
    rows = [_badge(badge, kind) for badge in programmes.badges(kind, code)]
    if not rows:
        return Markup()
    header = ["Programme", "Communes lauréates", "Définition"]
    return table("Communes lauréates, par programme", header, rows, folds=True)


def _badge(badge: programmes.Badge, kind: str) -> list[str]:
    links = [
        link(f"{_PAGE}{COMMUNE}:{commune}", territory(COMMUNE, commune).name)
        for commune in badge.commune_codes
    ]
    signed = f"oui, convention du {in_words(badge.signed)}" if badge.signed else "oui"
    content: str = signed if kind == COMMUNE else folded(len(links), links, number(0), _FOLDED)
    definition = _definition(badge.programme)
    return [
        lines([strong(badge.programme.label), muted(f"ANCT, {badge.listed}")]),
        content,
        definition,
    ]
