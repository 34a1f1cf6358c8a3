"""The OpenAPI 3.0 definition: every address, its parameters, what it answers."""

from typing import Any, Final

from geo.api.ogc.coordinate_systems import STORED, URIS
from geo.api.ogc.documents import DESCRIPTION, TITLE
from geo.api.ogc.links import GEOJSON, HTML, JSON, OPENAPI
from geo.api.ogc.openapi_parameters import BRIDGING, TEXT, network, number_parameter, parameter
from geo.api.ogc.parameters import DEFAULT_LIMIT, FLAGS, MOST_OFFSET, choices, filters
from geo.api.ogc.question_parts import PAST, counts, past_parameters
from geo.api.problem import MEDIA_TYPE, TITLES
from geo.directory.schema import FLAG, REAL, TEXTS, WHOLE
from geo.output.collections import COLLECTIONS, content
from geo.output.datasets.table import Column
from geo.query.parameters import ALSO, COUNT, LAT, LIMIT, LON, ORDER, OUTLINES, RADIUS, WITHIN
from geo.query.selection import FACETS
from geo.reference.kinds import kind_codes
from geo.settings import settings
from geo.vocabulary import choices as facet
from geo.vocabulary import vocabularies

Node = dict[str, Any]
_TYPES: Final = {WHOLE: "number", REAL: "number"}
_PROBLEM_CODES: Final = (400, 404, 406, 429, 500, 503)
MADE_UP: Final = (
    "Ici et en GeoParquet, fictive est un booléen ; les autres fichiers de /exports et les "
    "réponses de /api/nearest écrivent un texte, fictif : « fictif » ou rien."
)
_COUNTS_HELP: Final = (
    "Filtres d’abord, puis distance. k borne nearest_count, les catalyseurs classés, qui ont un "
    "point. S’y ajoutent, sans rang ni distance, les covering_count sans point dont le territoire "
    "d’intervention couvre le lieu ; count est la somme, comme au terminal."
)

_REACH: Final = (
    "Habitants comptés au point de leur commune, à vol d’oiseau, sans franchir d’océan. country = "
    "somme de results + outside (communes d’aucun territoire) - twice (communes de deux)."
)


def openapi(api: str, version: str) -> Node:
    """Write the whole definition."""
    return {
        "openapi": "3.0.3",
        "info": {
            "title": TITLE,
            "description": DESCRIPTION,
            "version": version,
            "license": {"name": "Licence Ouverte 2.0"},
        },
        "servers": [{"url": api}],
        "tags": [{"name": name} for name in ("Documents", "Collections", "Questions")],
        "paths": _documents() | _collections() | _questions(),
        "components": {"parameters": _shared(), "responses": _problems(), "schemas": _schemas()},
    }


def _get(
    tag: str, summary: str, parameters: list[Node], content_: Node, description: str = ""
) -> Node:
    answers = {"200": {"description": summary, "content": content_}}
    answers |= {str(code): _ref("responses", f"E{code}") for code in _PROBLEM_CODES}
    answers["304"] = {"description": "Inchangé depuis le dernier ETag."}
    operation: Node = {
        "tags": [tag],
        "summary": summary,
        "parameters": parameters,
        "responses": answers,
    }
    return {"get": operation | ({"description": description} if description else {})}


def _ref(section: str, name: str) -> Node:
    return {"$ref": f"#/components/{section}/{name}"}


def _forms(media_type: str, schema: str) -> Node:
    return {media_type: {"schema": _ref("schemas", schema)}, HTML: {"schema": {"type": "string"}}}


def _documents() -> Node:
    names = {
        "/": "Accueil de l’API",
        "/conformance": "Parties du standard respectées",
        "/collections": "Liste des collections",
    }
    form = [_ref("parameters", "f")]
    found = {
        path: _get("Documents", summary, form, _forms(JSON, "document"))
        for path, summary in names.items()
    }
    content = {OPENAPI: {"schema": {"type": "object"}}, HTML: {"schema": {"type": "string"}}}
    return found | {"/openapi": _get("Documents", "Cette définition", form, content)}


def _collections() -> Node:
    found: Node = {}
    form = _ref("parameters", "f")
    for name, collection in COLLECTIONS.items():
        path = f"/collections/{name}"
        items = [_ref("parameters", shared) for shared in _shared() if shared != "f"]
        crs = _ref("parameters", "crs")
        parameters = [form, *items, *(_filter(column) for column in filters(content(name).dataset))]
        found[path] = _get("Collections", collection.title, [form], _forms(JSON, "document"))
        summary = f"Fiches : {collection.title}"
        found[f"{path}/items"] = _get(
            "Collections", summary, parameters, _forms(GEOJSON, "features")
        )
        record = {"name": "featureId", "in": "path", "required": True, "schema": {"type": "string"}}
        summary = f"Une fiche : {collection.title}"
        found[f"{path}/items/{{featureId}}"] = _get(
            "Collections", summary, [form, crs, record], _forms(GEOJSON, "feature")
        )
    return found


def _filter(column: Column) -> Node:
    schema: Node = {"type": _TYPES.get(column.type, "string")}
    if schema["type"] == "string":
        schema = dict(TEXT)
    if values := [*FLAGS] if column.type == FLAG else choices(column):
        schema = {"type": "string", "enum": values}
    how = " (l’une de la liste)" if column.type == TEXTS else ""
    how = f". {MADE_UP}" if column.name == "fictive" else how
    return parameter(
        column.name,
        f"{column.label}{how}",
        schema,
        allowEmptyValue=column.type not in {FLAG, *_TYPES},
    )


def _shared() -> Node:
    most = settings().api_limit
    limit = {"type": "integer", "minimum": 1, "maximum": most, "default": min(DEFAULT_LIMIT, most)}
    offset = {"type": "integer", "minimum": 0, "maximum": MOST_OFFSET, "default": 0}
    box = {"type": "array", "minItems": 4, "maxItems": 6, "items": {"type": "number"}}
    comma = {"style": "form", "explode": False}
    system = {"type": "string", "format": "uri", "enum": URIS, "default": STORED.uri}
    return {
        "f": parameter(
            "f",
            "Forme de la réponse ; sans lui, celle que le client accepte",
            {"type": "string", "enum": ["json", "html"]},
        ),
        "limit": parameter(
            "limit", "Fiches par page ; au-delà du maximum : le maximum", limit, **comma
        ),
        "offset": parameter("offset", "Fiches à passer", offset),
        "bbox": parameter(
            "bbox", "Ouest,sud,est,nord, en degrés ou selon les axes de bbox-crs", box, **comma
        ),
        "bbox-crs": parameter("bbox-crs", "Système de bbox", system, **comma),
        "crs": parameter(
            "crs",
            "Système de la réponse GeoJSON, dit par l’en-tête Content-Crs ; EPSG:4326 écrit la "
            "latitude d’abord",
            system,
            **comma,
        ),
        "datetime": parameter(
            "datetime",
            "Date ou intervalle RFC 3339 ; aucune fiche n’a de temps, toutes répondent",
            {"type": "string"},
            **comma,
        ),
    }


_ORDERS: Final = tuple(ORDER.kind.write(by_distance)[0] for by_distance in (False, True))


def _questions() -> Node:
    json, ranked = ({JSON: {"schema": _ref("schemas", name)}} for name in ("answer", "nearest"))
    lon, lat = (number_parameter(one, one.kind.noun) for one in (LON, LAT))
    place = [{**one, "required": True} for one in (lon, lat)]
    name_parameters = [
        {
            **parameter("q", "Nom, code postal ou code INSEE", {**TEXT, "minLength": 1}),
            "required": True,
        },
        number_parameter(LIMIT, LIMIT.kind.noun),
    ]
    return {
        "/nearest": _get(
            "Questions", "Catalyseurs les plus proches", _nearest(lon, lat), ranked, _COUNTS_HELP
        ),
        "/coverage": _get("Questions", "Habitants à portée", _coverage(), json, _REACH),
        "/ecosystem": _get("Questions", "Écosystème à une date", past_parameters(), json, PAST),
        "/network": _get("Questions", "Qui relie qui", network(), json, BRIDGING),
        "/locate": _get("Questions", "Territoires qui contiennent un point", place, json),
        "/communes": _get("Questions", "Communes de ce nom, ce code", name_parameters, json),
    }


def _coverage() -> list[Node]:
    kinds = {"type": "string", "enum": [*kind_codes()], "default": "departement"}
    parameters = [parameter(OUTLINES.english, "Type des territoires", kinds), *_filters()]
    beside = _also("Lieux ressources comptés à part dans beside_within (répétable)")
    return [*parameters, number_parameter(WITHIN, "Ce qui est à portée, en kilomètres"), beside]


def _also(description: str) -> Node:
    known = {"type": "string", "enum": [*ALSO.kind.known()]}
    return parameter(ALSO.english, description, {"type": "array", "items": known})


def _filters() -> list[Node]:
    return [
        parameter(
            facet.english,
            f"{vocabularies()[facet.vocabulary].title} (répétable)",
            _several(facet.vocabulary),
        )
        for facet in FACETS.values()
    ]


def _nearest(lon: Node, lat: Node) -> list[Node]:
    commune = parameter(
        "commune", "Code INSEE ; sinon lon et lat", {"type": "string", "maxLength": 20}
    )
    return [
        commune,
        lon,
        lat,
        number_parameter(COUNT, "Nombre de catalyseurs classés, au plus"),
        number_parameter(RADIUS, "Distance maximale, en kilomètres"),
        parameter(
            ORDER.english,
            "fiches (par défaut) : à moins de 2 km d’écart, la fiche la mieux renseignée d’abord ; "
            "distance : distance seule",
            {"type": "string", "enum": [*_ORDERS], "default": _ORDERS[0]},
        ),
        *_filters(),
        _also(
            "Lieux ressources et territoires accompagnés, dits à part dans « beside » (répétable)"
        ),
    ]


def _several(vocabulary: str) -> Node:
    return {"type": "array", "items": {"type": "string", "enum": list(facet(vocabulary))}}


def _problems() -> Node:
    content = {MEDIA_TYPE: {"schema": _ref("schemas", "problem")}}
    return {
        f"E{code}": {"description": title, "content": content} for code, title in TITLES.items()
    }


def _schemas() -> Node:
    text, thing = {"type": "string"}, {"type": "object"}
    whole = {"type": "integer", "minimum": 0}
    feature = {
        "type": text,
        "id": text,
        "geometry": {**thing, "nullable": True},
        "properties": {
            **thing,
            "properties": {"fictive": {"type": "boolean", "description": MADE_UP}},
        },
    }
    features = {
        "type": {"type": "string", "enum": ["FeatureCollection"]},
        "features": {"type": "array", "items": _ref("schemas", "feature")},
        "numberMatched": whole,
        "numberReturned": whole,
        "timeStamp": {"type": "string", "format": "date-time"},
        "links": {"type": "array", "items": thing},
    }
    problem = {"type": text, "title": text, "status": {"type": "integer"}, "detail": text}
    return {
        "document": {**thing, "required": ["links"]},
        "answer": {**thing, "required": ["results"]},
        "nearest": {
            **thing,
            "required": ["results", *counts(whole)],
            "properties": counts(whole),
        },
        "problem": {**thing, "required": [*problem], "properties": {**problem, "parameter": text}},
        "feature": {**thing, "required": [*feature], "properties": feature},
        "features": {**thing, "required": [*features], "properties": features},
    }
