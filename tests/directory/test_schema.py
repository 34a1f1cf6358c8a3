"""The schema says what is done with a field: nothing that it says is left undone."""

from geo.directory.actors import EDITABLE, WITHHOLDABLE
from geo.directory.importing.fields import TARGETS
from geo.directory.schema import ACTOR, CONTACT, FLAG, PERSONAL, PROVENANCE, TEXT
from geo.output import record_facts


def test_every_field_that_may_be_corrected_is_asked_for() -> None:
    assert {*EDITABLE} == {*record_facts._OWN, *record_facts.OTHERS}  # noqa: SLF001


def test_every_field_that_a_column_may_feed_is_of_a_type_that_imports_read() -> None:
    unread = [
        field.name
        for field in ACTOR.fields
        if field.is_imported and not field.vocabulary and field.type not in {TEXT, FLAG}
    ]
    assert unread == ["longitude", "latitude"], "read by the point, not one by one"


def test_nothing_of_a_person_nor_a_mail_or_a_telephone_is_exported() -> None:
    own = [field for field in CONTACT.fields if field not in PROVENANCE]
    assert not any(field.exported for field in (*PERSONAL, *own))
    assert not ACTOR.field("email").exported
    assert not ACTOR.field("phone").exported


def test_lists_that_a_person_chooses_from_keep_their_order() -> None:
    assert [name for name in WITHHOLDABLE if ACTOR.field(name).since == 1] == [
        *("description", "address", "website", "email", "phone", "note"),
        *("longitude", "latitude"),
    ]
    names = [target.name for target in TARGETS]
    assert names[:3] == ["external_id", "actor_id", "actor_name"]
    assert names[names.index("latitude") + 1 :][:2] == ["latlon", "lonlat"]
    people = ["contact_name", "contact_role", "contact_email", "contact_phone"]
    assert names[names.index("siret") + 1 :][:4] == people
