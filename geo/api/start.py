"""What is checked once, before the server answers anybody."""

from urllib.parse import urlsplit

from geo.directory.geocoding.geocoder import geocoder
from geo.directory.requests.mail import check_mail_settings
from geo.errors import SettingError
from geo.french import NBSP, quoted
from geo.output.embedding import own_origin, wrong_ancestors
from geo.output.tile_servers import chosen_tiles
from geo.settings import settings


def check_settings() -> None:
    """Refuse a setting that could not be followed once somebody asks.

    Raises
    ------
    SettingError, GeocoderError
        The sentence names the variable and says what to give.
    """
    chosen = settings()
    if chosen.url and not _is_origin(chosen.url):
        raise SettingError(
            f"CATALYSE_URL vaut {quoted(chosen.url[:80])}{NBSP}: donnez l’adresse publique de "
            "l’application, sans chemin, par exemple https://cartes.maville.fr."
        )
    if fault := wrong_ancestors(chosen.frame_ancestors):
        raise SettingError(fault)
    check_mail_settings()
    chosen_tiles()
    geocoder()


def _is_origin(url: str) -> bool:
    """Return whether an address is that of a whole site: links would lose a path after it."""
    if not own_origin(url, ""):
        return False
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query and not parts.fragment
