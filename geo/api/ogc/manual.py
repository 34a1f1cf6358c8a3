"""How to ask: the other addresses on the API's home, and the OpenAPI definition as a page."""

from typing import Any, Final

from markupsafe import Markup

from geo.api.ogc import pages
from geo.templates import render

Node = dict[str, Any]
OTHERS: Final = (
    ("/api/nearest?commune=63113&k=5", "les catalyseurs les plus proches d’un lieu"),
    (
        "/api/coverage?kind=departement&within_km=50",
        "les habitants à portée d’un catalyseur, par territoire",
    ),
    (
        "/api/ecosystem?ecosystem=reseau-des-pionniers&date=2022&compared_date=2020",
        "un écosystème à une date, et ce qui a changé entre deux",
    ),
    ("/api/network?type=mecenat", "qui relie qui parmi des alliances, acteur par acteur"),
    ("/api/locate?lon=3.08&lat=45.78", "les territoires qui contiennent un point"),
    ("/api/communes?q=ambert", "les communes de ce nom, de ce code postal ou de ce code"),
    ("/tiles/communes.json", "/tiles/{couche}.json : des tuiles vectorielles (TileJSON)"),
    (
        "/exports/catalysts.csv?pratique=gestion_lieu",
        "/exports/{sujet}.{format} : un fichier à télécharger, filtré comme une page",
    ),
    (
        "/exports/catalysts.geojson?territoire=departement:63",
        "le même, pour un territoire (type:code)",
    ),
)
"""Addresses beside the collections, one example each, and what they answer."""
WORDS: Final = (
    "Deux façons de filtrer : les collections et /api/nearest prennent des noms anglais, ceux des "
    "colonnes (practices=gestion_lieu, departement_code=63) ou du terminal "
    "(practice=gestion_lieu) ; /exports prend ceux que porte l’adresse des pages de l’application "
    "(pratique=gestion_lieu, territoire=departement:63). Les codes sont les mêmes partout."
)


def addresses(api: str) -> Markup:
    """Return the address that other programs want, and what else is served beside it."""
    return render("api/addresses.html", api=api, others=OTHERS, words=WORDS)


def manual(definition: Node) -> bytes:
    """Write the definition as a page: a table of contents, then each address."""
    shared = definition["components"]["parameters"]
    return render(
        "api/manual.html",
        title="Mode d’emploi de l’API",
        notice="",
        description=definition["info"]["description"],
        words=WORDS,
        addresses=[
            _address(path, methods["get"], shared) for path, methods in definition["paths"].items()
        ],
    ).encode()


def _anchor(path: str) -> str:
    return "adresse" + path.replace("/", "-").replace("{", "").replace("}", "")


def _address(path: str, operation: Node, shared: Node) -> Node:
    listed = [
        shared[p["$ref"].rpartition("/")[2]] if "$ref" in p else p for p in operation["parameters"]
    ]
    return {
        "path": path,
        "anchor": _anchor(path),
        "summary": operation["summary"],
        "description": operation.get("description", ""),
        "rows": [
            [pages.code(p["name"]), p.get("description", ""), _values(p["schema"])] for p in listed
        ],
    }


def _values(schema: Node) -> Markup:
    """Describe what a parameter may hold: the values allowed, the bounds, its default."""
    if schema["type"] == "array":
        quantity = f"{schema['minItems']} à {schema['maxItems']} " if "minItems" in schema else ""
        return Markup("{}{}\u00a0: {}").format(
            quantity, _PLURALS[schema["items"]["type"]], _values(schema["items"])
        )
    rules = [_among(schema["enum"])] if "enum" in schema else [_TYPES[schema["type"]]]
    bounds = {**_BOUNDS, "minimum": "plus de"} if "exclusiveMinimum" in schema else _BOUNDS
    rules += [f"{label} {schema[name]}" for name, label in bounds.items() if name in schema]
    if "default" in schema:
        rules.append(f"sans lui {schema['default']}")
    return Markup("\u00a0; ").join(rules)


def _among(values: list[str]) -> Markup:
    return Markup(", ").join(
        pages.code(value) if value else "vide (non renseigné)" for value in values
    )


_TYPES: Final[dict[str, str]] = {
    "boolean": Markup("<code>true</code> ou <code>false</code>"),
    "integer": "nombre entier",
    "number": "nombre",
    "string": "texte",
}
_PLURALS: Final = {"number": "nombres", "string": "valeurs"}
_BOUNDS: Final = {
    "minimum": "au moins",
    "maximum": "au plus",
    "maxLength": "longueur au plus",
}
