"""Lists of items that a page offers beside what it shows: only some natures of a vocabulary."""

from collections.abc import Sequence
from dataclasses import dataclass

from geo import vocabulary
from geo.errors import BadParameterError
from geo.query.values import ItemValues


@dataclass(frozen=True)
class SomeItems(ItemValues):
    """Any number of the items of some natures, each once; « non renseigné » is none of them."""

    natures: tuple[str, ...] = ()

    def known(self) -> tuple[str, ...]:
        """List the codes, in the order of the vocabulary."""
        found = vocabulary.items(self.vocabulary)
        return tuple(one.id for one in found if one.nature in self.natures)

    def read(self, texts: Sequence[str], name: str, *, offered: bool) -> tuple[str, ...]:  # noqa: ARG002
        """Refuse together all that is not offered."""
        bad = [text for text in texts if text not in self.known()]
        if bad:
            left = "Elles sont ignorées." if len(bad) > 1 else "Elle est ignorée."
            said = vocabulary.unknown(self.vocabulary, bad, self.known())
            raise BadParameterError(said, name, left)
        return self.left(texts, ())

    def left(self, texts: Sequence[str], usual: tuple[str, ...]) -> tuple[str, ...]:  # noqa: ARG002
        """Keep those that are known."""
        return tuple(dict.fromkeys(text for text in texts if text in self.known()))
