"""The shape of the house, guarded; every guard is shown a tree that it must refuse."""

import re
import statistics
import subprocess
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.code_facts import facts_of

ROOT: Final = Path(__file__).resolve().parent.parent
TOP: Final = {
    *("app.py", "pyproject.toml", "geo", "data", "pages", "tests", "README.md", "CHANGELOG.md"),
    *("web", "docs", "CONTRIBUTING.md"),
    *(".streamlit", ".ci", ".github", ".gitignore", "bench", "Makefile"),
    *(
        "package.json",
        "package-lock.json",
        ".npmrc",
        "biome.json",
        "requirements.txt",
        "requirements-dev.txt",
    ),
}
FILE_LINES, FUNCTION_LINES, FUNCTION_MEDIAN, PAGE_LINES = 300, 50, 10, 60
BINARY: Final = {".parquet", ".png", ".ico", ".woff2", ".gz"}
# Written in pieces, so that this file does not name what it looks for.
MACHINE: Final = (r"(?<![\w.-])/wor" + "k/", r"/tm" + "p/w/", r"/roo" + "t/")
REGISTRIES: Final = (
    *("pypi" + r"\.org", "pythonhosted" + r"\.org", "registry.npmjs" + r"\.org"),
    *("deb.debian" + r"\.org", "registry.yarnpkg" + r"\.com", "/opt/" + "(pypi|wheels)"),
)

Guard = Callable[[Path], list[str]]


# --- reading a tree -----------------------------------------------------------------------


def python_files(root: Path, *folders: str) -> Iterator[Path]:
    """Return the Python files of some folders; app.py stands for itself."""
    for folder in folders:
        place = root / folder
        yield from [place] if place.is_file() else sorted(place.rglob("*.py"))


def code(root: Path) -> Iterator[Path]:
    return python_files(root, "geo", "pages", "app.py", "tests", "bench")


def tracked(root: Path) -> list[Path]:
    """List what git holds, or every file where there is no git."""
    if not (root / ".git").exists():
        return [path for path in root.rglob("*") if path.is_file()]
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=root, capture_output=True, check=True, text=True
    ).stdout
    return [root / name for name in listed.split("\0") if name and (root / name).is_file()]


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


# --- the guards ---------------------------------------------------------------------------


def long_files(root: Path) -> list[str]:
    return [f"{p.relative_to(root)}: {lines(p)}" for p in code(root) if lines(p) > FILE_LINES]


def long_pages(root: Path) -> list[str]:
    pages = (root / "pages").glob("*.py")
    return [f"{p.relative_to(root)}: {lines(p)}" for p in pages if lines(p) > PAGE_LINES]


def long_functions(root: Path) -> list[str]:
    return [
        f"{path.relative_to(root)}: {name} {length}"
        for path in code(root)
        for name, length in facts_of(path).functions
        if length > FUNCTION_LINES
    ]


def long_median(root: Path) -> list[str]:
    lengths = [n for path in python_files(root, "geo") for _, n in facts_of(path).functions]
    median = statistics.median(lengths) if lengths else 0
    return [f"median {median}"] if median > FUNCTION_MEDIAN else []


def importers(root: Path, package: str, folders: Iterable[str]) -> set[str]:
    files = python_files(root, *folders)
    return {str(p.relative_to(root)) for p in files if package in facts_of(p).imports}


def heavy_pages(root: Path) -> list[str]:
    heavy = ("duckdb", "geopandas", "folium", "shapely", "pyproj")
    return sorted(f"{p}: {name}" for name in heavy for p in importers(root, name, ["pages"]))


def duckdb_importers(root: Path) -> list[str]:
    everywhere = ("geo", "pages", "app.py", "bench", "tests")
    return sorted(importers(root, "duckdb", everywhere) - {"geo/database.py"})


def streamlit_importers(root: Path) -> list[str]:
    speaks_its_messages = {"bench/load/session.py"}
    return sorted({*importers(root, "streamlit", ("geo", "bench"))} - speaks_its_messages)


def reprojections(root: Path) -> list[str]:
    return [
        str(path.relative_to(root))
        for path in python_files(root, "geo", "pages", "app.py", "bench")
        if path != root / "geo" / "crs.py" and "to_crs" in facts_of(path).attributes
    ]


def strangers(root: Path) -> list[str]:
    return sorted({path.relative_to(root).parts[0] for path in tracked(root)} - TOP)


def places_named(root: Path) -> list[str]:
    pattern = re.compile("|".join((*MACHINE, *REGISTRIES)))
    texts = [path for path in tracked(root) if path.suffix not in BINARY]
    return [
        f"{path.relative_to(root)}: {found.group()}"
        for path in texts
        if (found := pattern.search(path.read_text(encoding="utf-8", errors="ignore")))
    ]


# --- each guard on the project, and on a tree that it must refuse -------------------------

LONG: Final = "def f() -> None:\n" + "    x = 1\n" * 55
REFUSED: Final[list[tuple[Guard, str, str]]] = [
    (long_files, "geo/a.py", "x = 1\n" * 301),
    (long_pages, "pages/trouver.py", "x = 1\n" * 61),
    (long_functions, "tests/test_a.py", LONG),
    (long_median, "geo/a.py", LONG),
    (heavy_pages, "pages/widgets/map.py", "import folium\n"),
    (heavy_pages, "pages/carte.py", "def f():\n    from geopandas.tools import sjoin\n"),
    (duckdb_importers, "geo/analysis/nearest.py", "import duckdb as d\n"),
    (streamlit_importers, "geo/output/maps.py", "from streamlit import cache_data\n"),
    (reprojections, "geo/output/maps.py", "frame.to_crs('EPSG:4326')\n"),
    (strangers, "utils/a.py", ""),
    (places_named, "data/notes.md", "seen in /wor" + "k/main\n"),
    (places_named, "requirements.txt", "--index-url https://pypi" + ".org/simple\n"),
]
GUARDS: Final = list(dict.fromkeys(guard for guard, _, _ in REFUSED))


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.__name__)
def test_the_project_keeps_the_rule(guard: Guard) -> None:
    assert guard(ROOT) == []


@pytest.mark.parametrize(("guard", "name", "text"), REFUSED, ids=lambda v: getattr(v, "name", None))
def test_the_guard_can_fail(guard: Guard, name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert guard(tmp_path)


def test_every_guard_passes_a_small_clean_house(tmp_path: Path) -> None:
    (tmp_path / "geo").mkdir()
    (tmp_path / "geo" / "a.py").write_text("def f() -> int:\n    return 1\n", encoding="utf-8")
    assert [fault for guard in GUARDS for fault in guard(tmp_path)] == []


def test_the_guards_saw_the_project() -> None:
    assert len(list(python_files(ROOT, "geo"))) > 5
    assert importers(ROOT, "duckdb", ["geo"]) == {"geo/database.py"}
