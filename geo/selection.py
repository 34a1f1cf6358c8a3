"""What the visitor asked to see: one frozen value, to and from the URL, said in French.

The same Selection gives the map, the list, the export, the sentence under the title and the
link to share, so that they cannot drift apart.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from geo import vocabulary
from geo.errors import UnknownItemError

# Field of the Selection -> (name in the URL, vocabulary).
FACETS: Final = {
    "practices": ("pratique", "practice"),
    "profiles": ("profil", "profile"),
    "evidence": ("preuve", "evidence"),
}
_NBSP: Final = "\u00a0"


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
                parts.append(f"{name}{_NBSP}: {' ou '.join(labels)}")
        if self.text:
            parts.append(f"texte{_NBSP}: «{_NBSP}{self.text}{_NBSP}»")
        return parts

    def sentence(self, count: int) -> str:
        """Say the selection and how many catalysts it keeps, as one French sentence."""
        many = "s" if count > 1 else ""
        who = f"{count}{_NBSP}catalyseur{many}" if count else "Aucun catalyseur"
        if self.is_empty():
            return f"{who}, sans filtre."
        return f"{who} ({' ; '.join(self.filters()).replace(' ; ', f'{_NBSP}; ')})."


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
    return _without_repeats(selection)


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
            notices.append(f"Lien : {vocabulary.unknown(vocabulary_id, bad)} Elle est ignorée.")
    text = next(iter(query.get("texte", ())), "")[:200]
    return _without_repeats(replace(Selection(text=text), **kept)), notices


def _unknown_values(vocabulary_id: str, values: Iterable[str]) -> list[str]:
    known = vocabulary.choices(vocabulary_id)
    return [value for value in values if value not in known]


def _without_repeats(selection: Selection) -> Selection:
    unique = {field: tuple(dict.fromkeys(getattr(selection, field))) for field in FACETS}
    return replace(selection, **unique)
