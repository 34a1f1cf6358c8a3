"""A geocoder on loopback that answers as the Géoplateforme documents: places, refusals, limits.

Places are the communes of the reference; house numbers are made up around each commune's point.
"""

import csv
import email
import io
import json
import re
import time
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock
from typing import Any
from urllib.parse import parse_qs, urlsplit

from geo.directory.geocoding.query import normalised
from geo.reference import france, gazetteer
from tests.serving import serving

STREET = re.compile(r"\b(rue|avenue|boulevard|place|chemin|allee|route)\b")
NUMBER = re.compile(r"^\d+")
STEP = 1e-5  # degrees from one house to the next
ELSEWHERE = "44109"
LATE = 4  # requests that a busy machine holds up and lets through together


@dataclass
class Script:
    """What the server did, and what it is told to do next.

    ``next`` holds one word per coming request: "503", "slow", "cut", "html", "error-rows"…
    """

    rate: float = 1e9
    block_s: float = 1.0
    next: deque[str] = field(default_factory=deque)
    times: list[float] = field(default_factory=list)
    refused: int = 0
    asked: Counter[str] = field(default_factory=Counter)
    paths: list[str] = field(default_factory=list)
    forms: list[dict[str, list[str]]] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)
    blocked_until: float = 0.0

    def admits(self) -> float:
        """Count a request: 0, or how long whoever asks past the rate is blocked."""
        with self.lock:
            now = time.monotonic()
            self.times.append(now)
            if sum(now - t < 1 for t in self.times) > self.rate:
                self.blocked_until = now + self.block_s  # asking again starts the block again
            if now < self.blocked_until:
                self.refused += 1
                return self.block_s
        return 0.0

    def busiest_second(self) -> int:
        """Count the requests of the busiest second, wherever it starts."""
        return max(sum(0 <= t - start < 1 for t in self.times) for start in self.times)


def found(q: str, citycode: str = "", postcode: str = "") -> list[dict[str, Any]]:
    """Answer one question: best first, at most two places."""
    said = normalised(q)
    if "introuvable" in said or not said:
        return []
    if "ailleurs" in said and not citycode and not postcode:
        return [_place(q, ELSEWHERE, 0.93)]
    code = citycode or _commune(said, postcode)
    if not code or code not in france.communes().index:
        return []
    doubt = "incertain" in said or "ailleurs" in said
    best = _place(q, code, 0.41 if doubt else 0.9)
    return [best, best | {"score": best["score"] / 2, "label": best["label"] + " bis"}]


def _commune(said: str, postcode: str) -> str:
    codes = re.findall(r"\b\d{5}\b", said)
    for text in (*(f"{code} {said.rpartition(code)[2]}" for code in codes), *_tails(said)):
        for place in gazetteer.search(text, 1, ("commune",)):
            if place.match_kind == "exact" and (not postcode or postcode in place.postcodes):
                return place.code
    return ""


def _tails(said: str) -> Iterator[str]:
    words = said.split()
    yield from (" ".join(words[-size:]) for size in range(min(4, len(words)), 0, -1))


def _place(q: str, code: str, score: float) -> dict[str, Any]:
    commune = france.communes().loc[code]
    number = NUMBER.match(normalised(q))
    street = STREET.search(normalised(q))
    kind = "housenumber" if number and street else "street" if street else "municipality"
    kind = "locality" if "lieu dit" in normalised(q) else kind
    offset = STEP * int(number[0]) if number else 0.0
    name = q if street else commune["commune_name"]
    return {
        "longitude": commune["longitude"] + offset,
        "latitude": commune["latitude"],
        "score": score,
        "type": kind,
        "label": " ".join(name.split()),
        "citycode": code,
    }


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "_Server"

    def do_GET(self) -> None:
        query = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        if self._stopped():
            return
        q = query.get("q", "")
        if not 3 <= len(q) <= 200 or not q[0].isalnum():
            self._fail(400, ["q: must contain between 3 and 200 chars and start with a letter"])
            return
        self.server.script.asked[q] += 1
        limit = int(query.get("limit", 5))
        places = found(q, query.get("citycode", ""), query.get("postcode", ""))[:limit]
        features = [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [p["longitude"], p["latitude"]]},
                "properties": p,
            }
            for p in places
        ]
        self._send(json.dumps({"type": "FeatureCollection", "features": features}).encode())

    def do_POST(self) -> None:
        form, data = self._form()
        word = self.server.script.next[0] if self.server.script.next else ""
        if self._stopped():
            return
        if not data:
            self._fail(400, ["A CSV file must be provided in data field"])
            return
        body = self._csv(form, data, broken=word == "error-rows")
        if word == "cut":
            self._cut(body)
        else:
            self._send(body, "text/csv")

    def _csv(self, form: dict[str, list[str]], data: str, *, broken: bool) -> bytes:
        self.server.script.forms.append(form)
        rows = list(csv.DictReader(io.StringIO(data)))
        text = io.StringIO()
        writer = csv.DictWriter(text, [*rows[0], *form["result_columns"]], extrasaction="ignore")
        writer.writeheader()
        for rank, row in enumerate(rows):
            q = " ".join(row[name] for name in form["columns"])
            self.server.script.asked[q] += 1
            filters = [row[form[name][0]] if name in form else "" for name in FILTERS]
            places = found(q, *filters)
            best = {f"result_{name}": value for name, value in (places or [{}])[0].items()}
            best |= {name: best.pop(f"result_{name}", "") for name in ("longitude", "latitude")}
            status = "ok" if places else "not-found"
            if broken and rank % 2:
                best, status = {}, "error"
            writer.writerow({**row, **best, "result_status": status})
        return text.getvalue().encode()

    def _form(self) -> tuple[dict[str, list[str]], str]:
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        kind = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
        form: dict[str, list[str]] = {}
        data = ""
        for part in email.message_from_bytes(kind + raw).walk():
            name = part.get_param("name", header="content-disposition")
            if name:
                content = part.get_payload(decode=True)
                assert isinstance(content, bytes)
                text = content.decode()
                if name == "data":
                    data = text
                else:
                    form.setdefault(str(name), []).append(text)
        return form, data

    def _stopped(self) -> bool:
        """Refuse, keep waiting or answer nonsense, as the script or the rate says."""
        script = self.server.script
        script.paths.append(urlsplit(self.path).path)
        if after := script.admits():
            self._fail(429, [], {"Retry-After": f"{after:g}"})
            return True
        word = script.next.popleft() if script.next else ""
        if word.isdigit():
            self._fail(int(word), ["as told"])
        elif word == "html":
            self._send(b"<html>Connectez-vous au proxy</html>", "text/html")
        elif word == "slow":
            self.rfile.read(1)  # until the client leaves
        return word.isdigit() or word == "html"

    def _fail(self, code: int, detail: list[str], headers: dict[str, str] | None = None) -> None:
        body = {"code": code, "message": "Failed parsing query", "detail": detail}
        self._send(json.dumps(body).encode(), code=code, headers=headers)

    def _send(
        self,
        body: bytes,
        kind: str = "application/json",
        code: int = 200,
        headers: dict[str, str] | None = None,
    ) -> None:
        self.send_response(code)
        for name, value in {"Content-Type": kind, **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _cut(self, body: bytes) -> None:
        """Promise the whole, send two thirds, and hang up in the middle of a line."""
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) * 2 // 3])
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Say nothing."""


FILTERS = ("citycode", "postcode")


class _Server(ThreadingHTTPServer):
    script: Script
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Let clients hang up."""


@contextmanager
def running(**script: Any) -> Iterator[tuple[str, Script]]:
    """Run a geocoder on a free port of loopback; its address, and its script."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.script = Script(**script)
    with serving(server):
        yield f"http://127.0.0.1:{server.server_port}/geocodage", server.script
