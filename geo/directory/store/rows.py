"""Records as tables: to Arrow for the lake, to plain records and frames from it."""

import math
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geo.directory.schema import FLAG, REAL, TEXT, TEXTS, WHOLE, Field, RecordKind
from geo.directory.store.changes import Record
from geo.errors import AtlasError

_ARROW: Final = {
    TEXT: pa.string(),
    TEXTS: pa.list_(pa.string()),
    REAL: pa.float64(),
    WHOLE: pa.int64(),
    FLAG: pa.bool_(),
}
_ENDS: Final = {"longitude": 180.0, "latitude": 90.0}
"""How far a place may lie: maps and distances of everybody stop at one that lies beyond."""
_LARGEST: Final = 1e15
"""Of other numbers; infinity is none, and no file of ours could write it."""
_NOWHERE: Final = "\x00"  # in no text of the store: it is taken out of what is written
_UNWRITABLE: Final = re.compile("[\x00\ud800-\udfff]")


def check(kind: RecordKind, records: Iterable[Record]) -> None:
    """Refuse records that their kind does not know.

    Raises
    ------
    AtlasError
        A record has no id, a field that its kind does not know, or a number out of bounds.
    """
    known = {field.name for field in kind.fields}
    ends = {one.name: _ENDS.get(one.name, _LARGEST) for one in kind.fields if one.type == REAL}
    for record in records:
        strange = [name for name in record if name not in known]
        named = str(record.get(kind.id) or "")
        if strange or not named or named != printable(named):
            fault = f"identifiant {'illisible' if named else 'vide'}"
            fault = f"champ inconnu {', '.join(strange)}" if strange else fault
            raise AtlasError(f"Cette fiche ({kind.label}) ne peut être écrite : {fault}.")
        for name, most in ends.items():
            if not abs(record.get(name) or 0) <= most and not _is_missing(record[name]):
                where = "hors de la Terre" if name in _ENDS else "hors de toute mesure"
                raise AtlasError(
                    f"Cette fiche ({kind.label}) ne peut être écrite : {name} {where}."
                )


def table(kind: RecordKind, records: Iterable[Record]) -> pa.Table:
    """Return records of one kind as an Arrow table; what is missing is empty."""
    rows = [*records]
    columns = [
        pa.array(_values(field, [one.get(field.name) for one in rows]), _ARROW[field.type])
        for field in kind.fields
    ]
    return pa.Table.from_arrays(columns, names=[field.name for field in kind.fields])


def _values(field: Field, values: list[Any]) -> list[Any]:
    """Return a column as it is written; most fields of most records are not said."""
    nothing = _value(field, None)
    return [nothing if value is None else _value(field, value) for value in values]


def printable(text: str) -> str:
    """Return a text without what no catalogue takes: NUL, and halves of characters."""
    return text if text.isprintable() else _UNWRITABLE.sub("", text)


def _value(field: Field, value: Any) -> Any:
    if field.type == TEXTS:
        return [printable(str(one)) for one in value] if value is not None else []
    if _is_missing(value):
        return field.empty
    if field.type == TEXT:
        return printable(str(value))
    return {REAL: float, WHOLE: int, FLAG: bool}[field.type](value)


def _is_missing(value: Any) -> bool:
    return value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value))


def in_order(found: pa.Table, name: str) -> pa.Table:
    """Sort rows by a column of texts, byte by byte; DuckDB would keep three times the memory.

    Those of one large write are in order already: sorting them would hold them twice.
    """
    texts = found[name]
    if not pc.any(pc.greater(texts[:-1], texts[1:])).as_py():
        return found
    return found.take(pc.sort_indices(texts))


def distinct(found: pa.Table, name: str) -> pa.Table:
    """Leave one row of each id, the latest: written by hand, a table may hold several, or none."""
    texts = found[name]
    same = pc.any(pc.equal(texts[:-1], texts[1:])).as_py()
    if not same and not pc.any(pc.equal(texts, "")).as_py() and not texts.null_count:
        return found
    ordered = found.filter(pc.not_equal(texts, ""))
    ordered = ordered.sort_by([(name, "ascending"), ("revision", "descending")])
    codes = ordered[name].to_pandas()
    return ordered.filter(pa.array(~codes.duplicated()))


def frame(kind: RecordKind, rows: pa.Table, *, texts_apart: bool = False) -> pd.DataFrame:
    """Return rows as a frame by id, lists as lists, the id kept as a column too.

    A field that did not exist yet when the rows were written, or that was left out of them as no
    record fills it, is empty. ``texts_apart``: the columns of text hold nothing but themselves,
    and stay as they are.
    """
    column_names = {*rows.column_names}
    nothing = pa.nulls(rows.num_rows)
    blank = pa.chunked_array([pa.repeat("", rows.num_rows)]).to_pandas().array
    columns = {
        field.name: blank
        if field.type == TEXT and field.name not in column_names
        else _column(
            field,
            rows[field.name] if field.name in column_names else nothing,
            blank,
            as_it_is=texts_apart and field.type == TEXT,
        )
        for field in kind.fields
    }
    extra = [name for name in rows.column_names if name not in columns]
    columns |= {name: rows[name].to_pandas().array for name in extra}
    # Arrays, not series: pandas would compare the rows of each with those of every other.
    return pd.DataFrame(columns, index=pd.Index(columns[kind.id], name=kind.id))


def _column(field: Field, values: pa.Array | pa.ChunkedArray, blank: Any, *, as_it_is: bool) -> Any:
    """Return one column as pandas holds it; a missing value of it is empty.

    ``blank`` is the one column of all the texts that no record fills.
    """
    if field.type == TEXTS:
        return _texts(values)
    typed = values if as_it_is else values.cast(_ARROW[field.type])
    if field.type == TEXT and not pc.any(pc.not_equal(typed, "")).as_py():
        return blank
    typed = _within(field, typed) if field.type == REAL else typed
    typed = typed.fill_null(field.empty) if typed.null_count else typed
    if as_it_is:
        return typed.to_pandas().array
    # Apart from what was read: one column of it would hold all the others.
    parts = typed.chunks if isinstance(typed, pa.ChunkedArray) else [typed]
    return pa.concat_arrays([*parts, pa.array([], typed.type)]).to_pandas().array


def _within(field: Field, values: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """Leave out numbers that no record may hold: maps of everybody would stop at one of them."""
    most = _ENDS.get(field.name, _LARGEST)
    is_allowed = pc.less_equal(pc.abs(values), most)  # of no order, NaN neither
    return pc.if_else(is_allowed, values, None) if pc.any(pc.invert(is_allowed)).as_py() else values


def _texts(values: pa.Array | pa.ChunkedArray) -> npt.NDArray[np.object_]:
    """Return lists of texts; those that say the same, most of them nothing, are one list."""
    values = values.cast(_ARROW[TEXTS])  # of no type, where the field did not exist yet
    if pc.list_flatten(values).null_count:  # written by hand: one made nothing of its whole list
        whole = [[one for one in texts or () if one is not None] for texts in values.to_pylist()]
        values = pa.array(whole, _ARROW[TEXTS])
    nothing: list[str] = []
    found = np.empty(len(values), dtype=object)
    found.fill(nothing)
    has_texts = pc.fill_null(pc.greater(pc.list_value_length(values), 0), False)  # noqa: FBT003
    if not pc.any(has_texts).as_py():
        return found
    joined = pc.binary_join(values.filter(has_texts), _NOWHERE).to_pandas()
    codes, distinct = pd.factorize(joined)
    lists = np.empty(len(distinct), dtype=object)
    lists[:] = [texts.split(_NOWHERE) for texts in distinct]
    found[has_texts.to_numpy(zero_copy_only=False)] = lists[codes]
    return found


def distinct_lists(column: npt.NDArray[np.object_]) -> tuple[npt.NDArray[np.intp], list[list[str]]]:
    """Give lists numbers by which they are: most of those that say the same are one, not all."""
    codes, known = pd.factorize(np.fromiter(map(id, column), np.int64, len(column)))
    at = np.empty(len(known), np.intp)
    at[codes] = np.arange(len(codes))
    return codes, column[at].tolist()


def rows_where(frame: pd.DataFrame, wanted: "pd.Series[bool]") -> pd.DataFrame:
    """Keep some rows of a frame; all of them share what they hold with it, nothing is copied."""
    return frame.copy(deep=False) if wanted.all() else frame[wanted.to_numpy(bool)]


def plain(record: Mapping[Any, Any]) -> Record:
    """Return a record as plain values: no NaN, no NumPy, lists of its own."""
    return {str(name): _plain(value) for name, value in record.items()}


def plain_rows(found: pd.DataFrame) -> list[Record]:
    """Return each row of a table as a plain record."""
    return [plain(row) for row in found.to_dict("records")]


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return list(value)
    if isinstance(value, np.generic | np.ndarray):
        value = value.tolist()
    return None if isinstance(value, float) and math.isnan(value) else value


def ids(names: Iterable[str]) -> pa.Table:
    """Return ids as a table of one column, ``record_id``."""
    return pa.table({"record_id": pa.array(names, pa.string())})
