"""Choosing a place: typed and recognised at each pause, or taken from a link or the map."""

from collections.abc import Collection

import streamlit as st

from geo.analysis.origin import parse_origin, typed_point
from geo.directory.geocoding.visitor import communes_of
from geo.reference import gazetteer, listed_petr
from geo.reference.gazetteer import FoundPlace
from geo.reference.old_codes import remark
from geo.reference.place import Place
from geo.reference.place_remarks import remarks, search
from geo.reference.territory import COMMUNE
from pages.components.addresses import address_search
from pages.components.text import plain

_SHOWN = 6
_ENOUGH = 2


def place_search(
    name: str,
    *,
    label: str,
    placeholder: str,
    kinds: Collection[str] | None = None,
    points: bool = False,
) -> str | None:
    """Draw a search and give the chosen place, kept under a session name.

    The place is « kind:code », or « longitude,latitude » where ``points`` are taken too.
    """
    _say_in_field(name)
    typed = st.text_input(
        label,
        key=f"{name}_texte",
        type="search",
        placeholder=placeholder,
        max_chars=120,
        live=True,
        on_change=_choose_first,
        args=(name, kinds, points),
    )
    found = _found(typed, kinds)
    if points and typed and typed_point(typed):
        return st.session_state.get(name)
    is_address = bool(points and typed and address_search(name, typed, found))
    notes = remarks(typed, kinds) if len((typed or "").strip()) >= _ENOUGH else []
    notes += [note for note in [remark(_code_of(name))] if note and note not in notes]
    for note in notes:
        st.caption(plain(note))
    known = _known_by_name(typed, kinds) or bool(notes)
    if len(found) > 1 and not _is_whole(typed, st.session_state.get(name), found):
        _offer(name, found)
    elif typed and len(typed.strip()) >= _ENOUGH and not (found or is_address or known):
        _nothing(typed)
    return st.session_state.get(name)


def _say_in_field(name: str) -> None:
    """Write in the field, once, the territory or the address that a link or a page chose."""
    chosen = st.session_state.get(name, "")
    if f"{name}_texte" in st.session_state or not chosen:
        return
    if ":" in chosen:
        st.session_state[f"{name}_texte"] = gazetteer.by_code(*Place.parse(chosen)).label
    elif address := parse_origin(chosen).address:
        st.session_state[f"{name}_texte"] = address


def _code_of(name: str) -> str:
    """Return the code of the commune that a link chose: an old one is said to be."""
    chosen = Place.parse(st.session_state.get(name) or "")
    return chosen.code if chosen.kind == COMMUNE else ""


def _found(typed: str | None, kinds: Collection[str] | None) -> list[FoundPlace]:
    if len((typed or "").strip()) < _ENOUGH:
        return []
    return search(typed or "", _SHOWN, kinds)[0]


def _is_whole(typed: str | None, chosen: str | None, found: list[FoundPlace]) -> bool:
    """Return whether the whole name of the place chosen is written: nothing is left to choose."""
    return [str(one.place) for one in found if one.label == typed] == [chosen]


def _known_by_name(typed: str | None, kinds: Collection[str] | None) -> bool:
    """Say what is not known of the PETR that a text names; return whether it names one."""
    if not typed or (kinds is not None and listed_petr.KIND not in kinds):
        return False
    found = listed_petr.named(typed)
    for one in found:
        st.info(plain(one.remark), icon=":material/help:")
    return bool(found)


def _choose_first(name: str, kinds: Collection[str] | None, points: bool) -> None:  # noqa: FBT001
    """Take the best answer as it is typed; an emptied field chooses nothing any more."""
    typed = st.session_state[f"{name}_texte"] or ""
    point = typed_point(typed) if points else None
    found = _found(typed, kinds) or (communes_of(typed, 1) if points else [])
    if point:
        st.session_state[name] = point.to_url()
    elif found:
        st.session_state[name] = str(found[0].place)
    elif not typed.strip():
        st.session_state.pop(name, None)


def _offer(name: str, found: list[FoundPlace]) -> None:
    labels = {str(one.place): one.label for one in reversed(found)}
    options = list(reversed(labels))
    choice = f"{name}_choix"
    if st.session_state.get(name) in labels:
        st.session_state[choice] = st.session_state[name]
    elif st.session_state.get(choice) not in labels:
        st.session_state[choice] = None
    st.pills(
        "Lieux trouvés",
        options,
        format_func=lambda option: labels[option],
        key=choice,
        on_change=_choose,
        args=(name, choice),
    )


def _choose(name: str, choice: str) -> None:
    if st.session_state[choice]:
        st.session_state[name] = st.session_state[choice]


def _nothing(typed: str) -> None:
    close = ", ".join(place.label for place in gazetteer.suggest(typed, 3))
    hint = f" Vouliez-vous dire : {close} ?" if close else ""
    st.info(plain(f"Aucun lieu ne répond à « {typed[:80]} ».{hint}"), icon=":material/search_off:")
