"""The same documents as pages: French, plain HTML, no script, nobody else's file."""

import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any, Final

from geo.api.ogc.links import Link
from geo.french import typeset

_STYLE: Final = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:75rem;margin:0 auto;padding:1rem;"
    "color:#1b1b1f;background:#fff;overflow-wrap:break-word}a{color:#0b4f8a}"
    "table{border-collapse:collapse;width:100%}"
    "caption{text-align:left;font-weight:600;padding:.5rem 0}th,td{border-bottom:1px solid #767676;"
    "padding:.3rem .5rem;text-align:left;vertical-align:top;min-width:7rem;"
    "overflow-wrap:break-word}"
    # Both bars of a long table stay in sight; its head too.
    ".large{overflow:auto;max-height:85vh;border:1px solid #767676;padding:0 .5rem}"
    ".large:focus-visible{outline:3px solid #0b4f8a}"
    ".large thead th{position:sticky;top:0;background:#fff}"
    # The whole text is on the record's own page; here, its first lines.
    ".long{width:18rem;display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:3;"
    "overflow:hidden;overflow-wrap:anywhere}"
    "code{font-size:.9em;overflow-wrap:anywhere}td code{overflow-wrap:normal}"
    "dt{font-weight:600}dd{margin:0 0 .5rem}"
    ".pages{display:flex;flex-wrap:wrap;gap:.5rem 1.5rem;align-items:center;margin:.75rem 0}"
    ".pages a{border:1px solid #0b4f8a;border-radius:.25rem;padding:.4rem .8rem;font-weight:600}"
    ".mark{border:2px solid #8a1c1c;color:#8a1c1c;padding:.5rem;font-weight:600}"
)
POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)
_HIDDEN: Final = {"links", "title", "description", "collections", "notice", "features"}
_RELATIONS: Final = {
    "alternate": "autre forme de cette page",
    "collection": "la collection",
    "conformance": "le standard",
    "data": "les données",
    "items": "les fiches",
    "license": "la licence",
    "next": "la suite",
    "prev": "ce qui précède",
    "related": "voir aussi",
    "self": "cette page",
    "service-desc": "pour les machines",
    "service-doc": "pour les personnes",
}
_MEMBERS: Final = {
    "attribution": "Mention à porter",
    "conformsTo": "Parties du standard respectées",
    "count": "Fiches",
    "crs": "Systèmes de coordonnées",
    "extent": "Emprise",
    "fictive": "Données fictives",
    "id": "Identifiant",
    "itemType": "Nature",
    "licence": "Licence",
    "storageCrs": "Système de coordonnées d’origine",
    "unplaced_count": "Fiches sans lieu connu",
    "vintage": "Millésime",
}
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"]+")
_LONG: Final = 60


def html(title: str, body: str, notice: str = "") -> bytes:
    """Write a whole page around its body."""
    return (
        f'<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>{escape(title)} – '
        f'Catalyse</title><meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<style>{_STYLE}</style></head><body><header><nav aria-label="API">'
        f'<a href="/">Application</a> · <a href="/api?f=html">API</a> · '
        f'<a href="/api/collections?f=html">Collections</a> · '
        f'<a href="/api/openapi?f=html">Mode d’emploi</a></nav></header><main>'
        f"<h1>{escape(title)}</h1>{_mark(notice)}{body}</main></body></html>"
    ).encode()


def document(said: Mapping[str, Any], title: str, more: str = "") -> bytes:
    """Show a document: its description, its members, its links, its collections."""
    body = f"<p>{escape(said['description'])}</p>" if said.get("description") else ""
    body += more + facts({name: value for name, value in said.items() if name not in _HIDDEN})
    for one in said.get("collections", ()):
        members = {name: value for name, value in one.items() if name not in _HIDDEN}
        body += (
            f"<h2>{escape(one['title'])}</h2><p>{escape(one['description'])}</p>{facts(members)}"
        )
        body += _mark(one.get("notice", "")) + links(one["links"], "h3")
    return html(said.get("title", title), body + links(said["links"]), said.get("notice", ""))


def _mark(notice: str) -> str:
    return f'<p class="mark">{escape(notice)}</p>' if notice else ""


def links(listed: Iterable[Link], heading: str = "h2") -> str:
    """List links, each with what it is to this page, in words."""
    rows = "".join(
        f'<li><a href="{escape(one["href"])}" type="{escape(one["type"])}" '
        f'rel="{escape(one["rel"])}">{escape(typeset(one["title"]))}</a> '
        f"({_RELATIONS[one['rel']]})</li>"
        for one in listed
    )
    return f"<{heading}>Liens</{heading}><ul>{rows}</ul>"


def facts(said: Mapping[str, Any]) -> str:
    """Show members as a list of names, in French, and values."""
    rows = "".join(
        f"<dt>{escape(_MEMBERS.get(name, name))}</dt><dd>{linked(_member(name, value))}</dd>"
        for name, value in said.items()
    )
    return f"<dl>{rows}</dl>" if rows else ""


def _member(name: str, value: Any) -> str:
    if name == "extent":
        west, south, east, north = value["spatial"]["bbox"][0]
        return f"ouest {west}, sud {south}, est {east}, nord {north} (degrés)"
    return "fiches géographiques" if name == "itemType" else text_of(value)


def table(caption: str, heads: list[str], rows: Iterable[list[str]]) -> str:
    """Write a table whose cells are already HTML, in a region that scrolls by the keyboard too."""
    top = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    lines = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return (
        f'<div class="large" tabindex="0" role="region" aria-label="{escape(caption)}"><table>'
        f"<caption>{escape(caption)}</caption><thead><tr>{top}</tr></thead>"
        f"<tbody>{lines}</tbody></table></div>"
    )


def cell(value: Any) -> str:
    """Write one value as a cell: an address as a link, a long text cut to its first lines."""
    text = text_of(value)
    shown = linked(text)
    return f'<div class="long">{shown}</div>' if len(text) > _LONG else shown


def linked(text: str) -> str:
    """Write a text; one that is a web address leads there."""
    said = escape(text)
    if not _ADDRESS.fullmatch(text):
        return said
    return f'<a href="{said}" rel="external">{said}</a>'


def code(text: str) -> str:
    """Write what is to be copied as it is."""
    return f"<code>{escape(text)}</code>"


def text_of(value: Any) -> str:
    """Write a plain value as a person reads it."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, list):
        return ", ".join(map(text_of, value))
    if isinstance(value, dict):
        return "; ".join(f"{name} : {text_of(one)}" for name, one in value.items())
    return "" if value is None else str(value)
