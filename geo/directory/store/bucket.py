"""The S3-compatible storage of the settings in force, if the operator set one."""

import re
from typing import Final
from urllib.parse import urlsplit

from geo.database import BucketAccess
from geo.errors import SettingError
from geo.french import NBSP, quoted
from geo.settings import Settings

# What every S3 takes for a bucket, and for a prefix without escaping.
_PLACE: Final = re.compile(r"s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?:/[\w.-]+)*)/?")
_REGION: Final = re.compile(r"[\w-]{1,60}")


def bucket_access(chosen: Settings) -> BucketAccess | None:
    """Return where the data files are and what opens them; None where a folder holds them.

    Raises
    ------
    SettingError
        The address, the server or the region cannot be one, or a key is missing.
    """
    if not chosen.files:
        return None
    place = _PLACE.fullmatch(chosen.files)
    if not place or ".." in chosen.files:
        raise SettingError(
            f"CATALYSE_FILES vaut {quoted(chosen.files[:80])}{NBSP}: donnez un lieu de "
            "stockage S3, par exemple s3://catalyse/base."
        )
    if not (chosen.files_key and chosen.files_secret):
        raise SettingError(
            f"CATALYSE_FILES est réglé{NBSP}: donnez aussi CATALYSE_FILES_KEY et "
            "CATALYSE_FILES_SECRET."
        )
    if not _REGION.fullmatch(chosen.files_region):
        raise SettingError(
            f"CATALYSE_FILES_REGION vaut {quoted(chosen.files_region[:80])}{NBSP}: donnez le nom "
            "d’une région, par exemple fr-par."
        )
    host, tls = _server(chosen.files_endpoint)
    return BucketAccess(
        place=place[1],
        key=chosen.files_key,
        secret=chosen.files_secret,
        host=host,
        tls=tls,
        region=chosen.files_region,
        path_style=chosen.files_path_style,
    )


def _server(endpoint: str) -> tuple[str, bool]:
    """Return the server and port of an address, and whether it speaks TLS; "" for Amazon's."""
    if not endpoint:
        return "", True
    try:
        parts = urlsplit(endpoint)
        _ = parts.port
    except ValueError:
        parts = urlsplit("")
    beside = parts.username or parts.query or parts.fragment or parts.path.strip("/")
    if parts.scheme not in {"http", "https"} or not parts.hostname or beside:
        raise SettingError(
            f"CATALYSE_FILES_ENDPOINT n’est pas l’adresse d’un serveur{NBSP}: donnez par exemple "
            "https://s3.fr-par.scw.cloud, ou rien pour celui d’Amazon."
        )
    return parts.netloc, parts.scheme == "https"
