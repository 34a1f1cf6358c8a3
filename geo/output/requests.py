"""Requests to be put in touch, seen from outside: the link that begins one, and the figures."""

from typing import Final
from urllib.parse import urlencode

import pandas as pd

from geo.french import count
from geo.output.caption import Caption
from geo.output.table import write_csv
from geo.query.parameter import in_address
from geo.query.parameters import ODD, PLACE, PRACTICE, RECORD, STEP
from geo.vocabulary import label

ASK_PAGE: Final = "/etre_mis_en_lien"
_STATES: Final = ("recue", "transmise", "repondue", "rencontre", "close", "sans_reponse")


def ask_query(
    *, place: str = "", practice: str = "", record: str = "", step: str = "", odd: str = ""
) -> dict[str, str | list[str]]:
    """Return what the address of the page holds already: what is known is not asked again."""
    chosen = (practice,) if practice else ()
    return in_address({PLACE: place, PRACTICE: chosen, RECORD: record, STEP: step, ODD: odd})


def ask_address(**known: str) -> str:
    """Return the address of the page where one asks to be put in touch."""
    query = urlencode(ask_query(**known), doseq=True)
    return f"{ASK_PAGE}?{query}" if query else ASK_PAGE


def figures_csv(found: pd.DataFrame, caption: Caption) -> bytes:
    """Write the figures of ``geo.directory.requests.figures``: nobody is named in them."""
    header = ["departement_ou_region", "practice", "practice_label", "month", "request_count"]
    header += [*(f"{one}_count" for one in _STATES), "unanswered_count"]
    rows = [
        [
            *(row["territory"], row["practice"], label("practice", row["practice"])),
            *(row["month"], row["request_count"]),
            *(row[one] for one in _STATES),
            row["unanswered_count"],
        ]
        for row in found.to_dict("records")
    ]
    total = count(int(found["request_count"].sum()), "demande")
    origin = f"{caption.title} ; {total} ; extrait le {caption.date}"
    return write_csv(header, rows, origin, caption)
