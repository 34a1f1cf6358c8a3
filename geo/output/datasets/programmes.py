"""Resource places, accompanied territories and awarded communes as they may leave."""

from typing import Final

import numpy as np
import pandas as pd
import shapely

from geo.directory.schema import REAL, TEXT, TEXTS, WHOLE
from geo.output.datasets.table import Column, Dataset, Shapes, with_columns
from geo.output.programmes import TITLES
from geo.reference import programmes as reference

_COLUMNS: Final = (
    Column("programme_record_id", "Identifiant"),
    Column("record_name", "Nom"),
    Column("programme", "Programme", TEXT, reference.VOCABULARY),
    Column("practices", "Pratiques, par la définition du programme", TEXTS, "practice"),
    Column("places", "Territoires", TEXTS),
    Column("town", "Communes"),
    Column("commune_code", "Code de la commune"),
    Column("departement_code", "Code du département"),
    Column("location_precision", "Précision du lieu"),
    Column("unknown_codes", "Codes sans territoire d’aujourd’hui", TEXTS),
    Column("signed", "Signé le"),
    Column("source_date", "Liste du mois"),
    Column("source_title", "Source"),
    Column("licence", "Licence"),
    Column("website", "Page du territoire"),
)
_RANKED: Final = (Column("rank", "Rang", WHOLE), Column("distance_m", "Distance (m)", REAL))


def programmes(rows: pd.DataFrame, nature: str) -> Dataset:
    """Return the rows of a nature, each with its programme, its list and its licence.

    A point is that of the only commune or territory, of the most populous of several communes.
    """
    subject, title = TITLES[nature]
    of_nature = rows[rows["nature"] == nature]
    added = tuple(one for one in _RANKED if one.name in of_nature)
    columns = (*_COLUMNS, *added)
    frame = of_nature.assign(
        programme_record_id=of_nature.index.astype(str),
        places=pd.Series(
            [[str(one) for one in place_list] for place_list in of_nature["places"]],
            of_nature.index,
            object,
        ),
        unknown_codes=pd.Series(
            [[*place_list] for place_list in of_nature["unknown_codes"]], of_nature.index, object
        ),
        source_date=of_nature["listed"],
        source_title=reference.SOURCE,
        licence=reference.LICENCE,
        website=of_nature["url"],
    )
    if added:
        frame["distance_m"] = frame["distance_m"].astype(float).round(1)
    frame = frame.set_index("programme_record_id", drop=False)
    return Dataset(
        subject, title, columns, with_columns(frame, columns), _points(of_nature), "Point"
    )


def _points(rows: pd.DataFrame) -> Shapes:
    lon, lat = (rows[name].to_numpy(float) for name in ("longitude", "latitude"))
    found = np.full(len(rows), None, dtype=object)
    known = np.isfinite(lon)
    found[known] = shapely.points(lon[known], lat[known])
    return found
