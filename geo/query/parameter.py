"""One parameter: what it is called at each door, the value it takes, what is usual."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, cast

from geo import vocabulary
from geo.french import NBSP, either
from geo.query.values import ItemValues, Number, T, ValueKind


@dataclass(frozen=True)
class Parameter(Generic[T]):
    """What may be asked by one name.

    ``name`` stands in the addresses of pages and files, ``label`` beside the widget of a page;
    ``english`` in the API and, with its dashes, in the terminal, whose user reads ``help``.
    """

    name: str
    kind: ValueKind[Any]
    default: T
    label: str = ""
    english: str = ""
    help: str = ""

    @property
    def option(self) -> str:
        """Name the option of the terminal."""
        dashes = "-" if len(self.english) == 1 else "--"
        return dashes + self.english.replace("_", "-")

    def read(self, texts: Sequence[str], name: str = "", *, offered: bool = True) -> T:
        """Read what was given, at least one text, or refuse it.

        Raises
        ------
        BadParameterError
            The value is refused.
        """
        value: T = self.kind.read(texts, name or self.name, offered=offered)
        return value

    def texts(self, value: T) -> list[str]:
        """Write a value as an address holds it: nothing where it is the usual one."""
        return [] if value is None or value == self.default else self.kind.write(value)


@dataclass(frozen=True)
class NumberParameter(Parameter[T]):
    """A number, whose bounds hold wherever it comes from."""

    kind: Number

    def check(self, value: T) -> None:
        """Refuse a number out of bounds; None is the lack of one.

        Raises
        ------
        AtlasError
            In French, with the bounds.
        """
        if value is not None:
            self.kind.check(cast("float", value))


@dataclass(frozen=True)
class Facet(Parameter[tuple[str, ...]]):
    """A filter on the items of one vocabulary: alternatives, all of them when none is given."""

    kind: ItemValues

    @property
    def vocabulary(self) -> str:
        """Name the vocabulary."""
        return self.kind.vocabulary

    def in_words(self, values: Sequence[str]) -> str:
        """Return the filter in French: « pratique : a ou b »."""
        labels = [vocabulary.label(self.vocabulary, value) for value in values]
        return f"{self.name}{NBSP}: {either(labels)}"


def in_lists(address: Mapping[str, str | list[str]]) -> dict[str, list[str]]:
    """Return the parameters of an address, each with all its values."""
    return {name: value if isinstance(value, list) else [value] for name, value in address.items()}


def in_address(values: Mapping[Parameter[Any], Any]) -> dict[str, str | list[str]]:
    """Write values as the parameters of an address, in their order; the usual ones are left out."""
    written: dict[str, str | list[str]] = {}
    for parameter, value in values.items():
        if texts := parameter.texts(value):
            written[parameter.name] = texts if parameter.kind.many else texts[0]
    return written
