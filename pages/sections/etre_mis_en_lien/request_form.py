"""The form of a request: what for, to whom, and who asks."""

from collections.abc import Callable
from time import monotonic
from typing import Final

import streamlit as st

from geo.analysis.fitting import RULE, Fit, best_fits, named_first
from geo.analysis.origin import Origin
from geo.directory.directory import Directory
from geo.directory.requests.contact_request import LONGEST, LONGEST_NEED, ContactRequest
from geo.directory.requests.visits import Visit
from geo.errors import AtlasError
from geo.french import NBSP, quoted, typeset
from geo.output.reach import published_record
from geo.query.parameters import ODD, PRACTICE, RECORD, STEP
from geo.settings import settings
from geo.vocabulary import items, label, vocabularies
from pages.components.client import client_address
from pages.components.link import current_query
from pages.components.submit import book as open_book
from pages.components.text import plain
from pages.sections.etre_mis_en_lien import confirmation

_PRACTICE: Final = "demande_pratique"
_STEP: Final = "demande_etape"
_ODD: Final = "demande_odd"
_SHOWN: Final = "demande_vue"
_LINK: Final = "demande_lien"
_UNKNOWN: Final = "Je ne sais pas"
_MATURITY: Final = {
    "pionnier": "Pionnier",
    "actif": "Actif",
    "premiers_pas": "Premiers pas",
    "en_questionnement": "En questionnement",
}


def prefill() -> None:
    """Write in the form, once, what a link or a filter chosen before says."""
    link = st.session_state.get("link")
    if _PRACTICE in st.session_state and st.session_state.get(_LINK) == link:
        return
    practices = [*(st.session_state.get(PRACTICE.name) or ())]
    known = [one for one in practices if one in vocabularies()["practice"].ids()]
    st.session_state[_PRACTICE] = known[0] if known else None
    st.session_state[_STEP] = st.session_state.get(STEP.name) or ""
    st.session_state[_ODD] = st.session_state.get(ODD.name) or ""
    st.session_state[_LINK] = link


def practice() -> str:
    """Draw the choice of a practice; none is a choice too."""
    chosen = st.pills(
        "Ce que vous cherchez, si vous le savez",
        vocabularies()["practice"].ids(),
        format_func=lambda code: label("practice", code),
        key=_PRACTICE,
    )
    return chosen or ""


def invite() -> None:
    """Say how to start, and to whom the request goes when one comes from a record."""
    actor = published_record(open_book(), current_query()[RECORD])
    named = actor["actor_id"] and not actor["fictive"]
    to = f"Votre demande ira d’abord à {quoted(str(actor['actor_name']))}. " if named else ""
    sentence = f"{to}Dites {'' if named else 'd’abord '}d’où vous écrivez : votre commune suffit."
    st.info(plain(sentence), icon=":material/pin_drop:")


def suggested(book: Directory, origin: Origin, practice_id: str) -> list[Fit]:
    """Return the catalysts that fit best, the organisation that the link names first."""
    named = current_query()[RECORD]
    fits = best_fits(book, origin, practice_id, first=named)
    return named_first(fits, published_record(open_book(), named), origin)


def form(origin: Origin, practice_id: str, fits: list[Fit]) -> None:
    """Draw the rest, and send it."""
    st.session_state.setdefault(_SHOWN, monotonic())
    with st.form("demande"):
        need = st.text_area(
            "Votre besoin, en une phrase",
            max_chars=LONGEST_NEED,
            height=80,
            placeholder="Exemple\u00a0: réunir entreprises et associations autour d’un lieu vide.",
        )
        chosen = _catalysts(fits)
        with st.expander("Préciser (facultatif)", icon=":material/tune:"):
            more = _more()
        who = _person()
        trap = _trap()
        consent = st.checkbox(_consent())
        if st.form_submit_button("Envoyer ma demande", type="primary", icon=":material/send:"):
            request = ContactRequest(
                need=need,
                practice=practice_id,
                territory=origin.territory or ("", ""),
                departement_code=origin.departement_code,
                chosen_ids=tuple(chosen),
                consent=consent,
                **more,
                **who,
            )
            _send(request, trap)


def _consent() -> str:
    return typeset(
        "J’accepte que ma demande et mes coordonnées soient transmises à ces catalyseurs et au "
        "secrétariat du réseau pour me répondre, et par lui, s’il le faut, à un autre qui le "
        f"peut ; et gardées {settings().request_months} mois au plus, chiffrées. Je peux les "
        "effacer à tout moment par le lien qui me sera donné."
    )


def _catalysts(fits: list[Fit]) -> list[str]:
    """Let the suggested ones be chosen, each with why it is; they are all by default."""
    if not fits:
        st.caption("Aucun catalyseur connu à portée\u00a0: le secrétariat cherchera pour vous.")
        return []
    st.markdown("**Pour qui**")
    chosen_ids = [
        fit.catalyst_id
        for fit in fits
        if st.checkbox(
            f"{plain(fit.name)}{NBSP}: {plain(', '.join(fit.reasons))}",
            value=True,
            key=f"demande_pour_{fit.catalyst_id}",
        )
    ]
    with st.expander("Pourquoi ceux-là", icon=":material/help:"):
        st.markdown(typeset(RULE))
    return chosen_ids


def _more() -> dict[str, str]:
    steps = ("", *vocabularies()["project_step"].ids())
    goals = ("", *vocabularies()["odd"].ids())
    return {
        "step": st.selectbox(
            "Étape de votre projet", steps, format_func=_named("project_step"), key=_STEP
        ),
        "odd": st.selectbox("ODD visé", goals, format_func=_named("odd"), key=_ODD),
        "maturity": st.selectbox(
            "Où en est votre territoire",
            ("", *_MATURITY),
            format_func=lambda code: _MATURITY.get(code, _UNKNOWN),
        ),
    }


def _named(vocabulary: str) -> Callable[[str], str]:
    names = {item.id: item.label for item in items(vocabulary)}
    numbered = vocabulary == "odd"

    def name(code: str) -> str:
        number = f"{code}. " if numbered else ""
        return f"{number}{typeset(names[code])}" if code else _UNKNOWN

    return name


def _person() -> dict[str, str]:
    left, right = st.columns(2)  # two lines: on a phone, one field under the other in this order
    name = left.text_input("Votre nom", max_chars=LONGEST, autocomplete="name")
    organisation = right.text_input(
        "Organisation (facultatif)", max_chars=LONGEST, autocomplete="organization"
    )
    left, right = st.columns(2)
    email = left.text_input("Courriel", max_chars=254, autocomplete="email")
    phone = right.text_input("Ou téléphone", max_chars=40, autocomplete="tel")
    return {"name": name, "email": email, "organisation": organisation, "phone": phone}


def _trap() -> str:
    """Draw a field that nobody sees; what fills it is a robot."""
    with st.container(key="piege"):
        return st.text_input("Laissez ce champ vide", autocomplete="off", key="demande_vide") or ""


def _send(request: ContactRequest, trap: str) -> None:
    visit = Visit(client_address(), st.session_state[_SHOWN], trap)
    try:
        confirmation.send(open_book(), request, visit)
    except AtlasError as fault:
        st.error(plain(str(fault)), icon=":material/error:")
        return
    del st.session_state[_SHOWN]
    st.rerun()
