"""What the visitor asked to see: one frozen value, to and from the URL, said in French.

The same Selection gives the map, the list, the export, the sentence under the title and the
link to share, so that they cannot drift apart.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from geo import vocabulary
from geo.errors import UnknownItemError
from geo.french import NBSP, count, either, quoted

# Field of the Selection -> (name in the URL, vocabulary).
FACETS: Final = {
    "practices": ("pratique", "practice"),
    "profiles": ("profil", "any_profile"),
    "evidence": ("preuve", "evidence"),
}


@dataclass(frozen=True)
class Selection:
    """Filters on catalysts; an empty filter means « all ».

    Values of one filter are alternatives, filters add up: a catalyst is kept when it has one of
    the practices, and one of the profiles, and one of the kinds of evidence.
    """

    practices: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    text: str = ""

    def is_empty(self) -> bool:
        """Tell whether nothing is filtered."""
        return self == Selection()

    def parameters(self) -> dict[str, Any]:
        """Give the values that ``geo/sql/catalysts_selected.sql`` binds."""
        return {name: list(getattr(self, name)) for name in FACETS} | {"text": self.text.strip()}

    def to_url(self) -> dict[str, str | list[str]]:
        """Give the query parameters that open the same view again."""
        url: dict[str, str | list[str]] = {
            name: list(getattr(self, field))
            for field, (name, _) in FACETS.items()
            if getattr(self, field)
        }
        return url | ({"texte": self.text} if self.text else {})

    def filters(self) -> list[str]:
        """Say each active filter in French, one sentence part each."""
        parts = []
        for field, (name, vocabulary_id) in FACETS.items():
            labels = [vocabulary.label(vocabulary_id, value) for value in getattr(self, field)]
            if labels:
                parts.append(f"{name}{NBSP}: {either(labels)}")
        if self.text:
            parts.append(f"texte{NBSP}: {quoted(self.text)}")
        return parts

    def in_words(self) -> str:
        """Say all active filters in French, « sans filtre » for none."""
        return f"{NBSP}; ".join(self.filters()) or "sans filtre"

    def sentence(self, found: int) -> str:
        """Say the selection and how many catalysts it keeps, as one French sentence."""
        who = count(found, "catalyseur") if found else "Aucun catalyseur"
        return f"{who}, sans filtre." if self.is_empty() else f"{who} ({self.in_words()})."


def checked(selection: Selection) -> Selection:
    """Return the selection without repeats, or say which values no vocabulary holds.

    Raises
    ------
    UnknownItemError
        At least one value is unknown; all of them are named.
    """
    faults = []
    for field, (_, vocabulary_id) in FACETS.items():
        bad = _unknown_values(vocabulary_id, getattr(selection, field))
        if bad:
            faults.append(vocabulary.unknown(vocabulary_id, bad))
    if faults:
        raise UnknownItemError(" ".join(faults))
    return _selection({field: getattr(selection, field) for field in FACETS}, selection.text)


def from_url(query: Mapping[str, Iterable[str]]) -> tuple[Selection, list[str]]:
    """Read a selection from query parameters; unknown values are dropped, each with a notice.

    Parameters
    ----------
    query
        Every value of each parameter, in order.

    Returns
    -------
    The selection, and one French notice per filter that held unknown values.
    """
    kept: dict[str, tuple[str, ...]] = {}
    notices = []
    for field, (name, vocabulary_id) in FACETS.items():
        values = list(query.get(name, ()))
        bad = _unknown_values(vocabulary_id, values)
        kept[field] = tuple(value for value in values if value not in bad)
        if bad:
            left = "Elles sont ignorées." if len(bad) > 1 else "Elle est ignorée."
            notices.append(f"Lien : {vocabulary.unknown(vocabulary_id, bad)} {left}")
    text = next(iter(query.get("texte", ())), "")[:200]
    return _selection(kept, text), notices


def _unknown_values(vocabulary_id: str, values: Iterable[str]) -> list[str]:
    known = vocabulary.choices(vocabulary_id)
    return [value for value in values if value not in known]


def _selection(values: Mapping[str, Iterable[str]], text: str) -> Selection:
    """Build a selection whose filters hold each value once."""
    unique = {field: tuple(dict.fromkeys(values[field])) for field in FACETS}
    return Selection(unique["practices"], unique["profiles"], unique["evidence"], text)
