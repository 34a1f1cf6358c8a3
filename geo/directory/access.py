"""Who may do what: reader, contributor, coordinator; and what a sign-in proves of a person."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from hashlib import sha256
from typing import Any, Final

from geo.french import CONTROLS
from geo.settings import Settings

Claims = Mapping[str, Any]

_LONGEST_NAME: Final = 80
_HOUR_S: Final = 3600
_AHEAD_S: Final = 300


class Role(IntEnum):
    """What a person may do; each role may do what the ones before it may."""

    READER = 0
    CONTRIBUTOR = 1
    COORDINATOR = 2

    @property
    def label(self) -> str:
        """What a person reads."""
        return ("consultation", "contribution", "coordination")[self]


_NAMED: Final = {
    "contributor": Role.CONTRIBUTOR,
    "contribution": Role.CONTRIBUTOR,
    "coordinator": Role.COORDINATOR,
    "coordination": Role.COORDINATOR,
}
"""What the claim named by ``CATALYSE_ROLE_CLAIM`` may hold."""


@dataclass(frozen=True)
class Person:
    """Who is at the screen: the name that the history keeps, and the role.

    ``signed_in`` tells a person that a sign-in proves from the user of a machine used alone;
    ``expired`` one whose sign-in is too old to count. ``key`` is who a sign-in proves them to be:
    a name is whatever they call themselves, and two people may bear it.
    """

    name: str
    role: Role
    signed_in: bool = False
    expired: bool = False
    key: str = field(default="", compare=False)

    def wrote(self, key: str, name: str) -> bool:
        """Return whether something is theirs: whose key it bears, once people sign in.

        What bears none, older than keys, is nobody's then but the coordination's to settle: a name
        is whatever its bearer types. On a machine used alone, it goes by the name.
        """
        if key or self.signed_in:
            return bool(key) and key == self.key
        return name == self.name

    @property
    def may_propose(self) -> bool:
        """Return whether their changes are received, at once or as proposals."""
        return self.role >= Role.CONTRIBUTOR

    @property
    def may_write(self) -> bool:
        """Return whether their changes are written at once."""
        return self.role >= Role.COORDINATOR

    @property
    def may_see_contacts(self) -> bool:
        """Return whether they may read personal data whose publication nobody consented to."""
        return self.role >= Role.COORDINATOR


VISITOR: Final = Person("", Role.READER)
"""Nobody in particular."""


def user_of_the_machine(now: Settings) -> Person:
    """Return who works at the machine itself, in its terminal or by its one-time address."""
    return Person(now.author, Role.COORDINATOR)


def signed_in(claims: Claims, now: Settings, at: float) -> Person:
    """Return the person that the claims of an identity token name.

    Roles come from the settings: lists of verified e-mails or subjects, or a claim. The highest
    counts; whoever is named nowhere reads. A sign-in older than the settings allow, or that does
    not say its age, gives no right.

    Parameters
    ----------
    claims
        As the provider gave them: ``sub``, ``iat``, ``name``, ``email``, ``email_verified``…
    at
        Seconds since 1970, to be compared with ``iat``.
    """
    name, key = _name(claims), _key(claims)
    if not 0 - _AHEAD_S <= at - _number(claims.get("iat")) <= now.sign_in_hours * _HOUR_S:
        return Person(name, Role.READER, signed_in=True, expired=True, key=key)
    return Person(name, max(_roles(claims, now)), signed_in=True, key=key)


def _name(claims: Claims) -> str:
    """Return the display name, else the subject; of one that is an e-mail, what comes before @."""
    raw_name = next((str(claims[one]) for one in ("name", "sub") if claims.get(one)), "")
    tidy = " ".join(re.sub(CONTROLS, " ", raw_name).split())
    return tidy.partition("@")[0].strip()[:_LONGEST_NAME] or "sans nom"


def _key(claims: Claims) -> str:
    """Name a person as their provider does, whatever they call themselves; "" without a subject."""
    subject = claims.get("sub")
    who = f"{claims.get('iss') or ''} {subject}"
    return sha256(who.encode()).hexdigest()[:32] if subject else ""


def _number(value: object) -> float:
    real = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if real else 0.0  # type: ignore[arg-type]


def _roles(claims: Claims, now: Settings) -> Iterator[Role]:
    """Return every role that a person has."""
    yield Role.READER
    names = {*_identities(claims)}
    if names & _listed(now.coordinators):
        yield Role.COORDINATOR
    if names & _listed(now.contributors):
        yield Role.CONTRIBUTOR
    if now.role_claim:
        yield from (_NAMED[one] for one in _words(claims, now.role_claim) if one in _NAMED)


def _identities(claims: Claims) -> Iterator[str]:
    """Return what a list may name a person by: an e-mail only when verified, the subject."""
    subject, email = claims.get("sub"), claims.get("email")
    # A subject that looks like an e-mail proves none.
    if isinstance(subject, str) and subject and "@" not in subject:
        yield subject
    if isinstance(email, str) and "@" in email and claims.get("email_verified") is True:
        yield _mail(email)


def _listed(text: str) -> set[str]:
    entries = (one.strip() for one in text.split(","))
    return {_mail(one) if "@" in one else one for one in entries if one}


def _mail(text: str) -> str:
    """Write an e-mail as it is compared: A is a; a sign of another alphabet is no letter of ours.

    Folded with the rest, the sign of the kelvin is a « k », « ß » is « ss »: of another mailbox.
    """
    tidy = text.strip()
    return tidy.lower() if tidy.isascii() else tidy


def _words(claims: Claims, path: str) -> list[str]:
    """Read a claim of roles, a list or words apart; a dot goes down into it."""
    found: Any = claims
    for step in [path] if path in claims else path.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    if isinstance(found, str):
        found = found.replace(",", " ").split()
    return [str(one).casefold() for one in found] if isinstance(found, list | tuple) else []
