"""An address to start from: asked of the geocoder when told to, never while it is typed."""

import streamlit as st

from geo.analysis.origin import address_origin
from geo.directory.geocoding.geocoder import Geocoder, geocoder
from geo.directory.geocoding.place import LOW_SCORE
from geo.directory.geocoding.query import Answer
from geo.directory.geocoding.visitor import SURE, communes_of, looks_like_address, suggestions
from geo.errors import AtlasError, GeocoderError
from geo.french import NBSP
from geo.reference.gazetteer import FoundPlace
from pages.components.text import plain


def geocoder_in_force() -> Geocoder | None:
    """Return the geocoder, or none when its settings cannot be used: places still answer."""
    try:
        return geocoder()
    except GeocoderError:
        return None


def address_search(name: str, typed: str, known: list[FoundPlace]) -> bool:
    """Offer to look an address up, and show what was found; tell whether this is an address.

    ``known`` is what the gazetteer finds: a text that it recognises is no address.
    """
    recognised = any(place.match_kind in SURE for place in known)
    if recognised or not looks_like_address(typed):
        return False
    where = geocoder_in_force()
    if where is None:
        return bool(communes_of(typed, 1))
    if st.button("Chercher cette adresse", key=f"{name}_geocoder", icon=":material/pin_drop:"):
        _look_up(name, typed, where)
    sentence = f"En cliquant, ce texte est envoyé à {where.host} ; rien n’en est enregistré ici."
    st.caption(plain(sentence))
    _offer(name, typed)
    return True


def _look_up(name: str, typed: str, where: Geocoder) -> None:
    try:
        with st.spinner(f"{where.host} cherche l’adresse…"):
            found = suggestions(typed)
            options = {_url(answer): _label(answer) for answer in found}
    except AtlasError as fault:
        st.warning(plain(f"{fault} {_meanwhile(name, typed)}"), icon=":material/cloud_off:")
        return
    if not found:
        sentence = f"Aucune adresse ne répond chez {where.host}. {_meanwhile(name, typed)}"
        st.info(plain(sentence), icon=":material/search_off:")
    elif found[0].score >= LOW_SCORE:
        st.session_state[name] = next(iter(options))
    st.session_state[f"{name}_adresses"] = (typed, options)


def _meanwhile(name: str, typed: str) -> str:
    """Start from the commune of an address that cannot be found, and say so."""
    communes = communes_of(typed, 1)
    if not communes:
        return "Écrivez le nom de la commune, ou touchez la carte."
    st.session_state[name] = f"commune:{communes[0].code}"
    return f"La recherche part de la commune : {communes[0].label}."


def _offer(name: str, typed: str) -> None:
    query, options = st.session_state.get(f"{name}_adresses", ("", {}))
    if query != typed or not options:
        return
    choice = f"{name}_adresse"
    chosen = st.session_state.get(name)
    st.session_state[choice] = chosen if chosen in options else None
    st.pills(
        "Adresses trouvées",
        list(options),
        format_func=lambda url: options[url],
        key=choice,
        on_change=_choose,
        args=(name, choice),
    )


def _choose(name: str, choice: str) -> None:
    if st.session_state[choice]:
        st.session_state[name] = st.session_state[choice]


def _url(answer: Answer) -> str:
    return address_origin(answer.longitude, answer.latitude, answer.label).to_url()


def _label(answer: Answer) -> str:
    return plain(f"{answer.label} ({answer.score * 100:.0f}{NBSP}%)")
