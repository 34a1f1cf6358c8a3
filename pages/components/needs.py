"""From a need to what answers it: resources, and who is near; counted, one link each."""

from collections.abc import Iterable

import pandas as pd
import streamlit as st

from geo.analysis.near_practice import near_practice
from geo.analysis.origin import parse_origin
from geo.analysis.resources import needs
from geo.directory.directory import Directory
from geo.directory.resources import catalogue
from geo.french import NBSP
from geo.output.resources import need_list
from geo.vocabulary import label
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


def near_for(directory: Directory, place: str, practice: str) -> None:
    """Count who has a practice near a place that lacks it, and link to them; nothing for nobody."""
    found = near_practice(directory, parse_origin(place), practice)
    if counts := found.in_words():
        st.page_link(
            "trouver.py",
            label=f"{label('practice', practice)}{NBSP}: {counts}",
            query_params=found.to_url(),
            icon=":material/near_me:",
        )
