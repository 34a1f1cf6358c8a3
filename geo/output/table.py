"""CSV for a spreadsheet: semicolons, UTF-8 with BOM, decimal points, no formula."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final

from geo.files import inert
from geo.output.caption import Caption

_ORIGIN: Final = ("extraction", "attribution")
_AT_ONCE: Final = 2_000


def write_csv(header: list[str], rows: Iterable[list[Any]], origin: str, caption: Caption) -> bytes:
    """Write any table, with two last columns that say its filters, date and sources."""
    return b"".join(csv_lines(header, rows, origin, caption))


def csv_lines(
    header: list[str], rows: Iterable[list[Any]], origin: str, caption: Caption
) -> Iterator[bytes]:
    """Write the same piece by piece."""
    last = [origin, str(caption.provenance()["attribution"])]
    yield codecs.BOM_UTF8 + _to_csv([[*header, *_ORIGIN]])
    remaining = iter(rows)
    while batch := list(islice(remaining, _AT_ONCE)):
        yield _to_csv([_cell(value) for value in [*row, *last]] for row in batch)


def _to_csv(rows: Iterable[list[Any]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode()


def _cell(value: Any) -> Any:
    """Write one cell: lists joined, yes or no, nothing for nothing, never a formula."""
    if value is None or (isinstance(value, float) and value != value):  # noqa: PLR0124 - NaN
        return ""
    if isinstance(value, list):
        value = ";".join(value)
    if isinstance(value, bool):
        return "oui" if value else "non"
    return inert(value) if isinstance(value, str) else value
