"""From a need to the resources that answer it: counted, one link each."""

from collections.abc import Iterable

import pandas as pd
import streamlit as st

from geo.analysis.resources import needs
from geo.directory.resources import catalogue
from geo.output.resources import need_list
from pages.components.submit import book


def resources_in_force(*, drafts: bool = False) -> pd.DataFrame:
    """Return the catalogue of resources as this visitor may see it."""
    return catalogue(book(), drafts=drafts)


def resources_for(
    practices: Iterable[str] = (), steps: Iterable[str] = (), odd: Iterable[str] = ()
) -> None:
    """Count the resources for each practice, step or goal, and link to them; nothing for none."""
    found = needs(resources_in_force(), practices, steps, odd)
    if found:
        st.html(need_list(found))
