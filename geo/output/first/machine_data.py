"""What machines read of a page: schema.org, as JSON-LD, only what is public."""

from typing import Any

import orjson
from markupsafe import Markup

from geo.output.embedding import page_url
from geo.query.parameters import RECORD, TERRITORY
from geo.reference.territory import Territory


def organisation(record: dict[str, Any], origin: str) -> Markup:
    """Describe a catalyst; one that is made up is not described to machines."""
    if record["fictif"]:
        return Markup("")
    properties = {
        "@type": "Organization",
        "name": record["catalyst_name"],
        "description": record["summary"],
        "url": record["website"],
        "address": {"@type": "PostalAddress", "addressLocality": record["town"]}
        if record["town"]
        else "",
        "mainEntityOfPage": _own(origin, "catalyseurs", {RECORD.name: record["catalyst_id"]}),
    }
    return _script(properties)


def place(found: Territory, origin: str) -> Markup:
    """Describe a territory."""
    return _script(
        {
            "@type": "AdministrativeArea",
            "name": found.label,
            "identifier": found.code,
            "mainEntityOfPage": _own(origin, "territoire", {TERRITORY.name: str(found.place)}),
        }
    )


def _own(origin: str, page: str, query: dict[str, str]) -> str:
    return page_url(origin, page, query) if origin else ""


def _script(properties: dict[str, Any]) -> Markup:
    """Write JSON in a script element, where no text can end it."""
    document = {"@context": "https://schema.org"} | {
        name: one for name, one in properties.items() if one
    }
    text = orjson.dumps(document).decode().replace("<", "\\u003c")
    return Markup(f'<script type="application/ld+json">{text}</script>')  # noqa: S704 - no « < » left
