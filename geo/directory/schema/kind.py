"""What a field is, and a kind of record; the fields that every kind ends with."""

from dataclasses import dataclass
from typing import Any, Final

TEXT, TEXTS, REAL, WHOLE, FLAG = "VARCHAR", "VARCHAR[]", "DOUBLE", "BIGINT", "BOOLEAN"
_EMPTY: Final[dict[str, Any]] = {TEXT: "", TEXTS: [], REAL: None, WHOLE: 0, FLAG: False}


@dataclass(frozen=True)
class Field:
    """One field, and all that the app knows of it; what is not said of it is not done with it.

    Attributes
    ----------
    name, label, type, vocabulary
        Its column, what a person reads, its type, the vocabulary it draws from.
    since
        First version of the store that has it; the highest is the version of the store.
    long, date
        A text of several lines; a date, to the day, the month or the year.
    editable
        A person corrects it by hand, in the form of the record.
    withholdable
        Its owner may keep it from being published.
    exported
        It leaves in every export and by the API: never a person's, nor a mail or a telephone.
    aliases, several
        Names that columns of other people's files give it, apart by commas; nothing where no
        column feeds it. Whether several columns may feed it together.
    """

    name: str
    label: str
    type: str = TEXT
    vocabulary: str = ""
    since: int = 1
    long: bool = False
    date: bool = False
    editable: bool = False
    withholdable: bool = False
    exported: bool = False
    aliases: str | None = None
    several: bool = False

    @property
    def empty(self) -> Any:
        """Value of a field nobody filled; a fresh list each time."""
        value = _EMPTY[self.type]
        return list(value) if isinstance(value, list) else value

    @property
    def is_imported(self) -> bool:
        """Return whether a column of a file may feed it."""
        return self.aliases is not None


@dataclass(frozen=True)
class RecordKind:
    """One kind of record: its table, its French names, its fields; the first is its id.

    ``since``: first version of the store that has its table. ``personal``: what its ``sealed``
    holds, once opened.
    """

    name: str
    table: str
    label: str
    plural: str
    fields: tuple[Field, ...]
    since: int = 1
    personal: tuple[Field, ...] = ()

    @property
    def id(self) -> str:
        """Column that names a record."""
        return self.fields[0].name

    @property
    def title(self) -> str:
        """Column that a person reads as its name, its id where it has none."""
        return self.fields[1].name if self.fields[1].name.endswith("_name") else self.id

    def field(self, name: str) -> Field:
        """Return one field by its column."""
        return next(field for field in self.fields if field.name == name)

    def blank(self) -> dict[str, Any]:
        """Return a record with every field empty."""
        return {field.name: field.empty for field in self.fields}


STATUS: Final = Field("status", "Statut", vocabulary="record_status", editable=True, exported=True)
PROVENANCE: Final = (
    Field("source_title", "Source", editable=True, exported=True, aliases="origine"),
    Field(
        "source_url",
        "Adresse de la source",
        editable=True,
        exported=True,
        aliases="url source, lien source",
    ),
    Field(
        "source_date",
        "Date de la source",
        date=True,
        editable=True,
        exported=True,
        aliases="date maj, maj, date de mise a jour, mise a jour, date de la source, "
        "updated at, derniere modification",
    ),
    STATUS,
    Field("checked_on", "Dernière vérification", date=True, editable=True, exported=True),
    Field("fictive", "Donnée fictive", FLAG, exported=True, aliases="fictif"),
    Field("revision", "Révision", WHOLE),
)
"""Where a record comes from, and how it stands: every kind ends with them."""
