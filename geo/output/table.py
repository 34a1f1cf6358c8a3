"""CSV for a spreadsheet: semicolons, UTF-8 with BOM, decimal points, no formula."""

import csv
import io
from collections.abc import Iterable
from typing import Any, Final

import pandas as pd

from geo.output.caption import Caption
from geo.output.records import FIELDS, answer_fields, practice_labels, records
from geo.vocabulary import label

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_ORIGIN: Final = ("extraction", "attribution")
_LABELS: Final = ("profile_label", "practices_label", "evidence_label")


def catalysts_csv(rows: pd.DataFrame, caption: Caption) -> bytes:
    """Write catalysts, those without a point included; the last columns say where it comes from.

    The columns are those of the file of catalysts, so an export can be loaded again.
    """
    header = [*FIELDS, "fictif", *answer_fields(rows), *_LABELS, "longitude", "latitude"]
    points = zip(rows["longitude"], rows["latitude"], strict=True)
    cells = [
        [record[name] for name in header[: -len(_LABELS) - 2]] + _labels(record) + [lon, lat]
        for record, (lon, lat) in zip(records(rows), points, strict=True)
    ]
    return write_csv(header, cells, caption.line(len(rows)), caption)


def write_csv(header: list[str], rows: Iterable[list[Any]], origin: str, caption: Caption) -> bytes:
    """Write any table, with two last columns that say its filters, date and sources."""
    attribution = caption.provenance()["attribution"]
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([*header, *_ORIGIN])
    writer.writerows([_cell(value) for value in [*row, origin, attribution]] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _labels(record: dict[str, Any]) -> list[str]:
    return [
        label("any_profile", record["profile"]),
        practice_labels(record["practices"]),
        label("evidence", record["evidence"]),
    ]


def _cell(value: Any) -> Any:
    """Write one cell; a text that a spreadsheet would run as a formula gets an apostrophe."""
    if value is None or (isinstance(value, float) and value != value):  # noqa: PLR0124 - NaN
        return ""
    if isinstance(value, list):
        value = ";".join(value)
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value
