"""What README and docs say is true: dependencies, commands, screenshots, paths."""

import ast
import re
import shlex
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Final

import click
import pytest

from geo.cli.main import cli
from geo.settings import Settings

LINES: Final = re.MULTILINE
ROOT: Final = Path(__file__).resolve().parent.parent
README: Final = (ROOT / "README.md").read_text(encoding="utf-8")


def declared_dependencies() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {re.split(r"[<>=!~; \[]", name, maxsplit=1)[0] for name in project["dependencies"]}


def section(text: str, title: str) -> str:
    return text.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def justified_dependencies(text: str) -> set[str]:
    """Name the dependencies whose row says why."""
    return set(re.findall(r"^\| `([\w.-]+)` \| \S.*\|$", section(text, "Dépendances"), LINES))


def make_targets() -> set[str]:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z]+):", makefile, LINES))


def wrong_dependencies(text: str) -> set[str]:
    return declared_dependencies() ^ justified_dependencies(text)


def unknown_targets(text: str) -> set[str]:
    return set(re.findall(r"\bmake ([a-z]+)\b", text)) - make_targets()


def missing_pictures(text: str) -> set[str]:
    return {path for path in re.findall(r"!\[.+?\]\((.+?)\)", text) if not (ROOT / path).is_file()}


def wrong_commands(text: str) -> set[str]:
    """Name the lines of a terminal that ``catalyse`` would refuse to read."""
    lines = re.findall(r"^\.venv/bin/catalyse (.+)$", text, LINES)
    return {line for line in lines if not _is_read(shlex.split(line))}


def _is_read(words: list[str]) -> bool:
    try:
        cli.commands[words[0]].make_context(words[0], words[1:])
    except (KeyError, click.ClickException):
        return False
    return True


def missing_paths(text: str) -> set[str]:
    """Name the paths in backquotes that lead nowhere, and the ``path::name`` not defined there."""
    named = re.findall(r"`((?:[\w.-]+/)+[\w.-]*|[\w-]+\.(?:py|md|toml))(?:::(\w+))?`", text)
    return {
        f"{path}::{name}" if name else path
        for path, name in named
        if not (ROOT / path).exists() or (name and name not in _defined(ROOT / path))
    }


def _defined(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.add(node.target.id)
    return names


def missing_folders(text: str) -> set[str]:
    rows = re.findall(r"^\| `([\w./]+)` \|", section(text, "Où sont les choses"), LINES)
    return {row for row in rows if not (ROOT / row).exists()}


def wrong_settings(text: str) -> set[str]:
    """Compare the settings that README names with those the code reads."""
    read = {f"CATALYSE_{name}".upper() for name in Settings.model_fields}
    told = section(text, "La base, et qui peut y écrire")
    rows = " ".join(re.findall(r"^(\| `CATALYSE_.+?) \|", told, LINES))
    return read ^ set(re.findall(r"CATALYSE_[A-Z_]+", rows))


CHECKS: Final[list[tuple[Callable[[str], set[str]], str]]] = [
    (wrong_dependencies, README.replace("| `numpy` |", "| `numpie` |")),
    (wrong_dependencies, re.sub(r"(\| `scipy` \|).*\|", r"\1 |", README)),
    (wrong_commands, README.replace("catalyse locate --lon", "catalyse locate --longitude")),
    (wrong_commands, README.replace("catalyse history", "catalyse histoire")),
    (unknown_targets, README + "\nmake coffee\n"),
    (missing_pictures, README + "\n![rien](.github/screenshots/rien.png)\n"),
    (wrong_settings, README.replace("| `CATALYSE_STORE` |", "| `CATALYSE_BASE` |")),
    (missing_folders, README.replace("| `geo/sql/` |", "| `geo/requetes/` |")),
]
DOCS: Final = "\n".join(
    path.read_text(encoding="utf-8")
    for path in [ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
)
DOCS_CHECKS: Final[list[tuple[Callable[[str], set[str]], str]]] = [
    (missing_paths, DOCS + "`geo/nowhere.py`"),
    (missing_paths, DOCS + "`geo/crs.py::to_mars`"),
    (missing_paths, DOCS + "`docs/how-to/nothing.md`"),
    (unknown_targets, DOCS + "`make coffee`"),
]
CHECK_NAMES: Final = list(dict.fromkeys(check for check, _ in CHECKS))


@pytest.mark.parametrize("check", CHECK_NAMES, ids=lambda check: check.__name__)
def test_readme_is_true(check: Callable[[str], set[str]]) -> None:
    assert check(README) == set()


@pytest.mark.parametrize(("check", "spoilt"), CHECKS)
def test_the_check_can_fail(check: Callable[[str], set[str]], spoilt: str) -> None:
    assert check(spoilt)


@pytest.mark.parametrize("check", [missing_paths, unknown_targets])
def test_docs_are_true(check: Callable[[str], set[str]]) -> None:
    assert check(DOCS) == set()


@pytest.mark.parametrize(("check", "spoilt"), DOCS_CHECKS)
def test_the_check_of_docs_can_fail(check: Callable[[str], set[str]], spoilt: str) -> None:
    assert check(spoilt)


def test_both_locks_pin_every_declared_dependency_with_hashes() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        pinned = set(re.findall(r"^([\w.-]+)==", text, LINES))
        assert declared_dependencies() <= pinned
        assert all(
            "--hash=sha256:" in entry for entry in re.split(r"^(?=\w)", text, flags=LINES)[1:]
        )
