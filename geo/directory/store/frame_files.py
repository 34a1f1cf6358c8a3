"""Large frames in files of Arrow, which the system brings into memory where they are looked at.

A column that nobody reads takes no memory then, and what is not looked at any more goes without
being written anywhere. To open such a file costs no reading.
"""

import json
import os
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa

from geo.directory.store.rows import distinct_lists
from geo.memory import map_file

_LISTS: Final = pa.list_(pa.string())
_SOURCES: Final = b"sources"
_INDEX: Final = b"index"


def write_frame(path: Path, frame: pd.DataFrame) -> None:
    """Write a frame of texts, lists of texts and numbers, by the one of its columns it is known by.

    Columns that hold the very same texts, as those that no record fills, are written once.

    Raises
    ------
    OSError
        It cannot be written.
    """
    values = {name: _values(one) for name, one in frame.items()}
    first: dict[int, Any] = {}
    sources = {name: first.setdefault(id(one), name) for name, one in values.items()}
    table = pa.table({name: _to_arrow(values[name]) for name in dict.fromkeys(sources.values())})
    about = {_SOURCES: json.dumps(sources), _INDEX: frame.index.name}
    table = table.replace_schema_metadata(about)
    with path.open("wb") as file:
        with pa.ipc.new_file(file, table.schema) as writer:
            writer.write_table(table)
        file.flush()
        os.fsync(file.fileno())  # whole, or not there once it has its name
        if hasattr(os, "fchmod"):  # cut in place, a mapped file ends whoever looks at it
            os.fchmod(file.fileno(), 0o400)


def read_frame(path: Path) -> pd.DataFrame:
    """Open what ``write_frame`` wrote; its texts stay in the file.

    Raises
    ------
    OSError, ValueError, pyarrow.ArrowException
        It is not there, or no such file.
    """
    table = pa.ipc.open_file(map_file(path)).read_all()
    about = table.schema.metadata
    values = {name: _from_arrow(table[name]) for name in table.column_names}
    columns = {name: values[one] for name, one in json.loads(about[_SOURCES]).items()}
    index = about[_INDEX].decode()
    return pd.DataFrame(columns, index=pd.Index(columns[index], name=index))


def _values(column: pd.Series) -> Any:
    """Return what a column holds; texts are the same object for columns that share them."""
    return column.array._pa_array if column.dtype == "str" else column.to_numpy()  # noqa: SLF001


def _to_arrow(values: Any) -> pa.Array:
    if isinstance(values, pa.ChunkedArray):
        return values.chunk(0) if values.num_chunks == 1 else values.combine_chunks()
    if values.dtype != object:
        return pa.array(values)
    codes, lists = distinct_lists(values)
    return pa.DictionaryArray.from_arrays(codes.astype(np.int32), pa.array(lists, _LISTS))


def _from_arrow(column: pa.ChunkedArray) -> Any:
    if not pa.types.is_dictionary(column.type):
        return column.to_pandas().array
    if not column.num_chunks:
        return np.empty(0, dtype=object)
    whole = column.chunk(0)  # as it was written
    lists = np.empty(len(whole.dictionary), dtype=object)
    lists[:] = whole.dictionary.to_pylist()
    return lists[whole.indices.to_numpy()]
