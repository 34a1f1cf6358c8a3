"""Columns of dates, brought to ISO: YYYY, YYYY-MM or YYYY-MM-DD."""

from geo.directory.importing.date_text import is_counted, is_numbers, iso
from geo.directory.importing.dry_run import INFO
from geo.directory.importing.row_batch import RowBatch, Texts, each, where


def dates(batch: RowBatch, name: str) -> Texts:
    """Return ISO dates; what is none is left empty and told."""
    read = batch.texts(name)
    month_first = _puts_the_month_first(read)
    values = each(read, lambda text: iso(text, month_first=month_first))
    has_text = where(read, lambda text: text.strip())
    batch.tell(has_text & (values == ""), name, "Date illisible : laissée vide.", (read, values))
    order = "mois/jour/année, comme le veut sa colonne" if month_first else "jour/mois/année"
    in_numbers = where(read, is_numbers) & (values != "")
    batch.tell(in_numbers, name, f"Date lue {order}.", (read, values), INFO)
    counted = where(read, is_counted)
    batch.tell(counted, name, "Nombre de jours ou de secondes lu comme une date.",
               (read, values), INFO)  # fmt: skip
    return values


def _puts_the_month_first(read: Texts) -> bool:
    """Return whether some dates have a meaning only month first, and none only day first."""
    in_numbers = [text for text in dict.fromkeys(read.tolist()) if is_numbers(text)]
    day_first = [bool(iso(text)) for text in in_numbers]
    month_first = [bool(iso(text, month_first=True)) for text in in_numbers]
    return all(month_first) and not all(day_first)
