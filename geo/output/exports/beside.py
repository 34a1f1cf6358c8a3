"""Files of resource places and programmes: their own, and as layers beside catalysts."""

from collections.abc import Mapping
from typing import Final

import pandas as pd

from geo.analysis import programmes
from geo.output.caption import Caption
from geo.output.datasets.programmes import programmes as programmes_table
from geo.output.datasets.table import Dataset
from geo.output.exports.model import Export
from geo.output.programmes import TITLES
from geo.query import parameters as p
from geo.query.query import Query
from geo.query.selection import Selection
from geo.reference import programmes as reference
from geo.reference.territory import territory

NATURES: Final[Mapping[str, str]] = {subject: nature for nature, (subject, _) in TITLES.items()}
_NAMES: Final = {
    "places": "lieux-ressources",
    "programmes": "territoires-accompagnes",
    "badges": "communes-laureates",
}


def layers(rows: pd.DataFrame) -> tuple[Dataset, ...]:
    """Return the rows shown beside catalysts, one dataset a nature that is there."""
    present = {*rows["nature"]}
    return tuple(programmes_table(rows, title) for title in TITLES if title in present)


def export(subject: str, query: Query) -> Export:
    """Return the rows of one nature: all its programmes, or those that are asked for."""
    nature = NATURES[subject]
    every = reference.of_nature(nature)
    programme_codes = tuple(one for one in query[p.ALSO] if one in every) or every
    selection = Selection(practices=query[p.PRACTICE], text=query[p.TEXT], also=programme_codes)
    rows, title = programmes.selected(selection), TITLES[nature][1]
    if place := query[p.TERRITORY]:
        found = territory(*place)
        rows, title = programmes.inside(rows, *place), f"{title}, {found.label}"
    named = ", ".join(reference.programme(code).plural for code in programme_codes)
    about = Caption(
        title=title,
        filters=f"{selection.alone.in_words()}\u00a0; programmes\u00a0: {named}",
        fictive=False,
        catalysts_from=programmes.vintage(rows) if len(rows) else reference.SOURCE,
        about="Ce ne sont pas des catalyseurs",
        subject=subject,
    )
    return Export((programmes_table(rows, nature),), about, _NAMES[subject], query[p.UNPLACED])
