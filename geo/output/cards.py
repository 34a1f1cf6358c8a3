"""Catalysts and figures as HTML that reads well without the map: escaped, ordered, labelled."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any, Final
from urllib.parse import quote

import pandas as pd

from geo.french import NBSP, distance, number, typeset
from geo.output.maps import symbols
from geo.output.records import records
from geo.reference.territory import territory
from geo.vocabulary import UNSTATED, label

CATALYST_PAGE: Final = "/catalyseurs?fiche="
TERRITORY_PAGE: Final = "/territoire?territoire="
COVERS: Final = "Intervient sur votre territoire"


def catalyst_list(rows: pd.DataFrame) -> str:
    """List catalysts in order, each with its rank or mark, distance, practices and proof."""
    return f'<ol class="fiches">{"".join(_item(record) for record in records(rows))}</ol>'


def _item(record: dict[str, Any]) -> str:
    parts = [_head(record), _where(record), practice_tags(record), _proof(record)]
    body = "".join(f"<p>{part}</p>" for part in parts[1:] if part)
    return f'<li class="fiche">{_mark(record)}<div>{parts[0]}{body}</div></li>'


def _mark(record: dict[str, Any]) -> str:
    if record.get("rank"):
        return f'<span class="rang" aria-label="Rang {record["rank"]}">{record["rank"]}</span>'
    drawing = symbols.picture(symbols.mark_of(record["practices"]), record["evidence"])
    return f'<span class="signe">{drawing}</span>'


def _head(record: dict[str, Any]) -> str:
    return f"<h3>{_catalyst_link(record)}</h3>"


def _catalyst_link(record: dict[str, Any]) -> str:
    address = escape(CATALYST_PAGE + quote(record["catalyst_id"]))
    fictive = '<span class="marque-fictif">Fictif</span> ' if record["fictif"] else ""
    name = escape(record["catalyst_name"])
    return f'{fictive}<a href="{address}" target="_self">{name}</a>'


def _where(record: dict[str, Any]) -> str:
    parts = [escape(place_of(record))]
    if record.get("distance_m") is not None:
        far = distance(record["distance_m"]) if record["distance_m"] else "sur place"
        parts.insert(0, f"<strong>{far}</strong>")
    if record.get("covers"):
        parts.append(f'<span class="couvre">{COVERS}</span>')
    return f'<span class="ou">{" · ".join(parts)}</span>'


def place_of(record: dict[str, Any]) -> str:
    """Say where a catalyst is known to be, and no more precisely than that."""
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


def practice_tags(record: dict[str, Any]) -> str:
    """Show practices with their shape and letter; those we inferred say so."""
    if not record["practices"]:
        return '<span class="muet">Pratique non renseignée</span>'
    inferred = " <em>(déduite)</em>" if record["practices_basis"] == "inferred" else ""
    return " ".join(
        f'<span class="pratique">{symbols.picture(code, "named")}'
        f"{escape(label('practice', code))}{inferred}</span>"
        for code in record["practices"]
    )


def _proof(record: dict[str, Any]) -> str:
    code = record["profile"]
    profile = label("any_profile", code) if code else "Profil non renseigné"
    said = f"{escape(profile)} · {escape(label('evidence', record['evidence']))}"
    note = f" · {escape(typeset(record['note']))}" if record["note"] else ""
    return f'<span class="muet">{said}{note}</span>'


def source_html(record: dict[str, Any]) -> str:
    """Name the public source of a record, linked when it has an address."""
    title = record["source_title"] or record["source_url"] or "non précisée"
    said = escape(typeset(title))
    if record["source_url"]:
        said = f'<a href="{escape(record["source_url"])}" rel="noopener" target="_blank">{said}</a>'
    date = f" ({escape(record['source_date'])})" if record["source_date"] else ", sans date"
    return f"{said}{date}"


def table(caption: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table of HTML cells, its first column as row headings."""
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in header)
    body = "".join(
        f'<tr><th scope="row">{row[0]}</th>{"".join(f"<td>{cell}</td>" for cell in row[1:])}</tr>'
        for row in rows
    )
    return (
        f'<div class="tableau" tabindex="0" role="region" aria-label="{escape(caption)}"><table>'
        f"<caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{typeset(body)}</tbody></table></div>"
    )


def matrix_table(matrix: pd.DataFrame, rows: pd.DataFrame) -> str:
    """Write practices × profiles; a count unfolds its catalysts, an empty cell says « aucun »."""
    header = ["Pratique", *(label("any_profile", code) for code in matrix.columns)]
    members = _members(rows)
    lines = [
        [escape(label("practice", str(practice)))]
        + [
            _cell(count, members.get((str(practice), str(profile)), []))
            for profile, count in cells.items()
        ]
        for practice, cells in matrix.to_dict("index").items()
    ]
    return table("Pratiques et profils des catalyseurs présents ou compétents", header, lines)


def _members(rows: pd.DataFrame) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for record in records(rows):
        for practice in record["practices"] or [UNSTATED]:
            link = f"<li>{_catalyst_link(record)}</li>"
            found.setdefault((practice, record["profile"] or UNSTATED), []).append(link)
    return found


def _cell(count: int, links: list[str]) -> str:
    if not count:
        return '<span class="vide">aucun</span>'
    return f"<details><summary>{count}</summary><ul>{''.join(links)}</ul></details>"


def territory_links(rows: pd.DataFrame, kind: str | None = None) -> str:
    """List territories as links to their page, with their kind (unless given) and population."""
    links = "".join(_link(row, kind) for row in rows.to_dict("records"))
    return f'<ul class="territoires">{links}</ul>'


def _link(row: dict[Any, Any], kind: str | None) -> str:
    own = kind or row["territory_kind"]
    what = "" if kind or own == "commune" else f"{label('territory_kind', own)}, "
    return (
        f'<li><a href="{escape(_territory_address(own, row))}" target="_self">'
        f'{escape(row["territory_name"])}</a> <span class="muet">{what}'
        f"{number(row['population'])}{NBSP}hab.</span></li>"
    )


def _territory_address(kind: str, row: dict[Any, Any]) -> str:
    return f"{TERRITORY_PAGE}{kind}:{quote(str(row['territory_code']))}"


def figures(pairs: Sequence[tuple[str, str]]) -> str:
    """Write key figures side by side: what is counted, and how many."""
    return _terms("chiffres", pairs)


def facts(pairs: Sequence[tuple[str, str]]) -> str:
    """Write what is known of a record, one line a fact."""
    return _terms("faits", pairs)


def _terms(look: str, pairs: Sequence[tuple[str, str]]) -> str:
    items = "".join(
        f"<div><dt>{escape(term)}</dt><dd>{escape(typeset(said))}</dd></div>"
        for term, said in pairs
    )
    return f'<dl class="{look}">{items}</dl>'
