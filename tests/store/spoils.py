"""What befalls the folder of a base: its catalogue, a data file or its keys lost or damaged."""

import shutil
from collections.abc import Callable
from pathlib import Path

Spoil = Callable[[Path], None]


def listing(folder: Path) -> dict[str, bytes | None]:
    found = sorted(folder.rglob("*"))
    return {str(p.relative_to(folder)): p.read_bytes() if p.is_file() else None for p in found}


def cut(name: str, size: int) -> Spoil:
    def spoil(folder: Path) -> None:
        path = next(folder.rglob(name))
        path.write_bytes(path.read_bytes()[:size])

    return spoil


def _gone(name: str) -> Spoil:
    return lambda folder: next(folder.rglob(name)).unlink()


def as_folder(name: str) -> Spoil:
    def spoil(folder: Path) -> None:
        path = next(folder.rglob(name))
        path.unlink()
        path.mkdir()

    return spoil


def _garbled(name: str) -> Spoil:
    def spoil(folder: Path) -> None:
        path = next(folder.rglob(name))
        content = path.read_bytes()
        path.write_bytes(
            bytes(byte ^ 255 if 9 < at < 3000 else byte for at, byte in enumerate(content))
        )

    return spoil


def _only(*names: str) -> Spoil:
    """Leave some of what a base is made of, without its catalogue."""

    def spoil(folder: Path) -> None:
        for path in folder.iterdir():
            if path.name not in names:
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    return spoil


CATALOGUE: dict[str, Spoil] = {
    "missing": _gone("catalogue.sqlite"),
    "only files": _only("fichiers"),
    "only keys": _only("cles.sqlite"),
    "only turn": _only("tour.sqlite"),
    "empty": cut("catalogue.sqlite", 0),
    "cut short": cut("catalogue.sqlite", 50),
    "cut by half": cut("catalogue.sqlite", 100_000),
    "garbled": _garbled("catalogue.sqlite"),
    "a folder": as_folder("catalogue.sqlite"),
}
DATA: dict[str, Spoil] = {
    "missing": _gone("*.parquet"),
    "cut": cut("*.parquet", 3000),
    "empty": cut("*.parquet", 0),
    "garbled": _garbled("*.parquet"),
    "a folder": as_folder("*.parquet"),
    "all gone": lambda folder: shutil.rmtree(folder / "fichiers"),
}
KEYS: dict[str, Spoil] = {
    "missing": _gone("cles.sqlite"),
    "empty": cut("cles.sqlite", 0),
    "cut": cut("cles.sqlite", 5000),
    "garbled": _garbled("cles.sqlite"),
    "a folder": as_folder("cles.sqlite"),
}
