"""What an operator can set, by environment variables named ``CATALYSE_…``."""

import os
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def _path(name: str, default: Path) -> Path:
    return Path(os.environ.get(name) or default)  # set to nothing is not set


@dataclass(frozen=True)
class Settings:
    """Paths and the tile servers, read once from the environment."""

    data: Path = field(default_factory=lambda: _path("CATALYSE_DATA", ROOT / "data"))
    catalysts: Path | None = field(
        default_factory=lambda: (
            Path(name) if (name := os.environ.get("CATALYSE_CATALYSTS")) else None
        )
    )
    web: Path = field(default_factory=lambda: _path("CATALYSE_WEB", ROOT / "node_modules"))
    tiles: str = field(default_factory=lambda: os.environ.get("CATALYSE_TILES", "ign,osm"))

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
