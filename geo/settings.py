"""What an operator can set, by environment variables named ``CATALYSE_…``."""

import os
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GEOPLATEFORME = "https://data.geopf.fr/geocodage"


def _path(name: str, default: Path) -> Path:
    return Path(os.environ.get(name) or default)  # set to nothing is not set


def _hours(name: str, default: float) -> float:
    try:
        return float(os.environ.get(name) or default)
    except ValueError:  # what cannot be read gives no time at all
        return 0.0


def _whole(name: str, default: int) -> int:
    text = os.environ.get(name, "").strip()
    return int(text) if text.isdecimal() and int(text) else default


@dataclass(frozen=True)
class Settings:
    """Paths, tile servers and the geocoder, read once from the environment."""

    data: Path = field(default_factory=lambda: _path("CATALYSE_DATA", ROOT / "data"))
    catalysts: Path | None = field(
        default_factory=lambda: (
            Path(name) if (name := os.environ.get("CATALYSE_CATALYSTS")) else None
        )
    )
    indicators: Path | None = field(  # the operator's tables of indicators, beside those shipped
        default_factory=lambda: (
            Path(name) if (name := os.environ.get("CATALYSE_INDICATORS")) else None
        )
    )
    web: Path = field(default_factory=lambda: _path("CATALYSE_WEB", ROOT / "node_modules"))
    tiles: str = field(default_factory=lambda: os.environ.get("CATALYSE_TILES", "ign,osm"))
    geocoder: str = field(  # set to nothing: no address ever leaves this machine
        default_factory=lambda: os.environ.get("CATALYSE_GEOCODER", GEOPLATEFORME)
    )
    geocoder_rate: str = field(
        default_factory=lambda: os.environ.get("CATALYSE_GEOCODER_RATE") or "20"
    )

    store: Path = field(default_factory=lambda: _path("CATALYSE_STORE", ROOT / "data" / "store"))
    catalogue: str = field(
        default_factory=lambda: os.environ.get("CATALYSE_CATALOGUE", ""), repr=False
    )
    author: str = field(
        default_factory=lambda: os.environ.get("CATALYSE_AUTHOR") or "utilisateur local"
    )

    # Who may do what once people sign in: lists apart by commas, or a claim that holds roles.
    # Not compared: a base stays open when roles change.
    coordinators: str = field(
        default_factory=lambda: os.environ.get("CATALYSE_COORDINATORS", ""),
        repr=False,
        compare=False,
    )
    contributors: str = field(
        default_factory=lambda: os.environ.get("CATALYSE_CONTRIBUTORS", ""),
        repr=False,
        compare=False,
    )
    role_claim: str = field(
        default_factory=lambda: os.environ.get("CATALYSE_ROLE_CLAIM", ""), compare=False
    )
    sign_in_hours: float = field(
        default_factory=lambda: _hours("CATALYSE_SIGN_IN_HOURS", 12.0), compare=False
    )
    # Set to « non »: a machine that answers itself only gives no right either.
    local: bool = field(
        default_factory=lambda: (
            os.environ.get("CATALYSE_LOCAL", "").strip().lower() not in {"non", "no", "0", "false"}
        ),
        compare=False,
    )

    # The app's public address, and which sites may show its embedded views in a frame.
    url: str = field(default_factory=lambda: os.environ.get("CATALYSE_URL", ""))
    frame_ancestors: str = field(
        default_factory=lambda: os.environ.get("CATALYSE_FRAME_ANCESTORS", "*")
    )

    # How large an imported file may be; see ``geo.directory.importing.limits``.
    import_megabytes: int = field(default_factory=lambda: _whole("CATALYSE_IMPORT_MEGABYTES", 50))
    import_unzipped_megabytes: int = field(
        default_factory=lambda: _whole("CATALYSE_IMPORT_UNZIPPED_MEGABYTES", 300)
    )
    import_rows: int = field(default_factory=lambda: _whole("CATALYSE_IMPORT_ROWS", 100_000))
    import_columns: int = field(default_factory=lambda: _whole("CATALYSE_IMPORT_COLUMNS", 250))
    import_vertices: int = field(
        default_factory=lambda: _whole("CATALYSE_IMPORT_VERTICES", 500_000)
    )

    # Public API: features on a page at most, requests a minute from one address.
    api_limit: int = field(
        default_factory=lambda: _whole("CATALYSE_API_LIMIT", 10_000), compare=False
    )
    api_rate: int = field(  # an old GDAL reads ten features at a time, fifty times a second
        default_factory=lambda: _whole("CATALYSE_API_RATE", 6_000), compare=False
    )

    @property
    def reference(self) -> Path:
        """Folder of the reference geography."""
        return self.data / "reference"

    @property
    def catalysts_file(self) -> Path:
        """File of catalysts: the one the operator named, else the one that ships."""
        return self.catalysts or self.data / "catalysts.csv"


def settings() -> Settings:
    """Read the settings in force now."""
    return Settings()
