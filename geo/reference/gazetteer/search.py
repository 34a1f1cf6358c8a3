"""Find places by name or code: exact first, then beginnings, then words, then look-alikes."""

from collections.abc import Collection
from pathlib import Path
from typing import Final

import numpy as np

from geo.errors import UnknownCodeError
from geo.reference import kinds
from geo.reference.gazetteer.codes import POSTCODE, closest, code_matches
from geo.reference.gazetteer.entries import Entries, Mask
from geo.reference.gazetteer.matching import Match, has_exact, look_alikes, matches
from geo.reference.gazetteer.place_names import KINDS, SECTIONS, PlaceNames
from geo.reference.gazetteer.places import FoundPlace, found_place
from geo.reference.gazetteer.search_terms import SearchTerms, understand
from geo.reference.gazetteer.wording import ANY

_SUFFIX_WORDS: Final = 4
_BEST: Final = 100.0
_WORDED: Final = 80.0
_AS_COMMUNES: Final = tuple(SECTIONS.index(kind.code) for kind in kinds.KINDS if kind.division)


class Gazetteer:
    """Every name of a reference folder, ready to search; safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        self.names = PlaceNames.read(folder)
        self.entries = Entries.build(self.names)

    def search(
        self, text: str, limit: int = 10, kinds: Collection[str] | None = None
    ) -> list[FoundPlace]:
        """Find the places a text may mean, best first; nothing when nothing looks like it.

        Order: code and exact name, beginning of the name, words of the name, look-alikes.
        Among equals: communes before territories of the same name, then by population.
        Former communes and arrondissements answer with their commune of today.
        """
        query, allowed = understand(text), self._allowed(kinds)
        return self._places(self._matches(query, allowed, limit), limit)

    def suggest(self, text: str, limit: int = 5) -> list[FoundPlace]:
        """Name the places that look most like an unknown text, however far they are."""
        query, allowed = understand(text), self._allowed(None)
        found = self._matches(query, allowed, limit)
        if not found and query.words:
            mask = allowed[self.entries.sections]
            found = look_alikes(self.entries, query, mask, furthest=len(query.loose))
        return self._places(found, limit)

    def by_code(self, kind: str, code: str) -> FoundPlace:
        """Describe the place that has a code; a former INSEE code gives today's commune.

        Raises
        ------
        UnknownCodeError
            The kind or the code is unknown; the message names the closest ones.
        """
        if kind not in KINDS:
            raise UnknownCodeError(
                f"Type de territoire inconnu\u00a0: «\u00a0{kind}\u00a0». "
                f"Types possibles\u00a0: {', '.join(KINDS)}."
            )
        former = self.names.with_unit_code(code) if kind == "commune" else ()
        for row in (*self.names.with_code(code), *former):
            if self.names.cell("territory_kind", row) == kind:
                return found_place(self.names, row, _BEST, "code")
        raise UnknownCodeError(self._unknown(kind, code))

    def _unknown(self, kind: str, code: str) -> str:
        nearest = [(found.code, found.name) for found in self.search(code, 3, (kind,))]
        if not nearest:
            rows = closest(self.names, kind, code, 3)
            cell = self.names.cell
            nearest = [(cell("territory_code", row), cell("name", row)) for row in rows]
        suggestions = ", ".join(f"{known} ({name})" for known, name in nearest)
        return (
            f"Aucun territoire de type «\u00a0{kind}\u00a0» n’a le code «\u00a0{code[:40]}\u00a0». "
            f"Les plus proches\u00a0: {suggestions}."
        )

    def _allowed(self, kinds: Collection[str] | None) -> Mask:
        """Mark the sections to search: old names and arrondissements go with communes."""
        kind_of = [section if section in KINDS else "commune" for section in SECTIONS]
        return np.array([kinds is None or kind in kinds for kind in kind_of], dtype=bool)

    def _matches(self, query: SearchTerms, allowed: Mask, limit: int) -> dict[int, Match]:
        by_code = {
            row: match
            for row, match in code_matches(self.entries, query).items()
            if allowed[self.names.sections[row]]
        }
        if by_code or not query.words or query.loose.strip().isdigit():
            return by_code
        return self._by_words(query, allowed, limit)

    def _by_words(self, query: SearchTerms, allowed: Mask, limit: int) -> dict[int, Match]:
        """Match a name, else the place that it names with other words: "Mairie de Vichy"."""
        found = self._by_name(query, allowed, limit)
        if not query.within or any(kind != "fuzzy" for _, kind in found.values()):
            return found
        kind, name = query.within
        if kind == ANY:  # « autour de Vichy » is not Vichy itself: never as sure as its name.
            return _unsure(self._by_words(name, allowed, limit)) or found
        own = allowed & self._allowed((kind,))
        return self._by_words(name, own, limit) or self._by_name(name, allowed, limit) or found

    def _by_name(self, query: SearchTerms, allowed: Mask, limit: int) -> dict[int, Match]:
        mask = allowed[self.entries.sections]
        by_name = self._near(query, mask, limit) if query.where else {}
        if by_name:
            return by_name
        by_name = matches(self.entries, query, mask, limit)
        if not has_exact(by_name) and len(query.words) > 1:
            return self._in_named_area(query, mask, limit) or by_name
        return by_name

    def _near(self, query: SearchTerms, mask: Mask, limit: int) -> dict[int, Match]:
        """Match a name among the places of a postcode or département: "Nantes 44"."""
        by_name = matches(self.entries, query, mask & self.entries.at(query.where), limit)
        if len(query.where) == POSTCODE:  # "75011 Paris": the arrondissement before Paris.
            ward = SECTIONS.index("arrondissement")
            wards = [row for row in by_name if self.names.sections[row] == ward]
            by_name |= dict.fromkeys(wards, (_BEST + 1, "postcode"))
        return by_name

    def _in_named_area(self, query: SearchTerms, mask: Mask, limit: int) -> dict[int, Match]:
        """Read the last words as a département or a région: "Saint-Denis Réunion"."""
        words = query.words
        for cut in range(max(1, len(words) - _SUFFIX_WORDS), len(words)):
            area = self.entries.areas.get(b" " + b" ".join(words[cut:]) + b" ")
            if area:
                name = b" " + b" ".join(words[:cut]) + b" "
                inside = np.isin(self.entries.departements, area)
                found = matches(self.entries, SearchTerms(name, name), mask & inside, limit)
                if has_exact(found):
                    return found
        return {}

    def _places(self, found: dict[int, Match], limit: int) -> list[FoundPlace]:
        """Sort, hide the old names of a commune already listed or named so, and describe."""
        names, shown, answers = self.names, set[tuple[int, str]](), list[FoundPlace]()
        for row in self._sorted(found):
            at, in_force = int(names.places[row]), SECTIONS[names.sections[row]] in KINDS
            name = "" if in_force else str(names.cell("name", row))
            if len(answers) >= limit:
                break
            if not {(at, ""), (at, name)} & shown:
                shown.add((at, name))
                score, kind = found[row]
                answers.append(found_place(names, row, min(score, _BEST), kind))
        return answers

    def _sorted(self, found: dict[int, Match]) -> list[int]:
        """Order rows by score, then kind, then importance.

        Of equal names a commune comes first, unless a département or région of that name has
        over twenty times its inhabitants (Bretagne, before the village of that name).
        """
        sections, weights = self.names.sections, self.names.weights

        def rank(row: int) -> tuple[float, int, float, int]:
            (score, kind), section = found[row], int(sections[row])
            ordered = kind == "code" or (kind == "exact" and section not in _AS_COMMUNES)
            return -score, section if ordered else 0, -float(weights[row]), section

        return sorted(found, key=rank)


def _unsure(found: dict[int, Match]) -> dict[int, Match]:
    """Grade matches as those of words: in the same order, none exact."""
    return {row: (score * _WORDED / _BEST, "word") for row, (score, _) in found.items()}
