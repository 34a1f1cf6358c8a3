"""The image of Couverture: mean distances by territory, before or after the places proposed."""

from dataclasses import replace
from typing import Final

from geo.analysis.proximity.proximity import proximity
from geo.analysis.siting.question import SitingQuestion
from geo.analysis.siting.siting import Siting, siting
from geo.directory.directory import Directory
from geo.french import count, number
from geo.output.caption import caption
from geo.output.images.model import MapImage, Shaded
from geo.output.maps.places import HEXAGONE
from geo.output.maps.proposed import proposed_bounds
from geo.output.maps.territories import LEFT_OUT
from geo.output.proximity import FAR_SCALE, share
from geo.output.siting import far_by_territory
from geo.output.svg_maps.shades import known
from geo.query import parameters as p
from geo.query.query import Query
from geo.vocabulary import one_by_one

_USUAL: Final = "departement"
_SHADED: Final = "Distance moyenne d’un habitant au plus proche"


def coverage_image(query: Query, book: Directory) -> MapImage:
    """Return the map of the page: with the places that siting proposes, once they are asked for.

    Raises
    ------
    AtlasError
        A question of siting that cannot be answered.
    """
    selection, kind = query.selection, query[p.OUTLINES] or _USUAL
    found = siting(book, SitingQuestion.of(query)) if p.PLACES in query else None
    seen = proximity(book, kind, selection, query[p.WITHIN]).frame["mean_km"].to_dict()
    values = known(far_by_territory(found, kind) if found else seen)
    when = "avec ces lieux" if found else "aujourd’hui"
    scale = replace(FAR_SCALE, without=LEFT_OUT) if found else FAR_SCALE
    title = _title(found) if found else "Distance au catalyseur le plus proche"
    return MapImage(
        caption(book, selection, f"{title}, {one_by_one(kind)}"),
        book.select(selection),
        proposed_bounds(found) if found else HEXAGONE,
        "couverture",
        shaded=Shaded(kind, f"{_SHADED}, {when}", values, scale),
        proposed=found.places if found else None,
        sentence=_siting_sentence(found) if found else "",
    )


def _title(found: Siting) -> str:
    if found.places.empty:
        return "Aucun prochain lieu à proposer"
    return f"{count(len(found.places), 'prochain lieu', 'prochains lieux')} où aider"


def _siting_sentence(found: Siting) -> str:
    before, after = (share(one.within, found.counted) for one in (found.before, found.after))
    return (
        f"À moins de {number(found.question.within_km)} km : {before} des habitants comptés "
        f"aujourd’hui, {after} avec ces lieux."
    )
