"""Pages without a browser."""

from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit as st

from geo.directory.entrance import Entrance, cookie_name
from pages.widgets import who

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


@pytest.fixture
def at_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Come in as the machine's user: a token drawn, changed for a cookie that the browser sends."""
    entrance = Entrance()
    secret = entrance.enter(entrance.invite())
    held = {cookie_name(st.get_option("server.port")): secret}
    monkeypatch.setattr(who, "ENTRANCE", entrance)
    monkeypatch.setattr(type(st.context), "cookies", property(lambda _: held))
