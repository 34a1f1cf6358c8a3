"""What the mails say: to the catalysts, to the secretariat, to whoever asked."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from geo.directory.requests.mail import Letter
from geo.directory.store.changes import Record
from geo.errors import UnknownCodeError
from geo.french import NBSP
from geo.reference.territory import territory
from geo.settings import settings
from geo.vocabulary import name_of

NETWORK_SITE: Final = "https://innovationterritoriale.plateformecapitalisation.org/accueil"
"""The network's public site, given to whoever can be sent to no secretariat."""
_REQUEST_FIELDS: Final = (
    ("practice", "practice", "Pratique"),
    ("step", "project_step", "Étape"),
    ("odd", "odd", "ODD"),
    ("maturity", "maturity", "Maturité"),
)
_PERSON: Final = (
    ("requester_name", "Nom"),
    ("requester_organisation", "Organisation"),
    ("requester_email", "Courriel"),
    ("requester_phone", "Téléphone"),
)


def place_label(record: Any) -> str:
    """Name the territory of a request, by its code when the reference lost it."""
    kind, code = str(record["territory_kind"]), str(record["territory_code"])
    try:
        return territory(kind, code).label
    except UnknownCodeError:
        return f"{kind} {code}".strip() or "lieu inconnu"


def about(record: Record) -> list[tuple[str, str]]:
    """List what a request asks for, without who asks."""
    lines = [("Territoire", place_label(record))]
    lines += [
        (title, _item(vocabulary, record[name]))
        for name, vocabulary, title in _REQUEST_FIELDS
        if record[name]
    ]
    return lines


def _item(vocabulary: str, code: str) -> str:
    number = f"{code}. " if vocabulary == "odd" else ""
    return number + name_of(vocabulary, code)


def subject(record: Record) -> str:
    """Return the subject of a mail; nothing that a visitor typed enters a header."""
    return f"Demande de mise en lien, {place_label(record)} ({record['request_id'][-6:]})"


def _request_lines(record: Record, person: dict[str, str], names: Sequence[str]) -> Iterator[str]:
    yield f"Besoin{NBSP}: {person['need']}"
    yield ""
    yield from (f"{title}{NBSP}: {text}" for title, text in about(record))
    if names:
        yield f"Catalyseurs pressentis{NBSP}: {', '.join(names)}"
    yield ""
    yield from (f"{title}{NBSP}: {person[name]}" for name, title in _PERSON if person[name])


def _request(record: Record, person: dict[str, str], names: Sequence[str]) -> Iterator[str]:
    yield from _request_lines(record, person, names)
    yield ""
    yield (
        "La personne a accepté que ces coordonnées vous soient transmises pour lui répondre, et "
        "pour cela seulement. Effacez-les ensuite."
    )


def to_catalyst(recipient: str, record: Record, person: dict[str, str]) -> Letter:
    """Write to one catalyst; the answer goes straight to whoever asked."""
    lines = [
        "Bonjour,",
        "",
        _INTRODUCTION,
        "",
        *_request(record, person, ()),
    ]
    return Letter(recipient, subject(record), "\n".join(lines), person["requester_email"])


def to_secretariat(
    record: Record, person: dict[str, str], names: Sequence[str], written: Sequence[str]
) -> Letter:
    """Write to the network's secretariat, which sees to it that somebody answers."""
    sent = f"Envoyée aussi à{NBSP}: {', '.join(written)}." if written else _FORWARD
    lines = ["Bonjour,", "", "Une demande de mise en lien est arrivée.", sent, ""]
    lines += _request(record, person, names)
    if settings().url:
        lines += ["", f"La transmettre et la suivre{NBSP}: {settings().url.rstrip('/')}/demandes"]
    return Letter(
        settings().secretariat, subject(record), "\n".join(lines), person["requester_email"]
    )


def by_oneself(record: Record, person: dict[str, str], names: Sequence[str]) -> Letter:
    """Write the same in the name of whoever asks, to be sent from their own mail program."""
    lines = ["Bonjour,", "", "Je demande à être mis en lien avec un catalyseur territorial.", ""]
    lines += _request_lines(record, person, names)
    return Letter(settings().secretariat, subject(record), "\n".join(lines))


_INTRODUCTION: Final = (
    "Une personne demande à être mise en lien avec vous, par la carte des catalyseurs "
    "territoriaux. Répondez-lui directement, même pour dire que ce n’est pas vous."
)
_FORWARD: Final = (
    "Aucun des catalyseurs pressentis n’a de courriel publié : à vous de la leur transmettre."
)


def reminder(recipient: str, record: Record, person: dict[str, str]) -> Letter:
    """Write again to a catalyst that has not answered."""
    first = to_catalyst(recipient, record, person)
    body = (
        f"Bonjour,\n\nCette demande attend une réponse depuis plus de quinze jours.\n\n{first.body}"
    )
    return Letter(recipient, f"Relance{NBSP}: {first.subject}", body, first.reply_to)


def answer(record: Record, person: dict[str, str]) -> Letter:
    """Begin the answer of the coordination to whoever asked."""
    body = f"Bonjour,\n\nVous avez écrit{NBSP}: {person['need']}\n\n"
    return Letter(person["requester_email"], f"Votre demande, {place_label(record)}", body)


def confirmation(recipient: str, record: Record, erasure: str) -> Letter:
    """Write to whoever asked; what they typed is not repeated, so that no spam is sent by it."""
    number, place = record["request_id"][-6:], place_label(record)
    retention = f"Vos coordonnées seront effacées dans {settings().request_months} mois au plus."
    lines = ["Bonjour,", "", f"Votre demande de mise en lien, {place}, est bien reçue, sous le"]
    lines[-1] += f" numéro {number}. Une réponse vous parviendra à cette adresse."
    lines += ["", retention]
    if erasure:
        lines += [f"Pour les effacer tout de suite, ouvrez{NBSP}:", erasure]
    lines += ["", "Si vous n’avez rien demandé, ce même lien efface tout."] if erasure else []
    return Letter(recipient, "Votre demande de mise en lien est reçue", "\n".join(lines))
