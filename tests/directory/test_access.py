"""What a sign-in proves, and what each role may do."""

from typing import Any

import pytest

from geo.directory.access import VISITOR, Person, Role, signed_in
from geo.settings import settings

NOW = 1_800_000_000.0
CLAIMS = {
    "sub": "abc",
    "name": "Alix Martin",
    "email": "Alix@exemple.test",
    "email_verified": True,
    "iat": NOW - 60,
}


def role(monkeypatch: pytest.MonkeyPatch, claims: dict[str, Any], **names: str) -> Role:
    for name, value in names.items():
        monkeypatch.setenv(f"CATALYSE_{name.upper()}", value)
    return signed_in(CLAIMS | claims, settings(), NOW).role


@pytest.mark.parametrize(
    ("person", "rights"),
    [
        (VISITOR, (False, False, False)),
        (Person("a", Role.CONTRIBUTOR), (True, False, False)),
        (Person("a", Role.COORDINATOR), (True, True, True)),
    ],
)
def test_each_role_may_do_what_the_ones_before_may(
    person: Person, rights: tuple[bool, bool, bool]
) -> None:
    assert (person.may_propose, person.may_write, person.may_see_contacts) == rights


def test_who_is_named_nowhere_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    assert role(monkeypatch, {}) == Role.READER
    assert role(monkeypatch, {}, coordinators="", contributors=" , ") == Role.READER


def test_lists_name_by_email_whatever_the_case_or_by_subject(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert role(monkeypatch, {}, contributors="x@y.fr, ALIX@exemple.test ") == Role.CONTRIBUTOR
    assert role(monkeypatch, {}, coordinators="abc") == Role.COORDINATOR
    assert role(monkeypatch, {}, coordinators="ABC", contributors="") == Role.READER


@pytest.mark.parametrize(
    "claims",
    [
        {"email_verified": False},
        {"email_verified": None},
        {"email_verified": "false"},
        {"email_verified": 1},
        {"email": "alix@exemple.test.pirate.test"},
        {"email": ["alix@exemple.test"]},
        {"email": "", "sub": "alix@exemple.test"},
        {"email": "", "name": "alix@exemple.test"},
    ],
)
def test_an_email_that_is_not_proven_gives_no_role(
    monkeypatch: pytest.MonkeyPatch, claims: dict[str, Any]
) -> None:
    assert role(monkeypatch, claims, coordinators="alix@exemple.test") == Role.READER


@pytest.mark.parametrize(
    ("path", "claims", "expected"),
    [
        ("roles", {"roles": ["autre", "Coordinator"]}, Role.COORDINATOR),
        ("roles", {"roles": "contribution lecture"}, Role.CONTRIBUTOR),
        ("realm_access.roles", {"realm_access": {"roles": ["contributor"]}}, Role.CONTRIBUTOR),
        ("https://exemple.test/roles", {"https://exemple.test/roles": "coordination"}, 2),
        ("roles", {"roles": {"coordinator": True}}, Role.READER),
        ("roles", {"roles": 7}, Role.READER),
        ("roles", {}, Role.READER),
        ("", {"roles": ["coordinator"]}, Role.READER),
    ],
)
def test_a_claim_may_hold_roles(
    monkeypatch: pytest.MonkeyPatch, path: str, claims: dict[str, Any], expected: Role
) -> None:
    assert role(monkeypatch, claims, role_claim=path) == expected


@pytest.mark.parametrize(
    ("iat", "expired"),
    [
        (NOW - 11 * 3600, False),
        (NOW - 13 * 3600, True),
        (NOW + 60, False),
        (NOW + 3600, True),
        (None, True),
        ("hier", True),
        (True, True),
        (float("nan"), True),
    ],
)
def test_a_sign_in_too_old_gives_no_right(
    monkeypatch: pytest.MonkeyPatch, iat: Any, *, expired: bool
) -> None:
    monkeypatch.setenv("CATALYSE_COORDINATORS", "abc")
    person = signed_in(CLAIMS | {"iat": iat}, settings(), NOW)
    assert person.expired == expired
    assert person.role == (Role.READER if expired else Role.COORDINATOR)


def test_a_person_is_who_the_provider_says_and_not_the_name_they_choose() -> None:
    def key(**claims: str) -> str:
        return signed_in({"iat": NOW, "sub": "abc", **claims}, settings(), NOW).key

    assert key(name="Aude") == key(name="Colette") != ""
    assert key(sub="abd", name="Aude") != key(name="Aude")
    assert key(iss="https://un.fr") != key(iss="https://deux.fr")
    assert key(sub="") == ""


@pytest.mark.parametrize("email", ["coordinationK@a.fr", "coordinationk@ａ.fr", "ſtrasse@a.fr"])
def test_a_sign_that_folds_into_a_letter_is_another_mailbox(
    monkeypatch: pytest.MonkeyPatch, email: str
) -> None:
    monkeypatch.setenv("CATALYSE_COORDINATORS", "CoordinationK@A.fr,strasse@a.fr,straße@a.fr")
    known = CLAIMS | {"iat": NOW, "sub": "x", "email_verified": True}
    assert signed_in(known | {"email": email}, settings(), NOW).role == Role.READER
    for own in ("coordinationk@a.FR", "straße@a.fr"):
        assert signed_in(known | {"email": own}, settings(), NOW).role == Role.COORDINATOR


@pytest.mark.parametrize(("hours", "expired"), [("24", False), ("0", True), ("", True)])
def test_the_operator_says_how_long_a_sign_in_lasts(
    monkeypatch: pytest.MonkeyPatch, hours: str, *, expired: bool
) -> None:
    monkeypatch.setenv("CATALYSE_SIGN_IN_HOURS", hours)
    assert signed_in(CLAIMS | {"iat": NOW - 13 * 3600}, settings(), NOW).expired == expired


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        ({}, "Alix Martin"),
        ({"name": ""}, "abc"),
        ({"name": "  Alix\n\u202eMartin "}, "Alix Martin"),
        ({"name": "alix@exemple.test"}, "alix"),
        ({"name": "", "sub": ""}, "sans nom"),
        ({"name": "x" * 500}, "x" * 80),
    ],
)
def test_the_history_keeps_a_name_and_no_email(claims: dict[str, Any], name: str) -> None:
    assert signed_in(CLAIMS | claims, settings(), NOW).name == name


def test_settings_do_not_print_who_has_roles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CATALYSE_COORDINATORS", "alix@exemple.test")
    assert "alix" not in repr(settings())


def test_what_bears_no_key_is_nobodys_who_signs_in() -> None:
    namesake = Person("Camille", Role.CONTRIBUTOR, signed_in=True, key="k1")
    assert namesake.wrote("k1", "Camille")
    assert namesake.wrote("k1", "Camille d’avant")
    assert not namesake.wrote("k2", "Camille")
    assert not namesake.wrote("", "Camille"), "older than keys: the name proves nothing"
    keyless = Person("Camille", Role.CONTRIBUTOR, signed_in=True)
    assert not keyless.wrote("", "Camille")
    assert not keyless.wrote("k1", "Camille")
    of_the_machine = Person("Camille", Role.COORDINATOR)
    assert of_the_machine.wrote("", "Camille")
    assert not of_the_machine.wrote("k1", "Camille")
