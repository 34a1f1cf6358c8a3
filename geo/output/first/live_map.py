"""The map itself in a painted page: it moves and opens its cards before the live page is there."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from geo.output.maps.places import Bounds
from geo.output.maps.spec import base_spec, overlay_spec, to_script
from geo.output.webfiles import map_scripts, map_styles, served_here


def live_map(
    layers: Sequence[dict[str, Any]], *, title: str, bounds: Bounds, clicks: Sequence[str] = ()
) -> Markup:
    """Write what ``web/scripts/first.js`` draws over the drawing; see ``overlay_spec``.

    Its tiles and its finer ground are those of the live map: the page may reach no other server.
    """
    if not served_here():
        return Markup()
    document = {
        "scripts": map_scripts(),
        "styles": map_styles(),
        "base": {**base_spec(), "tiles": [], "ground": None},
        "overlay": overlay_spec(layers, title=title, bounds=bounds, clicks=clicks),
    }
    script = Markup('<script type="application/json">{}</script>')
    return script.format(Markup(to_script(document)))  # noqa: S704 - no tag can begin in it
