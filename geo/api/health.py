"""Is the app well and ready: version, state of the base, vintage and counts of its data.

The data's modules are imported when first asked for: the server must answer before they load.
"""

import json
import tomllib
from functools import cache
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from geo.api.responses import SAFE_HEADERS
from geo.errors import AtlasError
from geo.settings import ROOT, settings


@cache
def version() -> str:
    """Return the version of the app."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])


def _vintage() -> Any:
    path = settings().reference / "build_report.json"
    return json.loads(path.read_text(encoding="utf-8")).get("vintage") if path.is_file() else None


def _store() -> dict[str, Any]:
    """Say the state of the base: its number, its version, which catalogue, and if it is written."""
    from geo.directory.store.open import open_store  # noqa: PLC0415

    store = open_store()
    return {
        "state": store.snapshot(),
        "version": store.version(),
        "catalogue": "postgresql" if store.place.postgres else "sqlite",
        "writable": not store.read_only,
    }


def health() -> dict[str, Any]:
    """Say what is served; a fault in the data is said, not raised."""
    from geo.analysis.counts import territory_counts  # noqa: PLC0415
    from geo.directory.directory import directory  # noqa: PLC0415
    from geo.directory.store.open import lost_store  # noqa: PLC0415

    report: dict[str, Any] = {"status": "ok", "ready": True, "version": version()}
    unready = {**report, "status": "degraded", "ready": False}
    try:
        book = directory()
        if lost := lost_store():
            return {**unready, "message": lost}
        counts = {**territory_counts(), "catalysts": len(book.frame)}
        report["store"] = _store()
    except AtlasError as error:
        return {**unready, "message": str(error)}
    return {**report, "vintage": _vintage(), "counts": counts, "fictive": book.fictive}


def _health(_: Request) -> JSONResponse:
    found = health()
    code = 200 if found["status"] == "ok" else 503
    return JSONResponse(found, status_code=code, headers=SAFE_HEADERS)


def routes() -> list[BaseRoute]:
    """List the route of health."""
    return [Route("/api/health", _health)]
