"""Columns of dates, brought to ISO: YYYY, YYYY-MM or YYYY-MM-DD."""

from geo.directory.importing.date_text import FRENCH, iso
from geo.directory.importing.dry_run import INFO
from geo.directory.importing.row_batch import RowBatch, Texts, each, where


def dates(batch: RowBatch, name: str) -> Texts:
    """Return ISO dates; what is none is left empty and told."""
    read = batch.texts(name)
    values = each(read, iso)
    has_text = where(read, lambda text: text.strip())
    batch.tell(has_text & (values == ""), name, "Date illisible : laissée vide.", (read, values))
    french = where(read, lambda text: bool(FRENCH.fullmatch(text.strip()) and iso(text)))
    batch.tell(french, name, "Date lue jour/mois/année.", (read, values), INFO)
    return values
