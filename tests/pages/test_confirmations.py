"""What a write answers is seen, whatever runs the page again meanwhile."""

from streamlit.testing.v1 import AppTest

SCRIPT = """
import streamlit as st
from pages.components.confirmations import confirm, confirmations
runs = st.session_state.get("runs", 0)
st.session_state["runs"] = runs + 1
if runs == 0:
    confirm("Fait")
with confirmations():
    if runs == 0:
        st.rerun()
    if runs == 2:
        confirm("Refait")
        st.stop()
"""


def seen(app: AppTest) -> list[str]:
    return [one.value for one in app.toast]


def test_a_confirmation_that_another_run_cuts_short_is_seen_in_it_and_once() -> None:
    app = AppTest.from_string(SCRIPT).run()
    assert seen(app) == ["Fait"]
    assert seen(app.run()) == []  # this run stops before its own is shown
    assert seen(app.run()) == ["Refait"]
    assert seen(app.run()) == []
