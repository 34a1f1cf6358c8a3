"""Which catalysts the visitor asked to see: one frozen value, with its French sentence.

The same Selection gives the map, the list, the export, the sentence under the title and the
link to share, so that they cannot drift apart.
"""

from dataclasses import dataclass, replace
from typing import Any, Final

from geo.french import NBSP, count, quoted
from geo.query.parameter import Facet, Parameter, in_address
from geo.query.parameters import ALSO, EVIDENCE, PRACTICE, PROFILE, TEXT
from geo.vocabulary import items

FACETS: Final[dict[str, Facet]] = {
    "practices": PRACTICE,
    "profiles": PROFILE,
    "evidence": EVIDENCE,
}
"""Each field of the Selection that a vocabulary fills, with its parameter."""


@dataclass(frozen=True)
class Selection:
    """Filters on catalysts; an empty filter means « all ».

    Values of one filter are alternatives, filters add up: a catalyst is kept when it has one of
    the practices, and one of the profiles, and one of the kinds of evidence. ``also``: programmes
    whose places and territories are shown and counted apart, by the same filters.
    """

    practices: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    text: str = ""
    also: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Leave out the spaces around the text: they were never asked for."""
        object.__setattr__(self, "text", self.text.strip())

    def is_empty(self) -> bool:
        """Return whether nothing is filtered."""
        return self == Selection()

    @property
    def alone(self) -> "Selection":
        """Return the filters on catalysts, without what is shown beside them."""
        return replace(self, also=())

    def parameters(self) -> dict[str, Any]:
        """Return the values that ``geo/sql/catalysts_selected.sql`` binds."""
        return {name: list(getattr(self, name)) for name in FACETS} | {"text": self.text}

    def to_url(self) -> dict[str, str | list[str]]:
        """Return the query parameters that open the same view again."""
        values: dict[Parameter[Any], Any] = {
            facet: getattr(self, field) for field, facet in FACETS.items()
        }
        return in_address(values | {TEXT: self.text, ALSO: self.also})

    def filters(self) -> list[str]:
        """Return each active filter in French, one sentence part each."""
        parts = [
            facet.in_words(getattr(self, field))
            for field, facet in FACETS.items()
            if getattr(self, field)
        ]
        parts += [f"{TEXT.name}{NBSP}: {quoted(self.text)}"] if self.text else []
        return parts + ([f"montrés à part{NBSP}: {self._beside()}"] if self.also else [])

    def _beside(self) -> str:
        return ", ".join(one.plural for one in items(ALSO.vocabulary) if one.id in self.also)

    def in_words(self) -> str:
        """Return all active filters in French, « sans filtre » for none."""
        return f"{NBSP}; ".join(self.filters()) or "sans filtre"

    def sentence(self, total: int, beside: str = "") -> str:
        """Return the selection and how many catalysts it keeps, as one French sentence.

        ``beside``: how many of what is shown apart, already in words.
        """
        quantity = count(total, "catalyseur") if total else "Aucun catalyseur"
        separator = ", " if " et " in beside else " et "
        quantity = f"{quantity}{separator}{beside}" if beside else quantity
        return (
            f"{quantity}, sans filtre." if self.is_empty() else f"{quantity} ({self.in_words()})."
        )
