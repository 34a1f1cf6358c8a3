"""Pieces of the OpenAPI definition of the questions: what is counted, what is asked of the past."""

from typing import Any, Final

from geo.query.parameters import COMPARED_DATE, DATE, ECOSYSTEM, READING
from geo.query.time_parameters import READINGS

Node = dict[str, Any]
PAST: Final = (
    "reading=existait : d’après les dates des fiches publiées aujourd’hui ; reading=savait : "
    "d’après l’historique de la base. undated compte les fiches que rien ne date ; unnamed, celles "
    "de toute la base qui ne sont plus publiées, et que le passé ne nomme pas."
)
_DATE: Final = {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}){0,2}$"}


def past_parameters() -> list[Node]:
    """Define an ecosystem, a date, a second one and a reading."""
    reading = {"type": "string", "enum": [*READINGS], "default": READING.default}
    schemas = (
        (ECOSYSTEM, {"type": "string", "maxLength": 200}),
        (DATE, _DATE),
        (COMPARED_DATE, _DATE),
        (READING, reading),
    )
    return [
        {
            "name": parameter.english,
            "in": "query",
            "description": "Identifiant de l’écosystème"
            if parameter is ECOSYSTEM
            else parameter.help,
            "required": parameter is ECOSYSTEM,
            "schema": schema,
        }
        for parameter, schema in schemas
    ]


def counts(whole: Node) -> Node:
    """Define the three counts of a search."""
    descriptions = {
        "count": "Réponses en tout : nearest_count et covering_count",
        "nearest_count": "Catalyseurs classés par distance : k au plus",
        "covering_count": "Catalyseurs sans point dont le territoire d’intervention couvre le lieu",
    }
    return {name: {**whole, "description": text} for name, text in descriptions.items()}
