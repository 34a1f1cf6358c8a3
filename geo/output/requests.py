"""The figures of requests to be put in touch, as a file that names nobody."""

from typing import Final

import pandas as pd

from geo.french import count
from geo.output.caption import Caption
from geo.output.table import write_csv
from geo.vocabulary import label

_STATES: Final = ("recue", "transmise", "repondue", "rencontre", "close", "sans_reponse")


def figures_csv(found: pd.DataFrame, caption: Caption) -> bytes:
    """Write the figures of ``geo.directory.requests.figures``: nobody is named in them."""
    header = ["departement_ou_region", "practice", "practice_label", "month", "request_count"]
    header += [*(f"{state}_count" for state in _STATES), "unanswered_count"]
    rows = [
        [
            *(row["territory"], row["practice"], label("practice", row["practice"])),
            *(row["month"], row["request_count"]),
            *(row[state] for state in _STATES),
            row["unanswered_count"],
        ]
        for row in found.to_dict("records")
    ]
    total = count(int(found["request_count"].sum()), "demande")
    origin = f"{caption.title} ; {total} ; extrait le {caption.date}"
    return write_csv(header, rows, origin, caption)
