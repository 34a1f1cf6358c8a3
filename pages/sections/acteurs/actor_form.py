"""An actor's own record, corrected by hand: when it was last checked, and the form."""

from typing import Any, Final

import streamlit as st

from geo.dates import in_words
from geo.directory.access import Person
from geo.directory.actors import WITHHOLDABLE, corrected, is_old, today
from geo.directory.ecosystems.rules import LONGEST, LONGEST_NOTE
from geo.directory.proposals import list_pending
from geo.directory.schema import ACTOR, Field
from geo.directory.store.changes import Changes, Record
from geo.directory.store.lookup import has
from geo.directory.store.store import Store
from geo.errors import AtlasError
from geo.french import count, quoted, typeset
from geo.output.record_facts import OTHERS
from geo.vocabulary import items
from pages.components.provenance import date_field
from pages.components.session_user import person
from pages.components.submit import book, submit
from pages.components.text import plain
from pages.sections.acteurs.place_words import commune_code, commune_words, scope_code, scope_text

_HIDDEN: Final = "Non publié : seule la coordination le lit et le change."


def correction(actor_id: str) -> None:
    """Say when a record was last checked; let those who may propose correct it."""
    store = book()
    if not has(store.read("actor"), actor_id):
        return
    record = store.record("actor", actor_id)
    _checked(record)
    _waiting(store, record)
    if person().may_propose and not store.read_only:
        with st.expander("Corriger cette fiche", icon=":material/edit:"):
            _form(record, person())


def _waiting(store: Store, record: Record) -> None:
    """Tell who proposed something for this record that it waits: the record shows none of it."""
    who = person()
    if not who.may_propose:
        return
    waiting = list_pending(store.read("proposal"), None if who.may_write else who)
    if number := int((waiting["record_id"] == record["actor_id"]).sum()):
        one, many = "proposition attend", "propositions attendent"
        sentence = f"{count(number, one, many)} la coordination pour cette fiche."
        read = f"[{'Les' if number > 1 else 'La'} lire](/moderation)"
        st.info(typeset(f"{sentence} {read}"), icon=":material/pending_actions:")


def _checked(record: Record) -> None:
    when = record["checked_on"]
    text = f"Dernière vérification : {in_words(when)}" if when else "Jamais vérifiée"
    if is_old(when):
        more = ", il y a plus de douze mois." if when else "."
        st.markdown(f":material/update: **À vérifier.** {plain(text + more)}")
    else:
        st.caption(plain(f"{text}."))


def _form(record: Record, who: Person) -> None:
    if not who.may_write:
        st.caption("Votre correction est une proposition, que la coordination valide.")
    # One form for each revision: once it has changed, the form starts again from what is.
    with st.form(f"corriger_{record['actor_id']}_{record['revision']}", border=False):
        left, right = st.columns(2, gap="medium")
        with left:
            values = _identity(record, who)
        with right:
            values |= _reach(record, who) | _trust(record)
        why = st.text_input("Ce que vous corrigez, et pourquoi", max_chars=200)
        sent = st.form_submit_button(
            "Envoyer la correction", type="primary", icon=":material/send:"
        )
    if sent:
        _send(record, values, why)


def _send(record: Record, values: dict[str, Any], why: str) -> None:
    try:
        changed = corrected(record, values | _codes(record, values))
    except AtlasError as fault:
        st.error(plain(str(fault)), icon=":material/error:")
        return
    message = f"Correction de {quoted(record['actor_name'])}"
    if submit(Changes.one("actor", changed), typeset(f"{message} : {why}" if why else message)):
        st.rerun()


def _codes(record: Record, values: dict[str, Any]) -> dict[str, str]:
    """Return the codes of the places that were named; a field not shown gives none."""
    code_of_field = {"commune_code": commune_code, "scope": scope_code}
    return {
        name: code_of(values[name], record[name])
        for name, code_of in code_of_field.items()
        if name in values
    }


def _identity(record: Record, who: Person) -> dict[str, Any]:
    practices = [item.id for item in items("practice")]
    labels = {item.id: item.label for item in (*items("practice"), *items("any_profile"))}
    profiles = ["", *(item.id for item in items("any_profile"))]
    profile = record["profile"]
    return {
        "actor_name": st.text_input("Nom", record["actor_name"], max_chars=300),
        "profile": st.selectbox(
            "Profil",
            profiles,
            profiles.index(profile) if profile in profiles else 0,
            format_func=lambda one: labels.get(one, "Non renseigné"),
        ),
        "practices": st.pills(
            "Pratiques",
            practices,
            selection_mode="multi",
            default=[one for one in record["practices"] if one in practices],
            format_func=lambda one: labels[one],
            wrap=True,
        ),
        "activities": _activities(record["activities"]),
    } | {
        name: value
        for one in ("summary", "offers", "description")
        for name, value in _text(record, who, one).items()
    }


def _activities(current: list[str]) -> list[str]:
    """Ask what is done in each practice, by the practice it belongs to."""
    known = {item.id: item for item in items("activity")}
    practices = {item.id: item.label for item in items("practice")}
    return st.multiselect(
        ACTOR.field("activities").label,
        [*dict.fromkeys([*current, *known])],
        current,
        format_func=lambda one: (
            f"{known[one].label} ({practices[known[one].nature]})" if one in known else one
        ),
        placeholder="Aucune activité précisée",
        select_all=False,
    )


def _reach(record: Record, who: Person) -> dict[str, Any]:
    left, right = st.columns(2)
    with left:
        values = _text(record, who, "address") | _places(record, who)
    with right:
        for name in OTHERS:
            values |= _text(record, who, name)
    return values


def _places(record: Record, who: Person) -> dict[str, Any]:
    """Ask for the commune and the territory by their names; the rest as for any text."""
    named = record | {
        "commune_code": commune_words(record["commune_code"]),
        "scope": scope_text(record["scope"]),
    }
    help_text = typeset(
        "Un nom de territoire, « Toute la France », ou vide : un catalyseur peut agir ailleurs "
        "que là où il est."
    )
    return _text(
        named, who, "commune_code", "Commune", help="Nom, code postal ou code INSEE"
    ) | _text(named, who, "scope", help=help_text)


def _trust(record: Record) -> dict[str, Any]:
    choices = [*dict.fromkeys([*WITHHOLDABLE, *record["withheld"]])]
    statuses = {item.id: item.label for item in items("record_status")}
    known = [*dict.fromkeys([record["status"], *statuses])]
    values: dict[str, Any] = {
        "withheld": st.multiselect(
            "Ne pas publier",
            choices,
            record["withheld"],
            format_func=_field_label,
            placeholder="Tout est publié",
            help=typeset(
                "Une adresse non publiée se lit encore sur la carte : retirez aussi la longitude."
            ),
            select_all=False,
        ),
        "status": st.selectbox(
            "Statut", known, format_func=lambda one: statuses.get(one, "Non renseigné")
        ),
    }
    for name in ("source_title", "source_url"):
        values[name] = st.text_input(ACTOR.field(name).label, record[name], max_chars=300)
    key = f"corriger_date_{record['actor_id']}_{record['revision']}"
    label = ACTOR.field("source_date").label
    values["source_date"] = date_field(label, record["source_date"], key)
    if st.checkbox("J’ai vérifié cette fiche aujourd’hui", value=True):
        values["checked_on"] = today().isoformat()
    return values


def _field_label(name: str) -> str:
    return ACTOR.field(name).label if name in ACTOR.blank() else name


def _text(
    record: Record,
    who: Person,
    name: str,
    label: str = "",
    *,
    help: str | None = None,  # noqa: A002 - Streamlit's own word
) -> dict[str, Any]:
    """Ask for a text; of one that its owner withheld, a contributor sees that it is, no more."""
    field = ACTOR.field(name)
    ask = st.text_area if field.long else st.text_input
    if name in record["withheld"] and not who.may_write:
        ask(label or field.label, "", disabled=True, placeholder=_HIDDEN)
        return {}
    if field.vocabulary:
        return {name: _choice(field, record[name])}
    most = LONGEST_NOTE if field.long else LONGEST
    return {name: ask(label or field.label, record[name], max_chars=most, help=help)}


def _choice(field: Field, current: str) -> str:
    """Ask for one item of the vocabulary of a field; what is held stays on offer."""
    labels = {item.id: item.label for item in items(field.vocabulary)}
    codes = [*dict.fromkeys(["", current, *labels])]
    return st.selectbox(
        field.label,
        codes,
        codes.index(current),
        format_func=lambda one: labels.get(one, one or "Non renseigné"),
    )
