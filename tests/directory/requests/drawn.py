"""A mayor's request, drawn for the tests."""

from dataclasses import replace
from time import monotonic
from typing import Any

from geo.directory.access import Person, Role
from geo.directory.requests.contact_request import ContactRequest
from geo.directory.requests.receive import Receipt, receive
from geo.directory.requests.visits import Visit, VisitLimits
from geo.directory.store.store import Store

MAYOR = {
    "name": "Zénobie Quatrefages",
    "organisation": "Mairie de Xanthoville",
    "email": "zenobie.quatrefages@mairie.invalid",
    "phone": "06 12 34 98 76",
    "need": "Trouver qui peut animer la rencontre des Wyandottes du canton.",
}
SECRETS = (*MAYOR.values(), "Quatrefages", "Xanthoville", "Wyandottes")
ASKED = ContactRequest(
    **MAYOR,  # type: ignore[arg-type]
    practice="dialogue_territorial",
    territory=("commune", "94018"),
    departement_code="94",
    consent=True,
)
COLETTE = Person("Colette", Role.COORDINATOR)
CAMILLE = Person("Camille", Role.CONTRIBUTOR)


def slow_visit(client: str = "192.0.2.7", trap: str = "") -> Visit:
    """Draw a visitor who took a minute."""
    return Visit(client, monotonic() - 60, trap)


def sent(store: Store, client: str = "192.0.2.7", **fields: Any) -> Receipt:
    """Have a request received, by limits of its own."""
    asked = replace(ASKED, **fields)
    link = "https://carte.invalid/etre_mis_en_lien?effacer="
    return receive(
        store, asked, slow_visit(client), erasing=lambda text: link + text, limits=VisitLimits()
    )
