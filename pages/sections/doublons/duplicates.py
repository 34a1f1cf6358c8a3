"""Duplicates on screen: the ranked pairs, two records side by side, what was decided."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo.directory.duplicates.decisions import UNDONE, Outcome, Pair, Verdict, decide
from geo.directory.duplicates.fields import Choices, Side
from geo.directory.duplicates.latest import latest_pairs
from geo.directory.duplicates.merging import merge
from geo.directory.duplicates.preview import FieldComparison, apart, preview
from geo.directory.duplicates.undoing import named, undo
from geo.directory.ecosystems.rows import WITH_DRAFTS
from geo.directory.schema import KINDS
from geo.directory.store.changes import Changes, Record
from geo.directory.store.lookup import named as named_ids
from geo.directory.store.rows import plain_rows
from geo.directory.store.store import Store
from geo.directory.store.worlds import only_real
from geo.errors import AtlasError
from geo.french import NBSP, count, decimal, moment, quoted, typeset
from geo.output.duplicates import comparison
from geo.query.parameter import in_address
from geo.query.parameters import OTHER, RECORD
from geo.vocabulary import label
from pages.components.link import current_query
from pages.components.nothing_waits import closed_room, nothing_waits
from pages.components.paging import one_page
from pages.components.session_user import person
from pages.components.submit import may_write, submit
from pages.components.text import plain
from pages.sections.doublons.area import area_chosen, area_of

A_PAGE: Final = 10
_LONGEST: Final = 160
_ADDRESS: Final = re.compile(r"(?<=:)//|(?<=www)\.|@")
_ASKED: Final = (RECORD, OTHER)
_SIDES: Final[dict[str, str]] = {"": "les deux", "kept": "fiche gardée", "other": "autre fiche"}


def may_decide(store: Store) -> bool:
    """Return whether this visitor decides on duplicates; say why when not."""
    if person().may_propose and not person().may_write:
        st.info("La coordination seule décide des doublons.", icon=":material/lock:")
    elif may_write():
        return not store.read_only
    closed_room("Ici deux fiches qui se ressemblent sont comparées, puis gardées ou fusionnées.")
    return False


def requested_pair(store: Store) -> Pair | None:
    """Return the two records that the link names; those that do not exist are said."""
    link = current_query()
    one, other = (link[parameter] for parameter in _ASKED)
    if not (one and other):
        return None
    try:
        store.record("actor", one), store.record("actor", other)
    except AtlasError as fault:
        st.warning(plain(str(fault)), icon=":material/link_off:")
        return None
    found = latest_pairs(store, WITH_DRAFTS, area_of(store.read("actor"), one))
    both = found[found["one_id"].isin([one, other]) & found["other_id"].isin([one, other])]
    if both.empty:
        return Pair(one, other)
    row = both.iloc[0]
    return Pair(one, other, float(row["score"]), tuple(row["reasons"]))


def ranked(store: Store) -> None:
    """List the pairs, the likeliest first, each with its score and reasons."""
    actors = only_real(store.read("actor"))
    among = area_chosen(actors)
    if not among.size:
        return
    with st.spinner("Recherche des doublons…"):
        found = latest_pairs(store, WITH_DRAFTS, among.code)
    if found.empty:
        nothing_waits(
            f"Aucun doublon possible parmi {among.words}.",
            "Ici viennent deux fiches qui se ressemblent : vous les comparez, puis les gardez ou "
            "les fusionnez. Rien n’est fusionné sans votre accord.",
            "/contribuer",
            "Apporter des acteurs",
        )
        return
    st.header(f"{count(len(found), 'doublon possible', 'doublons possibles')}", anchor=False)
    st.caption(
        f"Parmi {among.words}. Le score, de 0 à 100, dit la vraisemblance que "
        "les deux fiches décrivent le même acteur ; rien n’est fusionné sans votre accord."
    )
    page = one_page(found, "pairs", A_PAGE)
    names = named_ids(actors["actor_name"], [*page["one_id"], *page["other_id"]])
    for rank, row in zip(page.index, plain_rows(page), strict=True):
        pair = Pair(**row)
        both = f"{quoted(names[pair.one_id])} et {quoted(names[pair.other_id])}"
        with _card(f"{rank + 1}. {both}", _why(pair)):
            st.button(
                f"Comparer la paire {rank + 1}",
                key=f"comparer {pair.one_id} {pair.other_id}",
                help=plain(both),
                on_click=_open,
                args=(pair.one_id, pair.other_id),
            )


def _card(title: str, details: str) -> DeltaGenerator:
    """Frame two lines of text; give the place beside them."""
    with st.container(border=True):
        text, beside = st.columns([4, 1], vertical_alignment="center")
    text.markdown(f"**{plain(title)}**  \n{plain(details)}")
    return beside


def _why(pair: Pair) -> str:
    reasons = ", ".join(pair.reasons)
    score = "" if pair.score is None else f"Score {decimal(round(pair.score))} sur 100"
    return f"{score}{NBSP}: {reasons}" if score and reasons else score or "Paire choisie à la main"


def _open(one: str, other: str) -> None:
    st.query_params.from_dict(in_address(dict(zip(_ASKED, (one, other), strict=True))))
    st.session_state.pop("notices", None)


def _close() -> None:
    st.query_params.clear()


def compare(store: Store, pair: Pair) -> None:
    """Show two records side by side, let each field be chosen, and take the decision."""
    st.button("Tous les doublons", on_click=_close, icon=":material/arrow_back:", type="tertiary")
    rows = {one: store.record("actor", one) for one in (pair.one_id, pair.other_id)}
    reasons = _why(pair)
    # How far apart they lie is one of the reasons already, unless the pair was chosen by hand.
    far = "" if any(one.startswith("à ") for one in pair.reasons) else apart(*rows.values())
    st.markdown(plain(f"{reasons}. {far}".strip()))
    alike = len({row["actor_name"] for row in rows.values()}) == 1
    kept_id = st.radio(
        "Fiche à garder",
        [*rows],
        format_func=lambda one: plain(rows[one]["actor_name"] + (f" ({one})" if alike else "")),
        key=f"gardee {pair.one_id} {pair.other_id}",
    )
    other_id = pair.other_id if kept_id == pair.one_id else pair.one_id
    pair = replace(pair, one_id=str(kept_id), other_id=other_id, by=person().name)
    survivor, other = rows[pair.one_id], rows[pair.other_id]
    choices = _choices(survivor, other)
    st.html(comparison(preview(survivor, other, choices)))
    outcome = merge(survivor, other, _book(store), choices, pair)
    for note in outcome.remarks:
        st.warning(plain(note), icon=":material/info:")
    _buttons(pair, survivor, other, outcome)


def _choices(survivor: Record, other: Record) -> Choices:
    """Offer a choice for each field on which the two records differ."""
    lines = [line for line in preview(survivor, other) if line.differs]
    chosen: dict[str, Side] = {}
    if lines:
        title = f"Choisir champ par champ ({count(len(lines), 'différence')})"
        with st.expander(title, expanded=len(lines) <= A_PAGE):
            for line in lines:
                side = _choice(line, survivor, other)
                if side in {"kept", "other"}:
                    chosen[line.field] = side  # type: ignore[assignment]
    return chosen


def _choice(line: FieldComparison, survivor: Record, other: Record) -> str:
    values = {"kept": line.survivor, "other": line.other}
    usual = next((side for side, text in values.items() if text == line.result), "")
    sides = [usual, *(side for side in values if side != usual)]
    values[""] = line.result
    chosen = st.radio(
        line.label,
        sides,
        format_func=lambda side: plain(f"{_unlinked(_short(values[side]))} ({_SIDES[side]})"),
        key=f"choix {line.field} {survivor['actor_id']} {other['actor_id']}",
    )
    return str(chosen)


def _unlinked(text: str) -> str:
    """Keep an address from becoming a link, which a press would follow instead of choosing it.

    However it is escaped, Streamlit makes one of any: an unseen joiner is put inside.
    """
    return _ADDRESS.sub("\u2060\\g<0>", text)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _book(store: Store) -> dict[str, pd.DataFrame]:
    return {kind: store.read(kind) for kind in KINDS}


def _buttons(pair: Pair, survivor: Record, other: Record, outcome: Outcome) -> None:
    both = f"{quoted(survivor['actor_name'])} et {quoted(other['actor_name'])}"
    # What is pressed is what was seen: once a record has changed, these are other buttons.
    seen = f"{pair.one_id} {survivor['revision']} {pair.other_id} {other['revision']}"
    verdicts: dict[str, tuple[str, str, Callable[[], Changes]]] = {
        "Fusionner": ("merge", "Fusion", lambda: outcome.changes),
        "Garder les deux": ("call_split", "Gardées distinctes", _decided(pair, "distinct")),
        "Ignorer": ("visibility_off", "Paire ignorée", _decided(pair, "ignored")),
    }
    st.caption(
        "« Fusionner » garde une seule fiche, « Garder les deux » dit que ce sont deux acteurs, "
        "« Ignorer » retire la paire de la liste sans rien en dire. Chaque décision s’annule."
    )
    with st.container(horizontal=True):
        for text, (icon, done, changes) in verdicts.items():
            first = text == "Fusionner"
            pressed = st.button(
                text,
                key=f"{text} {seen}",
                icon=f":material/{icon}:",
                type="primary" if first else "secondary",
            )
            if pressed and submit(changes(), typeset(f"{done} : {both}")):
                _back_to_list(outcome.remarks if first else [])


def _decided(pair: Pair, verdict: Verdict) -> Callable[[], Changes]:
    return lambda: decide(pair, verdict)


def _back_to_list(notices: list[str]) -> None:
    st.session_state["notices"] = notices
    st.query_params.clear()
    st.rerun()


def past(store: Store) -> None:
    """List the decisions taken, the last first, each with the way back."""
    merges = store.read("merge").sort_values("decided_at", ascending=False, ignore_index=True)
    if merges.empty:
        return
    st.header(f"{count(len(merges), 'décision')}", anchor=False)
    names = {str(one): str(name) for one, name in store.read("actor")["actor_name"].items()}
    page = one_page(merges, "decisions", A_PAGE)
    for rank, row in zip(page.index, plain_rows(page), strict=True):
        both = " et ".join(quoted(name) for name in named(row, names))
        with _card(f"{rank + 1}. {both}", _decision(row)):
            if row["decision"] != UNDONE:
                _undo_button(store, row, rank + 1, both)


def _decision(row: dict[str, Any]) -> str:
    parts = [label("duplicate_decision", row["decision"]), row["decided_by"]]
    parts.append(moment(row["decided_at"]) if row["decided_at"] else "")
    return ", ".join(text for text in parts if text)


def _undo_button(store: Store, row: Record, rank: int, both: str) -> None:
    pressed = st.button(
        f"Annuler la décision {rank}", key=f"annuler {row['merge_id']}", help=plain(both)
    )
    if not pressed:
        return
    try:
        outcome = undo(row, _book(store))
    except AtlasError as fault:
        st.error(plain(str(fault)), icon=":material/error:")
        return
    if submit(outcome.changes, typeset(f"Décision annulée : {both}")):
        _back_to_list(outcome.remarks)
