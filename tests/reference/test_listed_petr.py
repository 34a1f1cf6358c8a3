"""PETR known by name only: found, never drawn nor counted, and said so."""

import pytest

from geo.errors import UnknownCodeError
from geo.reference import france, listed_petr
from geo.reference.territory import territory


def test_a_petr_without_members_is_found_by_its_name_and_its_siren():
    for text in ("PETR du Pays de Langres", "langres", "pays LANGRES", "200060754"):
        [found] = listed_petr.named(text)
        assert (found.code, found.departement_code) == ("200060754", "52")
    assert listed_petr.named("pays") == listed_petr.named("Zut") == []


def test_it_is_no_territory_and_whoever_asks_is_told_why():
    with pytest.raises(UnknownCodeError, match="communes membres ne sont pas connues ici"):
        territory("petr", "200060754")
    with pytest.raises(UnknownCodeError, match="Cherchez-le par son nom"):
        territory("petr", "999999999")


def test_no_petr_is_both_drawn_and_unknown():
    drawn = set(france.territories().loc["petr"].index)
    names_only = {one.code for one in listed_petr.listed()}
    assert (len(drawn), len(names_only), drawn & names_only) == (79, 45, set())
