"""What an operator sets: read, or refused by one sentence that names it."""

import subprocess
import sys

import pytest

from geo.api.start import check_settings
from geo.errors import AtlasError, SettingError
from geo.settings import ROOT, settings


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("API_RATE", "abc", "un nombre entier d’au moins 1"),
        ("API_LIMIT", "0", "un nombre entier d’au moins 1"),
        ("IMPORT_ROWS", "beaucoup", "un nombre entier d’au moins 1"),
        ("IMPORT_MEGABYTES", "1,5", "un nombre entier d’au moins 1"),
        ("SIGN_IN_HOURS", "demain", "un nombre d’au moins 0"),
        ("SIGN_IN_HOURS", "nan", "un nombre d’au moins 0"),
        ("GEOCODER_RATE", "vite", "un nombre supérieur à 0 et d’au plus 50"),
        ("GEOCODER_RATE", "0", "un nombre supérieur à 0 et d’au plus 50"),
        ("GEOCODER_RATE", "51", "un nombre supérieur à 0 et d’au plus 50"),
        ("API_DOWNLOADS", "41", "un nombre entier d’au moins 1 et d’au plus 40"),
        ("LOCAL", "peut-être", "« oui » ou « non »"),
    ],
)
def test_a_value_that_cannot_be_read_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, expected: str
) -> None:
    monkeypatch.setenv(f"CATALYSE_{name}", value)
    with pytest.raises(SettingError) as fault:
        settings()
    said = str(fault.value).replace("\u00a0", " ")
    assert said == f"CATALYSE_{name} vaut « {value} » : donnez {expected}."


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("URL", "maville.fr"),
        ("URL", "https://maville.fr/cartes"),
        ("URL", "https://maville.fr/?a=1"),
        ("URL", "https://maville.fr:99999"),
        ("URL", "http://[::1"),
        ("FRAME_ANCESTORS", "n'importe|quoi"),
        ("HOSTS", "maville.fr, https://cartes.maville.fr"),
        ("HOSTS", "maville.fr/cartes"),
        ("HOSTS", "*"),
        ("TILES", "osm, inconnu"),
        ("GEOCODER", "data.geopf.fr"),
        ("GEOCODER", "http://[::1"),
        ("GEOCODER", "http://data.geopf.fr:port"),
        ("FILES", "catalyse/base"),
        ("FILES", "s3://"),
        ("FILES", "s3://seau/../autre"),
        ("FILES", "s3://seau/base"),  # without a key
    ],
)
def test_a_value_that_could_not_be_followed_is_refused_at_start(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    check_settings()  # as the tests are run, nothing is wrong
    monkeypatch.setenv(f"CATALYSE_{name}", value)
    with pytest.raises(AtlasError, match=rf"^CATALYSE_{name}\b"):
        check_settings()


@pytest.mark.parametrize("path", ["carto", "/carto/", "a/b"])
def test_a_path_under_which_only_pages_would_answer_is_refused_at_start(path: str) -> None:
    check_settings("/")
    with pytest.raises(AtlasError, match=r"^server\.baseUrlPath\b"):
        check_settings(path)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("URL", " https://Cartes.maville.fr/ "),
        ("URL", "  "),
        ("FRAME_ANCESTORS", "https://www.maville.fr/ Self"),
        ("TILES", "IGN, Osm"),
    ],
)
def test_what_is_plainly_meant_is_taken(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"CATALYSE_{name}", value)
    check_settings()
    assert settings().url == settings().url.strip()


@pytest.mark.parametrize("name", ["API_RATE", "SIGN_IN_HOURS", "LOCAL", "STORE", "AUTHOR"])
def test_set_to_nothing_is_not_set(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.delenv(f"CATALYSE_{name}", raising=False)
    usual = settings()
    monkeypatch.setenv(f"CATALYSE_{name}", " ")
    assert settings() == usual


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FILES_ENDPOINT", "s3.exemple.fr"),
        ("FILES_ENDPOINT", "https://cle:motdepasse@s3.exemple.fr"),
        ("FILES_ENDPOINT", "https://s3.exemple.fr/lieu"),
        ("FILES_ENDPOINT", "http://s3:port"),
        ("FILES_REGION", "fr par"),
    ],
)
def test_a_storage_that_cannot_be_reached_is_refused_at_start(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    for one in ("KEY", "SECRET"):
        monkeypatch.setenv(f"CATALYSE_FILES_{one}", "motdepasse")
    monkeypatch.setenv("CATALYSE_FILES", "s3://catalyse/base")
    check_settings()
    monkeypatch.setenv(f"CATALYSE_{name}", value)
    with pytest.raises(AtlasError, match=rf"^CATALYSE_{name}\b") as fault:
        check_settings()
    assert "motdepasse" not in str(fault.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CATALOGUE", "postgresql://u:motdepasse@h/b"),
        ("FILES_KEY", "motdepasse"),
        ("FILES_SECRET", "motdepasse"),
    ],
)
def test_a_secret_is_not_shown(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"CATALYSE_{name}", value)
    assert "motdepasse" not in repr(settings())


@pytest.mark.parametrize(
    "command", [["-c", "from geo.cli import run; run()", "communes", "Lyon"], ["app.py"]]
)
def test_the_start_stops_on_one_line(command: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "CATALYSE_API_RATE": "abc", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode
    assert [line for line in done.stderr.splitlines() if "CATALYSE_API_RATE" in line]
    assert "Traceback" not in done.stderr
