"""Lists of items that a page offers beside what it shows: only some natures of a vocabulary."""

from dataclasses import dataclass

from geo import vocabulary
from geo.query.values import ItemValues


@dataclass(frozen=True)
class ItemsOfNatures(ItemValues):
    """Any number of the items of some natures, each once; « non renseigné » is none of them."""

    natures: tuple[str, ...] = ()

    def known(self) -> tuple[str, ...]:
        """List the codes, in the order of the vocabulary."""
        found = vocabulary.items(self.vocabulary)
        return tuple(one.id for one in found if one.nature in self.natures)
