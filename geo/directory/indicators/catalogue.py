"""The indicators in force: the presets of the project and of the operator, read when asked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from threading import Lock
from typing import Final

from geo.directory.indicators.loading import Loaded, load
from geo.directory.indicators.model import SUM, Indicator, IndicatorPreset
from geo.directory.indicators.preset import read_preset
from geo.directory.store.moment import once
from geo.errors import AtlasError
from geo.french import count, typeset
from geo.settings import settings

_METHOD: Final = ("rule", "unit", "weight", "numerator", "denominator", "factor")
Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class IndicatorTable:
    """A preset and the file it describes, None for the project's own."""

    preset: IndicatorPreset
    path: Path | None


@dataclass(frozen=True, eq=False)
class Catalogue:
    """Tables in force; ``waiting``: presets whose file is absent; ``faults``: what was refused."""

    tables: tuple[IndicatorTable, ...]
    waiting: tuple[IndicatorPreset, ...]
    faults: tuple[str, ...]
    _read: dict[Path, Loaded] = field(default_factory=dict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def indicators(self) -> dict[str, Indicator]:
        """Return the indicators by code, in the order of the presets."""
        return _indicators([table.preset for table in self.tables])

    def loaded(self, table: IndicatorTable) -> Loaded:
        """Read a table once; one that cannot be read gives nothing, and says why."""
        with self._lock:
            cached = self._read.get(table.preset.path)
            if cached is None:
                cached = self._read[table.preset.path] = _loaded(table)
            return cached

    def holding(self, code: str) -> list[Loaded]:
        """Read the tables that describe an indicator."""
        tables = [t for t in self.tables if code in {one.code for one in t.preset.indicators}]
        return [self.loaded(table) for table in tables]

    def years(self, code: str, kind: str) -> set[str]:
        """Tell the years that tables of one level give an indicator for.

        A table that ships says its year in its preset, held to its file by a test: it is not
        read for that. One of the operator is.
        """
        tables = [table for table in self.tables if table.preset.kind == kind]
        return {year for table in tables for year in self._years(table, code)}

    def _years(self, table: IndicatorTable, code: str) -> Iterable[str]:
        preset = table.preset
        one = next((one for one in preset.indicators if one.code == code), None)
        if one is None or not one.columns:
            return ()
        year = one.year or preset.year
        if preset.path.parent == _shipped() and year and not preset.year_column:
            return (year,)
        return self.loaded(table).figures.get(code, {})

    def contradictions(self) -> list[str]:
        """Say where two tables give one territory different figures, and which one is believed."""
        sentences: list[str] = []
        for code in self.indicators():
            for first, other in combinations(self.holding(code), 2):
                sentences += _contradictions(code, first, other)
        return sentences


def _contradictions(code: str, first: Loaded, other: Loaded) -> Iterator[str]:
    if first.preset.kind != other.preset.kind:
        return
    mine, theirs = first.figures.get(code, {}), other.figures.get(code, {})
    for year in sorted(mine.keys() & theirs.keys()):
        both = mine[year].index.intersection(theirs[year].index)
        differ = int((mine[year][both] != theirs[year][both]).sum())
        if differ:
            yield typeset(
                f"Indicateur « {code} » ({year}) : {count(differ, 'territoire')} avec deux valeurs "
                f"différentes ; celles de {first.preset.name} sont retenues, pas celles de "
                f"{other.preset.name}."
            )


def _loaded(table: IndicatorTable) -> Loaded:
    try:
        return load(table.preset, table.path)
    except AtlasError as fault:
        return Loaded(table.preset, fault=str(fault))


def _indicators(presets: list[IndicatorPreset]) -> dict[str, Indicator]:
    indicators: dict[str, Indicator] = {}
    for preset in presets:
        for one in preset.indicators:
            indicators.setdefault(one.code, one)
    return indicators


def catalogue() -> Catalogue:
    """Return the indicators in force; read again only when a file of their folders changes."""
    return once(catalogue, _in_force)


def _in_force() -> Catalogue:
    return _catalogue(folders(), _stamp(folders()), settings().reference)


def folders() -> tuple[Path, ...]:
    """Name the folders of presets: the project's, then the operator's."""
    own = settings().indicators
    return (_shipped(), *([own] if own else []))


def _shipped() -> Path:
    return settings().data / "indicators"


def _stamp(places: tuple[Path, ...]) -> Stamp:
    files = [path for place in places if place.is_dir() for path in sorted(place.iterdir())]
    stats = [(str(path), path.stat()) for path in files if path.is_file()]
    return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in stats)


@lru_cache(maxsize=4)
def _catalogue(places: tuple[Path, ...], _stamped: Stamp, _reference: Path) -> Catalogue:
    faults = [
        typeset(f"Dossier d’indicateurs introuvable : {place}. Corrigez CATALYSE_INDICATORS.")
        for place in places[1:]
        if not place.is_dir()
    ]
    presets = _sound(_read_presets(places, faults), faults)
    tables = [IndicatorTable(preset, data_file(preset, places)) for preset in presets]
    in_force = tuple(t for t in tables if t.preset.reference or t.path)
    waiting = tuple(t.preset for t in tables if t not in in_force)
    return Catalogue(in_force, waiting, tuple(faults))


def data_file(preset: IndicatorPreset, places: tuple[Path, ...]) -> Path | None:
    """Find the file of a preset: beside it, else in the operator's folder."""
    if preset.reference:
        return None
    wanted = [place / preset.file for place in (preset.path.parent, *reversed(places))]
    return next((path for path in wanted if path.is_file()), None)


def _read_presets(places: tuple[Path, ...], faults: list[str]) -> list[IndicatorPreset]:
    found = []
    for path in [path for place in places for path in sorted(place.glob("*.toml"))]:
        try:
            found.append(read_preset(path))
        except AtlasError as fault:
            faults.append(str(fault))
    return sorted(found, key=lambda preset: not preset.reference)


def _sound(presets: list[IndicatorPreset], faults: list[str]) -> list[IndicatorPreset]:
    """Drop the presets that contradict an earlier one, or lean on an indicator that is not."""
    valid = list(presets)
    while wrong := next(((p, why) for p in valid if (why := _wrong(p, valid))), None):
        valid.remove(wrong[0])
        faults.append(typeset(f"Préréglage {wrong[0].path.name} refusé : {wrong[1]}."))
    return valid


def _wrong(preset: IndicatorPreset, presets: list[IndicatorPreset]) -> str:
    indicators = _indicators(presets)
    for one in preset.indicators:
        first = indicators[one.code]
        if any(getattr(one, name) != getattr(first, name) for name in _METHOD):
            return f"l’indicateur « {one.code} » est déjà décrit autrement"
        for code in one.needs():
            if code not in indicators or indicators[code].rule != SUM:
                return f"« {one.code} » demande « {code} », un indicateur de règle « somme »"
    return ""
