"""Visitors who did not sign in, together, take a small part of the geocoder's rate."""

import pytest

from geo.directory.geocoding import visitor
from geo.directory.geocoding.rate_limiter import RateLimiter
from geo.errors import GeocoderError
from tests.directory.geocoding.server import Script


def test_visitors_together_are_held_back(
    server: tuple[str, Script], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CATALYSE_GEOCODER", server[0])
    slow = RateLimiter(0.01)
    monkeypatch.setattr(visitor, "_visitors", lambda _: slow)
    monkeypatch.setattr(visitor, "_PATIENCE_S", 0.01)
    first = visitor.suggestions("12 rue de Paris 94220 Charenton")
    with pytest.raises(GeocoderError, match="recommencez plus tard"):
        visitor.suggestions("14 rue de Paris 94220 Charenton")
    assert visitor.suggestions("12 rue de Paris 94220 Charenton") == first
