"""What was found in a table of indicators: counted, with examples, in French."""

from dataclasses import dataclass, field
from typing import Final

from geo.french import count, typeset

_SHOWN: Final = 5

UNMATCHED: Final = "unmatched"
_SAID: Final = {
    UNMATCHED: "sans territoire connu, laissée de côté",
    "recovered": "au code abîmé par un tableur (zéro initial ou décimales), rétabli",
    "followed": "sous un ancien code de commune, suivie jusqu’à celle d’aujourd’hui",
    "incomplete": "sous un ancien code, sans la ligne de la commune d’aujourd’hui : non disponible",
    "arrondissement": "d’arrondissement municipal, additionnée dans sa commune",
    "arrondissement_unused": "d’arrondissement municipal, déjà comptée dans celle de sa commune",
    "year": "dont l’année est illisible, laissée de côté",
    "duplicate": "répétée à l’identique, comptée une fois",
}
_CELLS: Final = {
    "conflict": "contredite par une autre ligne du même territoire : non disponible",
    "merged": "de communes fusionnées, que la règle n’additionne pas : non disponible",
    "unreadable": "qui n’est pas un nombre : non disponible",
    "negative": "négative, alors qu’elle ne peut l’être : non disponible",
    "missing": "déclarée manquante ou secrète : non disponible",
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
        lines += [self._line(what, "ligne", said) for what, said in _SAID.items()]
        lines += [self._line(what, "valeur", said) for what, said in _CELLS.items()]
        return [typeset(line) for line in lines if line]

    def _line(self, what: str, noun: str, said: str) -> str:
        found = self._found.get(what, [])
        if not found:
            return ""
        shown = ", ".join(f"« {one[:40]} »" for one in dict.fromkeys(found[:_SHOWN]) if one.strip())
        more = ", …" if len(found) > _SHOWN and shown else ""
        return f"{count(len(found), noun)} {said}{f' : {shown}{more}' if shown else ''}."
