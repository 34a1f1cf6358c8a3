"""What is checked once, before the server answers anybody."""

from geo.directory.geocoding.geocoder import geocoder
from geo.errors import SettingError
from geo.french import NBSP, quoted
from geo.output.embedding import own_origin, wrong_ancestors
from geo.output.maps.tiles import chosen_tiles
from geo.settings import settings


def check_settings() -> None:
    """Refuse a setting that could not be followed once somebody asks.

    Raises
    ------
    SettingError, GeocoderError
        The sentence names the variable and says what to give.
    """
    chosen = settings()
    if chosen.url.strip() and not own_origin(chosen.url, ""):
        raise SettingError(
            f"CATALYSE_URL vaut {quoted(chosen.url[:80])}{NBSP}: donnez l’adresse publique de "
            "l’application, par exemple https://cartes.maville.fr."
        )
    if fault := wrong_ancestors(chosen.frame_ancestors):
        raise SettingError(fault)
    chosen_tiles()
    geocoder()
