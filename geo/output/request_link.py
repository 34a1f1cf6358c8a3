"""The link that begins a request to be put in touch; it needs no data, and loads none."""

from typing import Final
from urllib.parse import urlencode

from geo.query.parameter import in_address
from geo.query.parameters import ODD, PLACE, PRACTICE, RECORD, STEP

ASK_PAGE: Final = "/etre_mis_en_lien"


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
