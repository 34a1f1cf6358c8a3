"""What a visitor asks, and who they are: refused in French as long as something is missing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from geo.directory.schema import REQUEST
from geo.directory.store.changes import Record
from geo.errors import BadRecordError
from geo.french import CONTROLS, NBSP
from geo.vocabulary import vocabularies

ADDRESS: Final = re.compile(
    r"[A-Za-z0-9.!#$%&*+/=?^_`{|}~'-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z0-9-]{2,63}"
)
"""A mail address that no header can be broken by: ASCII, no space, no comma, no angle."""
LONGEST_NEED: Final = 400
LONGEST: Final = 120
MOST_CHOSEN: Final = 5
_SHORTEST_NEED: Final = 10
_LONGEST_ADDRESS: Final = 254
_DIGITS: Final = range(6, 16)
_CHOICES: Final = ("practice", "step", "odd", "maturity")


@dataclass(frozen=True)
class ContactRequest:
    """One request, as it is typed; ``territory`` is its kind and code."""

    need: str
    name: str
    email: str = ""
    phone: str = ""
    organisation: str = ""
    practice: str = ""
    step: str = ""
    odd: str = ""
    maturity: str = ""
    territory: tuple[str, str] = ("", "")
    departement_code: str = ""
    chosen_ids: tuple[str, ...] = ()
    consent: bool = False

    def check(self) -> None:
        """Refuse what cannot be answered; the sentence repeats nothing of what was typed.

        Raises
        ------
        BadRecordError
            Something is missing or badly written; all faults are said.
        """
        faults = [*self._faults()]
        if faults:
            raise BadRecordError(f"Il manque quelque chose{NBSP}: {f'{NBSP}; '.join(faults)}.")

    def _faults(self) -> Iterator[str]:
        if len(_line(self.need)) < _SHORTEST_NEED:
            yield "dites votre besoin en une phrase"
        if not self.territory[1]:
            yield "choisissez d’où vous écrivez"
        if not _line(self.name):
            yield "donnez votre nom"
        yield from self._unreachable()
        if not self.consent:
            yield "cochez votre accord, sans lequel rien n’est transmis"
        if len(self.chosen_ids) > MOST_CHOSEN:
            yield f"choisissez {MOST_CHOSEN} catalyseurs au plus"
        for name in _CHOICES:
            value, field = getattr(self, name), REQUEST.field(name)
            if value and value not in vocabularies()[field.vocabulary].ids():
                yield f"{field.label.lower()} inconnue"

    def _unreachable(self) -> Iterator[str]:
        email, phone = self.email.strip(), self.phone.strip()
        if not (email or phone):
            yield "donnez un courriel ou un téléphone"
        if email and not (ADDRESS.fullmatch(email) and len(email) <= _LONGEST_ADDRESS):
            yield "le courriel n’a pas la forme nom@domaine.fr"
        if phone and len(re.sub(r"\D", "", phone)) not in _DIGITS:
            yield "le téléphone n’a pas la forme d’un numéro"

    def record(self) -> Record:
        """Return what is stored in clear: codes and ids, nothing that was typed."""
        kind, code = self.territory
        return {name: getattr(self, name) for name in _CHOICES} | {
            "territory_kind": kind,
            "territory_code": code,
            "departement_code": self.departement_code,
            "chosen_ids": [*self.chosen_ids],
        }

    def person(self) -> dict[str, str]:
        """Return what is sealed: all that was typed."""
        return {
            "need": _line(self.need)[:LONGEST_NEED],
            "requester_name": _line(self.name)[:LONGEST],
            "requester_organisation": _line(self.organisation)[:LONGEST],
            "requester_email": self.email.strip(),
            "requester_phone": _line(self.phone)[:LONGEST],
        }


def _line(text: str) -> str:
    return " ".join(re.sub(CONTROLS, " ", text).split())
