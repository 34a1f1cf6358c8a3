"""Parameters as OpenAPI defines them; those of the network of alliances."""

from math import isfinite
from typing import Any, Final

from geo.api.query_params import LONGEST
from geo.query.parameter import NumberParameter
from geo.query.parameters import ACTOR, CURRENT, ECOSYSTEM, ODD, TYPE, YEAR
from geo.vocabulary import vocabularies

Node = dict[str, Any]
TEXT: Final = {"type": "string", "maxLength": LONGEST}
BRIDGING: Final = (
    "between : part (0 à 1) des plus courts chemins entre deux autres acteurs qui passent par "
    "lui ; cut : acteurs qui perdraient leur lien sans lui. Une mesure qu’un réseau trop petit ne "
    "permet pas vaut null. p_value : permutation des profils ; mêmes tirages à chaque appel."
)


def parameter(name: str, description: str, schema: Node, **more: Any) -> Node:
    """Define one parameter of an address."""
    return {"name": name, "in": "query", "description": description, "schema": schema, **more}


def number_parameter(parameter_type: NumberParameter[Any], description: str) -> Node:
    """Define a number by the bounds that it is declared with."""
    kind = parameter_type.kind
    schema: Node = {"type": "integer" if kind.integer else "number", "minimum": int(kind.least)}
    schema |= {"exclusiveMinimum": True} if kind.above else {}
    schema |= {"maximum": int(kind.most)} if isfinite(kind.most) else {}
    schema |= {"default": int(parameter_type.default)} if parameter_type.default is not None else {}
    return parameter(parameter_type.english, description, schema)


def network() -> list[Node]:
    """List the filters of the network of alliances."""
    free_text = [
        parameter(parameter_type.english, parameter_type.help, dict(TEXT))
        for parameter_type in (ECOSYSTEM, ACTOR)
    ]
    enumerated = [
        parameter(
            parameter_type.english,
            parameter_type.help,
            {"type": "string", "enum": [*vocabularies()[name].ids()]},
        )
        for parameter_type, name in ((TYPE, "any_partnership"), (ODD, "odd"))
    ]
    current_only = {"type": "string", "enum": CURRENT.kind.write(value=True)}
    return [
        *free_text,
        *enumerated,
        parameter(CURRENT.english, CURRENT.help, current_only),
        number_parameter(YEAR, YEAR.help),
    ]
