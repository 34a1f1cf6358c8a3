"""What an operator can set, by environment variables named ``CATALYSE_…``.

A value that cannot be what its name says is refused, never replaced in silence.
"""

import os
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, Field, ValidationError
from pydantic_core import PydanticUseDefault
from pydantic_settings import BaseSettings, SettingsConfigDict

from geo.errors import SettingError
from geo.french import NBSP, quoted

ROOT = Path(__file__).resolve().parent.parent
GEOPLATEFORME: Final = "https://data.geopf.fr/geocodage"
PUBLISHED_RATE: Final = 50.0
"""Requests a second that the Géoplateforme allows one address."""
MOST_DOWNLOADS: Final = 40
"""Downloads at once from everybody."""
_PREFIX: Final = "CATALYSE_"
_LONGEST_SHOWN = 40
_WORDS: Final = {
    **dict.fromkeys(("oui", "yes", "1", "true"), True),
    **dict.fromkeys(("non", "no", "0", "false"), False),
}


def _set(value: Any) -> Any:
    """Leave the default where a variable is set to nothing."""
    if isinstance(value, str) and not value.strip():
        raise PydanticUseDefault
    return value


def _yes_or_no(value: Any) -> Any:
    return _WORDS.get(value.strip().lower(), value) if isinstance(value, str) else value


_Folder = Annotated[Path, BeforeValidator(_set)]
_Text = Annotated[str, BeforeValidator(_set)]
_Count = Annotated[int, Field(ge=1), BeforeValidator(_set)]
_Downloads = Annotated[int, Field(ge=1, le=MOST_DOWNLOADS), BeforeValidator(_set)]
_Hours = Annotated[float, Field(ge=0, allow_inf_nan=False), BeforeValidator(_set)]
_Rate = Annotated[float, Field(gt=0, le=PUBLISHED_RATE), BeforeValidator(_set)]
_YesNo = Annotated[bool, BeforeValidator(_yes_or_no), BeforeValidator(_set)]


class Settings(BaseSettings):
    """Paths, tile servers, geocoder, rights and bounds, read from the environment."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, frozen=True)

    data: _Folder = ROOT / "data"
    catalysts: Annotated[Path | None, BeforeValidator(_set)] = None
    # The operator's tables of indicators, beside those shipped.
    indicators: Annotated[Path | None, BeforeValidator(_set)] = None
    web: _Folder = ROOT / "node_modules"
    # What can be computed again: compressed files. Where it cannot be written, it stays in memory.
    cache: _Folder = ROOT / ".cache"
    tiles: str = "ign,osm"
    geocoder: str = GEOPLATEFORME  # set to nothing: no address ever leaves this machine
    geocoder_rate: _Rate = 20.0

    store: _Folder = ROOT / "data" / "store"
    catalogue: str = Field(default="", repr=False)
    # Where data files are kept instead of the store's folder: S3-compatible storage, s3://bucket/…
    files: Annotated[str, BeforeValidator(str.strip)] = ""
    files_key: Annotated[str, BeforeValidator(str.strip)] = Field(default="", repr=False)
    files_secret: Annotated[str, BeforeValidator(str.strip)] = Field(default="", repr=False)
    files_endpoint: Annotated[str, BeforeValidator(str.strip)] = ""  # http(s)://host:port
    files_region: _Text = "us-east-1"
    files_path_style: _YesNo = True
    # One backup a day in this folder, and how many of them stay; set to nothing: none is made.
    backups: Annotated[Path | None, BeforeValidator(_set)] = None
    backups_kept: _Count = 14
    author: _Text = "utilisateur local"

    # Who may do what once people sign in: lists apart by commas, or a claim that holds roles.
    coordinators: str = Field(default="", repr=False)
    contributors: str = Field(default="", repr=False)
    role_claim: str = ""
    sign_in_hours: _Hours = 12.0
    # Set to « non »: a machine that answers itself only gives no right either.
    local: _YesNo = True

    # Logs as one JSON object a line, each request with its number.
    json_logs: _YesNo = False

    # The app's public address, and which sites may show its embedded views in a frame.
    url: Annotated[str, BeforeValidator(str.strip)] = ""
    # Other names that it answers to, apart by commas: links never follow a host that nobody listed.
    hosts: str = ""
    frame_ancestors: str = "*"

    # How large an imported file may be; see ``geo.directory.importing.limits``.
    import_megabytes: _Count = 50
    import_unzipped_megabytes: _Count = 300
    import_rows: _Count = 100_000
    import_columns: _Count = 250
    import_vertices: _Count = 500_000

    # Public API: features on a page at most, requests a minute from one address.
    api_limit: _Count = 10_000
    api_rate: _Count = 6_000  # an old GDAL reads ten features at a time, fifty times a second
    # Downloads at once from one address; seconds without a reading after which one is cut.
    api_downloads: _Downloads = 8
    api_stall: _Count = 30
    # Sessions of the pages that one address holds at once: a room of people behind one router.
    sessions: _Count = 200

    # Requests to be put in touch: who sends their mails (smtp[s]://user:password@host:port), from
    # which address, to which secretariat; months after which who asked is forgotten.
    smtp: Annotated[str, BeforeValidator(str.strip)] = Field(default="", repr=False)
    mail_from: Annotated[str, BeforeValidator(str.strip)] = ""
    secretariat: Annotated[str, BeforeValidator(str.strip)] = ""
    request_months: _Count = 12

    @property
    def alone(self) -> bool:
        """Return whether this is a machine used alone: who reads is who can mend it."""
        return self.local and not self.url

    @property
    def reference(self) -> Path:
        """Folder of the reference geography."""
        return self.data / "reference"

    @property
    def catalysts_file(self) -> Path:
        """File of catalysts: the one the operator named, else the one that ships."""
        return self.catalysts or self.data / "catalysts.csv"


def settings() -> Settings:
    """Return the settings in force now.

    Raises
    ------
    SettingError
        A variable holds what its name cannot mean.
    """
    return _read(
        # Their values alone: to read all of them takes three times longer, and pages ask often.
        tuple(sorted((n, os.environ[n]) for n in os.environ if n.upper().startswith(_PREFIX)))
    )


@lru_cache(maxsize=8)
def _read(_environment: tuple[tuple[str, str], ...]) -> Settings:
    try:
        return Settings()
    except ValidationError as fault:
        raise SettingError(_sentence(fault)) from None


def _sentence(fault: ValidationError) -> str:
    """Name the first variable at fault, its value, and what it should hold."""
    error = fault.errors()[0]
    field = str(error["loc"][0])
    value = " ".join(str(error["input"]).split())[:_LONGEST_SHOWN]
    name = f"{_PREFIX}{field}".upper()
    return f"{name} vaut {quoted(value)}{NBSP}: donnez {_expected(field)}."


def _expected(field: str) -> str:
    """Say what a variable should hold: its kind, and its bounds where it has any."""
    declared = Settings.model_fields[field]
    if declared.annotation is bool:
        return f"{quoted('oui')} ou {quoted('non')}"
    noun = "un nombre entier" if declared.annotation is int else "un nombre"
    ends = [
        text.format(getattr(one, name))
        for name, text in _BOUNDS.items()
        for one in declared.metadata
        if hasattr(one, name)
    ]
    return " ".join([noun, " et ".join(ends)]).strip()


_BOUNDS: Final = {"ge": "d’au moins {:g}", "gt": "supérieur à {:g}", "le": "d’au plus {:g}"}
