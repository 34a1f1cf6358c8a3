"""Files of the page Couverture: every territory's distances, and the places proposed."""

from typing import Final

from geo.analysis.proximity.proximity import proximity
from geo.analysis.siting.question import SitingQuestion
from geo.analysis.siting.siting import siting
from geo.directory.directory import directory
from geo.errors import AtlasError
from geo.output.caption import caption
from geo.output.exports.model import Export
from geo.output.proximity import proximity_export
from geo.output.siting import siting_export
from geo.query import parameters as p
from geo.query.query import Query
from geo.vocabulary import plural

SUBJECTS: Final = ("reach", "siting")


def export(subject: str, query: Query) -> Export:
    """Return the file of one subject.

    Raises
    ------
    AtlasError
        No kind of territory is asked for, or a question of siting that cannot be answered.
    """
    catalysts = directory()
    if subject == "siting":
        return siting_export(catalysts, siting(catalysts, SitingQuestion.of(query)))
    kind = query[p.OUTLINES]
    if not kind:
        raise AtlasError("Dites quels territoires : contours=departement, par exemple.")
    title = f"Distance des habitants au catalyseur le plus proche : {plural(kind)}"
    about = caption(catalysts, query.selection, title)
    return proximity_export(proximity(catalysts, kind, query.selection, query[p.WITHIN]), about)
