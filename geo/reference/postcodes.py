"""Postcodes of the communes, and the département that a postcode begins with."""

from functools import cache

from geo.reference import france


def same_departement(postcode: str, departement: str) -> bool:
    """Tell whether a postcode may be one of a département: Corsica's begin with 20."""
    return postcode.startswith("20" if departement in {"2A", "2B"} else departement)


@cache
def postcodes_of() -> dict[str, frozenset[str]]:
    """List the postcodes of each commune."""
    table = france.communes()["postcodes"]
    return {str(code): frozenset(some) for code, some in table.items()}


@cache
def all_postcodes() -> frozenset[str]:
    """List the postcodes that some commune has."""
    return frozenset().union(*postcodes_of().values())
