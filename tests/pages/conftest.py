"""Pages without a browser: one worker runs them all, since each reads the reference once."""

from collections.abc import Callable
from pathlib import Path

import pytest

HERE = Path(__file__).parent
HEADER = "catalyst_id,catalyst_name,profile,practices,commune_code,location_precision,evidence"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("pages"))


@pytest.fixture
def catalysts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str | bytes], Path]:
    """Give what puts a file of catalysts in force: all its text, or rows under the header."""

    def use(content: str | bytes) -> Path:
        path = tmp_path / "essai.csv"
        if isinstance(content, str) and not content.startswith("catalyst_id"):
            content = f"{HEADER}\n{content}\n"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        monkeypatch.setenv("CATALYSE_CATALYSTS", str(path))
        return path

    return use
