"""The documents that lead to the features: landing page, conformance, collections."""

from typing import Any, Final

from geo.api.ogc.coordinate_systems import STORED, URIS
from geo.api.ogc.items import about
from geo.api.ogc.links import GEOJSON, HTML, JSON, OPENAPI, Link, link, self_links, with_query
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
        *self_links(api, form, JSON, "Accueil de l’API"),
        link(f"{api}/openapi", "service-desc", OPENAPI, "Définition OpenAPI 3.0"),
        link(f"{api}/openapi?f=html", "service-doc", HTML, "Mode d’emploi"),
        link(with_query(f"{api}/conformance", f=form), "conformance", type_, "Conformité"),
        link(with_query(f"{api}/collections", f=form), "data", type_, "Collections"),
    ]
    return {"title": TITLE, "description": DESCRIPTION, "links": links}


def conformance(api: str, form: str) -> Document:
    """List the parts of the standard that are followed."""
    return {
        "conformsTo": CONFORMS_TO,
        "links": self_links(f"{api}/conformance", form, JSON, "Conformité"),
    }


def collections(api: str, form: str) -> Document:
    """Write the list of collections."""
    links = self_links(f"{api}/collections", form, JSON, "Collections")
    return {"links": links, "collections": [collection(api, one, form) for one in COLLECTIONS]}


def collection(api: str, name: str, form: str) -> Document:
    """Write what one collection is, where it lies, and where its features are."""
    collection_content, collection_type = content(name), COLLECTIONS[name]
    dataset = collection_content.dataset
    document: Document = {
        "id": name,
        "title": collection_type.title,
        "description": _description(collection_type),
    }
    document |= {"itemType": "feature", "crs": URIS, "storageCrs": STORED.uri}
    if collection_content.bounds:
        document["extent"] = {
            "spatial": {"bbox": [list(collection_content.bounds)], "crs": STORED.uri}
        }
    document |= {"count": len(dataset.frame), "unplaced_count": dataset.unplaced_count}
    if collection_type.kind:
        document["vintage"] = vintage()
    return document | about(dataset) | {"links": _links(api, collection_type, form)}


def _description(collection: Collection) -> str:
    return f"{collection.description} {vintage()}" if collection.kind else collection.description


def _links(api: str, collection: Collection, form: str) -> list[Link]:
    address = f"{api}/collections/{collection.id}"
    tiles = api.removesuffix("/api")
    links = [
        *self_links(address, form, JSON, collection.title),
        link(f"{address}/items?f=json", "items", GEOJSON, f"{collection.title} (GeoJSON)"),
        link(f"{address}/items?f=html", "items", HTML, f"{collection.title} (page HTML)"),
        link(
            "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
            "license",
            HTML,
            "Licence Ouverte 2.0",
        ),
    ]
    if collection.id != "alliances":
        links.append(
            link(
                f"{tiles}/tiles/{collection.id}.json",
                "related",
                JSON,
                "Tuiles vectorielles (TileJSON)",
            )
        )
    return links
