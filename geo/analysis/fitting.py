"""The catalysts that fit a request best: who covers the place or is near, and has the practice."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from geo.analysis.nearest import Search, nearest
from geo.analysis.origin import Origin
from geo.directory.directory import Directory
from geo.french import NBSP, distance
from geo.query.selection import Selection
from geo.vocabulary import label

BEST: Final = 3
NEAR_M: Final = 150_000.0
"""Farther, in metres, a catalyst is not one that a mayor drives to."""
AS_FAR_M: Final = 100_000.0
"""A catalyst whose scope holds the place counts as no farther than this, in metres."""
FARTHEST_M: Final = 1_000_000.0
RULE: Final = (
    "D’abord ceux qui exercent la pratique demandée, à moins de 150 km ou en déclarant intervenir "
    "sur ce territoire ; puis, aussi près, ceux dont la pratique n’est pas connue ; puis ceux qui "
    "l’exercent plus loin ; puis les autres. À rang égal, du plus proche au plus lointain, qui "
    "déclare intervenir ici comptant comme à 100 km au plus. Au-delà de 1\u202f000 km, seuls "
    "ceux-là restent. Cette règle est celle de ce site, non du réseau."
)
_GONE: Final = re.compile(r"\bdissoute?s?\b", re.IGNORECASE)
"""What the note of a record says of an organisation that is no more: nobody there answers."""
_EVERYBODY: Final = 10_000


@dataclass(frozen=True)
class Fit:
    """A catalyst that a request may go to, and why, in French."""

    catalyst_id: str
    name: str
    reasons: tuple[str, ...]


def best_fits(
    directory: Directory, origin: Origin, practice: str = "", *, first: str = "", most: int = BEST
) -> list[Fit]:
    """Return the catalysts that fit best, by the rule of ``RULE``; none fictitious or dissolved.

    Parameters
    ----------
    practice
        The practice asked for, none when empty.
    first
        A catalyst that a link names: it comes first, whatever its place.
    """
    found = nearest(directory, origin, Selection(), Search(count=_EVERYBODY)).all_rows
    is_dissolved = found["note"].str.contains(_GONE) if len(found) else found["fictive"]
    real = found[~(found["fictive"].astype(bool) | is_dissolved.astype(bool))]
    rows = real.to_dict("records")
    near = [row for row in rows if row["covers"] or row["distance_m"] <= FARTHEST_M]
    ordered = sorted(near, key=lambda row: (_tier(row, practice), _effective_m(row)))
    named = [row for row in rows if row["catalyst_id"] == first]
    others = [row for row in ordered if row["catalyst_id"] != first]
    return [_fit(row, practice) for row in (named + others)[:most]]


def named_first(fits: list[Fit], actor: Mapping[str, Any], origin: Origin) -> list[Fit]:
    """Put first the organisation that a link names, though it is no catalyst; none made up.

    Parameters
    ----------
    actor
        Its published record; a blank one names nobody.
    """
    named = str(actor["actor_id"])
    if not named or actor["fictive"] or any(fit.catalyst_id == named for fit in fits):
        return fits
    reasons = ["vous lisiez sa fiche"]
    metres = origin.distances_m(np.array([actor["longitude"]]), np.array([actor["latitude"]]))
    if np.isfinite(metres[0]):
        reasons.append(_far(float(metres[0])))
    return [Fit(named, str(actor["actor_name"]), tuple(reasons)), *fits][:BEST]


def _far(metres: float) -> str:
    return "sur place" if not metres else f"à {distance(metres)}"


def _tier(row: dict[Any, Any], practice: str) -> int:
    near = bool(row["covers"]) or float(row["distance_m"]) <= NEAR_M
    if not practice or practice in row["practices"]:
        return 0 if near else 2
    return 1 if near and not row["practices"] else 3


def _effective_m(row: dict[Any, Any]) -> float:
    metres = float(row["distance_m"])
    if metres != metres:  # noqa: PLR0124 - NaN: no point, known by its scope
        return AS_FAR_M
    return min(metres, AS_FAR_M) if row["covers"] else metres


def _fit(row: dict[Any, Any], practice: str) -> Fit:
    return Fit(str(row["catalyst_id"]), str(row["catalyst_name"]), tuple(_reasons(row, practice)))


def _reasons(row: dict[Any, Any], practice: str) -> list[str]:
    reasons = []
    if practice and practice in row["practices"]:
        inferred = ", d’après sa description" if row["practices_basis"] == "inferred" else ""
        reasons.append(f"{label('practice', practice)}{inferred}")
    elif not row["practices"]:
        reasons.append("pratique non connue")
    elif practice:
        reasons.append(f"autre pratique{NBSP}: {label('practice', row['practices'][0])}")
    if row["covers"]:
        reasons.append("déclare intervenir sur ce territoire")
    metres = float(row["distance_m"])
    if metres == metres:  # noqa: PLR0124
        reasons.append(_far(metres))
    return reasons
