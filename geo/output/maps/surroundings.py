"""The land around France, its rivers and its lakes, as the one file that a map fetches."""

from functools import cache
from hashlib import sha256

from geo.output.webfiles import WebFile, web_file
from geo.reference import surroundings


@cache
def written() -> WebFile:
    """Return the file that ships, for display only (see ``geo/reference/surroundings.py``)."""
    return web_file(surroundings.path().read_bytes(), ".geojson")


@cache
def surroundings_url() -> str:
    """Return its address, which changes with its content."""
    return (
        f"/layers/alentours.geojson?v={sha256(surroundings.path().read_bytes()).hexdigest()[:12]}"
    )
