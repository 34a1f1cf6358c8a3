"""E-mail addresses: an organisation's stay with it, a person's go to a contact."""

import re
from typing import Final

from geo.directory.importing.fields import plain

_MAIL: Final = re.compile(r"[\w.+'-]{1,64}@(?:[\w-]+\.)+[a-z]{2,24}", re.IGNORECASE)
# « contact [at] asso.fr », which hides an address from machines.
_AT: Final = re.compile(
    r"\s{0,3}(?:[\[({]\s?(?:at|a|arobase|@)\s?[\])}]|\sarobase\s)\s{0,3}", re.IGNORECASE
)
_WORDS: Final = (
    "contact contacts mairie accueil info infos information informations secretariat "
    "secretaire direction directeur directrice administration admin communication com bonjour "
    "hello coucou salut association asso assos bureau coworking cowork cooperative coop "
    "equipe team service services commune communes ville agglo agglomeration communaute "
    "departement region prefecture conseil cabinet president presidence mediatheque "
    "bibliotheque office tourisme ccas cias centre maison lieu tierslieu fablab atelier "
    "ateliers pole antenne agence siege france fs msap mfs reception standard courrier mail "
    "email web site webmaster postmaster noreply culture social numerique emploi formation "
    "jeunesse habitat environnement projet projets developpement economie solidarite vie "
    "associative partenariat partenariats presse ecole college lycee universite fondation "
    "reseau federation union collectif "
)
_GENERIC: Final = frozenset(_WORDS.split())
_SHORTEST_NAME: Final = 4
_INITIALS: Final = 2


def emails(text: str) -> list[str]:
    """List the addresses of a cell, lower case, without repetition."""
    plainly = _AT.sub("@", text)
    return [*dict.fromkeys(found.lower().strip("'.") for found in _MAIL.findall(plainly))]


def without_emails(text: str) -> str:
    """Return what stands around the addresses of a text: the name of a person."""
    if not _MAIL.search(plainly := _AT.sub("@", text)):
        return text
    return " ".join(_MAIL.sub(" ", plainly).split()).strip(" ,;:–-()<>[]")


def is_personal(mail: str, names: str) -> bool:
    """Tell a person's address from an organisation's.

    An organisation's says a common word (« contact@ », « mairie.dupont@ ») or its own name, its
    town's or its domain's; any other is taken for a person's: silence is not consent.

    Parameters
    ----------
    names
        Name of the organisation and of its town.
    """
    local, _, domain = mail.partition("@")
    tokens = [token for token in re.split(r"[^a-z]+", local.lower()) if token]
    if not tokens:
        return False  # digits only say nobody's name
    if any(token in _GENERIC for token in tokens):
        return False
    own = f"{plain(names)} {plain(domain.rsplit('.', 1)[0])}"
    words = own.split()
    glued = own.replace(" ", "")
    if any(len(t) >= _SHORTEST_NAME and (t in words or t in glued) for t in tokens):
        return False
    initials = "".join(word[0] for word in words if word)
    joined = "".join(tokens)
    return not (len(joined) > _INITIALS and joined in initials)
