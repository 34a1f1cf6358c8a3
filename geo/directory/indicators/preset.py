"""Read a preset: the TOML file that describes a table of indicators."""

import re
import tomllib
from dataclasses import MISSING as REQUIRED
from dataclasses import fields
from pathlib import Path
from typing import Any, Final

from geo.directory.indicators.model import (
    MEAN,
    RATIO,
    RULES,
    Indicator,
    IndicatorPreset,
    Provenance,
)
from geo.errors import BadFileError
from geo.french import typeset
from geo.reference.kinds import kind_codes

_CODE: Final = re.compile(r"[a-z][a-z0-9_]{0,59}")
_YEAR: Final = re.compile(r"\d{4}")
_TABLE_ONLY: Final = frozenset({"path", "indicators", "source"})
_MOST_DECIMALS: Final = 6
_MOST_LINES: Final = 1_000


def read_preset(path: Path) -> IndicatorPreset:
    """Read one preset.

    Raises
    ------
    BadFileError
        It is no TOML, lacks something, or says what cannot be.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as fault:
        raise _refused(path, f"il n’est pas lisible ({fault})") from None
    source = _provenance(path, raw.pop("source", {}))
    listed = _tables(path, raw.pop("indicator", []))
    _check_names(path, raw, IndicatorPreset, _TABLE_ONLY)
    indicators = tuple(_indicator(path, row, source) for row in listed)
    raw["missing"] = tuple(str(one) for one in raw.get("missing", IndicatorPreset.missing))
    preset = IndicatorPreset(path=path, source=source, indicators=indicators, **raw)
    _check_table(preset)
    return preset


def _refused(path: Path, why: str) -> BadFileError:
    return BadFileError(
        typeset(f"Préréglage d’indicateurs {path.name} refusé : {why}. Corrigez {path}.")
    )


def _tables(path: Path, listed: Any) -> list[dict[str, Any]]:
    if not isinstance(listed, list) or not all(isinstance(row, dict) for row in listed):
        raise _refused(path, "les indicateurs se décrivent dans des sections [[indicator]]")
    return listed


def _provenance(path: Path, row: Any) -> Provenance:
    if not isinstance(row, dict):
        raise _refused(path, "« source » est une section [source]")
    _check_names(path, row, Provenance)
    return Provenance(**row)


def _indicator(path: Path, row: dict[str, Any], source: Provenance) -> Indicator:
    row = dict(row)
    own, column = row.pop("source", None), row.pop("column", None)
    row["columns"] = [column] if column else row.get("columns", [])
    _check_names(path, row, Indicator, frozenset({"source"}))
    row["columns"] = tuple(row["columns"])
    indicator = Indicator(source=_provenance(path, own) if own else source, **row)
    _check_indicator(path, indicator)
    return indicator


def _check_names(
    path: Path, row: dict[str, Any], model: Any, excluded_names: frozenset[str] = frozenset()
) -> None:
    """Refuse a word that a preset does not know, one that is missing, one of another type."""
    known = {field.name: field for field in fields(model) if field.name not in excluded_names}
    for name, value in row.items():
        if name not in known:
            raise _refused(path, f"mot inconnu « {name} » ; possibles : {', '.join(known)}")
        if not _fits(value, str(getattr(known[name].type, "__name__", known[name].type))):
            raise _refused(path, f"« {name} » n’a pas le type attendu ({value!r})")
    for name, field in known.items():
        if field.default is REQUIRED and not row.get(name):
            raise _refused(path, f"« {name} » manque")


def _fits(value: Any, expected: str) -> bool:
    match expected:
        case "str":
            return isinstance(value, str)
        case "bool":
            return isinstance(value, bool)
        case "int":
            return isinstance(value, int) and not isinstance(value, bool)
        case "float":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case _:
            listed = isinstance(value, list | tuple)
            return listed and all(isinstance(one, str) for one in value)


def _check_indicator(path: Path, one: Indicator) -> None:
    label = f"indicateur « {one.code} »"
    if not _CODE.fullmatch(one.code):
        raise _refused(path, f"{label} : un code est fait de a à z, de chiffres et de « _ »")
    if one.rule not in RULES:
        raise _refused(path, f"{label} : règle inconnue « {one.rule} » ; {', '.join(RULES)}")
    if one.rule == RATIO and not (one.numerator and one.denominator):
        raise _refused(path, f"{label} : un rapport demande « numerator » et « denominator »")
    if one.rule == MEAN and not one.weight:
        raise _refused(path, f"{label} : une moyenne pondérée demande « weight »")
    if one.rule != RATIO and not one.columns:
        raise _refused(path, f"{label} : « column » manque")
    if one.year and not _YEAR.fullmatch(one.year):
        raise _refused(path, f"{label} : année illisible « {one.year} »")
    if not 0 <= one.decimals <= _MOST_DECIMALS:
        raise _refused(path, f"{label} : « decimals » va de 0 à {_MOST_DECIMALS}")


def _check_table(preset: IndicatorPreset) -> None:
    path = preset.path
    if preset.kind not in kind_codes():
        raise _refused(path, f"« kind » vaut {', '.join(kind_codes())}, pas « {preset.kind} »")
    if not preset.indicators:
        raise _refused(path, "il ne décrit aucun indicateur")
    codes = [one.code for one in preset.indicators]
    if len(set(codes)) < len(codes):
        raise _refused(path, "deux indicateurs ont le même code")
    if preset.year and not _YEAR.fullmatch(preset.year):
        raise _refused(path, f"année illisible « {preset.year} »")
    if not preset.reference:
        _check_file(preset)


def _check_file(preset: IndicatorPreset) -> None:
    for name in ("file", "code"):
        if not getattr(preset, name):
            raise _refused(preset.path, f"« {name} » manque")
    if Path(preset.file).name != preset.file:
        raise _refused(preset.path, "« file » est un nom de fichier, sans dossier")
    if len(preset.separator) != 1 or not 0 <= preset.skip <= _MOST_LINES:
        raise _refused(preset.path, "« separator » est un seul signe, « skip » un nombre de lignes")
    for one in preset.indicators:
        dated = one.year or preset.year or preset.year_column
        if one.columns and not dated and not all("{aa}" in name for name in one.columns):
            raise _refused(preset.path, f"indicateur « {one.code} » : « year » manque")
