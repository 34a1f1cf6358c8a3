"""One request to a geocoder: its turn, its retries, and its faults in French."""

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from geo.directory.geocoding.rate_limiter import RateLimiter
from geo.errors import GeocoderError
from geo.french import decimal

if TYPE_CHECKING:
    import requests  # half a second that start-up need not pay

_CONNECT_S: Final = 5.0
_BLOCKED_S: Final = 5.0  # How long the Géoplateforme blocks whoever goes past its rate.
_LONGEST_WAIT_S: Final = 30.0
_LARGEST: Final = 64_000_000
_PART: Final = 1024  # A part that breaks is lost whole.
_OK: Final = 200
_TOO_MANY: Final = 429
_PASSING: Final = frozenset((408, 425, 500, 502, 503, 504))
_HEADERS: Final = {"User-Agent": "catalyse", "Accept": "application/json, text/csv"}


class _AgainError(GeocoderError):
    """A fault that may pass; ``after_s`` is how long the geocoder asks to be left alone."""

    def __init__(self, message: str, after_s: float = 0.0) -> None:
        super().__init__(message)
        self.after_s = after_s


@dataclass(frozen=True)
class Reply:
    """What came back; not ``whole`` when the connection broke on the way."""

    body: bytes
    whole: bool


@dataclass(frozen=True)
class HttpClient:
    """How to reach a geocoder, and how patiently.

    Proxies and certificates are those of the environment (HTTPS_PROXY, NO_PROXY,
    REQUESTS_CA_BUNDLE).
    """

    url: str
    pace: RateLimiter
    tries: int = 4
    timeout_s: float = 60.0
    patience_s: float = 120.0
    backoff_s: float = 0.5

    @property
    def host(self) -> str:
        """Name of the server, as people know it."""
        return urlsplit(self.url).hostname or self.url

    def send(self, method: str, path: str, **what: Any) -> Reply:
        """Ask, and ask again what may pass: too many requests, a server in trouble, silence.

        Raises
        ------
        GeocoderError
            It still does not answer, or it refuses; in French.
        """
        for left in range(self.tries - 1, -1, -1):
            if not self.pace.take(self.patience_s):
                raise GeocoderError(
                    f"Le géocodeur {self.host} est très demandé en ce moment : "
                    "réessayez dans quelques secondes."
                )
            try:
                return self._once(method, path, what)
            except _AgainError as fault:
                self._wait(fault, left)
        raise AssertionError  # the last try has raised

    def _wait(self, fault: _AgainError, left: int) -> None:
        if not left or fault.after_s > _LONGEST_WAIT_S:
            raise GeocoderError(str(fault)) from None
        if fault.after_s:
            self.pace.hold(fault.after_s)
        else:  # a little chance, so that those who failed together do not come back together
            pause = self.backoff_s * 2 ** (self.tries - 1 - left)
            time.sleep(pause * random.uniform(1, 1.5))  # noqa: S311

    def _once(self, method: str, path: str, what: dict[str, Any]) -> Reply:
        from geo.directory.geocoding.watched import session  # noqa: PLC0415

        end = time.monotonic() + self.timeout_s
        with (
            self._explain_faults(end),
            session(self.timeout_s) as line,
            line.request(
                method,
                self.url.rstrip("/") + path,
                timeout=(min(_CONNECT_S, self.timeout_s), self.timeout_s),
                headers=_HEADERS,
                stream=True,
                allow_redirects=False,
                **what,
            ) as answer,
        ):
            self._refused(answer)
            return _read(answer, end)

    def _refused(self, answer: "requests.Response") -> None:
        status = answer.status_code
        if status == _OK:
            return
        if status == _TOO_MANY or status in _PASSING:
            why = "trop de demandes" if status == _TOO_MANY else "service indisponible"
            raise _AgainError(
                f"Le géocodeur {self.host} ne peut pas répondre (erreur {status}, {why}) : "
                "réessayez plus tard.",
                _after_s(answer),
            )
        raise GeocoderError(
            f"Le géocodeur {self.host} refuse la demande (réponse {status}). "
            "Vérifiez son adresse, réglée par CATALYSE_GEOCODER."
        )

    @contextmanager
    def _explain_faults(self, end: float) -> Iterator[None]:
        """Turn the faults of the network into sentences; past its ``end``, it was too slow."""
        import requests  # noqa: PLC0415

        who = f"Le géocodeur {self.host}"
        slow = _AgainError(
            f"{who} n’a pas répondu en {decimal(self.timeout_s)} s : réessayez plus tard."
        )
        try:
            yield
        except requests.exceptions.SSLError:
            raise GeocoderError(
                f"{who} présente un certificat que cette machine ne reconnaît pas. Si un proxy en "
                "est la cause, donnez son certificat par REQUESTS_CA_BUNDLE."
            ) from None
        except requests.Timeout:
            raise slow from None
        except requests.exceptions.ProxyError:
            raise _AgainError(
                f"{who} n’est pas joignable par le proxy réglé : vérifiez HTTPS_PROXY."
            ) from None
        except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError):
            if time.monotonic() >= end:
                raise slow from None
            raise _AgainError(f"{who} est injoignable : vérifiez la connexion.") from None
        except requests.RequestException:
            raise GeocoderError(
                f"{who} ne peut pas être demandé. Vérifiez son adresse, réglée par "
                "CATALYSE_GEOCODER."
            ) from None


def _read(answer: "requests.Response", end: float) -> Reply:
    """Keep what arrives, until it breaks, is too long, or comes too slowly."""
    import requests  # noqa: PLC0415

    body = bytearray()
    try:
        for part in answer.iter_content(_PART):
            body += part
            if len(body) > _LARGEST or time.monotonic() > end:
                return Reply(bytes(body), whole=False)
    except requests.RequestException:
        if not body:
            raise
        return Reply(bytes(body), whole=False)
    return Reply(bytes(body), whole=time.monotonic() < end)


def _after_s(answer: "requests.Response") -> float:
    """Read Retry-After, seconds or a date; what the Géoplateforme does when it says nothing."""
    header = answer.headers.get("Retry-After", "").strip()
    if header.isdecimal():
        return float(header)
    try:
        return max(0.0, (parsedate_to_datetime(header) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return _BLOCKED_S if answer.status_code == _TOO_MANY else 0.0
