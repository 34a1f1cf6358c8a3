"""Made-up actors in a store of their own, spread like the population, each marked fictitious."""

import time
from pathlib import Path
from typing import Any, Final

import numpy as np

from geo.directory.store.changes import Changes
from geo.directory.store.store import Store
from geo.reference import france
from geo.vocabulary import vocabularies

Record = dict[str, Any]
KINDS: Final = ("Association", "Atelier", "Maison", "Réseau", "Collectif", "Fabrique", "Relais")
ABOUT: Final = ("des jardins", "du lien", "des métiers", "de la mer", "des savoirs", "du vélo")
SYLLABLES: Final = ("ba", "cor", "dé", "fi", "gal", "lo", "mi", "né", "pra", "rou", "sel", "va")
_NEAR: Final = 0.02  # degrees around the middle of a commune
_PRACTISING: Final = 0.6
_COMMUNE_ONLY: Final = 0.3  # of the actors stand where the commune does, as files often say


def actors(quantity: int, seed: int = 3) -> list[Record]:
    """Draw actors; three in five have practices, and are catalysts.

    Communes are drawn with the chances of their population.
    """
    draw = np.random.default_rng(seed)
    communes = france.communes()
    people = communes["population"].to_numpy(float)
    chosen = draw.choice(len(communes), quantity, p=people / people.sum())
    homes = communes.iloc[chosen].reset_index(names="code").to_dict("list")
    shift = draw.uniform(-_NEAR, _NEAR, (quantity, 2))
    shift[draw.random(quantity) < _COMMUNE_ONLY] = 0
    ids = vocabularies()
    profiles = draw.choice(ids["any_profile"].ids(), quantity)
    first = draw.choice(ids["practice"].ids(), quantity)
    practising = draw.random(quantity) < _PRACTISING
    parts = (KINDS, ABOUT, *[SYLLABLES] * 3)
    words = [draw.choice(some, quantity).tolist() for some in parts]
    names = [
        _name([*name_words], town)
        for *name_words, town in zip(*words, homes["commune_name"], strict=True)
    ]
    return [
        {
            "actor_id": f"fictif-{number:07d}",
            "actor_name": names[number],
            "profile": str(profiles[number]),
            "practices": [str(first[number])] if practising[number] else [],
            "practices_basis": "stated" if practising[number] else "",
            "town": homes["commune_name"][number],
            "commune_code": homes["code"][number],
            "departement_code": homes["departement_code"][number],
            "region_code": homes["region_code"][number],
            "longitude": float(homes["longitude"][number] + shift[number, 0]),
            "latitude": float(homes["latitude"][number] + shift[number, 1]),
            "location_precision": "adresse" if shift[number, 0] else "commune",
            "note": "Enregistrement fictif, à ne pas diffuser comme réel",
            "status": "publiee",
            "fictive": True,
            "revision": 0,
        }
        for number in range(quantity)
    ]


def _name(words: list[str], town: str) -> str:
    kind, about, *syllables = words
    return f"{kind} {''.join(syllables).capitalize()} {about}, {town} (fictif)"


def write(folder: Path, quantity: int) -> tuple[float, float]:
    """Write made-up actors in a new store, as an import does: seconds on the wall, of processor."""
    records = actors(quantity)
    store = Store.create(folder)
    wall, processor = time.perf_counter(), time.process_time()
    store.write(Changes.one("actor", *records), author="mesure", message="Acteurs fictifs")
    seconds = time.perf_counter() - wall, time.process_time() - processor
    store.connection.close()
    return seconds
