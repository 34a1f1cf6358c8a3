"""Pages without a browser."""

from collections.abc import Callable
from pathlib import Path

import pytest

HEADER = "catalyst_id,catalyst_name,profile,practices,commune_code,location_precision,evidence"


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
