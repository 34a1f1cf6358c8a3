"""A plain Streamlit and Folium script of the same points: what a visitor would wait for without us.

Leaflet comes from a server of its own, as a plain script's comes from a CDN, here on loopback;
jQuery, Bootstrap and icons, which Folium loads besides, are left out in its favour.
"""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Final

from geo.directory.directory import directory
from geo.settings import settings
from tests.browser.harness import HOME_HOST

_SCRIPT: Final = """
import folium
import streamlit as st
from streamlit_folium import st_folium

st.set_page_config(layout="wide")
st.title("Catalyseurs territoriaux")
leaflet = "{leaflet}"
folium.Map.default_js = [("leaflet", leaflet + "/leaflet.js")]
folium.Map.default_css = [("leaflet_css", leaflet + "/leaflet.css")]
carte = folium.Map(location=(46.6, 2.5), zoom_start=5, tiles=None)
for name, lat, lon in {points}:
    folium.CircleMarker((lat, lon), radius=6, tooltip=name).add_to(carte)
st_folium(carte, height=500, use_container_width=True, returned_objects=[])
"""


def points() -> list[tuple[str, float, float]]:
    """Return the name, latitude and longitude of every catalyst that has a point."""
    placed = directory().frame.dropna(subset=["longitude", "latitude"])
    columns = placed["catalyst_name"], placed["latitude"], placed["longitude"]
    return list(zip(*(column.tolist() for column in columns), strict=True))


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def leaflet() -> Iterator[str]:
    """Serve Leaflet on loopback for as long as the block lasts; give its address."""
    folder = str(settings().web / "leaflet" / "dist")
    server = ThreadingHTTPServer((HOME_HOST, 0), partial(_Quiet, directory=folder))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://{HOME_HOST}:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def plain_script() -> Iterator[Path]:
    """Write the script in a temporary folder, for as long as the block lasts."""
    with tempfile.TemporaryDirectory() as folder, leaflet() as address:
        script = Path(folder) / "plain.py"
        text = _SCRIPT.format(leaflet=address, points=json.dumps(points(), ensure_ascii=False))
        script.write_text(text, encoding="utf-8")
        yield script
