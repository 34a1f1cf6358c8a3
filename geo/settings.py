"""What an operator can set, by environment variables named ``CATALYSE_…``.

A value that cannot be what its name says is refused, never replaced in silence. Every command and
every server waits for this: it imports nothing that takes its time.
"""

import math
import operator
import os
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Final, NamedTuple

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
    **dict.fromkeys(("oui", "yes", "y", "1", "true", "t", "on"), True),
    **dict.fromkeys(("non", "no", "n", "0", "false", "f", "off"), False),
}
_BOUNDS: Final[dict[str, tuple[str, Callable[[float, float], bool]]]] = {
    "least": ("d’au moins {:g}", operator.ge),
    "above": ("supérieur à {:g}", operator.gt),
    "most": ("d’au plus {:g}", operator.le),
}


class _Kind(NamedTuple):
    """How a variable is read, what it should hold, and whether it may be set to nothing."""

    read: Callable[[str], Any]
    expected: str = ""
    may_be_nothing: bool = False


def _yes_or_no(text: str) -> bool:
    if (word := text.strip().lower()) not in _WORDS:
        raise ValueError
    return _WORDS[word]


def _number(noun: str, read: Callable[[str], float], **bounds: float) -> _Kind:
    def within(text: str) -> float:
        value = read(text)
        if not math.isfinite(value):
            raise ValueError
        if not all(_BOUNDS[name][1](value, bound) for name, bound in bounds.items()):
            raise ValueError
        return value

    ends = " et ".join(_BOUNDS[name][0].format(bound) for name, bound in bounds.items())
    return _Kind(within, f"{noun} {ends}")


_Folder = Annotated[Path, _Kind(Path)]
_Path = Annotated[Path | None, _Kind(Path)]
_Text = Annotated[str, _Kind(str)]
_Stripped = Annotated[str, _Kind(str.strip, may_be_nothing=True)]
_Count = Annotated[int, _number("un nombre entier", int, least=1)]
_Downloads = Annotated[int, _number("un nombre entier", int, least=1, most=MOST_DOWNLOADS)]
_Hours = Annotated[float, _number("un nombre", float, least=0)]
_Rate = Annotated[float, _number("un nombre", float, above=0, most=PUBLISHED_RATE)]
_YesNo = Annotated[bool, _Kind(_yes_or_no, f"{quoted('oui')} ou {quoted('non')}")]
_AS_IT_IS: Final = _Kind(str, may_be_nothing=True)


@dataclass(frozen=True)
class Settings:
    """Paths, tile servers, geocoder, rights and bounds, read from the environment."""

    data: _Folder = ROOT / "data"
    catalysts: _Path = None
    # The operator's tables of indicators, beside those shipped.
    indicators: _Path = None
    web: _Folder = ROOT / "node_modules"
    # What can be computed again: compressed files. Where it cannot be written, it stays in memory.
    cache: _Folder = ROOT / ".cache"
    tiles: str = "ign,osm"
    geocoder: str = GEOPLATEFORME  # set to nothing: no address ever leaves this machine
    geocoder_rate: _Rate = 20.0

    store: _Folder = ROOT / "data" / "store"
    catalogue: str = field(default="", repr=False)
    # Where data files are kept instead of the store's folder: S3-compatible storage, s3://bucket/…
    files: _Stripped = ""
    files_key: _Stripped = field(default="", repr=False)
    files_secret: _Stripped = field(default="", repr=False)
    files_endpoint: _Stripped = ""  # http(s)://host:port
    files_region: _Text = "us-east-1"
    files_path_style: _YesNo = True
    # One backup a day in this folder, and how many of them stay; set to nothing: none is made.
    backups: _Path = None
    backups_kept: _Count = 14
    author: _Text = "utilisateur local"

    # Who may do what once people sign in: lists apart by commas, or a claim that holds roles.
    coordinators: str = field(default="", repr=False)
    contributors: str = field(default="", repr=False)
    role_claim: str = ""
    sign_in_hours: _Hours = 12.0
    # Set to « non »: a machine that answers itself only gives no right either.
    local: _YesNo = True

    # Logs as one JSON object a line, each request with its number.
    json_logs: _YesNo = False

    # The app's public address, and which sites may show its embedded views in a frame.
    url: _Stripped = ""
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
    smtp: _Stripped = field(default="", repr=False)
    mail_from: _Stripped = ""
    secretariat: _Stripped = ""
    request_months: _Count = 12

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
        tuple(sorted(one for one in os.environ.items() if one[0].upper().startswith(_PREFIX)))
    )


@lru_cache(maxsize=8)
def _read(environment: tuple[tuple[str, str], ...]) -> Settings:
    texts = {name.upper(): text for name, text in environment}
    values = {}
    for one in fields(Settings):
        name = f"{_PREFIX}{one.name}".upper()
        kind = next(iter(getattr(one.type, "__metadata__", ())), _AS_IT_IS)
        text = texts.get(name)
        if text is None or not (text.strip() or kind.may_be_nothing):
            continue
        try:
            values[one.name] = kind.read(text)
        except (ValueError, OverflowError):
            shown = quoted(" ".join(text.split())[:_LONGEST_SHOWN])
            raise SettingError(f"{name} vaut {shown}{NBSP}: donnez {kind.expected}.") from None
    return Settings(**values)
