"""The same documents as pages: French, plain HTML, no script, nobody else's file."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from markupsafe import Markup

from geo.api.ogc.links import Link
from geo.templates import render

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


def document(body: Mapping[str, Any], title: str, more: str = "") -> bytes:
    """Show a document: its description, its members, its links, its collections."""
    return render(
        "api/document.html",
        title=body.get("title", title),
        notice=body.get("notice", ""),
        description=body.get("description", ""),
        more=more,
        members=members(body),
        collections=[_collection(collection) for collection in body.get("collections", ())],
        own_links=links(body["links"]),
    ).encode()


def _collection(body: Mapping[str, Any]) -> dict[str, Any]:
    shown = {name: body.get(name, "") for name in ("title", "description", "notice")}
    return {**shown, "members": members(body), "links": links(body["links"])}


def links(raw_links: Iterable[Link]) -> list[dict[str, str]]:
    """Add to each link what it is to this page, in words."""
    return [{**link, "relation": _RELATIONS[link["rel"]]} for link in raw_links]


def members(body: Mapping[str, Any]) -> list[tuple[str, Markup]]:
    """Name in French the members of a document that have no place of their own in its page."""
    return [
        (_MEMBERS.get(name, name), with_links(_member(name, value)))
        for name, value in body.items()
        if name not in _HIDDEN
    ]


def _member(name: str, value: Any) -> str:
    if name == "extent":
        west, south, east, north = value["spatial"]["bbox"][0]
        return f"ouest {west}, sud {south}, est {east}, nord {north} (degrés)"
    return "fiches géographiques" if name == "itemType" else text_of(value)


def cell(value: Any) -> Markup:
    """Write one value as a cell: an address as a link, a long text cut to its first lines."""
    text = text_of(value)
    shown = with_links(text)
    return Markup('<div class="long">{}</div>').format(shown) if len(text) > _LONG else shown


def with_links(text: str) -> Markup:
    """Write a text; one that is a web address leads there."""
    if not _ADDRESS.fullmatch(text):
        return Markup.escape(text)
    return Markup('<a href="{0}" rel="external">{0}</a>').format(text)


def code(text: str) -> Markup:
    """Write what is to be copied as it is."""
    return Markup("<code>{}</code>").format(text)


def text_of(value: Any) -> str:
    """Write a plain value as a person reads it."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, list):
        return ", ".join(map(text_of, value))
    if isinstance(value, dict):
        return "; ".join(f"{name} : {text_of(one)}" for name, one in value.items())
    return "" if value is None else str(value)
