"""A territory as an address names it: « epci:244400404 »."""

from typing import NamedTuple, Self


class Place(NamedTuple):
    """A kind of territory and a code; whether there is such a territory is not known here."""

    kind: str
    code: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Split « kind:code »; a part that is missing is empty, and names no territory."""
        kind, _, code = text.partition(":")
        return cls(kind, code)

    def __str__(self) -> str:
        """Write what ``parse`` reads back."""
        return f"{self.kind}:{self.code}"
