"""The kinds of value that a parameter takes: read, refused in French, written back, bounded."""

import math
import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from geo import vocabulary
from geo.errors import AtlasError, BadParameterError
from geo.french import quoted
from geo.reference.place import Place

T = TypeVar("T")
_WHOLE: Final = re.compile(r"[+-]?[0-9]{1,30}")
_REAL: Final = re.compile(r"[+-]?([0-9]{1,30}(\.[0-9]{0,30})?|\.[0-9]{1,30})([eE][+-]?[0-9]{1,3})?")
_ENDLESS: Final = re.compile(r"[+-]?(nan|inf(inity)?)", re.IGNORECASE)
_QUOTE_CHARS: Final = 40
LONGEST: Final = 200
"""Letters of a text that count; a field takes no more."""


def number(text: str) -> float | None:
    """Read a finite number written with Western digits; None when it is none."""
    value = real(text)
    return value if value is not None and math.isfinite(value) else None


def real(text: str) -> float | None:
    """Read a number, be it beyond all bounds."""
    return float(text) if _REAL.fullmatch(text) or _ENDLESS.fullmatch(text) else None


def whole(text: str) -> int | None:
    """Read a whole number written with Western digits; None when it is none."""
    return int(text) if _WHOLE.fullmatch(text) else None


def read_place(text: str, name: str) -> Place:
    """Read « epci:244400404 »; whether there is such a territory is not checked here.

    Raises
    ------
    BadParameterError
        A part is missing.
    """
    place = Place.parse(text)
    if not all(place):
        wanted = "Cherchez-le par son nom ; une adresse dit type:code, par exemple epci:244400404."
        raise BadParameterError(f"Territoire illisible : {quoted(text[:60])}. {wanted}", name)
    return place


class ValueKind(ABC, Generic[T]):
    """How the values of a parameter are read and written; ``many``: it may be given many times."""

    many = False

    @abstractmethod
    def read(self, texts: Sequence[str], name: str, *, offered: bool) -> T:
        """Read what was given, at least one text, or refuse it.

        Parameters
        ----------
        name
            The parameter as it was given, to be named in the fault.
        offered
            Take only what a page offers, not all that lies within the bounds.

        Raises
        ------
        BadParameterError
            In French, with the name, the value and what is expected.
        """

    @abstractmethod
    def write(self, value: T) -> list[str]:
        """Write a value as an address holds it; ``read`` gives it back."""

    def fallback(self, texts: Sequence[str], usual: T) -> T:  # noqa: ARG002 - many may keep some
        """Return what stays of texts that were refused."""
        return usual


class Single(ValueKind[T]):
    """One value, from one text."""

    def read(self, texts: Sequence[str], name: str, *, offered: bool) -> T:
        """Read the first text."""
        return self.parse_one(texts[0], name, offered=offered)

    @abstractmethod
    def parse_one(self, text: str, name: str, *, offered: bool) -> T:
        """Read one text, or refuse it as ``read`` does."""

    def text(self, value: T) -> str:
        """Write one text."""
        return str(value)

    def write(self, value: T) -> list[str]:
        """Write one text."""
        return [self.text(value)]


@dataclass(frozen=True)
class ItemValues(ValueKind[tuple[str, ...]]):
    """Any number of items of a vocabulary, « non renseigné » among them, each once."""

    vocabulary: str

    many = True

    def known(self) -> tuple[str, ...]:
        """List the codes that may be given."""
        return vocabulary.choices(self.vocabulary)

    def read(self, texts: Sequence[str], name: str, *, offered: bool) -> tuple[str, ...]:  # noqa: ARG002
        """Refuse together all that the vocabulary does not hold."""
        valid = self.fallback(texts, ())
        invalid = [text for text in texts if text not in valid]
        if invalid:
            message = vocabulary.unknown(self.vocabulary, invalid, self.known())
            raise BadParameterError(message, name)
        return valid

    def fallback(self, texts: Sequence[str], usual: tuple[str, ...]) -> tuple[str, ...]:  # noqa: ARG002
        """Keep those that are known."""
        return tuple(dict.fromkeys(text for text in texts if text in self.known()))

    def write(self, value: tuple[str, ...]) -> list[str]:
        """List the codes."""
        return list(value)


@dataclass(frozen=True)
class Words(Single[str]):
    """Any text, without the spaces around it, cut at its longest."""

    longest: int = LONGEST

    def parse_one(self, text: str, name: str, *, offered: bool) -> str:  # noqa: ARG002
        """Cut the text."""
        return text.strip()[: self.longest]


@dataclass(frozen=True)
class OneOf(Single[str]):
    """One of a few values; ``beyond``: those that no page offers.

    ``subject`` names the parameter in a fault where its own name says little.
    """

    values: tuple[str, ...]
    beyond: tuple[str, ...] = ()
    subject: str = ""

    def parse_one(self, text: str, name: str, *, offered: bool) -> str:
        """Refuse what is none of the values."""
        allowed = self.values if offered else (*self.values, *self.beyond)
        if text not in allowed:
            raise _unknown(text, self.subject or name, name, allowed)
        return text


@dataclass(frozen=True)
class Flag(Single[bool]):
    """Yes or no, each by its own word; "" where no has none."""

    yes: str
    no: str = ""
    subject: str = ""

    def parse_one(self, text: str, name: str, *, offered: bool) -> bool:  # noqa: ARG002
        """Refuse what is neither."""
        words = [word for word in (self.no, self.yes) if word]
        if text not in words:
            raise _unknown(text, self.subject or name, name, words)
        return text == self.yes

    def text(self, value: bool) -> str:  # noqa: FBT001
        """Write its word."""
        return self.yes if value else self.no


@dataclass(frozen=True)
class ItemValue(Single[str]):
    """One item of a vocabulary; « non renseigné » is none."""

    vocabulary: str

    def parse_one(self, text: str, name: str, *, offered: bool) -> str:  # noqa: ARG002
        """Refuse what the vocabulary does not hold."""
        if text not in (allowed := vocabulary.vocabularies()[self.vocabulary].ids()):
            raise BadParameterError(vocabulary.unknown(self.vocabulary, [text], allowed), name)
        return text


@dataclass(frozen=True)
class Code(Single[Place]):
    """A kind of territory and a code, « epci:244400404 »."""

    def parse_one(self, text: str, name: str, *, offered: bool) -> Place:  # noqa: ARG002
        """Split the kind from the code."""
        return read_place(text, name)

    def text(self, value: Place) -> str:
        """Join the kind and the code."""
        return str(Place(*value))


@dataclass(frozen=True)
class Number(Single[float]):
    """A number within bounds.

    ``noun`` and ``ask`` say it in a fault: « Rayon », « Donnez un rayon positif. »; ``above``:
    the least is out of bounds itself; ``offered``: the few that a page offers.
    """

    noun: str
    ask: str
    least: float
    most: float
    unit: str = ""
    above: bool = False
    integer: bool = False
    offered: tuple[float, ...] = ()

    def parse_one(self, text: str, name: str, *, offered: bool) -> float:
        """Read a number, or refuse it as unreadable, out of bounds, or not offered."""
        value = whole(text) if self.integer else real(text)
        quoted_value = f"{name} {quoted(text[:_QUOTE_CHARS])}"
        if value is None:
            expected = "un nombre entier" if self.integer else "un nombre"
            raise BadParameterError(
                f"{self.noun} illisible : {quoted_value} n’est pas {expected}. {self.ask}", name
            )
        if not self._within(value):
            endless = "" if math.isfinite(value) else " n’est pas un nombre fini"
            raise BadParameterError(
                f"{self.noun} hors limites : {quoted_value}{endless}. {self.ask}", name
            )
        if offered and self.offered and value not in self.offered:
            raise _unknown(text, name, name, self.offers)
        return value

    def check(self, value: float) -> None:
        """Refuse a number out of bounds, wherever it comes from.

        Raises
        ------
        AtlasError
            In French, with the bounds.
        """
        if not self._within(value):
            raise AtlasError(f"{self.noun} hors limites : {value:g}{self.unit}. {self.ask}")

    def text(self, value: float) -> str:
        """Write a number as short as it can be."""
        return f"{value:g}"

    @property
    def offers(self) -> tuple[str, ...]:
        """List what a page offers, as an address writes it."""
        return tuple(self.text(step) for step in self.offered)

    def _within(self, value: float) -> bool:
        above = self.least < value if self.above else self.least <= value
        return above and value <= self.most and math.isfinite(value)


@dataclass(frozen=True)
class Centre(Single[tuple[float, float]]):
    """A latitude and a longitude in degrees, in that order: « 45.77,3.08 »."""

    def parse_one(self, text: str, name: str, *, offered: bool) -> tuple[float, float]:  # noqa: ARG002
        """Refuse what is no place on Earth."""
        first, _, second = text.partition(",")
        lat, lon = number(first), number(second)
        if lat is None or lon is None or abs(lat) > 90 or abs(lon) > 180:  # noqa: PLR2004
            message = (
                f"{name} {quoted(text[:_QUOTE_CHARS])} illisible ; attendu : latitude,longitude en "
                "degrés."
            )
            raise BadParameterError(message, name)
        return lat, lon

    def text(self, value: tuple[float, float]) -> str:
        """Write both to the metre, as the map itself does."""
        return ",".join(f"{degrees:.5f}" for degrees in value)


def _unknown(text: str, noun: str, name: str, known: Sequence[str]) -> BadParameterError:
    return BadParameterError(
        f"valeur inconnue {quoted(text[:_QUOTE_CHARS])} pour {noun} ; "
        f"possibles : {', '.join(known)}.",
        name,
    )
