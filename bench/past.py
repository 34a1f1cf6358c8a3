"""Moving the date of an ecosystem of 10,000 actors: processor time, by reading of the past."""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import numpy as np

from bench.measure import Report, Row
from geo.analysis.ecosystem import ecosystem
from geo.analysis.past.ecosystem import ecosystem_past
from geo.analysis.past.question import PastQuestion
from geo.analysis.past.state import Reader, ecosystem_at
from geo.directory.reading import readable_book
from geo.directory.schema import KINDS
from geo.directory.store.changes import Changes, Record
from geo.directory.store.rows import plain_rows
from geo.directory.store.store import Store
from geo.query.time_parameters import KNEW, READINGS
from geo.reference import france

_ACTORS: Final = 10_000
_ALLIANCES: Final = 2_000
_LATER: Final = 300
_DEPARTEMENT: Final = "63"
_TIMES: Final = 5
_BEGUN, _WRITTEN, _CHANGED = "2022", "2024-01-05T10:00:00Z", "2025-01-05T10:00:00Z"


def _record(kind: str, record_id: str, **fields: Any) -> Record:
    known = KINDS[kind]
    named = {known.id: record_id, known.title: f"Nom {record_id}", "status": "publiee"}
    return known.blank() | named | fields


def _draw_changes() -> Changes:
    """Draw actors in the communes of a département, and alliances of four of them."""
    draw = np.random.default_rng(1)
    codes = sorted(france.members()["departement", _DEPARTEMENT])
    homes, dates = draw.choice(codes, _ACTORS), draw.choice(["", "2020", "2021-05"], _ACTORS)
    places = zip(homes.tolist(), dates.tolist(), strict=True)
    actors = [
        _record("actor", f"a{i}", commune_code=home, source_date=day, profile="association")
        for i, (home, day) in enumerate(places)
    ]
    members = draw.integers(0, _ACTORS, (_ALLIANCES, 4)).tolist()
    begun = draw.choice(["2019", "2020-03", "2022", "2023-05", ""], _ALLIANCES).tolist()
    alliances = [
        _record("alliance", f"l{i}", member_ids=[f"a{one}" for one in four], since=day)
        for i, (four, day) in enumerate(zip(members, begun, strict=True))
    ]
    place = {"territory_kind": "departement", "territory_code": _DEPARTEMENT}
    home = _record("ecosystem", "E", **place)
    return Changes({"actor": actors, "alliance": alliances, "ecosystem": [home]})


def _cpu(job: Callable[[], Any]) -> float:
    """Return the least processor seconds of some runs."""
    found = []
    for _ in range(_TIMES):
        start = time.process_time()
        job()
        found.append(time.process_time() - start)
    return min(found)


def run() -> Report:
    """Write the base, change some of it, then show it at two dates in each reading."""
    with TemporaryDirectory() as folder:
        store = Store.create(Path(folder) / "base")
        store.write(_draw_changes(), author="essai", message="essai", written_at=_WRITTEN)
        some = plain_rows(store.read("actor").head(_LATER))
        later = Changes.one("actor", *[one | {"profile": "entreprise"} for one in some])
        store.write(later, author="essai", message="essai", written_at=_CHANGED)
        reader = Reader(store, readable_book(store, fictitious=True))
        now = ecosystem("E", reader.book)
        rows: list[Row] = []
        for reading in READINGS:
            date = "2024" if reading == KNEW else _BEGUN
            one, both = PastQuestion(date, "", reading), PastQuestion(date, "2025", reading)
            shown = _cpu(partial(ecosystem_at, reader, "E", one, now))
            compared = _cpu(partial(ecosystem_past, reader, "E", both, now))
            rows.append({"lecture": reading, "une date (s)": shown, "deux dates (s)": compared})
        store.connection.close()
    return Report(f"Un écosystème de {_ACTORS} acteurs à une date : secondes de processeur", rows)
