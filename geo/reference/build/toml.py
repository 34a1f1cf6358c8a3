"""Write ``data/sources.toml``: only what the build knows, the other entries kept as they are."""

import json
import os
import tomllib
from pathlib import Path
from typing import Any, Final

_HEAD: Final = "# Écrit par « make reference ». Les entrées d’autres sources sont conservées.\n"


def save(path: Path, rows: list[dict[str, Any]]) -> None:
    """Replace the entries of these rows by id, keep the others, in one go."""
    own_ids = {row["id"] for row in rows}
    known = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    others = [row for row in known.get("source", []) if row["id"] not in own_ids]
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text(_HEAD + "".join(map(_entry, [*rows, *others])), encoding="utf-8")
    os.replace(fresh, path)  # noqa: PTH105 - the same call, by its explicit name


def _entry(row: dict[str, Any]) -> str:
    # A JSON string without escapes of its own is a TOML basic string.
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in row.items()]
    return "\n[[source]]\n" + "\n".join(lines) + "\n"
