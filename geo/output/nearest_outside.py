"""Whom to ask where no catalyst stands in a territory: the nearest, on screen and in print."""

from typing import Any, Final

from markupsafe import Markup

from geo.analysis.nearest import OCEAN_M
from geo.analysis.territory import Sheet
from geo.directory.store.open import open_store
from geo.french import NBSP, distance, typeset
from geo.output.cards import CATALYST_PAGE, place_of
from geo.output.html import link
from geo.output.reach import published_record, ways_to_reach
from geo.output.records import practice_labels, records
from geo.output.request_link import ask_address
from geo.templates import render

_NOBODY: Final = "Personne de connu dans ce territoire"
_WAYS: Final = ("Courriel", "Téléphone")


def outside_html(answer: Sheet) -> Markup:
    """Name the nearest ones outside, each with its distance, and whom to ask; nothing if not so."""
    if answer.nearest_outside.empty:
        return Markup("")
    rows = [
        {
            "link": link(CATALYST_PAGE + record["catalyst_id"], record["catalyst_name"]),
            "far": distance(record["distance_m"]),
            "about": " ; ".join(
                [
                    place_of(record),
                    *([practice_labels(record["practices"])] if record["practices"] else []),
                ]
            ),
        }
        for record in records(answer.nearest_outside)
    ]
    return render(
        "nearest_outside.html",
        nobody=f"{_NOBODY}. {_where(answer)}",
        rows=rows,
        whom=_advice(answer),
        ask=ask_address(place=str(answer.territory.place)),
    )


def outside_sentence(answer: Sheet) -> str:
    """Return the same as text, with the published ways to reach each; "" where somebody stands."""
    if answer.nearest_outside.empty:
        return ""
    named = f"{NBSP}; ".join(_description(record) for record in records(answer.nearest_outside))
    return (
        f"{_NOBODY}. {_where(answer)} : {named}. À qui demander : {_advice(answer)}, ou par la "
        "page « Être mis en lien » du site."
    )


def _where(answer: Sheet) -> str:
    away = answer.nearest_outside["distance_m"].iloc[0] > OCEAN_M
    return f"Les plus proches, {'de l’autre côté d’un océan' if away else 'hors de ses limites'}"


def _description(record: dict[str, Any]) -> str:
    known = dict(ways_to_reach(published_record(open_store(), record["catalyst_id"])))
    ways = [record["website"], *(known[name] for name in _WAYS if name in known)]
    parts = [distance(record["distance_m"]), place_of(record), *filter(None, ways)]
    return f"{record['catalyst_name']} ({', '.join(parts)})"


def _advice(answer: Sheet) -> str:
    """Name whom to ask first: those who act on the whole territory, else the nearest."""
    names = [str(one) for one in answer.covering["catalyst_name"].head(2)]
    if not names:
        return f"d’abord au plus proche, {answer.nearest_outside['catalyst_name'].iloc[0]}"
    verb = "disent" if len(names) > 1 else "dit"
    return typeset(f"d’abord à {' et à '.join(names)}, qui {verb} intervenir sur ce territoire")
