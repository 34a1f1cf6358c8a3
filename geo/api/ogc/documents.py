"""The documents that lead to the features: landing page, conformance, collections."""

from typing import Any, Final

from geo.api.ogc.coordinate_systems import STORED, URIS
from geo.api.ogc.items import about
from geo.api.ogc.links import GEOJSON, HTML, JSON, OPENAPI, Link, itself, link, with_query
from geo.output.collections import COLLECTIONS, Collection, content
from geo.reference.sources import vintage

TITLE: Final = "Catalyse : catalyseurs, alliances et territoires de France"
DESCRIPTION: Final = (
    "Catalyseurs territoriaux, acteurs et alliances publiés, communes et territoires de France, "
    "en lecture (OGC API – Features, parties 1 et 2). Fiches publiées et champs publiables "
    "seulement."
)
_CLASSES: Final = ("core", "geojson", "html", "oas30")
CONFORMS_TO: Final = [
    *(f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{name}" for name in _CLASSES),
    "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
]
"""Each is proved by the tests of ``tests/api/ogc``."""

Document = dict[str, Any]


def landing(api: str, form: str) -> Document:
    """Write the landing page: where everything is."""
    type_ = JSON if form == "json" else HTML
    links = [
        *itself(api, form, JSON, "Accueil de l’API"),
        link(f"{api}/openapi", "service-desc", OPENAPI, "Définition OpenAPI 3.0"),
        link(f"{api}/openapi?f=html", "service-doc", HTML, "Mode d’emploi"),
        link(with_query(f"{api}/conformance", f=form), "conformance", type_, "Conformité"),
        link(with_query(f"{api}/collections", f=form), "data", type_, "Collections"),
    ]
    return {"title": TITLE, "description": DESCRIPTION, "links": links}


def conformance(api: str, form: str) -> Document:
    """Write which parts of the standard are kept."""
    return {
        "conformsTo": CONFORMS_TO,
        "links": itself(f"{api}/conformance", form, JSON, "Conformité"),
    }


def collections(api: str, form: str) -> Document:
    """Write the list of collections."""
    links = itself(f"{api}/collections", form, JSON, "Collections")
    return {"links": links, "collections": [collection(api, one, form) for one in COLLECTIONS]}


def collection(api: str, name: str, form: str) -> Document:
    """Write what one collection is, where it lies, and where its features are."""
    held, one = content(name), COLLECTIONS[name]
    dataset = held.dataset
    said: Document = {"id": name, "title": one.title, "description": _described(one)}
    said |= {"itemType": "feature", "crs": URIS, "storageCrs": STORED.uri}
    if held.bounds:
        said["extent"] = {"spatial": {"bbox": [list(held.bounds)], "crs": STORED.uri}}
    said |= {"count": len(dataset.frame), "unplaced_count": dataset.unplaced_count}
    if one.kind:
        said["vintage"] = vintage()
    return said | about(dataset) | {"links": _links(api, one, form)}


def _described(one: Collection) -> str:
    return f"{one.description} {vintage()}" if one.kind else one.description


def _links(api: str, one: Collection, form: str) -> list[Link]:
    address = f"{api}/collections/{one.id}"
    tiles = api.removesuffix("/api")
    found = [
        *itself(address, form, JSON, one.title),
        link(f"{address}/items?f=json", "items", GEOJSON, f"{one.title} (GeoJSON)"),
        link(f"{address}/items?f=html", "items", HTML, f"{one.title} (page HTML)"),
        link(
            "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
            "license",
            HTML,
            "Licence Ouverte 2.0",
        ),
    ]
    if one.id != "alliances":
        found.append(
            link(f"{tiles}/tiles/{one.id}.json", "related", JSON, "Tuiles vectorielles (TileJSON)")
        )
    return found
