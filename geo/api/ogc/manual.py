"""How to ask: the other addresses on the API's home, and the OpenAPI definition as a page."""

from html import escape
from typing import Any, Final

from geo.api.ogc import pages
from geo.french import typeset

Node = dict[str, Any]
OTHERS: Final = (
    ("/api/nearest?commune=63113&k=5", "les catalyseurs les plus proches d’un lieu"),
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


def addresses(api: str) -> str:
    """Say the address that other programs want, and what else is served beside it."""
    rows = "".join(
        f'<li><a href="{escape(path)}">{pages.code(path)}</a> : {escape(typeset(said))}</li>'
        for path, said in OTHERS
    )
    return (
        f"<p>Adresse à coller dans QGIS (Couche, Ajouter une couche WFS / OGC API – Features) : "
        f"{pages.code(api)}</p><h2>Autres adresses</h2><ul>{rows}</ul>"
        f"<p>{escape(typeset(WORDS))}</p>"
    ).replace(" : ", "\u00a0: ")


def manual(said: Node) -> bytes:
    """Write the definition as a page: a table of contents, then each address."""
    shared, paths = said["components"]["parameters"], said["paths"]
    contents = "".join(
        f'<li><a href="#{_anchor(path)}">{pages.code(f"/api{path}")}</a> '
        f"{escape(methods['get']['summary'])}</li>"
        for path, methods in paths.items()
    )
    body = f"<p>{escape(said['info']['description'])}</p><p>{escape(typeset(WORDS))}</p>"
    body += f'<nav aria-labelledby="sommaire"><h2 id="sommaire">Sommaire</h2><ul>{contents}</ul>'
    body += "</nav>" + "".join(
        _address(path, methods["get"], shared) for path, methods in paths.items()
    )
    return pages.html("Mode d’emploi de l’API", body)


def _anchor(path: str) -> str:
    return "adresse" + path.replace("/", "-").replace("{", "").replace("}", "")


def _address(path: str, one: Node, shared: Node) -> str:
    listed = [shared[p["$ref"].rpartition("/")[2]] if "$ref" in p else p for p in one["parameters"]]
    rows = [
        [pages.code(p["name"]), escape(p.get("description", "")), _values(p["schema"])]
        for p in listed
    ]
    heads = ["Paramètre", "Sens", "Valeurs"]
    return (
        f'<h2 id="{_anchor(path)}">{escape(one["summary"])}</h2>'
        f"<p>{pages.code(f'GET /api{path}')}</p>{_prose(one)}"
        f"{pages.table(f'Paramètres de /api{path}', heads, rows)}"
    )


def _prose(one: Node) -> str:
    said = one.get("description", "")
    return f"<p>{escape(typeset(said))}</p>" if said else ""


def _values(schema: Node) -> str:
    """Say what a parameter may hold: the values allowed, the bounds, what it is without."""
    if schema["type"] == "array":
        quantity = f"{schema['minItems']} à {schema['maxItems']} " if "minItems" in schema else ""
        return f"{quantity}{_PLURALS[schema['items']['type']]} : {_values(schema['items'])}"
    found = [_among(schema["enum"])] if "enum" in schema else [_TYPES[schema["type"]]]
    bounds = {**_BOUNDS, "minimum": "plus de"} if "exclusiveMinimum" in schema else _BOUNDS
    found += [f"{said} {schema[name]}" for name, said in bounds.items() if name in schema]
    if "default" in schema:
        found.append(f"sans lui {schema['default']}")
    return typeset(" ; ".join(found))


def _among(values: list[str]) -> str:
    return ", ".join(pages.code(value) if value else "vide (non renseigné)" for value in values)


_TYPES: Final = {
    "boolean": "<code>true</code> ou <code>false</code>",
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
