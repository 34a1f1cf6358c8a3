"""The maturity of one territory: judged by its team, kept in time, leading to resources."""

import streamlit as st

from geo.analysis.ecosystem import Ecosystem
from geo.analysis.resources import Need, ResourceChoice
from geo.directory.actors import today
from geo.directory.ecosystems import assess, history
from geo.directory.ecosystems.maturity import Questionnaire, grid
from geo.errors import AtlasError
from geo.french import quoted, typeset
from geo.output.maturity import maturity_table
from geo.output.resources import need_list
from geo.vocabulary import label, name_of
from pages.components.needs import resources_in_force
from pages.components.provenance import date_field
from pages.components.store_view import StoreView
from pages.components.submit import submit
from pages.components.text import plain


def resources_of(found: Ecosystem) -> None:
    """Lead to the resources for the maturity of the territory, where it is known."""
    if not (code := found.record["maturity"]):
        return
    choice = ResourceChoice(maturity=code)
    resource_count = len(choice.keep(resources_in_force()))
    need_label = f"Ressources pour un territoire {quoted(name_of('maturity', code).lower())}"
    st.html(need_list([Need(need_label, choice, resource_count)]))


def own_assessment(store_view: StoreView, found: Ecosystem) -> None:
    """Let the team judge its territory, and show it what it answered before."""
    st.subheader("Notre maturité", anchor=False)
    try:
        survey = grid()
    except AtlasError as fault:
        st.error(plain(str(fault)), icon=":material/error:")
        return
    past = history(store_view.book, found.record["ecosystem_id"])
    if past:
        st.html(maturity_table(past, survey))
    else:
        st.caption("Aucune auto-évaluation encore.")
    with st.expander("Faire le point en cinq questions", icon=":material/checklist:"):
        st.markdown(typeset(_rule(survey)))
        _form(store_view, found, survey)


def _rule(survey: Questionnaire) -> str:
    ranges = [f"{label('maturity', name)} à partir de {least}" for name, least in survey.levels]
    return (
        f"Chaque réponse vaut 0, 1 ou 2 points, {survey.most} au plus : {', '.join(ranges)}. "
        "**Ces questions et cette règle sont propres à ce site, non au réseau** : il nomme les "
        "quatre niveaux sans en dire l’ordre ni les critères. Les réponses, datées, ne sont "
        "montrées qu’à l’équipe et ne comparent ce territoire qu’à lui-même ; le niveau se lit en "
        "tête de cet écosystème."
    )


def _form(store_view: StoreView, found: Ecosystem, survey: Questionnaire) -> None:
    turn = st.session_state.setdefault("maturite_tour", 0)
    key = f"maturite_{found.record['ecosystem_id']}_{turn}"
    answers: dict[str, int] = {}
    for one in survey.questions:
        texts = [typeset(text) for text in one.answers]
        chosen = st.radio(typeset(one.label), texts, None, key=f"{key}_{one.id}")
        if chosen is not None:
            answers[one.id] = texts.index(chosen)
    date = date_field("Date", today().isoformat(), f"{key}_date")
    note = st.text_area("Note de l’équipe", key=f"{key}_note")
    if st.button("Enregistrer ce point", type="primary", icon=":material/save:"):
        _save(store_view, found, answers, {"assessed_on": date, "note": note})


def _save(
    store_view: StoreView, found: Ecosystem, answers: dict[str, int], values: dict[str, str]
) -> None:
    try:
        changes = assess(store_view.book, found.record["ecosystem_id"], answers, values)
    except AtlasError as fault:
        st.error(plain(str(fault)), icon=":material/error:")
        return
    level = name_of("maturity", changes.put["assessment"][0]["maturity"])
    message = f"Maturité de {found.record['ecosystem_name']} : {quoted(level)}"
    if submit(changes, message):
        st.session_state["maturite_tour"] += 1
        st.rerun()
