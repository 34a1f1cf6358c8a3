"""A base that is lost is said on every page and by every public address, without a traceback."""

import zipfile
from pathlib import Path

import pytest
from starlette.applications import Starlette

from geo.api import exports, health, ogc
from geo.directory.store.store import Store
from tests.api.asgi import Client
from tests.pages.seen import faults, opened
from tests.store.past import ARCHIVE


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put in force a base with data in a file of its own."""
    with zipfile.ZipFile(ARCHIVE) as archive:
        archive.extractall(tmp_path)
    folder = (tmp_path / "sqlite").rename(tmp_path / "base")
    Store.create(folder).connection.close()
    monkeypatch.setenv("CATALYSE_STORE", str(folder))
    return folder


CURE = "« catalyse restore FICHIER »"
ADDRESSES = ("/api/collections/catalysts/items", "/exports/actors.csv", "/api/health")


@pytest.mark.parametrize(
    ("lost", "said"),
    [("catalogue.sqlite", "base/catalogue.sqlite"), ("*.parquet", "base/fichiers/main/actors/")],
)
def test_what_is_lost_is_said_to_everybody(base: Path, lost: str, said: str) -> None:
    next(base.rglob(lost)).unlink()
    client = Client(Starlette(routes=[*health.routes(), *exports.routes(), *ogc.routes()]))
    for address in ADDRESSES:
        answer = client.get(address)
        assert answer.status_code == 503, address
        text = answer.json().get("detail") or answer.json()["message"]
        assert said in text
        assert CURE in text
        assert str(base.parent) not in text
    for page in ("trouver", "acteurs"):
        app = opened(page)
        assert not app.exception
        assert any(said in text.replace("\\", "") for text in faults(app)), page


def test_on_a_site_visitors_read_neither_settings_nor_commands(
    base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CATALYSE_URL", "https://carte.example.org")
    next(base.rglob("catalogue.sqlite")).unlink()
    for page in ("acteurs", "alliances"):
        app = opened(page)
        closed = "\n".join(one.value for one in app.info).replace("\\", "")
        assert "ne reçoit pas de changement" in closed
        assert not [name for name in ("CATALYSE_", "catalyse ", "sqlite") if name in closed]
    told = "\n".join(faults(opened("trouver"))).replace("\\", "")
    assert "revenez dans quelques minutes" in told
    assert "données livrées avec Catalyse" in told
    assert not [name for name in ("CATALYSE_", "catalyse restore", "sqlite") if name in told]
