"""Which column feeds which field: a small value, editable, remembered by the file's header."""

import hashlib
import json
from dataclasses import dataclass, replace
from typing import Any, Self

from geo.directory.importing.declaration import NOTHING, Declaration
from geo.directory.importing.fields import BY_NAME, plain
from geo.directory.importing.table import Table
from geo.directory.importing.terms import codes, stem
from geo.errors import BadFileError, UnknownCodeError, UnknownItemError


@dataclass(frozen=True)
class Mapping:
    """Pairs (column, field), in the order of the file; a column feeds one field at most.

    ``preset`` names the known format that was recognised, ``dataset`` the name under which the
    file's own ids are kept. ``words`` are those that the vocabularies do not hold and the team
    explained: (field, word without accent or plural, code). ``about`` is what is said of every row.
    """

    pairs: tuple[tuple[str, str], ...] = ()
    signature: str = ""
    preset: str = ""
    dataset: str = ""
    words: tuple[tuple[str, str, str], ...] = ()
    about: Declaration = NOTHING

    def field_of(self, column: str) -> str:
        """Name the field that a column feeds, empty for none."""
        return dict(self.pairs).get(column, "")

    def columns_of(self, field: str) -> tuple[str, ...]:
        """List the columns that feed a field."""
        return tuple(column for column, fed in self.pairs if fed == field)

    @property
    def fields(self) -> frozenset[str]:
        """Fields that some column feeds."""
        return frozenset(field for _, field in self.pairs)

    def with_(self, column: str, field: str) -> Self:
        """Feed a field from a column instead of what it fed; no field leaves the column out.

        Raises
        ------
        UnknownCodeError
            No such field.
        """
        if field and field not in BY_NAME:
            raise UnknownCodeError(f"Champ inconnu : « {field[:60]} ».")
        single = not field or not BY_NAME[field].several
        others = [
            pair for pair in self.pairs if pair[0] != column and not (single and pair[1] == field)
        ]
        return replace(self, pairs=(*others, *([(column, field)] if field else ())))

    def own_words(self, field: str) -> dict[str, str]:
        """Return the team's own words for a field, with the code each stands for."""
        return {word: code for fed, word, code in self.words if fed == field}

    def explained(self, field: str, word: str, code: str) -> Self:
        """Say what a word of the file stands for; no code forgets it.

        Raises
        ------
        UnknownItemError
            No vocabulary of the field has that code.
        """
        if code and code not in codes(field):
            raise UnknownItemError(f"Valeur inconnue pour {field} : « {code[:60]} ».")
        others = [one for one in self.words if one[:2] != (field, stem(word))]
        return replace(self, words=(*others, *([(field, stem(word), code)] if code else ())))

    def unmapped(self, table: Table) -> tuple[str, ...]:
        """List the columns of a table that feed nothing."""
        fed = {column for column, _ in self.pairs}
        return tuple(column for column in table.columns if column not in fed)

    def fits(self, table: Table) -> bool:
        """Return whether every column named here is in the table."""
        return {column for column, _ in self.pairs} <= set(table.columns)

    def to_json(self) -> str:
        """Write the mapping as JSON."""
        columns = dict(self.pairs)
        words = {field: self.own_words(field) for field, _, _ in self.words}
        about = {"signature": self.signature, "preset": self.preset, "dataset": self.dataset}
        content: dict[str, Any] = {"columns": columns, **about}
        content |= {"words": words} if words else {}
        content |= {"rows": self.about.to_dict()} if self.about else {}
        return json.dumps(content, ensure_ascii=False, indent=2)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read a mapping back.

        Raises
        ------
        BadFileError
            It is no such JSON, or names a field or a code that does not exist.
        """
        try:
            raw: dict[str, Any] = json.loads(text)
            pairs = tuple((str(name), str(field)) for name, field in raw["columns"].items())
            about = {key: str(raw.get(key, "")) for key in ("signature", "preset", "dataset")}
            words = [
                (str(field), str(word), str(code))
                for field, known in raw.get("words", {}).items()
                for word, code in known.items()
            ]
            about_rows = dict(raw.get("rows", {}))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise BadFileError(
                "Correspondance de colonnes illisible : reprenez celle que l’import propose."
            ) from None
        if wrong := [field for _, field in pairs if field not in BY_NAME]:
            raise BadFileError(
                f"Correspondance de colonnes refusée : champ inconnu « {wrong[0][:60]} »."
            )
        made = cls(pairs, about["signature"], about["preset"], about["dataset"])
        made = replace(made, about=Declaration.from_dict(about_rows))
        try:
            for field, word, code in words:
                made = made.explained(field, word, code)
        except UnknownItemError as fault:
            raise BadFileError(f"Correspondance de colonnes refusée : {fault}") from None
        return made


def signature(table: Table) -> str:
    """Name a header, whatever the case, the accents and the order of its columns."""
    names = "\n".join(sorted(plain(column) for column in table.columns))
    return hashlib.sha256(names.encode()).hexdigest()[:16]
