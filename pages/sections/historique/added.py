"""Records that one snapshot added, many at once: their names, where each field would fill pages."""

from collections import Counter
from collections.abc import Iterable
from typing import Final
from urllib.parse import quote

import pandas as pd
import streamlit as st

from geo.directory.name_order import in_order_of_names
from geo.directory.schema import KINDS
from geo.directory.store.history import Difference
from geo.directory.store.store import Store
from geo.french import NBSP, count
from geo.output.html import link, link_list
from pages.sections.historique import words

MANY: Final = 10
"""Records of a kind that are still read field by field."""
_MOST_NAMES: Final = 300


def parted(changed: Iterable[Difference]) -> tuple[list[Difference], list[Difference]]:
    """Part what is read field by field from the records added, one difference each.

    A record is added where its own identifier is new; those of a kind are named when they are
    more than ``MANY``.
    """
    changed = list(changed)
    new = [one for one in changed if one.field.name == one.kind.id and not one.before]
    times = Counter(one.kind.name for one in new)
    named = [one for one in new if times[one.kind.name] > MANY]
    left_out = {(one.kind.name, one.record_id) for one in named}
    return [one for one in changed if (one.kind.name, one.record_id) not in left_out], named


def show_names(store: Store, added: list[Difference]) -> None:
    """List the records added by kind; each leads to what happened to it since."""
    for name, kind in KINDS.items():
        found = [one for one in added if one.kind.name == name]
        if not found:
            continue
        total = count(len(found), kind.label, kind.plural)
        st.subheader(f"Fiches ajoutées{NBSP}: {total}", anchor=False)
        first = in_order_of_names(pd.Series([one.title for one in found]))[:_MOST_NAMES]
        st.html(link_list((_name(store, found[at]), "") for at in first))
        if len(found) > _MOST_NAMES:
            st.caption(f"Et {count(len(found) - _MOST_NAMES, 'autre fiche', 'autres fiches')}.")


def _name(store: Store, one: Difference) -> str:
    address = f"/historique?fiche={one.kind.name}:{quote(one.record_id)}"
    return link(address, words.title(store, one))
