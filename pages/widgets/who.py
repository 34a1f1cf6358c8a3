"""Who is at the screen, and how they sign in."""

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import streamlit as st

from geo.directory.access import VISITOR, Person, Role, signed_in
from geo.settings import settings
from pages.widgets.text import plain

_LOOPBACK: Final = {"127.0.0.1", "localhost", "::1"}
# Whatever a proxy adds to say for whom it asks.
_RELAYED: Final = (
    *("x-forwarded", "x-real-ip", "x-client-ip", "x-original", "x-envoy", "x-cluster-client-ip"),
    *("forwarded", "via", "true-client-ip", "cf-", "fly-client-ip", "x-proxyuser"),
)
_NEEDED: Final = ("client_id", "client_secret", "server_metadata_url")
_SHARED: Final = ("redirect_uri", "cookie_secret")


def person() -> Person:
    """Give who is at the screen.

    Once sign-in is configured, who signed in; else, on a machine used alone, its user, who may do
    everything; else a visitor, who reads.
    """
    if sign_in_is_wanted():
        claims = st.user.to_dict()
        known = claims.get("is_logged_in") is True
        return signed_in(claims, settings(), time.time()) if known else VISITOR
    if settings().local and _alone():
        return Person(settings().author, Role.COORDINATOR)
    return VISITOR


def sign_in_is_wanted() -> bool:
    """Tell whether the operator configured sign-in, be it badly: then nobody has rights without."""
    if st.secrets.load_if_toml_exists():
        return "auth" in st.secrets
    return any(Path(one).exists() for one in st.get_option("secrets.files"))


def providers() -> list[str]:
    """Name the identity providers that can be asked, "" for the one without a name."""
    if not (sign_in_is_wanted() and st.secrets.load_if_toml_exists()):
        return []
    auth = st.secrets["auth"]
    if not isinstance(auth, Mapping) or any(not auth.get(name) for name in _SHARED):
        return []
    sections = {"": auth} | {n: one for n, one in auth.items() if isinstance(one, Mapping)}
    return [name for name, one in sections.items() if all(one.get(key) for key in _NEEDED)]


def who_bar() -> None:
    """Say at the top who is signed in, and let them leave, or sign in; nothing on one's own."""
    if not sign_in_is_wanted():
        return
    who = person()
    with st.container(
        horizontal=True, horizontal_alignment="right", vertical_alignment="center", key="qui"
    ):
        if who.signed_in and not who.expired:
            st.caption(plain(f"Connecté : {who.name} ({who.role.label})"), width="content")
            st.button("Se déconnecter", key="sortir", type="tertiary", on_click=st.logout)
            return
        if who.expired:
            st.caption("Votre connexion est trop ancienne.", width="content")
        _doors()


def _doors() -> None:
    known = providers()
    if not known:
        st.caption(
            "La connexion est mal réglée : consultation seulement. L’exploitant de cette "
            "application doit vérifier son fichier « secrets.toml ».",
            width="content",
        )
    for name in known:
        label = f"Se connecter ({plain(name)})" if name else "Se connecter"
        st.button(
            label, key=f"entrer_{name}", type="tertiary", on_click=st.login, args=[name or None]
        )


def why_not() -> str:
    """Say in French why somebody may only read."""
    if sign_in_is_wanted():
        if person().signed_in:
            return (
                "Consultation seulement : votre compte n’a pas de rôle ici. Demandez à la "
                "coordination de vous en donner un."
            )
        return "Consultation seulement : connectez-vous pour proposer une modification."
    return (
        "Consultation seulement : sur ce serveur, personne ne peut encore se connecter. "
        "L’exploitant peut régler une connexion OpenID."
    )


def _alone() -> bool:
    """Tell whether the server answers this machine only, and no proxy stands before it."""
    # The address of whoever is connected is said when it is not this machine's.
    elsewhere = isinstance(st.context.ip_address, str)
    if elsewhere or st.get_option("server.address") not in _LOOPBACK:
        return False
    headers = {name.lower(): value for name, value in st.context.headers.to_dict().items()}
    if any(name.startswith(_RELAYED) for name in headers):
        return False
    asked = [f"//{headers.get('host', 'localhost')}", headers.get("origin", "//localhost")]
    return all(_host(one) in _LOOPBACK for one in asked)


def _host(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None
