"""The national geocoder, or another that answers the same way: one address, or hundreds at once.

Source: Géoplateforme (IGN), API de géocodage; 50 requests per second and per address, then 429
and a block of 5 seconds that ``Retry-After`` tells; files of at most 50 MB.
"""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import isfinite
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import orjson

from geo.directory.geocoding.http import HttpClient, Reply
from geo.directory.geocoding.query import Answer, GeocodingQuery, sendable
from geo.directory.geocoding.rate_limiter import RateLimiter
from geo.directory.store.shared_counts import shared_counts
from geo.errors import BadCoordinatesError, GeocoderError
from geo.french import CONTROLS
from geo.settings import settings

_CODE: Final = re.compile(r"\d[\dAB]\d{3}", re.ASCII)
KINDS: Final = ("housenumber", "street", "locality", "municipality")
_RESULTS: Final = (
    *("longitude", "latitude", "result_score", "result_type"),
    *("result_label", "result_citycode", "result_status"),
)
_NOTHING: Final = ("not-found", "skipped")  # Nothing there, or nothing that can be asked.


@dataclass(frozen=True)
class Geocoder:
    """A geocoder: where it is, and the pace that everyone who asks it shares."""

    line: HttpClient

    @property
    def url(self) -> str:
        """Base address: answers of one geocoder are not those of another."""
        return self.line.url

    @property
    def host(self) -> str:
        """Name of the server, to say where texts are sent and answers come from."""
        return self.line.host

    def search(self, text: str, limit: int = 5) -> list[Answer]:
        """Find the places that a text may mean, best first.

        Raises
        ------
        GeocoderError
            It does not answer, or not as a geocoder does.
        """
        query = sendable(text)
        if not query:
            return []
        parameters: dict[str, str | int] = {"q": query, "limit": limit, "index": "address"}
        reply = self.line.send("GET", "/search", params=parameters)
        if not reply.whole:
            raise GeocoderError(
                f"Le géocodeur {self.host} n’a pas répondu en entier : réessayez plus tard."
            )
        try:
            features = orjson.loads(reply.body)["features"][:limit]
            found = [_from_feature(feature) for feature in features]
        except (ValueError, KeyError, TypeError, IndexError, AttributeError):
            raise self._unreadable() from None
        return [answer for answer in found if answer]

    def batch(self, questions: Sequence[GeocodingQuery]) -> dict[GeocodingQuery, Answer | None]:
        """Ask many questions in one request: their answers, None for an address not found.

        A question that the geocoder could not treat, or that a broken connection lost, is left
        out: it can be asked again.

        Raises
        ------
        GeocoderError
            It does not answer, or not as a geocoder does.
        """
        form = [
            *(("columns", "q"), ("postcode", "postcode"), ("citycode", "citycode")),
            *(("result_columns", name) for name in _RESULTS),
        ]
        file = {"data": ("adresses.csv", _table(questions), "text/csv; charset=utf-8")}
        reply = self.line.send("POST", "/search/csv", data=form, files=file)
        try:
            return dict(_answered(reply, questions))
        except (ValueError, csv.Error):
            raise self._unreadable() from None

    def hasty(self) -> "Geocoder":
        """Return the same geocoder for a person who waits: a few seconds, two tries."""
        return Geocoder(replace(self.line, tries=2, timeout_s=5.0, patience_s=3.0, backoff_s=0.2))

    def _unreadable(self) -> GeocoderError:
        return GeocoderError(
            f"Le géocodeur {self.host} a répondu autre chose que des adresses. "
            "Une page de connexion ou un proxy s’est peut-être mis entre deux."
        )


def geocoder() -> Geocoder | None:
    """Return the geocoder of the settings in force, None when the operator wants none.

    Raises
    ------
    GeocoderError
        Its address cannot be used.
    """
    chosen = settings()
    if not chosen.geocoder.strip():
        return None
    return _made(chosen.geocoder.strip(), chosen.geocoder_rate, chosen.store)


@cache
def _made(url: str, per_second: float, folder: Path) -> Geocoder:
    if not _is_http(url):
        raise GeocoderError(
            f"CATALYSE_GEOCODER n’est pas une adresse http : « {url[:80]} ». Laissez-le vide pour "
            "ne demander aucun géocodeur."
        )
    line = HttpClient(url, RateLimiter(per_second, shared_counts(folder), urlsplit(url).netloc))
    return Geocoder(line)


def _is_http(url: str) -> bool:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:  # « http://[::1 », « http://a.fr:x »
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _table(questions: Sequence[GeocodingQuery]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("rang", "q", "postcode", "citycode"))
    for rank, question in enumerate(questions):
        writer.writerow((rank, sendable(question.text), question.postcode, question.commune_code))
    return text.getvalue().encode()


def _answered(
    reply: Reply, questions: Sequence[GeocodingQuery]
) -> list[tuple[GeocodingQuery, Answer | None]]:
    body = reply.body if reply.whole else reply.body[: reply.body.rfind(b"\n") + 1]
    rows = csv.DictReader(io.StringIO(body.decode("utf-8-sig")), strict=True)
    if not {"rang", "longitude", "latitude"} <= {*(rows.fieldnames or ())}:
        if not reply.whole:
            return []
        raise ValueError
    found = []
    for row in rows:
        rank = int(row["rang"]) if (row["rang"] or "").isdecimal() else -1
        if 0 <= rank < len(questions) and None not in row.values():
            status = row.get("result_status") or ("ok" if row["latitude"] else _NOTHING[0])
            answer = _from_row(row) if status == "ok" else None
            if answer or status in _NOTHING:
                found.append((questions[rank], answer))
    return found


def _from_row(row: dict[str, Any]) -> Answer | None:
    named = {name.removeprefix("result_"): value for name, value in row.items()}
    return _answer(row["longitude"], row["latitude"], named)


def _from_feature(feature: dict[str, Any]) -> Answer | None:
    lon, lat = feature["geometry"]["coordinates"][:2]
    return _answer(lon, lat, feature["properties"])


def _answer(lon: Any, lat: Any, properties: dict[str, Any]) -> Answer | None:
    """Read one answer; None when it has no point on Earth, or is of no kind that we know."""
    from geo.crs import check_lonlat  # noqa: PLC0415 - a fifth of a second of start-up

    code, kind = properties.get("citycode") or "", properties.get("type")
    code = code[0] if isinstance(code, list) else code
    try:
        check_lonlat(x := float(lon), y := float(lat))
        score = float(properties.get("score") or 0.0)
    except (ValueError, TypeError, BadCoordinatesError):
        return None
    if kind not in KINDS or not isfinite(score):
        return None
    label = " ".join(re.sub(CONTROLS, " ", str(properties.get("label") or "")).split())[:200]
    commune = code if isinstance(code, str) and _CODE.fullmatch(code) else ""
    return Answer(x, y, min(max(score, 0.0), 1.0), kind, label, commune)
