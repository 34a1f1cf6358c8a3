"""A day of use, some of it hostile, with every log turned up: nothing of anybody is in it."""

import subprocess
import sys
from contextlib import suppress
from time import sleep
from typing import Final
from urllib.error import HTTPError
from urllib.parse import parse_qs, quote, quote_plus, urlsplit
from urllib.request import Request, urlopen

import pytest

from geo.api.private_logs import without_sentences
from geo.directory.requests.visits import SHORTEST_S
from geo.settings import ROOT
from tests.api.test_rights import ask
from tests.browser.harness import NO_TILES, serve, terminal, way_in
from tests.directory.geocoding.server import running
from tests.smtp import mail_server
from tests.talk import talking

ASKER: Final = {
    "Votre besoin, en une phrase": "Besoin-tres-reconnaissable d’un atelier partagé",
    "Votre nom": "Odile Reconnaissable",
    "Courriel": "odile.reconnaissable@exemple.test",
    "Organisation (facultatif)": "Mairie Reconnaissable",
    "Ou téléphone": "01 99 00 12 34",
}
STREET: Final = "12 rue Introuvable-Reconnaissable, Charenton-le-Pont"
MAIL: Final = "quelqu.un@reconnaissable.test"
PASSWORD: Final = "mot%20de%20passe"  # noqa: S105 - the one that the mail server knows
ASKED: Final = (
    *("/?recherche={}", "/carte?texte={}", "/catalyseurs?fiche={}", "/completer?lien={}"),
    *("/etre_mis_en_lien?effacer={}", "/api/communes?q={}", "/api/nearest?commune={}&k=abc"),
    *("/api/collections/catalysts/items?town={}", "/api/collections/{}/items", "/nimporte/{}"),
    *("/exports/catalysts.csv?texte={}", "/exports/{}.csv", "/fiches/commune/{}.pdf"),
    *("/oembed?url=http://127.0.0.1/carte?texte={}", "/tiles/{}/1/1/1.mvt", "/entrer?jeton={}"),
    *("/auth/login?provider={}", "/oauth2callback?code={}&state={}", "/_stcore/media/{}"),
)


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, str]]:
    """Live the day; give what the terminal held, and each thing that it may not hold."""
    with running() as (geocoder, script), mail_server() as postman:
        smtp = postman.url.replace("//", f"//envoi:{PASSWORD}@")
        own = {**NO_TILES, "STREAMLIT_LOGGER_LEVEL": "debug", "CATALYSE_GEOCODER": geocoder}
        # Every logger of every library is written out, as an operator may have set.
        loud = tmp_path_factory.mktemp("bavard")
        (loud / "sitecustomize.py").write_text("import logging\nlogging.basicConfig(level=1)\n")
        own |= {"PYTHONPATH": str(loud), "PYTHONASYNCIODEBUG": "1"}
        own |= {"CATALYSE_SMTP": smtp, "CATALYSE_SECRETARIAT": "secretariat@exemple.test"}
        with serve(environment=own) as url:
            secrets = {"mail": MAIL, "street": STREET, "password": PASSWORD}
            secrets["token"] = parse_qs(urlsplit(way_in(url)).query)["jeton"][0]
            cookie = _came_in(url)
            _search(url)
            _ask_over_http(url, cookie)
            secrets |= _request(url) | {"cookie": cookie.partition("=")[2]}
            said = terminal(url)
        assert script.times
        assert postman.letters
    return said.replace(way_in_of(said), "", 1), secrets | ASKER


def way_in_of(said: str) -> str:
    """Return the first address shown to whoever started the server: the one place for a token."""
    return next(word for word in said.split() if "/entrer?jeton=" in word)


def _came_in(url: str) -> str:
    """Return the cookie of the machine's user."""
    return str(ask(way_in(url)).headers["Set-Cookie"]).partition(";")[0]


def _ask_over_http(url: str, cookie: str) -> None:
    for path in ASKED:
        address = url + path.replace("{}", quote(MAIL))
        asked = Request(address, headers={"Cookie": cookie, "Referer": MAIL})  # noqa: S310
        with suppress(HTTPError), urlopen(asked, timeout=60) as answer:  # noqa: S310
            answer.read()


def _search(url: str) -> None:
    """Type a mail address, then a street that the geocoder is asked for."""
    with talking(url) as talk:
        _, widgets = talk.run("")
        for typed in (MAIL, STREET):
            talk.states = {one.id: typed for one in widgets if one.kind == "text_input"}
            assert talk.states
            _, widgets = talk.run("")
        [look_up] = [one for one in widgets if one.label == "Chercher cette adresse"]
        talk.run("", press=[look_up.id])


def _request(url: str) -> dict[str, str]:
    """Ask to be put in touch; give the link that erases it."""
    with talking(url) as talk:
        query = "lieu=commune%3A94018"
        _, widgets = talk.run("etre_mis_en_lien", query)
        for one in widgets:
            if one.label in ASKER:
                talk.states[one.id] = ASKER[one.label]
            elif one.label.startswith("J’accepte"):
                talk.states[one.id] = True
        assert len(talk.states) == len(ASKER) + 1
        [send] = [one for one in widgets if one.label == "Envoyer ma demande"]
        sleep(SHORTEST_S)  # whoever sends at once is taken for a robot
        told, _ = talk.run("etre_mis_en_lien", query, press=[send.id])
        assert "effacer=" in told
    link = told.partition("effacer=")[2].split('"')[0].split("\\")[0]
    with talking(url) as talk:
        talk.run("etre_mis_en_lien", f"effacer={link}")
    return {"link": link}


def test_nothing_of_anybody_is_in_the_log(day: tuple[str, dict[str, str]]) -> None:
    said, secrets = day
    assert "Catalyse est prête" in said
    found = said.casefold().find("reconnaissable")  # in all that was typed, however it is encoded
    assert found < 0, said[max(0, found - 200) : found + 200]
    for name, secret in secrets.items():
        for form in (secret, quote(secret), quote_plus(secret)):
            assert form not in said, (name, said[max(0, said.find(form) - 200) :][:400])


def test_a_fault_says_where_not_what() -> None:
    try:
        int(MAIL)
    except ValueError as fault:
        told = without_sentences((type(fault), KeyError(STREET), fault.__traceback__))
        told += without_sentences((type(fault), fault, fault.__traceback__))
    assert MAIL not in told
    assert STREET not in told
    assert "builtins.ValueError" in told
    assert "test_a_fault_says_where_not_what" in told


WRITES: Final = """
import logging, sys
from geo.api.private_logs import keep_private
logging.basicConfig(level=1, stream=sys.stdout)
if "private" in sys.argv:
    keep_private()
logging.getLogger("urllib3").debug("GET /?q=secret-one")
try:
    raise ValueError("secret" + "-two")
except ValueError:
    logging.getLogger("app").exception("A page stopped.")
"""


@pytest.mark.parametrize("private", [True, False])
def test_the_log_of_a_process_once_it_is_private(private: bool) -> None:  # noqa: FBT001
    command = [sys.executable, "-c", WRITES, *["private"] * private]
    said = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True).stdout
    assert "A page stopped." in said
    assert "ValueError" in said
    assert ("secret-one" in said) != private
    assert ("secret-two" in said) != private
