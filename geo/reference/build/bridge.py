"""Give each commune of today the outline that an older list of communes drew.

The outlines are those of an earlier official code list. A commune that has merged since is the
union of the old ones; a commune set up again takes the outline of the delegated commune it was;
the commune it left keeps the outlines of its remaining delegated communes.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import shapely

from geo.errors import BadFileError
from geo.reference.build.read import Record

Geometry = Any
_PARTS = ("COMD", "COMA")


@dataclass(frozen=True)
class Bridge:
    """How one commune's outline was found when its code alone did not give it."""

    commune_code: str
    commune_name: str
    how: str
    from_codes: tuple[str, ...]


@dataclass(frozen=True)
class Bridged:
    """Outlines aligned with the communes, how they were bridged, and codes left unused."""

    geometry: np.ndarray[Any, Any]
    bridges: tuple[Bridge, ...]
    unused: tuple[str, ...]


def bridge(current: dict[str, Record], outlines: pd.DataFrame) -> Bridged:
    """Find the outline of every current commune, in the order of ``current``."""
    whole = _by_code(outlines[outlines["type"] == "COM"])
    parts = _by_code(outlines[outlines["type"].isin(_PARTS)])
    shapes: dict[str, Geometry] = {}
    bridges: list[Bridge] = []
    used: set[str] = set()
    for code, row in current.items():
        codes = tuple(c for c in (code, *row.get("anciensCodes", ())) if c in whole)
        used.update(codes)
        if codes != (code,):
            bridges.append(Bridge(code, row["nom"], _bridge_kind(code, codes), codes or (code,)))
        shapes[code] = _union([whole[c] for c in codes] or [_part(code, parts)])
    bridges += _carve(current, shapes, bridges, parts)
    return Bridged(
        geometry=np.array(list(shapes.values()), dtype=object),
        bridges=tuple(sorted(bridges, key=lambda b: b.commune_code)),
        unused=tuple(sorted(set(whole) - used)),
    )


def _bridge_kind(code: str, codes: tuple[str, ...]) -> str:
    if not codes:
        return "restored"
    return "merged" if code in codes or len(codes) > 1 else "renumbered"


def _by_code(frame: pd.DataFrame) -> dict[str, Geometry]:
    return dict(zip(frame["code"], frame["geometry"], strict=True))


def _part(code: str, parts: dict[str, Geometry]) -> Geometry:
    if code not in parts:
        raise BadFileError(
            f"Aucun contour pour la commune {code} : complétez les passages de code."
        )
    return parts[code]


def _union(shapes: list[Geometry]) -> Geometry:
    return shapes[0] if len(shapes) == 1 else shapely.union_all(shapes)


def _carve(
    current: dict[str, Record],
    shapes: dict[str, Geometry],
    bridges: list[Bridge],
    parts: dict[str, Geometry],
) -> list[Bridge]:
    """Cut restored communes out of the commune that still covers them, in place."""
    codes = list(shapes)
    tree = shapely.STRtree(list(shapes.values()))
    detached: dict[str, list[str]] = {}
    for item in bridges:
        if item.how == "restored":
            inside = shapely.point_on_surface(shapes[item.commune_code])
            for at in tree.query(inside, predicate="within"):
                if codes[at] != item.commune_code:
                    detached.setdefault(codes[at], []).append(item.commune_code)
    for code, commune_codes in detached.items():
        shapes[code] = parts.get(code) or shapely.difference(
            shapes[code], shapely.union_all([shapes[other] for other in commune_codes])
        )
    return [Bridge(c, current[c]["nom"], "split", tuple(sorted(g))) for c, g in detached.items()]


def town_halls(current: dict[str, Record], outlines: pd.DataFrame) -> np.ndarray[Any, Any]:
    """Return the town hall of every current commune, none where the source has none."""
    known = outlines[outlines["mairie"].notna()]
    points: dict[str, Geometry] = {}
    for kind in (*_PARTS, "COM"):  # a whole commune's town hall wins over a delegated one's
        frame = known[known["type"] == kind]
        points.update(zip(frame["code"], frame["mairie"], strict=True))
    points_of_communes = [
        _first(points, (code, *row.get("anciensCodes", ()))) for code, row in current.items()
    ]
    return np.array(points_of_communes, dtype=object)


def _first(points: dict[str, Geometry], codes: tuple[str, ...]) -> Geometry | None:
    return next((points[code] for code in codes if code in points), None)
