"""Parquet files of the reference: opened, or reported as absent or damaged."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from geo.errors import MissingDataError

_MEND = "Rétablissez-le depuis le dépôt ou lancez « make reference »."


def parquet(path: Path) -> pq.ParquetFile:
    """Open one file, not a dataset: no thread pool, no file-system discovery at start-up.

    Raises
    ------
    MissingDataError
        The file is absent, cut short or no Parquet file.
    """
    if not path.is_file():
        raise MissingDataError(f"Le fichier {path.name} manque dans {path.parent}. {_MEND}")
    try:
        return pq.ParquetFile(path)
    except pa.ArrowInvalid:
        raise MissingDataError(
            f"Le fichier {path.name} de {path.parent} est abîmé. {_MEND}"
        ) from None
