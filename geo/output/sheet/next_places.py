"""The part of the national report that says who is far, and where the next would help most."""

from collections.abc import Iterable
from typing import Final

from geo.analysis.proximity.proximity import STEPS_KM, WITHIN, Proximity
from geo.analysis.siting.siting import Siting
from geo.french import NBSP, number
from geo.output.proximity import (
    LIMITS,
    METHOD,
    confidence,
    country_figures,
    kilometres,
    sentences,
    share,
    vintage,
)
from geo.output.sheet.blocks import Block, Grid, Heading, Listing, Text
from geo.output.sheet.siting_maps import before_and_after
from geo.output.siting import HEADER, place_rows, trust_sentences

_WIDTHS: Final = (5, 2.4, 2, 2, 2, 2, 2.8, 2)


def next_places_blocks(reach: Proximity, answer: Siting) -> Iterable[Block]:
    """Write inhabitants by distance, région by région, then the places proposed."""
    yield Heading("Qui est loin de quoi")
    yield Text(confidence(reach), "note")
    yield Grid("France entière", ("Chiffre", "Valeur"), tuple(country_figures(reach)), (3, 1), (1,))
    yield Listing(tuple(sentences(reach)))
    yield _by_territory(reach)
    yield Heading("Où aider ensuite")
    yield from before_and_after(answer)
    rows = tuple(tuple(row) for row in place_rows(answer))
    if rows:
        yield Grid("Lieux proposés", HEADER, rows, (0, 3, 4, 0, 0, 0, 0), (3, 4, 5, 6))
    yield Listing(tuple(trust_sentences(answer)))
    yield Text(f"{METHOD} {LIMITS} {vintage()}", "note")


def _by_territory(answer: Proximity) -> Grid:
    header = (
        *("Territoire", "Habitants"),
        *(f"À moins de {step}{NBSP}km" for step in STEPS_KM),
        *("Distance moyenne", "Quatre pratiques"),
    )
    rows = tuple(
        (
            str(row["territory_name"]),
            number(row["population"]),
            *(share(row[name], row["population"]) for name in WITHIN),
            kilometres(row["mean_km"]),
            share(row["four_practices"], row["population"]),
        )
        for row in answer.least_served().to_dict("records")
    )
    return Grid("Habitants selon leur distance", header, rows, _WIDTHS, (1, 2, 3, 4, 5, 6, 7))
