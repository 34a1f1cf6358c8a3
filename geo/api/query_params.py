"""Reading what a request asks: each parameter known, given once, of its type and in its bounds."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from starlette.requests import Request

from geo.api.problem import RefusedError
from geo.french import quoted
from geo.query.query import check_once
from geo.query.values import number as number_in
from geo.query.values import whole as whole_in

LONGEST: Final = 300

QueryValues = dict[str, list[str]]


def values_of(request: Request) -> QueryValues:
    """List every value of each parameter of the query, in one pass: a query may hold thousands."""
    found: QueryValues = {}
    for name, value in request.query_params.multi_items():
        found.setdefault(name, []).append(value)
    return found


def read_parameters(
    request: Request, known: Collection[str], many: Collection[str] = ()
) -> QueryValues:
    """Read the query: every parameter known, given once but those that may be many.

    Raises
    ------
    RefusedError, BadParameterError
        The parameter at fault is named.
    """
    found: QueryValues = {}
    for name, value in request.query_params.multi_items():
        if name not in known:
            raise RefusedError(
                f"Paramètre inconnu : {quoted(name[:60])}. Connus : {', '.join(sorted(known))}.",
                name[:60],
            )
        if len(value) > LONGEST:
            raise RefusedError(f"Le paramètre {name} dépasse {LONGEST} caractères.", name)
        found.setdefault(name, []).append(value)
    for name, values in found.items():
        if name not in many:
            check_once(values, name)
    return found


def one(parameters: QueryValues, name: str) -> str | None:
    """Return the value of a parameter, None where it is not given."""
    return parameters[name][0] if name in parameters else None


def whole(parameters: QueryValues, name: str, least: int, most: int | None = None) -> int | None:
    """Read a whole number in its bounds."""
    text = one(parameters, name)
    if text is None:
        return None
    value = whole_in(text)
    if value is None or value < least or (most is not None and value > most):
        upper = f" à {most}" if most is not None else " ou plus"
        raise RefusedError(
            f"{name} : {quoted(text[:40])} n’est pas un nombre entier de {least}{upper}.", name
        )
    return value


def number(text: str, name: str) -> float:
    """Read a finite number written with Western digits."""
    value = number_in(text)
    if value is None:
        raise RefusedError(f"{name} : {quoted(text[:40])} n’est pas un nombre.", name)
    return value


def chosen(request: Request, parameters: QueryValues, types: Mapping[str, Sequence[str]]) -> str:
    """Choose the form of the answer: by ``f``, else by what the client accepts, else the first.

    ``types`` gives, for each form, the media types that ask for it.

    Raises
    ------
    RefusedError
        400 for an unknown ``f``, 406 when the client accepts none of them.
    """
    form = one(parameters, "f")
    if form is not None:
        if form not in types:
            raise RefusedError(f"f : {quoted(form[:40])} n’est pas de {', '.join(types)}.", "f")
        return form
    ranges = _ranges(request.headers.get("accept", ""))
    best = max(types, key=lambda one: max(_liking(ranges, type_) for type_ in types[one]))
    if max(_liking(ranges, type_) for type_ in types[best]) <= 0:
        offered = ", ".join(type_ for some in types.values() for type_ in some)
        raise RefusedError(f"Formes servies : {offered}.", "Accept", 406)
    return best


def _ranges(header: str) -> list[tuple[str, float]]:
    found = []
    for part in header[:2000].lower().split(","):
        name, *rest = (piece.strip() for piece in part.split(";"))
        quality = next((piece[2:] for piece in rest if piece.startswith("q=")), "1")
        if name:
            found.append(
                (name, float(quality) if re.fullmatch(r"[01](\.\d{0,3})?", quality) else 1.0)
            )
    return found or [("*/*", 1.0)]


def _liking(ranges: list[tuple[str, float]], media_type: str) -> float:
    """Tell how much a client wants a type: its most exact range counts."""
    major = media_type.partition("/")[0]
    for name in (media_type, f"{major}/*", "*/*"):
        found = [quality for range_, quality in ranges if range_ == name]
        if found:
            return found[0]
    return 0.0
