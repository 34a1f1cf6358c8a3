"""What is checked once, before the server answers anybody."""

from urllib.parse import urlsplit

from geo.api.public_url import listed_hosts
from geo.directory.geocoding.geocoder import geocoder
from geo.directory.requests.mail import check_mail_settings
from geo.errors import SettingError
from geo.french import NBSP, quoted
from geo.output.embedding import own_origin, wrong_ancestors
from geo.output.tile_servers import chosen_tiles
from geo.settings import settings


def check_settings(base_path: str = "") -> None:
    """Refuse a setting that could not be followed once somebody asks.

    ``base_path``: under which Streamlit is told to answer; its pages alone would, not our routes.

    Raises
    ------
    SettingError, GeocoderError
        The sentence names the variable and says what to give.
    """
    chosen = settings()
    if base_path.strip("/"):
        raise SettingError(
            f"server.baseUrlPath vaut {quoted(base_path[:80])}{NBSP}: Catalyse répond à la racine "
            "d’un site, jamais sous un chemin. Donnez-lui un nom à elle, par exemple "
            "cartes.maville.fr."
        )
    if chosen.url and not _is_origin(chosen.url):
        raise SettingError(
            f"CATALYSE_URL vaut {quoted(chosen.url[:80])}{NBSP}: donnez l’adresse publique de "
            "l’application, sans chemin, par exemple https://cartes.maville.fr."
        )
    wrong = [one for one in listed_hosts(chosen.hosts) if not _is_host(one)]
    if wrong:
        raise SettingError(
            f"CATALYSE_HOSTS{NBSP}: {quoted(min(wrong)[:80])} n’est pas un nom de serveur (exemple"
            f"{NBSP}: cartes.maville.fr, ou cartes.maville.fr:8443)."
        )
    if fault := wrong_ancestors(chosen.frame_ancestors):
        raise SettingError(fault)
    if chosen.files:
        from geo.directory.store.bucket import bucket_access  # noqa: PLC0415 - DuckDB comes with it

        bucket_access(chosen)
    check_mail_settings()
    chosen_tiles()
    geocoder()


def _is_origin(url: str) -> bool:
    """Return whether an address is that of a whole site: links would lose a path after it."""
    if not own_origin(url, ""):
        return False
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query and not parts.fragment


def _is_host(name: str) -> bool:
    """Return whether a name is what browsers write of a site that listens on its usual port."""
    return own_origin(f"https://{name}", "") == f"https://{name}"
