from collections.abc import Iterator

import pytest

from geo.directory.geocoding.geocoder import Geocoder
from geo.directory.geocoding.http import HttpClient
from geo.directory.geocoding.rate_limiter import RateLimiter
from tests.directory.geocoding.server import Script, running


@pytest.fixture
def server() -> Iterator[tuple[str, Script]]:
    with running() as started:
        yield started


@pytest.fixture
def script(server: tuple[str, Script]) -> Script:
    return server[1]


@pytest.fixture
def geocoder(server: tuple[str, Script]) -> Geocoder:
    """Return a geocoder that is asked fast and is given up soon."""
    return Geocoder(HttpClient(server[0], RateLimiter(1000), timeout_s=5, backoff_s=0.01))
