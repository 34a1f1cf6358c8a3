"""What ``docs/how-to`` tells to do is done, word for word, to a copy of the project, and tried."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from geo.settings import ROOT

GUIDES: Final = ROOT / "docs" / "how-to"
COPIED: Final = ("geo", "pages", "tests", "pyproject.toml", "app.py")
LINKED: Final = ("data", "web", "node_modules", ".streamlit")
_BLOCK: Final = re.compile(r"^```diff\n--- (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Edit(NamedTuple):
    """One edit of a guide: the file, the lines to find there, those that take their place."""

    path: str
    before: str
    after: str


def edits(guide: str) -> list[Edit]:
    found = []
    for path, block in _BLOCK.findall((GUIDES / guide).read_text(encoding="utf-8")):
        lines = block.splitlines(keepends=True)
        before, after = (
            "".join(line[1:] for line in lines if line[0] in kept) for kept in (" -", " +")
        )
        found.append(Edit(path, before, after))
    return found


def follow(guide: str, root: Path) -> None:
    """Do to a tree what a guide tells; each place to edit must be there, and once."""
    for path, before, after in edits(guide):
        text = (root / path).read_text(encoding="utf-8")
        assert text.count(before) == 1, f"{guide}: {path} does not read as told"
        (root / path).write_text(text.replace(before, after), encoding="utf-8")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Copy the project, what is only read linked."""
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(
                ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__")
            )
        else:
            shutil.copy(ROOT / name, tmp_path / name)
    for name in LINKED:
        if (ROOT / name).exists():
            (tmp_path / name).symlink_to(ROOT / name)
    return tmp_path


def tried(root: Path, *arguments: str) -> str:
    """Run tests of a copy there, on its own code; give what they say."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments]
    done = subprocess.run(
        command,
        cwd=root,
        # Options of this run are its own: a report asked of it would be that of the other.
        env=os.environ | {"PYTHONPATH": str(root), "PYTEST_ADDOPTS": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    return done.stdout


def test_a_column_is_added_by_one_edit(project: Path) -> None:
    assert len(edits("add-a-column.md")) == 1
    follow("add-a-column.md", project)
    tried(project, "tests/how_to/added_column.py")


def test_a_guide_that_the_code_left_behind_is_refused(project: Path) -> None:
    edited = project / edits("add-a-column.md")[0].path
    edited.write_text(
        edited.read_text(encoding="utf-8").replace("horaires, ouverture", "horaires"), "utf-8"
    )
    with pytest.raises(AssertionError, match="does not read as told"):
        follow("add-a-column.md", project)
