"""The client against a server that answers, refuses, limits and breaks as documented."""

import math
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from geo.directory.geocoding.geocoder import Geocoder
from geo.directory.geocoding.geocoder import geocoder as configured
from geo.directory.geocoding.http import HttpClient
from geo.directory.geocoding.query import GeocodingQuery
from geo.directory.geocoding.rate_limiter import RateLimiter
from geo.errors import GeocoderError
from geo.reference import france
from tests.directory.geocoding.server import LATE, STEP, Script, running

NANTES, CHARENTON = "44109", "94018"
ASKED = GeocodingQuery("12 rue du Pont 94220 Charenton-le-Pont", commune_code=CHARENTON)


def many(count: int) -> list[GeocodingQuery]:
    return [GeocodingQuery(f"{n} rue du Pont", commune_code=NANTES) for n in range(1, count + 1)]


def test_a_batch_gives_points_kinds_and_communes(geocoder: Geocoder, script: Script) -> None:
    street, nothing = GeocodingQuery("rue du Pont Nantes"), GeocodingQuery("introuvable")
    answers = geocoder.batch([ASKED, street, nothing])
    best = answers[ASKED]
    assert best is not None
    home = france.communes().loc[CHARENTON]
    assert math.isclose(best.longitude, home["longitude"] + 12 * STEP)
    assert (best.kind, best.commune_code, best.score) == ("housenumber", CHARENTON, 0.9)
    assert answers[street] is not None
    assert answers[street].kind == "street"
    assert answers[nothing] is None
    [form] = script.forms
    assert (form["columns"], form["citycode"], form["postcode"]) == (
        ["q"],
        ["citycode"],
        ["postcode"],
    )
    assert script.paths == ["/geocodage/search/csv"]


def test_a_search_ranks_what_a_text_may_mean(geocoder: Geocoder) -> None:
    best, second = geocoder.search("12 rue du Pont, 94220 Charenton-le-Pont")
    assert (best.commune_code, best.kind) == (CHARENTON, "housenumber")
    assert best.score > second.score
    assert len(geocoder.search("12 rue du Pont Nantes", limit=1)) == 1


@pytest.mark.parametrize("text", ["", " ; ", "--", "a", "?" * 300])
def test_what_cannot_be_asked_is_not_sent(geocoder: Geocoder, script: Script, text: str) -> None:
    assert geocoder.search(text) == []
    assert script.paths == []


def test_a_passing_trouble_is_asked_again(geocoder: Geocoder, script: Script) -> None:
    script.next.extend(["503", "502"])
    assert geocoder.batch([ASKED])[ASKED] is not None
    assert len(script.times) == 3


def test_silence_is_asked_again(geocoder: Geocoder, script: Script) -> None:
    script.next.append("slow")
    patient = Geocoder(replace(geocoder.line, timeout_s=3))
    assert patient.search("12 rue du Pont Nantes")
    assert len(script.times) == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["503"] * 4, "ne peut pas répondre (erreur 503"),
        (["400"], "refuse la demande (réponse 400)"),
        (["404"], "CATALYSE_GEOCODER"),
        (["301"], "refuse la demande (réponse 301)"),
        (["html"], "autre chose que des adresses"),
        (["slow"] * 4, "n’a pas répondu en 0,3 s"),
    ],
)
def test_a_lasting_fault_is_one_french_sentence(
    geocoder: Geocoder, script: Script, words: list[str], said: str
) -> None:
    hurried = Geocoder(replace(geocoder.line, timeout_s=0.3))
    script.next.extend(words * 2)
    for call in (lambda: hurried.batch([ASKED]), lambda: hurried.search(ASKED.text)):
        with pytest.raises(GeocoderError, match=r"Le géocodeur 127\.0\.0\.1 ") as fault:
            call()
        assert said in str(fault.value)
        assert "\n" not in str(fault.value)
    assert len(script.times) == 2 * len(words)


def test_nobody_there_is_one_french_sentence() -> None:
    with running() as (url, _):
        pass
    gone = Geocoder(HttpClient(url, RateLimiter(1000), tries=2, backoff_s=0.01))
    with pytest.raises(GeocoderError, match="injoignable"):
        gone.search("12 rue du Pont")


def test_a_proxy_of_the_environment_is_used(
    geocoder: Geocoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running() as (proxy, seen):
        monkeypatch.setenv("HTTP_PROXY", proxy.removesuffix("/geocodage"))
        monkeypatch.setenv("NO_PROXY", "")
        far = Geocoder(replace(geocoder.line, url="http://geocodeur.invalid/geocodage"))
        assert far.search("12 rue du Pont Nantes")
        assert seen.paths == ["/geocodage/search"]


def test_a_proxy_that_is_off_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    with running() as (proxy, _):
        pass
    monkeypatch.setenv("HTTP_PROXY", proxy)
    monkeypatch.setenv("NO_PROXY", "")
    far = Geocoder(HttpClient("http://geocodeur.invalid", RateLimiter(1000), tries=1))
    with pytest.raises(GeocoderError, match="HTTPS_PROXY"):
        far.search("12 rue du Pont Nantes")


def test_the_rate_is_never_passed_by_all_threads_together() -> None:
    with running(rate=20 + LATE) as (url, script):
        shared = Geocoder(HttpClient(url, RateLimiter(20)))
        with ThreadPoolExecutor(6) as threads:
            done = list(threads.map(lambda n: shared.search(f"{n} rue du Pont Nantes"), range(45)))
    assert all(done)
    assert script.busiest_second() <= 20 + LATE
    assert script.refused == 0


def test_a_rate_passed_would_be_seen_and_then_waited_for() -> None:
    with running(rate=5, block_s=1) as (url, script):
        hasty = Geocoder(HttpClient(url, RateLimiter(500), tries=9))
        start = time.monotonic()
        with ThreadPoolExecutor(3) as threads:
            done = list(threads.map(lambda n: hasty.search(f"{n} rue du Pont Nantes"), range(9)))
        assert all(done)
        assert script.refused > 0
        assert script.busiest_second() > 5
        assert time.monotonic() - start > 1


def test_a_long_block_is_not_waited_for() -> None:
    with running(rate=0, block_s=600) as (url, script):
        with pytest.raises(GeocoderError, match="trop de demandes"):
            Geocoder(HttpClient(url, RateLimiter(500))).search("12 rue du Pont Nantes")
        assert len(script.times) == 1


def test_a_person_does_not_wait_behind_a_queue(geocoder: Geocoder) -> None:
    geocoder.line.pace.hold(30)
    start = time.monotonic()
    with pytest.raises(GeocoderError, match="très demandé"):
        geocoder.hasty().search("12 rue du Pont Nantes")
    assert time.monotonic() - start < 15  # the queue is of thirty


def test_a_broken_batch_keeps_what_came(geocoder: Geocoder, script: Script) -> None:
    asked = many(40)
    script.next.append("cut")
    answers = geocoder.batch(asked)
    assert 0 < len(answers) < 40
    assert list(answers) == asked[: len(answers)]
    assert all(answers.values())


def test_rows_in_error_are_left_to_ask_again(geocoder: Geocoder, script: Script) -> None:
    asked = many(4)
    script.next.append("error-rows")
    assert list(geocoder.batch(asked)) == asked[::2]


def test_settings_choose_the_geocoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CATALYSE_GEOCODER", raising=False)
    chosen = configured()
    assert chosen is not None
    assert chosen.host == "data.geopf.fr"
    assert chosen is configured()  # one pace for all
    monkeypatch.setenv("CATALYSE_GEOCODER", "")
    assert configured() is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CATALYSE_GEOCODER", "data.geopf.fr"),
        ("CATALYSE_GEOCODER", "file:///etc/passwd"),
    ],
)
def test_bad_settings_are_said(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(GeocoderError, match=name):
        configured()
