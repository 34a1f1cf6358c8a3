"""Try a table without putting it in force."""

from pathlib import Path

from geo.directory.indicators.catalogue import catalogue, folders
from geo.directory.indicators.loading import Loaded, load
from geo.directory.indicators.model import IndicatorPreset
from geo.directory.indicators.preset import read_preset
from geo.errors import UnknownItemError
from geo.french import typeset


def presets() -> dict[str, Path]:
    """Name the presets of files that may be tried."""
    mine = [path for place in folders() for path in sorted(place.glob("*.toml"))]
    own = {table.preset.name for table in catalogue().tables if table.preset.reference}
    return {path.stem: path for path in mine if path.stem not in own}


def try_preset(path: Path, preset_name: str) -> Loaded:
    """Read a file by a preset, whatever the file is called: nothing is put in force.

    Raises
    ------
    UnknownItemError
        There is no such preset.
    BadFileError
        The file is not the table that the preset describes.
    """
    return load(_named(preset_name), path)


def _named(name: str) -> IndicatorPreset:
    known = presets()
    if name.endswith(".toml") and Path(name).is_file():
        return read_preset(Path(name))
    if name not in known:
        listed = ", ".join(known) or "aucun"
        raise UnknownItemError(
            typeset(
                f"Préréglage inconnu : « {name[:60]} ». Préréglages possibles : {listed}, "
                "ou le chemin d’un fichier .toml."
            )
        )
    return read_preset(known[name])
