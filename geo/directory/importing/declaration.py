"""What a person who brings a file says of all its rows, for those that do not say it themselves."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple, Self

from geo.directory.catalysts import web_link
from geo.directory.importing.date_text import iso
from geo.directory.importing.terms import codes, stem
from geo.errors import BadFileError
from geo.french import CONTROLS, quoted, typeset

DECLARABLE: Final = ("profile", "practices")
"""Fields that a person may declare for a whole file, or by the words of a column of types."""
BASIS: Final = "declared"
"""What ``practices_basis`` says of practices that the importer declared."""
_TEXTS: Final = ("ecosystem_id", "source_title", "source_url", "source_date", "licence")
_LONGEST: Final = 300


class TypeWord(NamedTuple):
    """What a word of a column of types means; ``word`` is its stem, ``code`` an item of a field."""

    column: str
    word: str
    field: str
    code: str


@dataclass(frozen=True)
class Declaration:
    """What is said of every row that does not say it: who they are, where they come from.

    A row's own cell comes first, then the words of its type, then what is said of all.
    ``ecosystem_id``: the ecosystem that every actor of the file joins.
    """

    profile: str = ""
    practices: tuple[str, ...] = ()
    ecosystem_id: str = ""
    source_title: str = ""
    source_url: str = ""
    source_date: str = ""
    licence: str = ""
    words: tuple[TypeWord, ...] = ()

    def __bool__(self) -> bool:
        """Return whether anything is said."""
        return self != NOTHING

    def source(self, file: str) -> str:
        """Return the title of the source, the name of the file where none is given."""
        title = self.source_title or file
        return f"{title} ({self.licence})" if self.licence else title

    def codes(self, field: str) -> tuple[str, ...]:
        """Return what is said of every row for a field."""
        if field == "practices":
            return self.practices
        return (self.profile,) if self.profile else ()

    def meanings(self, column: str, field: str) -> dict[str, str]:
        """Return the words of a column that mean an item of a field, with its code."""
        return {one.word: one.code for one in self.words if one[::2] == (column, field)}

    def meaning(self, column: str, word: str) -> tuple[str, str]:
        """Return the field and the code that a word means, both empty when nothing was said."""
        found = (one for one in self.words if one[:2] == (column, stem(word)))
        return next(((one.field, one.code) for one in found), ("", ""))

    def explained(self, column: str, word: str, field: str, code: str) -> Self:
        """Say what a word of a column means; no code forgets it."""
        others = [one for one in self.words if one[:2] != (column, stem(word))]
        new_words = [TypeWord(column, stem(word), field, code)] if code else []
        return replace(self, words=(*others, *new_words))

    def again(self) -> Self:
        """Return what holds of a later file of the same columns: its date is another."""
        return replace(self, source_date="")

    def to_dict(self) -> dict[str, Any]:
        """Return what is said, as JSON holds it; nothing of what is not."""
        content: dict[str, Any] = {name: getattr(self, name) for name in ("profile", *_TEXTS)}
        content["practices"] = [*self.practices]
        words: dict[str, dict[str, dict[str, str]]] = {}
        for one in self.words:
            words.setdefault(one.column, {})[one.word] = {one.field: one.code}
        content["words"] = words
        return {name: value for name, value in content.items() if value}

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> Self:
        """Read back what ``to_dict`` writes.

        Raises
        ------
        BadFileError
            A code, an address or a date is none.
        """
        try:
            words = tuple(
                TypeWord(str(column), stem(str(word)), str(field), str(code))
                for column, known in raw.get("words", {}).items()
                for word, meant in known.items()
                for field, code in meant.items()
            )
            texts = {name: str(raw.get(name, "")) for name in ("profile", *_TEXTS)}
            practices = tuple(str(code) for code in raw.get("practices", ()))
        except (AttributeError, TypeError, ValueError):
            raise BadFileError(
                "Correspondance refusée : ce qui est dit de toutes les lignes est illisible ; "
                "reprenez celle que l’import propose."
            ) from None
        return cls(practices=practices, words=words, **texts).checked()

    def checked(self) -> Self:
        """Return the same with texts cleaned and the date in ISO, or refuse what is none.

        Raises
        ------
        BadFileError
            A code, an address or a date is none: one French sentence.
        """
        pairs = [("profile", self.profile), *(("practices", code) for code in self.practices)]
        for field, code in (*pairs, *((one.field, one.code) for one in self.words)):
            if code and (field not in DECLARABLE or code not in codes(field)):
                raise _refused(f"{quoted(code[:60])} n’est dans aucune liste")
        if self.source_url and not web_link(self.source_url):
            raise _refused("l’adresse de la source doit commencer par http:// ou https://")
        if self.source_date and not iso(self.source_date):
            said_date = quoted(self.source_date[:40])
            raise _refused(f"{said_date} n’est pas une date (JJ/MM/AAAA, MM/AAAA ou AAAA)")
        return replace(
            self,
            source_url=web_link(self.source_url),
            source_date=iso(self.source_date),
            source_title=_clean(self.source_title),
            licence=_clean(self.licence),
        )


NOTHING: Final = Declaration()


def _clean(text: str) -> str:
    return " ".join(re.sub(CONTROLS, " ", text).split())[:_LONGEST]


def _refused(why: str) -> BadFileError:
    return BadFileError(typeset(f"Ce qui est dit de toutes les lignes est refusé : {why}."))
