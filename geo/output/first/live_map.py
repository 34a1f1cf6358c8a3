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

    Tiles come with the live map: a page may reach no other server than its own.
    """
    if not served_here():
        return Markup()
    base = base_spec()
    document = {
        "scripts": map_scripts(),
        "styles": map_styles(),
        "base": {**base, "tiles": [], "ground": None if base["tiles"] else base["ground"]},
        "overlay": overlay_spec(layers, title=title, bounds=bounds, clicks=clicks),
    }
    script = Markup('<script type="application/json">{}</script>')
    return script.format(Markup(to_script(document)))  # noqa: S704 - no tag can begin in it
