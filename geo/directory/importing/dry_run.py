"""What a dry run gives: records as they would be kept, and every problem met on the way."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import pandas as pd

INFO: Final = "info"
WARNING: Final = "attention"
ERROR: Final = "erreur"
SEVERITIES: Final = (ERROR, WARNING, INFO)


class Problem(NamedTuple):
    """One thing to know about one cell; row 0 speaks of the whole file.

    ``severity``: « erreur » the row is left out, « attention » a value is lost or doubtful,
    « info » it was read otherwise than written.
    """

    row: int
    column: str
    field: str
    message: str
    original: str = ""
    result: str = ""
    severity: str = WARNING


@dataclass(frozen=True)
class DryRun:
    """Records ready to be compared with the store; nothing is written.

    Attributes
    ----------
    actors
        Fields of ``kinds.ACTOR`` in order, ``actor_id`` empty where the file gives none; index:
        number of the row in the file.
    contacts
        Fields of ``kinds.PERSONAL``, with ``row``: kept apart, to be sealed.
    perimeters
        Records of ``kinds.PERIMETER`` when the file draws areas.
    stated_fields
        Fields that the file speaks of: the only ones an update may touch.
    declared
        Rows whose field is what was said of the whole file: they fill it, and replace nothing.
    """

    name: str
    dataset: str
    actors: pd.DataFrame
    contacts: list[dict[str, Any]] = field(default_factory=list)
    perimeters: list[dict[str, Any]] = field(default_factory=list)
    stated_fields: frozenset[str] = frozenset()
    declared: Mapping[str, frozenset[int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unmapped: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    rows_read: int = 0
