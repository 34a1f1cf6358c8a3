"""Être mis en lien : a need in one sentence, from somewhere, sent to those who fit."""

import streamlit as st

from geo.analysis.origin import parse_origin
from pages.components.link import notices, open_link
from pages.components.page_frame import open_directory
from pages.components.place_search import place_search
from pages.sections.etre_mis_en_lien import confirmation, request_form
from pages.sections.trouver.search import EXAMPLES

open_link("etre_mis_en_lien", lieu=parse_origin)
st.title("Être mis en lien", anchor=False)
if confirmation.asked_to_erase():
    confirmation.erasing()
    st.stop()
if confirmation.just_sent():
    confirmation.say()
    st.stop()
st.markdown(
    "Dites votre besoin en une phrase\u00a0: il parvient aux catalyseurs qui y répondent le mieux, "
    "et au secrétariat du réseau. Sans compte."
)
notices()
if confirmation.is_closed():
    st.stop()
book = open_directory()
request_form.prefill()
chosen = place_search(
    "lieu",
    label="Votre commune, code postal ou territoire",
    placeholder=EXAMPLES,
    points=True,
)
practice = request_form.practice()
if chosen:
    origin = parse_origin(chosen)
    request_form.form(origin, practice, request_form.suggested(book, origin, practice))
else:
    request_form.invite()
