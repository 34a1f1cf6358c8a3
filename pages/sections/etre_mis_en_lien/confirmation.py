"""What became of a request, said once it is sent; and the link that forgets it."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from geo.directory.requests import erasure
from geo.directory.requests.contact_request import ContactRequest
from geo.directory.requests.delivery import SENT, names_of
from geo.directory.requests.letters import NETWORK_SITE
from geo.directory.requests.receive import Receipt, receive
from geo.directory.requests.visits import Visit
from geo.directory.store.store import Store
from geo.errors import AtlasError
from geo.french import NBSP, typeset
from geo.output.embedding import own_origin
from geo.output.html import outside
from geo.output.request_link import ASK_PAGE
from geo.query.doors import ERASURE
from geo.query.parameters import ERASE
from geo.settings import settings
from pages.components.submit import book as open_book
from pages.components.text import plain

_DONE: Final = "demande_faite"


@dataclass(frozen=True)
class _Done:
    received: Receipt
    names: tuple[str, ...]
    link: str


def send(store: Store, request: ContactRequest, visit: Visit) -> None:
    """Have a request received, and keep for this visitor alone what became of it.

    Raises
    ------
    AtlasError
        It is refused: see ``receive``.
    """
    origin = _origin()
    done = receive(store, request, visit, erasing=lambda text: origin and _address(origin, text))
    names = tuple(names_of(store, done.written).values())
    link = _address(own_origin("", st.context.url or ""), done.erasure)
    st.session_state[_DONE] = _Done(done, names, link)


def _origin() -> str:
    """Return the address that mails may name: the operator's, else that of this machine alone.

    What a request says of its host would lead whoever receives the mail to anybody's site.
    """
    here = own_origin("", st.context.url or "")
    own = here.partition("://")[2].rpartition(":")[0] in {"127.0.0.1", "localhost", "[::1]"}
    return own_origin(settings().url, "") or (here if own else "")


def _address(origin: str, text: str) -> str:
    return f"{origin}{ASK_PAGE}?{urlencode({ERASE.name: text})}"


def is_closed() -> bool:
    """Return whether the base takes no request; say why, and where else to write."""
    store = open_book()
    if not store.read_only:
        return False
    st.info(plain(store.read_only), icon=":material/lock:")
    _elsewhere()
    return True


def _elsewhere() -> None:
    """Return the secretariat's address, or the network's public site where none is set."""
    if settings().secretariat:
        address = settings().secretariat
        st.link_button(f"Écrire au secrétariat{NBSP}: {plain(address)}", f"mailto:{address}")
    else:
        site = outside(NETWORK_SITE, "Site public du réseau des catalyseurs")
        st.html(Markup('<p class="source">{}</p>').format(site))


def just_sent() -> bool:
    """Return whether this visitor has just sent a request."""
    return _DONE in st.session_state


def say() -> None:
    """Say who was written to, who answers, how to erase it; give a mail to send oneself."""
    done: _Done = st.session_state[_DONE]
    number = done.received.request_id[-6:]
    st.success(f"Votre demande n° {number} est enregistrée.", icon=":material/task_alt:")
    st.markdown(plain(_sent_to(done)))
    if done.received.delivery != SENT:
        _by_oneself(done)
    if done.received.confirmed:
        st.markdown("Un courriel vous le confirme, avec le lien pour l’effacer.")
    st.markdown(
        f"**Effacer ma demande**{NBSP}: gardez ce lien, le seul qui l’efface de la base et de "
        "tout son historique."
    )
    st.code(done.link, language=None, wrap_lines=True)
    st.button("Faire une autre demande", on_click=_again, icon=":material/add:")


def _sent_to(done: _Done) -> str:
    many = done.received.delivery == SENT
    names = ", ".join(done.names)
    if many and names:
        more = " et au secrétariat du réseau" if settings().secretariat else ""
        return typeset(f"Elle est partie par courriel à {names}{more}.")
    if many:
        return typeset(
            "Elle est partie par courriel au secrétariat du réseau, qui la transmet : les "
            "catalyseurs choisis n’ont pas de courriel public."
        )
    return typeset("La coordination de cette carte la trouve dans sa file et y répond.")


def _by_oneself(done: _Done) -> None:
    """Return a ready mail, and say to whom it may be sent."""
    why = "Aucun courriel n’est parti d’ici"
    if done.received.delivery != "a_envoyer":
        why = "L’envoi par courriel a échoué"
    if settings().secretariat:
        sentence = f"{why}. Pour gagner du temps, envoyez-la vous-même au secrétariat du réseau."
    else:
        sentence = (
            f"{why}, et cette carte ne connaît pas l’adresse du secrétariat du réseau. Vous pouvez "
            "envoyer vous-même le message prêt, à qui vous choisissez, ou passer par le site "
            "public du réseau."
        )
    st.info(typeset(sentence), icon=":material/outgoing_mail:")
    st.link_button(
        "Ouvrir le message prêt à envoyer",
        done.received.ready.mailto(),
        icon=":material/mail:",
    )
    if not settings().secretariat:
        _elsewhere()


def _again() -> None:
    st.session_state.pop(_DONE, None)


# --- the link of a confirmation -----------------------------------------------------------


def _token() -> str:
    parameters = {name: st.query_params.get_all(name) for name in st.query_params}
    return ERASURE.read(parameters)[0][ERASE]


def asked_to_erase() -> bool:
    """Return whether the address is the link of a confirmation."""
    return bool(_token())


def erasing() -> None:
    """Forget the request once its author confirms: a program that follows links erases nothing."""
    if st.session_state.get("demande_effacee"):
        st.success(
            "Votre demande et vos coordonnées sont effacées, de la base et de tout son historique.",
            icon=":material/task_alt:",
        )
        return
    try:
        store = open_book()
        erasure.request_of(store, _token())
        st.markdown(
            "Ce lien efface votre demande et vos coordonnées, de la base et de tout son "
            "historique. Les courriels déjà partis restent chez ceux qui les ont reçus."
        )
        if st.button("Effacer ma demande", type="primary", icon=":material/delete_forever:"):
            erasure.erase_by_link(store, _token())
            st.session_state["demande_effacee"] = True
            st.session_state.pop(_DONE, None)
            st.rerun()
    except AtlasError as fault:
        st.error(plain(str(fault)), icon=":material/error:")
