"""Files at stable addresses: the same parameters as a page, the same rows, for a machine to fetch.

Only what is published. Writers are imported when first asked for.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import cache, lru_cache
from hashlib import sha256
from typing import Any, Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from geo.api.concurrency import Work, files, slow_files
from geo.api.problem import RefusedError
from geo.api.public_route import public
from geo.api.query_params import values_of
from geo.api.responses import SAFE_HEADERS, holds
from geo.api.spool import Spooled
from geo.errors import AtlasError, BadCoordinatesError, UnknownCodeError, UnknownItemError
from geo.query.doors import EXPORTS
from geo.query.parameters import COMPARED_DATE, CURRENT, DATE
from geo.settings import ROOT

_BY_DAY: Final = (CURRENT.name, DATE.name, COMPARED_DATE.name)
"""Filters whose answer depends on the day, on data that stand still."""
_SLOW: Final = {"siting"}
_SETTLED_S: Final = 2
"""HTTP dates are whole seconds: one that another write may still share is not told."""
_WRONG: Final = (UnknownCodeError, UnknownItemError, BadCoordinatesError)


def _export(request: Request) -> Response | Work:
    from geo.directory.store.open import check_not_lost  # noqa: PLC0415
    from geo.output.exports.build import state  # noqa: PLC0415

    check_not_lost()
    subject, form = _known(request)
    query = values_of(request)
    now = state()
    headers = _headers(subject, form, query, now)
    if _already_held(request, headers):
        return Response(status_code=304, headers=headers)
    turns = slow_files if subject in _SLOW else files
    return Work(turns, lambda: _written(subject, form, query, headers))


def _known(request: Request) -> tuple[str, str]:
    from geo.output.exports import FORMATS  # noqa: PLC0415

    subject, form = request.path_params["subject"], request.path_params["form"]
    for value, known in ((subject, EXPORTS), (form, FORMATS)):
        if value not in known:
            message = f"Export inconnu : « {value[:40]} ». Possibles : {', '.join(known)}."
            raise RefusedError(message, status=404)
    return subject, form


def _written(
    subject: str, form: str, query: Mapping[str, Any], headers: dict[str, str]
) -> Response:
    """Write a file whole: whatever may be refused is refused before the first byte leaves."""
    from geo.output.exports import FORMATS  # noqa: PLC0415
    from geo.output.exports.build import export_of  # noqa: PLC0415

    format_ = FORMATS[form]
    try:
        export = export_of(subject, query)
        name = export.file_name(form)
        disposition = f"attachment; filename=\"{name}\"; filename*=UTF-8''{quote(name)}"
        headers = headers | {"Content-Disposition": disposition}
        return Spooled(format_.write(export), headers, format_.media_type)
    except _WRONG as fault:
        raise RefusedError(str(fault), getattr(fault, "parameter", "")) from fault
    except AtlasError as fault:
        if type(fault) is AtlasError:
            raise RefusedError(str(fault)) from fault
        raise


# --- what a client already holds ------------------------------------------------------------


def _headers(subject: str, form: str, query: Mapping[str, Any], now: str) -> dict[str, str]:
    day = datetime.now(UTC).date() if any(name in query for name in _BY_DAY) else ""
    key = f"{subject} {form} {sorted(query.items())} {now} {_build()} {day}"
    changed = _changed(now)
    settled = (datetime.now(UTC) - changed).total_seconds() >= _SETTLED_S
    return {
        **SAFE_HEADERS,
        "ETag": f'W/"{sha256(key.encode()).hexdigest()[:20]}"',
        **({"Last-Modified": format_datetime(changed, usegmt=True)} if settled else {}),
        "Cache-Control": "no-cache",
        "Content-Security-Policy": "sandbox allow-scripts; frame-ancestors 'none'",
    }


@cache
def _build() -> int:
    """Date the code and the reference: files are fetched again when the app is renewed."""
    files = [*(ROOT / "geo").rglob("*.py"), *(ROOT / "data").glob("*.toml")]
    return max(path.stat().st_mtime_ns for path in files)


@lru_cache(maxsize=4)
def _changed(now: str) -> datetime:
    """Say when what is exported last changed, to the second as HTTP says it."""
    from geo.directory.store.history import entries  # noqa: PLC0415
    from geo.directory.store.open import open_store  # noqa: PLC0415

    stamp = int(now.partition("-")[2])
    written = entries(open_store(), 1)
    last = datetime.fromisoformat(written[0].written_at) if written else datetime.now(UTC)
    moments = [last, *(datetime.fromtimestamp(ns / 1e9, UTC) for ns in (stamp, _build()) if ns)]
    return max(moments).astimezone(UTC).replace(microsecond=0)


def _already_held(request: Request, headers: Mapping[str, str]) -> bool:
    tags = request.headers.get("if-none-match")
    if tags is not None:
        return holds(tags, headers["ETag"].removeprefix("W/"))
    since = request.headers.get("if-modified-since", "")
    try:
        return (
            bool(since)
            and "Last-Modified" in headers
            and not any(name in request.query_params for name in _BY_DAY)
            and (parsedate_to_datetime(headers["Last-Modified"]) <= parsedate_to_datetime(since))
        )
    except (ValueError, TypeError):  # a date nobody can read, or without its zone
        return False


def routes() -> list[BaseRoute]:
    """List the route of exports."""
    return [public("/exports/{subject}.{form}", _export)]
