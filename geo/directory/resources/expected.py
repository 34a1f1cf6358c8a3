"""Lists that the network announces and nobody has published: how many are expected, and known."""

from dataclasses import dataclass

import pandas as pd

from geo.vocabulary import Vocabulary, items, vocabularies


@dataclass(frozen=True)
class Expected:
    """One announced list: how many items its source announces, and how many were loaded."""

    vocabulary: Vocabulary
    announced: int
    known: int

    @property
    def missing(self) -> int:
        """Count those still missing; a list may turn out longer than announced."""
        return max(0, self.announced - self.known)


def expected(resources: pd.DataFrame) -> list[Expected]:
    """Count each announced list against the resources that say they are one of its items."""
    known = resources["expected_list"].value_counts()
    lists = [vocabularies()[item.id] for item in items("expected_list")]
    return [
        Expected(vocabulary, vocabulary.expected or 0, int(known.get(vocabulary.id, 0)))
        for vocabulary in lists
    ]
