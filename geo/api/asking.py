"""Reading what a request asks: each parameter known, given once, of its type and in its bounds."""

import math
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from starlette.requests import Request

from geo.api.problem import RefusedError
from geo.french import quoted

LONGEST: Final = 300
_WHOLE: Final = re.compile(r"[+-]?[0-9]{1,30}")
_REAL: Final = re.compile(r"[+-]?([0-9]{1,30}(\.[0-9]{0,30})?|\.[0-9]{1,30})([eE][+-]?[0-9]{1,3})?")

Given = dict[str, list[str]]


def given(request: Request, known: Collection[str], many: Collection[str] = ()) -> Given:
    """Read the query: every parameter known, given once but those that may be many.

    Raises
    ------
    RefusedError
        The parameter at fault is named.
    """
    found: Given = {}
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
        if len(values) > 1 and name not in many:
            raise RefusedError(f"Le paramètre {name} est donné {len(values)} fois.", name)
    return found


def one(asked: Given, name: str) -> str | None:
    """Give the value of a parameter, None where it is not given."""
    return asked[name][0] if name in asked else None


def whole(asked: Given, name: str, least: int, most: int | None = None) -> int | None:
    """Read a whole number in its bounds."""
    text = one(asked, name)
    if text is None:
        return None
    value = int(text) if _WHOLE.fullmatch(text) else None
    if value is None or value < least or (most is not None and value > most):
        upper = f" à {most}" if most is not None else " ou plus"
        raise RefusedError(
            f"{name} : {quoted(text[:40])} n’est pas un nombre entier de {least}{upper}.", name
        )
    return value


def number(text: str, name: str) -> float:
    """Read a finite number written with Western digits."""
    value = float(text) if _REAL.fullmatch(text) else math.inf
    if not math.isfinite(value):
        raise RefusedError(f"{name} : {quoted(text[:40])} n’est pas un nombre.", name)
    return value


def real(asked: Given, name: str) -> float | None:
    """Read a finite number, None where it is not given."""
    text = one(asked, name)
    return None if text is None else number(text, name)


def chosen(request: Request, asked: Given, types: Mapping[str, Sequence[str]]) -> str:
    """Choose the form of the answer: by ``f``, else by what the client accepts, else the first.

    ``types`` gives, for each form, the media types that ask for it.

    Raises
    ------
    RefusedError
        400 for an unknown ``f``, 406 when the client accepts none of them.
    """
    form = one(asked, "f")
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
