"""Where an actor is and acts, asked for by names: a form shows no code and takes one."""

from geo.directory.actors import NATIONAL
from geo.errors import UnknownCodeError
from geo.output.place_names import FRANCE
from geo.reference.gazetteer import by_code
from geo.reference.gazetteer.meant import meant
from geo.reference.place import Place


def commune_words(code: str) -> str:
    """Name a commune; a code that is none stays as it is."""
    return _label("commune", code) if code else ""


def commune_code(text: str, before: str) -> str:
    """Return the code of the commune that a text names; what was not touched stays.

    Raises
    ------
    UnknownCodeError
        It names none, or several.
    """
    if text.strip() in {"", commune_words(before)}:
        return before if text.strip() else ""
    return meant(text, ["commune"]).code


def scope_text(scope: str) -> str:
    """Name where an actor says that it acts."""
    if scope in {"", NATIONAL}:
        return FRANCE if scope else ""
    return _label(*Place.parse(scope))


def scope_code(text: str, before: str) -> str:
    """Return the territory that a text names, « national » for all of France.

    Raises
    ------
    UnknownCodeError
        It names none, or several.
    """
    if text.strip() in {"", scope_text(before)}:
        return before if text.strip() else ""
    if text.strip().casefold() in {NATIONAL, "france", FRANCE.casefold()}:
        return NATIONAL
    place = Place.parse(text.strip())
    if place.code and " " not in place.code:
        return str(place)
    return str(meant(text).place)


def _label(kind: str, code: str) -> str:
    """Name a place by what the search finds it by again, its kind included."""
    try:
        return by_code(kind, code).label
    except UnknownCodeError:
        return code
