"""Who is at the screen, and how they sign in."""

import time
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import streamlit as st

from geo.directory.access import VISITOR, Person, signed_in, user_of_the_machine
from geo.directory.local_access import ENTRANCE, cookie_name
from geo.directory.signed_out import signed_out
from geo.settings import settings
from pages.components.text import plain

_LOOPBACK: Final = {"127.0.0.1", "localhost", "::1"}
_HOW: Final = (
    "Consultation seulement. Pour modifier, ouvrez l’adresse qui s’affiche au démarrage de "
    "l’application, sur la machine où elle tourne."
)
_NEEDED: Final = ("client_id", "client_secret", "server_metadata_url")
_SHARED: Final = ("redirect_uri", "cookie_secret")
_LEAST_SIGNS, _LEAST_KINDS = 16, 6
"""Of the secret that signs cookies: whoever guesses « xxx », as examples write it, is anybody."""
_OPENED_UNDER: Final = "secret_de_connexion"


def person() -> Person:
    """Return who is at the screen.

    Once sign-in is configured, who signed in; else, on a machine used alone, its user, who came in
    by the address that serves once and may do everything; else a visitor, who reads.
    """
    if sign_in_is_wanted():
        claims = _proven()
        is_in = claims.get("is_logged_in") is True and _is_signed()
        known = is_in and claims not in signed_out()
        return signed_in(claims, settings(), time.time()) if known else VISITOR
    if is_its_users() and _came_in():
        return user_of_the_machine(settings())
    return VISITOR


def sign_in_is_wanted() -> bool:
    """Return whether the operator configured sign-in, even badly: nobody has rights without."""
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
    if not _has_secret():
        return []
    sections = {"": auth} | {n: one for n, one in auth.items() if isinstance(one, Mapping)}
    return [name for name, one in sections.items() if all(one.get(key) for key in _NEEDED)]


def _has_secret() -> bool:
    """Return whether cookies are signed by what nobody guesses; else a cookie proves nothing."""
    text = _secret()
    return len(text) >= _LEAST_SIGNS and len({*text}) >= _LEAST_KINDS


def _secret() -> str:
    auth = st.secrets.get("auth") if st.secrets.load_if_toml_exists() else None
    return str(auth.get("cookie_secret", "")) if isinstance(auth, Mapping) else ""


def _is_signed() -> bool:
    """Return whether this session's cookie is signed by the secret of now.

    Streamlit reads a cookie once, as a session opens: an operator who changes the secret, because
    somebody learnt it, ends the tabs that are open too.
    """
    digest = sha256(_secret().encode()).digest()
    return _has_secret() and st.session_state.setdefault(_OPENED_UNDER, digest) == digest


def how_to_come_in() -> None:
    """Say, on a machine used alone, how to come in to whoever did not."""
    if is_its_users() and ENTRANCE.is_open and not _came_in():
        with st.container(key="acces"):
            st.caption(plain(_HOW))


def signed_in_user() -> None:
    """Say who is signed in, and let them leave, or sign in; nothing on a machine used alone."""
    if not sign_in_is_wanted():
        return
    who = person()
    if who.signed_in and not who.expired:
        st.caption(plain(f"Connecté : {who.name} ({who.role.label})"), width="content")
        st.button("Se déconnecter", key="sortir", type="tertiary", on_click=_leave)
        return
    if who.expired:
        st.caption("Votre connexion est trop ancienne.", width="content")
    _doors()


def _leave() -> None:
    """End this sign-in wherever it is used, then take it from this browser."""
    signed_out().add(_proven())
    st.logout()


def _doors() -> None:
    known = providers()
    if not known:
        st.caption(
            "La connexion est mal réglée : consultation seulement. L’exploitant de cette "
            "application doit vérifier son réglage.",
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
        return "Consultation seulement : connectez-vous pour contribuer."
    if is_its_users():
        return (
            _HOW
            if ENTRANCE.is_open
            else "Consultation seulement : pour modifier, relancez l’application sur sa "
            "machine, puis ouvrez l’adresse qu’elle affiche."
        )
    return "Consultation seulement : sur ce site, la connexion n’est pas encore ouverte."


def is_its_users() -> bool:
    """Return whether this server is its machine's alone: nobody signs in, others cannot ask it."""
    now = settings()
    here = st.get_option("server.address") in _LOOPBACK
    return here and now.local and not now.url and not sign_in_is_wanted()


def _came_in() -> bool:
    """Return whether this browser came in by the address that serves once."""
    secret = st.context.cookies.get(cookie_name(st.get_option("server.port")))
    return isinstance(secret, str) and ENTRANCE.knows(secret) and _asked_by_itself()


def _asked_by_itself() -> bool:
    """Refuse what a page of another port asks: a browser sends it the same cookies."""
    headers = {name.lower(): value for name, value in st.context.headers.to_dict().items()}
    origin = headers.get("origin")
    return origin is None or origin.partition("://")[2] == headers.get("host")


def _proven() -> dict[str, Any]:
    """Return what the sign-in says of a person, without what a header of the request said.

    Where several providers are set, each numbers its own people: the subject names it too.
    """
    claims = st.user.to_dict()
    header_claims = (st.get_option("server.trustedUserHeaders") or {}).values()
    proven = {name: value for name, value in claims.items() if name not in header_claims}
    provider, subject = proven.get("provider"), proven.get("sub")
    if provider and subject and len(providers()) > 1:
        proven["sub"] = f"{provider}:{subject}"
    return proven
