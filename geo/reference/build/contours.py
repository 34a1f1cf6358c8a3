"""Fetch and read the outlines of communes: two sets of GeoJSON files, one file a département.

Most départements come as the State's geographic API draws them, segments of 40 m; nine are only
there as IGN drew them in 2018, segments of 273 m, under the codes of that year. Source: IGN, ADMIN
EXPRESS COG, Licence Ouverte 2.0.
"""

import hashlib
import shutil
import urllib.request
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.errors import BadFileError, MissingDataError
from geo.reference.build.fetch import CACHE, sha256
from geo.reference.build.rows import plain

_TIMEOUT_S: Final = 60
_HOST: Final = "https://raw.githubusercontent.com"
OLDER: Final = {
    "12": "Aveyron",
    "21": "Côte-d’Or",
    "22": "Côtes-d’Armor",
    "24": "Dordogne",
    "29": "Finistère",
    "50": "Manche",
    "63": "Puy-de-Dôme",
    "64": "Pyrénées-Atlantiques",
    "71": "Saône-et-Loire",
}
"""Départements whose outlines are of 2018."""


@dataclass(frozen=True)
class Edition:
    """One set of files: where they are published, and the digest of all of them."""

    vintage: str
    repository: str
    commit: str
    sha256: str

    def url(self, path: str) -> str:
        """Return the public address of one file."""
        return f"{_HOST}/{self.repository}/{self.commit}/{path}"


RECENT: Final = Edition(
    vintage="COG 2026",
    repository="AzukiGPT/elections-municipales-2026",
    commit="ae92712",
    sha256="c2ff8937c72bc70767a90ab7ecdde08fce3b29660bbf67b930bb63f1b998e0e4",
)
FORMER: Final = Edition(
    vintage="COG 2018",
    repository="gregoiredavid/france-geojson",
    commit="5d34ee6",
    sha256="a8a53a4318fe9dd5ca9815fc2110a1eb1989b3fafe6962e0b898244326037ae4",
)
EDITIONS: Final = (RECENT, FORMER)


def path_of(departement: str) -> tuple[Edition, str]:
    """Return the edition that draws a département, and the path of its file there."""
    if departement in OLDER:
        name = f"{departement}-{plain(OLDER[departement]).replace('_', '-')}"
        return FORMER, f"departements/{name}/communes-{name}.geojson"
    return RECENT, f"public/data/communes/{departement}.json"


def fetch(departements: Iterable[str], folder: Path | None = None) -> dict[str, Path]:
    """Return the file of every département, from a folder, the cache, or else its address.

    Parameters
    ----------
    folder
        Where the files are already, at any depth, under their published names.

    Raises
    ------
    MissingDataError
        A file is neither there nor published where it was.
    BadFileError
        The files of an edition are not those that were pinned.
    """
    where = folder or CACHE / "outlines"
    local_files = {path.name: path for path in where.rglob("*json")} if where.is_dir() else {}
    file_of, by_edition = {}, {edition: list[Path]() for edition in EDITIONS}
    for code in sorted(departements):
        edition, path = path_of(code)
        name = Path(path).name
        file_of[code] = local_files.get(name) or _download(edition, path, where)
        by_edition[edition].append(file_of[code])
    for edition, paths in by_edition.items():
        check(edition, paths)
    return file_of


def digest(paths: Iterable[Path]) -> str:
    """Return one SHA-256 for files whatever their folder: of their names and contents."""
    lines = sorted(f"{path.name} {sha256(path)}\n" for path in paths)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def check(edition: Edition, paths: Iterable[Path]) -> None:
    """Refuse files that are not those that were pinned."""
    actual = digest(paths)
    if actual != edition.sha256:
        raise BadFileError(
            f"Les contours {edition.vintage} ne sont pas ceux attendus : empreinte SHA-256 "
            f"{actual[:12]}… au lieu de {edition.sha256[:12]}…. Reprenez les fichiers de "
            f"{edition.repository}, version {edition.commit}, puis relancez."
        )


def _download(edition: Edition, path: str, folder: Path) -> Path:
    target = folder / Path(path).name
    folder.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    try:
        # The address is made of the constants above.
        with (
            urllib.request.urlopen(edition.url(path), timeout=_TIMEOUT_S) as answer,  # noqa: S310
            part.open("wb") as stream,
        ):
            shutil.copyfileobj(answer, stream)
    except OSError as fault:
        part.unlink(missing_ok=True)
        raise MissingDataError(
            f"Impossible d’obtenir {edition.url(path)} : {fault}. Vérifiez le réseau, ou donnez un "
            "dossier qui contient les contours : « make reference CONTOURS=dossier »."
        ) from fault
    return part.rename(target)


def read(files: dict[str, Path]) -> pd.DataFrame:
    """Read code, kind and valid geometry of every outline, one département after another."""
    frame = pd.concat([_read(path) for path in files.values()], ignore_index=True)
    if len(again := frame.loc[frame["code"].duplicated(), "code"]):
        raise BadFileError(f"Contours donnés deux fois : {', '.join(sorted(again)[:5])}.")
    return frame


def _read(path: Path) -> pd.DataFrame:
    try:
        rows = gpd.read_file(path, columns=["code"])
        codes = rows["code"].astype(str)
    except (OSError, RuntimeError, KeyError, ValueError) as fault:
        raise BadFileError(
            f"« {path.name} » n’est pas un fichier de contours : {fault}."
        ) from fault
    shapes: Any = np.asarray(rows.geometry.array)
    invalid = ~shapely.is_valid(shapes)
    shapes[invalid] = shapely.make_valid(shapes[invalid], method="structure", keep_collapsed=False)
    return pd.DataFrame({"code": codes.to_numpy(), "type": "COM", "geometry": shapes})


def older(departements: Any) -> Any:
    """Return which départements are drawn by the older edition, one flag for each."""
    return np.isin(departements, list(OLDER))
