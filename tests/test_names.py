"""One word, one thing: no class name twice, and names that say what a thing is.

A past participle alone names nothing: « told » may be a sentence, a report or remarks.

Lengths of files and functions are guarded beside the shape of the house: ``test_layout``.
"""

from collections import defaultdict
from pathlib import Path
from typing import Final

from tests.code_facts import facts_of

ROOT: Final = Path(__file__).resolve().parent.parent
ROOMS: Final = ("geo", "pages", "bench")
NOT_NAMES: Final = frozenset(("told", "said", "held", "asked", "drawn", "kept"))


def shared_names(root: Path) -> list[str]:
    """List the public classes of one name, with the files that define them."""
    homes: dict[str, list[str]] = defaultdict(list)
    for path in sorted((root / "geo").rglob("*.py")):
        for name in facts_of(path).classes:
            if not name.startswith("_"):
                homes[name].append(path.relative_to(root).as_posix())
    return [f"{name}: {', '.join(files)}" for name, files in homes.items() if len(files) > 1]


def unclear_names(root: Path) -> list[str]:
    """List the files that name something by a past participle alone, with the names."""
    faults = []
    for path in sorted(path for room in ROOMS for path in (root / room).rglob("*.py")):
        names = facts_of(path).bound_names
        if bad := sorted(one for one in names if one.strip("_") in NOT_NAMES):
            faults.append(f"{path.relative_to(root).as_posix()}: {', '.join(bad)}")
    return faults


def test_every_name_says_what_it_is() -> None:
    assert unclear_names(ROOT) == []


def test_the_guard_refuses_a_participle_alone(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    text = "def _told(said):\n    kept_rows = [held for held in said]\n    return kept_rows\n"
    (tmp_path / "pages" / "a.py").write_text(text, encoding="utf-8")
    assert unclear_names(tmp_path) == ["pages/a.py: _told, held, said"]


def test_no_public_class_name_is_used_twice() -> None:
    assert shared_names(ROOT) == []


def test_the_guard_refuses_two_classes_of_one_name(tmp_path: Path) -> None:
    (tmp_path / "geo" / "output").mkdir(parents=True)
    twice = "class Table:\n    pass\n\n\nclass _Own:\n    pass\n"
    (tmp_path / "geo" / "a.py").write_text(twice, encoding="utf-8")
    (tmp_path / "geo" / "output" / "b.py").write_text(twice, encoding="utf-8")
    assert shared_names(tmp_path) == ["Table: geo/a.py, geo/output/b.py"]


def test_the_guard_saw_the_domain() -> None:
    found = [*(ROOT / "geo").rglob("*.py")]
    assert sum("\nclass " in path.read_text(encoding="utf-8") for path in found) > 50
