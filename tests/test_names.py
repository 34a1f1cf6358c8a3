"""One word, one thing: no public class name stands for two classes of the domain.

Lengths of files and functions are guarded beside the shape of the house: ``test_layout``.
"""

import ast
from collections import defaultdict
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent


def shared_names(root: Path) -> list[str]:
    """List the public classes of one name, with the files that define them."""
    homes: dict[str, list[str]] = defaultdict(list)
    for path in sorted((root / "geo").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes[node.name].append(path.relative_to(root).as_posix())
    return [f"{name}: {', '.join(files)}" for name, files in homes.items() if len(files) > 1]


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
