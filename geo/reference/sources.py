"""Where the reference comes from: ``data/sources.toml``, and the credit drawn from it."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, Final

from geo.errors import BadFileError, MissingDataError
from geo.settings import settings

INPUT: Final = "input"
_NO_BREAK: Final = "\u00a0"


@dataclass(frozen=True)
class Source:
    """One input or one file of the project; ``date`` is ISO 8601, ``sha256`` its content's.

    ``credit`` is its short name in an attribution, empty where another line of the same
    publisher already says it; ``role`` is "input" or "file".
    """

    id: str
    title: str
    publisher: str
    licence: str
    vintage: str
    date: str
    url: str
    sha256: str
    used_for: str
    credit: str = ""
    through: str = ""
    role: str = INPUT


@cache
def _read(path: Path) -> tuple[Source, ...]:
    if not path.is_file():
        raise MissingDataError(
            f"Le fichier {path.name} manque dans {path.parent}. "
            "Rétablissez-le depuis le dépôt ou lancez « make reference »."
        )
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get("source", [])
        return tuple(map(_source, rows))
    except (tomllib.TOMLDecodeError, TypeError) as fault:
        raise BadFileError(f"{path} n’est pas une liste de sources : {fault}.") from fault


def _source(row: dict[str, Any]) -> Source:
    known = {field.name for field in fields(Source)}
    return Source(**{name: value for name, value in row.items() if name in known})


def sources() -> tuple[Source, ...]:
    """List what the project takes from others, in the order of the file."""
    return tuple(source for source in everything() if source.role == INPUT)


def everything() -> tuple[Source, ...]:
    """List the inputs and the files made from them."""
    return _read(settings().data / "sources.toml")


def attribution() -> str:
    """Credit the sources in one short French line, for maps and exports."""
    return credit(sources())


def credit(listed: Iterable[Source]) -> str:
    """Name the credited sources under their licences."""
    by_licence: dict[str, list[str]] = {}
    for source in listed:
        if source.credit:
            by_licence.setdefault(source.licence, []).append(source.credit)
    dash = f"{_NO_BREAK}— "
    return f"{_NO_BREAK}; ".join(
        f"{', '.join(names)}{dash}{name}" for name, names in by_licence.items()
    )


def vintage() -> str:
    """Explain in French which year the figures of a territory are of."""
    years = {source.id: source.vintage for source in sources()}
    return (
        f"Population {years['insee-population']}, communes {years['insee-cog']}, "
        f"EPCI {years['dgcl-epci']}, CRTE {years['anct-crte']}."
    )
