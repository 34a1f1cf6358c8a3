"""The past of a base: what it knew then, and never what was withdrawn since, on both catalogues."""

import json
from datetime import date
from typing import Any

import pytest

from geo.analysis.past.ecosystem import ecosystem_past
from geo.analysis.past.question import PastQuestion
from geo.analysis.past.state import Reader, ecosystem_at
from geo.directory.past import FIELDS, past_book, snapshot_of, written_days
from geo.directory.reading import readable_book
from geo.directory.schema import KINDS
from geo.directory.store.changes import Changes
from geo.directory.store.encryption import ERASED, erase
from geo.directory.store.encryption import FIELDS as PERSONAL
from geo.directory.store.rows import plain
from geo.directory.store.store import Store
from geo.output.past_record import past_record
from geo.query.time_parameters import KNEW
from tests.store.drawn import PERSON, put_person, record

WITHDRAWN = "Sidonie Vauquelin"
FIRST, SECOND, THIRD = date(2024, 1, 5), date(2024, 6, 5), date(2025, 1, 5)


def write(store: Store, day: date, changes: Changes) -> int:
    return store.write(changes, author="Aude", message="Essai", written_at=f"{day}T10:00:00Z")


def again(store: Store, kind: str, record_id: str, **fields: Any) -> Changes:
    return Changes.one(kind, plain(store.record(kind, record_id)) | fields)


def sight(store: Store, *, drafts: bool = False) -> Reader:
    return Reader(store, readable_book(store, drafts=drafts, fictitious=True), drafts)


@pytest.fixture
def lived(store: Store) -> Store:
    """Write three states: an alliance of three, then a project, then much of it withdrawn."""
    actors = [
        record(
            *("actor", one),
            commune_code="94018",
            profile="association",
            note=WITHDRAWN if one in ("a", "personne") else "",
        )
        for one in ("a", "b", "personne", "cache", "retire")
    ]
    alliance = record(
        *("alliance", "A"),
        member_ids=["a", "b", "personne"],
        member_roles=["", "", WITHDRAWN],
        partnership_kind="mecenat",
        since="2020",
    )
    home = record("ecosystem", "E", commune_codes=["94018"], maturity="emergent")
    write(
        store,
        FIRST,
        Changes({"actor": actors, "alliance": [alliance], "ecosystem": [home]}),
    )
    project = record("project", "P", ecosystem_id="E", step="01", actor_ids=["a"])
    write(store, SECOND, Changes.one("project", project))
    dropped = Changes({}, {"actor": ["personne"]})
    changed = (
        again(store, "alliance", "A", member_ids=["a", "b"], member_roles=["", ""])
        + again(store, "actor", "a", actor_name="Nouveau nom", note="", profile="entreprise")
        + again(store, "actor", "cache", status="archivee")
        + again(store, "actor", "retire", withheld=["profile"], profile="entreprise")
        + again(store, "project", "P", step="02")
        + again(store, "ecosystem", "E", maturity="actif")
    )
    write(store, THIRD, changed + dropped)
    return store


def test_a_day_is_that_of_its_last_state(lived: Store) -> None:
    assert [day for day, _ in written_days(lived)] == [FIRST, SECOND, THIRD]
    assert snapshot_of(lived, date(2024, 1, 4)) is None
    assert snapshot_of(lived, date(2024, 6, 4)) == written_days(lived)[0][1]
    assert snapshot_of(lived, date(2030, 1, 1)) == lived.snapshot()


def test_the_past_is_what_the_base_held_of_what_may_be_seen(lived: Store) -> None:
    """Read from the changes alone, it is what a whole reading of the old state gives."""
    seen = sight(lived).book
    for day, snapshot in written_days(lived):
        told = past_book(lived, seen, day).book
        for kind in ("actor", "alliance", "project"):
            whole = lived.read(kind, snapshot)
            public = whole[(whole["status"] == "publiee") & whole.index.isin(seen[kind].index)]
            assert sorted(told[kind].index) == sorted(public.index)
            for name in FIELDS[kind]:
                for one in public.index:
                    was = public.loc[one, name]
                    if name == "member_ids":
                        was = [x for x in was if x != "personne"]
                    if (one, name) == ("retire", "profile"):
                        was = ""  # withheld since: what it was is not said
                    assert told[kind].loc[one, name] == was, (day, kind, one, name)


@pytest.mark.parametrize("drafts", [False, True])
def test_what_was_withdrawn_never_comes_back(lived: Store, *, drafts: bool) -> None:
    put_person(lived)
    erase(lived, "c1", author="Aude")
    eyes = sight(lived, drafts=drafts)
    for day in ("2024-01-05", "2024-06-05", "2025-01-05"):
        asked = PastQuestion(day, "2024-01-05", KNEW)
        past = ecosystem_past(eyes, "E", asked)
        book = past_book(lived, eyes.book, asked.day, drafts=drafts).book
        told = json.dumps(past_record(past), ensure_ascii=False)
        for frame in (book["actor"], book["alliance"], past.state.ecosystem.everyone):
            told += frame.to_json(force_ascii=False)
        for gone in (*PERSON.values(), "Nom personne", "Nom a", "personne"):
            assert f'"{gone}' not in told, (day, gone)
        assert book["contact"].empty
        assert book["action"].empty
        assert set(past.state.ecosystem.everyone.index) <= {"a", "b", "retire"} | (
            {"cache"} if drafts and "cache" in eyes.book["actor"].index else set()
        )
    first = past_book(lived, eyes.book, FIRST, drafts=drafts)
    assert first.unnamed["actor"] == 2  # counted, in the whole base, and never named
    roles = first.book["alliance"]["member_roles"]["A"]
    assert {WITHDRAWN, ERASED}.isdisjoint(roles)
    assert PERSONAL


def test_a_guard_that_would_let_a_withdrawn_record_back_is_seen(lived: Store) -> None:
    """The old state itself does hold what the past book must not show."""
    whole = lived.read("actor", written_days(lived)[0][1])
    assert "Nom personne" in set(whole["actor_name"])
    assert WITHDRAWN in str(whole.loc["a", "note"])


def test_an_ecosystem_is_what_the_base_knew_of_it(lived: Store) -> None:
    eyes = sight(lived)

    def then(day: str) -> Any:
        return ecosystem_at(eyes, "E", PastQuestion(day, "", KNEW))

    before, one, two, now = map(then, ("2023-12", "2024-03", "2024-07", "2025"))
    assert (before.base_existed, len(before.ecosystem.actors)) == (False, 0)
    assert one.ecosystem.record["maturity"] == "emergent"
    assert [*one.ecosystem.alliances.index] == ["A"]
    assert one.ecosystem.projects.empty
    assert two.ecosystem.projects["step"].to_dict() == {"P": "01"}
    assert now.ecosystem.projects["step"].to_dict() == {"P": "02"}
    assert now.ecosystem.record["maturity"] == "actif"
    assert one.ecosystem.actors["actor_name"]["a"] == "Nouveau nom"


def test_what_the_base_noted_between_two_days(lived: Store) -> None:
    past = ecosystem_past(sight(lived), "E", PastQuestion("2025", "2024-03", KNEW))
    assert past.changes is not None
    told = {(one.nature, one.kind, one.record_id) for one in past.changes.rows}
    assert told == {("came", "project", "P"), ("changed", "actor", "a")}
    [altered] = [one.altered for one in past.changes.rows if one.nature == "changed"]
    assert altered == (("Profil", "Associations", "Entreprises"),)
    assert [(one.since, one.level) for one in past.levels] == [
        ("2024-01-05", "emergent"),
        ("2025-01-05", "actif"),
    ]


def test_only_declared_fields_are_read_of_the_past() -> None:
    """No free text, no place, no name: what a person typed is of today or not at all."""
    for kind, names in FIELDS.items():
        for name in names:
            field = KINDS[kind].field(name)
            ids = name.endswith(("_ids", "_id"))
            assert field.vocabulary or field.date or ids, (kind, name)
            assert not field.long
