"""The terminal's questions over HTTP: ``nearest``, ``locate``, ``communes``, the same fields.

No address is taken as a place: it would send strangers' questions to the operator's geocoder.
"""

from dataclasses import asdict
from typing import Any, Final

import orjson
import pandas as pd
from starlette.requests import Request
from starlette.responses import Response

from geo.analysis import nearest as finding
from geo.analysis import programmes
from geo.analysis.bridging.query import bridging_of_query
from geo.analysis.locate import locate as territories_at
from geo.analysis.origin import Origin, point_origin, territory_origin
from geo.analysis.past.ecosystem import ecosystem_past
from geo.analysis.past.question import PastQuestion
from geo.analysis.past.state import Reader
from geo.analysis.proximity.proximity import proximity
from geo.api.concurrency import Work
from geo.api.ogc.links import JSON
from geo.api.problem import RefusedError
from geo.api.public_route import respond
from geo.api.query_params import QueryValues, chosen, one, read_parameters
from geo.directory.directory import directory
from geo.directory.reading import readable_book
from geo.directory.store.open import open_store
from geo.directory.store.worlds import world
from geo.errors import UnknownCodeError
from geo.output.bridging import LIMITS as NETWORK_LIMITS
from geo.output.bridging_tables import measures, role_records
from geo.output.caption import FICTIVE_NOTICE, LICENCE, SOME_FICTIVE
from geo.output.past_record import past_record
from geo.output.programmes import rows_of
from geo.output.proximity import LIMITS, METHOD, confidence, country_totals, territory_records
from geo.output.records import records
from geo.query.doors import BRIDGES, COMMUNES, COVERAGE, ECOSYSTEM_THEN, LOCATE, NEAREST
from geo.query.parameters import ACTOR, ALSO, ECOSYSTEM, LAT, LIMIT, LON, OUTLINES, WITHIN
from geo.query.query import Door, Query
from geo.query.selection import FACETS
from geo.reference import gazetteer
from geo.reference.place_remarks import search
from geo.reference.sources import attribution

_FORMS: Final = {"json": (JSON,)}
_COMMUNE: Final = ("commune",)


def _respond(request: Request, parameters: QueryValues, answer: dict[str, Any]) -> Response | Work:
    chosen(request, parameters, _FORMS)
    more = {"licence": LICENCE, "attribution": attribution()}
    body = orjson.dumps({"count": len(answer["results"]), **answer, **more})
    return respond(request, body.decode(), JSON, lambda: body)


def nearest(request: Request) -> Response | Work:
    """Rank the catalysts nearest to a commune or a point, filters first."""
    parameters, query = _read(request, NEAREST, "commune")
    search = finding.Search.of(query)
    origin = _origin(parameters, query)
    book = directory()
    answer = finding.nearest(book, origin, query.selection, search)
    places = programmes.nearest_places(origin, query.selection, search)
    notices = [
        origin.remark,
        *answer.notices(),
        answer.unranked(),
        FICTIVE_NOTICE if book.fictive else "",
    ]
    return _respond(
        request,
        parameters,
        {
            "nearest_count": len(answer.ranked),
            "covering_count": len(answer.covering),
            "results": records(answer.all_rows),
            **_beside(query, places),
            "origin": {
                "label": origin.label,
                "longitude": origin.longitude,
                "latitude": origin.latitude,
            },
            "fictive": book.fictive,
            "notices": [notice for notice in notices if notice],
        },
    )


def _beside(query: Query, places: pd.DataFrame) -> dict[str, Any]:
    """Return what was asked beside the catalysts, apart from them; nothing when nothing was."""
    also = query.selection.also
    return {"beside_count": len(places), "beside": rows_of(places)} if also else {}


def _read(request: Request, door: Door, *more: str) -> tuple[QueryValues, Query]:
    """Read the query: ``more`` names what the door does not declare."""
    many = [*(facet.english for facet in FACETS.values()), ALSO.english]
    parameters = read_parameters(request, ("f", *more, *door.names), many)
    return parameters, door.ask(
        {name: parameters[name] for name in door.names if name in parameters}
    )


def _origin(parameters: QueryValues, query: Query) -> Origin:
    match ("commune" in parameters, LON in query, LAT in query):
        case (True, False, False):
            return _commune(parameters["commune"][0])
        case (False, True, True):
            return point_origin(*_point(query))
        case (False, True, False):
            raise RefusedError("lon est donné sans lat.", "lat")
        case (False, False, True):
            raise RefusedError("lat est donné sans lon.", "lon")
    raise RefusedError("Donnez un seul lieu : commune=CODE, ou bien lon=X et lat=Y.", "commune")


def _commune(code: str) -> Origin:
    try:
        return territory_origin("commune", code)
    except UnknownCodeError as fault:
        raise RefusedError(str(fault), "commune") from fault


def _point(query: Query) -> tuple[float, float]:
    lon, lat = query[LON], query[LAT]
    if lon is None or lat is None:
        name = (LON if lon is None else LAT).english
        raise RefusedError(f"Le paramètre {name} manque.", name)
    return lon, lat


def coverage(request: Request) -> Response | Work:
    """Count, by territory, the inhabitants within reach of the nearest catalyst."""
    parameters, query = _read(request, COVERAGE)
    book, kind = directory(), query[OUTLINES] or "departement"
    seen = proximity(book, kind, query.selection, query[WITHIN])
    notices = [confidence(seen), METHOD, LIMITS, FICTIVE_NOTICE if book.fictive else ""]
    answer = {
        "kind": kind,
        "within_km": query[WITHIN],
        **country_totals(seen),
        "results": territory_records(seen),
        "selected_count": seen.selected_count,
        "placed_count": seen.placed_count,
        "fictive": book.fictive,
        "notices": [notice for notice in notices if notice],
    }
    return _respond(request, parameters, answer)


def ecosystem(request: Request) -> Response | Work:
    """Describe an ecosystem at a date, and what changed between two: published records only."""
    parameters, query = _read(request, ECOSYSTEM_THEN)
    if not query[ECOSYSTEM]:
        name = ECOSYSTEM.english
        raise RefusedError(f"Le paramètre {name} manque : donnez un identifiant.", name)
    store = open_store()
    reader = Reader(store, readable_book(store, fictitious=True))
    past = ecosystem_past(reader, query[ECOSYSTEM], PastQuestion.of(query))
    return _respond(request, parameters, past_record(past))


def network(request: Request) -> Response | Work:
    """Say who bridges whom among published alliances: the whole network, then each actor."""
    parameters, query = _read(request, BRIDGES)
    every = readable_book(open_store(), fictitious=True)
    _, found = bridging_of_query(query, world(every, query[ECOSYSTEM], query[ACTOR]))
    names = found.actors["actor_name"]
    answer = {
        **measures(found),
        "results": role_records(found, names),
        "fictive": found.fictive,
        "notices": [NETWORK_LIMITS, *([SOME_FICTIVE] if found.fictive else [])],
    }
    return _respond(request, parameters, answer)


def locate(request: Request) -> Response | Work:
    """Name every territory of a point, the commune first, and how far it is outside them."""
    parameters, query = _read(request, LOCATE)
    found = territories_at(*_point(query))
    return _respond(request, parameters, {"results": found.rows(), "remark": found.remark})


def communes(request: Request) -> Response | Work:
    """Find the communes that a name, a postcode or a code may mean, best first."""
    parameters, query = _read(request, COMMUNES, "q")
    text = (one(parameters, "q") or "").strip()
    if not text:
        raise RefusedError("Donnez un nom, un code postal ou un code INSEE : q=TEXTE.", "q")
    found, notices = search(text, int(query[LIMIT]), _COMMUNE)
    results = [{"commune_code": p.code, "commune_name": p.name, **asdict(p)} for p in found]
    close = [] if found or notices else [place.label for place in gazetteer.suggest(text, 3)]
    return _respond(
        request, parameters, {"results": results, "suggestions": close, "notices": notices}
    )
