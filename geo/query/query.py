"""What one address asks: typed values, read once at a door, written back without the usual ones."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from geo.errors import AtlasError, BadParameterError
from geo.french import quoted
from geo.query.parameter import Parameter
from geo.query.parameters import ALSO, EVIDENCE, PRACTICE, PROFILE, TEXT
from geo.query.selection import Selection
from geo.query.values import T

RawValues = Mapping[str, Sequence[str]]
"""Every value of each parameter, by the name it was given under, in order."""
Checks = Mapping[str, Callable[[str], object]]
"""By name, what refuses a text that only the data can refuse, with an ``AtlasError``."""
NO_CHECKS: Final[Checks] = {}


@dataclass(frozen=True)
class Query:
    """The values asked for; what was not asked is as usual: ``query[RADIUS]``."""

    values: Mapping[str, Any] = field(default_factory=dict)

    def __getitem__(self, parameter: Parameter[T]) -> T:
        """Return the value of a parameter."""
        value: T = self.values.get(parameter.name, parameter.default)
        return value

    def __contains__(self, parameter: Parameter[Any]) -> bool:
        """Return whether a parameter was given, be it as usual."""
        return parameter.name in self.values

    @property
    def selection(self) -> Selection:
        """Return the filters on catalysts, and what is shown beside them."""
        chosen = (self[PRACTICE], self[PROFILE], self[EVIDENCE], self[TEXT])
        return Selection(*chosen, also=self[ALSO])


@dataclass(frozen=True)
class Door:
    """A way in, and the parameters that are legal there.

    A screen takes what its widgets ``offered``, leaves out what is wrong and says it (``read``);
    files, the API and the terminal take all within the same bounds, and refuse (``ask``).
    ``beside``: what an address says of the screen alone, of no use here and no fault.
    ``english``: parameters go by their English names, and an empty one is a fault: no form of a
    page sent it.
    """

    parameters: tuple[Parameter[Any], ...]
    beside: tuple[Parameter[Any], ...] = ()
    offered: bool = False
    english: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """List what the parameters are called here."""
        return tuple(self.called(parameter) for parameter in self.parameters)

    def called(self, parameter: Parameter[Any]) -> str:
        """Name one parameter as it is called here."""
        return parameter.english if self.english else parameter.name

    def read(
        self, raw_values: RawValues, checks: Checks = NO_CHECKS
    ) -> tuple[Query, list[AtlasError]]:
        """Read what can be read.

        Returns
        -------
        The query without what is wrong, and each fault, in the order of the parameters.
        """
        values: dict[str, Any] = {}
        faults: list[AtlasError] = []
        for parameter in self.parameters:
            name = self.called(parameter)
            texts = [text for text in raw_values.get(name, ()) if text or self.english]
            if not texts:
                continue
            try:
                if not parameter.kind.many:
                    check_once(texts, name)
                values[parameter.name] = parameter.read(texts, name, offered=self.offered)
                if name in checks:
                    checks[name](parameter.kind.write(values[parameter.name])[0])
            except AtlasError as fault:
                values[parameter.name] = parameter.kind.fallback(texts, parameter.default)
                faults.append(fault)
        return Query(values), faults

    def ask(self, raw_values: RawValues, checks: Checks = NO_CHECKS) -> Query:
        """Read everything, or refuse it whole.

        Raises
        ------
        BadParameterError
            A parameter is unknown here, given twice, or refused; the message lists every refusal.
        """
        self._check_names(raw_values)
        query, faults = self.read(raw_values, checks)
        if faults:
            message = " ".join(_sentence(str(fault)) for fault in faults)
            raise BadParameterError(message, getattr(faults[0], "parameter", ""))
        return query

    def _check_names(self, raw_values: RawValues) -> None:
        allowed = (*self.names, *(one.name for one in self.beside))
        for name in raw_values:
            if name not in allowed:
                hint = f"Filtres possibles : {', '.join(self.names)}."
                raise BadParameterError(f"Filtre inconnu : {quoted(name[:40])}. {hint}", name)


def check_once(texts: Sequence[str], name: str) -> None:
    """Refuse a parameter given many times: which of its values counts would be a guess.

    Raises
    ------
    BadParameterError
        With how many times it is given.
    """
    if len(texts) > 1:
        times = "deux fois" if len(texts) == 2 else f"{len(texts)} fois"  # noqa: PLR2004
        message = f"Le paramètre {quoted(name)} est donné {times} ; gardez-en un."
        raise BadParameterError(message, name)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
