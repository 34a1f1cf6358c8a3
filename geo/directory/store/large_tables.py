"""A large table read whole: what its records fill, its texts kept in memory as they came.

Of a million actors two columns in three are blank. Texts are read apart from lists and numbers,
which are turned into others: read together, each text would hold all of them in memory, or have to
be copied.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

import pandas as pd
import pyarrow as pa

from geo import database
from geo.directory.schema import TEXT, RecordKind
from geo.directory.store import rows

_MANY: Final = 30_000  # records: fewer are read at once sooner than in two
Fetch = Callable[..., pa.Table]


class LargeTables:
    """Reads large tables; what the catalogue tells of all of them is asked for once a snapshot."""

    def __init__(self) -> None:
        self._shapes: tuple[int, dict[str, tuple[int, list[str]]]] = (-1, {})

    def read(self, kind: RecordKind, version: int, fetch: Fetch) -> pd.DataFrame | None:
        """Return a table as a snapshot leaves it, the latest as one begins; None: it is small."""
        if self._shapes[0] != version:
            found = fetch(database.sql("store/table_shapes")).to_pylist()
            shapes = {
                one["table_name"]: (one["record_count"], one["column_names"]) for one in found
            }
            self._shapes = version, shapes
        quantity, names = self._shapes[1].get(kind.table, (0, []))
        if quantity < max(_MANY, 1):
            return None
        own = {field.name for field in kind.fields if field.type == TEXT}
        part = partial(_part, kind, version, fetch)
        texts = part([name for name in names if name in own], wide=True)
        others = part([kind.id, *(name for name in names if name not in own)])
        for name in others.column_names[1:]:
            texts = texts.append_column(name, others[name])
        return rows.frame(kind, texts, texts_apart=True)


def _part(
    kind: RecordKind, version: int, fetch: Fetch, names: Sequence[str], *, wide: bool = False
) -> pa.Table:
    """Read some columns, the id among them, in the order of ids: the same for every part."""
    columns = ", ".join(f'"{name}"' for name in names)
    at = f"AT (VERSION => {version})"
    text = database.sql("store/read_columns").format(table=kind.table, columns=columns, at=at)
    return rows.in_order(fetch(text, wide=wide), kind.id)
