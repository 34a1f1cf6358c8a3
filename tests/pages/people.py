"""People who sign in, and what each sees."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from streamlit.testing.v1 import AppTest

from geo.directory.store.open import open_store
from geo.directory.store.store import Store
from geo.settings import ROOT
from tests.copied import copy
from tests.pages.seen import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import Iterable

CARD = "agir-ensemble-a-charenton"
AUTH = {
    "redirect_uri": "http://127.0.0.1:8501/oauth2callback",
    "cookie_secret": "a-secret-for-the-cookies",
    "client_id": "catalyse",
    "client_secret": "secret",
    "server_metadata_url": "http://127.0.0.1:1/.well-known/openid-configuration",
}
PEOPLE = {
    "colette": {"name": "Colette", "email": "colette@exemple.test", "email_verified": True},
    "camille": {"name": "Camille", "email": "camille@exemple.test", "email_verified": True},
    "romain": {"name": "Romain", "email": "romain@exemple.test", "email_verified": True},
}


@pytest.fixture(name="store")
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Return a base of one's own, and the roles of its people."""
    monkeypatch.setenv("CATALYSE_STORE", str(tmp_path))
    monkeypatch.setenv("CATALYSE_COORDINATORS", "Colette@exemple.test")
    monkeypatch.setenv("CATALYSE_CONTRIBUTORS", "camille@exemple.test")
    copy(tmp_path)
    return open_store()


def seen_by(login: str, page: str, **link: str) -> AppTest:
    """Open a page as somebody who signed in, or as nobody ("")."""
    app = AppTest.from_file(ROOT / "pages" / "main.py", default_timeout=PATIENCE_S)
    app.secrets["auth"] = AUTH
    app.user = {"is_logged_in": False}
    if login:
        app.user = {"is_logged_in": True, "sub": login, "iat": time.time(), **PEOPLE[login]}
    app.switch_page(f"{page}.py")
    app.query_params = dict(link)
    return app.run()


def area(app: AppTest, label: str) -> Any:
    return next(one for one in (*app.text_area, *app.text_input) if one.label == label)


def press(app: AppTest, label: str) -> AppTest:
    return next(one for one in app.button if one.label == label).click().run()


def pages_linked(app: AppTest) -> list[str]:
    links: Iterable[Any] = app.get("page_link")
    return [one.label for one in links]
