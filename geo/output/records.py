"""The public fields of a catalyst, in the order every export gives them."""

from typing import Any, Final

import pandas as pd

from geo.vocabulary import label

FIELDS: Final = (
    "catalyst_id",
    "catalyst_name",
    "profile",
    "practices",
    "practices_basis",
    "town",
    "commune_code",
    "departement_code",
    "region_code",
    "location_precision",
    "scope",
    "evidence",
    "website",
    "source_title",
    "source_url",
    "source_date",
    "note",
    "summary",
    "offers",
    "activities",
    "opening_hours",
)
"""Facts about organisations only: no name, mail or telephone of a person is among them."""

ANSWER_FIELDS: Final = ("relation", "rank", "distance_m", "covers")
"""What a question adds to a catalyst, kept where it is there."""

FICTIVE: Final = "fictif"


def answer_fields(rows: pd.DataFrame) -> list[str]:
    """List the fields a question added to these rows."""
    return [name for name in ANSWER_FIELDS if name in rows.columns]


def records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Return each catalyst as plain values: practices a list, metres whole, missing as None."""
    names = [*FIELDS, *answer_fields(rows)]
    # Column by column as objects: a quarter of the time that pandas takes to make the rows.
    cells = zip(*(rows[name].to_numpy(dtype=object) for name in (*names, "fictive")), strict=True)
    return [_record(dict(zip((*names, "fictive"), row, strict=True)), names) for row in cells]


def _record(row: dict[Any, Any], names: list[str]) -> dict[str, Any]:
    record = {name: _plain(row[name]) for name in names}
    if record.get("distance_m") is not None:
        record["distance_m"] = round(record["distance_m"], 1)
    if record.get("rank") is not None:
        record["rank"] = int(record["rank"])  # the unranked made the column one of floats
    record["fictif"] = FICTIVE if row["fictive"] else ""
    return record


def _plain(value: Any) -> Any:
    if isinstance(value, float) and value != value:  # noqa: PLR0124 - NaN
        return None
    return value.item() if hasattr(value, "item") else value


def practice_labels(codes: list[str]) -> str:
    """Name practices in French, « Non renseigné » for none."""
    return ", ".join(label("practice", code) for code in codes) or label("practice", "")
