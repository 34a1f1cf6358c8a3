"""Pages without a browser."""

from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit as st

from geo.directory.access import Person, Role
from geo.directory.local_access import Entrance, cookie_name
from geo.directory.store.changes import Changes
from geo.directory.store.open import open_store
from geo.directory.store.store import Store
from pages.components import session_user, store_view, submit
from tests.copied import copy, seeded
from tests.directory.ecosystems.drawn import drawn_book

SPITEFUL = '<img src=x onerror="alert(1)">'
EPT = {"territory_kind": "ept", "territory_code": "200057941"}
HEADER = "catalyst_id,catalyst_name,profile,practices,commune_code,location_precision,evidence"


@pytest.fixture
def catalysts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str | bytes], Path]:
    """Return what puts a file of catalysts in force: all its text, or rows under the header."""

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
    monkeypatch.setattr(session_user, "ENTRANCE", entrance)
    monkeypatch.setattr(type(st.context), "cookies", property(lambda _: held))


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a fresh store in force before a member of the team; give its folder."""
    monkeypatch.setenv("CATALYSE_STORE", str(tmp_path / "base"))
    for module in (store_view, submit):
        monkeypatch.setattr(module, "person", lambda: Person("équipe", Role.COORDINATOR))
    return tmp_path / "base"


@pytest.fixture
def empty(base: Path) -> Store:
    """Open it with the catalysts that ship, and nothing else."""
    copy(base)
    return open_store()


@pytest.fixture
def store(base: Path) -> Store:
    """Open it with the drawn book besides."""
    copy(base, drawn)
    return open_store()


def drawn(folder: Path) -> Store:
    """Add the drawn book, a spiteful name in it, and an ecosystem around the EPT."""
    empty = seeded(folder)
    book = drawn_book(ecosystem=[{"ecosystem_id": "E1", "ecosystem_name": "Bords de Marne"} | EPT])
    for kind in ("actor", "alliance", "project", "action", "ecosystem"):
        records = [row | {"revision": 0} for row in book[kind].to_dict("records")]
        if kind == "alliance":
            records[1]["alliance_name"] = SPITEFUL
        if kind == "action":
            records = [row | {"contact_id": ""} for row in records]
        plain = [
            {str(k): None if isinstance(v, float) and v != v else v for k, v in row.items()}  # noqa: PLR0124
            for row in records
        ]
        empty.write(Changes.one(kind, *plain), author="essai", message=kind)
    return empty
