"""What was found in a table of indicators: counted, with examples, in French."""

from dataclasses import dataclass, field
from typing import Final

from geo.french import count, number, typeset

_SHOWN: Final = 5

UNMATCHED: Final = "unmatched"
OVERSEAS: Final = "overseas"
_SAID: Final = {
    UNMATCHED: "Lignes sans territoire connu, laissées de côté",
    OVERSEAS: "Lignes d’une collectivité d’outre-mer, hors périmètre, laissées de côté",
    "recovered": "Codes abîmés par un tableur (zéro initial ou décimales), rétablis",
    "followed": "Lignes sous un ancien code, jointes à la commune d’aujourd’hui",
    "incomplete": "Lignes d’une partie de commune sans le reste (commune non disponible)",
    "arrondissement": "Lignes d’arrondissement municipal, additionnées dans leur commune",
    "arrondissement_unused": "Lignes d’arrondissement municipal, déjà dans celle de leur commune",
    "year": "Lignes dont l’année est illisible, laissées de côté",
    "duplicate": "Lignes répétées à l’identique, comptées une fois",
    "conflict": "Valeurs contredites par une autre ligne du même territoire (non disponibles)",
    "merged": "Valeurs de communes fusionnées, que la règle n’additionne pas (non disponibles)",
    "separated": "Valeurs d’une commune et de celles qui s’en sont séparées (non disponibles pour "
    "elle seule)",
    "unreadable": "Valeurs qui ne sont pas des nombres (non disponibles)",
    "negative": "Valeurs négatives, qui ne peuvent l’être (non disponibles)",
    "missing": "Valeurs déclarées manquantes ou secrètes (non disponibles)",
}


@dataclass
class Report:
    """Counts and a few examples, by what was found; ``columns``: those the file lacks."""

    row_count: int = 0
    columns: list[str] = field(default_factory=list)
    _found: dict[str, list[str]] = field(default_factory=dict)

    def tell(self, what: str, examples: list[str]) -> None:
        """Add findings."""
        if examples:
            self._found.setdefault(what, []).extend(examples)

    def count(self, what: str) -> int:
        """Count what was found of one sort."""
        return len(self._found.get(what, ()))

    def sentences(self) -> list[str]:
        """Say everything found, one French sentence each."""
        lines = [f"{count(self.row_count, 'ligne')} lue{'s' if self.row_count > 1 else ''}."]
        lines += [f"Colonne absente du fichier : « {name} »." for name in self.columns]
        lines += [self._line(what, label) for what, label in _SAID.items()]
        return [typeset(line) for line in lines if line]

    def _line(self, what: str, label: str) -> str:
        found = self._found.get(what, [])
        if not found:
            return ""
        examples = [one[:40] for one in dict.fromkeys(found) if one.strip()][:_SHOWN]
        shown = ", ".join(f"« {one} »" for one in examples)
        return f"{label} : {number(len(found))}{f', par exemple {shown}' if shown else ''}."
