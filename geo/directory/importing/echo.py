"""What known records would say, were they written in a file and read again as that file is."""

import math
from typing import Any, Final

import numpy as np
import pandas as pd

from geo.directory.importing.dry_run import DryRun
from geo.directory.importing.fields import BY_NAME
from geo.directory.importing.mapping import Mapping
from geo.directory.importing.table import Table
from geo.directory.importing.validate import validate

Record = dict[str, Any]
_NAME: Final = "actor_name"


def echoes(records: list[Record], draft: DryRun) -> list[Record]:
    """Read known records as if the file said them, by the fields that it speaks of.

    Reading loses line breaks, fills a town from its code, infers a precision: a file that gives
    back what the reading makes of a record brings nothing.

    Returns
    -------
    One record each, empty where the reading keeps none.
    """
    fields = [name for name in BY_NAME if name in {*draft.stated_fields, _NAME}]
    rows = [[_text(record[name]) for name in fields] for record in records]
    cells = pd.DataFrame(rows, columns=fields, dtype=object)
    table = Table(draft.name, "", cells, np.arange(len(rows), dtype=np.int64))
    mapping = Mapping(tuple((name, name) for name in fields), dataset=draft.dataset)
    read = validate(table, mapping).actors
    found = dict(zip(read.index.tolist(), read.to_dict("records"), strict=True))
    return [found.get(at, {}) for at in range(len(records))]


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "oui" if value else ""
        case list():
            return ";".join(value)
        case float():
            return "" if math.isnan(value) else repr(value)
        case _:
            return str(value)
