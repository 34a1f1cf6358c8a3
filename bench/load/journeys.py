"""What visitors do, one step at a time: look for a place, filter, open a territory, a record."""

import json
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import cache
from typing import Final

from bench.load.session import Rerun, Session
from geo.reference import france

Step = tuple[str, Awaitable[Rerun]]
"""Name of an action, and what does it."""
Journey = Callable[[Session, random.Random], AsyncIterator[Step]]
_EXAMPLE: Final = "ecosysteme=exemple-paris-est-marne-bois"


@cache
def _communes() -> list[tuple[str, str, str]]:
    """List communes as their code, their name and the code of their CRTE."""
    names = france.communes()["commune_name"]
    pairs = france.membership().query("territory_kind == 'crte'")
    rows = zip(pairs["commune_code"], pairs["territory_code"], strict=True)
    return [(str(code), str(names[code]), str(crte)) for code, crte in rows]


async def find(session: Session, chance: random.Random) -> AsyncIterator[Step]:
    """Look for a commune, filter, look at its territory, at the map, at a record."""
    _, name, crte = chance.choice(_communes())
    yield "ouvrir Trouver", session.open("")
    yield "chercher", session.type("lieu_texte", name[:4])
    yield "chercher", session.type("lieu_texte", name)
    async for step in _filtered(session, chance, ("pratique", "rayon", "profil")):
        yield step
    yield "ouvrir Territoire", session.open("territoire", f"territoire=crte:{crte}")
    yield "ouvrir Carte", session.open("carte")
    async for step in _filtered(session, chance, ("contours", "pratique")):
        yield step
    async for step in record(session, chance):
        yield step


async def territory(session: Session, chance: random.Random) -> AsyncIterator[Step]:
    """Follow a link to a territory, filter, colour its communes; click on the map of Trouver."""
    code, _, crte = chance.choice(_communes())
    yield "ouvrir Territoire", session.open("territoire", f"territoire=crte:{crte}")
    async for step in _filtered(session, chance, ("communes", "autour", "pratique")):
        yield step
    yield "ouvrir Trouver", session.open("", f"lieu=commune:{code}")
    click = {"kind": "place", "lon": chance.uniform(-1, 6), "lat": chance.uniform(44, 49)}
    yield "cliquer la carte", session.tell("carte", json.dumps(click))


async def ecosystem(session: Session, chance: random.Random) -> AsyncIterator[Step]:
    """Read an ecosystem, its alliances and its projects."""
    yield "ouvrir Écosystème", session.open("ecosysteme", _EXAMPLE)
    async for step in _filtered(session, chance, ("odd",)):
        yield step
    yield "ouvrir Alliances", session.open("alliances", _EXAMPLE)
    async for step in _filtered(session, chance, ("vue", "type")):
        yield step
    yield "ouvrir Projets", session.open("projets", _EXAMPLE)
    yield "ouvrir Acteurs", session.open("acteurs", _EXAMPLE)


async def record(session: Session, chance: random.Random) -> AsyncIterator[Step]:
    """Open the list of catalysts, and one of their records."""
    yield "ouvrir Catalyseurs", session.open("catalyseurs")
    listed = session.widgets.get("ouvrir")  # not where the filters in force leave none
    if listed and len(listed.options) > 1:
        yield "ouvrir une fiche", session.choose("ouvrir", chance.choice(listed.options[1:]))


async def _filtered(
    session: Session, chance: random.Random, keys: tuple[str, ...]
) -> AsyncIterator[Step]:
    """Choose in one or two of the widgets that are there."""
    for key in chance.sample(keys, min(2, len(keys))):
        if key in session.widgets and session.widgets[key].options:
            yield "filtrer", session.choose(key, chance.choice(session.widgets[key].options))


JOURNEYS: Final[tuple[tuple[Journey, int], ...]] = (
    (find, 45),
    (territory, 25),
    (ecosystem, 20),
    (record, 10),
)
"""What visitors do, and how many of a hundred do it."""


def draw_journey(chance: random.Random) -> Journey:
    """Draw what a visitor does next."""
    journeys, shares = zip(*JOURNEYS, strict=True)
    found: Journey = chance.choices(journeys, shares)[0]
    return found
